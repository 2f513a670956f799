//! Scheduler agreement: random clusters and workloads, placed by the real kube-scheduler and by `detctl capacity`.
//!
//! About 150 scenarios for each release, `DETCTL_SCENARIOS=1000` for more, `DETCTL_SEED=17` for others (the first
//! seed; a scenario is named after its own). A difference writes a line in the form of `fixtures/scheduler` to the
//! folder for temporary files of the tests, and says how to replay it offline.

mod compare;
mod generator;
mod pods;
mod stage;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::plane::programs::Version;
use stage::Stage;

pub(crate) fn on_the_newer_release() {
    agree(Version::Newer);
}

pub(crate) fn on_the_older_release() {
    agree(Version::Older);
}

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn agree(version: Version) {
    let stage = Stage::new(version);
    let release = version.said_by("kube-scheduler");
    let first = number("DETCTL_SEED", 1000);
    let count = number("DETCTL_SCENARIOS", 150);
    let mut differences = String::new();
    let mut fixtures = String::new();
    let mut refused = 0;
    for seed in first..first + count {
        let scenario = generator::scenario(seed);
        let set = stage.set(&scenario);
        let verdict = stage.play(&scenario, &set);
        refused += u64::from(verdict.message.is_some());
        stage.clear(&set);
        let found = compare::differences(&scenario, &set, &verdict, &release);
        if !found.is_empty() {
            let _ = writeln!(differences, "{}:\n{}", scenario.name, found.join("\n"));
            let _ = writeln!(fixtures, "{}", compare::fixture(&scenario, &set, &verdict, &release));
        }
    }
    if !differences.is_empty() {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("differences-{release}.ndjson"));
        fs::write(&path, fixtures).unwrap();
        let again = format!("DETCTL_PLACEMENTS={} cargo test --test it more_placements", path.display());
        panic!("{differences}\nThe same offline: {again}");
    }
    // Scenarios that always fit, or never, would agree without saying much.
    assert!(refused * 4 > count && refused < count, "{refused} of {count} scenarios met a refusal");
}
