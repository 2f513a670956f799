//! [`Tree`] → [`Value`]: what go-yaml v2 decodes and ghodss/yaml turns into JSON (facts §1.1, §13).

use std::collections::BTreeSet;

use ecow::EcoString;

use super::go_syntax::{NIL, go_syntax};
use super::{Member, Object, Value, ValueKind, go_text};
use crate::source::Span;
use crate::yaml::scalar::{Scalar, go_yaml_v2_no_text, go_yaml_v2_tagged};
use crate::yaml::{Node, NodeId, NodeKind, ScalarStyle, Tree};

/// Deepest nesting that is followed, aliases included; go-yaml's own bound is 10,000.
const DEPTH: usize = 1_000;

/// What kind of thing went wrong between text and JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// `<<` with something else than mappings.
    Merge,
    /// A list or mapping as a key, a null key, or one beyond 64 bits.
    Key,
    /// `.inf` and `.nan`, which JSON cannot say.
    NotANumber,
    /// A tag that does not fit its text.
    Tag,
    /// An alias inside what it stands for.
    Cycle,
    /// So many aliases that go-yaml takes it for an attack.
    Aliasing,
    /// A character that is fine in YAML escapes but not in the JSON that the master reads again.
    Character,
    /// A key that is fine in the file but not in the JSON that the master reads again.
    SecondKey,
    /// A limit of this reader; what the master would do is not known.
    Limit,
}

/// Why there is no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The kind.
    pub kind: FailureKind,
    /// The place.
    pub span: Span,
    /// The text that the reading library gives, without the wrappers of the master; empty for
    /// [`FailureKind::Limit`].
    pub text: String,
}

/// The value of a node of the tree of `text`.
///
/// # Errors
/// The first failure in the order in which the real libraries meet them: go-yaml's own, then keys
/// that are no strings, then numbers that JSON cannot hold.
pub fn from_tree(tree: &Tree, text: &str, root: NodeId) -> Result<Value, Failure> {
    let mut decoder = Decoder::new(tree, text);
    let value = decoder.value(root, 0)?;
    match decoder.first_late(&value) {
        Some(late) => Err(late.failure(tree)),
        None => first_not_a_number(&value).map_or(Ok(value), Err),
    }
}

/// The mappings that are still there, and not overwritten by the same key written again.
fn mappings(value: &Value, out: &mut BTreeSet<NodeId>) {
    match &value.kind {
        ValueKind::Object(object) => {
            out.insert(value.node);
            object.members().iter().for_each(|member| mappings(&member.value, out));
        }
        ValueKind::Array(items) => items.iter().for_each(|item| mappings(item, out)),
        _ => {}
    }
}

struct Decoder<'t> {
    tree: &'t Tree,
    text: &'t str,
    /// Aliases that are being followed.
    following: Vec<NodeId>,
    alias_depth: usize,
    alias_count: u64,
    decode_count: u64,
    /// Keys that only the conversion to JSON finds, after go-yaml is done.
    late: Vec<LateKey>,
}

impl<'t> Decoder<'t> {
    fn new(tree: &'t Tree, text: &'t str) -> Self {
        Self { tree, text, following: Vec::new(), alias_depth: 0, alias_count: 0, decode_count: 0, late: Vec::new() }
    }

