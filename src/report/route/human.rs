//! For people: one sentence, the chain, the reasons, what was not checked (scheduling facts §6.2).

use std::fmt::Write as _;

use super::room::room;
use super::{Answered, Routes, master_messages, verdict_word};
use crate::model::inventory::Kind;
use crate::report::capacity::{amount, chance, remark};
use crate::report::{admission_words, scheduler_words};
use crate::scheduling::caveat::{Sort, caveats};
use crate::scheduling::routing::{Namespace, Place, PodPlan, Why};
use crate::scheduling::verdict::{Placement, Verdict};
use crate::scheduling::{Cluster, Refusal};

/// The report, one block a request.
#[must_use]
pub fn human(routes: &Routes<'_>) -> String {
    let mut text = String::new();
    for (at, answered) in routes.answers.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        Block { routes, answered, text: &mut text, last: "" }.write();
    }
    text
}

struct Block<'a> {
    routes: &'a Routes<'a>,
    answered: &'a Answered<'a>,
    text: &'a mut String,
    /// The title of the line before.
    last: &'static str,
}

impl Block<'_> {
    /// A line under its title, which is not repeated.
    fn line(&mut self, title: &'static str, words: &str) {
        let shown = if title == self.last { "" } else { title };
        self.last = if title.is_empty() { self.last } else { title };
        let _ = writeln!(self.text, "{shown:<11} {words}");
    }

    fn write(&mut self) {
        let Answered { workload, answer, .. } = self.answered;
        let word = verdict_word(answer.verdict);
        let summary = self.routes.summary(self.answered);
        let _ = writeln!(self.text, "{word}: {}: {summary}.\n", crate::report::line(&workload.name));
        self.way();
        for message in master_messages(self.routes.config, workload, answer) {
            self.line("Master", &format!("refuses: {message}"));
        }
        if let Some(Ok(plan)) = &answer.plan {
            self.pods(plan);
        }
        if let Some(Err(error)) = &answer.plan {
            self.line("Pod", &format!("its pod spec cannot be read: {}", error.message));
        }
        let manager = answer.route.as_ref().map_or(0, |route| route.manager);
        let cluster = self.routes.clusters.get(manager).and_then(Option::as_ref);
        if let (Some(placement), Some(Ok(plan)), Some(cluster)) = (&answer.placement, &answer.plan, cluster) {
            self.placement(placement, plan, cluster);
        }
        self.alternatives();
    }

    fn way(&mut self) {
        let answer = &self.answered.answer;
        let Ok(route) = &answer.route else {
            self.line("Route", "none");
            return;
        };
        let why = match route.why {
            Why::Named => "named",
            Why::AuxDefault => "no pool named and no slots: the default auxiliary pool",
            Why::ComputeDefault => "no pool named: the default compute pool",
            Why::WorkspaceDefault => "no pool named: the workspace's default pool",
            Why::UndefinedPool => "a pool that the configuration does not define",
        };
        let manager = self.routes.cluster_name(route.manager).to_owned();
        self.line("Route", &format!("pool {} -> resource manager {manager} ({why})", route.pool));
        match Routes::config_path(route) {
            Some(path) => self.line("", &format!("config: {path}")),
            None => {
                let rule = "undefined pools go to the default resource manager by the documentation, never to an additional one";
                self.line("", rule);
                let known = self.routes.known_pools(&route.pool).join(", ");
                self.line("", &format!("pools that exist: {known}"));
            }
        }
    }

    fn pods(&mut self, plan: &PodPlan) {
        let request = match &plan.request {
            Some((resource, amount)) => format!("{resource} {amount} each"),
            None => "nothing asked for by Determined".to_owned(),
        };
        let pods = plan.split.pods;
        let noun = if pods == 1 { "pod" } else { "pods" };
        let slots = plan.split.slots_per_pod;
        let unit = if slots == 1 { "slot" } else { "slots" };
        self.line("Pods", &format!("{pods} {noun} of {slots} {unit}, {request}"));
        let namespace = match &plan.namespace {
            Namespace::Bound(name) => format!("{name} (bound to the workspace)"),
            Namespace::OfManager(name) => format!("{name} (default_namespace)"),
            Namespace::Default => "default (nothing says another)".to_owned(),
        };
        self.line("Namespace", &namespace);
        if !plan.sources.is_empty() {
            self.line("Pod spec", &plan.sources.join(", then "));
        }
        self.line("Priority", &plan.priority.to_string());
    }

    fn placement(&mut self, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) {
        let outcome = &placement.now;
        if let Some(rejected) = &outcome.rejected {
            let name = format!("{}-{}", plan.pod.metadata.name, rejected.copy);
            self.line("Admission", &admission_words::rejection(&name, &rejected.rejection));
        }
        self.line("Schedule", &format!("{}/{} pods placed now", outcome.placed, plan.split.pods));
        if let Some(refusal) = &outcome.refusal {
            self.refusal(refusal, cluster);
        }
        self.nodes(placement, cluster);
        self.free(placement, plan, cluster);
        if self.answered.answer.verdict == Verdict::Partial {
            self.line("Note", "not a gang: the placed pods would start and hold their slots while the others wait");
        }
        for kind in &placement.unread {
            let words = match kind {
                Kind::Pod => "at most this many fit, as what is taken is not all known",
                _ => "without them nothing can be said about room",
            };
            self.line("Not read", &format!("{kind:?}s: {words}"));
        }
        for kind in &placement.unread_admission {
            self.line("Not read", &format!("{kind:?}s (could turn a yes into a no)"));
        }
        for kind in &outcome.chance {
            self.line("Chance", &chance(kind));
        }
        let priority = i32::try_from(plan.priority).unwrap_or(i32::MAX);
        let caveats = caveats(&plan.pod, priority, cluster);
        for (title, sort) in [("Assumed", Sort::Assumption), ("Not checked", Sort::NotModelled)] {
            for remark in caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark) {
                self.line(title, &format!("{} ({})", remark.text, remark.direction));
            }
        }
    }

    fn refusal(&mut self, refusal: &Refusal, cluster: &Cluster<'_>) {
        let words = scheduler_words::message(refusal, cluster.resources(), self.routes.version);
        self.line("The next", &words);
        let Refusal::Nodes(nodes) = refusal else { return };
        for (reasons, members) in scheduler_words::groups(nodes) {
            let words: Vec<String> = reasons
                .iter()
                .map(|reason| scheduler_words::node_reason(reason, cluster.resources(), self.routes.version))
                .collect();
            let names = self.some(members.iter().map(|at| self.name(cluster, *at)).collect());
            self.line("", &format!("{}: {names}", words.join(", ")));
        }
    }

    fn name(&self, cluster: &Cluster<'_>, at: usize) -> String {
        cluster.inventory().nodes.get(at).map_or_else(String::new, |node| node.name.to_string())
    }

    /// The first names, and how many more there are.
    fn some(&self, names: Vec<String>) -> String {
        let shown = self.routes.shown_nodes;
        let more = names.len().saturating_sub(shown);
        let listed = names.into_iter().take(shown).collect::<Vec<_>>().join(", ");
        if more > 0 { format!("{listed} +{more} more") } else { listed }
    }

    fn nodes(&mut self, placement: &Placement, cluster: &Cluster<'_>) {
        let rooms = &placement.now.rooms;
        if !rooms.is_empty() {
            let names = rooms.iter().map(|(at, room)| format!("{} ({room})", self.name(cluster, *at))).collect();
            let line = format!("pods that each node takes: {} (the scheduler chooses)", self.some(names));
            self.line("Room", &line);
        }
    }

    fn free(&mut self, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) {
        let Some((resource, _)) = &plan.request else { return };
        let Some(room) = room(cluster, &placement.now, resource) else { return };
        let show = |units: i64| amount(resource, units);
        let free = format!(
            "{} {resource} free on {} nodes, 1 node has {}; the largest node has {} in all",
            show(room.free),
            room.nodes,
            show(room.largest_free),
            show(room.largest)
        );
        self.line("Free", &free);
        if room.terminating > 0 {
            self.line("", &format!("{} more are held by pods that are being deleted", show(room.terminating)));
        }
        if !placement.now.is_complete() && !room.holders.is_empty() {
            let holders: Vec<String> =
                room.holders.iter().map(|(namespace, units)| format!("{namespace} {}", show(*units))).collect();
            self.line("Held by", &holders.join(", "));
        }
    }

    fn alternatives(&mut self) {
        let answered = self.answered;
        let placed = answered.answer.placement.as_ref().map_or(0, |placement| placement.now.placed);
        if let (Verdict::Partial, Some(Ok(plan))) = (answered.answer.verdict, &answered.answer.plan) {
            let slots = i64::try_from(placed).unwrap_or(i64::MAX).saturating_mul(plan.split.slots_per_pod);
            self.line("Would fit", &format!("{slots} slots here"));
        }
        for (manager, pool) in answered.alternatives.iter().take(self.routes.shown_nodes) {
            let names = self.routes.config.managers.get(*manager).and_then(|manager| manager.pools.get(*pool));
            let pool = names.map_or("", |pool| &pool.name.value).to_owned();
            let manager = self.routes.cluster_name(*manager).to_owned();
            self.line("Would fit", &format!("pool \"{pool}\" of resource manager \"{manager}\""));
        }
        if matches!(&answered.answer.route, Ok(route) if matches!(route.place, Place::Pool(_)))
            && answered.answer.placement.is_none()
        {
            self.line("Not checked", "the cluster: give --snapshot to ask whether it fits now");
        }
    }
}
