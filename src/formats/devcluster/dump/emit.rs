//! Nodes → lines, in block style.

use std::collections::{BTreeMap, BTreeSet};

use super::fold;
use super::nodes::{Content, Out, ScalarTag, shared};
use super::style::{Analysis, Role, Shape, Style, choose};
use crate::formats::mapped::Writer;
use crate::model::devcluster::Retyped;
use crate::source::SourceMap;
use crate::yaml::NodeId;
use crate::yaml::scalar::{Scalar, go_yaml_v2};

/// Columns by which a block is indented.
const STEP: usize = 2;

/// Longest key on the line of its value, with its anchor and its tag, in characters.
const LONGEST_KEY: usize = 128;

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Root,
    Item,
    /// A key of its own behind `?`, or a value.
    Entry,
    SimpleKey,
}

/// Whether a blank has to stand before an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Blank,
    Nothing,
}

/// Writes one document.
#[derive(Debug)]
pub(super) struct Emitter<'s> {
    sources: &'s SourceMap,
    pub(super) writer: Writer,
    pub(super) retyped: Vec<Retyped>,
    pub(super) line: Line,
    /// Indentation of the block around; `None` outside of all.
    indent: Option<usize>,
    /// Objects with several uses, and those of them that were written.
    shared: BTreeMap<NodeId, usize>,
    defined: BTreeSet<NodeId>,
    /// A scalar that ends open: a marker has to follow.
    is_open_ended: bool,
}

/// The line that is being written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// Characters on it.
    pub(super) column: usize,
    /// Whether the last one was white space.
    pub(super) ends_blank: bool,
    /// Whether all on it is indentation, dashes and the like.
    pub(super) is_indentation: bool,
}

impl<'s> Emitter<'s> {
    pub(super) fn new(sources: &'s SourceMap) -> Self {
        let line = Line { column: 0, ends_blank: true, is_indentation: true };
        Self {
            sources,
            writer: Writer::default(),
            retyped: Vec::new(),
            line,
            indent: None,
            shared: BTreeMap::new(),
            defined: BTreeSet::new(),
            is_open_ended: false,
        }
    }

    /// Writes a document; without a node an empty mapping.
    pub(super) fn document(&mut self, root: Option<&Out>) {
        match root {
            Some(root) => {
                self.shared = shared(root);
                self.node(root, Place::Root);
            }
            None => self.writer.fixed("{}"),
        }
        if root.is_none() {
            self.line.column = 2;
            self.line.is_indentation = false;
        }
        self.start_line();
        if self.is_open_ended {
            self.indicator("...", Before::Blank);
            self.start_line();
        }
    }

    fn node(&mut self, node: &Out, place: Place) {
        if let Some((number, object)) = self.number(node) {
            if !self.defined.insert(object) {
                return self.origin_indicator(&format!("*id{number:03}"), node);
            }
            self.indicator(&format!("&id{number:03}"), Before::Blank);
        }
        match &node.content {
            Content::Scalar { kind, text } => self.scalar(node, *kind, text, place),
            Content::List { tag, items } => {
                self.tag(*tag);
                self.list(node, items, place);
            }
            Content::Mapping { tag, entries } => {
                self.tag(*tag);
                self.mapping(node, entries);
            }
        }
    }

    /// The number of a shared object.
    fn number(&self, node: &Out) -> Option<(usize, NodeId)> {
        let object = node.object?;
        self.shared.get(&object).map(|number| (*number, object))
    }

    fn tag(&mut self, tag: Option<&str>) {
        if let Some(tag) = tag {
            self.indicator(tag, Before::Blank);
        }
    }

    fn list(&mut self, node: &Out, items: &[Out], place: Place) {
        if items.is_empty() {
            return self.origin_indicator("[]", node);
        }
        let is_flat = place == Place::Entry && !self.line.is_indentation;
        let around = self.indent;
        self.indent = match around {
            None => Some(0),
            Some(columns) if is_flat => Some(columns),
            Some(columns) => Some(columns + STEP),
        };
        let mut start = None;
        for item in items {
            self.start_line();
            start.get_or_insert(self.start_of_next());
            self.indentation("-");
            self.node(item, Place::Item);
        }
        self.indent = around;
        self.close(start, node);
    }

    fn mapping(&mut self, node: &Out, entries: &[(Out, Out)]) {
        if entries.is_empty() {
            return self.origin_indicator("{}", node);
        }
        let around = self.indent;
        self.indent = Some(around.map_or(0, |columns| columns + STEP));
        let mut start = None;
        for (key, value) in entries {
            self.start_line();
            start.get_or_insert(self.start_of_next());
            if self.is_simple(key) {
                self.node(key, Place::SimpleKey);
                self.indicator(":", Before::Nothing);
            } else {
                self.indentation("?");
                self.node(key, Place::Entry);
                self.start_line();
                self.indentation(":");
            }
            self.node(value, Place::Entry);
        }
        self.indent = around;
        self.close(start, node);
    }

