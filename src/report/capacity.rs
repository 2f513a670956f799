//! The report of `detctl capacity`, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{admission_words, scheduler_words};
use crate::model::inventory::Inventory;
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;
use crate::scheduling::caveat::{Caveat, Direction, Sort, caveats};
use crate::scheduling::{Chance, Cluster, Copies, Coupling, Ever, NodeReason, Outcome, Refusal};

/// How many node names a line shows before it says how many more there are.
const SHOWN_NODES: usize = 5;

/// What a report is made from.
pub struct Answer<'a> {
    /// The pod as written.
    pub pod: &'a Pod,
    /// The cluster after the submission.
    pub cluster: &'a Cluster<'a>,
    /// What became of the copies.
    pub outcome: &'a Outcome,
    /// Whose words are used.
    pub version: KubernetesVersion,
    /// What was asked for instead of that release, if anything.
    pub version_asked: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    version: u32,
    of: Option<u64>,
    created: u64,
    placed: u64,
    rejected: Option<String>,
    reasons: BTreeMap<String, u64>,
    nodes: Vec<Room<'a>>,
    example: Vec<Share<'a>>,
    depends_on_choice: bool,
    chance: Vec<String>,
    scheduler_version: String,
    assumptions: Vec<Remark>,
    not_modelled: Vec<Remark>,
}

#[derive(Serialize)]
struct Room<'a> {
    name: &'a str,
    room: u64,
}

#[derive(Serialize)]
struct Share<'a> {
    name: &'a str,
    copies: u64,
}

#[derive(Serialize)]
pub(super) struct Remark {
    pub(super) id: &'static str,
    pub(super) text: String,
    pub(super) direction: &'static str,
}

