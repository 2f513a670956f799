//! Verdict and words, worked out from the findings of one configuration.
//!
//! There is no second opinion: the verdict is the effect of the earliest failure that any rule
//! reported, before any filter of the user is applied.

use std::sync::Arc;

use crate::diagnostic::{Ending, Finding, LoadFailure, Phase};
use crate::model::verdict::{Configuration, Resolved, Verdict};

/// The configuration that a list of findings amounts to; `resolved` is used when nothing ends the load.
#[must_use]
pub fn configuration(findings: &[Finding], resolved: Option<Resolved>) -> Configuration {
    let failures: Vec<&LoadFailure> = findings.iter().filter_map(|finding| finding.load.as_deref()).collect();
    let Some(first) = failures.iter().min_by_key(|failure| (failure.phase, failure.order)) else {
        return Configuration {
            stage: None,
            verdict: Verdict::Accepts,
            phase: Phase::Ok,
            messages: Vec::new(),
            resolved: resolved.map(Arc::new),
        };
    };
    let (verdict, phase) = match first.ending {
        Ending::Message => (Verdict::Refuses, first.phase),
        Ending::Panic => (Verdict::Crashes, Phase::Panic),
        Ending::DevclusterFails => (Verdict::DevclusterFails, first.phase),
        Ending::HelmFails => (Verdict::HelmFails, first.phase),
        Ending::NotKnown => (Verdict::Unknown, first.phase),
    };
    let messages = match (first.phase, first.ending) {
        (Phase::Validate, Ending::Message) => vec![report(&failures)],
        _ => first.words.clone(),
    };
    Configuration { stage: None, verdict, phase, messages, resolved: None }
}

/// All lines of the validation in one text, sorted (§1.8).
fn report(failures: &[&LoadFailure]) -> String {
    let validating = failures.iter().filter(|failure| failure.phase == Phase::Validate);
    let mut lines: Vec<&str> = validating.flat_map(|failure| &failure.words).map(String::as_str).collect();
    lines.sort_unstable();
    format!("Check Failed! {} errors found:\n\t{}", lines.len(), lines.join("\n\t"))
}
