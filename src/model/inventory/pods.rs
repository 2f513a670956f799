//! Pods, folded into their nodes, or into the line of those that wait.

use std::sync::Arc;

use super::builder::{InventoryBuilder, identity};
use super::{BuildError, Kind, NominatedPod, PodLoad, WatchedPod};
use crate::model::pod::Pod;
use crate::model::requests::{Measure, is_extended};

/// What it means that a pod comes twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    /// Something is wrong: one list has each pod once.
    Refused,
    /// Several lists were read one after another. What is on a node by now counts there; a pod that was seen on a node
    /// already is the same one.
    Expected,
}

impl InventoryBuilder {
    /// Takes a pod in: folds it into its node, and keeps it only if some rule may look at it.
    ///
    /// # Errors
    /// [`BuildError`], as for every object.
    pub fn add_pod(&mut self, mut pod: Pod) -> Result<(), BuildError> {
        let identity = identity(Kind::Pod, pod.namespace(), &pod.metadata.name);
        let is_repeat = self.repeats == Repeats::Expected && self.identities.contains(&identity);
        if !is_repeat {
            self.enter(Kind::Pod, pod.namespace(), &pod.metadata.name)?;
        } else if !self.waiting.contains_key(&identity) {
            return Ok(());
        }
        if pod.has_ended() && !is_repeat {
            return Ok(());
        }
        // A pod that an API server has stored is complete; one that was written by hand need not be.
        let host_network = pod.spec.host_network;
        for container in pod.spec.init_containers.iter_mut().chain(&mut pod.spec.containers) {
            container.fill_in(host_network);
        }
        let version = self.inventory.version;
        let load = PodLoad::of(&pod, Measure::Status, version, &mut self.inventory.resources);
        if is_repeat {
            self.forget_waiting(identity, &pod, &load);
        }
        if pod.has_ended() {
            return Ok(());
        }
        if pod.spec.node_name.is_empty() {
            self.waiting.insert(identity, is_in_line(&pod));
            self.add_pending(pod, load);
        } else {
            self.add_bound(pod, &load);
        }
        Ok(())
    }

    /// Takes a pod that waited out of the line. What it asks for does not change while it waits.
    fn forget_waiting(&mut self, identity: (u64, u64), pod: &Pod, load: &PodLoad) {
        if self.waiting.remove(&identity) == Some(true)
            && let Some(tally) = self.inventory.pending.get_mut(&pod.priority())
        {
            tally.pods = tally.pods.saturating_sub(1);
            for (id, amount) in &load.requests {
                tally.requests.add(*id, amount.saturating_neg());
            }
            if tally.pods == 0 {
                self.inventory.pending.remove(&pod.priority());
            }
        }
        let (namespace, name) = (pod.namespace(), &pod.metadata.name);
        self.inventory.untried.retain(|it| it.namespace() != namespace || it.metadata.name != *name);
        self.inventory.nominated.retain(|it| *it.pod.namespace != *namespace || it.name != *name);
    }

    fn add_pending(&mut self, pod: Pod, load: PodLoad) {
        if is_in_line(&pod) {
            let tally = self.inventory.pending.entry(pod.priority()).or_default();
            tally.pods += 1;
            tally.requests.add_all(&load.requests);
        }
        if pod.status.nominated_node_name.is_empty() {
            let gated = !pod.spec.scheduling_gates.is_empty();
            if pod.scheduling_condition().is_none() && !gated && !pod.is_terminating() {
                self.inventory.untried.push(pod);
            }
            return;
        }
        // A gated pod is nominated only by an update that the scheduler sees; one that it finds in its
        // first list is not. Pods that an API server has stored carry the condition from the start.
        if !pod.spec.scheduling_gates.is_empty() && pod.scheduling_condition().is_none() {
            return;
        }
        let node = self.slot(&pod.status.nominated_node_name);
        let nominated = NominatedPod {
            name: pod.metadata.name.clone(),
            scheduler: pod.scheduler().to_owned(),
            priority: pod.priority(),
            load,
            pod: self.watch(pod, node),
        };
        self.inventory.nominated.push(nominated);
    }

