//! What is said of settings that do not come back from the chart as they are.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::human;
use super::{Judged, Style};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::render::Remark;
use crate::source::Span;

/// Draws remarks as findings, each with its place and `what` is the matter with the setting; `home` leads from the text that the master reads to the author's.
///
/// # Errors
/// When the writer fails.
pub fn excerpts(
    file: &Judged,
    remarks: &[Remark],
    (severity, what): (Severity, &str),
    home: impl Fn(Span) -> Span,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let finding = |remark: &Remark| {
        let mut finding = Finding::at("", severity, Effect::Refuses, home(remark.place), remark.message.clone());
        finding.help = remark.help.clone().map(Into::into);
        (format!("`{}` {what}", remark.setting), finding)
    };
    let mut sorted: Vec<&Remark> = remarks.iter().collect();
    // One place with one reason is told once; the last is the setting itself, the others follow from it.
    sorted.sort_by_key(|remark| (remark.place, &remark.message, Reverse(&remark.setting)));
    sorted.dedup_by(|later, kept| (later.place, &later.message) == (kept.place, &kept.message));
    let findings: Vec<(String, Finding)> = sorted.into_iter().map(finding).collect();
    human::titled(file, &findings, style, out)
}

/// A remark that belongs to many managers is made once.
const MANY: usize = 3;

/// What the chart sets by itself, one line each.
#[must_use]
pub fn forced(remarks: &[Remark]) -> Vec<String> {
    let is_mount = |remark: &&Remark| remark.setting.ends_with(".resource_manager.kubeconfig_path");
    let (mounts, others): (Vec<&Remark>, Vec<&Remark>) = remarks.iter().partition(is_mount);
    let mut lines: Vec<String> = others.into_iter().map(line).collect();
    if mounts.len() > MANY {
        lines.push(format!(
            "kubeconfig_path of {} additional resource managers becomes /mount/determined/secrets/INDEX/KEY",
            mounts.len()
        ));
    } else {
        lines.extend(mounts.into_iter().map(line));
    }
    lines
}

/// Managers that are named when there are more.
const NAMED: usize = 3;

/// Tells whose tasks would not find the master.
#[must_use]
pub fn unreachable(managers: &[String]) -> Option<String> {
    let first = managers.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let more = match managers.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!managers.is_empty()).then(|| {
        format!(
            "{first}{more}: no address of the master, and the master does not start without one; give --master-host and \
             --master-port, after a first installation without these clusters if they are not known yet"
        )
    })
}

fn line(remark: &Remark) -> String {
    format!("{}: {}", remark.setting, remark.message)
}
