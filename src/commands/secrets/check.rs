//! `detctl secrets check`: whether stored kubeconfigs still do what they were made for.

use std::path::{Path, PathBuf};

use super::access::{Used, stored_endpoint};
use super::orphans;
use super::stock::{Item, Place};
use super::{ListFormat, values_text};
use crate::cluster::{self, Age, Endpoint, Failure, Login, ToProve, ToSpot};
use crate::credentials::audit::{self, Moment};
use crate::credentials::identity::label;
use crate::credentials::judge::{self, Outcome as Found, State};
use crate::credentials::plan::uses_of;
use crate::credentials::rotation;
use crate::credentials::survey::Proof;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::kubeconfig_secrets::{Named, default_namespace, kubeconfig_secrets};
use crate::io::Io;
use crate::kubeconfig::worth::{Phase, ReleasedPod, Verdict, worth};
use crate::kubeconfig::{Access, Loading, NoFiles, Secret, Trust, certificate, load, select};
use crate::report::dates::date;
use crate::report::secrets::check::{self as report, Audited};
use crate::source::{SourceId, SourceMap};

/// Check that stored kubeconfigs still work: lifetime, identity, rights, address and certificates
///
/// Each is read as the master reads it and tried out as the identity that is in it,
/// through the address that is in it. Nothing is changed anywhere. Made for cron
/// and CI.
///
/// Examples:
///   detctl secrets check --default-context main --namespace det
///   detctl secrets check --default-context main --namespace det --within 30d \
///     --values values.yaml
///
/// Exit codes:
///   0  all is well
///   1  something is not, or ends within the time
///   2  the default cluster could not be asked
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets check [OPTIONS] --default-context <CONTEXT>\n       --namespace <NAMESPACE>"
)]
pub(super) struct Arguments {
    /// How long credentials have to hold yet: such as 90m, 36h, 14d
    #[arg(long, value_name = "TIME", default_value = "14d", value_parser = ahead)]
    within: i64,
    /// The context that leads to a cluster: also look there, as whoever runs this, for credentials that no kubeconfig names
    #[arg(long = "map", value_name = "CLUSTER=CONTEXT")]
    maps: Vec<String>,
    /// Values of the chart, which have to name these Secrets and their keys
    #[arg(long, value_name = "FILE")]
    values: Option<PathBuf>,
    #[command(flatten)]
    place: Place,
}

fn ahead(text: &str) -> Result<i64, String> {
    let units = [('s', 1), ('m', 60), ('h', 3600), ('d', 24 * 3600)];
    let parsed = units.into_iter().find_map(|(unit, seconds)| {
        let number: i64 = text.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(seconds).filter(|seconds| (0..=10 * 365 * 24 * 3600).contains(seconds))
    });
    parsed.ok_or_else(|| "expected up to ten years, such as 36h or 14d".to_owned())
}

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let place = &arguments.place;
    let told = arguments.values.as_deref().map(|path| told(path, &place.namespace)).transpose()?;
    let leads = orphans::leads(&arguments.maps)?;
    let contexts = place.contexts(io)?;
    let default = place.default_cluster(&contexts, io)?;
    let gathered = orphans::gather(leads, place, (&contexts, &default), io)?;
    let items = place.items(&default)?;
    let moment = Moment { now: io.now, within: arguments.within, date };
    let opened: Vec<Opened> = items.iter().map(|item| Opened::of(item, moment)).collect();
    let proofs = prove(&items, &opened, arguments);
    let apart = tasks_apart(told.as_ref(), place, &default);
    let mut audited = Vec::new();
    for ((item, opened), proof) in items.iter().zip(opened).zip(proofs) {
        let mut outcomes = opened.outcomes(item, proof, moment);
        outcomes.extend(gathered.outcome(item, &items));
        outcomes.push(apart.clone().skipping(&item.record.skipped));
        audited.push(Audited { row: item.row(), outcomes });
    }
    let amiss = told.map(|told| amiss(&told, &items)).unwrap_or_default();
    let text = match place.format {
        ListFormat::Human => report::human(&audited, &amiss, &place.namespace),
        ListFormat::Json => report::json(&audited, &amiss, &place.namespace).map_err(std::io::Error::from)?,
    };
    io.stdout.write_all(text.as_bytes())?;
    let fails = audited.iter().flat_map(|one| &one.outcomes).any(|outcome| outcome.state == State::Failed);
    Ok(if fails || !amiss.is_empty() { Outcome::No } else { Outcome::Success })
}

