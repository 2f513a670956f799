//! Namespaces that no cluster can have.

use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::release::keys;

pub(super) static RULE: Rule = Rule {
    id: "default-namespace-name",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a `default_namespace` that cannot be the name of a namespace",
    why: "When it starts, the master looks the namespace up in the cluster and stops where it is not found. The name of a \
          namespace has at most 63 lower-case letters, digits and dashes, with a letter or digit at both ends; there is \
          none of any other name.",
    master_says: &[
        "error verifying default namespace existence for cluster '<name>': error finding namespace <namespace>: namespaces \"<namespace>\" not found",
    ],
    facts: &["T-41", "§3.4 default namespace", "§2.1"],
    docs: "reference/deploy/master-config-reference#default-namespace",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: Team_A
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: team-a
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    if !keys::DEFAULT_NAMESPACE.contains(cx.release()) {
        return;
    }
    for kubernetes in cx.managers().iter().filter_map(|manager| manager.kubernetes()) {
        let namespace = &kubernetes.default_namespace;
        if !namespace.is_broken() && !namespace.value.is_empty() && !is_label(&namespace.value) {
            let finding = RULE.finding(namespace.span(), format!("no namespace can be called {:?}", namespace.value));
            out.push(finding.help("use lower-case letters, digits and dashes, at most 63, and no dash at an end"));
        }
    }
}

/// RFC 1123
fn is_label(name: &str) -> bool {
    let is_edge = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let bytes = name.as_bytes();
    let is_inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    bytes.len() <= 63 && bytes.iter().all(is_inner) && is_edge(bytes.first()) && is_edge(bytes.last())
}
