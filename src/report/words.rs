//! What several formats say in the same words.

use super::covering::Secrets;
use super::plain::line;
use super::region::is_option;
use super::{Entry, Report};
use crate::diagnostic::Effect;
use crate::model::verdict::{Configuration, Kind, Verdict};
use crate::model::workload::Task;

/// The effect in a few words.
pub(super) fn meaning(effect: Effect) -> &'static str {
    match effect {
        Effect::Style => "works, but is hard to read",
        Effect::Degrades => "works, but not as written",
        Effect::Misroutes => "work runs in the wrong place",
        Effect::FailsAtStart => "loads, then stops while starting",
        Effect::Refuses => "stops while loading",
        Effect::Crashes => "panics while loading",
    }
}

/// The verdict as a sentence, without what is printed on the way.
pub(super) fn sentence(configuration: &Configuration, kind: Kind) -> String {
    let phase = configuration.phase.as_str();
    match configuration.verdict {
        Verdict::Accepts => format!("the master accepts it (read as {})", kind.as_str()),
        Verdict::Refuses => format!("the master refuses it (phase {phase})"),
        Verdict::Crashes => "the master panics on it".to_owned(),
        Verdict::Unknown => "what the master makes of it is unknown".to_owned(),
        Verdict::HelmFails => "Helm does not render it".to_owned(),
        Verdict::DevclusterFails => "devcluster does not start the master".to_owned(),
    }
}

/// A number of things.
pub(super) fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// That nothing was read of a cluster beside which others were.
#[must_use]
pub fn no_snapshot(cluster: &str) -> String {
    format!("there is no snapshot of it; --map {cluster}=FILE names one")
}

/// A request that names no pool.
pub(super) fn unnamed_request(task: Task, slots: i64) -> &'static str {
    match (task, slots) {
        (Task::Experiment, 0) => "an experiment without a pool or slots",
        (Task::Experiment, _) => "an experiment with slots and without a pool",
        (Task::Tensorboard, _) => "a TensorBoard without a pool",
        (Task::CheckpointGc, _) => "checkpoint garbage collection",
        (_, 0) => "a command, notebook or shell without a pool or slots",
        _ => "a command, notebook or shell with slots and without a pool",
    }
}

/// The counts of a report, for the end of a log.
pub(super) fn summary(report: &Report<'_>) -> String {
    let summary = &report.summary;
    let mut text = format!(
        "{} checked: {}, {}, {}",
        counted(summary.files, "file"),
        counted(summary.errors, "error"),
        counted(summary.warnings, "warning"),
        counted(summary.infos, "info"),
    );
    if summary.skipped > 0 {
        text.push_str(&format!(" ({} passed over)", counted(summary.skipped, "other file")));
    }
    if !report.unopened.is_empty() {
        text.push_str(&format!(", {} could not be read", report.unopened.len()));
    }
    text
}

/// A finding in words, with its secrets covered and each part on one line.
#[derive(Debug)]
pub(super) struct Said {
    /// What is wrong.
    pub(super) message: String,
    /// What stands at the primary place; may be empty.
    pub(super) here: String,
    /// What stands at the other places, by label.
    pub(super) elsewhere: Vec<Elsewhere>,
    /// How to mend it.
    pub(super) help: Option<String>,
}

/// A further place.
#[derive(Debug)]
pub(super) struct Elsewhere {
    /// The label's number in the finding.
    pub(super) label: usize,
    /// `line 10`, or `other.yaml:10`.
    pub(super) place: String,
    /// What is said there; may be empty.
    pub(super) text: String,
    /// Whether it lies in a file, not in an option of the command line.
    pub(super) is_file: bool,
}

impl Said {
    /// The words of a finding.
    pub(super) fn of(entry: &Entry<'_>, report: &Report<'_>, secrets: &Secrets<'_>) -> Self {
        let finding = entry.finding;
        let plain = |text: &str| line(&secrets.covered(text)).into_owned();
        let elsewhere = finding.labels.iter().enumerate().skip(1).map(|(number, label)| {
            let row = entry.region_of(label).start.line;
            let path = entry.path_of(label);
            let is_file = !is_option(path);
            let place = match (is_file, path == entry.path()) {
                (false, _) => line(path).into_owned(),
                (true, true) => format!("line {row}"),
                (true, false) => format!("{}:{row}", line(&report.project.path(path))),
            };
            Elsewhere { label: number, place, text: plain(&label.text), is_file }
        });
        Self {
            message: plain(&finding.message),
            here: finding.labels.first().map(|label| plain(&label.text)).unwrap_or_default(),
            elsewhere: elsewhere.collect(),
            help: finding.help.as_deref().map(plain),
        }
    }

    /// All of it, one thing a line.
    pub(super) fn lines(&self) -> String {
        let mut text = self.message.clone();
        if !self.here.is_empty() {
            text.push_str(&format!("\nhere: {}", self.here));
        }
        for Elsewhere { place, text: said, .. } in &self.elsewhere {
            text.push_str(&format!("\n{place}: {said}"));
        }
        if let Some(help) = &self.help {
            text.push_str(&format!("\nhelp: {help}"));
        }
        text
    }
}