/// A stored kubeconfig, read as the master reads it.
struct Opened {
    access: Option<Access>,
    /// What is told without asking anybody.
    outcomes: Vec<Found>,
}

impl Opened {
    fn of(item: &Item, moment: Moment) -> Self {
        let loading = item.kept.get(&item.record.key).and_then(Secret::expose_text).map(read);
        let Some(loading) = loading else {
            let words = format!("the Secret has no text at its key {}", item.record.key);
            return Self { access: None, outcomes: vec![judge::kubeconfig(Err(words))] };
        };
        let name = loading.config.current_context.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        let access = select(&loading.config, &name, &NoFiles).ok();
        let address = access.as_ref().map(|access| judge::address(&access.server, &[]));
        let leads_nowhere = address.as_ref().is_some_and(|address| address.state == State::Failed);
        let kubeconfig = match worth(&loading, &ReleasedPod, moment.now).verdict {
            // That is what the check of the address is for, which may be passed over.
            Verdict::Ends(end) if end.phase == Phase::FirstCall && leads_nowhere => Ok(()),
            Verdict::Ends(end) => Err(format!("the master ends: {}", end.words)),
            Verdict::Starts | Verdict::StartsWith(_) => Ok(()),
        };
        let mut outcomes = vec![judge::kubeconfig(kubeconfig), audit::lifetime(&item.record, moment)];
        outcomes.extend(address);
        outcomes.extend(access.as_ref().map(|access| judge::insecure(&access.trust)));
        Self { access, outcomes }
    }

    /// The stored server, asked as the stored identity.
    fn endpoint(&self) -> Option<Endpoint> {
        let access = self.access.as_ref()?;
        let text = |secret: &Secret| secret.expose_text().map(|text| text.trim().to_owned());
        let (token, certificate) = (access.login.token.as_ref(), access.login.certificate.as_ref());
        let login = Login {
            token: token.and_then(text),
            certificate: certificate.map(|(pem, key)| (pem.clone(), key.expose().to_vec())),
            ..Login::default()
        };
        Some(stored_endpoint(access, login))
    }

    fn outcomes(self, item: &Item, proof: Option<Result<Proof, Failure>>, moment: Moment) -> Vec<Found> {
        let mut outcomes = self.outcomes;
        let authorities = match self.access.map(|access| access.trust) {
            Some(Trust::Authorities(pem)) => certificate::authorities(&pem).unwrap_or_default(),
            _ => Vec::new(),
        };
        match proof {
            Some(Ok(proof)) => outcomes.extend(audit::proven(&item.record, &proof, &authorities, moment)),
            Some(Err(failure)) => outcomes.push(failure.outcome()),
            None => {}
        }
        outcomes.push(rotation::replaced(&item.record));
        outcomes.push(item.kept.copies(None));
        outcomes.into_iter().map(|outcome| outcome.skipping(&item.record.skipped)).collect()
    }
}

fn read(text: &str) -> Loading {
    load(SourceMap::new().add("stored", ""), text)
}

