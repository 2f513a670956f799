//! The YAML cannot become JSON, which is what the master decodes.

use super::invalid_yaml::WRAPPER;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::source::Span;
use crate::value::FailureKind;

pub(super) static RULE: Rule = Rule {
    id: "not-json",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key, number, merge or alias has no counterpart in JSON",
    why: "The master turns YAML into JSON before it looks at a single setting. Keys must be text or plain numbers and \
          truth values, `.inf` and `.nan` do not exist in JSON, `<<` takes only mappings, and a document that is mostly \
          aliases is refused as an attack. Such a thing stops the load anywhere in the file, even below keys that are \
          otherwise ignored.",
    master_says: &[
        "yaml: map merge requires map or sequence of maps as the value",
        "yaml: invalid map key: <key>",
        "Unsupported map key of type: %!s(<nil>), key: <nil>, value: <value>",
        "json: unsupported value: +Inf",
        "yaml: document contains excessive aliasing",
    ],
    facts: &["E-L3", "T-25"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: .nan
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: \".nan\"
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(failure) = &cx.loaded.failure else {
        return;
    };
    let (message, help) = match failure.kind {
        FailureKind::Merge => ("`<<` takes a mapping or a list of mappings", "point it at an anchor on a mapping"),
        FailureKind::Key if is_template(cx, failure.span) => {
            ("this is a template, not yet a configuration", "render the template first, and check what comes out")
        }
        FailureKind::Key => ("this key cannot be turned into text", "write a plain word as the key"),
        FailureKind::NotANumber => ("this is a number that JSON cannot hold", "put it in quotes if it is a name"),
        FailureKind::Tag => ("the value does not fit its tag", "remove the tag"),
        FailureKind::Cycle => ("an alias stands inside the value that it stands for", "write the value out"),
        FailureKind::Aliasing => ("the document is mostly aliases", "write the values out"),
        FailureKind::Character => ("a control character does not survive the way to JSON", "remove the character"),
        FailureKind::SecondKey => {
            ("this key does not survive the way to JSON and back", "write a short key of one line")
        }
        FailureKind::Limit => ("the document nests deeper than detctl follows", "make it flatter"),
    };
    let ending = if failure.kind == FailureKind::Limit { Ending::NotKnown } else { Ending::Message };
    let (phase, prefix) = match failure.kind {
        FailureKind::Character | FailureKind::SecondKey => {
            (Phase::Unmarshal, "cannot unmarshal configuration: error converting YAML to JSON: ")
        }
        _ => (Phase::Parse, WRAPPER),
    };
    let words = vec![format!("{prefix}{}", failure.text)];
    let load = LoadFailure { phase, order: 0, ending, words };
    out.push(RULE.finding(failure.span, message).help(help).ends_load(load));
}

/// Whether a key is what YAML makes of `{{ … }}`.
fn is_template(cx: &Context<'_>, key: Span) -> bool {
    let text = cx.sources.file(key.source).text();
    let before = text.get(..key.start as usize).unwrap_or("");
    before.ends_with('{') && cx.slice(key).starts_with('{') || cx.slice(key).starts_with("{{")
}
