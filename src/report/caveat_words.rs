//! What an answer takes for granted, does not look at, or leaves to chance, in words.

use serde::Serialize;

use crate::scheduling::Chance;
use crate::scheduling::caveat::{Caveat, Direction};

/// Something that an answer takes for granted or does not look at.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Remark {
    /// What it is, for programs.
    pub(super) id: &'static str,
    /// What it is.
    pub(super) text: String,
    /// Which answers it could turn.
    pub(super) direction: &'static str,
    /// Whether a yes could be a no in truth.
    pub(super) can_turn_yes_into_no: bool,
    /// Whether a no could be a yes in truth.
    pub(super) can_turn_no_into_yes: bool,
    /// Whether the cluster has it; nothing where nobody looked.
    pub(super) present: Option<bool>,
}

/// Where the real programs draw by lot, in words.
pub(super) fn chance(chance: &Chance) -> String {
    match chance {
        Chance::Defaults(resources) => format!(
            "several LimitRanges default {} differently; the API server draws one for every pod, the first by name is used here",
            resources.join(", ")
        ),
        Chance::QuotaNamed => "several quotas refuse; the API server names any of them, the first by name is given here".to_owned(),
        Chance::LimitRangeNamed => "several LimitRanges refuse; the API server gives the reasons of any of them, those of the first by name stand here".to_owned(),
        Chance::OrderOfViolations => "the API server lists the reasons in any order".to_owned(),
        Chance::ChoiceOfNodes => {
            "a rule couples nodes; where several nodes are equally good the scheduler draws, and that can change the numbers".to_owned()
        }
    }
}

/// A caveat in words.
pub(super) fn remark(caveat: &Caveat) -> Remark {
    let (direction, yes_into_no, no_into_yes) = match caveat.direction() {
        Direction::YesToNo => ("could turn a yes into a no", true, false),
        Direction::NoToYes => ("could turn a no into a yes", false, true),
        Direction::Both => ("could turn the answer either way", true, true),
        Direction::ChoiceOnly => ("changes only which node is chosen", false, false),
        Direction::ReasonsOnly => ("could only add reasons", false, false),
    };
    let (id, text) = words(caveat);
    let unknown = matches!(
        caveat,
        Caveat::AdmissionExtensionsNotRead
            | Caveat::NamespacesNotRead
            | Caveat::PodsNotAllRead
            | Caveat::PodsPassedOver
            | Caveat::LimitsNotRead
            | Caveat::PodsElsewhere { .. }
    );
    Remark {
        id,
        text,
        direction,
        can_turn_yes_into_no: yes_into_no,
        can_turn_no_into_yes: no_into_yes,
        present: (!unknown).then_some(true),
    }
}

fn words(caveat: &Caveat) -> (&'static str, String) {
    match caveat {
        Caveat::OtherScheduler { name } => (
            "other-scheduler",
            format!("the scheduler \"{name}\" filters like kube-scheduler; what it adds is not seen"),
        ),
        Caveat::AdmissionExtensions { count } => {
            ("admission-extensions", format!("{count} admission webhooks and policies"))
        }
        Caveat::PodsElsewhere { nodes } => (
            "pods-elsewhere",
            format!("rules of pods elsewhere: of the {nodes} nodes in question alone they were read"),
        ),
        Caveat::NotReadyUntainted { nodes } => (
            "not-ready-untainted",
            format!("{nodes} nodes are not ready but carry no taint for it; the scheduler still uses them"),
        ),
        Caveat::PendingAhead { pods } => (
            "pending-ahead",
            format!("{pods} pending pods of equal or higher priority go first; they are taken to stay pending"),
        ),
        Caveat::DisabledNodes { nodes } => (
            "disabled-nodes",
            format!("{nodes} nodes are disabled in a Determined cluster; without its id (--cluster-id) they count"),
        ),
        Caveat::NamespaceAnnotations { keys } => (
            "namespace-annotations",
            format!("annotations of the namespace that some API servers obey: {}", keys.join(", ")),
        ),
        Caveat::Queued { queue } => ("queued", format!("the queue \"{queue}\" decides when the pod may be scheduled")),
        other => (id_of(other), plain_words(other).to_owned()),
    }
}

fn id_of(caveat: &Caveat) -> &'static str {
    match caveat {
        Caveat::DefaultProfile => "default-profile",
        Caveat::NodeNameIgnored => "node-name-ignored",
        Caveat::NamespacesNotRead => "namespaces-not-read",
        Caveat::AdmissionExtensionsNotRead => "admission-extensions",
        Caveat::PodsNotAllRead => "pods-not-all-read",
        Caveat::LimitsNotRead => "limits-not-read",
        Caveat::PodsPassedOver => "pods-passed-over",
        Caveat::PoolBindings => "pool-bindings",
        Caveat::NamespaceBinding => "namespace-binding",
        Caveat::ResourceClaims => "resource-claims",
        Caveat::DeviceClasses => "device-classes",
        Caveat::Provisioning => "provisioning",
        Caveat::AttachLimits => "attach-limits",
        Caveat::InlineDisks => "inline-disks",
        Caveat::Autoscaler => "autoscaler",
        Caveat::DeviceTolerations => "device-tolerations",
        Caveat::ComparingTolerations => "comparing-tolerations",
        Caveat::Preferences => "preferences",
        _ => "kubelet-admission",
    }
}

fn plain_words(caveat: &Caveat) -> &'static str {
    match caveat {
        Caveat::DefaultProfile => "kube-scheduler runs its default profile",
        Caveat::NodeNameIgnored => "spec.nodeName would bypass the scheduler and is ignored",
        Caveat::NamespacesNotRead => {
            "Namespaces were not read: tolerations and priority are taken as written, pod security is not checked"
        }
        Caveat::AdmissionExtensionsNotRead => "admission webhooks and policies: none were read",
        Caveat::PodsNotAllRead => "pods that may not be read: what is taken is at least this much",
        Caveat::PodsPassedOver => "pods, as not even the empty cluster takes one",
        Caveat::LimitsNotRead => "quotas and LimitRanges that may not be read",
        Caveat::PoolBindings => "the pool is bound to no other workspace",
        Caveat::NamespaceBinding => "the workspace is bound to no namespace of the cluster (--namespace names one)",
        Caveat::ResourceClaims => "devices that the pod claims",
        Caveat::DeviceClasses => "device classes that can stand in for extended resources",
        Caveat::Provisioning => "volumes that are to be made will be made",
        Caveat::AttachLimits => "attach limits of nodes and capacities of storage",
        Caveat::InlineDisks => "disks that the pod names directly",
        Caveat::Autoscaler => "an autoscaler may add nodes",
        Caveat::DeviceTolerations => "the API server does not add tolerations for requested devices",
        Caveat::ComparingTolerations => "tolerations that compare numbers are off",
        Caveat::Preferences => "preferred affinities and soft spreading",
        _ => "the kubelet's own checks after binding",
    }
}