/// Tries all of them out at the same time; nothing for those that cannot be used at all.
fn prove(items: &[Item], opened: &[Opened], arguments: &Arguments) -> Vec<Option<Result<Proof, Failure>>> {
    let mut proofs: Vec<Option<Result<Proof, Failure>>> = items.iter().map(|_| None).collect();
    let usable: Vec<(usize, ToProve)> = items
        .iter()
        .zip(opened)
        .enumerate()
        .filter_map(|(at, (item, opened))| {
            let uses = uses_of(&item.record.rights);
            let target = ToProve {
                endpoint: opened.endpoint()?,
                needed: audit::rights(&item.record),
                namespace: item.record.account().map(|(namespace, _)| namespace.to_owned()).unwrap_or_default(),
                tasks: uses.map(|(uses, _)| uses.namespaces()).unwrap_or_default(),
                age: Age::Old,
            };
            Some((at, target))
        })
        .collect();
    let (places, targets): (Vec<usize>, Vec<ToProve>) = usable.into_iter().unzip();
    for (at, proof) in places.into_iter().zip(cluster::prove(targets, arguments.place.timeout)) {
        if let Some(place) = proofs.get_mut(at) {
            *place = Some(proof);
        }
    }
    proofs
}

/// What values of the chart tell.
struct Told {
    sources: SourceMap,
    /// The Secrets.
    named: Vec<Named>,
    /// Where tasks of the default cluster run.
    tasks: String,
}

/// Reads them; the namespace is that of the release.
fn told(path: &Path, namespace: &str) -> Result<Told, Error> {
    let text = values_text(path)?;
    let mut sources = SourceMap::new();
    let id: SourceId = sources.add(path.display().to_string(), text.as_str());
    match kubeconfig_secrets(id, &text) {
        Some(named) => {
            let tasks = default_namespace(id, &text).unwrap_or_else(|| namespace.to_owned());
            Ok(Told { sources, named, tasks })
        }
        None => {
            let message = format!("{} has no list `additional_resource_managers`", path.display());
            Err(Error::with_hint(message, Some("give the values of the release".to_owned())))
        }
    }
}

/// Whether tasks run beside the Secrets.
fn tasks_apart(told: Option<&Told>, place: &Place, default: &Used) -> Found {
    let namespace = &place.namespace;
    if let Some(told) = told {
        return audit::tasks_apart(Some(&told.tasks), None, namespace);
    }
    let target = ToSpot { endpoint: default.endpoint.clone(), namespaces: vec![namespace.clone()] };
    let seen = cluster::spot(target, place.timeout).unwrap_or_default();
    audit::tasks_apart(None, seen.first(), namespace)
}

/// Secrets and keys that values name and nobody has written.
fn amiss(Told { sources, named, .. }: &Told, items: &[Item]) -> Vec<String> {
    let mut amiss = Vec::new();
    for one in named {
        let at = |span: crate::source::Span| {
            let file = sources.file(span.source);
            format!("{}:{}", file.name(), file.position(span.start).line)
        };
        let Some(secret) = &one.secret else {
            amiss.push(format!("{}: this resource manager names no Secret", at(one.manager)));
            continue;
        };
        let Some(item) = items.iter().find(|item| item.kept.name() == secret.text) else {
            amiss.push(format!("{}: detctl has written no Secret {}", at(secret.span), secret.text));
            continue;
        };
        if !one.cluster.is_empty() && item.cluster() != label(&one.cluster) {
            let place = at(secret.span);
            amiss.push(format!("{place}: the Secret {} is that of the cluster {}", secret.text, item.cluster()));
            continue;
        }
        match &one.key {
            Some(key) if item.kept.get(&key.text).is_some() => {}
            Some(key) => amiss.push(format!("{}: the Secret {} has no key {}", at(key.span), secret.text, key.text)),
            None => amiss.push(format!("{}: it names no key of the Secret {}", at(one.manager), secret.text)),
        }
    }
    // One that never changes is left when a newer one has taken its place, and goes by itself.
    let is_left = |item: &&Item| {
        let is_newer = |other: &Item| other.is_beside(item) && other.record.created > item.record.created;
        item.kept.object["immutable"] == true && items.iter().any(is_newer)
    };
    for item in items.iter().filter(|item| !item.record.key.is_empty() && !is_left(item)) {
        let is_named = |one: &Named| one.secret.as_ref().is_some_and(|secret| secret.text == item.kept.name());
        if !named.iter().any(is_named) {
            amiss.push(format!("no resource manager of the values names the Secret {}", item.kept.name()));
        }
    }
    amiss
}
