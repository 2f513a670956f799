//! One line per finding: `path:line:column: severity[rule] message`.

use std::io::{self, Write};

use super::covering::Secrets;
use super::plain::line;
use super::{Entry, Report};

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    for same_file in report.findings.chunk_by(|a, b| std::ptr::eq(a.file, b.file)) {
        let Some(Entry { file, .. }) = same_file.first() else {
            continue;
        };
        let secrets = Secrets::new(&file.sources, &file.judgement.secrets);
        for entry in same_file {
            let position = entry.position();
            let finding = entry.finding;
            let message = secrets.covered(&finding.message);
            writeln!(
                out,
                "{}:{}:{}: {}[{}] {}",
                line(entry.path()),
                position.line,
                position.column,
                finding.severity.as_str(),
                finding.rule,
                line(&message),
            )?;
        }
    }
    Ok(())
}
