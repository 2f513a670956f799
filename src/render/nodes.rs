//! What was written → nodes to write, without the secrets.

use std::collections::BTreeSet;

use super::path::Path;
use crate::emit::Node;
use crate::model::confidential::{arguments, hides, is_in, tells, tells_all_below, tells_variable};
use crate::source::Span;
use crate::value::{Member, Object, Value, ValueKind};

/// A secret with the place in the values where it belongs.
#[derive(Clone, Debug)]
pub(super) struct Secret {
    pub(super) path: Path,
    pub(super) place: Span,
    pub(super) content: Node,
}

/// Makes nodes, and collects the secrets that it leaves out.
#[derive(Debug)]
pub(super) struct Sifter {
    /// The bytes of all secrets.
    secrets: BTreeSet<Span>,
    pub(super) found: Vec<Secret>,
}

impl Sifter {
    pub(super) fn new(secrets: &[Span]) -> Self {
        Self { secrets: secrets.iter().copied().collect(), found: Vec::new() }
    }

    /// Whether a value that stands under a key is a secret: for the master, by the name of its key, or by its looks.
    pub(super) fn hides(&self, key: &str, value: &Value) -> bool {
        let tells = match &value.kind {
            ValueKind::String(text) => hides(key, text),
            ValueKind::Number(_) | ValueKind::Int(_) => tells(key),
            _ => false,
        };
        tells || self.is_secret(value)
    }

    fn is_secret(&self, value: &Value) -> bool {
        self.secrets.contains(&value.span)
    }

    /// Puts a secret aside.
    pub(super) fn withhold(&mut self, path: Path, value: &Value) {
        self.found.push(Secret { path, place: value.span, content: plain(value) });
    }

    /// The node of a value that stands at a path of the values.
    pub(super) fn node(&mut self, value: &Value, path: &Path) -> Node {
        match &value.kind {
            ValueKind::Array(items) => self.items(items, path),
            ValueKind::Object(object) => Node::Map(self.members(object, path)),
            _ => plain(value),
        }
    }

    /// The items of a list, of which some are secret because of the one before.
    fn items(&mut self, items: &[Value], path: &Path) -> Node {
        let secret = arguments::among(items.iter().map(|item| item.as_str().unwrap_or("")));
        let item = |(at, item): (usize, &Value)| match secret.contains(&at) {
            true => {
                self.withhold(path.index(at), item);
                Node::text("")
            }
            false => self.item(item, &path.index(at)),
        };
        Node::List(items.iter().enumerate().map(item).collect())
    }

    /// An item of a list. A secret leaves an empty text behind, so that the others keep their numbers.
    fn item(&mut self, item: &Value, path: &Path) -> Node {
        if self.hides("", item) {
            self.withhold(path.clone(), item);
            return Node::text("");
        }
        self.node(item, path)
    }

    /// The members of a mapping in the order in which they were written, without those that are secret.
    pub(super) fn members(&mut self, object: &Object, path: &Path) -> Vec<(String, Node)> {
        let mut members = Vec::with_capacity(object.members().len());
        for member in in_order(object) {
            let path = path.key(&member.key);
            if let Some(node) = self.member(member, object, &path) {
                members.push((member.key.to_string(), node));
            }
        }
        members
    }

    /// The node of a member, unless it is secret as a whole.
    fn member(&mut self, member: &Member, object: &Object, path: &Path) -> Option<Node> {
        match &member.value.kind {
            ValueKind::Array(items) if is_environment(&member.key) => Some(self.environment(items, path)),
            ValueKind::Object(of) if is_environment(&member.key) => Some(self.environments(of, path)),
            ValueKind::Array(_) | ValueKind::Object(_) if is_all_secret(member) => self.all_secret(&member.value, path),
            _ if is_harmless(member, object) => Some(self.node(&member.value, path)),
            _ if self.hides(&member.key, &member.value) => {
                self.withhold(path.clone(), &member.value);
                None
            }
            _ => Some(self.node(&member.value, path)),
        }
    }

