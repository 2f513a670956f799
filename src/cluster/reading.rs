//! Which lists are read of a cluster, in which order (scheduling facts §3.6), and what becomes of those that are not
//! permitted (§3.7).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

use super::Target;
use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::list::{Listed, Listing, Shared, Taken};
use super::login;
use super::objects::uid_of;
use super::progress::Gauge;
use super::resources;
use super::rights;
use super::session::Session;
use super::surveying::namespace;
use crate::formats::snapshot::Saver;
use crate::model::inventory::{Absent, Interest, InventoryBuilder, Kind, Record};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;
use crate::model::policy::PriorityClass;
use crate::scheduling::Copies;
use crate::scheduling::needs::{PodsNeeded, pods_needed};

/// What of a cluster is wanted.
pub struct Wanted {
    /// The release whose rules count; the one that the server says it is, when nothing is said.
    pub version: Option<KubernetesVersion>,
    /// The pods that are to be placed, each kind for itself, and how many.
    pub pods: Vec<(Pod, Copies)>,
    /// Priority classes that are made with the pods.
    pub classes: Vec<PriorityClass>,
    /// How pods are read.
    pub pace: Pace,
    /// The snapshot that is to be saved. Everything is read then, so that it answers other questions too.
    pub saver: Option<Saver>,
}

/// How the pods of a cluster are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Page by page, as they are now.
    #[default]
    Pages,
    /// In one answer of the API server's cache, which may be a moment old.
    AtOnce,
}

/// What was read of a cluster.
pub struct Reading {
    /// Where it is, with the credentials that were used.
    pub endpoint: Endpoint,
    /// The objects.
    pub builder: InventoryBuilder,
    /// What the server says it is.
    pub version: ServerVersion,
    /// What sets the cluster apart from all others, where it may be known.
    pub identity: Option<String>,
    /// The lists that were read, in order.
    pub lists: Vec<(Kind, Listed)>,
    /// What could not be read.
    pub not_read: Vec<NotRead>,
    /// The snapshot, to be finished.
    pub saver: Option<Saver>,
    /// How long it took.
    pub took: Duration,
}

/// The release of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVersion {
    /// As the server says it, such as `v1.33.13`; empty when it does not say.
    pub said: String,
    /// The release whose rules are used.
    pub used: KubernetesVersion,
    /// Its minor number, 33 for 1.33, if it can be told.
    pub minor: Option<u32>,
}

/// Objects that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotRead {
    /// Which.
    pub kind: Kind,
    /// Why.
    pub failure: Failure,
}

/// Reads one cluster. What of it gets too old to be read to its end is read once more from the start.
pub(super) async fn read(target: Target, gauge: Gauge, deadline: Instant) -> Result<Reading, Failure> {
    let begun = Instant::now();
    let Target { endpoint, program, mut wanted } = target;
    let endpoint = login::log_in(endpoint, program, deadline).await?;
    let session = Session::open(&endpoint, deadline)?;
    let version = version(&session, wanted.version).await?;
    let saver = wanted.saver.take();
    let mut reader = Reader::new(session, gauge, &wanted, &version, saver);
    if let Err(failure) = reader.all(&wanted, &version).await {
        if failure.why != (Why::Expired { next: None }) {
            return Err(failure);
        }
        reader.start_anew(&wanted, &version);
        reader.all(&wanted, &version).await?;
    }
    let identity = reader.identity().await;
    reader.gauge.end();
    let Reader { into, lists, not_read, .. } = reader;
    let taken = Arc::into_inner(into).map(|taken| taken.into_inner().unwrap_or_else(PoisonError::into_inner));
    let Taken { builder, saver } = taken.ok_or_else(|| Failure::before(Why::Broken, "the reader stopped"))?;
    Ok(Reading { endpoint, builder, version, identity, lists, not_read, saver, took: begun.elapsed() })
}

/// A namespace that every cluster has.
const SYSTEM: &str = "kube-system";

/// An inventory that nothing has come into.
fn nothing(wanted: &Wanted, version: &ServerVersion) -> InventoryBuilder {
    let interest = Interest::of(wanted.pods.iter().map(|(pod, _)| pod));
    InventoryBuilder::new(version.used, interest).with_absent(Absent::Unread)
}

/// What a snapshot begins with.
fn head(version: &ServerVersion) -> Record {
    Record { server_version: Some(version.said.clone()), rules: Some(version.used.minor()), ..Record::default() }
}

/// Pods that hold something.
const LIVE: &str = "status.phase!=Succeeded,status.phase!=Failed";

fn all_pods() -> Listing {
    Listing::all(&resources::PODS).with_fields(LIVE)
}

