//! What detctl has to say about a text: plain data, no output format, no terminal.

use std::borrow::Cow;

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

/// The phases of a load in their order: devcluster's for a devcluster file (facts §7), then those of the master's loader
/// (§1); the records call them `stage`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// devcluster: text → Python values.
    Yaml,
    /// devcluster: the file holds a mapping.
    Root,
    /// devcluster: variables and the schema.
    Config,
    /// devcluster: the folder for its files.
    TempDir,
    /// devcluster: the stages, with the files that it writes for them.
    Build,
    /// Helm: values → `master.yaml`.
    Render,
    /// Text → JSON.
    Parse,
    /// Old keys → new keys.
    Shim,
    /// JSON → structs.
    Unmarshal,
    /// Defaults and what depends on several values.
    Resolve,
    /// Checks of the whole.
    Validate,
    /// Building the resource managers.
    Construct,
    /// A Go panic in any of them.
    Panic,
    /// Nothing failed.
    Ok,
}

impl Phase {
    /// The records' word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Root => "root",
            Self::Config => "config",
            Self::TempDir => "temp_dir",
            Self::Build => "build",
            Self::Render => "render",
            Self::Parse => "parse",
            Self::Shim => "shim",
            Self::Unmarshal => "unmarshal",
            Self::Resolve => "resolve",
            Self::Validate => "validate",
            Self::Construct => "construct",
            Self::Panic => "panic",
            Self::Ok => "ok",
        }
    }
}

/// How a load ends at a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The master exits with a message.
    Message,
    /// The master panics.
    Panic,
    /// Helm exits with a message, and the master never sees a configuration.
    HelmFails,
    /// devcluster ends with an exception before it starts a master.
    DevclusterFails,
    /// Only detctl stops here; what the master would do is not known.
    NotKnown,
}

/// That the load ends at a finding, with the master's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadFailure {
    /// The phase in which it ends.
    pub phase: Phase,
    /// Rank within the phase: of several failures the master reports the lowest.
    pub order: u64,
    /// How it ends.
    pub ending: Ending,
    /// The words. While validating: every line of the report that belongs to this finding, without
    /// its indentation. Before: the whole message, and after it those that the master may choose at
    /// random instead.
    pub words: Vec<String>,
}

/// A marked place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The bytes to underline.
    pub span: Span,
    /// What to say at the underline; may be empty.
    pub text: Cow<'static, str>,
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

impl Applicability {
    /// The word used in every output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
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
    pub help: Option<Cow<'static, str>>,
    /// The ids of the facts behind it, such as `E-V4`.
    pub facts: &'static [&'static str],
    /// A mend that can be applied.
    pub fix: Option<Box<Fix>>,
    /// Set when the load ends here.
    pub load: Option<Box<LoadFailure>>,
}

impl Finding {
    /// A finding at one place.
    #[must_use]
    pub fn at(rule: &'static str, severity: Severity, effect: Effect, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            effect,
            message: message.into(),
            labels: vec![Label { span, text: Cow::Borrowed(""), primary: true }],
            help: None,
            facts: &[],
            fix: None,
            load: None,
        }
    }

    /// Makes less of it where less is known: what is no error ends nothing.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        if severity < Severity::Error {
            self.severity = severity;
            self.effect = Effect::Degrades;
        }
        self
    }

    /// Says something at the primary place.
    #[must_use]
    pub fn saying(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.text = text.into();
        }
        self
    }

    /// Marks a further place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.reserve_exact(1);
        self.labels.push(Label { span, text: text.into(), primary: false });
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Names the facts behind it.
    #[must_use]
    pub fn facts(mut self, facts: &'static [&'static str]) -> Self {
        self.facts = facts;
        self
    }

    /// Adds a mend.
    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(Box::new(fix));
        self
    }

    /// Adds a mend where there is one.
    #[must_use]
    pub fn fix_if(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// Says that the load ends here.
    #[must_use]
    pub fn ends_load(mut self, load: LoadFailure) -> Self {
        self.load = Some(Box::new(load));
        self
    }

    /// The place that the finding is about.
    #[must_use]
    pub fn primary(&self) -> Option<Span> {
        self.labels.first().map(|label| label.span)
    }
}
