//! Texts that the chart prints without quotes: what the master reads in their place.

use super::sheet::Unquoted;
use crate::model::chart::Reread;
use crate::source::{SourceId, SourceMap};
use crate::value::{ValueKind, from_tree};
use crate::yaml::parse::{Limits, parse};
use crate::yaml::scalar::{Scalar, go_yaml_v2};

/// Ends of settings that are no text, where quotes in the values are as good as none.
const NO_TEXT: &[&str] = &[
    "max_slots_per_pod",
    "cpu",
    "port",
    "uid",
    "gid",
    "enabled",
    "skip_verify",
    "color",
    "save_experiment_best",
    "save_trial_best",
    "save_trial_latest",
    "force_pull_image",
    "auto_provision_users",
    "always_redirect",
    "exclude_groups_scope",
    "enable_prometheus",
    "tensorboard_timeout",
    "notebook_timeout",
    "log_retention_days",
];

/// The texts that read as something else.
pub(super) fn reread(unquoted: &[Unquoted], sources: &SourceMap) -> Vec<Reread> {
    unquoted.iter().filter_map(|unquoted| changed(unquoted, sources)).collect()
}

fn changed(unquoted: &Unquoted, sources: &SourceMap) -> Option<Reread> {
    let text = unquoted.text.as_deref().unwrap_or_else(|| sources.slice(unquoted.place));
    let end = unquoted.setting.rsplit('.').next().unwrap_or("");
    if text.is_empty() || NO_TEXT.contains(&end) || end.ends_with("_port") || is_plain(text) {
        return None;
    }
    let (becomes, breaks) = match becomes(text)? {
        _ if text.contains('\n') => ("several lines".to_owned(), true),
        None => ("no YAML".to_owned(), true),
        Some(becomes) => (becomes, false),
    };
    Some(Reread {
        place: unquoted.place,
        text: text.to_owned(),
        path: unquoted.path,
        setting: unquoted.setting,
        becomes,
        breaks,
        is_text: unquoted.text.is_some(),
    })
}

/// Most names are one word that is text everywhere.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '/' | '-'))
        && !text.starts_with(['-', '.'])
        && matches!(go_yaml_v2(text), Scalar::String(_))
}

/// What stands there for the master, in words; `Some(None)` when that is no YAML, `None` when it is the same text.
fn becomes(text: &str) -> Option<Option<String>> {
    let line = format!("k: {text}\n");
    let parsed = parse(SourceId::default(), &line, Limits::default());
    let root = parsed.tree.documents().first().and_then(|document| document.root);
    let value = root.filter(|_| parsed.error.is_none()).and_then(|root| from_tree(&parsed.tree, &line, root).ok());
    let Some(value) = value else { return Some(None) };
    let [member] = value.as_object()?.members() else { return Some(None) };
    let words = match &member.value.kind {
        ValueKind::String(same) if **same == *text => None,
        // Quotes inside of the value are there for this.
        ValueKind::String(_) if text.starts_with(['"', '\'']) => None,
        ValueKind::String(other) => Some(format!("the text `{other}`")),
        ValueKind::Null => Some("nothing".to_owned()),
        ValueKind::Bool(truth) => Some(format!("the truth value {truth}")),
        ValueKind::Number(number) => Some(format!("the number {number}")),
        ValueKind::Int(number) => Some(format!("the number {number}")),
        ValueKind::Array(_) => Some("a list".to_owned()),
        ValueKind::Object(_) => Some("a mapping".to_owned()),
    };
    words.map(Some)
}