/// The JSON report, with a line break at its end. Members are only ever added.
///
/// # Errors
/// Never in practice: the document has nothing that JSON lacks.
pub fn json(answer: &Answer<'_>) -> Result<String, serde_json::Error> {
    let outcome = answer.outcome;
    let names = answer.cluster.resources();
    let remarks =
        |sort: Sort| -> Vec<Remark> { answer.caveats().iter().filter(|c| c.sort() == sort).map(remark).collect() };
    let document = Document {
        version: 1,
        of: match outcome.asked {
            Copies::Exactly(copies) => Some(copies),
            Copies::AsManyAsFit => None,
        },
        created: outcome.created,
        placed: outcome.placed,
        rejected: answer.rejection(),
        reasons: outcome
            .refusal
            .as_ref()
            .map(|refusal| scheduler_words::histogram(refusal, names, answer.version))
            .unwrap_or_default(),
        nodes: outcome.rooms.iter().map(|(node, room)| Room { name: answer.node(*node), room: *room }).collect(),
        example: outcome
            .example
            .iter()
            .map(|(node, copies)| Share { name: answer.node(*node), copies: *copies })
            .collect(),
        depends_on_choice: outcome.coupling == Coupling::Nodes,
        chance: outcome.chance.iter().map(chance).collect(),
        scheduler_version: answer.version.to_string(),
        assumptions: remarks(Sort::Assumption),
        not_modelled: remarks(Sort::NotModelled),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

/// The report for people.
#[must_use]
pub fn human(answer: &Answer<'_>) -> String {
    let mut text = answer.headline();
    text.push('\n');
    if let Some(rejection) = answer.rejection() {
        let copy = answer.outcome.rejected.as_ref().map_or(0, |rejected| rejected.copy);
        let _ = writeln!(text, "\nNot let in  copy {copy}: {rejection}");
    }
    if let Some(refusal) = &answer.outcome.refusal {
        answer.write_refusal(refusal, &mut text);
    }
    answer.write_room(&mut text);
    for chance in &answer.outcome.chance {
        let _ = writeln!(text, "\nChance      {}", self::chance(chance));
    }
    answer.write_caveats(&mut text);
    text
}

impl<'a> Answer<'a> {
    fn inventory(&self) -> &'a Inventory {
        self.cluster.inventory()
    }

    fn node(&self, at: usize) -> &'a str {
        self.inventory().nodes.get(at).map_or("", |node| &node.name)
    }

    fn caveats(&self) -> Vec<Caveat> {
        let admitted = self.outcome.admitted.as_ref().unwrap_or(self.pod);
        caveats(self.pod, admitted.priority(), self.cluster)
    }

    /// The API server's words for the first copy that it does not let in.
    fn rejection(&self) -> Option<String> {
        let rejected = self.outcome.rejected.as_ref()?;
        let pod = &self.pod.metadata;
        let base = if pod.name.is_empty() { pod.generate_name.trim_end_matches('-') } else { &pod.name };
        Some(admission_words::rejection(&format!("{base}-{}", rejected.copy), &rejected.rejection))
    }

    fn headline(&self) -> String {
        let (placed, name) = (self.outcome.placed, &self.pod.metadata.name);
        let which = format!("of pod \"{name}\" (namespace \"{}\")", self.pod.namespace());
        let mut text = match self.outcome.asked {
            Copies::Exactly(copies) => {
                format!("{placed} of {copies} {} {which} would be placed now", noun(copies, "copy", "copies"))
            }
            Copies::AsManyAsFit => format!("{placed} {} {which} would be placed now", noun(placed, "copy", "copies")),
        };
        let nodes = self.inventory().nodes.len();
        let _ = write!(text, ", on {nodes} {}.", noun(nodes as u64, "node", "nodes"));
        if let Some(asked) = self.version_asked {
            let _ = write!(
                text,
                "\nThe rules of kube-scheduler {asked} are not known; those of {} are used.",
                self.version
            );
        }
        text
    }

    fn write_refusal(&self, refusal: &Refusal, text: &mut String) {
        let message = scheduler_words::message(refusal, self.cluster.resources(), self.version);
        let _ = writeln!(text, "\nThe next    {message}");
        let Refusal::Nodes(nodes) = refusal else {
            return;
        };
        for (reasons, members) in scheduler_words::groups(nodes) {
            let words: Vec<String> = reasons.iter().map(|reason| self.detail(reason, &members)).collect();
            let count = members.len();
            let noun = noun(count as u64, "node ", "nodes");
            let _ = writeln!(text, "{count:>7} {noun}  {}: {}", words.join(", "), self.some(&members));
        }
    }

    /// A reason with the numbers behind it.
    fn detail(&self, reason: &NodeReason, members: &[usize]) -> String {
        let words = scheduler_words::node_reason(reason, self.cluster.resources(), self.version);
        match reason {
            NodeReason::Insufficient { resource, ever } => {
                let free = |at: &usize| {
                    let offered = self.inventory().nodes.get(*at).map_or(0, |node| node.allocatable.get(*resource));
                    let taken = self.cluster.uses().get(*at).map_or(0, |used| used.requested.get(*resource));
                    offered.saturating_sub(taken)
                };
                let most = members.iter().map(free).max().unwrap_or(0).max(0);
                let name = self.cluster.resources().name(*resource);
                let never = if *ever == Ever::Never { ", never enough there" } else { "" };
                format!("{words} (at most {} free{never})", amount(name, most))
            }
            NodeReason::UntoleratedTaint { key, value } => format!("{words} ({key}={value})"),
            _ => words,
        }
    }

    fn some(&self, members: &[usize]) -> String {
        let names: Vec<&str> = members.iter().take(SHOWN_NODES).map(|at| self.node(*at)).collect();
        match members.len().saturating_sub(SHOWN_NODES) {
            0 => names.join(", "),
            more => format!("{}, +{more} more", names.join(", ")),
        }
    }

    fn write_room(&self, text: &mut String) {
        let rooms = &self.outcome.rooms;
        if rooms.is_empty() {
            return;
        }
        let mut by_room: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (node, room) in rooms {
            by_room.entry(*room).or_default().push(*node);
        }
        text.push_str("\nRoom        (the scheduler chooses among them)\n");
        for (room, members) in by_room.iter().rev() {
            let count = members.len();
            let noun = noun(count as u64, "node  takes", "nodes take ");
            let _ = writeln!(text, "{count:>7} {noun} up to {room}: {}", self.some(members));
        }
    }

    fn write_caveats(&self, text: &mut String) {
        let caveats = self.caveats();
        for (title, sort) in [("Assumed", Sort::Assumption), ("Not checked", Sort::NotModelled)] {
            let mut title = Some(title);
            for remark in caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark) {
                let start = if title.is_some() { "\n" } else { "" };
                let _ =
                    writeln!(text, "{start}{:<11} {} ({})", title.take().unwrap_or(""), remark.text, remark.direction);
            }
        }
    }
}

