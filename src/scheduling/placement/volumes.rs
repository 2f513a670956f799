//! VolumeRestrictions, VolumeBinding and VolumeZone, for claims.
//!
//! Not looked at: storage capacities, attach limits, and disks named directly in a pod.

use std::collections::{BTreeMap, BTreeSet};

use super::{Surroundings, claim_reason};
use crate::model::inventory::{Inventory, InventoryNode, Kind, NodeIndex};
use crate::model::pod::Pod;
use crate::model::selector::LabelSet as _;
use crate::model::storage::{StorageClass, Volume, VolumeClaim};
use crate::scheduling::reason::{ClaimState, NodeReason, NodeReasons, PodReason};

/// What claims have been tied to by placed pods: by namespace and name of the claim.
pub type Bindings = BTreeMap<(String, String), Binding>;

/// What a claim has been tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A volume that exists.
    Volume(String),
    /// A volume that will be made for this node.
    MadeFor(NodeIndex),
}

/// The claims of a pod held against the nodes.
pub(super) struct Volumes {
    refusals: Vec<NodeReasons>,
    /// What a placement on a node ties the waiting claims to.
    bindings: Vec<Bindings>,
    for_one_pod: bool,
    in_use: bool,
}

impl Volumes {
    /// Checks the claims as a whole, then every node.
    ///
    /// # Errors
    /// A claim keeps the pod from being tried at all.
    pub(super) fn new(around: Surroundings<'_>, pod: &Pod) -> Result<Self, PodReason> {
        let mut volumes = Self { refusals: Vec::new(), bindings: Vec::new(), for_one_pod: false, in_use: false };
        let has_claims = pod.spec.volumes.iter().any(|v| v.claim_name.is_some() || v.source == "ephemeral");
        if !has_claims {
            return Ok(volumes);
        }
        let claims = Claims::of(around, pod)?;
        volumes.for_one_pod = claims.all.iter().any(|(_, claim)| claim.is_for_one_pod());
        volumes.in_use =
            claims.all.iter().any(|(key, claim)| claim.is_for_one_pod() && around.claims_in_use.contains(key));
        let waits = !claims.waiting.is_empty();
        for (at, node) in around.inventory.nodes.iter().enumerate() {
            let verdict = claims.look_at(around.inventory, at, node);
            if waits {
                volumes.bindings.push(verdict.as_ref().cloned().unwrap_or_default());
            }
            volumes.refusals.push(verdict.err().unwrap_or_default());
        }
        Ok(volumes)
    }

    /// Whether a copy changes where the next one may go.
    pub(super) fn couple_copies(&self) -> bool {
        self.for_one_pod || !self.bindings.is_empty()
    }

    /// Whether at most one copy can run at all.
    pub(super) fn allow_one_copy(&self) -> bool {
        self.for_one_pod
    }

    /// Takes over what an earlier look at the same claims has seen.
    pub(super) fn after(mut self, earlier: &Self) -> Self {
        self.in_use |= earlier.in_use;
        self
    }

    /// Why the claims keep the pod from a node.
    pub(super) fn refusals(&self, node: NodeIndex) -> NodeReasons {
        if self.in_use {
            return vec![NodeReason::ClaimInUse];
        }
        self.refusals.get(node).cloned().unwrap_or_default()
    }

    /// Ties waiting claims and takes claims for one pod.
    pub(super) fn place(&mut self, node: NodeIndex) -> Bindings {
        self.in_use |= self.for_one_pod;
        self.bindings.get(node).cloned().unwrap_or_default()
    }
}

type Key = (String, String);

