//! The report of `detctl capacity`, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use super::caveat_words::{Remark, chance, remark};
use super::exclusions::Nodes;
use super::{admission_words, scheduler_words};
use crate::model::inventory::{Inventory, Kind};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;
use crate::scheduling::caveat::{Caveat, Sort, caveats, of_unread};
use crate::scheduling::{Cluster, Copies, Coupling, Outcome, Refusal};

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
    placed_is: &'static str,
    chance: Vec<String>,
    scheduler_version: String,
    exclusions: Vec<Value>,
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
        placed_is: if answer.inventory().is_unread(Kind::Pod) { "at most" } else { "exact" },
        chance: outcome.chance.iter().map(chance).collect(),
        scheduler_version: answer.version.to_string(),
        exclusions: answer.exclusions(),
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
        let mut caveats = caveats(self.pod, admitted.priority(), self.cluster);
        caveats.extend(of_unread(self.inventory()));
        caveats.sort();
        caveats
    }

    /// The API server's words for the first copy that it does not let in.
    fn rejection(&self) -> Option<String> {
        let rejected = self.outcome.rejected.as_ref()?;
        let pod = &self.pod.metadata;
        let base = if pod.name.is_empty() { pod.generate_name.trim_end_matches('-') } else { &pod.name };
        Some(admission_words::rejection(&format!("{base}-{}", rejected.copy), &rejected.rejection))
    }

    /// Why the nodes refuse one more copy, group by group.
    fn exclusions(&self) -> Vec<Value> {
        let Some(Refusal::Nodes(exclusions)) = &self.outcome.refusal else { return Vec::new() };
        let nodes = Nodes { cluster: self.cluster, version: self.version };
        let names = self.cluster.resources();
        let asked = |resource: &str| {
            let share = self.outcome.shares.iter().find(|share| names.name(share.resource) == resource);
            share.map(|share| share.asked)
        };
        exclusions.iter().map(|exclusion| nodes.json(exclusion, asked)).collect()
    }

    fn headline(&self) -> String {
        let (placed, name) = (self.outcome.placed, &self.pod.metadata.name);
        let which = format!("of pod \"{name}\" (namespace \"{}\")", self.pod.namespace());
        let most = if self.inventory().is_unread(Kind::Pod) { "at most " } else { "" };
        let mut text = match self.outcome.asked {
            Copies::Exactly(copies) => {
                format!("{most}{placed} of {copies} {} {which} would be placed now", noun(copies, "copy", "copies"))
            }
            Copies::AsManyAsFit => {
                format!("{most}{placed} {} {which} would be placed now", noun(placed, "copy", "copies"))
            }
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
        let Refusal::Nodes(exclusions) = refusal else {
            return;
        };
        let nodes = Nodes { cluster: self.cluster, version: self.version };
        for exclusion in exclusions {
            let count = exclusion.nodes.len();
            let noun = noun(count as u64, "node ", "nodes");
            let why = nodes.obstacles(exclusion).join("; ");
            let _ = writeln!(text, "{count:>7} {noun}  {why}: {}", self.some(&exclusion.nodes));
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
