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
    before: "",
    after: "",
    check: None,
};
