//! `validate --live`: what configurations will meet on their clusters.

use std::time::Duration;

use super::secrets::Stored;
use crate::cluster::{self, Failure, ToReach, ToSurvey, Why};
use crate::commands::clusters::{self, Clusters, Reached, Sought};
use crate::commands::live::{Live, proxy_from_environment};
use crate::credentials::gateway;
use crate::credentials::identity::core;
use crate::credentials::judge::{self, State};
use crate::credentials::rights::{self, Need, Right, Scope, Tasks, Use};
use crate::credentials::survey::Survey;
use crate::diagnostic::Severity;
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::address::Server;
use crate::model::MultiRm;
use crate::model::config::{Kubernetes, Manager};
use crate::model::inventory::{Inventory, Kind};
use crate::model::verdict::Kind as FileKind;
use crate::report::Judged;
use crate::rules::{Lacking, Seen, Sight, Unseen, check_seen, suppress_later};
use crate::scheduling::routing::pool_nodes;

/// How a cluster is looked at.
pub(super) struct Look<'a> {
    /// The clusters.
    pub(super) live: &'a Live,
    /// `CLUSTER=CONTEXT`
    pub(super) maps: &'a [String],
    /// The namespace of the release, for values of the chart.
    pub(super) release_namespace: &'a str,
}

/// The longest that an address of the master may take.
const REACH: Duration = Duration::from_secs(10);

