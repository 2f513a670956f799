//! `detctl rules`: what is checked.

use super::ListFormat;
use crate::diagnostic::Applicability;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::rules::{self, Rule};

/// List the rules
///
/// Example:
///   detctl rules --format json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ListFormat,
}

#[derive(serde::Serialize)]
struct Document {
    version: u32,
    rules: Vec<Entry>,
}

#[derive(serde::Serialize)]
struct Entry {
    id: &'static str,
    severity: &'static str,
    effect: &'static str,
    summary: &'static str,
    facts: &'static [&'static str],
    fix: Option<&'static str>,
    docs: Option<String>,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    match arguments.format {
        ListFormat::Human => list(io)?,
        ListFormat::Json => {
            let document = Document { version: 1, rules: rules::all().iter().map(|rule| entry(rule)).collect() };
            let text = serde_json::to_string_pretty(&document).map_err(std::io::Error::from)?;
            writeln!(io.stdout, "{text}")?;
        }
    }
    Ok(Outcome::Success)
}

fn list(io: &mut Io<'_>) -> Result<(), Error> {
    let widest = rules::all().iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    for rule in rules::all() {
        let (id, severity, effect) = (rule.id, rule.severity.as_str(), rule.effect.as_str());
        let fix = rule.fix().map_or("", Applicability::as_str);
        writeln!(io.stdout, "{id:widest$}  {severity:7}  {effect:14}  {fix:6}  {}", rule.summary)?;
    }
    Ok(())
}

fn entry(rule: &Rule) -> Entry {
    Entry {
        id: rule.id,
        severity: rule.severity.as_str(),
        effect: rule.effect.as_str(),
        summary: rule.summary,
        facts: rule.facts,
        fix: rule.fix().map(Applicability::as_str),
        docs: rule.docs_url(),
    }
}
