//! What detctl has to say about a text: plain data, no output format, no terminal.

use crate::source::Span;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably not what was meant.
    Warning,
    /// The deployment will fail or do something else than written.
    Error,
}

impl Severity {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What happens in a deployment when the finding is left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// A matter of taste or clarity.
    Style,
    /// A setting has no effect, or less than meant.
    Degrades,
    /// Work runs in the wrong place.
    Misroutes,
    /// The master loads the file and exits later in its start.
    FailsAtStart,
    /// The master (or the chart, or devcluster) exits with a message while loading.
    Refuses,
    /// The master panics while loading.
    Crashes,
}

impl Effect {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Style => "style",
            Self::Degrades => "degrades",
            Self::Misroutes => "misroutes",
            Self::FailsAtStart => "fails-at-start",
            Self::Refuses => "refuses",
            Self::Crashes => "crashes",
        }
    }
}

/// A marked place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes to underline.
    pub span: Span,
    /// What to say at the underline; may be empty.
    pub text: String,
    /// Whether this is the place that the finding is about. A finding has exactly one such label,
    /// and it comes first.
    pub primary: bool,
}

/// Whether a fix may be applied without a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// Keeps the meaning that the author plainly had.
    Safe,
    /// A good guess.
    Unsafe,
}

/// One replacement of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// A mend that a program can apply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, imperative, for people.
    pub title: String,
    /// Whether it may be applied unseen.
    pub applicability: Applicability,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, kebab-case, registered in `rules`.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What happens if it stays.
    pub effect: Effect,
    /// What is wrong, one sentence without a final stop.
    pub message: String,
    /// The places; the first is the primary one.
    pub labels: Vec<Label>,
    /// How to mend it.
    pub help: Option<String>,
    /// The ids of the facts behind it, such as `E-V4`.
    pub facts: &'static [&'static str],
    /// A mend that can be applied.
    pub fix: Option<Fix>,
}

impl Finding {
    /// The place that the finding is about.
    #[must_use]
    pub fn primary(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
