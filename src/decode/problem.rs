//! What the decoder finds wrong, in the terms of the file.

use super::schema::{Struct, Union};
use crate::release::Release;
use crate::source::Span;

/// One thing that does not fit.
#[derive(Clone, Debug)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// The value or key that it is about.
    pub span: Span,
    /// The key that holds the value, when there is one.
    pub key: Option<Span>,
    /// Where in the configuration: `additional_resource_managers[0].resource_manager.cluster_name`.
    pub path: String,
    /// The master's words for this problem when it is the one that ends the load; several where its
    /// choice is random, else none.
    pub texts: Vec<String>,
}

/// The kinds of misfits.
#[derive(Clone, Debug)]
pub enum ProblemKind {
    /// A key that ends the load.
    RejectedKey {
        /// The key as written.
        key: String,
        /// Keys that would be right here.
        known: Known,
    },
    /// A key that is dropped without a word.
    DroppedKey {
        /// The key as written.
        key: String,
        /// Keys that would be right here.
        known: Known,
    },
    /// A value of another type than the place takes.
    WrongType {
        /// What is there, in JSON's words: `number`, `string`, `number 4.5` …
        found: String,
        /// What the place takes, in Go's words.
        wanted: &'static str,
    },
    /// A tag (`type`) that names no variant, or is no string.
    WrongTag {
        /// The tag as written, when it is a string.
        found: Option<String>,
        /// The union.
        union: &'static Union,
    },
    /// A union without its tag.
    MissingTag {
        /// The union.
        union: &'static Union,
    },
    /// Text that its type cannot read: durations, devices, log actions, quantities.
    Unreadable {
        /// What the type is for people.
        what: &'static str,
    },
}

/// The keys that a place knows.
#[derive(Clone, Copy, Debug)]
pub enum Known {
    /// Those of a struct.
    Struct(&'static Struct, Release),
    /// Those of a union with the variant that was chosen.
    Union(&'static Union, Option<&'static str>, Release),
}

impl Known {
    /// All keys, in the order of the tables.
    #[must_use]
    pub fn keys(&self) -> Vec<&'static str> {
        match self {
            Self::Struct(of, release) => {
                let known = of.fields.iter().filter(|field| field.is_known_to(*release));
                known.map(|field| field.key).collect()
            }
            Self::Union(union, tag, release) => {
                let variant = union.variants.iter().find(|variant| Some(variant.tag) == *tag);
                let own = variant.and_then(|variant| variant.ty.fields_of());
                let own = own.map_or(&[][..], |of| of.fields);
                let fields = union.common.fields.iter().chain(own);
                let keys = fields.filter(|field| field.is_known_to(*release)).map(|field| field.key);
                std::iter::once(union.tag).chain(keys).collect()
            }
        }
    }
}
