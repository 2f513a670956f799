//! What is wrong with an object.

use std::fmt;

use super::Kind;

/// Why an object cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// An object of this kind, namespace and name was there already.
    Duplicate {
        /// Its kind.
        kind: Kind,
        /// Its namespace, or empty.
        namespace: String,
        /// Its name.
        name: String,
    },
    /// An object has no name.
    Nameless {
        /// Its kind.
        kind: Kind,
    },
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duplicate { kind, namespace, name } if namespace.is_empty() => {
                write!(f, "duplicate object: {kind} `{name}` is there already")
            }
            Self::Duplicate { kind, namespace, name } => {
                write!(f, "duplicate object: {kind} `{namespace}/{name}` is there already")
            }
            Self::Nameless { kind } => write!(f, "{kind} without metadata.name"),
        }
    }
}

impl std::error::Error for BuildError {}
