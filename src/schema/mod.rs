//! JSON Schemas (draft 2020-12) of what people write, for editors: completion, hover texts and red lines while they type.
//!
//! They come from the tables that the decoder reads, so they cannot tell another story. A schema knows keys and types
//! and never rejects what the master accepts; what depends on several values is the business of `detctl validate`.

mod block;
mod chart;
mod devcluster;
mod draft;
mod scalars;
mod words;

use serde_json::{Value, json};

use crate::formats::master;
use crate::release::Release;
use draft::{Draft, Place};

/// The schema of the dialect that all of them are written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the master's own `master.yaml`.
#[must_use]
pub fn master(release: Release) -> Value {
    let mut draft = Draft::new(release);
    let root = draft.structure(master::table(), &Place::root());
    json!({
        "$schema": DIALECT,
        "title": format!("master.yaml of Determined {release}"),
        "description": "The configuration of the Determined master. Keys are listed as they are usually written; outside of \
            lists, and in most blocks also inside of them, the master reads them without regard to case.",
        "allOf": [root],
        "$defs": draft.into_definitions(),
    })
}

/// The schema of values for the Determined chart, version 0.38, whose image is that of a release.
#[must_use]
pub fn helm_values(release: Release) -> Value {
    let mut draft = Draft::new(release);
    let root = chart::block(&mut draft, "");
    let definitions = draft.into_definitions();
    let mut schema = json!({
        "$schema": DIALECT,
        "title": "Values of the Determined Helm chart 0.38",
        "description": "The chart reads keys as they are listed here, case included, and drops all others without a word.",
        "$defs": definitions,
    });
    if let (Some(members), Value::Object(root)) = (schema.as_object_mut(), root) {
        members.extend(root);
    }
    schema
}

/// The schema of devcluster files, version 1.3.2, whose masters are of a release.
#[must_use]
pub fn devcluster(release: Release) -> Value {
    let mut draft = Draft::read_by_python(release);
    let root = devcluster::root(&mut draft);
    let mut schema = json!({
        "$schema": DIALECT,
        "title": format!("devcluster file for Determined {release}"),
    });
    if let (Some(members), Value::Object(root)) = (schema.as_object_mut(), root) {
        members.extend(root);
        members.insert("$defs".to_owned(), draft.into_definitions().into());
    }
    schema
}
