//! The rules.

mod duplicate_pool_name;
mod file_too_large;
mod not_utf8;

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

/// All rules, by id.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    static ALL: [&Rule; 3] = [
        &duplicate_pool_name::RULE,
        &file_too_large::RULE,
        &not_utf8::RULE,
    ];
    &ALL
}

/// The rule of that name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    all().iter().find(|rule| rule.id == id).copied()
}
