//! What admission filled in, held against the pods that real API servers stored.

use detctl::formats::snapshot;
use detctl::model::pod::{Pod, PodSpec, ResourceRequirements};
use detctl::scheduling::{Cluster, Copies};
use serde_json::{Value, json};

use super::records::{self, Scenario};
use super::replay::{inventory, version};

/// The filled-in fields, in a form that can be compared and read.
fn facts(spec: &PodSpec) -> Vec<String> {
    let amounts = |resources: &ResourceRequirements| {
        let list = |map: &detctl::model::pod::ResourceMap| {
            map.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(",")
        };
        format!("requests {} limits {}", list(&resources.requests), list(&resources.limits))
    };
    let containers = spec.init_containers.iter().chain(&spec.containers);
    let mut facts: Vec<String> = containers
        .map(|container| {
            let ports: Vec<u32> = container.ports.iter().map(|port| port.host_port).collect();
            format!("{}: {} host ports {ports:?}", container.name, amounts(&container.resources))
        })
        .collect();
    facts.push(format!("pod level {:?}", spec.resources.as_ref().map(amounts)));
    facts.push(format!(
        "priority {:?} {:?} {:?}",
        spec.priority,
        spec.priority_class_name,
        spec.preemption_policy.as_deref().unwrap_or("PreemptLowerPriority")
    ));
    facts.push(format!("node selector {:?}", spec.node_selector));
    let overhead = ResourceRequirements { requests: spec.overhead.clone(), ..ResourceRequirements::default() };
    facts.push(format!("overhead {}", amounts(&overhead)));
    let mut tolerations: Vec<String> = spec
        .tolerations
        .iter()
        .map(|t| {
            format!(
                "toleration {} {} {} {}",
                t.key,
                if t.operator.is_empty() { "Equal" } else { &t.operator },
                t.value,
                t.effect
            )
        })
        .collect();
    tolerations.sort();
    facts.extend(tolerations);
    let spread = spec.topology_spread_constraints.iter();
    facts.extend(spread.map(|constraint| format!("spread {:?}", constraint.label_selector)));
    facts
}

/// Whether the release stores spread selectors without the own labels merged in; the scheduler then
/// merges them, to the same effect.
fn keeps_label_keys_apart(recorded: &str, spec: &PodSpec) -> bool {
    recorded.starts_with("v1.33") && spec.topology_spread_constraints.iter().any(|c| !c.match_label_keys.is_empty())
}

fn compare(scenario: &Scenario, recorded: &str, stored: &Value) -> Option<String> {
    let pod = snapshot::read_pod(&scenario.pod.to_string()).unwrap();
    let inventory = inventory(scenario, version(recorded), &pod);
    let outcome = Cluster::new(&inventory).submit(&pod, Copies::Exactly(1));
    let wrapped = json!({"kind": "Pod", "metadata": scenario.pod["metadata"], "spec": stored});
    let theirs: Pod = snapshot::read_pod(&wrapped.to_string()).unwrap();
    let Some(ours) = outcome.admitted else {
        return Some(format!("{} {recorded}: not let in", scenario.name));
    };
    let (mut ours, mut theirs_facts) = (facts(&ours.spec), facts(&theirs.spec));
    if keeps_label_keys_apart(recorded, &theirs.spec) {
        ours.retain(|fact| !fact.starts_with("spread"));
        theirs_facts.retain(|fact| !fact.starts_with("spread"));
    }
    (ours != theirs_facts)
        .then(|| format!("{} {recorded}:\n  ours   {ours:?}\n  theirs {theirs_facts:?}", scenario.name))
}

#[test]
fn stored_pods_are_what_admission_makes_of_them() {
    let mut compared = 0;
    let mut found = Vec::new();
    for file in ["live-hand.ndjson.gz", "live-random.ndjson.gz"] {
        for scenario in records::read(file) {
            for (recorded, verdict) in scenario.expect.iter().filter(|(_, verdict)| verdict.created != Some(0)) {
                let Some(stored) = verdict.pod_admitted.as_ref().or(scenario.pod_admitted.as_ref()) else {
                    continue;
                };
                compared += 1;
                found.extend(compare(&scenario, recorded, stored));
            }
        }
    }
    assert!(found.is_empty(), "{} of {compared} differ:\n{}", found.len(), found.join("\n"));
    assert!(compared > 500, "only {compared} stored pods were compared");
}
