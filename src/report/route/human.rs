//! For people: one sentence, the chain, the reasons, what was not checked (scheduling facts §6.2).

use std::collections::BTreeMap;

use super::master_view::{MasterView, without};
use super::room::{free, holders, share_of};
use super::{Answered, Layout, Origin, Routes, ServerSays, admission, verdict_word};
use crate::model::inventory::{Kind, NodeIndex};
use crate::report::capacity::amount;
use crate::report::caveat_words::{chance, remark};
use crate::report::exclusions::Nodes;
use crate::report::hanging::hanging;
use crate::report::scheduler_words;
use crate::report::words::{counted, no_snapshot};
use crate::scheduling::caveat::{Sort, caveats, of_route};
use crate::scheduling::routing::{Namespace, Place, PodPlan, Route, Why};
use crate::scheduling::verdict::{NearestBy, Placement, Verdict};
use crate::scheduling::{Cluster, Refusal};

/// The report, one block a request.
#[must_use]
pub fn human(routes: &Routes<'_>, layout: Layout) -> String {
    let mut text = String::new();
    for (at, answered) in routes.answers.iter().enumerate() {
        if at > 0 {
            text.push('\n');
        }
        Block { routes, answered, layout, text: &mut text, last: "" }.write();
    }
    text
}

struct Block<'a> {
    routes: &'a Routes<'a>,
    answered: &'a Answered<'a>,
    layout: Layout,
    text: &'a mut String,
    /// The title of the line before.
    last: &'static str,
}

/// Columns of the titles.
const INDENT: usize = 12;

