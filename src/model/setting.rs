//! A value and where it comes from.

use crate::source::Span;

/// A setting of the configuration as the master will hold it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The effective value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody wrote it.
    Written {
        /// The key, when the value has one.
        key: Option<Span>,
        /// The value.
        value: Span,
    },
    /// The master fills it in.
    Implied {
        /// The nearest place that was written: the block that lacks the key.
        near: Span,
        /// Why.
        why: Why,
    },
    /// Something was written that does not fit; the value is a stand-in, and rules about it stay
    /// silent.
    Broken {
        /// The key, when the value has one.
        key: Option<Span>,
        /// The value.
        value: Span,
    },
}

/// Why the master fills a value in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A fixed default (§2).
    Default,
    /// `cluster_name` taken from the deprecated `name` of the default resource manager (§1.7).
    FromName,
    /// `no_default_resource_pools` blanks it (§2.1).
    NoDefaultPools,
    /// Copied from the root's task container defaults, or to them (§1.7, E-R5).
    FromTaskDefaults,
    /// The whole resource manager is not written (§1.7).
    NoManager,
}

impl<T> Setting<T> {
    /// A default near a place.
    #[must_use]
    pub fn default_near(value: T, near: Span) -> Self {
        Self { value, origin: Origin::Implied { near, why: Why::Default } }
    }

    /// Whether somebody wrote it and it fits.
    #[must_use]
    pub fn is_written(&self) -> bool {
        matches!(self.origin, Origin::Written { .. })
    }

    /// Whether something was written that does not fit.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        matches!(self.origin, Origin::Broken { .. })
    }

    /// The best place to point at: the value, or what is near.
    #[must_use]
    pub fn span(&self) -> Span {
        match self.origin {
            Origin::Written { value, .. } | Origin::Broken { value, .. } => value,
            Origin::Implied { near, .. } => near,
        }
    }

    /// The key, when it was written.
    #[must_use]
    pub fn key(&self) -> Option<Span> {
        match self.origin {
            Origin::Written { key, .. } | Origin::Broken { key, .. } => key,
            Origin::Implied { .. } => None,
        }
    }
}
