//! The text: headings and comments from the template, values ready-made from `emit`.

use handlebars::{Context, Handlebars, RenderError, no_escape};
use serde_json::{Map, Value, json};

use super::tree::Tree;
use crate::emit;

const TEMPLATE: &str = include_str!("../../templates/values.yaml.hbs");

/// What stands above the values.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The file that they were made of.
    pub name: &'a str,
    /// Its digest.
    pub digest: &'a str,
    /// Where their schema lies, for editors: one word.
    pub schema: Option<&'a str>,
}

/// Lays the values out. The engine is strict and escapes nothing: whatever it places was written by `emit`.
///
/// # Errors
/// When the template does not hold together.
pub(super) fn text(heading: &Heading<'_>, tree: &Tree) -> Result<String, RenderError> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.register_escape_fn(no_escape);
    let mut keys: Map<String, Value> = KEYS.iter().map(|key| ((*key).to_owned(), Value::Null)).collect();
    for (key, node) in &tree.members {
        let _ = keys.insert(key.clone(), Value::String(emit::block(key, node)));
    }
    let secrets: Vec<String> = tree.secrets.iter().map(|secret| emit::word(&secret.path.to_string())).collect();
    let context = json!({
        // The language server takes quotes for a part of the name.
        "schema": heading.schema,
        "name": emit::word(heading.name),
        "digest": heading.digest,
        "secrets": secrets,
        "keys": keys,
    });
    let context = Context::wraps(context)?;
    let is_there = |part: &&str| only_for(part).is_none_or(|key| tree.members.iter().any(|(known, _)| known == key));
    parts().filter(is_there).map(|part| engine.render_template_with_context(part, &context)).collect()
}

/// The key without which a part is empty.
fn only_for(part: &str) -> Option<&str> {
    part.strip_prefix("{{#if keys.")?.split_once("}}").map(|(key, _)| key)
}

/// The end of a part of the template.
const END: &str = "\n{{/if}}\n";

/// The template in parts: to compile one takes the square of its length, which was half of all the time.
fn parts() -> impl Iterator<Item = &'static str> {
    TEMPLATE.split_inclusive(END)
}

/// The values in the order of the template.
pub(super) fn in_order(tree: &Tree) -> Vec<(String, emit::Node)> {
    let mut members = tree.members.clone();
    members.sort_by_key(|(key, _)| KEYS.iter().position(|known| known == key));
    members
}

/// The keys that the template has a place for.
pub(super) const KEYS: &[&str] = &[
    "clusterName",
    "resourceManager",
    "maxSlotsPerPod",
    "slotType",
    "slotResourceRequests",
    "defaultScheduler",
    "fluent",
    "determinedMasterHost",
    "determinedMasterPort",
    "determinedMasterScheme",
    "defaultAuxResourcePool",
    "defaultComputeResourcePool",
    "resourcePools",
    "additional_resource_managers",
    "taskContainerDefaults",
    "checkpointStorage",
    "db",
    "security",
    "oidc",
    "scim",
    "saml",
    "logLevel",
    "logColor",
    "logging",
    "retentionPolicy",
    "telemetry",
    "observability",
    "tensorboardTimeout",
    "notebookTimeout",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{KEYS, TEMPLATE, parts};
    use crate::render::tree::rows;

    /// No block of the template is in two parts.
    #[test]
    fn parts_hold_whole_blocks() {
        assert_eq!(parts().collect::<String>(), TEMPLATE);
        assert!(parts().count() > KEYS.len());
        for part in parts() {
            assert_eq!(part.matches("{{#").count(), part.matches("{{/").count(), "{part}");
        }
    }

    /// A value that the template has no place for would not be written at all.
    #[test]
    fn the_template_has_a_place_for_every_value_of_the_chart() {
        let places: Vec<&str> =
            TEMPLATE.lines().filter_map(|line| line.strip_prefix("{{keys.")?.strip_suffix("}}")).collect();
        assert_eq!(places, KEYS);
        let known: BTreeSet<&str> = KEYS.iter().copied().collect();
        // Values that stand in for others, and secrets.
        let others = ["masterPort", "defaultImages", "initialUserPassword", "defaultPassword"];
        for row in rows() {
            let first = row.put.from.split('.').next().unwrap();
            assert!(known.contains(first) || others.contains(&first), "{first}");
        }
    }
}
