//! A tree for terminals and pipes.

use std::fmt::Write as _;

use textwrap::{Options, WordSplitter};

use super::picture::{Card, ClusterView, Fact, Origin, Picture, sees_settings};
use super::remarks::Remark;
use super::routes::RouteRow;
use crate::report::words::counted;

/// Columns of the names of settings.
const LABEL: usize = 17;

/// The tree, no line longer than `width` where words allow it.
#[must_use]
pub fn text(picture: &Picture<'_>, width: usize) -> String {
    let mut tree = Tree { text: String::new(), width: width.clamp(40, 120) };
    tree.head(picture);
    for cluster in &picture.clusters {
        tree.cluster(picture, cluster);
    }
    tree.routes(picture);
    tree.remarks(picture);
    tree.text
}

struct Tree {
    text: String,
    width: usize,
}

impl Tree {
    /// A line behind the branches that lead to it; what does not fit goes on below.
    fn line(&mut self, branch: &str, below: &str, words: &str) {
        let options = Options::new(self.width)
            .initial_indent(branch)
            .subsequent_indent(below)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(true);
        for line in textwrap::wrap(words, options) {
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }

    fn head(&mut self, picture: &Picture<'_>) {
        let (managers, pools) = (picture.clusters.len(), picture.pools());
        let managers = counted(managers, "resource manager");
        let pools = counted(pools, "pool");
        let who = picture.scene.viewer.as_str();
        let drawn = match picture.scene.webui {
            Some(release) => {
                format!("as the WebUI of {release} shows it to {}; settings are the configuration's", article(who))
            }
            None => format!("as {} sees it", article(who)),
        };
        let name = crate::report::line(picture.scene.name);
        self.line("", "  ", &format!("{name}: {managers}, {pools}, {drawn}"));
        if let Some(words) = &picture.refusal {
            self.line("! ", "  ", &format!("not in effect: {words}"));
        }
    }

    fn cluster(&mut self, picture: &Picture<'_>, cluster: &ClusterView) {
        self.text.push('\n');
        let label = match (&cluster.name, picture.name_row) {
            (Some(_), Some(row)) => format!("{row} {}", cluster.title()),
            _ => cluster.title(),
        };
        let place = if cluster.marks_remote { format!(" · {}", cluster.locality.as_str()) } else { String::new() };
        self.line("", "  ", &format!("{label}{place} · {}", cluster.kind));
        for fact in cluster.facts.iter().filter(|fact| fact.key != "cluster_name") {
            self.fact("│  ", fact);
        }
        if let Some(read) = &cluster.read {
            self.labelled("│  ", "nodes and pods", read);
        }
        for remark in &cluster.remarks {
            self.remark("│  ", remark);
        }
        for (at, card) in cluster.cards.iter().enumerate() {
            self.card(picture, card, at + 1 == cluster.cards.len());
        }
    }

    fn card(&mut self, picture: &Picture<'_>, card: &Card, last: bool) {
        let (branch, below) = if last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        let mut words = vec![card.title().to_owned()];
        words.extend(card.badge.label().map(|label| badge_words(label, card)));
        words.extend(card.slots_per_pod.map(|slots| format!("{} per pod", super::picture::counted_i64(slots, "slot"))));
        words.extend(card.facts.iter().filter(|fact| fact.key == "slot_type").map(|fact| fact.shown.clone()));
        self.line(branch, below, &words.join(" · "));
        let below = format!("{below}  ");
        if !card.description.is_empty() {
            self.line(&below, &below, &card.description);
        }
        if let Some(capacity) = &card.capacity {
            self.labelled(&below, "master shows", &capacity.said());
            self.labelled(&below, "room now", &capacity.room());
        }
        let shown = |fact: &&Fact| !matches!(fact.key, "slot_type" | "max_slots_per_pod" | "description");
        if sees_settings(picture.scene.viewer) {
            for fact in card.facts.iter().filter(shown) {
                self.fact(&below, fact);
            }
        }
        for remark in &card.remarks {
            self.remark(&below, remark);
        }
    }

    fn fact(&mut self, branch: &str, fact: &Fact) {
        let origin = match &fact.origin {
            Origin::Written(spot) => format!("line {}", spot.line),
            Origin::Implied("default", _) => "by default".to_owned(),
            Origin::Implied(why, _) => (*why).to_owned(),
        };
        self.labelled(branch, label(fact.key), &format!("{} ({origin})", fact.shown));
    }

    fn labelled(&mut self, branch: &str, label: &str, words: &str) {
        let below = format!("{branch}{:LABEL$} ", "");
        self.line(&format!("{branch}{label:LABEL$} "), &below, words);
    }

    fn remark(&mut self, branch: &str, remark: &Remark) {
        let place = remark.spot.as_ref().map_or_else(String::new, |spot| format!(" (line {})", spot.line));
        let words = format!("{}[{}] {}{place}", remark.severity.as_str(), remark.rule, remark.message);
        self.line(&format!("{branch}! "), &format!("{branch}  "), &words);
    }

    fn routes(&mut self, picture: &Picture<'_>) {
        self.text.push_str(match picture.refusal {
            None => "\nWhere requests go\n",
            Some(_) => "\nWhere requests would go\n",
        });
        let is_told = |row: &&RouteRow| row.named.is_none() || row.refusal.is_some();
        for row in picture.routes.iter().filter(is_told) {
            let target = match (&row.pool, &row.refusal) {
                (_, Some(refusal)) => format!("refused: {refusal}"),
                (Some(pool), None) => match &row.cluster {
                    Some(cluster) => format!("{pool} on {cluster}"),
                    None => pool.clone(),
                },
                (None, None) => "nowhere".to_owned(),
            };
            self.line("  ", "      ", &format!("{} → {target}", row.request));
        }
        let others = if picture.routes.iter().any(|row| row.named.is_some() && row.refusal.is_some()) {
            "any other pool by its name"
        } else {
            "a pool by its name"
        };
        if picture.routes.iter().any(|row| row.named.is_some() && row.refusal.is_none()) {
            self.line("  ", "      ", &format!("{others} → that pool, on its cluster"));
        }
    }

    fn remarks(&mut self, picture: &Picture<'_>) {
        if !picture.differences.is_empty() {
            self.text.push_str("\nOtherwise than the documentation page says\n");
        }
        for difference in &picture.differences {
            self.line("  ", "      ", difference);
        }
        if !picture.remarks.is_empty() {
            self.text.push_str("\nOf the whole configuration\n");
        }
        for remark in &picture.remarks {
            self.remark("  ", remark);
        }
    }
}

/// The badge, which routes nothing where requests without a pool go elsewhere.
pub(super) fn badge_words(label: &str, card: &Card) -> String {
    if card.takes_unnamed { label.to_owned() } else { format!("{label} (of this manager only)") }
}

/// How a setting is called in the tree.
pub(super) fn label(key: &str) -> &str {
    match key {
        "kubeconfig_path" => "kubeconfig",
        "master_address" => "master for tasks",
        "default_namespace" => "namespace",
        "max_slots_per_pod" => "slots per pod",
        "slot_type" => "slot type",
        "slot_resource_requests.cpu" => "CPUs per slot",
        "default_scheduler" => "scheduler",
        "internal_task_gateway" => "gateway",
        "default_aux_resource_pool" => "default aux",
        "default_compute_resource_pool" => "default compute",
        "scheduler.default_priority" => "default priority",
        "cluster_name" => "cluster name",
        "cpu_pod_spec" => "CPU tasks",
        "gpu_pod_spec" => "GPU tasks",
        "checkpoint_gc_pod_spec" => "checkpoint GC",
        other => other,
    }
}

fn article(who: &str) -> String {
    if who == "admin" { "an administrator".to_owned() } else { "any user".to_owned() }
}
