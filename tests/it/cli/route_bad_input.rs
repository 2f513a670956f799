//! `detctl route-dry-run` with input that is none: the place is named, exit code 2, nothing on standard output.

use crate::support::Place;

const CONFIG: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 8
      kubeconfig_path: /etc/determined/west.kubeconfig
      determined_master_host: det.example.org
      determined_master_port: 8080
    resource_pools:
      - pool_name: west-pool
";

const NODE: &str = r#"{"kind": "Node", "metadata": {"name": "n"}}"#;

fn place() -> Place {
    let list = |items: &str| format!("{{\"kind\": \"List\", \"items\": [\n{items}\n]}}\n");
    let pod =
        |spec: &str| list(&format!("{{\"kind\": \"Pod\", \"metadata\": {{\"name\": \"p\"}},\n \"spec\": {spec}}}"));
    let amount = |amount: &str| {
        pod(&format!(r#"{{"containers": [{{"name": "c", "resources": {{"requests": {{"cpu": {amount}}}}}}}]}}"#))
    };
    Place::with("master.yaml", CONFIG)
        .and("good.json", list(NODE))
        .and("cut.json", list(NODE).trim_end_matches("\n]}\n"))
        .and("twice.json", list(&format!("{NODE},\n{NODE}")))
        .and("deployment.json", r#"{"kind": "Deployment", "metadata": {"name": "d"}, "spec": {}}"#)
        .and("shape.json", pod(r#"{"containers": 7}"#))
        .and("suffix.json", amount("\"1Q\""))
        .and("negative.json", amount("\"-1\""))
        .and("empty.json", "")
        .and("both/main.json", list(NODE))
        .and("both/main.yaml", "kind: List\nitems: []\n")
        .and("nobody/other.json", list(NODE))
        .and("slots.yaml", "searcher: {name: single}\nresources:\n  slots_per_trial: -4\n")
        .and("pool.yaml", "resources:\n  resource_pool: [a]\n")
        .and("priority.yaml", "resources:\n  slots: 1\n  priority: high\n")
        .and("not.yaml", "resources: {slots: 1\n")
        .and("list.yaml", "- 1\n")
        .and("containers.yaml", "resources: {slots: 1}\nenvironment:\n  pod_spec:\n    spec:\n      containers: 7\n")
        .and("amount.yaml", "spec:\n  containers:\n    - name: c\n      resources: {limits: {memory: 1Q}}\n")
        .and("below.yaml", "spec:\n  containers:\n    - name: c\n      resources: {limits: {memory: -1}}\n")
        .and("spec.yaml", "spec: [a]\n")
}

#[test]
fn the_place_is_named_and_nothing_is_printed() {
    let rows: [(&[&str], &[&str]); 33] = [
        (&["--map", "main=cut.json"], &["cut.json:", "the snapshot ends in the middle"]),
        (&["--map", "main=twice.json"], &["twice.json:3:1: ", "duplicate object: Node `n` is there already"]),
        (&["--map", "west=deployment.json"], &["deployment.json:1:", "this is a Deployment, not a List"]),
        (&["--map", "main=shape.json"], &["shape.json:3:", "invalid type: integer `7`"]),
        (&["--map", "main=suffix.json"], &["suffix.json:3:", "`1Q`: not a quantity: unknown suffix"]),
        (&["--map", "main=negative.json"], &["negative.json:3:", "`-1`: an amount cannot be below zero"]),
        (&["--map", "main=empty.json"], &["empty.json:1:1: the snapshot is empty"]),
        (&["--map", "main=good.json", "--map", "west=cut.json"], &["cut.json:"]),
        (&["--map", "main=none.json"], &["none.json: No such file"]),
        (&["--map", "main"], &["--map takes CLUSTER=FILE, not `main`"]),
        (&["--map", "=good.json"], &["--map takes CLUSTER=FILE, not `=good.json`"]),
        (&["--map", "mian=good.json"], &["has no Kubernetes cluster `mian`", "did you mean `main`?"]),
        (&["--map", "elsewhere=good.json"], &["has no Kubernetes cluster `elsewhere`", "clusters: main, west"]),
        (&["--map", "west-pool=good.json"], &["`west-pool` is a pool; its cluster is `west`"]),
        (&["--map", "main=good.json", "--map", "main=good.json"], &["cluster `main` has two snapshots"]),
        (
            &["--snapshot", "good.json"],
            &["good.json: one file cannot be the snapshot of 2 clusters", "--map CLUSTER=FILE"],
        ),
        (&["--snapshot", "both"], &["cluster `main` has two snapshots: both/main.json and both/main.yaml"]),
        (&["--snapshot", "nobody"], &["nobody: no snapshot of any cluster", "main.json"]),
        (&["--snapshot", "none"], &["none"]),
        (&["--slots", "-1"], &["-1"]),
        (&["--slots", "1Q"], &["1Q"]),
        (&["--slots", "99999999999999999999"], &["99999999999999999999"]),
        (&["slots.yaml"], &["slots.yaml:3:20: "]),
        (&["pool.yaml"], &["pool.yaml:2:18: "]),
        (&["priority.yaml"], &["priority.yaml:3:13: "]),
        (&["not.yaml"], &["not.yaml:"]),
        (&["list.yaml"], &["list.yaml:1:1"]),
        (&["--pod-spec", "none.yaml"], &["none.yaml"]),
        (&["containers.yaml"], &["containers.yaml:5:19: ", "`spec.containers` takes a list, not a number"]),
        (&["--pod-spec", "amount.yaml"], &["amount.yaml:4:36: ", "cannot be read as a quantity"]),
        (&["--pod-spec", "below.yaml"], &["below.yaml:4:36: ", "`-1`: an amount cannot be below zero"]),
        (&["--pod-spec", "spec.yaml"], &["spec.yaml:1:7: ", "`spec` takes a mapping, not a list"]),
        (&["--pod-spec", "list.yaml"], &["list.yaml:1:1: ", "the file has to be a mapping"]),
    ];
    let place = place();
    let mut wrong = Vec::new();
    for (flags, words) in rows {
        for format in ["human", "json", "github"] {
            let ran = place.run(&[&["route-dry-run", "master.yaml", "--format", format], flags].concat());
            let said = words.iter().all(|words| ran.stderr.contains(words));
            if !said || ran.code != Some(2) || !ran.stdout.is_empty() {
                wrong.push(format!("{flags:?} wants {words:?}\n{ran}"));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
