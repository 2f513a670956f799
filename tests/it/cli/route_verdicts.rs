//! `detctl route-dry-run --snapshot`: every verdict, their precedence, and what stands behind them.

use serde_json::{Value, json};

use crate::support::{Place, Ran, root};

const CONFIG: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
resource_pools:
  - pool_name: default
  - pool_name: a100
    task_container_defaults:
      gpu_pod_spec:
        apiVersion: v1
        kind: Pod
        spec:
          nodeSelector: {gpu: a100}
          tolerations: [{key: gpu, operator: Exists}]
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 8
      kubeconfig_path: /etc/determined/west.kubeconfig
      determined_master_host: det.example.org
      determined_master_port: 8080
    resource_pools:
      - pool_name: west
";

fn node(name: &str, slots: u64) -> Value {
    json!({
        "kind": "Node",
        "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
        "status": {"allocatable": {"nvidia.com/gpu": slots.to_string(), "pods": "110"}},
    })
}

/// A pod of a Job on a node; pending without one.
fn pod(name: &str, node: Option<&str>, slots: u64) -> Value {
    let resources = json!({"limits": {"nvidia.com/gpu": slots.to_string()}});
    json!({
        "kind": "Pod",
        "metadata": {"name": name, "namespace": "team", "ownerReferences": [{"kind": "Job", "name": name, "uid": name, "controller": true, "apiVersion": "batch/v1"}]},
        "spec": {"nodeName": node, "containers": [{"name": "c", "resources": resources}]},
        "status": {"conditions": [{"type": "PodScheduled", "status": if node.is_some() { "True" } else { "False" }}]},
    })
}

fn of_daemon(mut pod: Value) -> Value {
    pod["metadata"]["ownerReferences"][0]["kind"] = json!("DaemonSet");
    pod
}

fn with(mut object: Value, path: &str, value: Value) -> Value {
    let (parent, member) = path.rsplit_once('/').unwrap();
    object.pointer_mut(parent).unwrap()[member] = value;
    object
}

fn namespace(labels: Value) -> Value {
    json!({"kind": "Namespace", "metadata": {"name": "default", "labels": labels}})
}

fn quota(slots: u64, used: u64) -> Value {
    let hard = |slots: u64| json!({"requests.nvidia.com/gpu": slots.to_string()});
    json!({
        "kind": "ResourceQuota",
        "metadata": {"name": "gpus", "namespace": "default"},
        "spec": {"hard": hard(slots)},
        "status": {"hard": hard(slots), "used": hard(used)},
    })
}

fn list(items: &[Value]) -> String {
    json!({"kind": "List", "apiVersion": "v1", "items": items}).to_string()
}

fn place(items: &[Value]) -> Place {
    Place::with("master.yaml", CONFIG).and("clusters/main.json", list(items))
}

fn dry_run(place: &Place, flags: &[&str]) -> Ran {
    place.run(&[&["route-dry-run", "master.yaml", "--snapshot", "clusters"], flags].concat())
}

fn ask(items: &[Value], flags: &[&str]) -> Value {
    dry_run(&place(items), &[flags, &["--format", "json"]].concat()).json()["workloads"][0].clone()
}

