//! A pool without nodes.

use super::Rule;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    id: "pool-without-nodes",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a pool that no node of its cluster belongs to (with --live)",
    why: "By its tolerations and selectors the master counts no node of the cluster for this pool: it shows no slots, \
          and jobs wait for ever without an error. Selectors of the root pod specs are not used for this, and with \
          several pools the tolerations for GPU taints have to be given.",
    master_says: &[],
    facts: &["T-21"],
    docs: "reference/deploy/master-config-reference#resource-pools",
    before: "",
    after: "",
    check: None,
};

/// The finding at the pool; `nodes` is how many belong to it, without a slot when there are some.
pub(super) fn finding(place: Span, nodes: usize) -> Finding {
    let message = match nodes {
        0 => "no node of the cluster belongs to this pool".to_owned(),
        some => format!("the {some} nodes of this pool have no slot"),
    };
    RULE.finding(place, message).help("compare the pool's tolerations, selectors and `slot_type` with the nodes")
}
