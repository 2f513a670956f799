//! Two configurations side by side: the words, one file for each form.

mod human;
mod json;

use std::collections::BTreeMap;

pub use human::human;
pub use json::json;

use super::line;
use super::route::master_messages;
use super::words::unnamed_request;
use crate::compare::routes::{Cut, Destination, Request};
use crate::compare::{Comparison, Side, Sort, Subject};
use crate::judge::Model;
use crate::model::verdict::{Json, Kind};
use crate::release::Release;
use crate::scheduling::routing::Split;
use crate::source::{Position, SourceMap};

/// One of the two files.
#[derive(Clone, Copy)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub kind: Kind,
    /// Its texts.
    pub sources: &'a SourceMap,
    /// What it says.
    pub model: &'a Model,
}

impl File<'_> {
    fn position(&self, side: &Side) -> Position {
        let home = self.model.home(side.place);
        self.sources.file(home.source).position(home.start)
    }

    /// `file:line:column`.
    fn place(&self, side: &Side) -> String {
        let position = self.position(side);
        format!("{}:{}:{}", self.name, position.line, position.column)
    }
}

/// Everything that a report is made from.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// The first file.
    pub before: File<'a>,
    /// The second file.
    pub after: File<'a>,
    /// What differs.
    pub comparison: &'a Comparison,
    /// Whose words the master uses.
    pub release: Release,
}

impl Compared<'_> {
    /// Where a request ends, for people.
    fn destination(&self, file: &File<'_>, request: &Request, end: &Destination) -> String {
        match end {
            Destination::Pool { cluster, pool } => match request.named() {
                Some(_) => format!("resource manager \"{}\"", line(cluster)),
                None => format!("pool \"{}\" of resource manager \"{}\"", line(pool), line(cluster)),
            },
            Destination::Nowhere(answer) => {
                let config = &file.model.config;
                let words = master_messages(config, self.release, &request.workload(), answer);
                format!("refused: {}", line(words.first().map_or("no such pool", String::as_str)))
            }
        }
    }
}

/// A request, for people.
fn request_words(request: &Request) -> String {
    match request {
        Request::Named(pool) => format!("a request for pool \"{}\"", line(pool)),
        Request::Unnamed(task, slots) => unnamed_request(*task, *slots).to_owned(),
    }
}

fn cut_words(cut: &Cut) -> String {
    let how = |split: Option<Split>| match split {
        None => "refused".to_owned(),
        Some(Split { pods: 1, slots_per_pod }) => format!("1 pod of {slots_per_pod}"),
        Some(Split { pods, slots_per_pod }) => format!("{pods} pods of {slots_per_pod}"),
    };
    format!("an experiment of {} slots: {}, before {}", cut.slots, how(cut.after), how(cut.before))
}

fn sort_word(sort: Sort, subject: &Subject) -> String {
    let verb = match sort {
        Sort::Added => "added",
        Sort::Removed => "removed",
        Sort::Renamed => "renamed",
        Sort::Moved => "moved",
        Sort::Set => "changed",
    };
    match subject {
        Subject::Manager(_) => format!("resource-manager-{verb}"),
        Subject::Pool(..) => format!("resource-pool-{verb}"),
        Subject::Root => format!("setting-{verb}"),
    }
}

/// A value, for programs.
pub(super) fn value(of: &Json) -> serde_json::Value {
    use serde_json::Value;
    match of {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::from(*truth),
        Json::Int(number) => Value::from(*number),
        Json::Float(number) => Value::from(*number),
        Json::String(text) => Value::from(text.as_str()),
        Json::Array(items) => items.iter().map(value).collect(),
        Json::Object(members) => {
            let members: BTreeMap<&str, Value> = members.iter().map(|(key, of)| (key.as_ref(), value(of))).collect();
            members.into_iter().map(|(key, of)| (key.to_owned(), of)).collect()
        }
    }
}
