//! Better and worse.

use crate::diagnostic::{Finding, Severity};
use crate::judge::Judgement;
use crate::model::verdict::{Configuration, Verdict};

/// Whether some configuration ends in a worse way or earlier than before, a file that was accepted has errors that it did
/// not have, or a key stands twice that did not.
pub(super) fn is_worse(before: &Judgement, after: &Judgement) -> bool {
    if before.kind != after.kind || before.configurations.len() != after.configurations.len() {
        return true;
    }
    let pairs = before.configurations.iter().zip(&after.configurations);
    if pairs.into_iter().any(|(before, after)| rank(after) > rank(before)) {
        return true;
    }
    if count(after, is_twofold) > count(before, is_twofold) {
        return true;
    }
    let accepted = before.configurations.iter().all(|configuration| configuration.verdict == Verdict::Accepts);
    accepted && count(after, is_error) > count(before, is_error)
}

/// Greater is worse. Of two loads that end in the same way the one that gets further is better.
fn rank(configuration: &Configuration) -> (u8, std::cmp::Reverse<(u8, crate::diagnostic::Phase)>) {
    let (badness, reached) = match configuration.verdict {
        Verdict::Accepts => (0, 2),
        Verdict::Refuses => (1, 1),
        Verdict::HelmFails | Verdict::DevclusterFails => (1, 0),
        Verdict::Crashes => (2, 1),
        Verdict::Unknown => (3, 0),
    };
    (badness, std::cmp::Reverse((reached, configuration.phase)))
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// One of two equal keys is ignored without a word.
fn is_twofold(finding: &Finding) -> bool {
    ["duplicate-key", "case-collision"].contains(&finding.rule)
}

fn count(judgement: &Judgement, is_such: fn(&Finding) -> bool) -> usize {
    let all = judgement.findings.iter().chain(&judgement.suppressed);
    all.filter(|finding| is_such(finding)).count()
}
