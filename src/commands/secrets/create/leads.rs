//! The way to each cluster: a context that is there, or one that its cloud has to write first.

use std::collections::BTreeMap;

use super::arguments::Arguments;
use super::pull::Pull;
use super::wanted::Told;
use crate::commands::secrets::access::{Contexts, mapped};
use crate::error::Error;

/// The way to a cluster.
pub(super) enum Lead {
    /// A context that is there.
    Context(String),
    /// One that its cloud has to write first.
    Pull(Pull),
}

impl Lead {
    /// The context that is there.
    pub(super) fn context(&self) -> Option<&str> {
        match self {
            Self::Context(context) => Some(context),
            Self::Pull(_) => None,
        }
    }

    /// What has to be pulled.
    pub(super) fn pull(&self) -> Option<&Pull> {
        match self {
            Self::Context(_) => None,
            Self::Pull(pull) => Some(pull),
        }
    }
}

/// The way to each cluster: as mapped or pulled, else a context that is called exactly as the cluster. The current context
/// is never taken for anything.
pub(super) fn leads(arguments: &Arguments, told: &[Told], contexts: &Contexts) -> Result<Vec<Lead>, Error> {
    let mut pulls = pulls(arguments, told)?;
    let maps = maps(arguments, told)?;
    let lead = |told: &Told| match (pulls.remove(told.cluster.as_str()), maps.get(told.cluster.as_str())) {
        (Some(_), Some(_)) => Err(two_ways("--pull", &told.cluster)),
        (Some(pull), None) => Ok(Lead::Pull(pull.clone())),
        (None, Some(context)) => Ok(Lead::Context((*context).to_owned())),
        // One cluster is named together with its context, so that no name is taken for another.
        (None, None) if arguments.cluster_name.is_none() && contexts.has(&told.cluster) => {
            Ok(Lead::Context(told.cluster.clone()))
        }
        (None, None) => {
            let message = format!("no context is named for the cluster `{}`", told.cluster);
            let flag = if arguments.cluster_name.is_some() { "--context " } else { "--map CLUSTER=" };
            let flag = flag.replace("CLUSTER", &told.cluster);
            let hint = format!("{flag}CONTEXT; {}", contexts.instead_of(&told.cluster));
            Err(Error::with_hint(message, Some(hint)))
        }
    };
    told.iter().map(lead).collect()
}

fn two_ways(flag: &str, cluster: &str) -> Error {
    Error::new(format!("{flag}: the cluster `{cluster}` has two contexts"))
}

/// What is pulled, by cluster.
fn pulls<'a>(arguments: &'a Arguments, told: &[Told]) -> Result<BTreeMap<&'a str, &'a Pull>, Error> {
    let mut pulls = BTreeMap::new();
    for pull in &arguments.pulls {
        known("--pull", &pull.cluster, told)?;
        if pulls.insert(pull.cluster.as_str(), pull).is_some() {
            return Err(two_ways("--pull", &pull.cluster));
        }
    }
    Ok(pulls)
}

fn known(flag: &str, cluster: &str, told: &[Told]) -> Result<(), Error> {
    if told.iter().any(|told| told.cluster == cluster) {
        return Ok(());
    }
    let names: Vec<&str> = told.iter().map(|told| told.cluster.as_str()).collect();
    let hint = format!("its additional clusters: {}", names.join(", "));
    Err(Error::with_hint(format!("{flag} {cluster}: there is no such cluster"), Some(hint)))
}

/// The contexts that are named, by cluster.
fn maps<'a>(arguments: &'a Arguments, told: &[Told]) -> Result<BTreeMap<&'a str, &'a str>, Error> {
    if let (Some(cluster), Some(context)) = (&arguments.cluster_name, &arguments.context) {
        return Ok(BTreeMap::from([(cluster.as_str(), context.as_str())]));
    }
    let mut maps = BTreeMap::new();
    for map in &arguments.maps {
        let (cluster, context) = mapped(map)?;
        known("--map", cluster, told)?;
        if maps.insert(cluster, context).is_some() {
            return Err(two_ways("--map", cluster));
        }
    }
    Ok(maps)
}
