//! Pods at random: those that are there already, and the one whose copies are submitted.

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::generator::{Dice, Theme};

/// Once in so many times.
pub(super) fn sometimes(rng: &mut Rng, odds: u32) -> bool {
    rng.u32(0..odds) == 0
}

/// Requests and limits of a container.
pub(super) fn requests(rng: &mut Rng) -> Value {
    let mut requests = Map::new();
    let mut limits = Map::new();
    let one = |rng: &mut Rng, of: &[&str]| -> Value { (*rng.choice(of).unwrap()).into() };
    if !sometimes(rng, 4) {
        requests.insert("cpu".into(), one(rng, &["100m", "500m", "1", "1500m", "3", "4", "0.1"]));
    }
    if !sometimes(rng, 4) {
        requests.insert("memory".into(), one(rng, &["256Mi", "1Gi", "1.5Gi", "4Gi", "9G", "16Gi", "1e3"]));
    }
    if sometimes(rng, 5) {
        requests.insert("ephemeral-storage".into(), one(rng, &["1Gi", "6Gi"]));
    }
    if !sometimes(rng, 3) {
        let count = one(rng, &["1", "1", "2", "4", "8"]);
        limits.insert("nvidia.com/gpu".into(), count);
    }
    if sometimes(rng, 4) {
        limits.insert("memory".into(), "16Gi".into());
    }
    json!({"requests": requests, "limits": limits})
}

/// Makes a pod wait with a node held for it.
pub(super) fn gate(pod: &mut Value, nominated: &Value) {
    pod["spec"]["schedulingGates"] = json!([{"name": "example.invalid/wait"}]);
    if let Some(spec) = pod["spec"].as_object_mut() {
        spec.remove("nodeName");
    }
    pod["status"] = json!({"nominatedNodeName": nominated});
}

