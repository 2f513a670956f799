//! A variable that has no value.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::model::devcluster::Reading;
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "devcluster-unset-variable",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a variable that has no value",
    why: "devcluster replaces `$NAME` and `${NAME}` in every text of the file. A name without a value stays as it is written and reaches the master so, as the path of a kubeconfig or an address. The shell's `${NAME:-default}` is not known, and `$$` is how to write a dollar. detctl looks at the variables given with `--env` and `--env-file`, and with `--inherit-env` at its own environment.",
    master_says: &[],
    facts: &["T-28", "§7.2"],
    docs: "",
    before: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
          kubeconfig_path: $CLUSTERS/onprem
",
    after: "\
stages:
  - master:
      config_file:
        resource_manager:
          type: kubernetes
          cluster_name: onprem
          max_slots_per_pod: 8
          kubeconfig_path: ~/clusters/onprem
",
    check: None,
};

pub(super) fn check(reading: &Reading, out: &mut Vec<Finding>) {
    out.extend(reading.unset.iter().map(|unset| {
        let name = &unset.name;
        // A dollar in a password starts no name of a variable that people use.
        let is_password = name.bytes().any(|byte| byte.is_ascii_lowercase())
            && reading.secrets.iter().any(|secret| secret.source == unset.span.source && overlaps(*secret, unset.span));
        let (message, given) = match is_password {
            true => ("what stands behind the dollar is taken for a variable, and it has no value".to_owned(), "NAME"),
            false => (format!("`${name}` has no value"), name.as_str()),
        };
        RULE.finding(unset.span, message)
            .saying("stays as it is written")
            .help(format!("give it with --env {given}=VALUE, or write `$$` for a dollar"))
    }));
}

fn overlaps(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}
