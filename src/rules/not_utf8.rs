//! `not-utf8`.

use super::Rule;
use crate::diagnostic::{Effect, Severity};

pub(super) static RULE: Rule = Rule {
    id: "not-utf8",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a file that is not UTF-8",
    why: "YAML is UTF-8 or, with a byte order mark, UTF-16. The master stops at the first byte that fits neither.",
    master_says: &["yaml: invalid leading UTF-8 octet", "yaml: control characters are not allowed"],
    facts: &["E-L3", "§1.1"],
    docs: "reference/deploy/master-config-reference",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: M<FC>nchen # the one byte FC, as Latin-1 has it
  max_slots_per_pod: 8
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: München # the bytes C3 BC
  max_slots_per_pod: 8
",
    check: None,
};
