//! Edits that mend, as several rules need them: byte-exact, and none where the place is not as simple as it looks.

mod moving;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Context;
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::source::Span;
use crate::spelling;
use crate::yaml::{NodeId, NodeKind, ScalarStyle, Tree};

pub(super) use moving::move_out;

/// Where the nodes of a tree stand.
#[derive(Debug, Default)]
pub(super) struct Homes {
    /// By the place of a key: its mapping, and which entry it begins.
    keys: BTreeMap<Span, (NodeId, usize)>,
    /// By the value of an entry: the mapping, and which entry it ends.
    values: BTreeMap<NodeId, (NodeId, usize)>,
    /// How many keys of a mapping have a name, as the master compares them.
    names: BTreeMap<(NodeId, String), usize>,
    scalars: BTreeMap<Span, NodeId>,
    /// What an anchor stands before that some alias names, in order and none inside another.
    shared: Vec<Span>,
}

impl Homes {
    pub(super) fn new(tree: &Tree) -> Self {
        let mut homes = Self::default();
        for id in (0..tree.len()).map(NodeId::from_index) {
            let node = tree.node(id);
            match node.kind {
                NodeKind::Mapping { entries, .. } => {
                    for (at, (key, value)) in entries.iter().enumerate() {
                        homes.keys.insert(tree.node(*key).span, (id, at));
                        homes.values.insert(*value, (id, at));
                        if let NodeKind::Scalar { text, .. } = tree.node(*key).kind {
                            *homes.names.entry((id, text.to_ascii_lowercase().into())).or_default() += 1;
                        }
                    }
                }
                NodeKind::Scalar { .. } if !node.span.is_empty() => {
                    homes.scalars.insert(node.span, id);
                }
                NodeKind::Alias { target } => homes.shared.push(tree.node(*target).span),
                NodeKind::Scalar { .. } | NodeKind::Sequence { .. } => {}
            }
        }
        homes.shared.sort_by_key(|span| (span.start, Reverse(span.end)));
        homes.shared.dedup_by(|inner, outer| inner.end <= outer.end);
        homes
    }

    /// Whether some bytes take part in several places of the configuration.
    fn is_shared(&self, span: Span) -> bool {
        let before = self.shared.partition_point(|shared| shared.start <= span.start);
        before.checked_sub(1).and_then(|at| self.shared.get(at)).is_some_and(|shared| span.end <= shared.end)
    }

    /// Whether another entry of a mapping has a key of this name.
    fn has_name(&self, mapping: NodeId, except: &str, name: &str) -> bool {
        let own = usize::from(except.eq_ignore_ascii_case(name));
        self.names.get(&(mapping, name.to_ascii_lowercase())).is_some_and(|count| *count > own)
    }
}

/// A replacement of one place; what is shared by several places is at best a good guess.
fn replace(cx: &Context<'_>, span: Span, replacement: String, title: String, applicability: Applicability) -> Fix {
    let applicability = if cx.homes().is_shared(span) { Applicability::Unsafe } else { applicability };
    Fix { title, applicability, edits: vec![Edit { span, replacement }] }
}

/// Gives a key another name, in the quotes that it has; `None` where the mapping has that name already.
pub(super) fn rename(cx: &Context<'_>, key: Span, to: &str, applicability: Applicability) -> Option<Fix> {
    let (mapping, _) = *cx.homes().keys.get(&key)?;
    if cx.homes().has_name(mapping, name_of(cx, key), to) {
        return None;
    }
    let replacement = in_same_quotes(cx, key, to)?;
    Some(replace(cx, key, replacement, format!("rename it to `{to}`"), applicability))
}

/// Gives a scalar another text, in the quotes that it has.
pub(super) fn reword(cx: &Context<'_>, value: Span, to: &str, applicability: Applicability) -> Option<Fix> {
    let replacement = in_same_quotes(cx, value, to)?;
    Some(replace(cx, value, replacement, format!("write `{to}`"), applicability))
}

/// The name that a key has without its quotes; empty where it is no simple one.
fn name_of<'c>(cx: &'c Context<'_>, key: Span) -> &'c str {
    match cx.homes().scalars.get(&key).map(|id| cx.tree().node(*id).kind) {
        Some(NodeKind::Scalar { text, .. }) => text,
        _ => "",
    }
}

fn in_same_quotes(cx: &Context<'_>, span: Span, word: &str) -> Option<String> {
    match scalar(cx, span)? {
        ScalarStyle::Plain => Some(word.to_owned()),
        ScalarStyle::SingleQuoted => Some(format!("'{word}'")),
        ScalarStyle::DoubleQuoted => Some(format!("\"{word}\"")),
        ScalarStyle::Literal | ScalarStyle::Folded => None,
    }
}

/// The style of a scalar of one line without a tag that stands at exactly this place.
fn scalar(cx: &Context<'_>, span: Span) -> Option<ScalarStyle> {
    let node = cx.tree().node(*cx.homes().scalars.get(&span)?);
    match node.kind {
        NodeKind::Scalar { style, .. } if node.tag().is_none() && !cx.slice(span).contains(['\n', '\r']) => {
            Some(*style)
        }
        _ => None,
    }
}

/// Puts a plain word in quotes, so that it is text for every reader.
pub(super) fn quote(cx: &Context<'_>, value: Span, applicability: Applicability) -> Option<Fix> {
    let written = cx.slice(value);
    let is_simple = !written.contains(['"', '\\']) && !written.contains(char::is_control);
    (is_simple && scalar(cx, value)? == ScalarStyle::Plain)
        .then(|| replace(cx, value, format!("\"{written}\""), "put it in quotes".to_owned(), applicability))
}

/// Takes the quotes away from a whole number.
pub(super) fn unquote_number(cx: &Context<'_>, value: Span, applicability: Applicability) -> Option<Fix> {
    let written = cx.slice(value);
    let quote = match scalar(cx, value)? {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        _ => return None,
    };
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    // YAML reads a leading zero as octal.
    let is_canonical = inner.parse::<i64>().is_ok_and(|number| number.to_string() == inner);
    is_canonical.then(|| replace(cx, value, inner.to_owned(), "remove the quotes".to_owned(), applicability))
}

/// How sure it is that `word` was meant to be `meant`: a slip of case or separators, of one letter, or of two in a long
/// word is plain; anything further is a guess.
pub(super) fn certainty(word: &str, meant: &str) -> Applicability {
    let allowed = match meant.len() {
        0..4 => 0,
        4..10 => 1,
        _ => 2,
    };
    if spelling::distance(word, meant) <= allowed { Applicability::Safe } else { Applicability::Unsafe }
}
