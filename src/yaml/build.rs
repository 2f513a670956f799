//! Events → [`Tree`], without recursion.
//!
//! Children of open collections wait on one shared stack, so that each finished collection gets a
//! list of exactly its length and a deep text needs no call stack.

use super::tree::{
    Comment, Document, Node, NodeId, NodeKind, ScalarStyle, StructureStyle, Tag, Tree,
};
use crate::source::{SourceId, Span};

/// What may stand before the content of a node.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) tag: Option<Box<Tag>>,
    pub(super) anchor: Option<Box<Span>>,
}

/// The two kinds of collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Collection {
    Sequence,
    Mapping,
}

#[derive(Debug)]
struct Open {
    id: NodeId,
    kind: Collection,
    style: StructureStyle,
    /// Where this collection's children start in `waiting`.
    first: usize,
}

/// Builds the tree of one stream.
#[derive(Debug)]
pub(super) struct Builder {
    source: SourceId,
    tree: Tree,
    open: Vec<Open>,
    waiting: Vec<NodeId>,
    /// Lengths to fall back to when a document turns out to be broken.
    document_start: usize,
}

impl Builder {
    pub(super) fn new(source: SourceId) -> Self {
        Self {
            source,
            tree: Tree::default(),
            open: Vec::new(),
            waiting: Vec::new(),
            document_start: 0,
        }
    }

    /// Number of collections that are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.source, start, end.max(start))
    }

    /// The end of the last node that was added; 0 without one.
    fn last_end(&self) -> u32 {
        self.tree.nodes.last().map_or(0, |node| node.span.end)
    }

    pub(super) fn comment(&mut self, span: Span) {
        self.tree.comments.push(Comment { span });
    }

    pub(super) fn scalar(
        &mut self,
        span: Span,
        text: Box<str>,
        style: ScalarStyle,
        with: Properties,
    ) -> NodeId {
        self.leaf(span, NodeKind::Scalar { text, style }, with)
    }

    pub(super) fn alias(&mut self, span: Span, target: NodeId) -> NodeId {
        self.leaf(span, NodeKind::Alias { target }, Properties::default())
    }

    /// Starts a collection; its first child may come next.
    pub(super) fn open(
        &mut self,
        start: u32,
        kind: Collection,
        style: StructureStyle,
        with: Properties,
    ) -> NodeId {
        let span = self.span(start, start);
        let content = match kind {
            Collection::Sequence => NodeKind::Sequence {
                items: Vec::new(),
                style,
            },
            Collection::Mapping => NodeKind::Mapping {
                entries: Vec::new(),
                style,
            },
        };
        let id = self.push(span, content, with);
        self.open.push(Open {
            id,
            kind,
            style,
            first: self.waiting.len(),
        });
        id
    }

    /// Notes where the anchor of a node stands.
    pub(super) fn set_anchor(&mut self, node: NodeId, span: Span) {
        if let Some(node) = self.tree.nodes.get_mut(node.0 as usize) {
            node.anchor = Some(Box::new(span));
        }
    }

    /// Ends the innermost open collection: at `end` (past its bracket), or with its last child.
    pub(super) fn close(&mut self, end: Option<u32>) {
        let Some(open) = self.open.pop() else { return };
        let children = self.waiting.get(open.first..).unwrap_or_default();
        let last = children
            .last()
            .and_then(|id| self.tree.nodes.get(id.0 as usize));
        let end = end.or(last.map(|node| node.span.end));
        let kind = match open.kind {
            Collection::Sequence => NodeKind::Sequence {
                items: children.to_vec(),
                style: open.style,
            },
            Collection::Mapping => {
                let pairs = children.chunks_exact(2);
                let entries = pairs
                    .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
                    .collect();
                NodeKind::Mapping {
                    entries,
                    style: open.style,
                }
            }
        };
        self.waiting.truncate(open.first);
        if let Some(node) = self.tree.nodes.get_mut(open.id.0 as usize) {
            node.kind = kind;
            node.span.end = end.unwrap_or(node.span.end).max(node.span.start);
        }
        self.waiting.push(open.id);
    }

    /// Starts a document.
    pub(super) fn begin_document(&mut self) {
        self.document_start = self.tree.nodes.len();
        self.open.clear();
        self.waiting.clear();
    }

    /// Ends a document whose markers span `start..end`; it reaches at least to its last node.
    pub(super) fn end_document(&mut self, start: u32, end: u32) {
        let has_nodes = self.tree.nodes.len() > self.document_start;
        let root = if has_nodes {
            self.waiting.first().copied()
        } else {
            None
        };
        let end = if has_nodes {
            end.max(self.last_end())
        } else {
            end
        };
        let span = self.span(start, end);
        self.tree.documents.push(Document { root, span });
        self.document_start = self.tree.nodes.len();
        self.waiting.clear();
    }

    /// Leaves out the document that is being built.
    pub(super) fn drop_document(&mut self) {
        self.tree.nodes.truncate(self.document_start);
        self.open.clear();
        self.waiting.clear();
    }

    pub(super) fn finish(mut self) -> Tree {
        self.tree.comments.sort_by_key(|comment| comment.span.start);
        self.tree
    }

    fn leaf(&mut self, span: Span, kind: NodeKind, with: Properties) -> NodeId {
        let id = self.push(span, kind, with);
        self.waiting.push(id);
        id
    }

    fn push(&mut self, span: Span, kind: NodeKind, with: Properties) -> NodeId {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX));
        self.tree.nodes.push(Node {
            span,
            tag: with.tag,
            anchor: with.anchor,
            kind,
        });
        id
    }
}
