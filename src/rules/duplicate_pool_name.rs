//! `duplicate-pool-name`.

use super::Rule;
use crate::diagnostic::{Effect, Severity};

pub(super) static RULE: Rule = Rule {
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
