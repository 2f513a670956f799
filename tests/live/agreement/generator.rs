//! Clusters and workloads at random, the same ones for the same seed, within what the scheduling core models.
//!
//! A scenario mixes a few themes, each of which turns some of its dials; resources always take part. Left out is
//! what has no single right answer: preemption (no pod outranks another), and LimitRanges that disagree.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::pods::{gate, requests, sometimes};

/// What is asked of both sides.
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) copies: u64,
    pub(crate) pod: Value,
    pub(crate) nodes: Vec<Value>,
    /// Pods that are there already; `metadata.namespace` is `own` or `other`.
    pub(crate) pods: Vec<Existing>,
    /// LimitRanges and quotas of the pod's namespace, made after the pods.
    pub(crate) policies: Vec<Value>,
}

/// A pod that is there already.
pub(crate) struct Existing {
    pub(crate) pod: Value,
    pub(crate) phase: &'static str,
    pub(crate) is_deleted: bool,
}

/// What a scenario may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    Taints,
    Labels,
    Ports,
    Spread,
    Neighbours,
    Quota,
    Limits,
    Containers,
    Lifecycle,
    Classes,
}

const THEMES: [Theme; 10] = [
    Theme::Taints,
    Theme::Labels,
    Theme::Ports,
    Theme::Spread,
    Theme::Neighbours,
    Theme::Quota,
    Theme::Limits,
    Theme::Containers,
    Theme::Lifecycle,
    Theme::Classes,
];

/// Objects of the cluster that every scenario can name; made once.
pub(super) fn classes() -> Vec<(&'static str, Value)> {
    let runtime = "/apis/node.k8s.io/v1/runtimeclasses";
    let overhead = json!({"metadata": {"name": "sandboxed"}, "handler": "sandboxed",
        "overhead": {"podFixed": {"cpu": "250m", "memory": "120Mi"}}});
    let picky = json!({"metadata": {"name": "picky"}, "handler": "picky", "scheduling": {
        "nodeSelector": {"tier": "gold"}, "tolerations": [{"key": "dedicated", "operator": "Exists"}]}});
    vec![(runtime, overhead), (runtime, picky)]
}

/// The scenario of a seed.
pub(crate) fn scenario(seed: u64) -> Scenario {
    let mut rng = Rng::with_seed(seed);
    let mut themes = THEMES.to_vec();
    rng.shuffle(&mut themes);
    themes.truncate(rng.usize(1..4));
    let mut dice = Dice { rng, themes };
    let names: Vec<String> = (0..dice.rng.usize(0..9)).map(|at| format!("s{seed}-n{at}")).collect();
    let nodes = names.iter().map(|name| dice.node(name)).collect();
    let count = if names.is_empty() { 0 } else { dice.rng.usize(0..16) };
    let pods = (0..count).map(|at| dice.existing(at, &names)).collect();
    let policies = dice.policies();
    let pod = dice.incoming();
    let copies = dice.rng.u64(1..13);
    Scenario { name: format!("seed-{seed}"), copies, pod, nodes, pods, policies }
}

/// The dice of one scenario, and what it is about.
pub(super) struct Dice {
    pub(super) rng: Rng,
    themes: Vec<Theme>,
}

impl Dice {
    pub(super) fn is_about(&self, theme: Theme) -> bool {
        self.themes.contains(&theme)
    }

    /// One of them.
    pub(super) fn one<T: Clone>(&mut self, of: &[T]) -> T {
        self.rng.choice(of).cloned().unwrap()
    }

    /// Once in so many times, when the scenario is about it.
    pub(super) fn may(&mut self, theme: Theme, odds: u32) -> bool {
        self.is_about(theme) && sometimes(&mut self.rng, odds)
    }

