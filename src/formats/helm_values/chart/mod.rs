//! The Determined chart 0.38 as data: which value goes where in which rendered file, and how it is printed (facts §6).
//!
//! A template is a list of [`Step`]s. The steps of [`master`] say for every key of the rendered `master.yaml` which value
//! fills it; the same rows read the other way round tell which value to write for a wanted setting.

pub mod defaults;
mod genai;
pub mod known;
pub mod master;
pub mod objects;

/// One thing that a template does. Paths are keys of the values joined with dots; one that starts with `@` starts at
/// the element that [`Step::Each`] is at.
#[derive(Debug)]
pub enum Step {
    /// Writes something fixed.
    Text(&'static str),
    /// Writes something fixed that stands for a section of the values: the first of these paths that somebody wrote.
    Section(&'static str, &'static [&'static str]),
    /// Writes the name of the release.
    Release,
    /// Writes the namespace of the release.
    Namespace,
    /// Writes the namespace of the release in quotes.
    QuotedNamespace,
    /// Writes a value.
    Put(Put),
    /// Writes a setting of the master on a line of its own.
    Row(Row),
    /// Does one thing or the other.
    When(Test, &'static [Step], &'static [Step]),
    /// Does something for each element of a list or mapping.
    Each(&'static str, &'static [Step]),
    /// Writes the index or key of the element.
    Index,
    /// Stops when a value is missing, with these words.
    Demand(&'static str, &'static str),
    /// Stops with these words.
    Refuse(&'static str),
    /// Stops when the initial password is missing or too simple.
    Password,
    /// Stops when extra metadata name a pool that does not exist.
    PoolMetadata,
    /// Stops when a value is no text; before the words stands where the template is told to.
    Trim(&'static str, &'static str),
    /// Goes through the steps of the master's configuration as part of another template.
    MasterConfig,
    /// Here the text of `master.yaml` starts.
    BlockStart,
    /// Here it ends.
    BlockEnd,
}

/// A value and how it is written.
#[derive(Debug)]
pub struct Put {
    /// The path of the value.
    pub from: &'static str,
    /// How it is printed.
    pub print: Print,
    /// What happens when it is missing.
    pub need: Need,
}

/// A line of the master's configuration.
#[derive(Debug)]
pub struct Row {
    /// The path of the setting in `master.yaml`.
    pub to: &'static str,
    /// The value.
    pub put: Put,
    /// Blanks beyond two for each level.
    pub shift: usize,
}

/// How a value is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Print {
    /// As Go prints it, without quotes: the master reads its type once more.
    Bare,
    /// In double quotes.
    Quoted,
    /// As JSON on one line.
    Json,
    /// As YAML on lines of their own with this indentation.
    Yaml(usize),
    /// The same, without the two keys that only the chart reads.
    YamlOfManager(usize),
    /// As lines of text with this indentation; anything but text stops Helm.
    Lines(usize),
}

/// What happens when a value is missing, that is null, or empty in the eyes of the template.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Nothing is printed for it.
    Any,
    /// The whole line is left out, also for 0, false and empty text.
    Filled,
    /// Helm stops with these words; 0 and false pass.
    Required(&'static str),
    /// This is printed instead, also for 0, false and empty text.
    Or(&'static str),
    /// This is printed instead, for null only.
    OrNull(&'static str),
}

/// A condition.
#[derive(Debug)]
pub enum Test {
    /// The value is neither missing, empty, 0 nor false.
    Filled(&'static str),
    /// The same for a path whose first part may be missing.
    FilledWithin(&'static str),
    /// The value is this text.
    Is(&'static str, &'static str),
    /// The value without blanks around it is this text.
    IsTrimmed(&'static str, &'static str),
    /// The value, or the second text when it is empty, is the third.
    IsOr(&'static str, &'static str, &'static str),
    /// The value, or the second text when it is empty, is not the third.
    DiffersOr(&'static str, &'static str, &'static str),
    /// All of them, up to the first that fails.
    All(&'static [Test]),
    /// One of them, the first that holds.
    Any(&'static [Test]),
    /// The opposite.
    Not(&'static Test),
    /// An existing release is upgraded.
    Upgrade,
    /// The chart's own database does not exist yet.
    NewDatabase,
}

/// One file of the chart.
#[derive(Debug)]
pub struct Template {
    /// Its name below `templates/`.
    pub name: &'static str,
    /// What it does.
    pub steps: &'static [Step],
    /// How Helm reads what it writes.
    pub reading: Reading,
}

/// Where values can stand in a rendered file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// In plain YAML.
    Yaml,
    /// Inside of a block of text.
    Block,
    /// The file is not read again: it fails before or not at all.
    Unread,
}

/// A line that prints a value without quotes.
pub(super) const fn bare(to: &'static str, from: &'static str) -> Step {
    row(to, from, Print::Bare, Need::Any)
}

/// A line that prints a value in quotes.
pub(super) const fn quoted(to: &'static str, from: &'static str) -> Step {
    row(to, from, Print::Quoted, Need::Any)
}

/// A line that is left out for an empty value, and prints it without quotes.
pub(super) const fn bare_if(to: &'static str, from: &'static str) -> Step {
    row(to, from, Print::Bare, Need::Filled)
}

/// A line that is left out for an empty value, and prints it in quotes.
pub(super) const fn quoted_if(to: &'static str, from: &'static str) -> Step {
    row(to, from, Print::Quoted, Need::Filled)
}

/// A line of a value that must be there.
pub(super) const fn required(to: &'static str, from: &'static str, print: Print, words: &'static str) -> Step {
    row(to, from, print, Need::Required(words))
}

/// A line in general.
pub(super) const fn row(to: &'static str, from: &'static str, print: Print, need: Need) -> Step {
    Step::Row(Row { to, put: Put { from, print, need }, shift: 0 })
}

/// A value within a line.
pub(super) const fn put(from: &'static str, print: Print) -> Step {
    Step::Put(Put { from, print, need: Need::Any })
}

/// A value within a line that must be there.
pub(super) const fn put_required(from: &'static str, words: &'static str) -> Step {
    Step::Put(Put { from, print: Print::Bare, need: Need::Required(words) })
}
