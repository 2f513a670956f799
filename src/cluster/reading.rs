//! Which lists are read of a cluster, in which order (scheduling facts §3.6), and what becomes of those that are not
//! permitted (§3.7).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;
use tokio::time::Instant;

use super::Target;
use super::failure::{Failure, Why};
use super::list::{Listed, Listing, Shared};
use super::resources::{self, Resource};
use super::session::Session;
use crate::model::inventory::{Interest, InventoryBuilder, Kind};
use crate::model::kubernetes_version::KubernetesVersion;
use crate::model::pod::Pod;

/// What of a cluster is wanted.
pub struct Wanted {
    /// The release whose rules count; the one that the server says it is, when nothing is said.
    pub version: Option<KubernetesVersion>,
    /// The pods that are to be placed.
    pub pods: Vec<Pod>,
}

/// What was read of a cluster.
pub struct Reading {
    /// The objects.
    pub builder: InventoryBuilder,
    /// What the server says it is.
    pub version: ServerVersion,
    /// The lists that were read, in order.
    pub lists: Vec<(Kind, Listed)>,
    /// What could not be read.
    pub not_read: Vec<NotRead>,
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

/// Reads one cluster.
pub(super) async fn read(target: Target, deadline: Instant) -> Result<Reading, Failure> {
    let Target { endpoint, wanted } = target;
    let session = Session::open(&endpoint, deadline)?;
    let version = version(&session, wanted.version).await?;
    let builder = InventoryBuilder::new(version.used, Interest::of(&wanted.pods));
    let mut reader = Reader { session, into: Arc::new(Mutex::new(builder)), lists: Vec::new(), not_read: Vec::new() };
    reader.list(&Listing::all(&resources::NODES)).await?;
    for listing in listings(&wanted, &version) {
        reader.list(&listing).await?;
    }
    let pods = Listing { fields: "status.phase!=Succeeded,status.phase!=Failed", ..Listing::all(&resources::PODS) };
    reader.list(&pods).await?;
    let Reader { into, lists, not_read, .. } = reader;
    let builder = Arc::into_inner(into).map(|builder| builder.into_inner().unwrap_or_else(PoisonError::into_inner));
    let builder = builder.ok_or_else(|| Failure::before(Why::Broken, "the reader stopped"))?;
    Ok(Reading { builder, version, lists, not_read })
}

/// What admission and the scheduler may ask for, beside nodes and pods.
fn listings(wanted: &Wanted, version: &ServerVersion) -> Vec<Listing> {
    let mut listings = vec![Listing::all(&resources::NAMESPACES)];
    let namespaces: BTreeSet<&str> = wanted.pods.iter().map(Pod::namespace).collect();
    for namespace in &namespaces {
        listings.push(Listing::of_namespace(&resources::LIMIT_RANGES, namespace));
        listings.push(Listing::of_namespace(&resources::QUOTAS, namespace));
    }
    listings.push(Listing::all(&resources::PRIORITY_CLASSES));
    if wanted.pods.iter().any(|pod| pod.spec.runtime_class_name.is_some()) {
        listings.push(Listing::all(&resources::RUNTIME_CLASSES));
    }
    let has_claims = |pod: &Pod| pod.spec.volumes.iter().any(|v| v.claim_name.is_some() || v.source == "ephemeral");
    if wanted.pods.iter().any(has_claims) {
        listings.extend(namespaces.iter().map(|namespace| Listing::of_namespace(&resources::CLAIMS, namespace)));
        listings.push(Listing::all(&resources::VOLUMES));
        listings.push(Listing::all(&resources::STORAGE_CLASSES));
    }
    if version.minor.is_none_or(|minor| minor >= 34) {
        listings.push(Listing::all(&resources::DEVICE_CLASSES));
    }
    listings.extend(resources::ADMISSION_EXTENSIONS.iter().map(Listing::all));
    listings
}

struct Reader {
    session: Session,
    into: Shared,
    lists: Vec<(Kind, Listed)>,
    not_read: Vec<NotRead>,
}

impl Reader {
    /// Reads a list, or notes that it may not be read. Other failures end the reading: what is there is not known
    /// then.
    async fn list(&mut self, listing: &Listing) -> Result<(), Failure> {
        let kind = listing.resource.kind;
        match listing.read(&self.session, &self.into, &mut |_| {}).await {
            Ok(listed) => self.lists.push((kind, listed)),
            Err(failure) if may_lack(listing.resource, &failure) => self.not_read.push(NotRead { kind, failure }),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}

/// Whether a cluster is still worth reading without these objects: they may not be listed, or the server is too old to
/// have them.
fn may_lack(resource: &Resource, failure: &Failure) -> bool {
    match failure.why {
        Why::Forbidden => true,
        Why::NotFound => !resource.group.is_empty(),
        _ => false,
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
    let answer: Option<VersionAnswer> = serde_json::from_slice(&answer).ok();
    let said = answer.as_ref().map(|answer| answer.said.clone()).unwrap_or_default();
    let of_git = said.strip_prefix("v1.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    let of_minor = answer.and_then(|answer| answer.minor.trim_end_matches('+').parse().ok());
    let minor = of_git.or(of_minor);
    let used = asked.or(minor.map(KubernetesVersion::nearest)).unwrap_or_default();
    Ok(ServerVersion { said, used, minor })
}
