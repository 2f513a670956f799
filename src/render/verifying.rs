//! What a real Helm made of the values, against what was proven: for charts that differ from the one that detctl knows.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::{Failure, Remark, Rendering, Task, limits, proof};
use crate::compare::settings::{Difference, differences};
use crate::formats::master;
use crate::model::MultiRm;
use crate::model::confidential::STAND_IN;
use crate::model::verdict::Json;
use crate::source::SourceMap;

/// The file that the master reads.
const FILE: &str = "master.yaml";

/// What has to be given to Helm besides the text, each as `--set` takes it: real secrets are nothing for the arguments of
/// a program.
#[must_use]
pub fn given(rendering: &Rendering) -> Vec<String> {
    let mut paths: Vec<&str> = rendering.withheld.iter().map(|withheld| withheld.value.as_str()).collect();
    if !paths.contains(&proof::INITIAL_PASSWORD) {
        paths.push(proof::INITIAL_PASSWORD);
    }
    paths.iter().map(|path| format!("{path}={STAND_IN}")).collect()
}

/// The text of `master.yaml` in manifests: in a Secret or a ConfigMap, whatever its name.
///
/// # Errors
/// A clause: they are no YAML, or hold none or several.
pub fn masters_file(manifests: &str) -> Result<String, String> {
    let mut found = Vec::new();
    for document in serde_yaml::Deserializer::from_str(manifests) {
        let manifest = Option::<Manifest>::deserialize(document)
            .map_err(|error| format!("what it writes is no list of manifests: {error}"))?;
        found.extend(manifest.and_then(Manifest::masters_file));
    }
    match (found.pop(), found.len()) {
        (Some(text), 0) => Ok(text),
        (None, _) => Err(format!("no Secret of the chart holds a `{FILE}`")),
        (Some(_), others) => Err(format!("{} objects of the chart hold a `{FILE}`", others + 1)),
    }
}

/// As much of a manifest as matters.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Manifest {
    kind: String,
    #[serde(rename = "stringData", deserialize_with = "texts")]
    files: BTreeMap<String, String>,
    #[serde(deserialize_with = "texts")]
    data: BTreeMap<String, String>,
}

impl Manifest {
    /// `stringData` counts before `data`, which is base64 in a Secret only.
    fn masters_file(mut self) -> Option<String> {
        let written = self.files.remove(FILE).filter(|_| self.kind == "Secret");
        written.or_else(|| match (self.kind.as_str(), self.data.remove(FILE)?) {
            ("Secret", encoded) => String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok(),
            (_, text) => Some(text),
        })
    }
}

/// The texts among the members of a mapping; manifests of other kinds hold all sorts of things there.
fn texts<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    let value = serde_yaml::Value::deserialize(deserializer)?;
    let members = value.as_mapping().into_iter().flatten();
    Ok(members.filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value.as_str()?.to_owned()))).collect())
}

/// Compares what the master would make of this `master.yaml` with the configuration; what the proof found lost or forced
/// may be so here too.
///
/// # Errors
/// [`Failure::Unproven`] with each setting that does not come back.
pub fn verify(task: &Task<'_>, rendering: &Rendering, text: &str) -> Result<(), Failure> {
    let original = master::load_with_values(task.source, task.text, task.release).0;
    let mut sources = SourceMap::new();
    let id = sources.add(FILE, text);
    let (parsed, syntax) = master::read(id, text);
    let loaded = master::load(id, text, &parsed, syntax, task.release);
    let mut wrong = proof::spoiled(&original, &loaded);
    let (Some(config), Some(back)) = (&original.config, &loaded.config) else {
        return Err(Failure::Stopped(format!("the master could not read the `{FILE}` that it writes")));
    };
    let foreseen = |path: &str| rendering.lost.iter().chain(&rendering.forced).any(|remark| remark.path == path);
    let others = differences(config, back).into_iter().filter(|difference| !is_stand_in(difference));
    wrong.extend(others.filter_map(|difference| spoils(&difference, (config, back), &foreseen)));
    if wrong.is_empty() { Ok(()) } else { Err(Failure::Unproven(wrong)) }
}

/// Secrets that differ are the same to look at, and the stand-in is one that differs.
fn is_stand_in(difference: &Difference) -> bool {
    stands_in(&difference.before, &difference.after)
}

fn stands_in(before: &Json, after: &Json) -> bool {
    match (before, after) {
        (Json::Array(before), Json::Array(after)) if before.len() == after.len() => {
            before.iter().zip(after).all(|(before, after)| stands_in(before, after))
        }
        (_, Json::String(text)) if text == STAND_IN => true,
        _ => before == after,
    }
}

fn spoils(
    difference: &Difference,
    (config, back): (&MultiRm, &MultiRm),
    foreseen: &dyn Fn(&str) -> bool,
) -> Option<Remark> {
    match limits::judge(difference, config, back) {
        limits::Class::Wanted | limits::Class::Added => None,
        limits::Class::Forced(remark) | limits::Class::Lost(remark) if foreseen(&remark.path) => None,
        limits::Class::Forced(mut remark) | limits::Class::Lost(mut remark) | limits::Class::Unforeseen(mut remark) => {
            let Difference { before, after, .. } = difference.told();
            let (before, after) = (limits::show(&before), limits::show(&after));
            remark.message = format!("with this chart, {before} comes back as {after}");
            remark.help = None;
            Some(remark)
        }
    }
}
