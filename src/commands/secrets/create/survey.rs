//! The clusters as they are → the plan.

use std::time::Duration;

use super::arguments::Arguments;
use super::fixed;
use super::wanted::{All, Prepared};
use crate::cluster::{self, Age, Endpoint, Failure, Hold, Kept, Shelf, ToGather, ToLookUp, ToProve, ToSurvey};
use crate::commands::secrets::access::Used;
use crate::commands::secrets::reachable;
use crate::credentials::gateway;
use crate::credentials::identity::{Object, core};
use crate::credentials::judge::{self, InUse, Outcome};
use crate::credentials::operator::{self, MakesNamespace};
use crate::credentials::owner::{self, Adopt, Allowed, Found, Replace, Way};
use crate::credentials::plan::{self, Change, Credential, Entry};
use crate::credentials::record::Record;
use crate::credentials::rights::{granted, needed};
use crate::credentials::roles;
use crate::credentials::rotation;
use crate::credentials::secret::Life;
use crate::credentials::survey::{Proof, Survey};
use crate::report::dates::date;

/// Everything that was seen, and the plan that follows from it.
pub(super) struct Surveyed {
    /// The default cluster.
    pub(super) shelf: Shelf,
    /// What stands in the way there.
    pub(super) blocked: Vec<String>,
    /// The plan of each cluster, or why it could not be looked at.
    pub(super) entries: Vec<Result<Entry, Failure>>,
    /// What was seen of each cluster.
    pub(super) surveys: Vec<Option<Survey>>,
    /// Credentials of each cluster that no kubeconfig names, as far as they may be listed.
    pub(super) orphans: Vec<Vec<Hold>>,
    /// Other Secrets of ours for each cluster, as far as they may be listed.
    pub(super) siblings: Vec<Vec<Kept>>,
}

/// The objects that a cluster is to have: the namespace unless it is there, the account unless it is given, the roles.
pub(super) fn objects(prepared: &Prepared, given: bool) -> Vec<Object> {
    let wanted = &prepared.wanted;
    let mut objects = Vec::new();
    if prepared.own.is_some() {
        return objects;
    }
    if !given {
        objects.push(wanted.identity.account_object());
    }
    if let Some(profile) = wanted.profile {
        objects.extend(wanted.identity.role_objects(&roles(&granted(&wanted.uses, profile))));
    }
    objects
}

/// Looks at all clusters.
pub(super) fn survey(arguments: &Arguments, all: &mut All, default: &Used, now: i64) -> Result<Surveyed, Failure> {
    let time = arguments.run.timeout;
    // Before the kubeconfigs are read: whoever made one of these and has not stored it yet can no longer do so once we have.
    let gathered = cluster::gather(all.clusters.iter().map(to_gather).collect(), time);
    let mut shelf = cluster::look_up(to_look_up(arguments, all, default), time)?;
    let mut siblings = fixed::siblings(arguments, all, default, &mut shelf)?;
    shelf.kept.iter().flatten().for_each(|kept| default.know(kept));
    for (one, kept) in all.clusters.iter_mut().zip(&shelf.kept) {
        one.keep_rotation(arguments, kept.as_ref());
    }
    let blocked = blocked(arguments, &shelf);
    let targets = all.clusters.iter().map(|one| to_survey(arguments, one)).collect();
    let surveys = reachable::survey(targets, &gathered, time);
    let mut entries = entries(arguments, all, &shelf, &surveys, now);
    confirm_kept(all, &shelf, &mut entries, time);
    fixed::find_outlived(arguments, default, &siblings, &mut entries);
    let orphans = orphans(gathered, &shelf, siblings.as_deref());
    fixed::rename(all, &mut shelf, &mut siblings, &mut entries, now);
    let surveys = surveys.into_iter().map(Result::ok).collect();
    let siblings = siblings.unwrap_or_default();
    Ok(Surveyed { shelf, blocked, entries, surveys, orphans, siblings })
}