/// The claims of a pod, sorted out.
struct Claims<'a> {
    all: Vec<(Key, &'a VolumeClaim)>,
    bound: Vec<&'a Volume>,
    /// Claims whose volume is to be made for one node.
    fixed: Vec<(&'a VolumeClaim, Option<NodeIndex>)>,
    waiting: Vec<(Key, &'a VolumeClaim)>,
    taken: BTreeSet<&'a str>,
}

impl<'a> Claims<'a> {
    /// In the scheduler's order: missing claims first, then claims in a bad state, then unbound ones,
    /// then volumes that are gone.
    fn of(around: Surroundings<'a>, pod: &Pod) -> Result<Self, PodReason> {
        let inventory = around.inventory;
        let find = |name: &str| inventory.claims.get_key_value(&(pod.namespace().to_owned(), name.to_owned()));
        for name in pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.as_deref()) {
            if find(name).is_none() && !inventory.is_unread(Kind::VolumeClaim) {
                return Err(claim_reason(name, ClaimState::Missing));
            }
        }
        let mut all = Vec::new();
        for volume in &pod.spec.volumes {
            let name = match &volume.claim_name {
                Some(name) => name.clone(),
                None if volume.source == "ephemeral" => {
                    format!("{}-{}", pod.metadata.name, volume.name)
                }
                None => continue,
            };
            let is_ephemeral = volume.claim_name.is_none();
            let Some((key, claim)) = find(&name) else {
                if inventory.is_unread(Kind::VolumeClaim) {
                    continue;
                }
                return Err(claim_reason(&name, ClaimState::NotYetMade));
            };
            check_state(claim, &name)?;
            if is_ephemeral {
                // It is there before the pod is, so it cannot have been made for the pod.
                let (namespace, pod) = (pod.namespace().to_owned(), pod.metadata.name.clone());
                return Err(claim_reason(&name, ClaimState::OfAnother { namespace, pod }));
            }
            all.push((key.clone(), claim));
        }
        Self::sort_out(around, all)
    }

    fn sort_out(around: Surroundings<'a>, all: Vec<(Key, &'a VolumeClaim)>) -> Result<Self, PodReason> {
        let inventory = around.inventory;
        let mut claims =
            Self { all, bound: Vec::new(), fixed: Vec::new(), waiting: Vec::new(), taken: BTreeSet::new() };
        let mut tied = Vec::new();
        let mut immediate = false;
        for (key, claim) in &claims.all {
            match around.bindings.get(key) {
                Some(Binding::Volume(name)) => tied.push((claim, name.as_str())),
                Some(Binding::MadeFor(node)) => claims.fixed.push((claim, Some(*node))),
                None if claim.is_bound() => tied.push((claim, claim.spec.volume_name.as_str())),
                None if waits(claim, inventory) => match claim.selected_node() {
                    Some(name) => {
                        let node = inventory.nodes.iter().position(|node| *node.name == *name);
                        claims.fixed.push((claim, node));
                    }
                    None => claims.waiting.push((key.clone(), claim)),
                },
                None if is_of_unknown_class(claim, inventory) => {}
                None => immediate = true,
            }
        }
        if immediate {
            return Err(PodReason::UnboundImmediateClaim);
        }
        for (claim, name) in tied {
            let Some(volume) = inventory.volumes.get(name) else {
                if inventory.is_unread(Kind::Volume) {
                    continue;
                }
                let state = ClaimState::VolumeMissing { volume: name.to_owned() };
                return Err(claim_reason(&claim.metadata.name, state));
            };
            claims.bound.push(volume);
        }
        let ties = around.bindings.values().filter_map(|binding| match binding {
            Binding::Volume(name) => Some(name.as_str()),
            Binding::MadeFor(_) => None,
        });
        claims.taken = ties.collect();
        claims.waiting.sort_by_key(|(_, claim)| claim.size());
        Ok(claims)
    }

    /// What a placement on a node would tie the waiting claims to, or why it cannot be: bound and waiting claims each
    /// give a reason.
    fn look_at(&self, inventory: &Inventory, at: NodeIndex, node: &InventoryNode) -> Result<Bindings, NodeReasons> {
        let mut reasons = NodeReasons::new();
        if !self.bound.iter().all(|volume| can_be_reached(volume, node)) {
            reasons.push(NodeReason::VolumeNodeAffinity);
        }
        let bindings = self.bind(inventory, at, node);
        if bindings.is_none() {
            reasons.push(NodeReason::NoVolumeToBind);
        }
        if reasons.is_empty() && !self.bound.iter().all(|volume| lies_in_zone(volume, node)) {
            reasons.push(NodeReason::VolumeZone);
        }
        if reasons.is_empty() { Ok(bindings.unwrap_or_default()) } else { Err(reasons) }
    }

    /// What the waiting claims would be tied to on a node; nothing when there is not a volume for each.
    fn bind(&self, inventory: &Inventory, at: NodeIndex, node: &InventoryNode) -> Option<Bindings> {
        if self.fixed.iter().any(|(_, made_for)| *made_for != Some(at)) {
            return None;
        }
        let mut bindings = Bindings::new();
        let mut chosen = self.taken.clone();
        let mut to_make: Vec<&VolumeClaim> = self.fixed.iter().map(|(claim, _)| *claim).collect();
        for (key, claim) in &self.waiting {
            if let Some(volume) = smallest_match(claim, key, node, inventory, &chosen) {
                chosen.insert(&volume.metadata.name);
                bindings.insert(key.clone(), Binding::Volume(volume.metadata.name.clone()));
            } else {
                to_make.push(claim);
                bindings.insert(key.clone(), Binding::MadeFor(at));
            }
        }
        to_make.iter().all(|claim| can_be_made(claim, node, inventory)).then_some(bindings)
    }
}