    /// Whether a key stands on the line of its value.
    fn is_simple(&self, key: &Out) -> bool {
        let number = self.number(key);
        if number.is_some_and(|(_, object)| self.defined.contains(&object)) {
            return true;
        }
        let Content::Scalar { kind, text } = &key.content else {
            // Python has no such keys.
            return false;
        };
        let anchor = number.map_or(0, |(number, _)| format!("id{number:03}").len());
        let analysis = Analysis::of(text);
        let length = anchor + kind.written().len() + text.chars().count();
        length < LONGEST_KEY && analysis.shape == Shape::OneLine
    }

    /// Where the next indicator starts, behind the blank that it may need.
    fn start_of_next(&self) -> u32 {
        self.writer.position() + u32::from(!self.line.ends_blank)
    }

    fn close(&mut self, start: Option<u32>, node: &Out) {
        if let Some(start) = start {
            self.writer.block(start, node.span);
        }
    }

    fn scalar(&mut self, node: &Out, kind: ScalarTag, text: &str, place: Place) {
        let role = if place == Place::SimpleKey { Role::SimpleKey } else { Role::Other };
        let analysis = Analysis::of(text);
        let (style, is_tagged) = choose(kind, text, analysis, role);
        if is_tagged {
            self.indicator(kind.written(), Before::Blank);
        }
        self.note_retyped(node, kind, text, style);
        let indent = self.indent.unwrap_or(0) + STEP;
        self.is_open_ended = style == Style::Plain && place == Place::Root;
        if style == Style::Plain && text.is_empty() {
            return;
        }
        if !self.line.ends_blank {
            self.writer.fixed(" ");
            self.line.column += 1;
        }
        let folded = fold::write(text, style, role, indent, self.line);
        self.writer.from(&folded.text, node.span, self.sources.slice(node.span));
        self.line = folded.line;
    }

    /// Notes a scalar that the master reads otherwise than the author of a master.yaml would expect.
    fn note_retyped(&mut self, node: &Out, kind: ScalarTag, text: &str, style: Style) {
        let reads = match (kind, style) {
            (ScalarTag::Binary, _) => return,
            (_, Style::Plain) => go_yaml_v2(text),
            _ => Scalar::String(text.to_owned()),
        };
        // Text that became another text had a variable in it.
        let is_text = |scalar: &Scalar| matches!(scalar, Scalar::String(_));
        let differs = |meant: &&Scalar| !(is_same(meant, &reads) || is_text(meant) && is_text(&reads));
        if let Some(meant) = node.meant.as_ref().filter(differs) {
            let (meant, becomes) = (in_words(meant), in_words(&reads));
            self.retyped.push(Retyped { span: node.span, meant, becomes });
        }
    }

    fn origin_indicator(&mut self, text: &str, node: &Out) {
        if !self.line.ends_blank {
            self.writer.fixed(" ");
            self.line.column += 1;
        }
        self.writer.from(text, node.span, self.sources.slice(node.span));
        self.line.column += text.len();
        self.line.ends_blank = false;
        self.line.is_indentation = false;
        self.is_open_ended = false;
    }

    fn indicator(&mut self, text: &str, before: Before) {
        if before == Before::Blank && !self.line.ends_blank {
            self.writer.fixed(" ");
            self.line.column += 1;
        }
        self.writer.fixed(text);
        self.line.column += text.len();
        self.line.ends_blank = false;
        self.line.is_indentation = false;
        self.is_open_ended = false;
    }

    /// An indicator that counts as indentation.
    fn indentation(&mut self, text: &str) {
        let was = self.line.is_indentation;
        self.indicator(text, Before::Blank);
        self.line.is_indentation = was;
    }

    /// Goes to the indentation of the block: on this line if nothing stands in the way, else on the next.
    fn start_line(&mut self) {
        let indent = self.indent.unwrap_or(0);
        let line = self.line;
        if !line.is_indentation || line.column > indent || (line.column == indent && !line.ends_blank) {
            self.writer.fixed("\n");
            self.line = Line { column: 0, ends_blank: true, is_indentation: true };
        }
        if self.line.column < indent {
            self.writer.fixed(&" ".repeat(indent - self.line.column));
            self.line.column = indent;
            self.line.ends_blank = true;
        }
    }
}

fn is_same(one: &Scalar, other: &Scalar) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "the master loses the same bits (§1.1)")]
    let number = |scalar: &Scalar| match scalar {
        Scalar::Int(value) => Some(*value as f64),
        Scalar::Float(value) => Some(*value),
        _ => None,
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one == other || (one.is_nan() && other.is_nan()),
        _ => one == other,
    }
}

fn in_words(scalar: &Scalar) -> String {
    match scalar {
        Scalar::Null => "nothing".to_owned(),
        Scalar::Bool(value) => format!("the truth value {value}"),
        Scalar::Int(value) => format!("the number {value}"),
        Scalar::Float(value) => format!("the number {value}"),
        Scalar::String(text) => format!("the text \"{text}\""),
    }
}
