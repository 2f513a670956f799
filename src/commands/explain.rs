//! `detctl explain`: all that is known of a rule.

use std::io;

use crate::cli::Global;
use crate::diagnostic::Applicability;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::rules::Rule;

/// Explain a rule: why, what the master does, before and after
///
/// Example:
///   detctl explain duplicate-pool-name
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The rule, as findings and `detctl rules` name it
    #[arg(value_name = "RULE")]
    rule: String,
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let rule = super::rule(&arguments.rule)?;
    let (on, off) = if io.colors(global.color) { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut text = format!(
        "{on}{}{off} · {} · {}\n{}\n\n{}\n",
        rule.id,
        rule.severity.as_str(),
        rule.effect.as_str(),
        rule.summary,
        textwrap::fill(rule.why, io.width.min(100))
    );
    for (title, body) in sections(rule) {
        text.push_str(&format!("\n{on}{title}{off}\n{body}"));
    }
    print(&text, io)?;
    Ok(Outcome::Success)
}

fn print(text: &str, io: &mut Io<'_>) -> io::Result<()> {
    io.stdout.write_all(text.as_bytes())
}

fn sections(rule: &Rule) -> Vec<(&'static str, String)> {
    let all = [
        ("The master says", indented(rule.master_says.iter().copied())),
        ("Before", indented(rule.before.lines())),
        ("After", indented(rule.after.lines())),
        ("Fix", indented(rule.fix().map(how_to_fix).into_iter())),
        ("Facts", indented(Some(rule.facts.join(", ")).iter().map(String::as_str))),
        ("Documentation", indented(rule.docs_url().as_deref().into_iter())),
    ];
    all.into_iter().filter(|(_, body)| !body.trim().is_empty()).collect()
}

fn how_to_fix(best: Applicability) -> &'static str {
    match best {
        Applicability::Safe => "detctl validate --fix mends it where one edit is enough",
        Applicability::Unsafe => "detctl validate --fix --unsafe-fixes mends it by a good guess",
    }
}

fn indented<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    lines.map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
