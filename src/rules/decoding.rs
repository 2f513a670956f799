//! What the rules about decoding share: problems with the words of the one that ends the load.

use super::Context;
use crate::decode::Problem;
use crate::decode::problem::Known;
use crate::diagnostic::{Ending, Finding, LoadFailure, Phase};
use crate::spelling;

/// What the master puts before errors of its decoder.
const WRAPPER: &str = "cannot unmarshal configuration: error unmarshaling JSON: while decoding JSON: ";

/// All problems with what each means for the load.
pub(super) fn problems<'a>(cx: &'a Context<'_>) -> impl Iterator<Item = (&'a Problem, Option<LoadFailure>)> {
    let loaded = cx.loaded;
    loaded.problems.iter().enumerate().map(move |(at, problem)| {
        let rank = loaded.reported.iter().position(|reported| *reported == at);
        (problem, rank.map(|rank| failure(cx, problem, rank)))
    })
}

fn failure(cx: &Context<'_>, problem: &Problem, rank: usize) -> LoadFailure {
    let mut texts: Vec<&String> = problem.texts.iter().collect();
    if rank == 0 {
        let others = cx.loaded.reported.iter().skip(1).filter_map(|at| cx.loaded.problems.get(*at));
        texts.extend(others.flat_map(|other| &other.texts));
    }
    let words = texts.into_iter().map(|text| format!("{WRAPPER}{text}")).collect();
    let order = u64::try_from(rank).unwrap_or(u64::MAX);
    LoadFailure { phase: Phase::Unmarshal, order, ending: Ending::Message, words }
}

/// Adds what a problem means for the load.
pub(super) fn with_load(finding: Finding, load: Option<LoadFailure>) -> Finding {
    match load {
        Some(load) => finding.ends_load(load),
        None => finding,
    }
}

/// What is wrong with a key that the master does not know at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyFault {
    /// The list of additional resource managers under another name (C-2).
    ManagersMisspelt,
    /// The list of additional resource managers inside a resource manager (C-3).
    ManagersInside,
    /// The list of pools inside a resource manager (C-4).
    PoolsInside,
    /// A key of the chart (§2.1).
    ChartKey,
    /// A key of another release (§4.4).
    Retired,
    /// Any other.
    Unknown,
}

const LIST: &str = "additional_resource_managers";

/// Which rule a key belongs to.
pub(super) fn key_fault(path: &str, key: &str, known: Known) -> KeyFault {
    let of = match known {
        Known::Struct(of, _) => of.name,
        Known::Union(union, ..) => union.common.name,
    };
    let key = key.to_lowercase();
    let plain: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
    let meant_list = spelling::closest(&plain, ["additionalresourcemanagers"]).is_some();
    match of {
        "Config" if path.is_empty() && meant_list => KeyFault::ManagersMisspelt,
        "ResourceManagerConfig" if key == LIST || meant_list => KeyFault::ManagersInside,
        "ResourceManagerConfig" if plain == "resourcepools" => KeyFault::PoolsInside,
        "ResourceManagerConfig" if key.starts_with("kubeconfig_secret_") => KeyFault::ChartKey,
        "ResourceManagerConfig" if RETIRED_IN_MANAGER.contains(&&*key) => KeyFault::Retired,
        "ResourcePoolConfig" if key == "kubernetes_namespace" => KeyFault::Retired,
        _ => KeyFault::Unknown,
    }
}

/// Keys that resource managers had in other releases (§4.4, T-52).
const RETIRED_IN_MANAGER: [&str; 3] = ["namespace", "determined_master_ip", "scheduler"];
