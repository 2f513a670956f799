//! `detctl secrets delete`: what `create` has made, taken away again.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::create::agreed;
use super::stock::{Item, Place};
use super::{ListFormat, values_text};
use crate::cluster::{self, Removed, ToLookUp, ToRemove, Writing};
use crate::commands::live;
use crate::credentials::identity::{Owner, Reference, core, label, master_deployment};
use crate::credentials::judge::{Outcome as Found, State};
use crate::credentials::operator;
use crate::credentials::removal;
use crate::credentials::rotation;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::kubeconfig_secrets::{Placed, mentioned};
use crate::io::Io;
use crate::report::secrets::delete::{self as report, Fate};
use crate::source::SourceMap;

/// Take the stored kubeconfig of a cluster away, and with --context also the identity there
///
/// Only what detctl has made for this release and cluster is deleted. A Secret that
/// values name, or the Deployment of the master mounts, is kept: take the resource
/// manager out of the values and upgrade first.
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
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets delete [OPTIONS] --cluster-name <NAME>\n       --default-context <CONTEXT> --namespace <NAMESPACE>"
)]
pub(super) struct Arguments {
    /// The `cluster_name` of the resource manager
    #[arg(long, value_name = "NAME")]
    cluster_name: String,
    /// The context of that cluster: its ServiceAccount, roles and token are deleted too
    #[arg(long, visible_alias = "remote", value_name = "CONTEXT")]
    context: Option<String>,
    /// Values of the chart, which must no longer name the Secret
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
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
    let named = arguments.values.as_deref().map(named).transpose()?;
    let contexts = place.contexts(io)?;
    let default = place.default_cluster(&contexts, io)?;
    let remote = arguments.context.as_ref().map(|context| contexts.take(context, io)).transpose()?;
    let owner = Owner { release: release.clone(), cluster: arguments.cluster_name.clone() };
    let items: Vec<Item> =
        place.items(&default)?.into_iter().filter(|item| item.cluster() == label(&owner.cluster)).collect();
    let told = Told { arguments, owner: &owner };
    if items.is_empty() {
        told.say(&report::nothing(&owner, &place.namespace), io)?;
        return told.end(None, &[], Outcome::Success, io);
    }
    let named = named.unwrap_or_default();
    if let Some(why) = in_the_way(arguments, release, &items, &named, default.endpoint.clone())? {
        told.say(&why, io)?;
        return told.end(Some(&why), &[], Outcome::No, io);
    }
    if let (Some(remote), Some(context)) = (&remote, &arguments.context) {
        same_cluster(&items, remote.endpoint.clone(), context, place.timeout)?;
    }
    let secrets: Vec<Reference> =
        items.iter().map(|item| core("Secret", "secrets", &place.namespace, item.kept.name())).collect();
    let identities: Vec<Reference> = match &remote {
        Some(_) => items.iter().flat_map(|item| removal::remote(&item.record, &owner)).collect(),
        None => Vec::new(),
    };
    told.say(&report::plan(&[(&place.default_context, &secrets), (context(arguments), &identities)]), io)?;
    let both = secrets.iter().map(|one| (place.default_context.as_str(), one));
    let both: Vec<(&str, &Reference)> = both.chain(identities.iter().map(|one| (context(arguments), one))).collect();
    if arguments.dry_run {
        let planned: Vec<_> = both.iter().map(|(context, one)| (*context, (*one).clone(), None)).collect();
        return told.end(None, &planned, Outcome::Success, io);
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
    // The Secret tells what there is on the other side: as long as something of that stays, it stays, too.
    let gone = remote.map(|remote| remove(remote.endpoint, &identities)).unwrap_or_default();
    let is_open = gone.iter().any(|fate| matches!(fate, Fate::Failed(_)));
    let mut fates = match is_open {
        true => vec![Fate::Failed("kept, as it tells what is left on the other cluster".to_owned()); secrets.len()],
        false => remove(default.endpoint, &secrets),
    };
    fates.extend(gone);
    let done: Vec<(Reference, Fate)> = both.iter().map(|(_, one)| (*one).clone()).zip(fates.clone()).collect();
    told.say(&report::done(&done), io)?;
    let failed = fates.iter().filter(|fate| matches!(fate, Fate::Failed(_))).count();
    let outcome = match failed {
        0 => Outcome::Success,
        all if all == fates.len() => Outcome::Failure,
        _ => Outcome::Partial,
    };
    let ended: Vec<_> =
        both.iter().zip(fates).map(|((context, one), fate)| (*context, (*one).clone(), Some(fate))).collect();
    told.end(None, &ended, outcome, io)
}

/// Refuses a context that leads to another cluster than the stored kubeconfigs.
fn same_cluster(items: &[Item], endpoint: cluster::Endpoint, context: &str, time: Duration) -> Result<(), Error> {
    let namespace = "kube-system".to_owned();
    let target = ToLookUp { endpoint, namespace, secrets: Vec::new(), deeds: Vec::new() };
    let seen = cluster::look_up(target, time).map_err(|failure| live::unreadable(context, &failure))?;
    let Some(uid) = seen.uid else { return Ok(()) };
    let noted = items.iter().map(|item| &item.record).filter(|record| !record.cluster_uid.is_empty());
    let mut outcomes = noted.map(|record| rotation::cluster(Some(&uid), record));
    match outcomes.find(|outcome| outcome.state == State::Failed) {
        Some(Found { words, help, .. }) => Err(Error::with_hint(words, help)),
        None => Ok(()),
    }
}

/// Tells people as things go, and programs once, at the end.
struct Told<'a> {
    arguments: &'a Arguments,
    owner: &'a Owner,
}

