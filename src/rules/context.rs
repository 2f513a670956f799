//! What a rule may look at.

use crate::decode::{Decoded, Entry, Record};
use crate::diagnostic::{Ending, LoadFailure, Phase};
use crate::model::config::{Manager, MultiRm};
use crate::model::load::Loaded;
use crate::release::Release;
use crate::source::{SourceMap, Span};
use crate::yaml::Tree;

/// One configuration with everything known of it.
#[derive(Debug)]
pub struct Context<'a> {
    /// All texts.
    pub sources: &'a SourceMap,
    /// The tree of the text.
    pub tree: &'a Tree,
    /// How far it could be followed.
    pub loaded: &'a Loaded,
    records: Vec<(String, &'a Record)>,
}

impl<'a> Context<'a> {
    /// Prepares to check a loaded text.
    #[must_use]
    pub fn new(sources: &'a SourceMap, tree: &'a Tree, loaded: &'a Loaded) -> Self {
        let mut records = Vec::new();
        if let Some(config) = &loaded.config {
            collect(&config.root, "root".to_owned(), &mut records);
        }
        Self { sources, tree, loaded, records }
    }

    /// The configuration, when there is one.
    #[must_use]
    pub fn config(&self) -> Option<&'a MultiRm> {
        self.loaded.config.as_ref()
    }

    /// The resource managers, none without a configuration.
    #[must_use]
    pub fn managers(&self) -> &'a [Manager] {
        self.config().map_or(&[], |config| &config.managers)
    }

    /// The release that will read the file.
    #[must_use]
    pub fn release(&self) -> Release {
        self.loaded.release
    }

    /// The text at a place.
    #[must_use]
    pub fn slice(&self, span: Span) -> &'a str {
        self.sources.slice(span)
    }

    /// All written structs of a Go type, with the path that the master's validation prints for them (§1.8).
    pub fn records<'b>(&'b self, go: &'b str) -> impl Iterator<Item = (&'b str, &'a Record)> + 'b {
        self.records.iter().filter(move |(_, record)| record.of.go == go).map(|(path, record)| (&**path, *record))
    }
}

fn collect<'a>(record: &'a Record, path: String, out: &mut Vec<(String, &'a Record)>) {
    if record.of.go == "v1.Pod" {
        return;
    }
    for (key, entry) in record.fields() {
        if let Some(field) = record.of.fields.iter().find(|field| field.key == *key) {
            collect_entry(entry, format!("{path}.{}", field.go), out);
        }
    }
    if let Some((variant, inner)) = &record.variant {
        collect(inner, format!("{path}.{}", variant.go), out);
    }
    out.push((path, record));
}

fn collect_entry<'a>(entry: &'a Entry, path: String, out: &mut Vec<(String, &'a Record)>) {
    match &entry.value {
        Decoded::Record(record) => collect(record, path, out),
        Decoded::List(items) => {
            for (at, item) in items.iter().enumerate() {
                collect_entry(item, format!("{path}[{at}]"), out);
            }
        }
        Decoded::Map(entries) => {
            for (key, item) in entries {
                collect_entry(item, format!("{path}[{key}]"), out);
            }
        }
        _ => {}
    }
}

/// The path of a resource manager's variant in validation messages (§1.8).
pub(super) fn manager_path(index: usize, variant: &str) -> String {
    match index.checked_sub(1) {
        None => format!("root.ResourceConfig.RootManagerInternal.{variant}"),
        Some(at) => {
            format!("root.ResourceConfig.AdditionalResourceManagersInternal[{at}].ResourceManager.{variant}")
        }
    }
}

/// The path of a pool in validation messages (§1.8).
pub(super) fn pool_path(manager: usize, pool: usize) -> String {
    match manager.checked_sub(1) {
        None => format!("root.ResourceConfig.RootPoolsInternal[{pool}]"),
        Some(at) => {
            format!("root.ResourceConfig.AdditionalResourceManagersInternal[{at}].ResourcePools[{pool}]")
        }
    }
}

/// The load ends while validating, with one line of the report.
pub(super) fn invalid(path: &str, words: &str) -> LoadFailure {
    validation(vec![format!("error found at {path}: {words}")])
}

/// The same for checks of `ResourceConfig`, which the master reports twice (§1.8).
pub(super) fn invalid_twice(words: &str) -> LoadFailure {
    validation(vec![format!("error found at root.ResourceConfig: {words}"), format!("error found at root: {words}")])
}

/// The load ends while validating, with lines of the report; a panic in that phase (order 0) comes before it.
pub(super) fn validation(words: Vec<String>) -> LoadFailure {
    LoadFailure { phase: Phase::Validate, order: 1, ending: Ending::Message, words }
}

/// The steps of the resolve phase in their order (§1.7).
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Types of the additional managers.
    Types,
    /// Per manager: its scheduler.
    Scheduler,
    /// Per manager: slots per pod.
    Slots,
    /// Per manager: `default_scheduler`.
    DefaultScheduler,
    /// After all managers: the files of `logging`.
    Logging,
}

/// The load ends while resolving.
pub(super) fn unresolved(step: Step, manager: usize, ending: Ending, words: &str) -> LoadFailure {
    let manager = u64::try_from(manager).unwrap_or(u64::MAX >> 8);
    let order = match step {
        Step::Types => manager,
        Step::Scheduler => (1 << 40) + manager * 4,
        Step::Slots => (1 << 40) + manager * 4 + 1,
        Step::DefaultScheduler => (1 << 40) + manager * 4 + 2,
        Step::Logging => 1 << 60,
    };
    LoadFailure { phase: Phase::Resolve, order, ending, words: vec![words.to_owned()] }
}

/// A list of words for people: `a, b or c`.
pub(super) fn one_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
