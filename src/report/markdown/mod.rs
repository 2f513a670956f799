//! A summary in GitHub's and GitLab's Markdown, for a pull request or the page of a job.

mod inert;

use std::io::{self, Write};

use inert::{code, fence, prose};

use super::covering::Secrets;
use super::region::is_option;
use super::words::{self, Said};
use super::{Entry, Judged, Report};
use crate::model::verdict::{Configuration, Verdict};

/// A comment holds 65,536 characters; what would go beyond this many bytes is only counted.
const ROOM: usize = 60_000;

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: format!("### detctl\n\n{}\n", words::summary(report)), left_out: 0 };
    for error in report.unopened {
        page.add(&format!("\n- **not opened** {}\n", prose(&error.to_string())));
    }
    for (file, entries) in report.all_files() {
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        let verdicts = verdicts(file, &secrets);
        if entries.is_empty() && verdicts.is_empty() {
            continue;
        }
        page.add(&format!("\n#### {}\n\n", code(&report.project.path(&file.path))));
        for entry in entries {
            page.add(&finding(entry, report, &secrets));
        }
        page.add(&verdicts);
    }
    if page.left_out > 0 {
        let more = words::counted(page.left_out, "more part");
        page.text.push_str(&format!("\n{more} would not fit into a comment; the log has everything.\n"));
    }
    out.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    left_out: usize,
}

impl Page {
    fn add(&mut self, part: &str) {
        if self.left_out > 0 || self.text.len() + part.len() > ROOM {
            self.left_out += usize::from(!part.is_empty());
        } else {
            self.text.push_str(part);
        }
    }
}

/// An item of a list: tables cannot hold every name.
fn finding(entry: &Entry<'_>, report: &Report<'_>, secrets: &Secrets<'_>) -> String {
    let finding = entry.finding;
    let said = Said::of(entry, report, secrets);
    let (path, row) = (entry.path(), entry.region().start.line);
    let place = match (is_option(path), path == entry.file.path) {
        (true, _) => code(path),
        (false, true) => format!("line {row}"),
        (false, false) => format!("{}, line {row}", code(&report.project.path(path))),
    };
    let mut text = format!(
        "- **{}** {place}: {}\n  ({}: {})\n",
        finding.severity.as_str(),
        prose(&said.message),
        code(finding.rule),
        words::meaning(finding.effect),
    );
    if !said.here.is_empty() {
        text.push_str(&format!("  - here: {}\n", prose(&said.here)));
    }
    for elsewhere in said.elsewhere.iter().filter(|elsewhere| !elsewhere.text.is_empty()) {
        text.push_str(&format!("  - {}: {}\n", prose(&elsewhere.place), prose(&elsewhere.text)));
    }
    if let Some(help) = &said.help {
        text.push_str(&format!("  - help: {}\n", prose(help)));
    }
    text
}

fn verdicts(file: &Judged, secrets: &Secrets<'_>) -> String {
    let refused = |one: &&Configuration| one.verdict != Verdict::Accepts;
    file.judgement.configurations.iter().filter(refused).map(|one| verdict(one, file, secrets)).collect()
}

fn verdict(configuration: &Configuration, file: &Judged, secrets: &Secrets<'_>) -> String {
    let stage = configuration.stage.as_deref().map(|stage| format!("Stage {}. ", code(stage))).unwrap_or_default();
    let says = words::sentence(configuration, file.judgement.kind).replacen("the ", "The ", 1);
    match configuration.messages.first() {
        None => format!("\n{stage}{says}.\n"),
        Some(message) => format!("\n{stage}{says} and prints\n\n{}", fence(&secrets.covered(message))),
    }
}
