//! The model written as values of the Determined chart, with the proof that the chart turns them back into it.
//!
//! `tree` reads the chart's steps backwards and puts every setting at the value that fills it, `layout` lays the values
//! out, `proof` goes forwards from the finished text as Helm and the master do, `compare` holds what comes back against
//! what was meant, and `limits` knows which differences the chart forces. A difference that it does not know is a fault of
//! this room, and nothing is handed out then. `verifying` holds what a real Helm wrote against the same.

mod base;
mod blame;
pub mod causes;
mod editor;
pub mod forms;
mod layout;
mod limits;
mod managers;
mod nodes;
mod path;
mod proof;
mod secrets;
mod signing;
pub mod starting;
mod tree;
pub mod verifying;

use crate::compare::settings::differences;
use crate::formats::helm_values::Request;
use crate::formats::helm_values::kubeconfig_secrets::Named;
use crate::formats::master;
use crate::model::MultiRm;
use crate::model::chart::Reason;
use crate::model::config::Manager;
use crate::model::load::Loaded;
use crate::naming::Template;
use crate::release::Release;
use crate::source::{SourceId, Span};

pub use base::{Base, Overwrite};
pub use layout::Heading;
use proof::Halt;
pub use proof::INITIAL_PASSWORD;

/// What is to be written as values.
#[derive(Debug)]
pub struct Task<'a> {
    /// The text that the master would read.
    pub text: &'a str,
    /// The id that spans of it carry.
    pub source: SourceId,
    /// The release of the master.
    pub release: Release,
    /// The release of the chart, as Helm knows it.
    pub chart: &'a Request,
    /// How Secrets are named.
    pub secret_names: &'a Template,
    /// The Secrets that the configuration names already, for its additional managers in their order; it does when it was
    /// values itself.
    pub named: &'a [Named],
    /// How other clusters reach the master, for managers that do not say it.
    pub address: &'a Address,
    /// What stands above the values.
    pub heading: Heading<'a>,
    /// The file that the values are laid into, when it is not a new one.
    pub base: Option<Base<'a>>,
}

/// How tasks reach the master; what is not known is not filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    /// Host.
    pub host: Option<String>,
    /// Port.
    pub port: Option<u16>,
    /// `http` or `https`.
    pub scheme: Option<String>,
}

/// Values, and how they differ from what was meant.
#[derive(Debug)]
pub struct Rendering {
    /// The text of the values.
    pub text: String,
    /// What the chart cannot say, in the order of the settings.
    pub lost: Vec<Remark>,
    /// What the chart writes whatever the values are.
    pub forced: Vec<Remark>,
    /// Settings that were not written and that the chart sets all the same: the first parts of their names.
    pub added: Vec<String>,
    /// Secrets that were left out.
    pub withheld: Vec<Withheld>,
    /// Additional managers whose tasks would not find the master: how to speak of them.
    pub unreachable: Vec<String>,
}

/// Something about a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The setting by its path in `master.yaml`.
    pub setting: String,
    /// The setting by its path in the effective configuration.
    pub path: String,
    /// Where it was written, or what is nearest.
    pub place: Span,
    /// What is to be said, a sentence without a final stop.
    pub message: String,
    /// How to go on.
    pub help: Option<String>,
}

/// A secret that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// The value that has to be given, as `--set` names it.
    pub value: String,
    /// The option of Helm that leaves it what it is: digits alone are a number to `--set`.
    pub option: &'static str,
    /// Where the secret was written; nothing where the chart demands it and nobody wrote it.
    pub place: Option<Span>,
}

