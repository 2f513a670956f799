//! The answer of `detctl capacity`, held against what the real scheduler did.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::generator::Scenario;
use super::stage::{Set, Verdict};
use crate::plane::programs::minor;
use crate::program::Folder;
use crate::records;

/// Runs the program on a snapshot.
fn capacity(pod: &Value, items: &[Value], copies: u64, release: &str) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    std::fs::write(folder.path().join("snapshot.json"), list.to_string()).unwrap();
    std::fs::write(folder.path().join("pod.json"), pod.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_detctl"))
        .args(["capacity", "--pod=pod.json", "--snapshot=snapshot.json", "--format=json"])
        .arg(format!("--scheduler-version={}", minor(release)))
        .arg(format!("--copies={copies}"))
        .current_dir(folder.path())
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// The pod as it would be submitted to its namespace.
fn submitted(scenario: &Scenario, set: &Set) -> Value {
    let mut pod = scenario.pod.clone();
    pod["metadata"]["namespace"] = set.own.as_str().into();
    pod
}

/// The answer on the cluster itself, which has to be that on its snapshot. Of pods that are passed over nothing is told
/// but that there is no room; they may add reasons.
pub(super) fn live_differences(scenario: &Scenario, set: &Set, kubeconfig: &str, release: &str) -> Vec<String> {
    let pod = submitted(scenario, set);
    let folder = Folder::new().with("pod.json", &pod.to_string()).with("kubeconfig", kubeconfig);
    let copies = format!("--copies={}", scenario.copies);
    let line = ["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json", "--format=json", &copies];
    let ran = folder.run(&line);
    if ran.stdout.is_empty() || !ran.stderr.is_empty() {
        return vec![format!("  live\n    {ran:?}")];
    }
    let (live, snapshot) = (ran.json(), capacity(&pod, &set.items, scenario.copies, release));
    let is_passed_over = live["notModelled"].to_string().contains("\"pods-passed-over\"");
    let mut members = vec!["created", "placed", "rejected", "nodes", "dependsOnChoice", "schedulerVersion"];
    if !is_passed_over {
        members.extend(["reasons", "example", "exclusions"]);
    }
    let differs = |member: &&str| live[*member] != snapshot[*member];
    let told = |member: &str| format!("  {member}\n    live     {}\n    snapshot {}", live[member], snapshot[member]);
    members.into_iter().filter(differs).map(told).collect()
}

/// What differs; nothing when all is as it should be.
pub(super) fn differences(scenario: &Scenario, set: &Set, verdict: &Verdict, release: &str) -> Vec<String> {
    let pod = submitted(scenario, set);
    let ours = capacity(&pod, &set.items, scenario.copies, release);
    let mut found = Vec::new();
    let mut compare = |what: &str, ours: String, theirs: String| {
        if ours != theirs {
            found.push(format!("  {what}\n    ours   {ours}\n    theirs {theirs}"));
        }
    };
    compare("created", ours["created"].to_string(), verdict.created.to_string());
    let rejected = ours["rejected"]["message"].as_str().or(ours["rejected"].as_str()).unwrap_or_default();
    compare("rejected", sorted(rejected), sorted(verdict.rejected.as_deref().unwrap_or_default()));
    if ours["dependsOnChoice"] == true {
        found.extend(steps(&pod, set, verdict, release));
        return found;
    }
    compare("placed", ours["placed"].to_string(), verdict.placed.len().to_string());
    compare("reasons", reasons(&ours), format!("{:?}", records::histogram(verdict.message.as_deref())));
    found
}

fn reasons(ours: &Value) -> String {
    let counts = ours["reasons"].as_object().into_iter().flatten();
    let counts: BTreeMap<&String, u64> = counts.map(|(reason, count)| (reason, count.as_u64().unwrap_or(0))).collect();
    format!("{counts:?}")
}

/// Where the scheduler's choice of one node bears on the next, its choices are followed: each chosen node has to be
/// one that we think possible, and where it found none we find none, for the same reasons.
fn steps(pod: &Value, set: &Set, verdict: &Verdict, release: &str) -> Vec<String> {
    let mut items = set.items.clone();
    let mut found = Vec::new();
    for (copy, node) in verdict.placed.iter().enumerate() {
        let ours = capacity(pod, &items, 1, release);
        let mut rooms = ours["nodes"].as_array().into_iter().flatten();
        if !rooms.any(|room| room["name"] == node.as_str()) {
            found.push(format!("  copy {copy} went to {node}, which is not possible here: {}", ours["nodes"]));
        }
        items.push(bound(pod, &verdict.admitted, copy, node));
    }
    if let Some(message) = &verdict.message {
        let ours = capacity(pod, &items, 1, release);
        let theirs = format!("{:?}", records::histogram(Some(message)));
        if ours["placed"] != 0 || reasons(&ours) != theirs {
            found.push(format!("  after that\n    ours   {} {}\n    theirs {theirs}", ours["placed"], reasons(&ours)));
        }
    }
    found
}

/// A copy that was placed, as the next snapshot would show it.
fn bound(pod: &Value, admitted: &Value, copy: usize, node: &str) -> Value {
    let mut bound = json!({"apiVersion": "v1", "kind": "Pod", "metadata": pod["metadata"], "spec": admitted["spec"]});
    bound["metadata"]["name"] = format!("det-{copy}").into();
    bound["spec"]["nodeName"] = node.into();
    bound["status"] = json!({"phase": "Pending"});
    bound
}

/// Lists in brackets come in any order.
fn sorted(message: &str) -> String {
    let Some((head, list)) = message.split_once('[').filter(|_| message.ends_with(']')) else {
        return message.to_owned();
    };
    let list = list.trim_end_matches(']').replace(", minimum ", "\u{0}minimum ").replace(", maximum ", "\u{0}maximum ");
    let mut items: Vec<&str> = list.split('\u{0}').collect();
    items.sort_unstable();
    format!("{head}{items:?}")
}

/// The scenario with its verdict, in the form of the records in `fixtures/scheduler`.
pub(super) fn fixture(scenario: &Scenario, set: &Set, verdict: &Verdict, release: &str) -> Value {
    let of = |kinds: &[&str]| -> Vec<&Value> {
        let is_one = |item: &&Value| kinds.iter().any(|kind| item["kind"] == *kind);
        set.items.iter().filter(is_one).collect()
    };
    let mut expect = json!({});
    expect[release] = json!({
        "created": verdict.created,
        "rejected": verdict.rejected,
        "bound": verdict.placed.len(),
        "placed": verdict.placed,
        "message": verdict.message,
    });
    json!({
        "name": scenario.name,
        "k": scenario.copies,
        "pod": submitted(scenario, set),
        "nodes": of(&["Node"]),
        "pods": of(&["Pod"]),
        "namespace_objects": of(&["Namespace"]),
        "namespace_objects_stored": of(&["LimitRange", "ResourceQuota"]),
        "cluster_objects": of(&["PriorityClass", "RuntimeClass"]),
        "pod_admitted": verdict.admitted["spec"],
        "expect": expect,
    })
}
