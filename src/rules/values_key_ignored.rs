//! A key that no template of the chart reads.

use super::unknown_key::holds_anchor;
use super::{Context, Rule};
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};
use crate::model::chart::IgnoredKey;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "values-key-ignored",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a key that the chart does not read",
    why: "Helm takes any key and says nothing of those that no template reads. Most settings of the master have no key in \
          the chart: the default resource manager's kubeconfig, gateway and metadata, environment variables and bind mounts \
          of tasks, the cache and others cannot be set by values at all.",
    master_says: &[],
    facts: &["§6.1", "§13 values of the chart"],
    docs: "reference/deploy/helm-config-reference",
    before: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
resourceManager:
  cluster_name: onprem
",
    after: "\
maxSlotsPerPod: 4
initialUserPassword: Sample9Word
resourceManager:
  clusterName: onprem
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for ignored in cx.chart.map_or(&[][..], |chart| &chart.ignored) {
        // A place for blocks that are used elsewhere.
        let is_shelf = holds_anchor(cx, ignored.span) || ignored.key.starts_with("x-");
        if is_shelf || meant(ignored) == Some(MANAGERS) {
            continue;
        }
        let home = if ignored.parent.is_empty() { "the values".to_owned() } else { format!("`{}`", ignored.parent) };
        let finding = RULE.finding(ignored.span, format!("the chart does not read `{}` in {home}", ignored.key));
        out.push(match (meant(ignored), ignored.instead) {
            // A setting without effect would get one.
            (Some(meant), _) => suggest(finding, ignored, meant, Applicability::Unsafe),
            (None, Some(path)) => finding.help(format!("the chart takes it from `{path}`")),
            (None, None) => finding.help(lost(ignored)),
        });
    }
}

/// The option under which the additional resource managers stand.
pub(super) const MANAGERS: &str = "additional_resource_managers";

/// The key that was probably meant.
pub(super) fn meant(ignored: &IgnoredKey) -> Option<&'static str> {
    spelling::closest(&ignored.key, ignored.known.iter().copied())
}

/// Adds the key that was meant.
pub(super) fn suggest(finding: Finding, ignored: &IgnoredKey, meant: &str, applicability: Applicability) -> Finding {
    let fix = Fix {
        title: format!("rename it to `{meant}`"),
        applicability,
        edits: vec![Edit { span: ignored.span, replacement: meant.to_owned() }],
    };
    finding.help(format!("did you mean `{meant}`?")).fix(fix)
}

fn lost(ignored: &IgnoredKey) -> String {
    match (&*ignored.parent, &*ignored.key.to_lowercase().replace('_', "")) {
        ("resourceManager", "kubeconfigpath") => {
            "the default resource manager always uses the cluster that the chart is installed in".to_owned()
        }
        ("resourceManager", "internaltaskgateway" | "metadata" | "nodefaultresourcepools" | "name") => {
            "the chart cannot set this for the default resource manager, only for additional ones".to_owned()
        }
        ("", _) => "the chart has no such value".to_owned(),
        _ => format!("it reads {}", ignored.known.join(", ")),
    }
}
