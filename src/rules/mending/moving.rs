//! An entry of a block, moved one level out with its comments.

use super::{in_same_quotes, name_of};
use crate::diagnostic::{Applicability, Edit, Fix};
use crate::rules::Context;
use crate::source::{SourceFile, Span};
use crate::yaml::{NodeId, NodeKind, ScalarStyle, StructureStyle, Tree};

/// Moves the entry of a key out of its mapping, to stand beside the key that holds the mapping, under `name`.
///
/// The last entry stays where it is and only loses its indentation; another one goes behind the mapping. `None`
/// where lines do not tell the structure, where the name is taken, or where the mapping would be left empty.
pub(in crate::rules) fn move_out(cx: &Context<'_>, key: Span, name: &str) -> Option<Fix> {
    let homes = cx.homes();
    let (mapping, at) = *homes.keys.get(&key)?;
    let (holder, holder_at) = *homes.values.get(&mapping)?;
    let entries = block_entries(cx.tree(), mapping).filter(|entries| entries.len() > 1)?;
    let (holder_key, _) = *block_entries(cx.tree(), holder)?.get(holder_at)?;
    let holder_name = name_of(cx, cx.tree().node(holder_key).span);
    if homes.has_name(holder, holder_name, name) || homes.is_shared(cx.tree().node(mapping).span) {
        return None;
    }
    let (_, value) = *entries.get(at)?;
    if keeps_final_breaks(cx, value) || keeps_final_breaks(cx, mapping) {
        return None;
    }
    let lines = Lines { file: cx.sources.file(key.source) };
    let inner = lines.indentation_before(key.start)?;
    let depth = inner.checked_sub(lines.column(cx.tree().node(holder_key).span.start)).filter(|depth| *depth > 0)?;
    let first = lines.with_comments_before(lines.line_of(key.start), inner);
    let last = lines.with_comments_after(lines.last_line(cx.tree(), key, value), inner + 1);
    let rename = Edit { span: key, replacement: in_same_quotes(cx, key, name)? };
    let dedents = lines.dedents(first, last, depth, key)?;
    let edits = if at + 1 == entries.len() {
        let renamed = (cx.slice(key) != rename.replacement).then_some(rename);
        let mut edits = dedents;
        edits.extend(renamed);
        edits.sort_by_key(|edit| edit.span);
        edits
    } else {
        let end = lines.with_comments_after(lines.last_line(cx.tree(), key, mapping), inner);
        lines.transfer(first, last, end, &dedents, &rename)?
    };
    Some(Fix { title: format!("move `{name}` one level out"), applicability: Applicability::Safe, edits })
}

fn block_entries(tree: &Tree, mapping: NodeId) -> Option<&[(NodeId, NodeId)]> {
    match tree.node(mapping).kind {
        NodeKind::Mapping { entries, style: StructureStyle::Block } => Some(entries),
        _ => None,
    }
}

/// Whether a value ends in a block scalar whose empty lines at the end count.
fn keeps_final_breaks(cx: &Context<'_>, id: NodeId) -> bool {
    let node = cx.tree().node(id);
    match node.kind {
        NodeKind::Scalar { style: ScalarStyle::Literal | ScalarStyle::Folded, .. } => {
            cx.slice(node.span).lines().next().is_some_and(|header| header.contains('+'))
        }
        NodeKind::Mapping { entries, .. } => entries.last().is_some_and(|(_, value)| keeps_final_breaks(cx, *value)),
        NodeKind::Sequence { items, .. } => items.last().is_some_and(|item| keeps_final_breaks(cx, *item)),
        NodeKind::Scalar { .. } | NodeKind::Alias { .. } => false,
    }
}

/// The lines of a text, counted from 1.
struct Lines<'a> {
    file: &'a SourceFile,
}

impl<'a> Lines<'a> {
    fn line_of(&self, byte: u32) -> u32 {
        self.file.lines().line_of(byte)
    }

