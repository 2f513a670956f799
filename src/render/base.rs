//! Values laid into a file that somebody keeps: whatever they do not set stays byte for byte.

use std::collections::BTreeMap;

use super::editor::Editor;
use super::layout::Heading;
use super::nodes::plain;
use super::signing::{ADDED, signed};
use super::tree::rows;
use crate::emit::{self, Node};
use crate::formats::helm_values::chart::defaults::{DEFAULTS, Preset};
use crate::formats::master;
use crate::source::SourceMap;
use crate::value::{Value, ValueKind, from_tree};
use crate::yaml::{NodeId, NodeKind, Tree};

/// A file of values to keep.
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    /// Its text.
    pub text: &'a str,
    /// What happens to values that are set otherwise.
    pub overwrite: Overwrite,
}

/// What happens to values of a base that are set otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overwrite {
    /// They are shown.
    Refused,
    /// They are replaced.
    Allowed,
}

/// What a base says of additional managers that no configuration of a master can say, or that this one leaves open.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// By the name of the cluster.
    managers: BTreeMap<String, Vec<(String, Node)>>,
    /// Whether it names the certificate of the database's server, and what holds it.
    pub(super) has_certificate: bool,
}

/// Names of Secrets are the user's to choose.
const CHOSEN: [&str; 2] = ["kubeconfig_secret_name", "kubeconfig_secret_value"];

/// The address is often known after the first installation only.
const LATE: &[&str] = &["determined_master_host", "determined_master_port", "determined_master_scheme"];

impl Kept {
    pub(super) fn of(base: Option<Base<'_>>) -> Result<Self, Fault> {
        let value = base.map(|base| read(base.text)).transpose()?.and_then(|(_, value)| value);
        let root = value.as_ref().and_then(Value::as_object);
        let has_certificate = root.and_then(|root| root.get("db")).is_some_and(has_certificate);
        let all = root.and_then(|root| root.get("additional_resource_managers"));
        let Some(ValueKind::Array(items)) = all.map(|all| &all.kind) else {
            return Ok(Self { has_certificate, ..Self::default() });
        };
        let managers = items.iter().filter_map(|item| {
            let manager = item.as_object()?.get("resource_manager")?.as_object()?;
            let name = manager.get("cluster_name")?.as_str()?.to_owned();
            let is_kept = |key: &str| CHOSEN.contains(&key) || LATE.contains(&key);
            let kept = manager.members().iter().filter(|member| is_kept(&member.key) && !member.value.is_null());
            Some((name, kept.map(|member| (member.key.to_string(), plain(&member.value))).collect()))
        });
        Ok(Self { managers: managers.collect(), has_certificate })
    }

    /// Takes over what is kept of a cluster.
    pub(super) fn complete(&self, cluster: &str, members: &mut Vec<(String, Node)>) {
        for (key, node) in self.managers.get(cluster).into_iter().flatten() {
            if !members.iter().any(|(known, _)| known == key) {
                members.push((key.clone(), node.clone()));
            }
        }
    }

    /// What it calls the Secret of a cluster and the key in it.
    pub(super) fn chosen(&self, cluster: &str) -> [Option<&Node>; 2] {
        let members = self.managers.get(cluster).map_or(&[][..], Vec::as_slice);
        CHOSEN.map(|key| members.iter().find(|(known, _)| known == key).map(|(_, node)| node))
    }
}

/// What the chart demands beside `db.sslMode` (facts §6.4).
fn has_certificate(db: &Value) -> bool {
    let is_named = |key: &str| db.as_object().and_then(|db| db.get(key)?.as_str()).is_some_and(|name| !name.is_empty());
    ["sslRootCert", "resourceType", "certResourceName"].into_iter().all(is_named)
}

/// A base with the values laid into it.
#[derive(Debug)]
pub(super) struct Laid {
    /// The text.
    pub(super) text: String,
    /// Values that were set otherwise.
    pub(super) conflicts: Vec<String>,
}