impl Look<'_> {
    /// Adds what is wrong with the clusters of a file to its findings.
    pub(super) fn at(&self, file: &mut Judged, io: &mut Io<'_>) -> Result<(), Error> {
        let mut found = Vec::new();
        for model in &file.judgement.models {
            let (seen, default) = self.seen(&model.config, file.judgement.kind, io)?;
            if let (FileKind::HelmValues, Some(default)) = (file.judgement.kind, default) {
                let namespace = self.release_namespace;
                let Reached { endpoint, left } = default;
                let stored = Stored { endpoint: &endpoint, namespace, now: io.now, time: left };
                found.extend(stored.findings(&file.sources));
            }
            found.extend(check_seen(&model.config, &seen).into_iter().map(|finding| model.finding(finding)));
        }
        let sifted = suppress_later(&file.sources, file.judgement.kind, found);
        file.judgement.findings.extend(sifted.shown);
        file.judgement.suppressed.extend(sifted.suppressed);
        file.judgement.cover(&file.sources);
        Ok(())
    }

    fn seen(&self, config: &MultiRm, kind: FileKind, io: &mut Io<'_>) -> Result<(Vec<Seen>, Option<Reached>), Error> {
        let sought = Sought {
            config,
            snapshot: None,
            maps: self.maps,
            live: self.live,
            version: None,
            prepared: &[],
            tried: &|_| Vec::new(),
        };
        let read = clusters::read(sought, io)?;
        let managers: Vec<&Manager> = config.managers.iter().filter(|manager| manager.kubernetes().is_some()).collect();
        let places: Vec<Option<Place>> = managers.iter().map(|manager| self.place(manager, kind, &read)).collect();
        let targets = places.iter().flatten().map(|place| (place.survey.clone(), place.left)).collect();
        let (surveys, took) = cluster::timed(|| cluster::survey(targets));
        let mut surveys = surveys.into_iter();
        let reached = self.reached(&managers, io);
        let seen = managers.iter().zip(places).zip(reached).map(|((manager, place), master)| {
            let cluster = match place.and_then(|place| Some((place, surveys.next()?))) {
                Some((place, Ok(survey))) => Ok(place.sight(config, manager, &survey, &read)),
                Some((_, Err(failure))) => Err(Unseen {
                    words: failure.to_string(),
                    hint: failure.hint().map(str::to_owned),
                    severity: Severity::Error,
                }),
                None => Err(unread(&read, manager.index)),
            };
            Seen { manager: manager.index, cluster, master }
        });
        let seen = seen.collect();
        let default = read.reached.into_iter().next().flatten();
        Ok((seen, default.map(|default| Reached { left: default.left.saturating_sub(took), ..default })))
    }

    /// What is to be found out on the cluster of a resource manager, if it could be read at all.
    fn place(&self, manager: &Manager, kind: FileKind, read: &Clusters) -> Option<Place> {
        let Reached { endpoint, left } = read.reached.get(manager.index)?.clone()?;
        let kubernetes = manager.kubernetes()?;
        let namespace = kubernetes.namespace();
        let initial = match kind {
            FileKind::HelmValues => self.release_namespace,
            _ => namespace,
        };
        // Without any name there is nothing to look for; a rule of its own tells that.
        let service = &kubernetes.master_service_name.value;
        let service = (!kubernetes.has_master_address() && !service.is_empty()).then(|| service.clone());
        let gateway = kubernetes.gateway.as_ref();
        let gateway = gateway.map(|gateway| (gateway.namespace.value.clone(), gateway.name.value.clone()));
        let is_own = !self.maps.iter().any(|map| map.split('=').next() == Some(&*manager.cluster_name.value));
        let uses = Use::of(
            &kubernetes.default_namespace.value,
            Tasks::In(Vec::new()),
            gateway.as_ref().map(|(namespace, _)| &**namespace),
        );
        let mut deeds = if is_own && !kubernetes.is_in_cluster() { rights::needed(&uses) } else { Vec::new() };
        deeds.extend(service.is_some().then(|| may_look_up(initial)));
        let survey = ToSurvey {
            stored: Server::new(endpoint.server.clone()),
            endpoint,
            objects: service.iter().map(|name| core("Service", "services", initial, name)).collect(),
            namespace: None,
            deeds,
            grants: Vec::new(),
            escalations: Vec::new(),
            tasks: vec![namespace.to_owned()],
            gateway,
        };
        Some(Place { survey, left, service, initial: initial.to_owned() })
    }

    /// What answers where tasks look for the master, for each resource manager that says where.
    fn reached(&self, managers: &[&Manager], io: &Io<'_>) -> Vec<Option<(String, Option<String>)>> {
        let urls: Vec<Option<String>> = managers.iter().map(|manager| url_of(manager.kubernetes()?)).collect();
        let targets: Vec<ToReach> = urls
            .iter()
            .flatten()
            .map(|url| ToReach { url: url.clone(), proxy: proxy_from_environment(url, io) })
            .collect();
        let mut answers = cluster::reach(targets, self.live.timeout.min(REACH)).into_iter();
        urls.into_iter()
            .map(|url| url.and_then(|url| Some((url, answers.next()?.err().map(|failure| silence(&failure))))))
            .collect()
    }
}

/// What is asked of the cluster of a resource manager.
struct Place {
    survey: ToSurvey,
    /// How long that may take.
    left: Duration,
    /// The Service that the master will look up.
    service: Option<String>,
    /// The namespace of that Service.
    initial: String,
}

impl Place {
    fn sight(&self, config: &MultiRm, manager: &Manager, survey: &Survey, read: &Clusters) -> Sight {
        let space = survey.tasks.first();
        let may_not_look = survey.lacking.contains(&may_look_up(&self.initial));
        let is_there = survey.objects.first().is_some_and(|(_, object)| object.is_some());
        let missing = self.service.clone().filter(|_| !may_not_look && !is_there);
        let inventory = read.inventories.get(manager.index).and_then(Option::as_ref);
        Sight {
            has_namespace: space.and_then(|space| space.is_there),
            missing_service: missing.map(|name| format!("{name} in namespace {}", self.initial)),
            lacking: lacking(survey, &self.initial),
            gateway: manager.kubernetes().and_then(|kubernetes| gateway(kubernetes, survey)),
            pools: inventory.map(|inventory| pools(config, manager, inventory)).unwrap_or_default(),
            masters: masters(space.and_then(|space| space.marked.as_deref()).unwrap_or_default()),
        }
    }
}

