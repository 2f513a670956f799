//! The model behind a configuration, for commands that go on with it.

use crate::diagnostic::Finding;
use crate::formats::helm_values::kubeconfig_secrets::Named;
use crate::formats::mapped::Origins;
use crate::model::MultiRm;
use crate::source::{SourceId, Span};

/// Whether models are kept, which are as large as the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Models {
    /// They are dropped.
    #[default]
    Dropped,
    /// They are kept.
    Kept,
}

/// What a configuration says, and where its values were written.
#[derive(Clone, Debug)]
pub struct Model {
    /// Which of the judgement's configurations it belongs to.
    pub configuration: usize,
    /// What it says.
    pub config: MultiRm,
    /// The Secrets that values of the chart name for the additional resource managers, in their order.
    pub kubeconfigs: Vec<Named>,
    /// The text that a program in between wrote, with the way back from it.
    pub(super) written: Option<(SourceId, Origins)>,
}

impl Model {
    /// The text that the master reads, when a program in between wrote it.
    #[must_use]
    pub fn written(&self) -> Option<SourceId> {
        self.written.as_ref().map(|(source, _)| *source)
    }

    /// Where the author wrote what stands at a place.
    #[must_use]
    pub fn home(&self, span: Span) -> Span {
        match &self.written {
            Some((source, origins)) if span.source == *source => origins.span(span),
            _ => span,
        }
    }

    /// A finding about what the master reads, at the places where the author wrote it.
    #[must_use]
    pub fn finding(&self, finding: Finding) -> Finding {
        match &self.written {
            Some((source, origins)) => origins.finding(finding, *source),
            None => finding,
        }
    }
}