/// Why a base cannot be used.
pub(super) type Fault = String;

/// Whether a base has a value at a path of keys.
pub(super) fn has(text: &str, path: &str) -> bool {
    let value = read(text).ok().and_then(|(_, value)| value);
    let mut at = value.as_ref();
    for key in path.split('.') {
        at = at.and_then(Value::as_object).and_then(|object| object.get(key));
    }
    at.is_some_and(|value| !value.is_null())
}

/// The values that a base has; nothing for an empty file.
pub(super) fn read(text: &str) -> Result<(Tree, Option<Value>), Fault> {
    let mut sources = SourceMap::new();
    let id = sources.add("base", text);
    let (tree, syntax) = master::read(id, text);
    if syntax.is_some() {
        return Err("it is no YAML".to_owned());
    }
    if tree.documents().len() > 1 {
        return Err("it holds several documents, of which Helm reads the first only".to_owned());
    }
    let Some(root) = tree.documents().first().and_then(|document| document.root) else { return Ok((tree, None)) };
    let value = from_tree(&tree, text, root).map_err(|failure| failure.text)?;
    match value.kind {
        ValueKind::Null => Ok((tree, None)),
        ValueKind::Object(_) => Ok((tree, Some(value))),
        _ => Err("it is no mapping".to_owned()),
    }
}

/// Lays values into a text.
pub(super) fn lay(text: &str, members: &[(String, Node)], heading: &Heading<'_>) -> Result<Laid, Fault> {
    let (tree, value) = read(text)?;
    let root = tree.documents().first().and_then(|document| document.root);
    let (mut layer, mut missing) = (Layer { editor: Editor::new(text, &tree), conflicts: Vec::new() }, Vec::new());
    match root.filter(|_| value.is_some()) {
        Some(root) => {
            missing = layer.members(root, members, Scope::Part, "")?;
            layer.strangers(root, members);
        }
        None => missing.extend(members.iter().cloned()),
    }
    if !missing.is_empty() {
        match root.filter(|_| value.is_some()).filter(|root| layer.editor.is_flow(*root)) {
            Some(root) => layer.editor.insert(root, &missing),
            None => layer.editor.append(&format!("{ADDED}\n"), &missing),
        }
    }
    let Layer { editor, conflicts } = layer;
    let text = editor.finish().ok_or("it holds a key twice, which cannot be changed by itself")?;
    check(&text, members)?;
    Ok(Laid { text: signed(&text, heading), conflicts })
}

/// What is said where an edit did not come through.
const LAYOUT: &str = "nothing can be added to it as it is laid out";

/// Anchors, merged keys and keys that stand twice can make an edit mean something else.
fn check(text: &str, members: &[(String, Node)]) -> Result<(), Fault> {
    let (_, value) = read(text).map_err(|_| LAYOUT.to_owned())?;
    let object = value.as_ref().and_then(Value::as_object);
    let is_there = |(key, node): &(String, Node)| {
        object.and_then(|object| object.get(key)).is_some_and(|value| holds(&plain(value), node, Scope::Part))
    };
    match members.iter().find(|member| !is_there(member)) {
        Some((key, _)) if object.is_none_or(|object| object.get(key).is_none()) => Err(LAYOUT.to_owned()),
        Some((key, _)) => Err(format!("`{key}` is written so that it cannot be changed by itself")),
        None => Ok(()),
    }
}

/// Whether a mapping may hold keys that nobody asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// It may: they are others' business.
    Part,
    /// It may not.
    Whole,
}

/// Mappings of which only some keys are owned; all other values are owned as a whole.
const SHARED: &[&str] = &[
    "resourceManager",
    "db",
    "security",
    "security.defaultTask",
    "taskContainerDefaults",
    "checkpointStorage",
    "telemetry",
    "observability",
    "logging",
    "logging.security",
    "logging.security.tls",
    "retentionPolicy",
    "oidc",
    "scim",
    "scim.auth",
    "saml",
];