fn url_of(kubernetes: &Kubernetes) -> Option<String> {
    let (host, port) = (&kubernetes.master_host.value, kubernetes.master_port.value);
    let scheme = match kubernetes.master_scheme.value.as_str() {
        "" => "http",
        scheme => scheme,
    };
    kubernetes.has_master_address().then(|| format!("{scheme}://{host}:{port}"))
}

/// The right to look the master's Service up, without which nothing is known of it.
fn may_look_up(namespace: &str) -> Right {
    let scope = Scope::Namespace(namespace.to_owned());
    Right { group: "", resource: "services", verb: "get", scope, need: Need::Optional, without: "" }
}

/// What the master may not do; those first without which it does not start.
fn lacking(survey: &Survey, initial: &str) -> Vec<Lacking> {
    let aside = may_look_up(initial);
    let mut rights: Vec<&Right> =
        survey.lacking.iter().filter(|right| **right != aside && right.need != Need::Optional).collect();
    rights.sort_by_key(|right| right.need);
    let told = |right: &Right| Lacking {
        right: judge::right_text(right),
        without: right.without,
        severity: if right.need == Need::Start { Severity::Error } else { Severity::Warning },
    };
    rights.into_iter().map(told).collect()
}

fn gateway(kubernetes: &Kubernetes, survey: &Survey) -> Option<(Severity, String)> {
    let gateway = kubernetes.gateway.as_ref()?;
    let name = format!("{} in namespace {}", gateway.name.value, gateway.namespace.value);
    let outcome =
        gateway::outcome(survey.gateway.as_ref(), (&name, (gateway.port_start.value, gateway.port_end.value)))?;
    match outcome.state {
        State::Failed => Some((Severity::Error, outcome.words)),
        State::Warned => Some((Severity::Warning, outcome.words)),
        _ => None,
    }
}

/// Nodes and slots of each pool, as far as nodes could be read. A pool for what asks for no slots needs none.
fn pools(config: &MultiRm, manager: &Manager, inventory: &Inventory) -> Vec<Option<(usize, i64)>> {
    let counted = manager.pools.iter().map(|pool| {
        let nodes = pool_nodes(config, manager, pool, inventory).ok()??;
        let is_aux = manager.default_aux_pool.value.as_deref() == Some(&*pool.name.value);
        let slots = if is_aux && !nodes.nodes.is_empty() { nodes.slots.max(1) } else { nodes.slots };
        Some((nodes.nodes.len(), slots))
    });
    if inventory.is_unread(Kind::Node) { Vec::new() } else { counted.collect() }
}

/// How the names of jobs start that masters made, each start once: `det-` and the first letters of the master's id.
fn masters(marked: &[String]) -> Vec<String> {
    let start = |name: &String| {
        let rest = name.strip_prefix("Job det-")?;
        let id =
            rest.split('-').next().filter(|id| id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        Some(format!("det-{id}-…"))
    };
    let mut starts: Vec<String> = marked.iter().filter_map(start).collect();
    starts.sort();
    starts.dedup();
    starts
}

fn unread(read: &Clusters, manager: usize) -> Unseen {
    let unread = read.unread.get(manager).and_then(Option::as_ref);
    let is_wanted = read.asked.contains(&manager) || unread.is_some_and(|unread| unread.is_named);
    let severity = if is_wanted { Severity::Error } else { Severity::Info };
    match unread {
        Some(unread) => Unseen { words: unread.words.clone(), hint: unread.hint.clone(), severity },
        None => Unseen { words: "it was not read".to_owned(), hint: None, severity },
    }
}

/// Why no master answers, as a clause.
fn silence(failure: &Failure) -> String {
    match &failure.why {
        Why::NoSuchHost => "the name leads nowhere".to_owned(),
        Why::Refused => "nothing listens there".to_owned(),
        Why::TimeOut => "no answer in time".to_owned(),
        Why::NotKubernetes | Why::NotFound | Why::Malformed => "what answers there is no master".to_owned(),
        _ if failure.words.is_empty() => "the connection broke".to_owned(),
        _ => failure.words.clone(),
    }
}
