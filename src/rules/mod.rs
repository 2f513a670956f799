//! The rules.

use crate::diagnostic::{Effect, Severity};

/// What a rule is, apart from its check.
#[derive(Debug)]
pub struct Rule {
    /// Kebab-case name.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What happens if they stay.
    pub effect: Effect,
    /// One sentence.
    pub summary: &'static str,
    /// Why it is wrong.
    pub why: &'static str,
    /// The master's own words.
    pub master_says: &'static [&'static str],
    /// Fact ids.
    pub facts: &'static [&'static str],
    /// Page of the documentation.
    pub docs: &'static str,
    /// A flagged example.
    pub before: &'static str,
    /// The same example mended.
    pub after: &'static str,
}

static DUPLICATE_POOL_NAME: Rule = Rule {
    id: "duplicate-pool-name",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "Two resource pools have the same name",
    why: "A job names its pool and nothing else, so a pool name has to tell the resource manager too.",
    master_says: &["resource pool has a duplicate name: …"],
    facts: &["E-V4"],
    docs: "multirm",
    before: "resource_pools:\n  - pool_name: a\n  - pool_name: a\n",
    after: "resource_pools:\n  - pool_name: a\n  - pool_name: b\n",
};

static FILE_TOO_LARGE: Rule = Rule {
    id: "file-too-large",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "The file is larger than detctl reads",
    why: "detctl reads files of up to 64 MiB; what the master makes of a larger one stays unknown.",
    master_says: &[],
    facts: &[],
    docs: "",
    before: "",
    after: "",
};

static NOT_UTF8: Rule = Rule {
    id: "not-utf8",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "The file is not UTF-8",
    why: "YAML is UTF-8 or, with a byte order mark, UTF-16. The master stops at the first byte that fits neither.",
    master_says: &[
        "yaml: invalid leading UTF-8 octet",
        "yaml: control characters are not allowed",
    ],
    facts: &[],
    docs: "",
    before: "",
    after: "",
};

/// All rules, by id.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    static ALL: [&Rule; 3] = [&DUPLICATE_POOL_NAME, &FILE_TOO_LARGE, &NOT_UTF8];
    &ALL
}

/// The rule of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id).copied()
}