fn check_state(claim: &VolumeClaim, name: &str) -> Result<(), PodReason> {
    if claim.status.phase == "Lost" {
        return Err(claim_reason(name, ClaimState::Lost { volume: claim.spec.volume_name.clone() }));
    }
    if claim.metadata.deletion_timestamp.is_some() {
        return Err(claim_reason(name, ClaimState::BeingDeleted));
    }
    Ok(())
}

fn class_of<'a>(claim: &VolumeClaim, inventory: &'a Inventory) -> Option<&'a StorageClass> {
    inventory.storage_classes.get(claim.class())
}

fn waits(claim: &VolumeClaim, inventory: &Inventory) -> bool {
    claim.spec.volume_name.is_empty() && class_of(claim, inventory).is_some_and(StorageClass::waits_for_consumer)
}

/// Whether nobody looked whether the claim waits for a pod.
fn is_of_unknown_class(claim: &VolumeClaim, inventory: &Inventory) -> bool {
    claim.spec.volume_name.is_empty() && !claim.class().is_empty() && inventory.is_unread(Kind::StorageClass)
}

fn can_be_reached(volume: &Volume, node: &InventoryNode) -> bool {
    let required = volume.spec.node_affinity.as_ref().and_then(|affinity| affinity.required.as_ref());
    required.is_none_or(|selector| selector.matches("", &node.labels))
}

fn smallest_match<'a>(
    claim: &VolumeClaim,
    key: &Key,
    node: &InventoryNode,
    inventory: &'a Inventory,
    chosen: &BTreeSet<&str>,
) -> Option<&'a Volume> {
    let mut smallest: Option<&Volume> = None;
    for volume in inventory.volumes.values().filter(|volume| volume.class() == claim.class()) {
        let promised = volume.spec.claim_ref.as_ref().map(|to| {
            let same = to.uid.is_empty() || to.uid == claim.metadata.uid;
            same && (&to.namespace, &to.name) == (&key.0, &key.1)
        });
        let big_enough = volume.size() >= claim.size()
            && mode(volume.spec.volume_mode.as_ref()) == mode(claim.spec.volume_mode.as_ref())
            && volume.spec.volume_attributes_class_name == claim.spec.volume_attributes_class_name;
        if chosen.contains(volume.metadata.name.as_str()) || promised == Some(false) || !big_enough {
            continue;
        }
        if volume.metadata.deletion_timestamp.is_some() {
            continue;
        }
        if promised == Some(true) {
            return can_be_reached(volume, node).then_some(volume);
        }
        let free = volume.status.phase.is_empty() || volume.status.phase == "Available";
        let labelled = claim.spec.selector.as_ref().is_none_or(|s| s.matches(&volume.metadata.labels));
        let modes = claim.spec.access_modes.iter().all(|mode| volume.spec.access_modes.contains(mode));
        if free
            && labelled
            && modes
            && can_be_reached(volume, node)
            && smallest.is_none_or(|s| volume.size() < s.size())
        {
            smallest = Some(volume);
        }
    }
    smallest
}

fn mode(written: Option<&String>) -> &str {
    written.map_or("Filesystem", String::as_str)
}

fn can_be_made(claim: &VolumeClaim, node: &InventoryNode, inventory: &Inventory) -> bool {
    let Some(class) = class_of(claim, inventory) else {
        return false;
    };
    let allowed = class.allowed_topologies.is_empty()
        || class.allowed_topologies.iter().any(|term| {
            term.match_label_expressions.iter().all(|requirement| {
                node.labels.label(&requirement.key).is_some_and(|value| requirement.values.iter().any(|v| v == value))
            })
        });
    class.can_provision() && allowed
}

const ZONES: [(&str, &str); 4] = [
    ("failure-domain.beta.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("failure-domain.beta.kubernetes.io/region", "topology.kubernetes.io/region"),
    ("topology.kubernetes.io/zone", "topology.kubernetes.io/zone"),
    ("topology.kubernetes.io/region", "topology.kubernetes.io/region"),
];

/// Whether the zone labels of a volume agree with a node that has any. Several zones are joined by `__`.
fn lies_in_zone(volume: &Volume, node: &InventoryNode) -> bool {
    if !ZONES.iter().any(|(key, _)| node.labels.label(key).is_some()) {
        return true;
    }
    ZONES.iter().all(|(key, today)| {
        let Some(zones) = volume.metadata.labels.get(*key) else {
            return true;
        };
        let zone = node.labels.label(key).or_else(|| node.labels.label(today));
        zone.is_some_and(|zone| zones.split("__").any(|one| one == zone))
    })
}
