//! The tree of one YAML stream: an arena of nodes with byte spans, comments kept beside it.

use ecow::EcoString;

use crate::source::{SourceId, Span};

/// Index of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

impl NodeId {
    /// The id of the node at a place of the arena, counted from 0 in written order.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarStyle {
    /// Without quotes; the only style whose type is guessed from the text. An empty value (`key:`)
    /// is a plain scalar with an empty text and an empty span.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|`
    Literal,
    /// `>`
    Folded,
}

/// How a mapping or sequence was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StructureStyle {
    /// By indentation.
    Block,
    /// With brackets or braces.
    Flow,
}

/// A written tag, resolved against the document's `%TAG` directives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The full tag: `tag:yaml.org,2002:str` for `!!str`, `!x` for `!x`, `!` for a lone `!`.
    pub name: String,
    /// Where the tag token stands.
    pub span: Span,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A scalar with its text after unescaping and folding.
    Scalar {
        /// The content.
        text: EcoString,
        /// The way it was written.
        style: ScalarStyle,
    },
    /// A list of nodes.
    Sequence {
        /// The items in order.
        items: Box<[NodeId]>,
        /// The way it was written.
        style: StructureStyle,
    },
    /// A list of key and value nodes, in written order, duplicates kept.
    Mapping {
        /// The pairs in order.
        entries: Box<[(NodeId, NodeId)]>,
        /// The way it was written.
        style: StructureStyle,
    },
    /// `*name`; the target always exists (an unknown anchor is a syntax error), and may hold the
    /// alias itself.
    Alias {
        /// The node that bears the anchor.
        target: NodeId,
    },
}

/// One node, seen in its tree.
#[derive(Clone, Copy, Debug)]
pub struct Node<'t> {
    /// The content's own bytes: quotes and brackets included, tag and anchor not. A block
    /// collection runs from its first key or dash to the end of its last descendant; a block scalar
    /// from its `|` or `>` to the end of its last line of content.
    pub span: Span,
    /// What it is.
    pub kind: &'t NodeKind,
    properties: Option<&'t Properties>,
}

/// A node as it is kept: small, as a large text has a million of them.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) kind: NodeKind,
}

/// What may stand before a node.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Properties {
    pub(super) tag: Option<Tag>,
    pub(super) anchor: Option<Span>,
}

impl<'t> Node<'t> {
    /// The tag, when one was written.
    #[must_use]
    pub fn tag(&self) -> Option<&'t Tag> {
        self.properties?.tag.as_ref()
    }

    /// The bytes of `&name`, when an anchor was written.
    #[must_use]
    pub fn anchor(&self) -> Option<Span> {
        self.properties?.anchor
    }
}

/// A comment with its `#`, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands.
    pub span: Span,
}

/// One document of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// The root node; `None` for an empty document.
    pub root: Option<NodeId>,
    /// From its first marker or content to its last byte.
    pub span: Span,
}

/// All documents of a stream that could be read.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub(super) source: SourceId,
    pub(super) nodes: Vec<Cell>,
    /// What few nodes have, in the order of their ids.
    pub(super) properties: Vec<(NodeId, Properties)>,
    pub(super) documents: Vec<Document>,
    pub(super) comments: Vec<Comment>,
    pub(super) broken: Option<Span>,
    pub(super) depth: usize,
    pub(super) aliases: usize,
}

impl Tree {
    /// Whether collections are nested at most `levels` deep, aliases followed: with any alias the answer is
    /// no, since what it stands for may nest again.
    #[must_use]
    pub fn is_shallow(&self, levels: usize) -> bool {
        self.depth <= levels && self.aliases == 0
    }

    /// The node behind an id of this tree.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Node<'_> {
        let cell = &self.nodes[id.0 as usize];
        let at = self.properties.binary_search_by_key(&id, |(id, _)| *id).ok();
        let properties = at.and_then(|at| self.properties.get(at)).map(|(_, properties)| properties);
        Node { span: Span::new(self.source, cell.start, cell.end), kind: &cell.kind, properties }
    }

    /// The first byte of a node with its tag and anchor, which is where PyYAML says that it stands.
    #[must_use]
    pub fn start(&self, id: NodeId) -> u32 {
        let node = self.node(id);
        let tag = node.tag().map(|tag| tag.span.start);
        let anchor = node.anchor().map(|anchor| anchor.start);
        tag.into_iter().chain(anchor).fold(node.span.start, u32::min)
    }

    /// The documents, in order. The master reads only the first.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// What is wrong with a document that is not among them, as it is no YAML.
    #[must_use]
    pub fn broken(&self) -> Option<Span> {
        self.broken
    }

    /// The comments, in order of their place.
    #[must_use]
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Number of nodes in all documents.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether the stream holds no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}