/// Whether a node says what is wanted.
fn holds(have: &Node, want: &Node, scope: Scope) -> bool {
    match (have, want) {
        (Node::Map(have), Node::Map(want)) => {
            let all = want
                .iter()
                .all(|(key, want)| have.iter().any(|(known, have)| known == key && holds(have, want, scope)));
            all && (scope == Scope::Part || have.len() == want.len())
        }
        (Node::List(have), Node::List(want)) => {
            have.len() == want.len() && have.iter().zip(want).all(|(have, want)| holds(have, want, Scope::Whole))
        }
        // The chart prints both the same.
        (Node::Text(text), Node::Number(number)) | (Node::Number(number), Node::Text(text)) => {
            scope == Scope::Part && *text == emit::number(*number)
        }
        (have, want) => have == want,
    }
}

struct Layer<'a> {
    editor: Editor<'a>,
    conflicts: Vec<String>,
}

impl Layer<'_> {
    fn plain(&self, id: NodeId) -> Option<Node> {
        from_tree(self.editor.tree, self.editor.text, id).ok().map(|value| plain(&value))
    }

    /// Lays members into a mapping; those that it lacks are handed back.
    fn members(
        &mut self,
        mapping: NodeId,
        members: &[(String, Node)],
        scope: Scope,
        path: &str,
    ) -> Result<Vec<(String, Node)>, Fault> {
        let mut missing = Vec::new();
        for (key, node) in members {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match self.entry(mapping, key) {
                Some((key, value)) => self.value(mapping, Some(key), value, node, (scope, &path))?,
                None => missing.push((key.clone(), node.clone())),
            }
        }
        Ok(missing)
    }

    /// The entry that counts of a key.
    fn entry(&self, mapping: NodeId, key: &str) -> Option<(NodeId, NodeId)> {
        self.entries(mapping, key).pop()
    }

    fn entries(&self, mapping: NodeId, key: &str) -> Vec<(NodeId, NodeId)> {
        let NodeKind::Mapping { entries, .. } = &self.editor.tree.node(mapping).kind else { return Vec::new() };
        let is_key =
            |id: NodeId| matches!(&self.editor.tree.node(id).kind, NodeKind::Scalar { text, .. } if text == key);
        entries.iter().filter(|(id, _)| is_key(*id)).copied().collect()
    }

    fn value(
        &mut self,
        inside: NodeId,
        key: Option<NodeId>,
        value: NodeId,
        node: &Node,
        (scope, path): (Scope, &str),
    ) -> Result<(), Fault> {
        let Some(have) = self.plain(value) else { return Err(format!("`{path}` cannot be read")) };
        let scope = if SHARED.contains(&path) {
            Scope::Part
        } else if path.contains('.') {
            scope
        } else {
            Scope::Whole
        };
        let scalars = if matches!(node, Node::Map(_) | Node::List(_)) { scope } else { Scope::Part };
        if holds(&have, node, scalars) {
            return Ok(());
        }
        let written = self.editor.tree.node(value);
        if written.anchor().is_some() || matches!(written.kind, NodeKind::Alias { .. }) {
            return Err(format!("`{path}` is shared by an anchor, and cannot be changed by itself"));
        }
        match (&written.kind, node) {
            (NodeKind::Mapping { .. }, Node::Map(members)) if scope == Scope::Part || has_all(&have, members) => {
                let missing = self.members(value, members, scope, path)?;
                if !missing.is_empty() {
                    self.editor.insert(value, &missing);
                }
            }
            (NodeKind::Sequence { items, .. }, Node::List(want)) if starts_with(&have, want) => {
                self.editor.extend(value, want.get(items.len()..).unwrap_or(&[]));
            }
            (NodeKind::Sequence { items, .. }, Node::List(want)) if items.len() == want.len() => {
                for (at, (item, want)) in items.iter().zip(want).enumerate() {
                    self.value(value, None, *item, want, (Scope::Whole, &format!("{path}[{at}]")))?;
                }
            }
            _ => {
                // Nothing is not a value that somebody chose.
                if have != Node::Null {
                    self.conflicts.push(path.to_owned());
                }
                self.editor.replace(inside, key, value, node);
            }
        }
        Ok(())
    }

    /// Values of the resource managers that the configuration does not set: they would be another configuration.
    fn strangers(&mut self, root: NodeId, members: &[(String, Node)]) {
        for path in owned() {
            let (first, second) = path.split_once('.').unwrap_or((path, ""));
            let wanted = members.iter().find(|(known, _)| known == first).map(|(_, node)| node);
            if second.is_empty() {
                if wanted.is_none() {
                    self.take_out(root, first, path);
                }
                continue;
            }
            let is_wanted = matches!(wanted, Some(Node::Map(inner)) if inner.iter().any(|(known, _)| known == second));
            if let (false, Some((_, mapping))) = (is_wanted, self.entry(root, first)) {
                self.take_out(mapping, second, path);
            }
        }
    }

    /// Takes all entries of a key out, unless they say what the chart says anyway.
    fn take_out(&mut self, mapping: NodeId, name: &str, path: &str) {
        let counts = self.entry(mapping, name).map(|(_, value)| self.plain(value).unwrap_or(Node::Null));
        if counts.is_none_or(|have| is_idle(path, &have)) {
            return;
        }
        self.conflicts.push(path.to_owned());
        for (key, value) in self.entries(mapping, name) {
            if !self.editor.remove(mapping, key, value) {
                self.editor.replace(mapping, Some(key), value, &Node::Null);
            }
        }
    }
}