/// What admission and the scheduler may ask for, beside nodes and pods.
fn others(wanted: &Wanted, version: &ServerVersion) -> Vec<Listing> {
    let pods = || wanted.pods.iter().map(|(pod, _)| pod);
    let mut listings = vec![Listing::all(&resources::NAMESPACES)];
    let namespaces: BTreeSet<&str> = pods().map(Pod::namespace).collect();
    for namespace in &namespaces {
        listings.push(Listing::of_namespace(&resources::LIMIT_RANGES, namespace));
        listings.push(Listing::of_namespace(&resources::QUOTAS, namespace));
    }
    listings.push(Listing::all(&resources::PRIORITY_CLASSES));
    if pods().any(|pod| pod.spec.runtime_class_name.is_some()) {
        listings.push(Listing::all(&resources::RUNTIME_CLASSES));
    }
    let has_claims = |pod: &Pod| pod.spec.volumes.iter().any(|v| v.claim_name.is_some() || v.source == "ephemeral");
    if pods().any(has_claims) {
        listings.extend(namespaces.iter().map(|namespace| Listing::of_namespace(&resources::CLAIMS, namespace)));
        listings.push(Listing::all(&resources::VOLUMES));
        listings.push(Listing::all(&resources::STORAGE_CLASSES));
    }
    listings.extend(late(version));
    listings
}

/// How much of a cluster is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// What the pods that are to be placed may need.
    Needed,
    /// What any pod may need.
    Everything,
}

/// The same for any pod in any namespace.
fn everything(version: &ServerVersion) -> Vec<Listing> {
    let all = [
        &resources::NAMESPACES,
        &resources::LIMIT_RANGES,
        &resources::QUOTAS,
        &resources::PRIORITY_CLASSES,
        &resources::RUNTIME_CLASSES,
        &resources::CLAIMS,
        &resources::VOLUMES,
        &resources::STORAGE_CLASSES,
    ];
    let mut listings: Vec<Listing> = all.into_iter().map(Listing::all).collect();
    listings.extend(late(version));
    listings
}

/// What is the same for all pods.
fn late(version: &ServerVersion) -> impl Iterator<Item = Listing> {
    let classes = version.minor.is_none_or(|minor| minor >= 34).then_some(&resources::DEVICE_CLASSES);
    classes.into_iter().chain(&resources::ADMISSION_EXTENSIONS).map(Listing::all)
}

/// Namespaces whose pods are asked for one by one, where those of all may not be listed.
const MOST_NAMESPACES: usize = 100;

struct Reader {
    session: Session,
    gauge: Gauge,
    extent: Extent,
    into: Shared,
    lists: Vec<(Kind, Listed)>,
    not_read: Vec<NotRead>,
}

impl Reader {
    fn new(session: Session, gauge: Gauge, wanted: &Wanted, version: &ServerVersion, mut saver: Option<Saver>) -> Self {
        let extent = if saver.is_some() { Extent::Everything } else { Extent::Needed };
        if let Some(saver) = &mut saver {
            saver.record(&head(version));
        }
        let into = Arc::new(Mutex::new(Taken { builder: nothing(wanted, version), saver }));
        Self { session, gauge, extent, into, lists: Vec::new(), not_read: Vec::new() }
    }

    /// Forgets all that was read.
    fn start_anew(&mut self, wanted: &Wanted, version: &ServerVersion) {
        let mut taken = self.taken();
        taken.builder = nothing(wanted, version);
        if let Some(saver) = &mut taken.saver {
            saver.start_anew();
            saver.record(&head(version));
        }
        drop(taken);
        self.lists.clear();
        self.not_read.clear();
    }

    /// Reads all that is wanted.
    async fn all(&mut self, wanted: &Wanted, version: &ServerVersion) -> Result<(), Failure> {
        let mut listings = vec![all_pods(), Listing::all(&resources::NODES)];
        listings.extend(match self.extent {
            Extent::Needed => others(wanted, version),
            Extent::Everything => everything(version),
        });
        let mut refusals = rights::refusals(&self.session, &listings).await.into_iter();
        let pods = refusals.next().flatten();
        for (listing, refusal) in listings.iter().skip(1).zip(refusals) {
            match refusal {
                Some(refusal) => self.refused(listing.resource.kind, refusal),
                None => self.list(listing).await?,
            }
        }
        self.pods(wanted, pods).await
    }