    fn add_bound(&mut self, pod: Pod, load: &PodLoad) {
        let node = self.slot(&pod.spec.node_name);
        let fixed = is_fixed(&pod);
        if let Some(slot) = self.slots.get_mut(node) {
            slot.node.now.add(load);
            if fixed {
                slot.node.fixed.add(load);
            }
            if pod.is_terminating() {
                slot.node.terminating.add_all(&load.requests);
            }
        }
        let namespace = self.share(pod.namespace());
        if pod.metadata.labels.contains_key("determined-system")
            && let Some(slot) = self.slots.get_mut(node)
        {
            slot.node.system.push((Arc::clone(&namespace), main_milli_cores(&pod)));
        }
        self.note_holder(node, &namespace, load);
        self.inventory.holders.entry(namespace).or_default().add_all(&load.requests);
        for claim in pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.as_deref()) {
            let key = (pod.namespace().to_owned(), claim.to_owned());
            if self.interest.claims.contains(&key) {
                self.inventory.claims_in_use.insert(key);
            }
        }
        let has_terms = !pod.anti_affinity_terms().is_empty() || !pod.affinity_terms().is_empty();
        if has_terms || self.interest.covers(&pod.metadata.labels) {
            let watched = self.watch(pod, node);
            self.inventory.watched.push(watched);
        }
    }

    /// Notes who holds devices of a node; of what every pod holds there would be too much to note.
    fn note_holder(&mut self, node: usize, namespace: &Arc<str>, load: &PodLoad) {
        let names = &self.inventory.resources;
        let devices = load.requests.iter().filter(|(id, _)| is_extended(names.name(*id)));
        let Some(slot) = self.slots.get_mut(node) else { return };
        for (id, amount) in devices {
            let held = slot.node.holders.iter_mut().find(|(who, what, _)| who == namespace && what == id);
            match held {
                Some((_, _, held)) => *held = held.saturating_add(*amount),
                None => slot.node.holders.push((Arc::clone(namespace), *id, *amount)),
            }
        }
    }

    fn watch(&mut self, pod: Pod, node: usize) -> WatchedPod {
        WatchedPod {
            node,
            count: 1,
            namespace: self.share(pod.namespace()),
            terminating: pod.is_terminating(),
            fixed: is_fixed(&pod),
            affinity: pod.affinity_terms().to_vec(),
            anti_affinity: pod.anti_affinity_terms().to_vec(),
            labels: pod.metadata.labels,
        }
    }
}

/// Whether a pod that waits may be the next one.
fn is_in_line(pod: &Pod) -> bool {
    pod.spec.scheduling_gates.is_empty() && !pod.is_terminating()
}

/// Whether a pod stays as long as its node.
fn is_fixed(pod: &Pod) -> bool {
    pod.metadata.owner_references.iter().any(|owner| matches!(owner.kind.as_str(), "DaemonSet" | "Node"))
}

/// What the main containers ask for together.
fn main_milli_cores(pod: &Pod) -> i64 {
    let asked = pod.spec.containers.iter().filter_map(|container| container.resources.requests.get("cpu"));
    asked.map(|amount| amount.milli()).fold(0, i64::saturating_add)
}

#[cfg(test)]
mod tests {
    use crate::model::inventory::{Interest, Inventory, InventoryBuilder};
    use crate::model::kubernetes_version::KubernetesVersion;
    use crate::model::pod::Pod;
    use serde_json::json;

    fn pod(node: Option<&str>) -> Pod {
        let amounts = json!({"nvidia.com/gpu": "2"});
        let pod = json!({"metadata": {"name": "waiting", "namespace": "default"},
            "spec": {"nodeName": node.unwrap_or_default(), "containers": [{"name": "c", "resources": {"requests": amounts}}]}});
        serde_json::from_value(pod).unwrap()
    }

    fn inventory(seen: &[Option<&str>]) -> Inventory {
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        builder.add_node(serde_json::from_value(json!({"metadata": {"name": "one"}})).unwrap()).unwrap();
        builder.add_node(serde_json::from_value(json!({"metadata": {"name": "two"}})).unwrap()).unwrap();
        builder.has_lists_of_pods();
        for node in seen {
            builder.add_pod(pod(*node)).unwrap();
        }
        builder.finish()
    }

    #[test]
    fn a_pod_that_got_on_a_node_between_two_lists_counts_there_alone() {
        let waiting = inventory(&[None]);
        assert_eq!((waiting.pending.len(), waiting.untried.len(), waiting.nodes[0].now.pods), (1, 1, 0));
        let placed = inventory(&[None, Some("one")]);
        assert_eq!((placed.pending.len(), placed.untried.len(), placed.nodes[0].now.pods), (0, 0, 1));
        assert_eq!(format!("{placed:?}"), format!("{:?}", inventory(&[Some("one")])));
        let seen_twice = inventory(&[Some("one"), Some("one"), None]);
        assert_eq!(format!("{seen_twice:?}"), format!("{placed:?}"), "on the node it counts once");
        let twice_in_line = inventory(&[None, None]);
        assert_eq!((twice_in_line.untried.len(), twice_in_line.pending[&0].pods), (1, 1));
    }

    #[test]
    fn one_list_has_each_pod_once() {
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        builder.add_pod(pod(None)).unwrap();
        assert!(builder.add_pod(pod(Some("one"))).is_err());
    }
}
