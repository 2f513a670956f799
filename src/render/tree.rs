//! Settings → values: the chart's steps read backwards.

use super::base::Kept;
use super::managers;
use super::nodes::{Secret, Sifter, plain};
use super::path::{Path, Step as Down};
use super::proof::INITIAL_PASSWORD;
use super::{Task, Withheld};
use crate::decode::{Decoded, Record};
use crate::emit::{self, Node};
use crate::formats::helm_values::chart::master::MASTER_CONFIG;
use crate::formats::helm_values::chart::{Print, Row, Step};
use crate::model::{MultiRm, confidential};
use crate::source::Span;
use crate::value::{Value, ValueKind};

/// What the values are made of.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    /// The model.
    pub(super) config: &'a MultiRm,
    /// What the decoder saw.
    pub(super) values: &'a Value,
    /// The bytes of secrets.
    pub(super) secrets: &'a [Span],
    /// What a base says that the configuration leaves open.
    pub(super) kept: &'a Kept,
}

/// The values, and the secrets that belong into them.
#[derive(Debug)]
pub(super) struct Tree {
    /// Top-level keys in the order in which they were found.
    pub(super) members: Vec<(String, Node)>,
    pub(super) secrets: Vec<Secret>,
}

/// Settings that `managers` sees to.
const OWN: &[&str] = &["resource_manager.", "resource_pools", "task_container_defaults.image."];

impl Tree {
    pub(super) fn new(origin: &Origin<'_>, task: &Task<'_>) -> Self {
        let mut tree = Self { members: Vec::new(), secrets: Vec::new() };
        let mut sifter = Sifter::new(origin.secrets);
        managers::default_manager(origin, &mut tree, &mut sifter);
        managers::additional(origin, task, &mut tree, &mut sifter);
        managers::images(origin, &mut tree);
        for row in rows().into_iter().filter(|row| !OWN.iter().any(|own| row.to.starts_with(own))) {
            let value = at(origin.values, row.to).filter(|value| !value.is_null());
            if let Some(value) = value.filter(|value| is_for_the_chart(row, value, origin, task)) {
                tree.put_row(row, value, origin, &mut sifter);
            }
        }
        tree.secrets = sifter.found;
        // It has to be given whatever the configuration is, and counts as given.
        tree.secrets.retain(|it| !is_stand_in(&it.content) || it.path != Path::of(INITIAL_PASSWORD));
        tree.sweep(origin.values);
        tree
    }

    /// Takes secrets out of what was put together from single settings.
    fn sweep(&mut self, written: &Value) {
        for (key, node) in &mut self.members {
            sweep(node, &Path::of(key), written, &mut self.secrets);
        }
    }

    fn put_row(&mut self, row: &Row, value: &Value, origin: &Origin<'_>, sifter: &mut Sifter) {
        let path = Path::of(row.put.from);
        // Of two values for one setting the first counts.
        let is_there = self.get(&path).is_some() || sifter.found.iter().any(|secret| secret.place == value.span);
        if is_there {
            return;
        }
        if sifter.hides(row.to.rsplit('.').next().unwrap_or(row.to), value) {
            return sifter.withhold(path, value);
        }
        let node = match (row.put.print, &value.kind) {
            // A port that is text to the master, which casts it: in the file a number is plainer than quotes in quotes.
            (Print::Bare, ValueKind::String(text)) if row.to == "db.port" && is_short_number(text) => {
                text.parse().map_or_else(|_| Node::Text(emit::unquoted(text)), Node::Number)
            }
            (Print::Bare, ValueKind::String(text)) => Node::Text(emit::unquoted(text)),
            (Print::Bare | Print::Quoted, ValueKind::Number(number)) => {
                match decoded(&origin.config.root, row.to) {
                    // A number for a text: as Helm prints it, it would be another text from a million on.
                    Some(Decoded::Text(text)) if row.put.print == Print::Quoted => Node::text(text),
                    Some(Decoded::Text(text)) if number.abs() >= 1e6 || number.fract() != 0.0 => {
                        Node::Text(emit::unquoted(text))
                    }
                    _ => plain(value),
                }
            }
            (Print::Quoted, ValueKind::Bool(_)) => match decoded(&origin.config.root, row.to) {
                Some(Decoded::Text(text)) => Node::text(text),
                _ => plain(value),
            },
            _ => sifter.node(value, &path),
        };
        self.put(&path, node);
    }

