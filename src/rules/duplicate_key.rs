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

fn mapping(tree: &Tree, entries: &[(NodeId, NodeId)], out: &mut Vec<Finding>) {
    let mut last: BTreeMap<&str, Span> = BTreeMap::new();
    for (key, _) in entries.iter().rev() {
        let key = tree.node(*key);
        let NodeKind::Scalar { text, style } = &key.kind else {
            continue;
        };
        if &**text == "<<" && *style == ScalarStyle::Plain {
            continue;
        }
        match last.get(&**text) {
            Some(winner) => out.push(
                RULE.finding(key.span, format!("the key `{text}` stands twice in this mapping"))
                    .saying("this one is ignored")
                    .also(*winner, "this one counts, it comes last")
                    .help("remove one of them"),
            ),
            None => {
                last.insert(text, key.span);
            }
        }
    }
}
