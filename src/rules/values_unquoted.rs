//! A text that the chart prints without quotes, and that is something else without them.

use super::{Context, Rule, wrong_type};
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};
use crate::model::chart::Reread;
use crate::value::go_text;

pub(super) static RULE: Rule = Rule {
    id: "values-unquoted",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a text that the chart prints without quotes reads as something else",
    why: "The chart prints names of clusters, pools, buckets and hosts without quotes, so the master reads their type once \
          more: `\"on\"` in your file becomes true, `\"123\"` a number, `x #y` loses everything from the blank on, `null` \
          and `~` vanish. Quotes around the value have no effect; quotes inside of it have.",
    master_says: &[],
    facts: &["T-26", "§6.1", "§13 values of the chart"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
resourceManager:
  clusterName: \"gpu #1\"
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
resourceManager:
  clusterName: '\"gpu #1\"'
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for reread in cx.chart.map_or(&[][..], |chart| &chart.reread) {
        let Reread { place, text, path, setting, becomes, .. } = reread;
        let shown: String = text.chars().take(40).collect();
        let message = format!("the master reads {becomes} here, not the text `{}`", shown.replace('\n', " "));
        let finding = RULE.finding(*place, message).saying(format!("printed without quotes as {setting}"));
        let finding = finding.help(format!("put quotes inside of the quotes: {path}: {}", quoted(text)));
        out.push(if cx.slice(*place).contains('\n') { finding } else { finding.fix(fix(reread)) });
    }
}

/// Says of a finding of the master about such a text how to mend it in the values.
pub(super) fn explain(finding: Finding, reread: &Reread) -> Finding {
    let mut finding = finding;
    for label in finding.labels.iter_mut().take(1) {
        label.span = reread.place;
    }
    let text = format!("the chart prints it without quotes as {}, where it is {}", reread.setting, reread.becomes);
    let help = format!("put quotes inside of the quotes: {}: {}", reread.path, quoted(&reread.text));
    finding.saying(text).help(help).fix(fix(reread))
}

/// What is wrong with a text that the chart wrote tells of lines that nobody has seen.
pub(super) fn broken(mut finding: Finding) -> Finding {
    finding.labels.truncate(1);
    finding.message = "what the chart writes for this is no YAML".to_owned();
    finding.saying("here, or shortly before").help(
        "put names into plain words on one line, and give an additional resource manager more than the two keys of its \
         Secret",
    )
}

/// A scalar that YAML re-types loses its spelling on the way through the chart; quotes in the values mend it.
pub(super) fn quote_again(finding: Finding, written: &str) -> Finding {
    let is_word = !written.is_empty() && !written.contains(['\n', '"', '\'', '\\', '[', '{', '#', '*', '&', '!']);
    match finding.primary() {
        Some(span) if finding.fix.is_none() && finding.help.as_deref() == Some(wrong_type::QUOTE) && is_word => {
            let edits = vec![Edit { span, replacement: format!("\"{written}\"") }];
            finding.fix(Fix { title: wrong_type::QUOTE.to_owned(), applicability: Applicability::Safe, edits })
        }
        _ => finding,
    }
}

fn fix(reread: &Reread) -> Fix {
    Fix {
        title: "put quotes inside of the quotes".to_owned(),
        applicability: Applicability::Safe,
        edits: vec![Edit { span: reread.place, replacement: quoted(&reread.text) }],
    }
}

/// The text in double quotes, which go with it into the rendered file, within single ones.
fn quoted(text: &str) -> String {
    format!("'{}'", go_text::quoted(text).replace('\'', "''"))
}