/// The plan of each cluster, or why it could not be looked at.
fn entries(
    arguments: &Arguments,
    all: &All,
    shelf: &Shelf,
    surveys: &[Result<Survey, Failure>],
    now: i64,
) -> Vec<Result<Entry, Failure>> {
    let others: Vec<(String, Option<String>)> = all
        .clusters
        .iter()
        .zip(surveys)
        .map(|(one, seen)| (one.wanted.owner.cluster.clone(), seen.as_ref().ok().and_then(|seen| seen.uid.clone())))
        .collect();
    let mut entries = Vec::new();
    for (at, (one, seen)) in all.clusters.iter().zip(surveys).enumerate() {
        let mut known = vec![("the default cluster".to_owned(), shelf.uid.clone())];
        known.extend(others.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other.clone()));
        let scene = Scene { arguments, one, kept: shelf.kept.get(at).and_then(Option::as_ref), known: &known, now };
        entries.push(match seen {
            Ok(seen) => Ok(scene.entry(seen, all)),
            Err(failure) => Err(failure.clone()),
        });
    }
    entries
}

fn to_gather(one: &Prepared) -> ToGather {
    ToGather {
        endpoint: one.used.endpoint.clone(),
        owner: one.wanted.owner.clone(),
        namespace: one.wanted.identity.namespace.clone(),
    }
}

/// Credentials that no kubeconfig names. Where not all kubeconfigs may be listed, none is known to be one.
fn orphans(gathered: Vec<Result<Vec<Hold>, Failure>>, shelf: &Shelf, siblings: Option<&[Vec<Kept>]>) -> Vec<Vec<Hold>> {
    let Some(siblings) = siblings else { return gathered.into_iter().map(|_| Vec::new()).collect() };
    let orphans_of = |found: Vec<Hold>, kept: Option<&Kept>, siblings: &[Kept]| -> Vec<Hold> {
        let references: Vec<_> = found.iter().map(|hold| hold.reference.clone()).collect();
        let places = rotation::orphans(&references, &fixed::known(kept, siblings));
        places.into_iter().filter_map(|at| found.get(at).cloned()).collect()
    };
    let all = gathered.into_iter().zip(&shelf.kept).zip(siblings);
    all.map(|((found, kept), its)| orphans_of(found.unwrap_or_default(), kept.as_ref(), its)).collect()
}

fn to_look_up(arguments: &Arguments, all: &All, default: &Used) -> ToLookUp {
    let namespace = arguments.target.namespace.clone();
    let mut deeds = operator::storing(&namespace);
    deeds.extend(arguments.stored.there.replace.then(|| operator::replacing(&namespace)));
    ToLookUp {
        endpoint: default.endpoint.clone(),
        secrets: all.clusters.iter().map(|one| core("Secret", "secrets", &namespace, &one.wanted.secret)).collect(),
        deeds: deeds.iter().map(operator::Deed::right).collect(),
        namespace,
    }
}

fn blocked(arguments: &Arguments, shelf: &Shelf) -> Vec<String> {
    if arguments.stored.output.is_some() {
        // Nothing is written there.
        return Vec::new();
    }
    let mut blocked: Vec<String> = shelf
        .lacking
        .iter()
        .map(|right| format!("you may not {} there: {}", judge::right_text(right), right.without))
        .collect();
    if shelf.has_namespace == Some(false) {
        blocked.push(format!("there is no namespace {}", arguments.target.namespace));
    }
    blocked
}

fn to_survey(arguments: &Arguments, one: &Prepared) -> ToSurvey {
    let wanted = &one.wanted;
    let objects = objects(one, arguments.identity.service_account.is_some());
    let mut deeds = operator::minting(&wanted.identity, &objects, wanted.mode, MakesNamespace::No);
    // Where nothing is made, the cluster only has to be known.
    deeds.retain(|deed| one.own.is_none() || deed.resource == "namespaces");
    let mut seen: Vec<_> = objects.iter().map(|object| object.reference.clone()).collect();
    if arguments.identity.service_account.is_some() {
        seen.push(wanted.identity.reference());
    }
    ToSurvey {
        endpoint: one.used.endpoint.clone(),
        stored: wanted.server.clone(),
        objects: seen,
        namespace: Some(wanted.identity.namespace.clone()),
        deeds: deeds.iter().map(operator::Deed::right).collect(),
        grants: wanted.profile.map(|profile| granted(&wanted.uses, profile)).unwrap_or_default(),
        escalations: operator::escalation(&objects),
        tasks: wanted.uses.namespaces(),
        gateway: one.gateway.as_ref().map(|gateway| (gateway.namespace.clone(), gateway.name.clone())),
    }
}

