//! What a rule may look at.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::mending::Homes;
use crate::decode::{Decoded, Entry, Problem, ProblemKind, Record};
use crate::diagnostic::{Ending, LoadFailure, Phase};
use crate::model::chart::Chart;
use crate::model::config::{Manager, MultiRm};
use crate::model::load::Loaded;
use crate::release::Release;
use crate::source::{SourceId, SourceMap, Span};
use crate::yaml::parse::{Limits, parse};
use crate::yaml::{NodeId, NodeKind, Outline, Tree};

/// One configuration with everything known of it.
#[derive(Debug)]
pub struct Context<'a> {
    /// All texts.
    pub sources: &'a SourceMap,
    /// What there is to know of its documents, comments and keys.
    pub outline: Outline,
    /// How far it could be followed.
    pub loaded: &'a Loaded,
    /// What Helm makes of it, when it is a file of values.
    pub chart: Option<&'a Chart>,
    tree: Source<'a>,
    blocks: Blocks<'a>,
    untyped: BTreeSet<usize>,
    partial: BTreeSet<usize>,
    homes: OnceCell<Homes>,
}

/// Where the tree comes from when a rule asks for it.
#[derive(Debug)]
enum Source<'a> {
    /// It is there.
    Here(&'a Tree),
    /// It was dropped to make room, and is read again.
    Text(&'a str, SourceId, OnceCell<Tree>),
}

/// A struct that somebody wrote.
#[derive(Clone, Debug)]
pub(super) struct Block<'a> {
    /// The path that the master's validation prints for it (§1.8).
    pub(super) path: String,
    /// Its fields.
    pub(super) record: &'a Record,
    /// The best place to point at it: its key, or where it starts.
    pub(super) place: Span,
}

impl<'a> Context<'a> {
    /// Prepares to check a loaded text.
    #[must_use]
    pub fn new(sources: &'a SourceMap, tree: &'a Tree, loaded: &'a Loaded) -> Self {
        Self::with_source(sources, Outline::of(tree), loaded, Source::Here(tree))
    }

    /// The same for a text whose tree is gone. The few rules that need it have it read again.
    #[must_use]
    pub fn without_tree(sources: &'a SourceMap, id: SourceId, outline: Outline, loaded: &'a Loaded) -> Self {
        let text = sources.file(id).text();
        Self::with_source(sources, outline, loaded, Source::Text(text, id, OnceCell::new()))
    }

    fn with_source(sources: &'a SourceMap, outline: Outline, loaded: &'a Loaded, tree: Source<'a>) -> Self {
        let mut blocks = BTreeMap::new();
        if let Some(config) = &loaded.config {
            collect(&config.root, config.root.span, &mut "root".to_owned(), &mut blocks);
        }
        let untyped = loaded.problems.iter().filter_map(untyped_manager).collect();
        let partial = loaded.problems.iter().filter_map(partial_manager).collect();
        Self { sources, outline, loaded, chart: None, tree, blocks, untyped, partial, homes: OnceCell::new() }
    }

    /// The tree of the text.
    pub(super) fn tree(&self) -> &Tree {
        match &self.tree {
            Source::Here(tree) => tree,
            Source::Text(text, id, tree) => tree.get_or_init(|| parse(*id, text, Limits::default()).tree),
        }
    }

    /// The same for a file of values of the chart.
    #[must_use]
    pub fn with_chart(mut self, chart: &'a Chart) -> Self {
        self.chart = Some(chart);
        self
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

    /// Whether the type of a resource manager is what somebody wrote, or the default of one that may be left out.
    pub(super) fn is_typed(&self, manager: &Manager) -> bool {
        !self.untyped.contains(&manager.index)
    }

    /// Whether every key of a resource manager is known; else what it seems to lack may stand there under another name.
    pub(super) fn is_whole(&self, manager: &Manager) -> bool {
        !self.partial.contains(&manager.index)
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

    /// Where everything stands, worked out when it is first asked for.
    pub(super) fn homes(&self) -> &Homes {
        self.homes.get_or_init(|| Homes::new(self.tree()))
    }

    /// All written structs of a Go type.
    pub(super) fn blocks(&self, go: &str) -> impl Iterator<Item = &Block<'a>> {
        self.blocks.get(go).into_iter().flatten()
    }

    /// The same, each as its path and fields.
    pub(super) fn records<'b>(&'b self, go: &str) -> impl Iterator<Item = (&'b str, &'a Record)> + 'b {
        self.blocks.get(go).into_iter().flatten().map(|block| (&*block.path, block.record))
    }
}

