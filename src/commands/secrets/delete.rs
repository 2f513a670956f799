//! `detctl secrets delete`: what `create` has made, taken away again.

use super::create::agreed;
use super::stock::{Item, Place};
use crate::cluster::{self, Removed, ToLookUp, ToRemove, Writing};
use crate::commands::live;
use crate::credentials::identity::{Owner, Reference, core, label, master_deployment};
use crate::credentials::removal;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::report::secrets::delete::{self as report, Fate};

/// Take the stored kubeconfig of a cluster away, and with --context also the identity there
///
/// Only what detctl has made for this release and cluster is deleted. A Secret that
/// the Deployment of the master mounts is kept: take the resource manager out of
/// the values and upgrade first.
///
/// Examples:
///   detctl secrets delete --cluster-name west --default-context main \
///     --namespace det --release det
///   detctl secrets delete --cluster-name west --context gke_west \
///     --default-context main --namespace det --release det
///
/// Exit codes:
///   0  deleted, or nothing to do
///   1  it is in use, or not agreed to; nothing was deleted
///   2  usage, unknown context, a cluster could not be asked
///   3  partly deleted; run it again
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Arguments {
    /// The `cluster_name` of the resource manager
    #[arg(long, value_name = "NAME")]
    cluster_name: String,
    /// The context of that cluster: its ServiceAccount, roles and token are deleted too
    #[arg(long, value_name = "CONTEXT")]
    context: Option<String>,
    /// Do not ask
    #[arg(long, short)]
    yes: bool,
    /// Only tell what would be deleted
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    place: Place,
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let place = &arguments.place;
    let Some(release) = &place.release else {
        let hint = "name it with --release: others may have Secrets for a cluster of this name".to_owned();
        return Err(Error::with_hint("the Helm release is not given", Some(hint)));
    };
    let contexts = place.contexts(io)?;
    let default = place.default_cluster(&contexts, io)?;
    let remote = arguments.context.as_ref().map(|context| contexts.take(context, io)).transpose()?;
    let owner = Owner { release: release.clone(), cluster: arguments.cluster_name.clone() };
    let items: Vec<Item> =
        place.items(&default)?.into_iter().filter(|item| item.cluster() == label(&owner.cluster)).collect();
    if items.is_empty() {
        io.stdout.write_all(report::nothing(&owner, &place.namespace).as_bytes())?;
        return Ok(Outcome::Success);
    }
    let mounted = mounted(arguments, release, default.endpoint.clone())?;
    if let Some(item) = items.iter().find(|item| mounted.iter().any(|name| name == item.kept.name())) {
        let text = report::in_use(item.kept.name(), release);
        io.stdout.write_all(text.as_bytes())?;
        return Ok(Outcome::No);
    }
    let secrets: Vec<Reference> =
        items.iter().map(|item| core("Secret", "secrets", &place.namespace, item.kept.name())).collect();
    let identities: Vec<Reference> = match &remote {
        Some(_) => items.iter().flat_map(|item| removal::remote(&item.record, &owner)).collect(),
        None => Vec::new(),
    };
    let plan = report::plan(&[(&place.default_context, &secrets), (context(arguments), &identities)]);
    io.stdout.write_all(plan.as_bytes())?;
    if arguments.dry_run {
        return Ok(Outcome::Success);
    }
    if !arguments.yes && !agreed("--dry-run", io)? {
        io.note("note", "nothing was deleted");
        return Ok(Outcome::No);
    }
    let remove = |endpoint, objects: &[Reference]| {
        let target = ToRemove { endpoint, owner: owner.clone(), objects: objects.to_vec(), writing: Writing::Real };
        match cluster::remove(target, place.timeout) {
            Ok(removed) => removed.into_iter().map(fate).collect(),
            Err(failure) => vec![Fate::Failed(failure.to_string()); objects.len()],
        }
    };
    let mut done: Vec<(Reference, Fate)> = secrets.iter().cloned().zip(remove(default.endpoint, &secrets)).collect();
    if let Some(remote) = remote {
        done.extend(identities.iter().cloned().zip(remove(remote.endpoint, &identities)));
    }
    io.stdout.write_all(report::done(&done).as_bytes())?;
    let failed = done.iter().filter(|(_, fate)| matches!(fate, Fate::Failed(_))).count();
    Ok(match failed {
        0 => Outcome::Success,
        all if all == done.len() => Outcome::Failure,
        _ => Outcome::Partial,
    })
}

fn fate(removed: Removed) -> Fate {
    match removed {
        Removed::Gone => Fate::Gone,
        Removed::Absent => Fate::Absent,
        Removed::Foreign => Fate::Foreign,
        Removed::Failed(failure) => Fate::Failed(failure.to_string()),
    }
}

fn context(arguments: &Arguments) -> &str {
    arguments.context.as_deref().unwrap_or_default()
}

/// Names of the Secrets that the master's Deployment mounts; none when there is no such Deployment, or it may not be read.
fn mounted(arguments: &Arguments, release: &str, endpoint: cluster::Endpoint) -> Result<Vec<String>, Error> {
    let namespace = arguments.place.namespace.clone();
    let deployment = master_deployment(&namespace, release);
    let target = ToLookUp { endpoint, namespace, secrets: vec![deployment], deeds: Vec::new() };
    let shelf = cluster::look_up(target, arguments.place.timeout)
        .map_err(|failure| live::unreadable("default cluster", &failure))?;
    let volumes = shelf.kept.into_iter().flatten().flat_map(|kept| {
        let volumes = kept.object["spec"]["template"]["spec"]["volumes"].as_array().cloned();
        volumes.unwrap_or_default()
    });
    Ok(volumes.filter_map(|volume| volume["secret"]["secretName"].as_str().map(str::to_owned)).collect())
}
