//! What holds for every cluster, tried on the recorded ones.

use std::sync::LazyLock;

use detctl::formats::snapshot;
use detctl::model::inventory::{Interest, Inventory, InventoryBuilder};
use detctl::model::kubernetes_version::KubernetesVersion;
use detctl::model::pod::Pod;
use detctl::report::capacity::{Answer, human, json};
use detctl::scheduling::{Cluster, Copies, Coupling, Outcome};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::records::{self, Scenario};

static RECORDS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let files = ["random-strict.ndjson.gz", "live-hand.ndjson.gz", "live-random.ndjson.gz"];
    files.into_iter().flat_map(records::read).collect()
});

const NEWEST: KubernetesVersion = KubernetesVersion::V1_37;

fn pod(scenario: &Scenario) -> Pod {
    snapshot::read_pod(&scenario.pod.to_string()).unwrap()
}

fn build(items: &[Value], pod: &Pod, more: impl IntoIterator<Item = Pod>) -> Inventory {
    let list = json!({"apiVersion": "v1", "items": items, "kind": "List"}).to_string();
    let mut builder = InventoryBuilder::new(NEWEST, Interest::of([pod]));
    snapshot::read(list.as_bytes(), &mut builder).unwrap();
    for pod in more {
        builder.add_pod(pod).unwrap();
    }
    builder.finish()
}

fn submit(items: &[Value], pod: &Pod, copies: u64) -> Outcome {
    Cluster::new(&build(items, pod, [])).submit(pod, Copies::Exactly(copies))
}

/// Both reports of a scenario whose objects come in this order.
fn reports(items: &[Value], pod: &Pod, copies: u64) -> (String, String) {
    let inventory = build(items, pod, []);
    let mut cluster = Cluster::new(&inventory);
    let outcome = cluster.submit(pod, Copies::Exactly(copies));
    let answer = Answer { pod, cluster: &cluster, outcome: &outcome, version: NEWEST, version_asked: None };
    (human(&answer, 80), json(&answer).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_objects_carries_no_meaning(
        at in 0..RECORDS.len(),
        keys in prop::collection::vec(any::<u32>(), 120),
    ) {
        let scenario = &RECORDS[at];
        let items = scenario.items();
        let mut shuffled: Vec<(u32, Value)> = keys.iter().copied().cycle().zip(items.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        let shuffled: Vec<Value> = shuffled.into_iter().map(|(_, item)| item).collect();
        let pod = pod(scenario);
        prop_assert_eq!(reports(&items, &pod, scenario.k), reports(&shuffled, &pod, scenario.k));
    }

    #[test]
    fn a_free_node_never_lowers_the_count(at in 0..RECORDS.len(), gpus in 0..9_u32, cpu in 0..17_u32) {
        let scenario = &RECORDS[at];
        let pod = pod(scenario);
        let before = submit(&scenario.items(), &pod, scenario.k);
        prop_assume!(before.coupling == Coupling::None);
        let mut items = scenario.items();
        items.push(json!({"kind": "Node", "metadata": {"name": "added"}, "status": {"allocatable": {
            "cpu": cpu.to_string(), "memory": "64Gi", "pods": "110", "nvidia.com/gpu": gpus.to_string()}}}));
        let after = submit(&items, &pod, scenario.k);
        prop_assert!(after.placed >= before.placed, "{}: {} then {}", scenario.name, before.placed, after.placed);
    }

    #[test]
    fn a_pod_never_raises_the_count(at in 0..RECORDS.len(), on in any::<prop::sample::Index>(), gpus in 0..9_u32) {
        let scenario = &RECORDS[at];
        let pod = pod(scenario);
        let before = submit(&scenario.items(), &pod, scenario.k);
        prop_assume!(before.coupling == Coupling::None && !scenario.nodes.is_empty());
        let node = on.get(&scenario.nodes)["metadata"]["name"].clone();
        let mut items = scenario.items();
        items.push(json!({"kind": "Pod", "metadata": {"name": "added", "namespace": "elsewhere"},
            "spec": {"nodeName": node, "containers": [
                {"name": "c", "resources": {"requests": {"cpu": "1", "nvidia.com/gpu": gpus.to_string()}}}]},
            "status": {"phase": "Running"}}));
        let after = submit(&items, &pod, scenario.k);
        prop_assert!(after.placed <= before.placed, "{}: {} then {}", scenario.name, before.placed, after.placed);
    }

    #[test]
    fn copies_at_once_equal_copies_one_by_one(at in 0..RECORDS.len()) {
        let scenario = &RECORDS[at];
        let items = scenario.items();
        // Quotas and waiting claims change by the controllers, not by the pods alone.
        prop_assume!(!items.iter().any(|item| item["kind"] == "ResourceQuota" || item["kind"] == "StorageClass"));
        let pod = pod(scenario);
        let at_once = submit(&items, &pod, scenario.k);
        let mut placed: Vec<Pod> = Vec::new();
        for copy in 0..scenario.k {
            let inventory = build(&items, &pod, placed.iter().cloned());
            let outcome = Cluster::new(&inventory).submit(&pod, Copies::Exactly(1));
            let Some((node, _)) = outcome.example.first() else { break };
            let mut bound = outcome.admitted.clone().unwrap();
            bound.metadata.name = format!("placed-{copy}");
            bound.spec.node_name = inventory.nodes[*node].name.to_string();
            bound.status.phase = "Running".into();
            placed.push(bound);
        }
        prop_assert_eq!(at_once.placed, placed.len() as u64, "{}", scenario.name);
    }
}

#[test]
fn a_sequence_sees_what_was_placed_before() {
    let node = json!({"kind": "Node", "metadata": {"name": "n"}, "status": {"allocatable":
        {"cpu": "8", "memory": "64Gi", "pods": "110", "nvidia.com/gpu": "8"}}});
    let pod = snapshot::read_pod(
        r#"{"metadata": {"name": "p"}, "spec": {"containers": [{"name": "c", "resources": {"limits": {"nvidia.com/gpu": "3"}}}]}}"#,
    )
    .unwrap();
    let inventory = build(&[node], &pod, []);
    let mut cluster = Cluster::new(&inventory);
    let placed: Vec<u64> = (0..3).map(|_| cluster.submit(&pod, Copies::Exactly(1)).placed).collect();
    assert_eq!(placed, [1, 1, 0]);
    assert_eq!(Cluster::emptied(&inventory).submit(&pod, Copies::AsManyAsFit).placed, 2);
}
