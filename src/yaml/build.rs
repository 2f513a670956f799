//! Events → [`Tree`], without recursion.
//!
//! Children of open collections wait on one shared stack, so that each finished collection gets a
//! list of exactly its length and a deep text needs no call stack.

use ecow::EcoString;

use super::problem::{Failure, Problem, Scan};
use super::tree::{Cell, Comment, Document, NodeId, NodeKind, Properties, ScalarStyle, StructureStyle, Tree};
use crate::source::{SourceId, Span};

/// Usual number of bytes of text for one node, to make room in time.
const BYTES_PER_NODE: usize = 16;

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
    tree: Tree,
    open: Vec<Open>,
    waiting: Vec<NodeId>,
    /// Number of nodes before the document that is being read.
    document_start: usize,
    /// Most collections in one another.
    depth: usize,
    /// Where the document went deeper than that. From there on nothing is kept of it.
    too_deep: Option<u32>,
}

impl Builder {
    /// A builder for a text of `length` bytes.
    pub(super) fn new(source: SourceId, length: usize, depth: usize) -> Self {
        let tree = Tree { source, nodes: Vec::with_capacity(length / BYTES_PER_NODE), ..Tree::default() };
        Self { tree, open: Vec::new(), waiting: Vec::new(), document_start: 0, depth, too_deep: None }
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        Span::new(self.tree.source, start, end.max(start))
    }

    /// The end of the last finished node; 0 without one.
    pub(super) fn last_end(&self) -> u32 {
        self.waiting.last().map_or(0, |&id| self.end_of(id))
    }

    /// Where an open collection starts, `outwards` collections around the innermost one.
    pub(super) fn open_start(&self, outwards: usize) -> Option<u32> {
        let open = self.open.iter().rev().nth(outwards)?;
        self.tree.nodes.get(open.id.0 as usize).map(|node| node.start)
    }

    fn end_of(&self, id: NodeId) -> u32 {
        self.tree.nodes.get(id.0 as usize).map_or(0, |node| node.end)
    }

    pub(super) fn comment(&mut self, start: u32, end: u32) {
        let span = self.span(start, end);
        self.tree.comments.push(Comment { span });
    }

    pub(super) fn scalar(
        &mut self,
        start: u32,
        end: u32,
        text: EcoString,
        style: ScalarStyle,
        with: Properties,
    ) -> NodeId {
        self.leaf(start, end, NodeKind::Scalar { text, style }, with)
    }

    pub(super) fn alias(&mut self, start: u32, end: u32, target: NodeId) -> NodeId {
        self.tree.aliases += 1;
        self.leaf(start, end, NodeKind::Alias { target }, Properties::default())
    }

    /// Starts a collection; its first child may come next.
    pub(super) fn open(&mut self, start: u32, kind: Collection, style: StructureStyle, with: Properties) -> NodeId {
        self.tree.depth = self.tree.depth.max(self.open.len() + 1);
        if self.open.len() >= self.depth {
            self.too_deep.get_or_insert(start);
        }
        let content = match kind {
            Collection::Sequence => NodeKind::Sequence { items: Box::default(), style },
            Collection::Mapping => NodeKind::Mapping { entries: Box::default(), style },
        };
        let id = self.push(start, start, content, with);
        if self.too_deep.is_none() {
            self.open.push(Open { id, kind, style, first: self.waiting.len() });
        }
        id
    }

    /// Ends the innermost open collection: at `end` (past its bracket), or with its last child.
    pub(super) fn close(&mut self, end: Option<u32>) {
        if self.too_deep.is_some() {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        let children = self.waiting.get(open.first..).unwrap_or_default();
        let last = children.last().and_then(|id| self.tree.nodes.get(id.0 as usize));
        let end = end.or(last.map(|node| node.end));
        let kind = match open.kind {
            Collection::Sequence => NodeKind::Sequence { items: children.into(), style: open.style },
            Collection::Mapping => {
                let pairs = children.chunks_exact(2);
                let entries = pairs.filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
                NodeKind::Mapping { entries, style: open.style }
            }
        };
        self.waiting.truncate(open.first);
        if let Some(node) = self.tree.nodes.get_mut(open.id.0 as usize) {
            node.kind = kind;
            node.end = end.unwrap_or(node.end).max(node.start);
        }
        self.waiting.push(open.id);
    }

    /// Starts a document; what is left of a broken one goes.
    pub(super) fn begin_document(&mut self) {
        self.tree.nodes.truncate(self.document_start);
        let stays = |id: NodeId| (id.0 as usize) < self.document_start;
        self.tree.properties.truncate(self.tree.properties.partition_point(|(id, _)| stays(*id)));
        self.open.clear();
        self.waiting.clear();
    }

    /// Ends a document whose markers span `start..end`; it reaches at least to its last node.
    ///
    /// # Errors
    /// The document went too deep.
    pub(super) fn end_document(&mut self, start: u32, end: u32) -> Scan<()> {
        if let Some(at) = self.too_deep {
            let problem = Problem::TooDeep(self.depth);
            return Err(Failure::new(problem, at, at, at, None));
        }
        let root = self.waiting.pop();
        let end = root.map_or(end, |root| self.end_of(root).max(end));
        let span = self.span(start, end);
        self.tree.documents.push(Document { root, span });
        self.document_start = self.tree.nodes.len();
        Ok(())
    }

    /// The tree of all finished documents.
    pub(super) fn finish(mut self) -> Tree {
        self.begin_document();
        self.tree
    }

    fn leaf(&mut self, start: u32, end: u32, kind: NodeKind, with: Properties) -> NodeId {
        let id = self.push(start, end, kind, with);
        if self.too_deep.is_none() {
            self.waiting.push(id);
        }
        id
    }

    fn push(&mut self, start: u32, end: u32, kind: NodeKind, with: Properties) -> NodeId {
        let id = NodeId(u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX));
        if self.too_deep.is_none() {
            if with != Properties::default() {
                self.tree.properties.push((id, with));
            }
            self.tree.nodes.push(Cell { start, end: end.max(start), kind });
        }
        id
    }
}
