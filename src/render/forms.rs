//! The same configuration in other kinds of files: `master.yaml` and devcluster, each proven by reading it again.

use super::limits::show;
use super::nodes::plain_in_order;
use super::tree::{at, rows};
use super::{Failure, Remark, proof};
use crate::compare::settings::{Difference, differences};
use crate::emit::{self, Node};
use crate::formats::devcluster::{self, Environment};
use crate::formats::helm_values::chart::Row;
use crate::formats::master;
use crate::model::confidential::STAND_IN;
use crate::model::load::Loaded;
use crate::release::Release;
use crate::source::{SourceId, SourceMap};
use crate::value::Value;

/// A text that a master would read.
#[derive(Clone, Copy, Debug)]
pub struct Original<'a> {
    /// The text.
    pub text: &'a str,
    /// The id that spans of it carry.
    pub source: SourceId,
    /// The release of the master.
    pub release: Release,
    /// What stands above the result, without the `#`.
    pub heading: &'a str,
}

/// The configuration as a `master.yaml` of its own.
///
/// # Errors
/// When the text holds none, or what was written is another.
pub fn master(original: &Original<'_>) -> Result<String, Failure> {
    let (loaded, node) = read(original)?;
    let text = laid_out(original, &node);
    prove(&loaded, &text, original.release, "the master")?;
    Ok(text)
}

/// The configuration as the one master of a devcluster file.
///
/// # Errors
/// When the text holds none, or devcluster would write another: some texts it cannot say.
pub fn devcluster(original: &Original<'_>) -> Result<String, Failure> {
    let (loaded, node) = read(original)?;
    let stage = |name: &str, content: Node| Node::Map(vec![(name.to_owned(), content)]);
    let master = Node::Map(vec![("config_file".to_owned(), escaped(node))]);
    let stages = Node::List(vec![stage("db", Node::Map(Vec::new())), stage("master", master)]);
    let text = laid_out(original, &Node::Map(vec![("stages".to_owned(), stages)]));
    let mut sources = SourceMap::new();
    let id = sources.add("devcluster.yaml", text.clone());
    let outcome = devcluster::load(&mut sources, id, &Environment::default());
    let [written] = outcome.masters.as_slice() else {
        return Err(Failure::Stopped("devcluster would not start a master with it".to_owned()));
    };
    prove(&loaded, &written.text, original.release, "devcluster")?;
    Ok(text)
}

/// The values that the chart demands and nobody gave, where something stands for them in the text.
#[must_use]
pub fn demanded(original: &Original<'_>) -> Vec<&'static str> {
    let (_, values) = master::load_with_values(original.source, original.text, original.release);
    let Some(values) = values else { return Vec::new() };
    let stands = |row: &&Row| at(&values, row.to).and_then(Value::as_str) == Some(STAND_IN);
    let mut found: Vec<(&str, &str)> = rows().into_iter().filter(stands).map(|row| (row.to, row.put.from)).collect();
    // Of two values for one setting the first is asked for.
    found.dedup_by_key(|(setting, _)| *setting);
    found.into_iter().map(|(_, value)| value).collect()
}

fn read(original: &Original<'_>) -> Result<(Loaded, Node), Failure> {
    let (loaded, values) = master::load_with_values(original.source, original.text, original.release);
    match values {
        Some(values) if loaded.config.is_some() => Ok((loaded, plain_in_order(&values))),
        _ => Err(Failure::Unreadable),
    }
}

fn laid_out(original: &Original<'_>, node: &Node) -> String {
    format!("# {}\n{}\n", original.heading, emit::lines(node, 0))
}

/// devcluster takes `$` in texts for the start of a variable; keys it leaves alone.
fn escaped(node: Node) -> Node {
    match node {
        Node::Text(text) => Node::Text(text.replace('$', "$$")),
        Node::List(items) => Node::List(items.into_iter().map(escaped).collect()),
        Node::Map(members) => Node::Map(members.into_iter().map(|(key, value)| (key, escaped(value))).collect()),
        other => other,
    }
}

/// Reads what was written as the master reads it, and compares.
fn prove(before: &Loaded, text: &str, release: Release, reader: &str) -> Result<(), Failure> {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", text);
    let (tree, syntax) = master::read(id, text);
    let loaded = master::load(id, text, &tree, syntax, release);
    let (Some(config), Some(back)) = (&before.config, &loaded.config) else {
        return Err(Failure::Stopped(format!("{reader} could not read it any more")));
    };
    let remark = |difference: Difference| Remark {
        message: match super::limits::is_nothing(&difference.after) {
            true => format!("as {reader} writes {}, it reaches the master as something else", show(&difference.before)),
            false => format!("{reader} would make {} of {}", show(&difference.after), show(&difference.before)),
        },
        setting: difference.setting,
        path: difference.path,
        place: difference.place,
        help: None,
    };
    let mut found: Vec<Remark> = differences(config, back).iter().map(Difference::told).map(remark).collect();
    let mut spoiled = proof::spoiled(before, &loaded);
    spoiled.retain(|spoiled| !found.iter().any(|found| found.setting == spoiled.setting));
    found.append(&mut spoiled);
    if found.is_empty() { Ok(()) } else { Err(Failure::Unproven(found)) }
}