    fn start(&self, line: u32) -> u32 {
        let start = self.file.lines().line_range(self.file.text(), line).start;
        u32::try_from(start).unwrap_or(u32::MAX)
    }

    /// A line with its break.
    fn text(&self, line: u32) -> &'a str {
        self.file.text().get(self.file.lines().line_range(self.file.text(), line)).unwrap_or("")
    }

    /// Bytes between the start of the line and a byte; a byte order mark takes no room.
    fn column(&self, byte: u32) -> u32 {
        let line = self.line_of(byte);
        let mark = if line == 1 && self.text(1).starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        (byte - self.start(line)).saturating_sub(u32::try_from(mark).unwrap_or(0))
    }

    fn blanks(&self, line: u32) -> u32 {
        let text = self.text(line);
        u32::try_from(text.len() - text.trim_start_matches(' ').len()).unwrap_or(0)
    }

    /// The column of a byte that has only blanks before it on its line.
    fn indentation_before(&self, byte: u32) -> Option<u32> {
        let line = self.line_of(byte);
        (self.blanks(line) == self.column(byte)).then(|| self.column(byte))
    }

    /// The line on which an entry ends.
    fn last_line(&self, tree: &Tree, key: Span, value: NodeId) -> u32 {
        let end = tree.node(value).span.end.max(key.end);
        self.line_of(end.saturating_sub(1).max(key.start))
    }

    fn is_comment(&self, line: u32) -> bool {
        self.text(line).trim_start_matches(' ').starts_with('#')
    }

    fn with_comments_before(&self, mut line: u32, indentation: u32) -> u32 {
        while line > 1 && self.is_comment(line - 1) && self.blanks(line - 1) == indentation {
            line -= 1;
        }
        line
    }

    fn with_comments_after(&self, mut line: u32, indentation: u32) -> u32 {
        while self.is_comment(line + 1) && self.blanks(line + 1) >= indentation {
            line += 1;
        }
        line
    }

    /// The edits that take `depth` blanks from the start of each line; `None` where one has fewer.
    fn dedents(&self, first: u32, last: u32, depth: u32, key: Span) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        for line in first..=last {
            let blanks = self.blanks(line);
            let may_lack = self.text(line).trim().is_empty() || self.is_comment(line);
            if blanks < depth && !may_lack {
                return None;
            }
            if blanks > 0 {
                let start = self.start(line);
                let span = Span::new(key.source, start, start + blanks.min(depth));
                edits.push(Edit { span, replacement: String::new() });
            }
        }
        Some(edits)
    }

    /// The edits that take out the lines `first..=last` and put them, edited, behind the line `end`.
    fn transfer(&self, first: u32, last: u32, end: u32, dedents: &[Edit], rename: &Edit) -> Option<Vec<Edit>> {
        let source = rename.span.source;
        let taken = Span::new(source, self.start(first), self.start(last + 1));
        let mut moved = String::new();
        let mut at = taken.start;
        let mut inner: Vec<&Edit> = dedents.iter().chain(std::iter::once(rename)).collect();
        inner.sort_by_key(|edit| edit.span);
        for edit in inner {
            moved.push_str(self.file.text().get(at as usize..edit.span.start as usize)?);
            moved.push_str(&edit.replacement);
            at = edit.span.end;
        }
        moved.push_str(self.file.text().get(at as usize..taken.end as usize)?);
        let target = self.start(end + 1);
        if !self.text(end).ends_with(['\n', '\r']) {
            // The last line of the file has no break; afterwards the moved one has none.
            let bare = moved.trim_end_matches(['\n', '\r']).len();
            let line_break = moved.split_off(bare);
            moved.insert_str(0, &line_break);
        }
        let insert = Edit { span: Span::empty(source, target), replacement: moved };
        Some(vec![Edit { span: taken, replacement: String::new() }, insert])
    }
}