fn words_of(ran: &Ran) -> String {
    ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name, the objects of the cluster, more arguments, the verdict, and how many pods fit.
type Case = (&'static str, Vec<Value>, &'static [&'static str], &'static str, u64);

#[test]
fn verdicts_come_in_their_order_of_precedence() {
    let free = [node("a", 8), node("b", 8)];
    let elsewhere = pod("other", Some("gone"), 1);
    let half = [node("a", 8), node("b", 8), pod("p", Some("b"), 8)];
    let full = [node("a", 8), node("b", 8), pod("p", Some("b"), 8), pod("q", Some("a"), 1)];
    let read = [node("a", 8), node("b", 8), elsewhere];
    let and = |items: &[Value], more: &[Value]| [items, more].concat();
    let restricted = namespace(json!({"pod-security.kubernetes.io/enforce": "restricted"}));
    let away = json!({"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [{
        "labelSelector": {"matchLabels": {"determined.ai/task_type": "TRIAL"}},
        "namespaces": ["default"],
        "topologyKey": "kubernetes.io/hostname",
    }]}});
    let loner = with(pod("loner", Some("a"), 0), "/spec/affinity", away);
    let untried = with(with(pod("untried", None, 8), "/status", json!({})), "/spec/priority", json!(90));
    let waits = with(pod("waits", None, 8), "/status/nominatedNodeName", json!("a"));
    let waits = with(waits, "/spec/priority", json!(90));
    let rows: [Case; 24] = [
        ("all fit", read.to_vec(), &["--slots", "16"], "FITS_NOW", 2),
        ("half is taken", half.to_vec(), &["--slots", "16"], "PARTIAL", 1),
        ("none is whole", full.to_vec(), &["--slots", "16"], "BUSY", 0),
        ("too few nodes, although some would bind", half.to_vec(), &["--slots", "24"], "NEVER", 1),
        ("too few nodes, all free", read.to_vec(), &["--slots", "24"], "NEVER", 2),
        ("nothing matches", read.to_vec(), &["--pool", "a100", "--slots", "1"], "NEVER", 0),
        ("no node at all", vec![pod("p", None, 1)], &["--slots", "1"], "UNKNOWN", 0),
        ("taken by what stays", vec![node("a", 8), of_daemon(pod("p", Some("a"), 1))], &["--slots", "8"], "NEVER", 0),
        ("kept away by a pod that can go", vec![node("a", 8), loner.clone()], &["--slots", "8"], "BUSY", 0),
        ("kept away by one that stays", vec![node("a", 8), of_daemon(loner)], &["--slots", "8"], "NEVER", 0),
        ("somebody is first in the queue", vec![node("a", 8), untried], &["--slots", "8"], "BUSY", 0),
        ("room is kept for somebody", vec![node("a", 8), waits], &["--slots", "8"], "BUSY", 0),
        ("pods were not read", free.to_vec(), &["--slots", "16"], "UNKNOWN", 2),
        ("pods were not read, and it is too much for an empty cluster", free.to_vec(), &["--slots", "24"], "NEVER", 2),
        ("an admission object was not read", read.to_vec(), &["--slots", "16", "--strict"], "UNKNOWN", 2),
        ("a no needs no admission", full.to_vec(), &["--slots", "16", "--strict"], "BUSY", 0),
        ("the quota is used up", and(&read, &[quota(16, 8)]), &["--slots", "16"], "REJECTED", 1),
        ("the quota is too small, and the cluster too", and(&half, &[quota(4, 0)]), &["--slots", "24"], "REJECTED", 0),
        ("the quota has room", and(&read, &[quota(16, 0)]), &["--slots", "16"], "FITS_NOW", 2),
        ("pods are not secure enough", and(&read, &[restricted]), &["--slots", "8"], "REJECTED", 0),
        ("refused before pods were needed", and(&free, &[quota(4, 0)]), &["--slots", "8"], "REJECTED", 0),
        ("the master refuses", read.to_vec(), &["--slots", "12"], "REJECTED", 0),
        ("nobody has the pool", read.to_vec(), &["--pool", "a10", "--slots", "12"], "UNROUTABLE", 0),
        ("no cluster was looked at", read.to_vec(), &["--pool", "west", "--slots", "8"], "ROUTED", 0),
    ];
    for (name, items, flags, verdict, placed) in rows {
        let ran = dry_run(&place(&items), &[flags, &["--format", "json"]].concat());
        let workload = &ran.json()["workloads"][0];
        assert_eq!(workload["verdict"], verdict, "{name}: {workload:#}");
        assert_eq!(workload["placement"]["placed"].as_u64().unwrap_or(0), placed, "{name}: {workload:#}");
        assert_eq!(ran.code, Some(i32::from(!["FITS_NOW", "ROUTED"].contains(&verdict))), "{name}");
        let human = dry_run(&place(&items), flags);
        assert!(human.stdout.starts_with(verdict) && human.code == ran.code, "{name}\n{human}");
    }
}

