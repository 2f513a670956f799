//! `--write-values`: the two values of each resource manager in a file of values, and nothing else of it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::commands::secrets::values_text;
use crate::emit::{unquoted, word};
use crate::error::Error;
use crate::formats::helm_values::kubeconfig_secrets::{Named, Placed, kubeconfig_secrets};
use crate::report::secrets::create::Values;
use crate::source::{SourceId, save};

/// The keys that are written.
const KEYS: [&str; 2] = ["kubeconfig_secret_name", "kubeconfig_secret_value"];

/// A file of values that is to name the Secrets.
pub(super) struct ValuesFile {
    path: PathBuf,
    text: String,
    edited: String,
}

/// What becomes of a stretch of the text.
struct Edit {
    at: std::ops::Range<usize>,
    text: String,
}

impl ValuesFile {
    /// Reads it and works out what becomes of it, before anything is done.
    ///
    /// # Errors
    /// When it is no such file, or lacks one of the resource managers.
    pub(super) fn prepare(path: &Path, values: &[Values]) -> Result<Self, Error> {
        let fault = |words: &str| Error::new(format!("{}: {words}", path.display()));
        let text = values_text(path)?;
        let edited = edited(&text, values).map_err(|words| fault(&words))?;
        if !is_only_that(&text, &edited) {
            return Err(fault("it cannot be edited: set the two values by hand"));
        }
        Ok(Self { path: path.to_owned(), text, edited })
    }

    /// Writes it; whether anything changed.
    ///
    /// # Errors
    /// When it was changed meanwhile, or cannot be written.
    pub(super) fn write(&self) -> Result<bool, Error> {
        if self.edited == self.text {
            return Ok(false);
        }
        let failed = |refusal| Error::new(format!("{}: not written: {refusal}", self.path.display()));
        save::exchange(&self.path, &self.text, &self.edited).map_err(failed)?;
        Ok(true)
    }

    /// Its path.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The text with the values, or why not.
fn edited(text: &str, values: &[Values]) -> Result<String, String> {
    let missing = || "it has no list `additional_resource_managers` of mappings".to_owned();
    let named = kubeconfig_secrets(SourceId::default(), text).ok_or_else(missing)?;
    let mut edits = Vec::new();
    for value in values {
        let one = named.iter().find(|named| named.cluster == value.cluster_name);
        let one = one.ok_or_else(|| format!("it has no resource manager `{}`", value.cluster_name))?;
        // The chart prints the name without quotes.
        let wanted = [unquoted(&value.kubeconfig_secret_name), value.kubeconfig_secret_value.clone()];
        let mut added = Vec::new();
        for ((placed, key), wanted) in [&one.secret, &one.key].into_iter().zip(KEYS).zip(&wanted) {
            match placed {
                Some(placed) => edits.extend(replacement(placed, wanted)),
                None => added.push(format!("{key}: {}", word(wanted))),
            }
        }
        edits.extend(insertion(text, one, &added)?);
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.at.start));
    let mut edited = text.to_owned();
    for edit in edits {
        edited.replace_range(edit.at, &edit.text);
    }
    // A key that is there without a text counts, and the new one beside it does not.
    let read = kubeconfig_secrets(SourceId::default(), &edited).unwrap_or_default();
    let is_set = |value: &&Values| {
        let one = read.iter().find(|named| named.cluster == value.cluster_name);
        let texts = one.and_then(|one| Some((&one.secret.as_ref()?.text, &one.key.as_ref()?.text)));
        texts == Some((&unquoted(&value.kubeconfig_secret_name), &value.kubeconfig_secret_value))
    };
    match values.iter().find(|value| !is_set(value)) {
        Some(value) => Err(by_hand(&value.cluster_name)),
        None => Ok(edited),
    }
}

fn by_hand(cluster: &str) -> String {
    format!("the block of `{cluster}` cannot be edited: set the two values by hand")
}

fn replacement(placed: &Placed, wanted: &str) -> Option<Edit> {
    let at = placed.span.start as usize..placed.span.end as usize;
    (placed.text != wanted).then(|| Edit { at, text: word(wanted) })
}

