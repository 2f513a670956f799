//! What the rules about devcluster files share.

use super::Rule;
use crate::diagnostic::{Finding, LoadFailure};
use crate::model::devcluster::{Fault, Reading};

/// The faults with their rank: of several in one phase devcluster shows the first.
pub(super) fn faults(reading: &Reading) -> Vec<(u64, &Fault)> {
    (0..).zip(&reading.faults).collect()
}

/// A finding about a fault.
pub(super) fn finding(rule: &Rule, (order, fault): (u64, &Fault)) -> Finding {
    let words = if fault.words.is_empty() { Vec::new() } else { vec![fault.words.clone()] };
    let load = LoadFailure { phase: fault.phase, order, ending: fault.ending, words };
    rule.finding(fault.span, fault.message.clone()).help(fault.help.clone()).ends_load(load)
}
