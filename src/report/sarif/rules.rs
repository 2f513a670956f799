//! What a log says of the rules behind its results.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::diagnostic::Severity;
use crate::report::Report;
use crate::report::words::meaning;
use crate::rules::{self, Rule};

/// The rules with results, in the order of the master's phases.
pub(super) fn shown(report: &Report<'_>) -> Vec<&'static Rule> {
    let ids: BTreeSet<&str> = report.findings.iter().map(|entry| entry.finding.rule).collect();
    rules::all().iter().copied().filter(|rule| ids.contains(rule.id)).collect()
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

pub(super) fn descriptor(rule: &Rule) -> Value {
    let mut descriptor = json!({
        "id": rule.id,
        "name": name(rule.id),
        "shortDescription": { "text": sentence(rule.summary) },
        "fullDescription": { "text": rule.why },
        "help": { "text": help(rule), "markdown": help_in_markdown(rule) },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": ["determined", rule.effect.as_str()],
            "effect": rule.effect.as_str(),
            "facts": rule.facts,
            "problem.severity": match rule.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "recommendation",
            },
        },
    });
    if let (Some(url), Some(members)) = (rule.docs_url(), descriptor.as_object_mut()) {
        members.insert("helpUri".to_owned(), url.into());
    }
    descriptor
}

/// `duplicate-pool-name` as `DuplicatePoolName`; a name has to be another word than the id.
fn name(id: &str) -> String {
    let name: String = id.split('-').map(capital).collect();
    if id.contains('-') { name } else { format!("{name}Rule") }
}

fn capital(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().into_iter().flat_map(char::to_uppercase).chain(characters).collect()
}

/// Summaries are titles without a stop; a log wants sentences.
fn sentence(summary: &str) -> String {
    format!("{}.", if summary.starts_with('`') { summary.to_owned() } else { capital(summary) })
}

fn help(rule: &Rule) -> String {
    let mut text = format!("{}\n\nEffect: {}.\n", rule.why, meaning(rule.effect));
    for (title, body) in sections(rule) {
        let _ = write!(text, "\n{title}\n{}\n", body.trim_end());
    }
    text
}

fn help_in_markdown(rule: &Rule) -> String {
    let mut text = format!("{}\n\n**Effect:** {}.\n", rule.why, meaning(rule.effect));
    for (title, body) in sections(rule) {
        let language = if title.starts_with("The master") { "text" } else { "yaml" };
        let _ = write!(text, "\n**{title}**\n\n```{language}\n{}\n```\n", body.trim_end());
    }
    text
}

fn sections(rule: &Rule) -> Vec<(&'static str, String)> {
    let all = [
        ("The master says", rule.master_says.join("\n")),
        ("Before", rule.before.to_owned()),
        ("After", rule.after.to_owned()),
    ];
    all.into_iter().filter(|(_, body)| !body.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::{help_in_markdown, name, sentence};
    use crate::rules;

    #[test]
    fn rules_keep_within_the_bounds_of_code_scanning() {
        for rule in rules::all() {
            assert!(sentence(rule.summary).len() <= 1024 && rule.why.len() <= 1024, "{}", rule.id);
            assert!(name(rule.id).len() <= 255, "{}", rule.id);
            assert!(!rule.before.contains("```") && !rule.after.contains("```"), "{}", rule.id);
            assert!(help_in_markdown(rule).contains("**Effect:** "), "{}", rule.id);
        }
        assert_eq!(name("duplicate-pool-name"), "DuplicatePoolName");
    }
}
