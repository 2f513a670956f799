//! One key twice in a mapping.

use std::collections::BTreeMap;

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;
use crate::yaml::{NodeId, NodeKind, ScalarStyle, Tree};

pub(super) static RULE: Rule = Rule {
    id: "duplicate-key",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "one key twice in a mapping",
    why: "The master keeps the last of equal keys and says nothing. Typical is a `kubeconfig_path` written by hand beside \
          one that a tool added: the first is ignored.",
    master_says: &[],
    facts: &["T-39", "T-5", "§1.1"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  max_slots_per_pod: 4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(root) = cx.tree.documents().first().and_then(|document| document.root) else {
        return;
    };
    let mut waiting = vec![root];
    while let Some(id) = waiting.pop() {
        match &cx.tree.node(id).kind {
            NodeKind::Mapping { entries, .. } => {
                mapping(cx.tree, entries, out);
                waiting.extend(entries.iter().rev().map(|(_, value)| *value));
            }
            NodeKind::Sequence { items, .. } => waiting.extend(items.iter().rev()),
            NodeKind::Scalar { .. } | NodeKind::Alias { .. } => {}
        }
    }
}

/// Mappings up to this size are compared pair by pair, which needs no memory.
const SMALL: usize = 12;

fn mapping(tree: &Tree, entries: &[(NodeId, NodeId)], out: &mut Vec<Finding>) {
    if entries.len() > SMALL {
        return large_mapping(tree, entries, out);
    }
    for (at, (key, _)) in entries.iter().enumerate() {
        let Some((text, span)) = key_of(tree, *key) else { continue };
        let later = entries.iter().skip(at + 1).rev().filter_map(|(key, _)| key_of(tree, *key));
        if let Some((_, winner)) = later.into_iter().find(|(other, _)| *other == text) {
            out.push(duplicate(text, span, winner));
        }
    }
}

fn large_mapping(tree: &Tree, entries: &[(NodeId, NodeId)], out: &mut Vec<Finding>) {
    let mut last: BTreeMap<&str, Span> = BTreeMap::new();
    for (text, span) in entries.iter().rev().filter_map(|(key, _)| key_of(tree, *key)) {
        match last.get(text) {
            Some(winner) => out.push(duplicate(text, span, *winner)),
            None => {
                last.insert(text, span);
            }
        }
    }
}

/// The text of a key; merge keys may stand several times.
fn key_of(tree: &Tree, key: NodeId) -> Option<(&str, Span)> {
    let node = tree.node(key);
    match &node.kind {
        NodeKind::Scalar { text, style } if !(&**text == "<<" && *style == ScalarStyle::Plain) => {
            Some((text, node.span))
        }
        _ => None,
    }
}

fn duplicate(text: &str, ignored: Span, winner: Span) -> Finding {
    RULE.finding(ignored, format!("the key `{text}` stands twice in this mapping"))
        .saying("this one is ignored")
        .also(winner, "this one counts, it comes last")
        .help("remove one of them")
}
