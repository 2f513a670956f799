//! Credentials that were made and never stored, looked for on the additional clusters.

use super::access::{Contexts, Used, mapped};
use super::stock::{Item, Place};
use crate::cluster::{self, Failure, Hold, ToGather};
use crate::credentials::identity::{Owner, label};
use crate::credentials::judge::Outcome;
use crate::credentials::rotation;
use crate::error::Error;
use crate::io::Io;

/// What was found on each cluster that is mapped, and with what it was asked.
pub(super) struct Gathered(Vec<(Owner, Result<Vec<Hold>, Failure>)>);

/// Splits `CLUSTER=CONTEXT`s.
///
/// # Errors
/// When one is none, or a cluster has two contexts.
pub(super) fn leads(maps: &[String]) -> Result<Vec<(String, String)>, Error> {
    let mut leads: Vec<(String, String)> = Vec::new();
    for map in maps {
        let (cluster, context) = mapped(map)?;
        if leads.iter().any(|(known, _)| known == cluster) {
            return Err(Error::new(format!("--map {map}: the cluster `{cluster}` has two contexts")));
        }
        leads.push((cluster.to_owned(), context.to_owned()));
    }
    Ok(leads)
}

/// Looks for them. Before the kubeconfigs are read: what a run stores meanwhile is not taken for left behind.
///
/// # Errors
/// When a context cannot be used.
pub(super) fn gather(
    leads: Vec<(String, String)>,
    place: &Place,
    (contexts, default): (&Contexts, &Used),
    io: &Io<'_>,
) -> Result<Gathered, Error> {
    if leads.is_empty() {
        return Ok(Gathered(Vec::new()));
    }
    contexts.ask(leads.iter().map(|(_, context)| context.as_str()), io)?;
    let items = place.items(default)?;
    let mut targets = Vec::new();
    for (cluster, context) in leads {
        let mut endpoint = None;
        for item in items.iter().filter(|item| item.cluster() == label(&cluster)) {
            let used = match &endpoint {
                Some(used) => used,
                None => endpoint.insert(contexts.take(&context, io)?),
            };
            targets.push(ToGather {
                endpoint: used.endpoint.clone(),
                owner: Owner { release: item.release(), cluster: item.cluster() },
                namespace: item.record.account().map(|(namespace, _)| namespace.to_owned()).unwrap_or_default(),
            });
        }
    }
    let owners: Vec<Owner> = targets.iter().map(|target| target.owner.clone()).collect();
    Ok(Gathered(owners.into_iter().zip(cluster::gather(targets, place.timeout)).collect()))
}

impl Gathered {
    /// What it means for a stored kubeconfig; nothing where its cluster was not looked at.
    pub(super) fn outcome(&self, item: &Item, items: &[Item]) -> Option<Outcome> {
        let is_its = |owner: &Owner| owner.release == item.release() && owner.cluster == item.cluster();
        // Those of before count as long as their Secrets are there.
        let mut known = item.record.clone();
        known.previous.extend(items.iter().filter(|other| other.is_beside(item)).flat_map(|it| it.record.replaced()));
        let (_, found) = self.0.iter().find(|(owner, _)| is_its(owner))?;
        Some(match found {
            Ok(found) => {
                let references: Vec<_> = found.iter().map(|hold| hold.reference.clone()).collect();
                let places = rotation::orphans(&references, &known);
                let titles = places.into_iter().filter_map(|at| references.get(at)).map(|reference| reference.title());
                rotation::forgotten(&titles.collect::<Vec<_>>())
            }
            Err(failure) => rotation::unlisted(&failure.to_string()),
        })
    }
}