/// New keys, before the first key of a block, or behind the brace of a mapping in braces.
fn insertion(text: &str, named: &Named, added: &[String]) -> Result<Option<Edit>, String> {
    if added.is_empty() {
        return Ok(None);
    }
    let start = named.manager.start as usize;
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    if rest.starts_with('{') {
        let text = format!("{}, ", added.join(", "));
        return Ok(Some(Edit { at: start + 1..start + 1, text }));
    }
    let indent = before.rsplit('\n').next().unwrap_or("");
    if !indent.bytes().all(|byte| byte == b' ') {
        return Err(by_hand(&named.cluster));
    }
    let text: String = added.iter().map(|line| format!("{line}\n{indent}")).collect();
    Ok(Some(Edit { at: start..start, text }))
}

/// Whether two texts say the same but for these keys.
fn is_only_that(before: &str, after: &str) -> bool {
    let read = |text: &str| {
        let mut values: Value = serde_yaml::from_str(text).ok()?;
        for manager in values.get_mut("additional_resource_managers")?.as_array_mut()? {
            if let Some(members) = manager.get_mut("resource_manager").and_then(Value::as_object_mut) {
                members.retain(|key, _| !KEYS.contains(&key.as_str()));
            }
        }
        Some(values)
    };
    matches!((read(before), read(after)), (Some(before), Some(after)) if before == after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(cluster: &str, secret: &str, key: &str) -> Values {
        Values {
            index: 0,
            cluster_name: cluster.to_owned(),
            kubeconfig_secret_name: secret.to_owned(),
            kubeconfig_secret_value: key.to_owned(),
        }
    }

    #[test]
    fn the_two_values_are_set_and_nothing_else() {
        let all = [values("west", "w", "config"), values("east", "on", "config")];
        let table = [
            (
                "# top\nadditional_resource_managers:\n- resource_manager:\n    type: kubernetes # it\n    cluster_name: west\n- \
                 resource_manager: {cluster_name: east, kubeconfig_secret_name: old}\nx: 1",
                "# top\nadditional_resource_managers:\n- resource_manager:\n    kubeconfig_secret_name: w\n    \
                 kubeconfig_secret_value: config\n    type: kubernetes # it\n    cluster_name: west\n- resource_manager: \
                 {kubeconfig_secret_value: config, cluster_name: east, kubeconfig_secret_name: \"\\\"on\\\"\"}\nx: 1",
            ),
            (
                "additional_resource_managers:\r\n  - resource_manager:\r\n      cluster_name: east\r\n      \
                 kubeconfig_secret_name: '\"on\"'\r\n      kubeconfig_secret_value: config\r\n  - resource_manager:\r\n      \
                 cluster_name: west\r\n      kubeconfig_secret_name: w # here\r\n      kubeconfig_secret_value: \"x\"\r\n",
                "additional_resource_managers:\r\n  - resource_manager:\r\n      cluster_name: east\r\n      \
                 kubeconfig_secret_name: '\"on\"'\r\n      kubeconfig_secret_value: config\r\n  - resource_manager:\r\n      \
                 cluster_name: west\r\n      kubeconfig_secret_name: w # here\r\n      kubeconfig_secret_value: config\r\n",
            ),
        ];
        for (before, after) in table {
            let edited = edited(before, &all).unwrap();
            assert_eq!(edited, after);
            assert!(is_only_that(before, &edited));
            assert_eq!(super::edited(&edited, &all).unwrap(), edited, "a second time nothing changes");
        }
        for (text, words) in [
            (
                "additional_resource_managers:\n- resource_manager:\n    cluster_name: west\n    kubeconfig_secret_name: \"\"\n",
                "by hand",
            ),
            (
                "additional_resource_managers:\n- resource_manager: {cluster_name: west, kubeconfig_secret_value: 5}\n",
                "by hand",
            ),
            ("a: 1\n", "no list `additional_resource_managers`"),
            ("additional_resource_managers: []\n", "no resource manager `west`"),
            (
                "additional_resource_managers:\n- resource_manager: !!map\n    cluster_name: east\n",
                "no resource manager `west`",
            ),
        ] {
            assert!(edited(text, &all[..1]).unwrap_err().contains(words), "{text}");
        }
    }
}
