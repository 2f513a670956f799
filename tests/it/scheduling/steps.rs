//! Where the choice of one node bears on the next, the scheduler's choices are followed: each chosen node has to be one
//! that we think possible, and where it found none we find none, for the same reasons.

use detctl::formats::snapshot;
use detctl::report::scheduler_words;
use detctl::scheduling::{Cluster, Copies, Coupling, Outcome};
use serde_json::{Value, json};

use super::records::{self, Scenario, Verdict};
use super::replay::{inventory, version};

/// Whether a scenario is such a one. Where claims wait for a pod, it is the first choice that binds them, which a list
/// of pods does not show.
pub(super) fn matter(scenario: &Scenario, recorded: &str) -> bool {
    if scenario.cluster_objects.iter().any(|object| object["volumeBindingMode"] == "WaitForFirstConsumer") {
        return false;
    }
    ask(scenario, recorded, 1, |_, outcome| outcome.coupling == Coupling::Nodes)
}

fn ask<T>(scenario: &Scenario, recorded: &str, copies: u64, about: impl FnOnce(&Cluster<'_>, &Outcome) -> T) -> T {
    let pod = snapshot::read_pod(&scenario.pod.to_string()).unwrap();
    let inventory = inventory(scenario, version(recorded), &pod);
    let mut cluster = Cluster::new(&inventory);
    let outcome = cluster.submit(&pod, Copies::Exactly(copies));
    about(&cluster, &outcome)
}

/// What differs; empty when nothing does.
pub(super) fn differences(scenario: &Scenario, recorded: &str, verdict: &Verdict) -> Vec<String> {
    let mut found = Vec::new();
    let mut difference = |text: String| found.push(format!("{} {recorded}: {text}", scenario.name));
    let Some(spec) = verdict.pod_admitted.as_ref().or(scenario.pod_admitted.as_ref()) else {
        return found;
    };
    let mut scenario = scenario.clone();
    for (copy, node) in verdict.placed.iter().enumerate() {
        let Some(node) = node else { break };
        let possible = ask(&scenario, recorded, 1, |cluster, outcome| {
            outcome.rooms.iter().any(|(index, _)| *cluster.inventory().nodes[*index].name == **node)
        });
        if !possible {
            difference(format!("copy {copy} went to {node}, which is not possible here"));
        }
        scenario.pods.push(bound(&scenario.pod, spec, copy, node));
    }
    if verdict.message.is_some() {
        let theirs = records::histogram(verdict.message.as_deref());
        let (placed, ours) = ask(&scenario, recorded, 1, |cluster, outcome| {
            let reasons = outcome
                .refusal
                .as_ref()
                .map(|refusal| scheduler_words::histogram(refusal, cluster.resources(), version(recorded)));
            (outcome.placed, reasons.unwrap_or_default())
        });
        if placed > 0 || ours != theirs {
            difference(format!("after that\n  ours   {placed} {ours:?}\n  theirs {theirs:?}"));
        }
    }
    found
}

/// A copy that was placed, as the next snapshot would show it.
fn bound(pod: &Value, spec: &Value, copy: usize, node: &str) -> Value {
    let mut bound = json!({"metadata": pod["metadata"], "spec": spec, "status": {"phase": "Pending"}});
    bound["metadata"]["name"] = format!("det-{copy}").into();
    bound["spec"]["nodeName"] = node.into();
    bound
}
