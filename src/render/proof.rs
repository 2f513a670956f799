//! Forwards again: the finished text as Helm, the chart and the master take it.

use super::nodes::Secret;
use super::path::Step;
use super::tree::Tree;
use super::{Remark, Task};
use crate::decode::Problem;
use crate::emit::Node;
use crate::formats::helm_values::given::{self, Given, GivenKind, Table};
use crate::formats::helm_values::{self, Blocks, layers};
use crate::formats::master;
use crate::model::chart::{Reason, Stop};
use crate::model::confidential::STAND_IN;
use crate::model::load::Loaded;
use crate::source::{SourceMap, Span};
use crate::value::ValueKind;

/// The value that the chart demands at the first installation (facts §6.4).
pub const INITIAL_PASSWORD: &str = "initialUserPassword";

/// Why the way forwards does not come to its end.
#[derive(Debug)]
pub(super) enum Halt {
    /// The layout is no YAML.
    Layout,
    /// Helm stops.
    Helm(Stop),
    /// The master cannot read what the chart writes.
    Master,
}

impl Halt {
    /// What broke because of a text in it, in words.
    pub(super) fn broken(&self) -> Option<&str> {
        match self {
            Self::Helm(stop) if stop.reason == Reason::Manifest => Some(&stop.words),
            Self::Master => Some(UNREADABLE),
            Self::Helm(_) | Self::Layout => None,
        }
    }
}

/// What the master says then.
pub(super) const UNREADABLE: &str = "the master cannot read it any more";

/// What the master reads in the end. Secrets count as given, as `--set` gives them.
pub(super) fn follow(text: &str, task: &Task<'_>, tree: &Tree) -> Result<Loaded, Halt> {
    let mut sources = SourceMap::new();
    let id = sources.add("values.yaml", text);
    let (parsed, syntax) = master::read(id, text);
    let value = master::value(id, text, &parsed).ok().filter(|_| syntax.is_none());
    let mut values = match value.map(|value| value.kind) {
        Some(ValueKind::Object(object)) => given::table(object),
        Some(ValueKind::Null) => Table::new(),
        _ => return Err(Halt::Layout),
    };
    tree.secrets.iter().for_each(|secret| give(&mut values, secret));
    let _ = values.entry(INITIAL_PASSWORD.into()).or_insert_with(|| given(&Node::text(STAND_IN)));
    layers::fill(&mut values);
    let rendered = helm_values::render(task.chart, &values, &sources, Span::empty(id, 0), Blocks::Written);
    let rendered = rendered.map_err(Halt::Helm)?;
    let id = sources.add("master.yaml", rendered.text.clone());
    let (parsed, syntax) = master::read(id, &rendered.text);
    let loaded = master::load(id, &rendered.text, &parsed, syntax, task.release);
    match loaded.config.is_some() {
        true => Ok(loaded),
        false => Err(Halt::Master),
    }
}

/// What the master decodes no longer, though it decoded the original: text that became a number on the way, say.
pub(super) fn spoiled(before: &Loaded, after: &Loaded) -> Vec<Remark> {
    let was_wrong = |path: &str| before.problems.iter().any(|problem| problem.path == path);
    let remark = |problem: &Problem| Remark {
        setting: problem.path.clone(),
        path: problem.path.clone(),
        place: place(before, &problem.path),
        message: match problem.texts.first() {
            Some(words) => format!("it would reach the master as something else: {words}"),
            None => "it would reach the master as something else".to_owned(),
        },
        help: None,
    };
    let reported = after.reported.iter().filter_map(|at| after.problems.get(*at));
    reported.filter(|problem| !was_wrong(&problem.path)).map(remark).collect()
}

/// Where the original has a setting.
fn place(before: &Loaded, setting: &str) -> Span {
    let config = before.config.as_ref().map(|config| crate::compare::settings::place(&config.root, setting));
    config.unwrap_or_default()
}

/// Puts a secret where `--set` would put it.
fn give(values: &mut Table, secret: &Secret) {
    let Some((Step::Key(first), rest)) = secret.path.0.split_first() else { return };
    let mut at = values.entry(first.as_str().into()).or_insert_with(|| given(&Node::Map(Vec::new())));
    for step in rest {
        at = match (step, &mut at.kind) {
            (Step::Key(key), GivenKind::Table(table)) => {
                table.entry(key.as_str().into()).or_insert_with(|| given(&Node::Map(Vec::new())))
            }
            (Step::Index(index), GivenKind::List(items)) => match items.get_mut(*index) {
                Some(item) => item,
                None => return,
            },
            _ => return,
        };
    }
    *at = given(&secret.content);
}

fn given(node: &Node) -> Given {
    let kind = match node {
        Node::Null => GivenKind::Null,
        Node::Bool(truth) => GivenKind::Bool(*truth),
        Node::Number(number) => GivenKind::Float(*number),
        Node::Text(text) => GivenKind::Text(text.as_str().into()),
        Node::List(items) => GivenKind::List(items.iter().map(given).collect()),
        Node::Map(members) => {
            GivenKind::Table(members.iter().map(|(key, value)| (key.as_str().into(), given(value))).collect())
        }
    };
    Given { kind, key: None, place: None }
}