/// The values behind the settings of resource managers.
fn owned() -> Vec<&'static str> {
    let is_managers = |to: &str| to.starts_with("resource_manager.") || to == "resource_pools";
    let mut owned: Vec<&str> = rows()
        .into_iter()
        .filter(|row| is_managers(row.to) && row.put.from != "masterPort")
        .map(|row| row.put.from)
        .collect();
    owned.extend(["defaultScheduler", "additional_resource_managers"]);
    owned.sort_unstable();
    owned.dedup();
    owned
}

/// Whether a value is what the chart has anyway.
fn is_idle(path: &str, have: &Node) -> bool {
    let is_nothing = match have {
        Node::Null | Node::Bool(false) => true,
        Node::Text(text) => text.is_empty(),
        Node::List(items) => items.is_empty(),
        Node::Map(members) => members.is_empty(),
        _ => false,
    };
    let preset = DEFAULTS.iter().find(|(key, _)| *key == path).map(|(_, preset)| preset);
    is_nothing || path == "slotType" && *have == Node::text("gpu") || preset.is_some_and(|preset| node(preset) == *have)
}

fn node(preset: &Preset) -> Node {
    match preset {
        Preset::Null => Node::Null,
        Preset::Bool(truth) => Node::Bool(*truth),
        Preset::Text(text) => Node::text(*text),
        Preset::List(items) => Node::List(items.iter().map(node).collect()),
        Preset::Table(members) => {
            Node::Map(members.iter().map(|(key, value)| ((*key).to_owned(), node(value))).collect())
        }
    }
}

/// Whether a mapping has no keys but these.
fn has_all(have: &Node, members: &[(String, Node)]) -> bool {
    matches!(have, Node::Map(have) if have.iter().all(|(key, _)| members.iter().any(|(known, _)| known == key)))
}

/// Whether a list is the beginning of another.
fn starts_with(have: &Node, want: &[Node]) -> bool {
    matches!(have, Node::List(have) if !have.is_empty() && have.len() < want.len()
        && have.iter().zip(want).all(|(have, want)| holds(have, want, Scope::Whole)))
}