    /// What is left of a value of which everything is secret: its form, for `--set` to fill.
    fn all_secret(&mut self, value: &Value, path: &Path) -> Option<Node> {
        match &value.kind {
            ValueKind::Array(items) => {
                let item = |(at, item)| self.all_secret(item, &path.index(at)).unwrap_or_else(|| Node::text(""));
                Some(Node::List(items.iter().enumerate().map(item).collect()))
            }
            ValueKind::Object(object) => {
                let member = |member: &&Member| {
                    let node = self.all_secret(&member.value, &path.key(&member.key))?;
                    Some((member.key.to_string(), node))
                };
                Some(Node::Map(in_order(object).iter().filter_map(member).collect()))
            }
            ValueKind::Null | ValueKind::Bool(_) => Some(plain(value)),
            _ => {
                self.withhold(path.clone(), value);
                None
            }
        }
    }

    /// Variables for each type of slots.
    fn environments(&mut self, of: &Object, path: &Path) -> Node {
        let mut members = Vec::new();
        for member in of.members() {
            let path = path.key(&member.key);
            let node = match &member.value.kind {
                ValueKind::Array(items) => self.environment(items, &path),
                _ => plain(&member.value),
            };
            members.push((member.key.to_string(), node));
        }
        Node::Map(members)
    }

    /// `NAME=value`; a secret value leaves its name behind, so that the others keep their numbers.
    fn environment(&mut self, items: &[Value], path: &Path) -> Node {
        let mut nodes = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let name = item.as_str().and_then(|text| text.split_once('=')).map(|(name, _)| name);
            let text = item.as_str().unwrap_or("");
            nodes.push(match name.filter(|name| tells_variable(name) || is_in(text)) {
                Some(name) => {
                    self.withhold(path.index(at), item);
                    Node::Text(format!("{name}="))
                }
                None => self.item(item, &path.index(at)),
            });
        }
        Node::List(nodes)
    }
}

fn is_environment(key: &str) -> bool {
    key.eq_ignore_ascii_case("environment_variables")
}

/// Whether everything in a list or mapping is secret.
fn is_all_secret(member: &Member) -> bool {
    let is_list = matches!(member.value.kind, ValueKind::Array(_));
    tells_all_below(&member.key) || is_list && tells(&member.key)
}

/// The value of a variable that holds no secret, by its name and its looks.
fn is_harmless(member: &Member, object: &Object) -> bool {
    if &*member.key != "value" {
        return false;
    }
    let name = object.get("name").or_else(|| object.get("key")).and_then(Value::as_str);
    let is_open = !member.value.as_str().is_some_and(is_in);
    is_open && name.is_some_and(|name| !tells_variable(name))
}

/// The node of a value as it is.
pub(super) fn plain(value: &Value) -> Node {
    match &value.kind {
        ValueKind::Null => Node::Null,
        ValueKind::Bool(truth) => Node::Bool(*truth),
        ValueKind::Number(number) => Node::Number(*number),
        #[expect(clippy::cast_precision_loss, reason = "a file holds no cast number")]
        ValueKind::Int(number) => Node::Number(*number as f64),
        ValueKind::String(text) => Node::text(text.as_str()),
        ValueKind::Array(items) => Node::List(items.iter().map(plain).collect()),
        ValueKind::Object(object) => {
            Node::Map(object.members().iter().map(|member| (member.key.to_string(), plain(&member.value))).collect())
        }
    }
}

/// The same with members in the order in which they were written.
pub(super) fn plain_in_order(value: &Value) -> Node {
    match &value.kind {
        ValueKind::Array(items) => Node::List(items.iter().map(plain_in_order).collect()),
        ValueKind::Object(object) => {
            let node = |member: &Member| (member.key.to_string(), plain_in_order(&member.value));
            Node::Map(in_order(object).into_iter().map(node).collect())
        }
        _ => plain(value),
    }
}

/// Members in the order in which they were written; what a program has sorted by name has no order of its own.
fn in_order(object: &Object) -> Vec<&Member> {
    let mut written: Vec<&Member> = object.members().iter().collect();
    written.sort_by_key(|member| (member.key_span, &member.key));
    if written.is_sorted_by_key(|member| &member.key) {
        written.sort_by_key(|member| FIRST.iter().position(|first| *first == &*member.key).unwrap_or(FIRST.len()));
    }
    written
}

/// Keys that people look for at the top.
const FIRST: &[&str] = &[
    "type",
    "name",
    "pool_name",
    "cluster_name",
    "kubeconfig_path",
    "max_slots_per_pod",
    "description",
    "resource_manager",
    "resource_pools",
    "additional_resource_managers",
];