    fn value(&mut self, id: NodeId, depth: usize) -> Result<Value, Failure> {
        let node = self.tree.node(id);
        if depth > DEPTH {
            return Err(failure(FailureKind::Limit, node.span, String::new()));
        }
        self.count(node)?;
        match node.kind {
            NodeKind::Alias { target } => self.alias(id, *target, depth),
            NodeKind::Scalar { text, style } => self.scalar(id, node, text, *style),
            NodeKind::Sequence { items, .. } => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.value(*item, depth + 1)?);
                }
                Ok(Value { span: node.span, node: id, kind: ValueKind::Array(values) })
            }
            NodeKind::Mapping { entries, .. } => {
                let mut members = Vec::with_capacity(entries.len());
                self.mapping(id, entries, &mut members, depth)?;
                let object = Object::from_written(members);
                Ok(Value { span: node.span, node: id, kind: ValueKind::Object(object) })
            }
        }
    }

    /// go-yaml's guard against documents that are mostly aliases: the share allowed falls from 99 %
    /// of small documents to 10 % of large ones.
    fn count(&mut self, node: Node<'_>) -> Result<(), Failure> {
        self.decode_count += 1;
        if self.alias_depth > 0 {
            self.alias_count += 1;
        }
        if self.alias_count <= 100 || self.decode_count <= 1_000 {
            return Ok(());
        }
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let share = self.alias_count as f64 / self.decode_count as f64;
        if share > allowed_alias_share(self.decode_count) {
            let text = "yaml: document contains excessive aliasing".to_owned();
            return Err(failure(FailureKind::Aliasing, node.span, text));
        }
        Ok(())
    }

    fn alias(&mut self, id: NodeId, target: NodeId, depth: usize) -> Result<Value, Failure> {
        let span = self.tree.node(id).span;
        if self.following.contains(&id) {
            let name = self.text.get(span.start as usize + 1..span.end as usize).unwrap_or("");
            let text = format!("yaml: anchor '{name}' value contains itself");
            return Err(failure(FailureKind::Cycle, span, text));
        }
        self.following.push(id);
        self.alias_depth += 1;
        let value = self.value(target, depth + 1);
        self.alias_depth -= 1;
        self.following.pop();
        value.map(|value| Value { span, ..value })
    }

    fn scalar(&mut self, id: NodeId, node: Node<'_>, text: &EcoString, style: ScalarStyle) -> Result<Value, Failure> {
        let tag = node.tag().map(|tag| tag.name.as_str());
        let scalar = match (tag, style) {
            (None, ScalarStyle::Plain) => go_yaml_v2_no_text(text),
            (None, _) => None,
            (Some(_), _) => {
                Some(go_yaml_v2_tagged(tag, text, style).map_err(|text| failure(FailureKind::Tag, node.span, text))?)
            }
        };
        let Some(scalar) = scalar else {
            return Ok(Value { span: node.span, node: id, kind: ValueKind::String(text.clone()) });
        };
        let kind = match scalar {
            Scalar::Null => ValueKind::Null,
            Scalar::Bool(value) => ValueKind::Bool(value),
            #[expect(clippy::cast_precision_loss, reason = "the master loses the same bits (§1.1)")]
            Scalar::Int(value) => ValueKind::Number(value as f64),
            Scalar::Float(value) => ValueKind::Number(value),
            Scalar::String(value) => ValueKind::String(value.into()),
        };
        Ok(Value { span: node.span, node: id, kind })
    }

    fn mapping(
        &mut self,
        id: NodeId,
        entries: &[(NodeId, NodeId)],
        members: &mut Vec<Member>,
        depth: usize,
    ) -> Result<(), Failure> {
        for (key, value) in entries {
            if is_merge(self.tree.node(*key)) {
                self.merge(*value, id, members, depth)?;
                continue;
            }
            let key_span = self.tree.node(*key).span;
            let name = self.key(*key, depth)?;
            let before = self.late.len();
            let value = self.value(*value, depth + 1)?;
            match name {
                Ok(key) => members.push(Member { key, key_span, value }),
                // The conversion meets a mapping before what is inside.
                Err(key) => self.late.insert(before, LateKey { key, span: key_span, mapping: id, value: value.node }),
            }
        }
        Ok(())
    }

    fn merge(&mut self, id: NodeId, into: NodeId, members: &mut Vec<Member>, depth: usize) -> Result<(), Failure> {
        match self.tree.node(id).kind {
            NodeKind::Mapping { .. } | NodeKind::Alias { .. } => self.merge_one(id, into, members, depth),
            // Earlier mappings of a list win, so the later ones go in first.
            NodeKind::Sequence { items, .. } => {
                items.iter().rev().try_for_each(|item| self.merge_one(*item, into, members, depth))
            }
            NodeKind::Scalar { .. } => Err(self.wants_map(id)),
        }
    }

    fn merge_one(&mut self, id: NodeId, into: NodeId, members: &mut Vec<Member>, depth: usize) -> Result<(), Failure> {
        let node = self.tree.node(id);
        let target = match node.kind {
            NodeKind::Alias { target } => *target,
            _ => id,
        };
        if !matches!(self.tree.node(target).kind, NodeKind::Mapping { .. }) {
            return Err(self.wants_map(id));
        }
        let before = self.late.len();
        match self.value(id, depth + 1)?.kind {
            ValueKind::Object(object) => members.extend(object.into_members()),
            _ => return Err(self.wants_map(id)),
        }
        for late in self.late.iter_mut().skip(before).filter(|late| late.mapping == target) {
            late.mapping = into;
        }
        Ok(())
    }

    /// The first key that the conversion stops at, with the value that its mapping holds in the end.
    fn first_late(&self, value: &Value) -> Option<&LateKey> {
        if self.late.is_empty() {
            return None;
        }
        let mut there = BTreeSet::new();
        mappings(value, &mut there);
        let first = self.late.iter().find(|late| there.contains(&late.mapping))?;
        self.late.iter().rfind(|late| (late.mapping, late.key) == (first.mapping, first.key))
    }

    fn wants_map(&self, id: NodeId) -> Failure {
        let text = "yaml: map merge requires map or sequence of maps as the value".to_owned();
        failure(FailureKind::Merge, self.tree.node(id).span, text)
    }

    /// The key as ghodss/yaml spells it, or the kind of key that it cannot spell.
    fn key(&mut self, id: NodeId, depth: usize) -> Result<Result<EcoString, BadKey>, Failure> {
        let value = self.value(id, depth + 1)?;
        Ok(match value.kind {
            ValueKind::String(text) => Ok(text),
            ValueKind::Bool(value) => Ok(if value { "true".into() } else { "false".into() }),
            ValueKind::Null => Err(BadKey::Null),
            ValueKind::Number(number) => self.number_key(id, number),
            ValueKind::Int(number) => Ok(number.to_string().into()),
            ValueKind::Array(_) | ValueKind::Object(_) => {
                let text = format!("yaml: invalid map key: {}", go_syntax(self.tree, id));
                return Err(failure(FailureKind::Key, value.span, text));
            }
        })
    }

    fn number_key(&self, id: NodeId, number: f64) -> Result<EcoString, BadKey> {
        match self.written_number(id) {
            Some(Scalar::Int(int)) if i64::try_from(int).is_ok() => Ok(int.to_string().into()),
            Some(Scalar::Int(int)) => Err(BadKey::Wide(int)),
            _ => Ok(go_text::float_g32(number).into()),
        }
    }

    fn written_number(&self, id: NodeId) -> Option<Scalar> {
        let node = self.tree.node(id);
        match node.kind {
            NodeKind::Alias { target } => self.written_number(*target),
            NodeKind::Scalar { text, style } => {
                go_yaml_v2_tagged(node.tag().map(|tag| tag.name.as_str()), text, *style).ok()
            }
            NodeKind::Sequence { .. } | NodeKind::Mapping { .. } => None,
        }
    }
}