#[test]
fn fail_when_narrows_the_no() {
    let items = [node("a", 8), node("b", 8), pod("p", Some("b"), 8)];
    let code = |flags: &[&str]| dry_run(&place(&items), flags).code;
    for verdict in ["busy", "never", "unknown", "rejected", "unroutable", "busy,never"] {
        assert_eq!(code(&["--slots", "16", "--fail-when", verdict]), Some(0), "{verdict}");
    }
    for verdict in ["partial", "never,partial"] {
        assert_eq!(code(&["--slots", "16", "--fail-when", verdict]), Some(1), "{verdict}");
    }
    assert_eq!(code(&["--slots", "8", "--fail-when", "partial"]), Some(0));
    assert_eq!(code(&["--slots", "8", "--fail-when", "fits-now"]), Some(2));
}

/// "24 free on 9 nodes, 1 node has 8": room in pieces that are too small is told apart from no room.
#[test]
fn what_is_free_and_in_what_pieces() {
    let mut items: Vec<Value> = (0..9).map(|at| node(&format!("n{at}"), 8)).collect();
    items.extend((0..8).map(|at| pod(&format!("p{at}"), Some(&format!("n{at}")), 6)));
    let workload = ask(&items, &["--slots", "16"]);
    let room = &workload["placement"]["room"];
    let numbers = ["total", "free", "nodes", "nodesWithEnough", "perPod", "largestFree"].map(|key| room[key].as_u64());
    assert_eq!(numbers, [72, 24, 9, 1, 8, 8].map(Some), "{room}");
    assert_eq!(
        workload["holders"][0],
        json!({"namespace": "team", "resource": "nvidia.com/gpu", "amount": 48, "amountText": "48"})
    );
    let text = words_of(&dry_run(&place(&items), &["--slots", "16"]));
    assert!(text.contains("24 nvidia.com/gpu free on 9 nodes, but only 1 node has 8 free together"), "{text}");
    assert!(text.contains("Held by namespace team 48"), "{text}");
}

