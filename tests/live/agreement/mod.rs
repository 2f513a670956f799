//! Scheduler agreement: random clusters and workloads, placed by the real kube-scheduler and by `detctl capacity`, from a
//! snapshot of the cluster and from the cluster itself.
//!
//! About 150 scenarios for each release, `DETCTL_SCENARIOS=1000` for more, `DETCTL_SEED=17` for others (the first
//! seed; a scenario is named after its own). A difference writes a line in the form of `fixtures/scheduler` to the
//! folder for temporary files of the tests, and says how to replay it offline; `DETCTL_KEEP=1` writes all scenarios there.

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
    let keeps_all = std::env::var_os("DETCTL_KEEP").is_some();
    let mut differences = String::new();
    let mut kept = String::new();
    let mut refused = 0;
    for seed in first..first + count {
        let scenario = generator::scenario(seed);
        let set = stage.set(&scenario);
        let live = compare::live_differences(&scenario, &set, &stage.kubeconfig(), &release);
        let verdict = stage.play(&scenario, &set);
        refused += u64::from(verdict.message.is_some());
        stage.clear(&set);
        let found = compare::differences(&scenario, &set, &verdict, &release);
        if keeps_all || !found.is_empty() {
            let _ = writeln!(kept, "{}", compare::fixture(&scenario, &set, &verdict, &release));
        }
        let found: Vec<String> = found.into_iter().chain(live).collect();
        if !found.is_empty() {
            let _ = writeln!(differences, "{}:\n{}", scenario.name, found.join("\n"));
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("placements-{release}.ndjson"));
    if !kept.is_empty() {
        fs::write(&path, kept).unwrap();
    }
    if !differences.is_empty() {
        let again = format!("DETCTL_PLACEMENTS={} cargo test --test it more_placements", path.display());
        panic!("{differences}\nThe same offline: {again}");
    }
    // Scenarios that always fit, or never, would agree without saying much.
    assert!(refused * 4 > count && refused < count, "{refused} of {count} scenarios met a refusal");
}
