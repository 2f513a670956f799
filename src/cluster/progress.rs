//! How far the reading of clusters is.

use std::sync::{Arc, Mutex, PoisonError};

use crate::formats::snapshot::Page;
use crate::model::inventory::Kind;

/// How far the reading of one cluster is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What is being read; nothing before the first list and after the last.
    pub kind: Option<Kind>,
    /// How many objects of that kind have been read.
    pub objects: u64,
    /// How many there will be, as far as the server says.
    pub expected: Option<u64>,
    /// How many objects of any kind have been read.
    pub total: u64,
}

/// What a reader writes down, and whoever waits looks at.
#[derive(Clone, Debug, Default)]
pub(super) struct Gauge(Arc<Mutex<Progress>>);

impl Gauge {
    pub(super) fn now(&self) -> Progress {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A list begins.
    pub(super) fn begin(&self, kind: Kind) {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *progress = Progress { kind: Some(kind), objects: 0, expected: None, total: progress.total };
    }

    /// A page of it is there.
    pub(super) fn page(&self, page: &Page) {
        let mut progress = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        progress.objects += page.items;
        progress.total += page.items;
        progress.expected = page.remaining.map(|remaining| progress.objects + remaining).or(progress.expected);
    }

    /// There is nothing more to read.
    pub(super) fn end(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).kind = None;
    }
}