/// Structs that no rule asks for by their Go type; their paths are not kept.
const UNASKED: [&str; 5] = [
    "config.ResourcePoolConfig",
    "config.ResourceManagerConfig",
    "config.ResourceManagerWithPoolsConfig",
    "config.KubernetesResourceManagerConfig",
    "config.InternalTaskGatewayConfig",
];

type Blocks<'a> = BTreeMap<&'static str, Vec<Block<'a>>>;

/// Walks the written structs; `path` is the way there, the same string for all.
fn collect<'a>(record: &'a Record, place: Span, path: &mut String, out: &mut Blocks<'a>) {
    if record.of.go == "v1.Pod" {
        return;
    }
    let length = path.len();
    for (key, entry) in record.fields() {
        if let Some(field) = record.of.fields.iter().find(|field| field.key == *key) {
            path.push('.');
            path.push_str(field.go);
            collect_entry(entry, path, out);
            path.truncate(length);
        }
    }
    if let Some((variant, inner)) = &record.variant {
        path.push('.');
        path.push_str(variant.go);
        collect(inner, place, path, out);
        path.truncate(length);
    }
    if !UNASKED.contains(&record.of.go) {
        out.entry(record.of.go).or_default().push(Block { path: path.clone(), record, place });
    }
}

fn collect_entry<'a>(entry: &'a Entry, path: &mut String, out: &mut Blocks<'a>) {
    let length = path.len();
    match &entry.value {
        Decoded::Record(record) => collect(record, entry.key.unwrap_or(entry.span), path, out),
        Decoded::List(items) => {
            for (at, item) in items.iter().enumerate() {
                let _ = write!(path, "[{at}]");
                collect_entry(item, path, out);
                path.truncate(length);
            }
        }
        Decoded::Map(entries) => {
            for (key, item) in entries {
                let _ = write!(path, "[{key}]");
                collect_entry(item, path, out);
                path.truncate(length);
            }
        }
        _ => {}
    }
}

/// The resource manager whose type is missing or unknown.
fn untyped_manager(problem: &Problem) -> Option<usize> {
    let union = match &problem.kind {
        ProblemKind::WrongTag { union, .. } | ProblemKind::MissingTag { union } => union,
        _ => return None,
    };
    if union.common.name != "ResourceManagerConfig" {
        return None;
    }
    match problem.path.strip_prefix(ADDITIONAL) {
        Some(rest) => rest.split(']').next()?.parse::<usize>().ok().map(|at| at + 1),
        None => Some(0),
    }
}

/// The resource manager that has a key which the master does not know.
fn partial_manager(problem: &Problem) -> Option<usize> {
    let ProblemKind::RejectedKey { .. } = problem.kind else {
        return None;
    };
    match problem.path.strip_prefix(ADDITIONAL).map(|rest| rest.split_once(']')) {
        Some(Some((at, ".resource_manager"))) => at.parse::<usize>().ok().map(|at| at + 1),
        None if problem.path == "resource_manager" => Some(0),
        _ => None,
    }
}

const ADDITIONAL: &str = "additional_resource_managers[";

/// Where each block says its `type`, by the key of the block. Blocks that come from anchors are not in it.
pub(super) fn types_by_block(tree: &Tree) -> BTreeMap<Span, Span> {
    let mut types = BTreeMap::new();
    let mut waiting: Vec<NodeId> = tree.documents().iter().take(1).filter_map(|document| document.root).collect();
    while let Some(id) = waiting.pop() {
        match tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => {
                for (key, value) in entries {
                    types.extend(type_in(tree, *value).map(|found| (tree.node(*key).span, found)));
                    waiting.push(*value);
                }
            }
            NodeKind::Sequence { items, .. } => waiting.extend(items),
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }
    types
}

fn type_in(tree: &Tree, block: NodeId) -> Option<Span> {
    let NodeKind::Mapping { entries, .. } = tree.node(block).kind else {
        return None;
    };
    let is_type =
        |key: NodeId| matches!(tree.node(key).kind, NodeKind::Scalar { text, .. } if text.eq_ignore_ascii_case("type"));
    entries.iter().rev().find(|(key, _)| is_type(*key)).map(|(_, value)| tree.node(*value).span)
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