    /// What sets the cluster apart: the uid of a namespace that each has, which one may be allowed to get although not
    /// to list.
    async fn identity(&self) -> Option<String> {
        let listed = self.taken().builder.uid_of_namespace(SYSTEM).map(str::to_owned);
        let uid = match listed {
            Some(uid) => uid,
            None => uid_of(&namespace(&self.session.hurried(rights::PATIENCE), SYSTEM).await.ok()??),
        };
        Some(uid).filter(|uid| !uid.is_empty())
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.into.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads a list, or notes that it may not be read. Other failures end the reading: what is there is not known
    /// then.
    async fn list(&mut self, listing: &Listing) -> Result<(), Failure> {
        let kind = listing.resource.kind;
        self.gauge.begin(kind);
        let gauge = self.gauge.clone();
        match listing.read(&self.session, &self.into, &mut |page| gauge.page(page)).await {
            Ok(listed) => self.lists.push((kind, listed)),
            // The server is too old to have them.
            Err(Failure { why: Why::NotFound, .. }) if !listing.resource.group.is_empty() => {
                self.taken().builder.was_read(kind);
            }
            Err(failure) if failure.why == Why::Forbidden => self.refused(kind, failure),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// Notes that a list may not be read, or not to its end: the same kind may come in others.
    fn refused(&mut self, kind: Kind, failure: Failure) {
        self.taken().builder.is_read_partly(kind);
        self.not_read.push(NotRead { kind, failure });
    }

    /// Reads as many pods as the answers need.
    async fn pods(&mut self, wanted: &Wanted, refusal: Option<Failure>) -> Result<(), Failure> {
        for class in &wanted.classes {
            self.taken().builder.will_have_priority_class(class.clone());
        }
        let needed = match self.extent {
            Extent::Needed => self.needed(wanted).await,
            Extent::Everything => PodsNeeded::All,
        };
        match needed {
            PodsNeeded::None => self.taken().builder.is_needless(Kind::Pod),
            _ if refusal.is_some() => {
                if let Some(refusal) = refusal {
                    self.refused(Kind::Pod, refusal);
                }
                self.pods_by_namespace(wanted).await?;
            }
            PodsNeeded::OfNodes(nodes) => {
                self.taken().builder.has_pods_of(nodes.len());
                // One that waits now may be on a node by the time that the pods of the node are read.
                self.taken().builder.has_lists_of_pods();
                // Those that wait may be in front, or have a node kept for them.
                self.list(&all_pods().with_fields(format!("spec.nodeName=,{LIVE}"))).await?;
                for node in nodes {
                    self.list(&all_pods().with_fields(format!("spec.nodeName={node},{LIVE}"))).await?;
                }
            }
            PodsNeeded::All => {
                if !self.pods_at_once(wanted.pace).await? {
                    self.list(&all_pods()).await?;
                }
                if self.not_read.iter().any(|not_read| not_read.kind == Kind::Pod) {
                    self.pods_by_namespace(wanted).await?;
                }
            }
        }
        Ok(())
    }

    /// Reads all pods in one answer, if they are to be read so and the server does its part.
    async fn pods_at_once(&mut self, pace: Pace) -> Result<bool, Failure> {
        if pace == Pace::Pages {
            return Ok(false);
        }
        self.gauge.begin(Kind::Pod);
        match all_pods().read_at_once(&self.session, &self.into).await {
            Ok(listed) => {
                self.lists.push((Kind::Pod, listed));
                Ok(true)
            }
            Err(failure) if failure.why == Why::TimeOut => Err(failure),
            // Page by page more can go wrong and be put right.
            Err(_) => Ok(false),
        }
    }

    /// What the nodes alone tell, beside what else is going on.
    async fn needed(&self, wanted: &Wanted) -> PodsNeeded {
        let (empty, pods) = (self.taken().builder.clone(), wanted.pods.clone());
        let needed = tokio::task::spawn_blocking(move || pods_needed(&empty.finish(), &pods));
        needed.await.unwrap_or(PodsNeeded::All)
    }

    /// The pods of those namespaces where they may be listed: what is taken is at least this much.
    async fn pods_by_namespace(&mut self, wanted: &Wanted) -> Result<(), Failure> {
        let own = wanted.pods.iter().map(|(pod, _)| pod.namespace().to_owned());
        let mut names: BTreeSet<String> = own.collect();
        names.extend(self.taken().builder.namespaces().take(MOST_NAMESPACES).map(str::to_owned));
        let listings: Vec<Listing> =
            names.iter().map(|name| Listing::of_namespace(&resources::PODS, name).with_fields(LIVE)).collect();
        let refusals = rights::refusals(&self.session, &listings).await;
        // Some may be among what was read before the list of all was cut short.
        self.taken().builder.has_lists_of_pods();
        for (listing, _) in listings.iter().zip(refusals).filter(|(_, refusal)| refusal.is_none()) {
            listing.read_if_permitted(&self.session, &self.into).await?;
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct VersionAnswer {
    #[serde(rename = "gitVersion", default)]
    said: String,
    #[serde(default)]
    minor: String,
}

/// Asks for the release. Programs that were built without a stamp say nonsense in one field, but not in the other.
async fn version(session: &Session, asked: Option<KubernetesVersion>) -> Result<ServerVersion, Failure> {
    let answer = match session.get("/version", "version").await {
        Ok(answer) => answer,
        // It is for everybody, unless somebody took that away.
        Err(Failure { why: Why::Forbidden | Why::NotFound, .. }) => Vec::new(),
        Err(failure) => return Err(failure),
    };
    let read = serde_json::from_slice::<VersionAnswer>(&answer).ok();
    let read = read.filter(|version| !version.said.is_empty() || !version.minor.is_empty());
    if read.is_none() && !answer.is_empty() {
        return Err(Failure::before(Why::NotKubernetes, "it is no version").asking("version"));
    }
    let answer = read;
    let said = answer.as_ref().map(|answer| answer.said.clone()).unwrap_or_default();
    let of_minor = answer.and_then(|answer| answer.minor.trim_end_matches('+').parse().ok());
    let minor = KubernetesVersion::minor_of(&said).or(of_minor);
    let used = asked.or(minor.map(KubernetesVersion::nearest)).unwrap_or_default();
    Ok(ServerVersion { said, used, minor })
}
