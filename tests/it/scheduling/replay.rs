//! Every recorded scenario, replayed through the reader, the core and the words.

use std::collections::BTreeMap;

use detctl::formats::snapshot;
use detctl::model::inventory::{Interest, Inventory, InventoryBuilder};
use detctl::model::kubernetes_version::KubernetesVersion;
use detctl::model::pod::Pod;
use detctl::report::{admission_words, scheduler_words};
use detctl::scheduling::{Cluster, Copies, Outcome};
use serde_json::json;

use super::records::{self, Scenario, Verdict};
use super::steps;

pub(super) fn version(recorded: &str) -> KubernetesVersion {
    let minor = recorded.split('.').nth(1).unwrap().parse().unwrap();
    KubernetesVersion::nearest(minor)
}

pub(super) fn inventory(scenario: &Scenario, version: KubernetesVersion, pod: &Pod) -> Inventory {
    let list = json!({"apiVersion": "v1", "items": scenario.items(), "kind": "List"}).to_string();
    let mut builder = InventoryBuilder::new(version, Interest::of([pod]));
    snapshot::read(list.as_bytes(), &mut builder).unwrap();
    builder.finish()
}

/// What differs from the record; empty when nothing does.
fn differences(scenario: &Scenario, recorded: &str, verdict: &Verdict) -> Vec<String> {
    let version = version(recorded);
    let pod = snapshot::read_pod(&scenario.pod.to_string()).unwrap();
    let inventory = inventory(scenario, version, &pod);
    let mut cluster = Cluster::new(&inventory);
    let outcome = cluster.submit(&pod, Copies::Exactly(scenario.k));
    let mut found = Vec::new();
    let mut compare = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("{} {recorded}: {what}\n  ours   {ours}\n  theirs {theirs}", scenario.name));
        }
    };
    if let Some(created) = verdict.created {
        compare("created", outcome.created.to_string(), created.to_string());
        compare("rejected", sorted(&rejection(&pod, &outcome)), sorted(verdict.rejected.as_deref().unwrap_or("")));
    }
    compare("placed", outcome.placed.to_string(), verdict.bound.to_string());
    let reasons = outcome
        .refusal
        .as_ref()
        .map_or_else(BTreeMap::new, |refusal| scheduler_words::histogram(refusal, cluster.resources(), version));
    compare("reasons", format!("{reasons:?}"), format!("{:?}", records::histogram(verdict.message.as_deref())));
    let possible = |name: &String| outcome.rooms.iter().any(|(node, _)| *inventory.nodes[*node].name == **name);
    let stray: Vec<&String> = verdict.placed.iter().flatten().filter(|name| !possible(name)).collect();
    if !stray.is_empty() && outcome.coupling == detctl::scheduling::Coupling::None {
        compare("nodes without room that were chosen", format!("{:?}", outcome.rooms), format!("{stray:?}"));
    }
    found
}

fn rejection(pod: &Pod, outcome: &Outcome) -> String {
    outcome.rejected.as_ref().map_or_else(String::new, |rejected| {
        admission_words::rejection(&format!("{}-{}", pod.metadata.name, rejected.copy), &rejected.rejection)
    })
}

/// Lists in brackets come in any order.
fn sorted(message: &str) -> String {
    let Some((head, list)) = message.split_once('[').filter(|_| message.ends_with(']')) else {
        return message.to_owned();
    };
    let mut items: Vec<&str> = list.trim_end_matches(']').split(", maximum ").collect();
    if let Some(first) = items.first_mut() {
        *first = first.trim_start_matches("maximum ");
    }
    items.sort_unstable();
    format!("{head}{items:?}")
}

fn replay(file: &str, skipped: &[&str]) {
    let mut verdicts = 0;
    let mut found = Vec::new();
    for scenario in records::read(file).iter().filter(|scenario| !skipped.contains(&scenario.name.as_str())) {
        for (recorded, verdict) in &scenario.expect {
            verdicts += 1;
            found.extend(differences(scenario, recorded, verdict));
        }
    }
    assert!(found.is_empty(), "{} differences in {verdicts} verdicts of {file}:\n{}", found.len(), found.join("\n"));
    assert!(verdicts > 0, "{file} holds no verdicts");
}

#[test]
fn schedulers_by_hand() {
    // Case 25 depends on when a preempted pod is gone.
    replay("hand.ndjson.gz", &["25_preemption_possible"]);
}

#[test]
fn schedulers_at_random() {
    replay("random-strict.ndjson.gz", &[]);
}

#[test]
fn control_planes_by_hand() {
    replay("live-hand.ndjson.gz", &[]);
}

#[test]
fn control_planes_at_random() {
    replay("live-random.ndjson.gz", &[]);
}

/// Records of whole control planes in which the scheduler's choices matter, choice by choice.
#[test]
fn control_planes_step_by_step() {
    let mut followed = 0;
    for file in ["live-hand.ndjson.gz", "live-random.ndjson.gz"] {
        for scenario in records::read(file) {
            for (recorded, verdict) in scenario.expect.iter().filter(|(recorded, _)| steps::matter(&scenario, recorded))
            {
                followed += verdict.placed.len();
                let found = steps::differences(&scenario, recorded, verdict);
                assert!(found.is_empty(), "{}", found.join("\n"));
            }
        }
    }
    assert!(followed > 100, "{followed} copies");
}

/// More of the same form, in files that `DETCTL_PLACEMENTS` names (separated by colons): such as the live tests write
/// where the scheduler did something else than we say.
#[test]
fn more_placements() {
    let more = std::env::var("DETCTL_PLACEMENTS").unwrap_or_default();
    let mut found = Vec::new();
    for scenario in more.split(':').filter(|file| !file.is_empty()).flat_map(records::read) {
        for (recorded, verdict) in &scenario.expect {
            let chosen = verdict.created > Some(0) && steps::matter(&scenario, recorded);
            let compare = if chosen { steps::differences } else { differences };
            found.extend(compare(&scenario, recorded, verdict));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
