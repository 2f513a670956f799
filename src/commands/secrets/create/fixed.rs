//! Secrets that never change: what is new gets a new name, and what is old goes once nothing mounts it any more.

use super::arguments::Arguments;
use super::wanted::{All, Prepared};
use crate::cluster::{self, Failure, Kept, Shelf, ToList, ToRevoke, ToWatch, Why};
use crate::commands::secrets::access::Used;
use crate::credentials::identity::{CLUSTER_NAME, MANAGED_BY, MANAGER, RELEASE, Reference, core, label};
use crate::credentials::owner::Way;
use crate::credentials::plan::{Credential, Entry};
use crate::credentials::record::{Former, Record};
use crate::credentials::secret::{Life, marked, unmarked};

/// Other Secrets of ours for each cluster; nothing where they may not be listed.
pub(super) type Siblings = Option<Vec<Vec<Kept>>>;

/// Finds the Secrets that are there beside those that are looked for. Where the newest of a cluster never changes, it
/// is the one that counts.
///
/// # Errors
/// When the default cluster cannot be asked.
pub(super) fn siblings(
    arguments: &Arguments,
    all: &mut All,
    default: &Used,
    shelf: &mut Shelf,
) -> Result<Siblings, Failure> {
    let target = ToList {
        endpoint: default.endpoint.clone(),
        namespace: arguments.target.namespace.clone(),
        selector: format!("{MANAGED_BY}={MANAGER},{RELEASE}={}", label(&arguments.target.release)),
    };
    let found = match cluster::list(target, arguments.run.timeout) {
        Ok(found) => found,
        Err(failure) if failure.why == Why::Forbidden => return Ok(None),
        Err(failure) => return Err(failure),
    };
    found.iter().for_each(|kept| default.know(kept));
    let mut siblings = Vec::new();
    for (one, there) in all.clusters.iter_mut().zip(&mut shelf.kept) {
        let cluster = label(&one.wanted.owner.cluster);
        let is_its = |kept: &&Kept| kept.object["metadata"]["labels"][CLUSTER_NAME] == cluster.as_str();
        let mut its: Vec<Kept> = found.iter().filter(is_its).cloned().collect();
        if let Some(newest) = newest(&its, one, arguments) {
            one.wanted.life = Life::Immutable;
            newest.name().clone_into(&mut one.wanted.secret);
            *there = Some(newest);
        } else if one.wanted.life == Life::Immutable {
            *there = None;
        }
        its.retain(|kept| kept.name() != one.wanted.secret || there.is_none());
        siblings.push(its);
    }
    Ok(Some(siblings))
}

/// Whether it is one of those that never change, and not one that somebody has made so.
fn is_fixed(kept: &Kept) -> bool {
    kept.object["immutable"] == true && unmarked(kept.name()) != kept.name()
}

/// The newest of those that never change; none where another kind is asked for.
fn newest(its: &[Kept], one: &Prepared, arguments: &Arguments) -> Option<Kept> {
    if arguments.stored.rotation.is_some() || arguments.stored.output.is_some() {
        return None;
    }
    let base = unmarked(&one.wanted.secret);
    let is_one = |kept: &&Kept| is_fixed(kept) && unmarked(kept.name()) == base;
    its.iter().filter(is_one).max_by_key(|kept| (Record::of(&kept.object).created, kept.name().to_owned())).cloned()
}

/// Gives what is new its name. What was there stays as it is, beside it.
pub(super) fn rename(
    all: &mut All,
    shelf: &mut Shelf,
    siblings: &mut Siblings,
    entries: &mut [Result<Entry, Failure>],
    now: i64,
) {
    for (at, (one, entry)) in all.clusters.iter_mut().zip(entries).enumerate() {
        let Ok(entry) = entry else { continue };
        let is_new = one.wanted.life == Life::Immutable && matches!(entry.credential, Credential::Make(_));
        // What stands in the way is told first.
        if !is_new || entry.way.is_err() {
            continue;
        }
        let of =
            [&one.wanted.owner.release, &one.wanted.owner.cluster, &one.wanted.server.to_string(), &now.to_string()];
        one.wanted.secret = marked(&one.wanted.secret, &of.map(String::as_str));
        entry.wanted.secret.clone_from(&one.wanted.secret);
        entry.way = Ok(Way::Create);
        let before = shelf.kept.get_mut(at).and_then(Option::take);
        if let Some(siblings) = siblings.as_mut().and_then(|siblings| siblings.get_mut(at)) {
            siblings.extend(before);
        }
    }
}

/// Finds those of before that neither the master's Deployment nor a pod of it mounts. Without a Deployment nobody can
/// tell.
pub(super) fn find_outlived(
    arguments: &Arguments,
    default: &Used,
    siblings: &Siblings,
    entries: &mut [Result<Entry, Failure>],
) {
    let Some(siblings) = siblings.as_ref().filter(|siblings| siblings.iter().any(|its| !its.is_empty())) else {
        return;
    };
    let target = ToWatch {
        endpoint: default.endpoint.clone(),
        namespace: arguments.target.namespace.clone(),
        release: arguments.target.release.clone(),
    };
    let Ok(Some(running)) = cluster::watch(target, arguments.run.timeout) else { return };
    for (entry, its) in entries.iter_mut().zip(siblings) {
        let Ok(entry) = entry else { continue };
        // Where a new one takes the place of the old one, nothing else of ours is meant to go.
        let is_meant = |kept: &&Kept| entry.wanted.life == Life::Immutable || is_fixed(kept);
        let names = its.iter().filter(is_meant).map(Kept::name).filter(|name| !running.uses(name));
        entry.outlived = names.map(str::to_owned).collect();
    }
}

/// What is noted at the Secret of a cluster, with the credentials of those beside it, which count as well.
pub(super) fn known(kept: Option<&Kept>, siblings: &[Kept]) -> Record {
    let mut record = kept.map(|kept| Record::of(&kept.object)).unwrap_or_default();
    record.previous.extend(siblings.iter().flat_map(|kept| Record::of(&kept.object).replaced()));
    record
}

/// A Secret of the default cluster.
pub(super) fn reference(kept: &Kept, namespace: &str) -> Reference {
    core("Secret", "secrets", namespace, kept.name())
}

/// The credentials that a Secret of before still counts on, as far as they are on the cluster that is at hand.
pub(super) fn credentials(kept: &Kept, one: &Prepared, cluster_uid: &str) -> Vec<ToRevoke> {
    let record = Record::of(&kept.object);
    if record.cluster_uid != cluster_uid {
        return Vec::new();
    }
    let revoke = |former: &Former| {
        let (namespace, name) = former.credential.split_once('/')?;
        let (endpoint, credential) = (one.used.endpoint.clone(), core("Secret", "secrets", namespace, name));
        Some(ToRevoke { endpoint, credential, uid: former.uid.clone() })
    };
    record.replaced().iter().filter_map(revoke).collect()
}