    /// Puts a node at a path of keys.
    pub(super) fn put(&mut self, path: &Path, node: Node) {
        let mut members = &mut self.members;
        let Some((Down::Key(last), above)) = path.0.split_last() else { return };
        for step in above {
            let Down::Key(key) = step else { return };
            let at = members.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
                members.push((key.clone(), Node::Map(Vec::new())));
                members.len() - 1
            });
            let Some((_, Node::Map(inner))) = members.get_mut(at) else { return };
            members = inner;
        }
        members.push((last.clone(), node));
    }

    fn get(&self, path: &Path) -> Option<&Node> {
        let mut members = &self.members;
        let mut found = None;
        for step in &path.0 {
            let Down::Key(key) = step else { return None };
            let node = members.iter().find(|(known, _)| known == key).map(|(_, node)| node)?;
            found = Some(node);
            members = match node {
                Node::Map(inner) => inner,
                _ => const { &Vec::new() },
            };
        }
        found
    }

    /// Takes the values of settings out; whether there were any.
    pub(super) fn leave_out<'s>(&mut self, settings: impl Iterator<Item = &'s str>) -> bool {
        let mut is_changed = false;
        for setting in settings {
            let row = rows().into_iter().find_map(|row| {
                let rest = setting.strip_prefix(row.to)?;
                (rest.is_empty() || rest.starts_with('.')).then(|| format!("{}{rest}", row.put.from))
            });
            // Items of lists have their numbers.
            let Some(mut path) = row.filter(|path| !path.contains('[')).map(|path| Path::of(&path)) else { continue };
            // Without its type the rest of a block means nothing.
            if setting.ends_with(".type") && path.0.len() > 1 {
                path.0.pop();
            }
            let secrets = self.secrets.len();
            self.secrets.retain(|secret| !secret.path.0.starts_with(&path.0));
            is_changed |= self.secrets.len() < secrets;
            is_changed |= take_out(&mut self.members, &path.0);
        }
        is_changed
    }

    pub(super) fn withheld(&self) -> Vec<Withheld> {
        let option = |content: &Node| if matches!(content, Node::Text(_)) { "--set-string" } else { "--set" };
        let withheld = |secret: &Secret| Withheld {
            value: secret.path.to_string(),
            option: option(&secret.content),
            place: (!is_stand_in(&secret.content)).then_some(secret.place),
        };
        self.secrets.iter().map(withheld).collect()
    }
}

/// Whether something stands for a secret that nobody wrote.
fn is_stand_in(content: &Node) -> bool {
    matches!(content, Node::Text(text) if text == confidential::STAND_IN)
}

/// Takes a node out, and what is empty without it; whether it was there.
fn take_out(members: &mut Vec<(String, Node)>, path: &[Down]) -> bool {
    let Some((Down::Key(first), rest)) = path.split_first() else { return false };
    let Some(at) = members.iter().position(|(key, _)| key == first) else { return false };
    let is_found = match members.get_mut(at) {
        _ if rest.is_empty() => true,
        Some((_, Node::Map(inner))) => {
            let is_found = take_out(inner, rest);
            if !inner.is_empty() {
                return is_found;
            }
            is_found
        }
        _ => false,
    };
    if is_found {
        members.remove(at);
    }
    is_found
}

/// Whether the chart takes a value as it is.
fn is_for_the_chart(row: &Row, value: &Value, origin: &Origin<'_>, task: &Task<'_>) -> bool {
    match row.to {
        // The chart's own database needs no address; with one the chart would install none.
        "db.host" => value.as_str() != Some(&*format!("determined-db-service-{}", task.chart.release)),
        // With it the chart demands a certificate to mount, which only a base can name.
        "db.ssl_mode" => origin.kept.has_certificate,
        _ => true,
    }
}

/// Takes secrets out of a node, by their looks; an empty text stays where items have numbers.
fn sweep(node: &mut Node, path: &Path, written: &Value, secrets: &mut Vec<Secret>) {
    match node {
        Node::Text(text) if confidential::is_in(text) => {
            let place = find(written, text).unwrap_or(written.span);
            secrets.push(Secret { path: path.clone(), place, content: node.clone() });
            *node = Node::text("");
        }
        Node::List(items) => {
            items.iter_mut().enumerate().for_each(|(at, item)| sweep(item, &path.index(at), written, secrets));
        }
        Node::Map(members) => {
            members.iter_mut().for_each(|(key, member)| sweep(member, &path.key(key), written, secrets));
        }
        _ => {}
    }
}

/// Where a text was written.
fn find(value: &Value, text: &str) -> Option<Span> {
    match &value.kind {
        ValueKind::String(own) if **own == *text => Some(value.span),
        ValueKind::Array(items) => items.iter().find_map(|item| find(item, text)),
        ValueKind::Object(object) => object.members().iter().find_map(|member| find(&member.value, text)),
        _ => None,
    }
}

/// Whether a text is a whole number that every program prints as it stands, and takes for something.
fn is_short_number(text: &str) -> bool {
    (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
}

/// All lines of the master's configuration that hold one value, in the order of the chart.
pub(super) fn rows() -> Vec<&'static Row> {
    let mut rows = Vec::new();
    collect(MASTER_CONFIG.steps, &mut rows);
    rows
}

fn collect(steps: &'static [Step], rows: &mut Vec<&'static Row>) {
    for step in steps {
        match step {
            Step::Row(row) => rows.push(row),
            Step::When(_, yes, no) => {
                collect(yes, rows);
                collect(no, rows);
            }
            _ => {}
        }
    }
}

/// What stands at a path of mappings.
pub(super) fn at<'v>(values: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(values, |at, key| at.as_object()?.get(key))
}

/// What the master makes of it.
fn decoded<'r>(root: &'r Record, path: &str) -> Option<&'r Decoded> {
    let mut record = root;
    let mut found = None;
    for key in path.split('.') {
        let own = record.entry(key);
        let entry = own.or_else(|| record.variant.as_ref().and_then(|(_, fields)| fields.entry(key)))?;
        found = Some(&entry.value);
        if let Decoded::Record(inner) = &entry.value {
            record = inner;
        }
    }
    found
}