impl Told<'_> {
    fn say(&self, text: &str, io: &mut Io<'_>) -> Result<(), Error> {
        match self.arguments.place.format {
            ListFormat::Human => Ok(io.stdout.write_all(text.as_bytes())?),
            ListFormat::Json => Ok(()),
        }
    }

    fn end(
        &self,
        refused: Option<&str>,
        objects: &[(&str, Reference, Option<Fate>)],
        outcome: Outcome,
        io: &mut Io<'_>,
    ) -> Result<Outcome, Error> {
        if self.arguments.place.format == ListFormat::Json {
            let refused = refused.map(|why| why.trim_end().replace("\n  ", "; "));
            let namespace = &self.arguments.place.namespace;
            let told = report::Told { owner: self.owner, namespace, refused: refused.as_deref(), objects };
            io.stdout.write_all(report::json(&told).map_err(std::io::Error::from)?.as_bytes())?;
        }
        Ok(outcome)
    }
}

/// A Secret that values name, and where.
type Mention = (String, String);

fn named(path: &Path) -> Result<Vec<Mention>, Error> {
    let text = values_text(path)?;
    let mut sources = SourceMap::new();
    let id = sources.add(path.display().to_string(), text.as_str());
    let named = mentioned(id, &text).map_err(|why| Error::new(format!("{}: {why}", path.display())))?;
    let named = named.into_iter().filter_map(|one| one.secret);
    let mention = |secret: Placed| {
        let file = sources.file(secret.span.source);
        let place = format!("{}:{}", file.name(), file.position(secret.span.start).line);
        (secret.text, place)
    };
    Ok(named.map(mention).collect())
}

/// Why nothing may be deleted; nothing where it may.
fn in_the_way(
    arguments: &Arguments,
    release: &str,
    items: &[Item],
    named: &[Mention],
    endpoint: cluster::Endpoint,
) -> Result<Option<String>, Error> {
    let is_item = |name: &str| items.iter().find(|item| item.kept.name() == name).map(|item| item.kept.name());
    if let Some((secret, place)) = named.iter().find(|(secret, _)| is_item(secret).is_some()) {
        return Ok(Some(report::named(secret, place)));
    }
    let namespace = &arguments.place.namespace;
    let Some(mounted) = mounted(arguments, release, endpoint)? else {
        let first = items.first().map_or("", |item| item.kept.name());
        return Ok(Some(report::unseen(first, namespace)));
    };
    let mounted = mounted.iter().find_map(|name| is_item(name));
    Ok(mounted.map(|name| report::in_use(name, release)))
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

/// Names of the Secrets that the master's Deployment mounts; empty when there is no such Deployment, and nothing when
/// it may not be read.
fn mounted(arguments: &Arguments, release: &str, endpoint: cluster::Endpoint) -> Result<Option<Vec<String>>, Error> {
    let namespace = arguments.place.namespace.clone();
    let deployment = master_deployment(&namespace, release);
    let deeds = vec![operator::watching(&namespace).right()];
    let target = ToLookUp { endpoint, namespace, secrets: vec![deployment], deeds };
    let shelf = cluster::look_up(target, arguments.place.timeout)
        .map_err(|failure| live::unreadable("default cluster", &failure))?;
    if !shelf.lacking.is_empty() {
        return Ok(None);
    }
    let volumes = shelf.kept.into_iter().flatten().flat_map(|kept| {
        let volumes = kept.object["spec"]["template"]["spec"]["volumes"].as_array().cloned();
        volumes.unwrap_or_default()
    });
    Ok(Some(volumes.filter_map(|volume| volume["secret"]["secretName"].as_str().map(str::to_owned)).collect()))
}