impl Block<'_> {
    /// A line under its title, which is not repeated; wrapped to the width.
    fn line(&mut self, title: &'static str, words: &str) {
        let shown = if title == self.last { "" } else { title };
        self.last = if title.is_empty() { self.last } else { title };
        self.wrapped(&format!("{shown:<INDENT$}"), &" ".repeat(INDENT), words);
    }

    fn wrapped(&mut self, first: &str, others: &str, words: &str) {
        self.text.push_str(&hanging(self.layout.width, first, others, words));
    }

    fn write(&mut self) {
        let Answered { workload, answer, .. } = self.answered;
        let word = verdict_word(answer.verdict);
        let name = if workload.name == workload.task.as_str() { String::new() } else { format!("{}: ", workload.name) };
        let summary = self.routes.summary(self.answered);
        self.wrapped("", "", &format!("{word}: {name}{summary}."));
        self.text.push('\n');
        self.way();
        self.master();
        match &answer.plan {
            Some(Ok(plan)) => self.pods(plan),
            Some(Err(error)) => self.line("Pod", &format!("its pod spec cannot be read: {}", error.message)),
            None => {}
        }
        let routes = self.routes;
        let cluster = routes.cluster(self.answered);
        if let (Some(placement), Some(Ok(plan)), Some(cluster)) = (&answer.placement, &answer.plan, cluster) {
            self.views(placement, plan, cluster);
            self.admission(placement, plan);
            self.server();
            self.placement(placement, plan, cluster);
        }
        self.would_fit();
        if let (Some(placement), Some(Ok(plan)), Some(cluster)) = (&answer.placement, &answer.plan, cluster) {
            self.doubts(placement, plan, cluster);
        }
        if let (true, Ok(route)) = (answer.plan.is_some(), &answer.route) {
            for remark in of_route(workload, route).iter().map(remark) {
                self.line("Assumed", &format!("{} ({})", remark.text, remark.direction));
            }
        }
        self.snapshot(cluster);
    }

    fn way(&mut self) {
        let Ok(route) = &self.answered.answer.route else {
            self.line("Route", "none: no pool is named, and the default resource manager has no default");
            return;
        };
        let manager = self.routes.cluster_name(route.manager).to_owned();
        let why = why(route);
        match Routes::config_path(route) {
            Some(path) => {
                self.line("Route", &format!("pool {} -> resource manager {manager} ({why})", route.pool));
                self.line("", &format!("config: {path}"));
            }
            None => {
                self.line("Route", &format!("pool {}: {why}", route.pool));
                let rule = format!(
                    "by the documentation it would go to the default resource manager {manager}, never to an additional one; the master answers with an error instead"
                );
                self.line("", &rule);
                let known = self.routes.known_pools(&route.pool).join(", ");
                self.line("", &format!("pools that exist: {known}"));
            }
        }
    }

    fn master(&mut self) {
        let Answered { workload, answer, .. } = self.answered;
        let messages = self.routes.messages(workload, answer);
        for message in &messages {
            self.line("Master", &format!("refuses: {message}"));
        }
        if let Some((manager, pool, panic)) = answer.panic.filter(|_| !messages.is_empty()) {
            let (pool, manager) = (self.routes.pool_name(manager, pool), self.routes.cluster_name(manager));
            let words = format!(
                "every request makes it list its pools, and it panics at pool {pool} of {manager}: {} has an affinity without nodeAffinity",
                panic.spec.key()
            );
            self.line("", &words);
        }
        if let (true, Some(Ok(cut))) = (messages.is_empty(), &answer.split) {
            let pods = usize::try_from(cut.pods).unwrap_or(0);
            let slots = usize::try_from(cut.slots_per_pod).unwrap_or(0);
            self.line("Master", &format!("accepts: {} of {}", counted(pods, "pod"), counted(slots, "slot")));
        }
    }

    fn pods(&mut self, plan: &PodPlan) {
        let request = match &plan.request {
            Some((resource, amount)) => format!("{resource} {amount} each"),
            None => "nothing asked for by Determined".to_owned(),
        };
        let scheduler = plan.pod.scheduler();
        self.line("Pods", &format!("{request}; priority {}; scheduler {scheduler}", plan.priority));
        if !plan.sources.is_empty() {
            self.line("", &format!("from {}", plan.sources.join(", then ")));
        }
        let namespace = match &plan.namespace {
            Namespace::Bound(name) => format!("{name} (bound to the workspace)"),
            Namespace::OfPool(name) => format!("{name} (kubernetes_namespace of the pool)"),
            Namespace::OfManager(name) => format!("{name} (default_namespace)"),
            Namespace::Default => "default (nothing says another)".to_owned(),
        };
        self.line("Namespace", &namespace);
    }

    /// The master's view of the pool beside the scheduler's.
    fn views(&mut self, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) {
        let allowed = cluster.suitable(placement.now.admitted.as_ref().unwrap_or(&plan.pod));
        let routes = self.routes;
        let nodes = Routes::nodes(cluster);
        match routes.view(self.answered) {
            Some(MasterView::Panics(spec)) => {
                let words =
                    format!("panics when it lists its pools: {} has an affinity without nodeAffinity", spec.key());
                self.line("Views", &format!("the master {words}"));
            }
            Some(MasterView::Nodes(view)) => {
                let count = counted(view.nodes.len(), "node");
                let words = format!(
                    "the master counts {count} with {} to the pool (numAgents {} counts pools with nodes)",
                    counted(usize::try_from(view.slots).unwrap_or(0), "slot"),
                    view.pools_with_nodes
                );
                self.line("Views", &words);
            }
            None => {}
        }
        let all = cluster.inventory().nodes.len();
        let slots = plan
            .request
            .as_ref()
            .and_then(|(resource, _)| share_of(cluster, &placement.now, resource).zip(Some(resource)));
        let slots = slots
            .map(|(share, resource)| format!(" with {} {resource}", amount(resource, share.total)))
            .unwrap_or_default();
        self.line("Views", &format!("the scheduler may use {} of {all} nodes{slots}", allowed.len()));
        if let Some(MasterView::Nodes(view)) = routes.view(self.answered) {
            let (only_master, only_scheduler) = (without(&view.nodes, &allowed), without(&allowed, &view.nodes));
            if !only_master.is_empty() {
                let names = self.some(nodes, &only_master);
                self.line("Views", &format!("only the master counts {names}: these pods cannot go there"));
            }
            if !only_scheduler.is_empty() {
                let names = self.some(nodes, &only_scheduler);
                self.line("Views", &format!("only the scheduler counts {names}: these pods can go there"));
            }
        }
    }

    fn admission(&mut self, placement: &Placement, plan: &PodPlan) {
        for checked in &placement.admission {
            let line = admission::line(checked, &placement.now, plan);
            let turn = if line.status == "unknown" { " (could turn a yes into a no)" } else { "" };
            self.line("Admission", &format!("{} {}: {}{turn}", line.status, line.check, line.detail));
        }
        let created = placement.now.created;
        if placement.now.rejected.is_some() && created > 0 {
            self.line("", &format!("{created} of {} pods are let in and would take their place", plan.split.pods));
        }
    }

    fn server(&mut self) {
        let text = match &self.answered.server {
            None => return,
            Some(ServerSays::Takes) => "takes one of the pods (dry run)".to_owned(),
            Some(ServerSays::Refuses(words)) => format!("refuses one of the pods (dry run): {words}"),
            Some(ServerSays::Unknown(why)) => format!("was not heard (dry run): {why}"),
        };
        self.line("Server", &text);
    }

    fn placement(&mut self, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) {
        let outcome = &placement.now;
        let nodes = Routes::nodes(cluster);
        let most = if placement.is_most() { "at most " } else { "" };
        self.line("Schedule", &format!("{most}{} of {} pods placed now", outcome.placed, plan.split.pods));
        if let Some(refusal) = &outcome.refusal {
            let words = scheduler_words::message(refusal, cluster.resources(), cluster.inventory().version);
            self.line("", &format!("the next: {words}"));
            self.exclusions(refusal, nodes);
        }
        self.rooms(placement, nodes);
        if let Some((resource, _)) = &plan.request
            && let Some(share) = share_of(cluster, outcome, resource)
        {
            let pods = u64::try_from(plan.split.pods).unwrap_or(0);
            self.line("Free", &free(resource, &share, pods));
            if share.terminating > 0 {
                let held = amount(resource, share.terminating);
                self.line("", &format!("{held} of what is taken is held by pods that are being deleted"));
            }
            let allowed = cluster.suitable(outcome.admitted.as_ref().unwrap_or(&plan.pod));
            let holders = holders(cluster, resource, &allowed);
            if !outcome.is_complete() && !holders.is_empty() {
                let held: Vec<String> = holders
                    .iter()
                    .map(|(namespace, units)| format!("{namespace} {}", amount(resource, *units)))
                    .collect();
                self.line("Held by", &format!("namespace {}", held.join(", ")));
            }
        }
        if self.answered.answer.verdict == Verdict::Partial {
            self.line("Note", "not a gang: the placed pods would start and hold their slots while the others wait");
        }
    }

    fn exclusions(&mut self, refusal: &Refusal, nodes: Nodes<'_>) {
        let Refusal::Nodes(exclusions) = refusal else { return };
        for exclusion in exclusions {
            let count = counted(exclusion.nodes.len(), "node");
            let why = nodes.obstacles(exclusion).join("; ");
            self.line("", &format!("{count}: {why}: {}", self.some(nodes, &exclusion.nodes)));
        }
    }

    /// The first names, and how many more there are.
    fn some(&self, nodes: Nodes<'_>, members: &[NodeIndex]) -> String {
        let shown = self.layout.shown_nodes;
        let names: Vec<&str> = members.iter().take(shown).map(|at| nodes.name(*at)).collect();
        match members.len().saturating_sub(shown) {
            0 => names.join(", "),
            more => format!("{} +{more} more", names.join(", ")),
        }
    }

    fn rooms(&mut self, placement: &Placement, nodes: Nodes<'_>) {
        let mut by_room: BTreeMap<u64, Vec<NodeIndex>> = BTreeMap::new();
        for (node, room) in &placement.now.rooms {
            by_room.entry(*room).or_default().push(*node);
        }
        for (room, members) in by_room.iter().rev() {
            let takes = if members.len() == 1 { "takes" } else { "take" };
            let count = counted(members.len(), "node");
            let pods = counted(usize::try_from(*room).unwrap_or(usize::MAX), "pod");
            let each = if members.len() == 1 { "" } else { " each" };
            let names = self.some(nodes, members);
            self.line("Room", &format!("{count} {takes} up to {pods}{each}: {names} (the scheduler chooses)"));
        }
    }

    fn would_fit(&mut self) {
        let answered = self.answered;
        if let Some(nearest) = &answered.nearest {
            let slots = counted(usize::try_from(nearest.split.pods * nearest.split.slots_per_pod).unwrap_or(0), "slot");
            let pods = counted(usize::try_from(nearest.split.pods).unwrap_or(0), "pod");
            let words = match nearest.by {
                NearestBy::Cluster => format!("now: {slots} here, in {pods}"),
                NearestBy::Master => format!("{slots} here, in {pods}, as far as the master is concerned"),
            };
            self.line("Would fit", &words);
        }
        for (manager, pool) in answered.alternatives.iter().take(self.layout.shown_nodes) {
            let words = format!(
                "now: the same in pool \"{}\" of resource manager \"{}\"",
                self.routes.pool_name(*manager, *pool),
                self.routes.cluster_name(*manager)
            );
            self.line("Would fit", &words);
        }
        let routed = matches!(&answered.answer.route, Ok(route) if matches!(route.place, Place::Pool(_)));
        if answered.answer.verdict == Verdict::Routed && routed {
            let words = self.not_looked_at();
            self.line("Not checked", &words);
        }
    }

    /// Why nothing is known of the cluster that the request leads to.
    fn not_looked_at(&self) -> String {
        let (Some(_), Ok(route)) = (&self.answered.answer.plan, &self.answered.answer.route) else {
            return "only Kubernetes clusters are looked at".to_owned();
        };
        let cluster = self.routes.cluster_name(route.manager);
        match self.routes.origins.iter().any(Option::is_some) {
            true => format!("cluster \"{cluster}\": {}", no_snapshot(cluster)),
            false => "the cluster: give --snapshot to ask whether it fits now".to_owned(),
        }
    }

    /// What could turn the answer.
    fn doubts(&mut self, placement: &Placement, plan: &PodPlan, cluster: &Cluster<'_>) {
        for kind in &placement.unread {
            self.line(
                "Not read",
                &format!("{kind}: what fits is at most what is said here (could turn a yes into a no)"),
            );
        }
        for kind in &placement.now.chance {
            self.line("Chance", &chance(kind));
        }
        let priority = placement.now.admitted.as_ref().unwrap_or(&plan.pod).priority();
        let caveats = caveats(&plan.pod, priority, cluster);
        for (title, sort) in [("Not checked", Sort::NotModelled), ("Assumed", Sort::Assumption)] {
            for remark in caveats.iter().filter(|caveat| caveat.sort() == sort).map(remark) {
                self.line(title, &format!("{} ({})", remark.text, remark.direction));
            }
        }
        if let Some(asked) = self.routes.unknown_version {
            let used = cluster.inventory().version;
            self.line("Assumed", &format!("kube-scheduler {asked} is like {used}: its own rules are not known"));
        }
    }

    fn snapshot(&mut self, cluster: Option<&Cluster<'_>>) {
        let Ok(route) = &self.answered.answer.route else { return };
        if let (Some(Some(why)), Place::Pool(_)) = (self.routes.unread.get(route.manager), route.place) {
            self.line("Not read", why);
        }
        let Some(cluster) = cluster else { return };
        let inventory = cluster.inventory();
        let pods = inventory.read.get(&Kind::Pod).copied().unwrap_or(0);
        let (title, origin) = match self.routes.origins.get(route.manager).and_then(Option::as_ref) {
            None => ("Snapshot", String::new()),
            Some(Origin::Snapshot(file)) => ("Snapshot", format!("{}: ", file.display())),
            Some(Origin::Live { name, said }) if said.is_empty() => ("Live", format!("{name}: ")),
            Some(Origin::Live { name, said }) => ("Live", format!("{name}, Kubernetes {said}: ")),
        };
        let nodes = counted(inventory.nodes.len(), "node");
        let pods = match inventory.needless.contains(&Kind::Pod) {
            true => "no pods, which could only add reasons".to_owned(),
            false => counted(usize::try_from(pods).unwrap_or(usize::MAX), "pod"),
        };
        let version = inventory.version;
        self.line(title, &format!("{origin}{nodes}, {pods}; by the rules of kube-scheduler {version}"));
    }
}

fn why(route: &Route) -> &'static str {
    match route.why {
        Why::Named => "named",
        Why::AuxDefault => "no pool named and no slots: the default auxiliary pool",
        Why::ComputeDefault => "no pool named: the default compute pool",
        Why::WorkspaceDefault => "no pool named: the workspace's default pool",
        Why::UndefinedPool => "the configuration does not define it",
    }
}
