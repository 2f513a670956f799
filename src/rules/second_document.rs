//! More than one YAML document in the file.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "second-document",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "more than one YAML document in the file",
    why: "The master reads the first document and never looks at the rest, not even whether it is YAML. An empty first \
          document makes the whole configuration empty.",
    master_says: &[],
    facts: &["T-39", "§1.1", "§13"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
---
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let [first, ignored, ..] = &*cx.outline.documents else {
        return;
    };
    let mut finding = RULE.finding(ignored.span, "the master ignores this document").saying("never read");
    if first.root.is_none() {
        finding.severity = Severity::Error;
        finding = finding.also(first.span, "the first document is empty, so everything is at its default");
    }
    out.push(finding.help("put everything into one document"));
}