/// Keys that ghodss/yaml cannot turn into strings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum BadKey {
    Null,
    Wide(i128),
}

/// Such a key with its place and what it holds.
struct LateKey {
    key: BadKey,
    span: Span,
    /// The mapping that it ends up in.
    mapping: NodeId,
    value: NodeId,
}

impl LateKey {
    fn failure(&self, tree: &Tree) -> Failure {
        let (kind, shown) = match self.key {
            BadKey::Null => ("%!s(<nil>)".to_owned(), "<nil>".to_owned()),
            BadKey::Wide(int) => ("uint64".to_owned(), format!("{int:#x}")),
        };
        let value = go_syntax(tree, self.value);
        // At the top Go prints a nil as it is.
        let value = if value == NIL { "<nil>" } else { &value };
        let text = format!("Unsupported map key of type: {kind}, key: {shown}, value: {value}");
        failure(FailureKind::Key, self.span, text)
    }
}

/// Whether a key is the merge key.
pub(super) fn is_merge(node: Node<'_>) -> bool {
    match node.kind {
        NodeKind::Scalar { text, style } => match node.tag() {
            None => &**text == "<<" && *style == ScalarStyle::Plain,
            Some(tag) => &**text == "<<" && tag.name == "tag:yaml.org,2002:merge",
        },
        _ => false,
    }
}

fn allowed_alias_share(decoded: u64) -> f64 {
    const LOW: u64 = 400_000;
    const HIGH: u64 = 4_000_000;
    if decoded <= LOW {
        return 0.99;
    }
    if decoded >= HIGH {
        return 0.10;
    }
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    let progress = (decoded - LOW) as f64 / (HIGH - LOW) as f64;
    0.99 - 0.89 * progress
}

/// JSON has no infinities: encoding/json stops at the first in its own order, sorted by key.
fn first_not_a_number(value: &Value) -> Option<Failure> {
    match &value.kind {
        ValueKind::Number(number) if !number.is_finite() => {
            let text = match number {
                n if n.is_nan() => "NaN",
                n if *n > 0.0 => "+Inf",
                _ => "-Inf",
            };
            let text = format!("json: unsupported value: {text}");
            Some(failure(FailureKind::NotANumber, value.span, text))
        }
        ValueKind::Array(items) => items.iter().find_map(first_not_a_number),
        ValueKind::Object(object) => object.members().iter().find_map(|m| first_not_a_number(&m.value)),
        _ => None,
    }
}

fn failure(kind: FailureKind, span: Span, text: String) -> Failure {
    Failure { kind, span, text }
}
