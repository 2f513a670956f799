//! A file without a single setting.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "empty-configuration",
    severity: Severity::Warning,
    effect: Effect::Misroutes,
    summary: "a file without a single setting",
    why: "An empty file, or one of comments alone, is a configuration in which everything is at its default: an agent \
          resource manager called `default` with a pool `default`, which waits for agents. No job reaches Kubernetes.",
    master_says: &[],
    facts: &["§1.7", "§13"],
    docs: "reference/deploy/master-config-reference",
    before: "\
# resource_manager:
#   type: kubernetes
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
    let Some(config) = cx.config() else { return };
    let is_alone = cx.outline.documents.len() < 2 && cx.outline.broken.is_none();
    if is_alone && cx.loaded.vanished.is_empty() && config.root.fields().is_empty() {
        let start = Span::empty(config.root.span.source, config.root.span.start);
        let finding = RULE.finding(start, "nothing is set here, so everything is at its default");
        out.push(finding.help("write at least a `resource_manager`"));
    }
}