/// One cluster with what is known of the others.
struct Scene<'a> {
    arguments: &'a Arguments,
    one: &'a Prepared,
    kept: Option<&'a Kept>,
    known: &'a [(String, Option<String>)],
    now: i64,
}

impl Scene<'_> {
    fn entry(&self, seen: &Survey, all: &All) -> Entry {
        let wanted = &self.one.wanted;
        let stored = &self.arguments.stored;
        let allowed = Allowed {
            adopt: if stored.there.adopt { Adopt::Yes } else { Adopt::No },
            replace: if stored.there.replace { Replace::Yes } else { Replace::No },
        };
        let there = self.kept.map(|kept| &kept.object);
        // Somebody else writes what is printed, so only its own marks count.
        let marks = self.arguments.stored.output.and(there).map(owner::own_marks);
        let whose = owner::found(marks.as_ref().or(there), &wanted.owner);
        let record = self.kept.filter(|_| whose == Found::Ours).map(|kept| Record::of(&kept.object));
        let account = seen.objects.iter().find(|(reference, _)| *reference == wanted.identity.reference());
        let account_uid = account.and_then(|(_, there)| there.as_ref()?["metadata"]["uid"].as_str());
        let own = self.one.own_credential(self.kept, record.as_ref());
        // Whoever applies what is printed does what they will with it.
        let is_leaky = self.arguments.stored.output.is_none() && there.is_some_and(owner::leaks);
        let leaked = record.as_ref().filter(|_| is_leaky);
        let leaked = leaked.map(|_| Credential::Make("kubectl apply has left a copy of the stored one".to_owned()));
        let asked = self.arguments.identity.renew && record.is_some();
        let asked = asked.then(|| Credential::Make("it was asked for".to_owned()));
        let credential = leaked.or(asked).or(own).unwrap_or_else(|| match &record {
            None => Credential::Make(String::new()),
            Some(record) => match plan::outdated(record, wanted, seen, account_uid, self.now) {
                Some(why) => Credential::Make(why),
                None => Credential::Keep,
            },
        });
        let way = match (self.arguments.stored.output, there) {
            (Some(_), None) => Ok(Way::Create),
            (Some(_), Some(_)) => Ok(Way::Change),
            // What never changes is left alone, or stays beside the next one.
            (None, Some(_)) if wanted.life == Life::Immutable && whose == Found::Ours => Ok(Way::Change),
            (None, there) => owner::way(&whose, there, allowed),
        };
        let mut outcomes = Vec::new();
        if let (Some(kept), Ok(way), None) = (self.kept, &way, self.arguments.stored.output) {
            outcomes.push(kept.copies(Some(*way)).skipping(&wanted.skipped));
        }
        let in_use = record.as_ref().is_some_and(|record| Some(record.cluster_uid.as_str()) == seen.uid.as_deref());
        outcomes.extend(self.outcomes(seen, all, if in_use { InUse::Yes } else { InUse::No }));
        Entry {
            objects: self.objects(seen),
            way,
            outcomes,
            lacking: self.lacking(seen),
            outlived: Vec::new(),
            credential,
            wanted: wanted.clone(),
        }
    }

    fn objects(&self, seen: &Survey) -> Vec<(Object, Change)> {
        let wanted = &self.one.wanted;
        let mut planned = Vec::new();
        if !seen.has_namespace && self.one.own.is_none() {
            planned.push((wanted.identity.namespace_object(), Change::Create));
        }
        for object in objects(self.one, self.arguments.identity.service_account.is_some()) {
            let there = seen.objects.iter().find(|(reference, _)| *reference == object.reference);
            let there = there.and_then(|(_, there)| there.as_ref());
            let change = plan::change(&object, there, &wanted.owner);
            planned.push((object, change));
        }
        planned
    }

    fn lacking(&self, seen: &Survey) -> Vec<crate::credentials::Right> {
        let mut lacking = seen.lacking.clone();
        // Nobody needs to make what is there.
        lacking.retain(|right| right.resource != "namespaces" || right.verb == "get" || !seen.has_namespace);
        lacking
    }

    fn outcomes(&self, seen: &Survey, all: &All, in_use: InUse) -> Vec<Outcome> {
        let (one, wanted) = (self.one, &self.one.wanted);
        let authorities = one.trust.certificates();
        let wished = one.gateway.as_ref().map_or(("", (0, 0)), |gateway| (gateway.name.as_str(), gateway.ports));
        let apart = all.default_tasks.as_ref().map(|names| judge::tasks_apart(names, &self.arguments.target.namespace));
        let found = [
            Some(judge::address(&wanted.server, &seen.resolved)),
            Some(judge::insecure(&one.trust)),
            Some(judge::tls_expiry(&seen.served, &authorities, self.now, date)),
            Some(judge::cluster(seen, self.known)),
            Some(judge::foreign_jobs(&seen.tasks, in_use)),
            Some(judge::namespace(&wanted.uses, &seen.tasks)),
            gateway::outcome(seen.gateway.as_ref(), wished),
            apart,
        ];
        let found = found.into_iter().flatten().chain(one.own_outcomes(self.now));
        found.map(|outcome| outcome.skipping(&wanted.skipped)).collect()
    }
}

