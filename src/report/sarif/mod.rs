//! A SARIF 2.1.0 log, such as GitHub's code scanning takes in.
//!
//! There is always a run, also without results: it closes the alerts of earlier ones. No category is named, as one in
//! the file would win over the one that the user gives to the upload.

mod line_hash;
mod result;
mod rules;

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Report;

/// The top of the checkout, to which all paths belong.
const TOP: &str = "%SRCROOT%";

pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run(report)],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn run(report: &Report<'_>) -> Value {
    let shown = rules::shown(report);
    json!({
        "tool": { "driver": {
            "name": "detctl",
            "informationUri": env!("CARGO_PKG_REPOSITORY"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": shown.iter().map(|rule| rules::descriptor(rule)).collect::<Vec<_>>(),
        }},
        "invocations": [{
            "executionSuccessful": report.unopened.is_empty(),
            "toolExecutionNotifications": report.unopened.iter().map(|error| json!({
                "level": "error",
                "message": { "text": error.to_string() },
            })).collect::<Vec<_>>(),
        }],
        "originalUriBaseIds": { TOP: { "description": { "text": "the top of the checkout" } } },
        // Lines end as YAML has it, and a column is a character.
        "newlineSequences": ["\r\n", "\n", "\r"],
        "columnKind": "unicodeCodePoints",
        "results": result::all(report, &shown),
    })
}