    fn node(&mut self, name: &str) -> Value {
        let room = json!({
            "cpu": self.one(&["4", "8", "7900m", "16"]),
            "memory": self.one(&["16Gi", "32Gi", "64Gi", "65000000k"]),
            "ephemeral-storage": self.one(&["10Gi", "100Gi"]),
            "pods": self.one(&["3", "8", "110", "110"]),
            "nvidia.com/gpu": self.one(&["0", "1", "4", "8", "8"]),
        });
        let mut labels = json!({"kubernetes.io/hostname": name});
        if !sometimes(&mut self.rng, 8) {
            labels["zone"] = self.one(&["a", "b", "c"]).into();
        }
        if self.is_about(Theme::Labels) || self.is_about(Theme::Classes) || sometimes(&mut self.rng, 4) {
            labels["tier"] = self.one(&["gold", "silver", ""]).into();
            labels["generation"] = self.one(&["3", "7", "08", "new"]).into();
        }
        let mut spec = Map::new();
        if self.may(Theme::Lifecycle, 4) {
            spec.insert("unschedulable".into(), true.into());
        }
        if self.is_about(Theme::Taints) || sometimes(&mut self.rng, 8) {
            let taints = self.taints();
            spec.insert("taints".into(), taints.into());
        }
        let ready = if self.may(Theme::Lifecycle, 4) { "False" } else { "True" };
        json!({
            "metadata": {"name": name, "labels": labels},
            "spec": spec,
            "status": {"capacity": room, "allocatable": room, "conditions": [{"type": "Ready", "status": ready}]},
        })
    }

    fn taints(&mut self) -> Vec<Value> {
        let mut keys = vec!["dedicated", "nvidia.com/gpu", "maintenance", "node.kubernetes.io/not-ready"];
        self.rng.shuffle(&mut keys);
        keys.truncate(self.rng.usize(0..3));
        keys.into_iter()
            .map(|key| {
                let effect = self.one(&["NoSchedule", "NoSchedule", "NoExecute", "PreferNoSchedule"]);
                json!({"key": key, "value": self.one(&["", "a", "b"]), "effect": effect})
            })
            .collect()
    }

    fn existing(&mut self, at: usize, nodes: &[String]) -> Existing {
        let mut pod = self.pod(&format!("there-{at}"));
        pod["metadata"]["namespace"] = self.one(&["own", "other"]).into();
        let node = self.one(nodes);
        pod["spec"]["nodeName"] = node.into();
        let mut existing = Existing { pod, phase: "Running", is_deleted: false };
        if self.is_about(Theme::Lifecycle) {
            existing.phase = self.one(&["Running", "Running", "Pending", "Succeeded", "Failed"]);
            existing.is_deleted = existing.phase == "Running" && sometimes(&mut self.rng, 4);
            if sometimes(&mut self.rng, 6) {
                existing.pod["spec"]["nodeName"] = "gone".into();
            } else if sometimes(&mut self.rng, 6) {
                // It waits behind a gate, and a node is held for it.
                let nominated = existing.pod["spec"]["nodeName"].take();
                gate(&mut existing.pod, &nominated);
                existing.phase = "Pending";
                existing.is_deleted = false;
            }
        }
        existing
    }

    /// What the pod's namespace allows.
    fn policies(&mut self) -> Vec<Value> {
        let mut policies = Vec::new();
        if self.is_about(Theme::Limits) {
            let defaults = json!({"cpu": self.one(&["500m", "2"]), "memory": "1Gi"});
            let mut limit = json!({"type": "Container", "defaultRequest": defaults});
            if sometimes(&mut self.rng, 2) {
                limit["default"] = json!({"cpu": "4", "memory": "8Gi"});
            }
            if sometimes(&mut self.rng, 2) {
                limit["max"] = json!({"cpu": self.one(&["4", "8"]), "memory": "16Gi"});
            }
            policies.push(json!({"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "limits"},
                "spec": {"limits": [limit]}}));
        }
        if self.is_about(Theme::Quota) {
            let mut hard = json!({"requests.nvidia.com/gpu": self.one(&["4", "12", "40"])});
            if sometimes(&mut self.rng, 2) {
                hard["pods"] = self.one(&["4", "12"]).into();
            }
            if sometimes(&mut self.rng, 3) {
                hard["requests.cpu"] = self.one(&["8", "20"]).into();
            }
            if sometimes(&mut self.rng, 4) {
                hard["limits.memory"] = "64Gi".into();
            }
            policies.push(json!({"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "budget"},
                "spec": {"hard": hard}}));
        }
        policies
    }

    /// The resources of a container.
    pub(super) fn resources(&mut self) -> Value {
        requests(&mut self.rng)
    }
}