/// A credential that is to be kept must be one that works: each is tried out.
fn confirm_kept(all: &All, shelf: &Shelf, entries: &mut [Result<Entry, Failure>], time: Duration) {
    let mut places = Vec::new();
    let mut targets = Vec::new();
    for (at, (one, entry)) in all.clusters.iter().zip(entries.iter_mut()).enumerate() {
        let Ok(entry) = entry else { continue };
        if entry.credential != Credential::Keep {
            continue;
        }
        let kept = shelf.kept.get(at).and_then(Option::as_ref);
        let is_moved = kept.is_some_and(|kept| one.is_moved(kept));
        match kept.and_then(|kept| one.stored_endpoint(kept)) {
            Some(_) if is_moved => {
                entry.credential = Credential::Make("the chart mounts its Secret elsewhere".to_owned());
            }
            Some(endpoint) => {
                places.push(at);
                targets.push(to_prove(one, endpoint, Age::Old));
            }
            None => entry.credential = Credential::Make("the stored kubeconfig cannot be read".to_owned()),
        }
    }
    for (at, proof) in places.into_iter().zip(cluster::prove(targets, time)) {
        let (Some(Ok(entry)), Some(one)) = (entries.get_mut(at), all.clusters.get(at)) else { continue };
        match proof {
            Ok(proof) => entry.outcomes.extend(kept_outcomes(one, entry, &proof)),
            Err(failure) => entry.credential = Credential::Make(format!("the stored one does not work: {failure}")),
        }
    }
}

/// What a credential that is kept may do. Nothing while roles are to be written: they have yet to give what it lacks.
fn kept_outcomes(one: &Prepared, entry: &Entry, proof: &Proof) -> Vec<Outcome> {
    if entry.objects.iter().any(|(_, change)| *change != Change::Same) {
        return Vec::new();
    }
    let rights = judge::rights(&proof.lacking, needed(&one.wanted.uses).len()).into_iter();
    rights.chain([judge::excess(&proof.excess)]).map(|outcome| outcome.skipping(&one.wanted.skipped)).collect()
}

/// What a credential of a cluster must prove.
pub(super) fn to_prove(one: &Prepared, endpoint: Endpoint, age: Age) -> ToProve {
    ToProve {
        endpoint,
        needed: needed(&one.wanted.uses),
        namespace: one.wanted.identity.namespace.clone(),
        tasks: one.wanted.uses.namespaces(),
        age,
    }
}