#[test]
fn every_obstacle_is_named_with_its_nodes() {
    let a100 = |node: Value| with(node, "/metadata/labels", json!({"gpu": "a100"}));
    let tainted = |node: Value, key: &str| {
        with(node, "/spec", json!({"taints": [{"key": key, "value": "yes", "effect": "NoSchedule"}]}))
    };
    let items = [
        tainted(a100(node("tainted-1", 8)), "maintenance"),
        tainted(a100(node("tainted-2", 8)), "maintenance"),
        tainted(a100(node("tolerated", 8)), "gpu"),
        with(a100(node("cordoned", 8)), "/spec", json!({"unschedulable": true})),
        node("plain", 8),
        a100(node("small", 4)),
        pod("p", Some("tolerated"), 3),
    ];
    let workload = ask(&items, &["--pool", "a100", "--slots", "8"]);
    let exclusions = workload["placement"]["exclusions"].as_array().unwrap();
    let counted: u64 = exclusions.iter().map(|exclusion| exclusion["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, 6, "each node counts once: {exclusions:#?}");
    let of = |node: &str| {
        let has = |exclusion: &&Value| exclusion["nodes"].as_array().unwrap().iter().any(|name| name == node);
        exclusions.iter().find(has).unwrap_or_else(|| panic!("{node}: {exclusions:#?}"))
    };
    assert_eq!(of("tainted-1")["nodes"], json!(["tainted-1", "tainted-2"]));
    assert_eq!(of("tainted-1")["obstacles"], json!(["taint maintenance=yes:NoSchedule is not tolerated"]));
    assert_eq!((&of("small")["need"], &of("small")["have"]), (&json!(8), &json!(4)), "{}", of("small"));
    assert_eq!((&of("tolerated")["permanent"], &of("plain")["permanent"]), (&json!(false), &json!(true)));
    let text = words_of(&dry_run(&place(&items), &["--pool", "a100", "--slots", "8"]));
    for words in [
        "maintenance=yes:NoSchedule",
        "no label gpu, wanted a100: plain",
        "cordoned: cordoned",
        "at most 4 free, never enough there",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn nearest_request_other_pools_and_who_waits() {
    let a100 = with(
        with(node("big", 8), "/metadata/labels", json!({"gpu": "a100"})),
        "/spec",
        json!({"taints": [{"key": "gpu", "effect": "NoSchedule"}]}),
    );
    let items = [
        node("a", 8),
        a100,
        pod("p", Some("a"), 3),
        with(pod("higher", None, 2), "/spec/priority", json!(80)),
        with(pod("same", None, 1), "/spec/priority", json!(50)),
        with(pod("lower", None, 4), "/spec/priority", json!(10)),
        with(pod("gated", None, 4), "/spec/schedulingGates", json!([{"name": "kueue"}])),
    ];
    let workload = ask(&items, &["--slots", "8"]);
    assert_eq!(workload["verdict"], "BUSY");
    assert_eq!(workload["nearest"], json!({"slots": 5, "pods": 1, "slotsPerPod": 5, "checked": "cluster"}));
    assert_eq!(workload["alternatives"], json!([{"pool": "a100", "resourceManager": "main", "cluster": "main"}]));
    assert_eq!(workload["pendingAhead"], json!({"pods": 2, "gpus": 3, "resource": "nvidia.com/gpu"}));
    let urgent = ask(&items, &["--slots", "8", "--priority", "81"]);
    assert_eq!(urgent["pendingAhead"], json!({"pods": 0, "gpus": 0, "resource": "nvidia.com/gpu"}));
    let text = words_of(&dry_run(&place(&items), &["--slots", "8"]));
    for words in ["5 slots", "a100", "2 pending pods"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn a_request_is_asked_of_every_pool_and_ranked() {
    let a100 = |name: &str, slots: u64| with(node(name, slots), "/metadata/labels", json!({"gpu": "a100"}));
    let items = [a100("big", 8), a100("two", 8), node("a", 4), pod("p", Some("a"), 1)];
    let document = dry_run(&place(&items), &["--all-pools", "--slots", "16", "--format", "json"]).exits_with(0).json();
    let ranked: Vec<(&str, &str)> = document["workloads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|workload| (workload["request"]["pool"].as_str().unwrap(), workload["verdict"].as_str().unwrap()))
        .collect();
    assert_eq!(ranked, [("default", "FITS_NOW"), ("a100", "FITS_NOW"), ("west", "ROUTED")]);
    // One pool that takes it is a yes; without any it is a no.
    dry_run(&place(&items[2..]), &["--all-pools", "--slots", "16", "--fail-when", "never"]).exits_with(0);
    let never = place(&items[2..]).and("clusters/west.json", list(&items[2..]));
    dry_run(&never, &["--all-pools", "--slots", "16"]).exits_with(1);
}

#[test]
fn annotations_for_github() {
    let items = [node("a", 8), node("b", 8), pod("p", Some("b"), 8)];
    let ran = dry_run(&place(&items), &["--slots", "16", "--format", "github"]).exits_with(1);
    assert!(ran.stdout.starts_with("::") && ran.stdout.contains("PARTIAL"), "{ran}");
    assert_eq!(ran.stdout.lines().count(), 1, "{ran}");
    let ran = dry_run(&place(&items), &["--slots", "8", "--format", "github"]).exits_with(0);
    assert!(ran.stdout.starts_with("::notice file=master.yaml,title=FITS_NOW"), "{ran}");
    // A request from a file is shown at that file.
    let place = place(&items).and("jobs/train.yaml", "resources: {slots: 4}\n");
    let ran = dry_run(&place, &["./jobs/train.yaml", "--format", "github"]).exits_with(0);
    assert!(ran.stdout.starts_with("::notice file=jobs/train.yaml,"), "{ran}");
}

#[test]
fn a_cluster_without_a_snapshot_is_named() {
    let ran = dry_run(&place(&[node("a", 8)]), &["--pool", "west"]).exits_with(0);
    assert!(ran.stdout.contains("cluster \"west\": there is no snapshot of it"), "{ran}");
}

#[test]
fn all_nodes_are_named_on_demand() {
    let items: Vec<Value> = (0..40).map(|at| node(&format!("node-{at:02}"), 4)).collect();
    let short = dry_run(&place(&items), &["--slots", "8"]);
    let long = dry_run(&place(&items), &["--slots", "8", "--explain-nodes"]);
    let names = |ran: &Ran| (0..40).filter(|at| ran.stdout.contains(&format!("node-{at:02}"))).count();
    assert!(names(&short) < 10, "{short}");
    assert_eq!(names(&long), 40, "{long}");
}

/// The members of scheduling facts §6.3 and those that the report adds, in every verdict.
#[test]
fn json_has_the_documented_members() {
    const ROOM: [&str; 9] = [
        "placed",
        "of",
        "created",
        "capacityForThisPod",
        "emptyClusterCapacity",
        "nodes",
        "exclusions",
        "schedulerMessage",
        "reasons",
    ];
    let has = |value: &Value, members: &[&str]| {
        let missing: Vec<_> = members.iter().filter(|member| value.get(member).is_none()).collect();
        assert!(missing.is_empty(), "{missing:?} in {value:#}");
    };
    let items = [node("a", 8), node("b", 4), pod("p", Some("a"), 1), quota(16, 0)];
    for flags in [
        &["--slots", "8"][..],
        &["--slots", "4"],
        &["--slots", "64"],
        &["--slots", "12"],
        &["--pool", "a10"],
        &["--pool", "west"],
    ] {
        let workload = ask(&items, flags);
        has(
            &workload,
            &[
                "verdict",
                "summary",
                "request",
                "route",
                "podPlan",
                "master",
                "admission",
                "placement",
                "holders",
                "pendingAhead",
                "alternatives",
                "assumptions",
                "notModelled",
            ],
        );
        has(&workload["master"], &["ok", "errors", "messages"]);
        if workload["verdict"] == "UNROUTABLE" {
            continue;
        }
        let route =
            ["pool", "resourceManager", "cluster", "namespace", "namespaceSource", "configPath", "defined", "why"];
        has(&workload["route"], &route);
        let plan = ["pods", "slotsPerPod", "requests", "schedulerName", "priority", "podTemplate"];
        if workload["podPlan"].is_object() {
            has(&workload["podPlan"], &plan);
        }
        if workload["placement"].is_object() {
            has(&workload["placement"], &ROOM);
            for check in workload["admission"].as_array().unwrap() {
                has(check, &["check", "status", "detail", "createdPods"]);
            }
            for exclusion in workload["placement"]["exclusions"].as_array().unwrap() {
                has(exclusion, &["reason", "plugin", "count", "nodes", "need", "have", "permanent"]);
            }
            for caveat in workload["notModelled"].as_array().unwrap() {
                has(caveat, &["id", "present", "direction"]);
            }
        }
    }
}

/// Whatever order the objects of a cluster come in, the answer is the same to the byte.
#[test]
fn the_order_of_a_snapshot_carries_no_meaning() {
    let file = root().join("fixtures/routes/snapshots/main.json");
    let document: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let mut items = document["items"].as_array().unwrap().clone();
    items.extend([
        with(node("t1", 8), "/spec", json!({"taints": [{"key": "a", "effect": "NoSchedule"}]})),
        with(node("t2", 4), "/spec", json!({"taints": [{"key": "b", "effect": "NoExecute"}]})),
        with(node("cordoned", 4), "/spec", json!({"unschedulable": true})),
        pod("x", Some("t1"), 2),
        pod("y", Some("t2"), 2),
        with(pod("w", None, 2), "/spec/priority", json!(60)),
        quota(64, 8),
        namespace(json!({})),
    ]);
    let answers = |items: &[Value]| -> Vec<String> {
        let place = Place::with("master.yaml", CONFIG).and("clusters/main.json", list(items));
        let flags = [
            &["--slots", "8"][..],
            &["--slots", "64"],
            &["--pool", "a100", "--slots", "16"],
            &["--all-pools", "--slots", "40"],
        ];
        let formats = ["human", "json", "github"];
        flags
            .iter()
            .flat_map(|flags| {
                formats
                    .map(|format| dry_run(&place, &[*flags, &["--format", format, "--explain-nodes"]].concat()).stdout)
            })
            .collect()
    };
    let expected = answers(&items);
    for seed in 1..=6 {
        // Steps that have no divisor in common with the length visit every item.
        let step = (seed * 2 + 1..).find(|step| gcd(*step, items.len()) == 1).unwrap();
        let shuffled: Vec<Value> = (0..items.len()).map(|at| items[(at * step + seed) % items.len()].clone()).collect();
        assert_eq!(answers(&shuffled), expected, "seed {seed}");
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
