//! The report of `detctl capacity`, for people and for programs.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::caveat_words::{Remark, chance, remark};
use super::exclusions::Nodes;
use super::hanging::hanging;
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

/// The report for people, for a terminal of so many columns.
#[must_use]
pub fn human(answer: &Answer<'_>, width: usize) -> String {
    let mut sheet = Sheet { text: String::new(), width };
    answer.headlines().iter().for_each(|headline| sheet.line("", headline));
    if let Some(rejection) = answer.rejection() {
        let copy = answer.outcome.rejected.as_ref().map_or(0, |rejected| rejected.copy);
        sheet.paragraph("Not let in  ", &format!("copy {copy}: {rejection}"));
    }
    if let Some(refusal) = &answer.outcome.refusal {
        answer.write_refusal(refusal, &mut sheet);
    }
    answer.write_room(&mut sheet);
    for chance in &answer.outcome.chance {
        sheet.paragraph("Chance      ", &self::chance(chance));
    }
    answer.write_caveats(&mut sheet);
    sheet.text
}

/// A report that grows line by line.
struct Sheet {
    text: String,
    width: usize,
}

impl Sheet {
    /// Words behind a title, wrapped.
    fn line(&mut self, title: &str, words: &str) {
        let others = " ".repeat(title.chars().count());
        self.text.push_str(&hanging(self.width, title, &others, words));
    }

    /// The same after an empty line.
    fn paragraph(&mut self, title: &str, words: &str) {
        self.text.push('\n');
        self.line(title, words);
    }
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

    fn headlines(&self) -> Vec<String> {
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
        text.push_str(&format!(", on {nodes} {}.", noun(nodes as u64, "node", "nodes")));
        let unknown = self.version_asked.map(|asked| {
            format!("The rules of kube-scheduler {asked} are not known; those of {} are used.", self.version)
        });
        [text].into_iter().chain(unknown).collect()
    }

    fn write_refusal(&self, refusal: &Refusal, sheet: &mut Sheet) {
        let message = scheduler_words::message(refusal, self.cluster.resources(), self.version);
        sheet.paragraph("The next    ", &message);
        let Refusal::Nodes(exclusions) = refusal else {
            return;
        };
        let nodes = Nodes { cluster: self.cluster, version: self.version };
        for exclusion in exclusions {
            let count = exclusion.nodes.len();
            let noun = noun(count as u64, "node ", "nodes");
            let why = nodes.obstacles(exclusion).join("; ");
            sheet.line(&format!("{count:>7} {noun}  "), &format!("{why}: {}", self.some(&exclusion.nodes)));
        }
    }

    fn some(&self, members: &[usize]) -> String {
        let names: Vec<&str> = members.iter().take(SHOWN_NODES).map(|at| self.node(*at)).collect();
        match members.len().saturating_sub(SHOWN_NODES) {
            0 => names.join(", "),
            more => format!("{}, +{more} more", names.join(", ")),
        }
    }

    fn write_room(&self, sheet: &mut Sheet) {
        let rooms = &self.outcome.rooms;
        if rooms.is_empty() {
            return;
        }
        let mut by_room: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (node, room) in rooms {
            by_room.entry(*room).or_default().push(*node);
        }
        sheet.paragraph("Room        ", "(the scheduler chooses among them)");
        for (room, members) in by_room.iter().rev() {
            let count = members.len();
            let noun = noun(count as u64, "node  takes", "nodes take ");
            sheet.line(&format!("{count:>7} {noun} "), &format!("up to {room}: {}", self.some(members)));
        }
    }

    fn write_caveats(&self, sheet: &mut Sheet) {
        let caveats = self.caveats();
        for (title, sort) in [("Assumed", Sort::Assumption), ("Not checked", Sort::NotModelled)] {
            for (at, remark) in caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark).enumerate() {
                let words = format!("{} ({})", remark.text, remark.direction);
                match at {
                    0 => sheet.paragraph(&format!("{title:<12}"), &words),
                    _ => sheet.line(&" ".repeat(12), &words),
                }
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