impl Dice {
    /// What both sorts have in common.
    pub(super) fn pod(&mut self, name: &str) -> Value {
        let mut main = json!({"name": "main", "image": "example.invalid/task", "resources": self.resources()});
        if self.may(Theme::Ports, 2) {
            let mut port = json!({"containerPort": 80, "hostPort": self.one(&[8080, 8080, 9090])});
            if self.may(Theme::Ports, 3) {
                port["hostIP"] = self.one(&["127.0.0.1", "10.0.0.1", "0.0.0.0"]).into();
            }
            if self.may(Theme::Ports, 4) {
                port["protocol"] = "UDP".into();
            }
            main["ports"] = json!([port]);
        }
        let mut spec = json!({"containers": [main], "terminationGracePeriodSeconds": 30});
        if self.is_about(Theme::Containers) {
            self.more_containers(&mut spec);
        }
        if self.may(Theme::Classes, 2) {
            spec["runtimeClassName"] = self.one(&["sandboxed", "sandboxed", "picky"]).into();
        }
        if self.may(Theme::Neighbours, 3) {
            let term = self.neighbours();
            spec["affinity"]["podAntiAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] = json!([term]);
        }
        let labels = json!({"app": self.one(&["red", "blue"]), "tier": self.one(&["front", "back"])});
        json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels}, "spec": spec})
    }

    fn more_containers(&mut self, spec: &mut Value) {
        let container = |dice: &mut Self, name: &str| {
            let resources = dice.resources();
            json!({"name": name, "image": "example.invalid/more", "resources": resources})
        };
        if sometimes(&mut self.rng, 2) {
            let second = container(self, "second");
            if let Some(containers) = spec["containers"].as_array_mut() {
                containers.push(second);
            }
        }
        let mut first = Vec::new();
        for at in 0..self.rng.usize(0..3) {
            let mut init = container(self, &format!("init-{at}"));
            if sometimes(&mut self.rng, 2) {
                init["restartPolicy"] = "Always".into();
            }
            first.push(init);
        }
        spec["initContainers"] = first.into();
    }

    /// The pod whose copies are submitted.
    pub(super) fn incoming(&mut self) -> Value {
        let mut pod = self.pod("det");
        let spec = &mut pod["spec"];
        if self.is_about(Theme::Taints) {
            spec["tolerations"] = self.tolerations().into();
        }
        if self.is_about(Theme::Labels) {
            self.node_choice(spec);
        }
        if self.is_about(Theme::Spread) {
            spec["topologySpreadConstraints"] = self.spread().into();
        }
        if self.may(Theme::Neighbours, 3) {
            let term = self.neighbours();
            spec["affinity"]["podAffinity"]["requiredDuringSchedulingIgnoredDuringExecution"] = json!([term]);
        }
        if self.may(Theme::Lifecycle, 4) {
            let toleration = json!({"key": "node.kubernetes.io/unschedulable", "operator": "Exists"});
            spec["tolerations"] = json!([toleration]);
        }
        pod
    }

    fn tolerations(&mut self) -> Vec<Value> {
        (0..self.rng.usize(0..4))
            .map(|_| {
                let mut toleration = json!({"key": self.one(&["dedicated", "nvidia.com/gpu", "maintenance"])});
                if sometimes(&mut self.rng, 2) {
                    toleration["operator"] = "Exists".into();
                } else {
                    toleration["value"] = self.one(&["", "a", "b"]).into();
                }
                if sometimes(&mut self.rng, 2) {
                    toleration["effect"] = self.one(&["NoSchedule", "NoExecute"]).into();
                }
                toleration
            })
            .collect()
    }

    fn node_choice(&mut self, spec: &mut Value) {
        if sometimes(&mut self.rng, 2) {
            spec["nodeSelector"] = json!({"tier": self.one(&["gold", "silver", ""])});
        }
        if sometimes(&mut self.rng, 2) {
            let terms: Vec<Value> = (0..self.rng.usize(1..3)).map(|_| self.node_term()).collect();
            spec["affinity"]["nodeAffinity"] =
                json!({"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}});
        }
    }

    fn node_term(&mut self) -> Value {
        let expression = match self.rng.u32(0..6) {
            0 => json!({"key": "tier", "operator": "In", "values": ["gold", ""]}),
            1 => json!({"key": "tier", "operator": "NotIn", "values": ["gold"]}),
            2 => json!({"key": "tier", "operator": "Exists"}),
            3 => json!({"key": "zone", "operator": "DoesNotExist"}),
            4 => json!({"key": "generation", "operator": "Gt", "values": ["5"]}),
            _ => json!({"key": "generation", "operator": "Lt", "values": ["7"]}),
        };
        if sometimes(&mut self.rng, 6) { json!({}) } else { json!({"matchExpressions": [expression]}) }
    }

    fn spread(&mut self) -> Vec<Value> {
        let mut keys = vec!["zone", "kubernetes.io/hostname", "tier"];
        self.rng.shuffle(&mut keys);
        keys.truncate(self.rng.usize(1..3));
        keys.into_iter()
            .map(|key| {
                let mut constraint = json!({
                    "maxSkew": self.rng.u32(1..4),
                    "topologyKey": key,
                    "whenUnsatisfiable": self.one(&["DoNotSchedule", "DoNotSchedule", "ScheduleAnyway"]),
                    "labelSelector": {"matchLabels": {"app": self.one(&["red", "blue"])}},
                });
                if constraint["whenUnsatisfiable"] == "DoNotSchedule" && sometimes(&mut self.rng, 4) {
                    constraint["minDomains"] = self.rng.u32(1..5).into();
                }
                if sometimes(&mut self.rng, 4) {
                    constraint["nodeTaintsPolicy"] = self.one(&["Honor", "Ignore"]).into();
                }
                if sometimes(&mut self.rng, 4) {
                    constraint["nodeAffinityPolicy"] = self.one(&["Honor", "Ignore"]).into();
                }
                constraint
            })
            .collect()
    }

    fn neighbours(&mut self) -> Value {
        let mut term = json!({
            "topologyKey": self.one(&["zone", "kubernetes.io/hostname", "kubernetes.io/hostname"]),
            "labelSelector": self.one(&[
                json!({"matchLabels": {"app": "red"}}),
                json!({"matchLabels": {"app": "blue", "tier": "front"}}),
                json!({"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["front"]}]}),
            ]),
        });
        if sometimes(&mut self.rng, 3) {
            term["namespaceSelector"] = self.one(&[json!({}), json!({"matchLabels": {"team": "other"}})]);
        }
        term
    }
}
