//! GitHub annotations, one a request.

use super::{Routes, verdict_word};
use crate::report::Project;
use crate::report::workflow_command::Command;
use crate::scheduling::verdict::Verdict;

/// One workflow command a request, at the file that asks for it, else at the configuration; what is written by users
/// is escaped.
#[must_use]
pub fn github(routes: &Routes<'_>, configuration: &str, project: &Project) -> String {
    let mut text = String::new();
    for answered in &routes.answers {
        let level = match answered.answer.verdict {
            Verdict::FitsNow | Verdict::Routed => "notice",
            Verdict::Partial | Verdict::Busy | Verdict::Unknown => "warning",
            Verdict::Unroutable | Verdict::Rejected | Verdict::Never => "error",
        };
        let word = verdict_word(answered.answer.verdict);
        let title = format!("{word}: {}", answered.workload.name);
        let message = routes.summary(answered);
        let file = project.path(answered.workload.file.as_deref().unwrap_or(configuration));
        let properties = vec![("file", file), ("title", title)];
        let command = Command { name: level, properties, message: &message };
        text.push_str(&command.text());
    }
    text
}
