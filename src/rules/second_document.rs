//! More than one YAML document in the file.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

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
    let Some(first) = cx.outline.documents.first() else {
        return;
    };
    let second = cx.outline.documents.get(1).map(|second| second.span);
    let Some(ignored) = second.or_else(|| cx.outline.broken.map(|fault| start_of_broken(cx, first.span, fault))) else {
        return;
    };
    let mut finding = RULE.finding(ignored, "the master ignores this document").saying("never read");
    if first.root.is_none() {
        finding.severity = Severity::Error;
        finding = finding.also(first.span, "the first document is empty, so everything is at its default");
    }
    out.push(finding.help("put everything into one document"));
}

/// The marker that ends the first document, when what follows is no YAML; where that is said of what follows without one.
fn start_of_broken(cx: &Context<'_>, first: Span, fault: Span) -> Span {
    let between = Span::new(first.source, first.end, fault.end.max(first.end));
    let lines = cx.slice(between).split_inclusive('\n');
    let mut at = between.start;
    for line in lines {
        let end = at + u32::try_from(line.len()).unwrap_or(0);
        if line.starts_with("---") || line.starts_with("...") {
            return Span::new(first.source, at, at + 3);
        }
        at = end;
    }
    fault
}