/// Why there are no values.
#[derive(Debug)]
pub enum Failure {
    /// The base cannot be used: why, a clause.
    Base(String),
    /// The base sets some of the values otherwise.
    Conflicts {
        /// The paths of these values.
        paths: Vec<String>,
        /// The base with all of them replaced.
        text: String,
    },
    /// The text holds no configuration.
    Unreadable,
    /// No values can say this.
    Impossible(Vec<Remark>),
    /// What the chart makes of the values is something else.
    Unproven(Vec<Remark>),
    /// Helm does not render the values: its words.
    Stopped(String),
    /// Secrets are not there that the chart demands: the values that hold them.
    Demanded(Vec<&'static str>),
    /// The template of the layout does not hold together.
    Template(String),
}

/// Writes a configuration as values and proves them.
///
/// # Errors
/// When no values can say it, or they could not be proven.
pub fn render(task: &Task<'_>) -> Result<Rendering, Failure> {
    let (loaded, values) = master::load_with_values(task.source, task.text, task.release);
    let (Some(config), Some(values)) = (&loaded.config, &values) else { return Err(Failure::Unreadable) };
    let impossible = limits::impossible(config);
    if !impossible.is_empty() {
        return Err(Failure::Impossible(impossible));
    }
    let kept = base::Kept::of(task.base).map_err(Failure::Base)?;
    let origin = tree::Origin { config, values, secrets: &loaded.secrets, kept: &kept };
    let mut tree = tree::Tree::new(&origin, task);
    let rendering = proven(task, &loaded, &origin, &tree)?;
    // What does not come back is not written either; the proof is made of what is.
    match tree.leave_out(rendering.lost.iter().map(|lost| &*lost.setting)) {
        false => Ok(rendering),
        true => Ok(Rendering { lost: rendering.lost, ..proven(task, &loaded, &origin, &tree)? }),
    }
}

/// The text of a tree, and what the master makes of it.
fn proven(
    task: &Task<'_>,
    loaded: &Loaded,
    origin: &tree::Origin<'_>,
    tree: &tree::Tree,
) -> Result<Rendering, Failure> {
    let text = laid_out(task, tree)?;
    let back = proof::follow(&text, task, tree).map_err(|halt| stopped(halt, task, origin))?;
    let spoiled = proof::spoiled(loaded, &back);
    if !spoiled.is_empty() {
        return Err(unproven(spoiled, origin));
    }
    let Some(back) = back.config else { return Err(Failure::Unreadable) };
    let rendering = Rendering {
        text,
        lost: Vec::new(),
        forced: Vec::new(),
        added: Vec::new(),
        withheld: tree.withheld(),
        unreachable: back.additional().filter(|manager| is_unreachable(manager)).map(Manager::title).collect(),
    };
    judged(origin.config, &back, rendering).map_err(|unforeseen| unproven(unforeseen, origin))
}

/// The text of a new file, or of the base with the values in it.
fn laid_out(task: &Task<'_>, tree: &tree::Tree) -> Result<String, Failure> {
    let Some(base) = task.base else {
        return layout::text(&task.heading, tree).map_err(|error| Failure::Template(error.to_string()));
    };
    let laid = base::lay(base.text, &layout::in_order(tree), &task.heading).map_err(Failure::Base)?;
    if base.overwrite == Overwrite::Refused && !laid.conflicts.is_empty() {
        return Err(Failure::Conflicts { paths: laid.conflicts, text: laid.text });
    }
    Ok(laid.text)
}

/// Without host and port the master looks its own Service up by its name, in the other cluster (facts §6.2).
fn is_unreachable(manager: &Manager) -> bool {
    manager.kubernetes().is_some_and(|kubernetes| {
        let has_address = !kubernetes.master_host.value.is_empty() && kubernetes.master_port.value != 0;
        !has_address && kubernetes.master_service_name.value.is_empty()
    })
}

/// Names what the chart demands, or the texts that break what it writes, where it is they.
fn stopped(halt: Halt, task: &Task<'_>, origin: &tree::Origin<'_>) -> Failure {
    let remarks = match &halt {
        Halt::Helm(stop) if stop.reason == Reason::Demanded => match limits::demanded(stop, origin.config, task.base) {
            Ok(remark) => vec![remark],
            Err(fault) => return Failure::Base(fault),
        },
        halt if halt.broken().is_some() => blame::culprits(task, origin),
        _ => Vec::new(),
    };
    match halt {
        _ if !remarks.is_empty() => Failure::Impossible(remarks),
        Halt::Layout => Failure::Template("what it lays out is no YAML".to_owned()),
        Halt::Helm(stop) => Failure::Stopped(stop.words),
        Halt::Master => Failure::Stopped(proof::UNREADABLE.to_owned()),
    }
}

/// Names the texts that Helm loses, where it is they.
fn unproven(remarks: Vec<Remark>, origin: &tree::Origin<'_>) -> Failure {
    match blame::lost(origin) {
        lost if lost.is_empty() => Failure::Unproven(remarks),
        lost => Failure::Impossible(lost),
    }
}

/// Sorts the differences; one that is not known spoils the proof.
fn judged(config: &MultiRm, back: &MultiRm, mut rendering: Rendering) -> Result<Rendering, Vec<Remark>> {
    let mut unforeseen = Vec::new();
    for difference in differences(config, back) {
        match limits::judge(&difference, config, back) {
            limits::Class::Wanted => {}
            limits::Class::Added => {
                let first = difference.setting.split(['.', '[']).next().unwrap_or("").to_owned();
                if !rendering.added.contains(&first) {
                    rendering.added.push(first);
                }
            }
            limits::Class::Forced(remark) => rendering.forced.push(remark),
            limits::Class::Lost(remark) => rendering.lost.push(remark),
            limits::Class::Unforeseen(remark) => unforeseen.push(remark),
        }
    }
    if unforeseen.is_empty() { Ok(rendering) } else { Err(unforeseen) }
}