fn noun(count: u64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// An amount in the scheduler's units, as people write it.
pub(super) fn amount(resource: &str, units: i64) -> String {
    const STEPS: [(&str, i64); 4] = [("Ti", 1 << 40), ("Gi", 1 << 30), ("Mi", 1 << 20), ("Ki", 1 << 10)];
    match resource {
        "cpu" if units % 1000 == 0 => (units / 1000).to_string(),
        "cpu" => format!("{units}m"),
        "memory" | "ephemeral-storage" => {
            let step = STEPS.into_iter().find(|(_, step)| units.abs() >= *step);
            step.map_or_else(|| units.to_string(), |(suffix, step)| format!("{}{suffix}", units / step))
        }
        _ => units.to_string(),
    }
}

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

pub(super) fn remark(caveat: &Caveat) -> Remark {
    let direction = match caveat.direction() {
        Direction::YesToNo => "could turn a yes into a no",
        Direction::NoToYes => "could turn a no into a yes",
        Direction::Both => "could turn the answer either way",
        Direction::ChoiceOnly => "changes only which node is chosen",
    };
    let (id, text) = match caveat {
        Caveat::DefaultProfile => ("default-profile", "kube-scheduler runs its default profile".to_owned()),
        Caveat::OtherScheduler { name } => {
            ("other-scheduler", format!("the scheduler \"{name}\" filters like kube-scheduler"))
        }
        Caveat::NodeNameIgnored => {
            ("node-name-ignored", "spec.nodeName would bypass the scheduler and is ignored".to_owned())
        }
        Caveat::NamespacesNotRead => (
            "namespaces-not-read",
            "the snapshot has no Namespaces: tolerations and priority are taken as written, pod security is not checked".to_owned(),
        ),
        Caveat::AdmissionExtensions { count } => {
            ("admission-extensions", format!("{count} admission webhooks and policies"))
        }
        Caveat::AdmissionExtensionsNotRead => {
            ("admission-extensions", "admission webhooks and policies: the snapshot has none".to_owned())
        }
        Caveat::NotReadyUntainted { nodes } => (
            "not-ready-untainted",
            format!("{nodes} nodes are not ready but carry no taint for it; the scheduler still uses them"),
        ),
        Caveat::PendingAhead { pods } => {
            ("pending-ahead", format!("{pods} pending pods of equal or higher priority stay pending"))
        }
        Caveat::ResourceClaims => ("resource-claims", "devices that the pod claims".to_owned()),
        Caveat::DeviceClasses => ("device-classes", "device classes that can stand in for extended resources".to_owned()),
        _ => return more_remark(caveat, direction),
    };
    Remark { id, text, direction }
}

fn more_remark(caveat: &Caveat, direction: &'static str) -> Remark {
    let (id, text) = match caveat {
        Caveat::Provisioning => ("provisioning", "volumes that are to be made will be made"),
        Caveat::AttachLimits => ("attach-limits", "attach limits of nodes and capacities of storage"),
        Caveat::InlineDisks => ("inline-disks", "disks that the pod names directly"),
        Caveat::Autoscaler => ("autoscaler", "an autoscaler may add nodes"),
        Caveat::DeviceTolerations => {
            ("device-tolerations", "the API server does not add tolerations for requested devices")
        }
        Caveat::Preferences => ("preferences", "preferred affinities and soft spreading"),
        _ => ("kubelet-admission", "the kubelet's own checks after binding"),
    };
    Remark { id, text: text.to_owned(), direction }
}
