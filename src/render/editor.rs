//! Changes of some bytes of a text, all others kept.

use crate::emit::{self, Node};
use crate::source::Span;
use crate::yaml::{NodeId, NodeKind, StructureStyle, Tree};

/// Columns of a level.
const STEP: usize = 2;

/// A text with its tree, and what is to change in it.
pub(super) struct Editor<'a> {
    pub(super) text: &'a str,
    pub(super) tree: &'a Tree,
    edits: Vec<(usize, usize, String)>,
}

impl<'a> Editor<'a> {
    pub(super) fn new(text: &'a str, tree: &'a Tree) -> Self {
        Self { text, tree, edits: Vec::new() }
    }

    fn edit(&mut self, start: usize, end: usize, replacement: String) {
        let is_windows = self.text.contains("\r\n");
        self.edits.push((start, end, if is_windows { replacement.replace('\n', "\r\n") } else { replacement }));
    }

    /// The text with all changes; `None` where two of them touch the same bytes.
    pub(super) fn finish(mut self) -> Option<String> {
        self.edits.sort_by_key(|(start, _, _)| *start);
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (start, end, replacement) in &self.edits {
            // The first line goes with the break after it, and the next one with the same break, before it: then this one,
            // too, goes with the break after it.
            let is_next_line = *start < at && replacement.is_empty() && out.is_empty();
            let (start, end) = if is_next_line { (at, self.after_break(*end)) } else { (*start, *end) };
            out.push_str(self.text.get(at..start)?);
            out.push_str(replacement);
            at = end;
        }
        out.push_str(self.text.get(at..)?);
        Some(out)
    }

    fn span(&self, id: NodeId) -> Span {
        self.tree.node(id).span
    }

    /// The blanks before a byte in its line, and whatever else.
    fn column(&self, byte: u32) -> usize {
        let before = self.text.get(..byte as usize).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("").chars().count()
    }

    /// Where the line of a byte ends, before its break.
    fn end_of_line(&self, byte: u32) -> usize {
        let rest = self.text.get(byte as usize..).unwrap_or("");
        byte as usize + rest.find(['\n', '\r']).unwrap_or(rest.len())
    }

