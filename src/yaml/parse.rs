//! Text → [`Tree`]: the only room that names the YAML crate.

use std::collections::BTreeMap;

use granit_parser::{
    Event, Parser, ScalarStyle as Style, ScanError, Span as Range, StructureStyle as Shape,
};

use super::build::{Builder, Collection, Properties};
use super::tree::{NodeId, ScalarStyle, StructureStyle, Tag, Tree};
use crate::source::{SourceId, Span};

/// Bounds on what is read. Past one of them reading stops with a [`SyntaxError`] of its own kind.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Deepest nesting of collections.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 1_000 }
    }
}

/// Why a stream could not be read to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong, in one clause for people.
    pub message: String,
    /// Where: the cause where it can be told (the opening quote or bracket), else the place.
    pub span: Span,
    /// How to mend it.
    pub help: Option<String>,
    /// The text that go-yaml v2 prints, such as `yaml: line 3: did not find expected key`; `None`
    /// where go-yaml would have read on and only this reader stops (a limit of ours).
    pub go_yaml: Option<String>,
}

/// What could be read of a stream, and what could not.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The documents read before the first error, the broken one left out.
    pub tree: Tree,
    /// The error of the first document, if it has one. Errors of later documents are not looked for:
    /// the master never sees them (facts §13).
    pub error: Option<SyntaxError>,
}

/// Reads a stream.
#[must_use]
pub fn parse(source: SourceId, text: &str, limits: Limits) -> Parsed {
    let options = granit_parser::options! {
        emit_anchor_events: true,
        block_scalar_eof_without_line_feed: true,
        bom_inside_document_as_content: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: limits.depth,
        block_nesting_limit: limits.depth,
    };
    let mut reader = Reader::new(source, text);
    let mut error = None;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((event, range)) => reader.event(event, range),
            Err(found) => {
                error = (reader.documents == 0).then(|| reader.error(&found));
                reader.builder.drop_document();
                break;
            }
        }
    }
    Parsed {
        tree: reader.builder.finish(),
        error,
    }
}

struct Reader<'t> {
    text: &'t str,
    source: SourceId,
    builder: Builder,
    anchors: BTreeMap<usize, NodeId>,
    last: Option<NodeId>,
    document_start: u32,
    documents: usize,
}

fn byte(at: Option<usize>) -> u32 {
    u32::try_from(at.unwrap_or(0)).unwrap_or(u32::MAX)
}

impl<'t> Reader<'t> {
    fn new(source: SourceId, text: &'t str) -> Self {
        let builder = Builder::new(source);
        Self {
            text,
            source,
            builder,
            anchors: BTreeMap::new(),
            last: None,
            document_start: 0,
            documents: 0,
        }
    }

    fn span(&self, range: Range) -> Span {
        self.builder.span(
            byte(range.start.byte_offset()),
            byte(range.end.byte_offset()),
        )
    }

    fn properties(
        &self,
        tag: Option<std::borrow::Cow<'_, granit_parser::Tag>>,
        range: Range,
    ) -> Properties {
        let tag = tag.map(|tag| {
            let name = format!("{}{}", tag.handle(), tag.suffix());
            Box::new(Tag {
                name,
                span: self.span(range.tag_span().unwrap_or(range)),
            })
        });
        Properties { tag, anchor: None }
    }

    fn event(&mut self, event: Event<'_>, range: Range) {
        let span = self.span(range);
        match event {
            Event::Comment(..) => self.builder.comment(span),
            Event::DocumentStart(..) => {
                self.builder.begin_document();
                self.document_start = span.start;
            }
            Event::DocumentEnd => {
                self.builder.end_document(self.document_start, span.end);
                self.documents += 1;
            }
            Event::Anchor(id, _) => {
                if let Some(node) = self.last {
                    self.builder.set_anchor(node, span);
                    self.anchors.insert(id, node);
                }
            }
            Event::Alias(id) => {
                if let Some(&target) = self.anchors.get(&id) {
                    self.builder.alias(span, target);
                }
            }
            Event::Scalar(text, style, _, tag) => {
                let with = self.properties(tag, range);
                self.scalar(&text, style, span, with);
            }
            Event::SequenceStart(shape, _, tag) => {
                let with = self.properties(tag, range);
                self.last = Some(self.builder.open(
                    span.start,
                    Collection::Sequence,
                    structure(shape),
                    with,
                ));
            }
            Event::MappingStart(shape, _, tag) => {
                let with = self.properties(tag, range);
                self.last = Some(self.builder.open(
                    span.start,
                    Collection::Mapping,
                    structure(shape),
                    with,
                ));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.builder.close((!span.is_empty()).then_some(span.end))
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: &str, style: Style, mut span: Span, with: Properties) {
        let (style, block) = match style {
            Style::Plain => (ScalarStyle::Plain, false),
            Style::SingleQuoted => (ScalarStyle::SingleQuoted, false),
            Style::DoubleQuoted => (ScalarStyle::DoubleQuoted, false),
            Style::Literal => (ScalarStyle::Literal, true),
            Style::Folded => (ScalarStyle::Folded, true),
        };
        if block {
            let before = self.text.get(..span.start as usize).unwrap_or("");
            let header = before.rfind(['|', '>']).unwrap_or(before.len());
            let body = self
                .text
                .get(header..span.end as usize)
                .unwrap_or("")
                .trim_end_matches(['\n', '\r', ' ']);
            let end = header + body.len();
            span = self.builder.span(byte(Some(header)), byte(Some(end)));
        }
        let written = !(style == ScalarStyle::Plain && span.is_empty());
        // The crate puts an absent value before the colon.
        if !written && self.text.as_bytes().get(span.end as usize) == Some(&b':') {
            span = self.builder.span(span.end + 1, span.end + 1);
        }
        let text = if written { text } else { "" };
        self.last = Some(self.builder.scalar(span, text.into(), style, with));
    }

    fn error(&self, found: &ScanError) -> SyntaxError {
        let at = byte(found.marker().byte_offset()).min(byte(Some(self.text.len())));
        let span = Span::empty(self.source, at);
        SyntaxError {
            message: found.info(),
            span,
            help: None,
            go_yaml: None,
        }
    }
}

fn structure(shape: Shape) -> StructureStyle {
    match shape {
        Shape::Block => StructureStyle::Block,
        Shape::Flow => StructureStyle::Flow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use crate::yaml::NodeKind;

    #[test]
    fn spans_are_exact() {
        let text = "ä: 'x' # c\nb: |\n  lit\n\nc: &n !!str y\nd: [1, {e: *n}]\ne:\n";
        let mut map = SourceMap::new();
        let id = map.add("t", text);
        let parsed = parse(id, text, Limits::default());
        assert_eq!(parsed.error, None);
        let slices: Vec<&str> = (0..parsed.tree.len())
            .map(|at| map.slice(parsed.tree.node(NodeId::from_index(at)).span))
            .collect();
        let root = text.trim_end();
        assert_eq!(
            slices,
            [
                root,
                "ä",
                "'x'",
                "b",
                "|\n  lit",
                "c",
                "y",
                "d",
                "[1, {e: *n}]",
                "1",
                "{e: *n}",
                "e",
                "*n",
                "e",
                ""
            ]
        );
        assert_eq!(map.slice(parsed.tree.comments()[0].span), "# c");
        let root = parsed.tree.documents()[0].root.unwrap();
        assert!(
            matches!(&parsed.tree.node(root).kind, NodeKind::Mapping { entries, .. } if entries.len() == 5)
        );
    }
}
