//! `file-too-large`.

use super::Rule;
use crate::diagnostic::{Effect, Severity};

pub(super) static RULE: Rule = Rule {
    id: "file-too-large",
    severity: Severity::Error,
    effect: Effect::Degrades,
    summary: "a file that is larger than detctl reads",
    why: "detctl reads files of up to 64 MiB; what the master makes of a larger one stays unknown. A configuration of 10,000 \
          pools has 3 MiB, so that a larger file is most likely another one, such as a dump or a log.",
    master_says: &[],
    facts: &[],
    docs: "",
    before: "",
    after: "",
    check: None,
};