    /// The byte behind the line break at a byte, if there is one.
    fn after_break(&self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or("");
        byte + if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) }
    }

    pub(super) fn is_flow(&self, id: NodeId) -> bool {
        matches!(
            self.tree.node(id).kind,
            NodeKind::Mapping { style: StructureStyle::Flow, .. }
                | NodeKind::Sequence { style: StructureStyle::Flow, .. }
        )
    }

    /// Puts a node in place of the value of a key; `inside` is the mapping or list around it.
    pub(super) fn replace(&mut self, inside: NodeId, key: Option<NodeId>, value: NodeId, node: &Node) {
        let span = self.span(value);
        let (start, end) = (span.start as usize, span.end as usize);
        if self.is_flow(inside) || !node.is_block() {
            let blank = if span.is_empty() { " " } else { "" };
            return self.edit(start, end, format!("{blank}{}", emit::flow(node)));
        }
        let is_block = |kind: &NodeKind| {
            matches!(
                kind,
                NodeKind::Mapping { style: StructureStyle::Block, .. }
                    | NodeKind::Sequence { style: StructureStyle::Block, .. }
            )
        };
        let Some(key) = key.filter(|_| !is_block(self.tree.node(value).kind)) else {
            let lines = emit::lines(node, self.column(span.start));
            return self.edit(start, end, lines);
        };
        // A block starts on a line of its own.
        let indent = self.column(self.span(key).start) + STEP;
        let before = self.text.get(..start).unwrap_or("");
        let start = before.trim_end_matches([' ', '\t']).len();
        let lines = emit::lines(node, indent);
        self.edit(start, end, format!("\n{}{lines}", " ".repeat(indent)));
    }

    /// Adds members to a mapping.
    pub(super) fn insert(&mut self, mapping: NodeId, members: &[(String, Node)]) {
        let span = self.span(mapping);
        let NodeKind::Mapping { entries, .. } = &self.tree.node(mapping).kind else { return };
        if self.is_flow(mapping) {
            let member = |(key, node): &(String, Node)| format!("{}: {}", emit::word(key), emit::flow(node));
            let members: Vec<String> = members.iter().map(member).collect();
            let last = entries.last().map(|(_, value)| *value);
            return self.add_to_flow(span, last, &members);
        }
        let indent = self.column(span.start);
        let at = self.end_of_line(span.end);
        for (key, node) in members {
            let member = emit::indented(key, node, indent);
            self.edit(at, at, format!("\n{}{member}", " ".repeat(indent)));
        }
    }

    /// Adds parts to brackets or braces, behind the last value of theirs: before the end may stand a comment.
    fn add_to_flow(&mut self, span: Span, last: Option<NodeId>, parts: &[String]) {
        let parts = parts.join(", ");
        let Some(last) = last.map(|last| self.span(last)) else {
            let at = span.start as usize + 1;
            return self.edit(at, at, parts);
        };
        if !last.is_empty() {
            let at = last.end as usize;
            return self.edit(at, at, format!(", {parts}"));
        }
        // Where nothing is the last value, the place of it is before its colon or behind.
        let before = self.text.get(..span.end as usize - 1).unwrap_or("").trim_end();
        let separator = if before.ends_with(',') { " " } else { ", " };
        let at = before.len();
        self.edit(at, at, format!("{separator}{parts}"));
    }

    /// Adds members behind everything else in the first document.
    pub(super) fn append(&mut self, heading: &str, members: &[(String, Node)]) {
        let end = self.end_of_document();
        let before = self.text.get(..end).unwrap_or("");
        let mut added = String::new();
        if !before.is_empty() && !before.ends_with('\n') {
            added.push('\n');
        }
        if !before.trim().is_empty() {
            added.push('\n');
        }
        added.push_str(heading);
        for (key, node) in members {
            added.push_str(&emit::block(key, node));
            added.push('\n');
        }
        self.edit(end, end, added);
    }

    /// Where the first document ends: at a line `...` behind its root, or with the text.
    fn end_of_document(&self) -> usize {
        let root = self.tree.documents().first().and_then(|document| document.root);
        let start = root.map_or(0, |root| self.end_of_line(self.span(root).end));
        let rest = self.text.get(start..).unwrap_or("");
        let marks = rest.match_indices("\n...").map(|(at, mark)| (at + 1, rest.get(at + mark.len()..).unwrap_or("")));
        let ends = |after: &str| after.is_empty() || after.starts_with([' ', '\t', '\r', '\n']);
        let mark = marks.into_iter().find(|(_, after)| ends(after));
        mark.map_or(self.text.len(), |(at, _)| start + at)
    }

    /// Adds items to a list.
    pub(super) fn extend(&mut self, list: NodeId, items: &[Node]) {
        let span = self.span(list);
        let NodeKind::Sequence { items: known, .. } = &self.tree.node(list).kind else { return };
        if self.is_flow(list) {
            let items: Vec<String> = items.iter().map(emit::flow).collect();
            return self.add_to_flow(span, known.last().copied(), &items);
        }
        let indent = self.column(span.start);
        let at = self.end_of_line(span.end);
        let blanks = " ".repeat(indent);
        for item in items {
            self.edit(at, at, format!("\n{blanks}- {}", emit::lines(item, indent + STEP)));
        }
    }

    /// Takes a member of a mapping out, with the lines that hold nothing else.
    pub(super) fn remove(&mut self, mapping: NodeId, key: NodeId, value: NodeId) -> bool {
        let (key, value) = (self.span(key), self.span(value));
        let before = self.text.get(..key.start as usize).unwrap_or("");
        let lines = before.trim_end_matches([' ', '\t']);
        if self.is_flow(mapping) || !(lines.is_empty() || lines.ends_with('\n')) {
            return false;
        }
        let end = self.end_of_line(value.end.max(key.end));
        // With the break before it, so that something can be put behind it; the first line goes with the break after it.
        match lines.strip_suffix('\n') {
            Some(lines) => self.edit(lines.strip_suffix('\r').unwrap_or(lines).len(), end, String::new()),
            None => self.edit(0, self.after_break(end), String::new()),
        }
        true
    }
}
