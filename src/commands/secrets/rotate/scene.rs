//! What is stored and what runs → what is going to be done.

use super::arguments::{Arguments, Rotation};
use crate::cluster::{self, Failure, Hold, Kept, ToGather, ToLookUp, ToSurvey, ToWatch};
use crate::commands::live;
use crate::commands::secrets::access::{Contexts, Used};
use crate::commands::secrets::opened::Opened;
use crate::commands::secrets::reachable;
use crate::commands::secrets::stock::Item;
use crate::credentials::identity::{Identity, Owner, core, label, master_deployment};
use crate::credentials::judge::{self, Outcome, State, right_text};
use crate::credentials::operator::{self, TokenMode};
use crate::credentials::owner::{self, Allowed, Replace, Way};
use crate::credentials::record::Record;
use crate::credentials::rotation::{self, Running};
use crate::credentials::secret::unmarked;
use crate::credentials::survey::Survey;
use crate::error::Error;
use crate::io::Io;
use crate::report::dates::date;
use crate::report::secrets::rotate::Task;

/// Everything that was seen.
pub(super) struct Scene {
    /// The kubeconfigs.
    pub(super) turns: Vec<Turn>,
    /// What stands in the way on the default cluster.
    pub(super) blocked: Vec<String>,
}

/// A stored kubeconfig.
pub(super) struct Turn {
    pub(super) owner: Owner,
    pub(super) context: String,
    /// The additional cluster, for whoever runs detctl.
    pub(super) used: Used,
    /// What is stored.
    pub(super) kept: Kept,
    pub(super) record: Record,
    pub(super) opened: Option<Opened>,
    /// Whose the credential is, and how it is made.
    pub(super) identity: Identity,
    pub(super) mode: TokenMode,
    /// Credentials that no kubeconfig names. They were listed before the kubeconfig was read: whoever made one of them and has
    /// not stored it yet has read an older one, and can no longer store it once we have.
    pub(super) orphans: Vec<Hold>,
    pub(super) task: Task,
    pub(super) file: Option<TokenFile>,
    pub(super) way: Way,
    pub(super) blocked: Vec<String>,
    pub(super) outcomes: Vec<Outcome>,
    pub(super) notes: Vec<String>,
}

/// A file with the token, which the master reads anew.
pub(super) struct TokenFile {
    /// Its key in the Secret.
    pub(super) key: String,
    /// Where the master finds it.
    pub(super) path: String,
    /// Since when the master could have read a kubeconfig that names it; empty where it has to start anew first.
    pub(super) since: String,
}

impl Turn {
    pub(super) fn is_blocked(&self) -> bool {
        !self.blocked.is_empty() || self.outcomes.iter().any(|outcome| outcome.state == State::Failed)
    }
}

/// Looks at everything. The inner error is what is missing.
pub(super) fn look(
    arguments: &Arguments,
    contexts: &Contexts,
    default: &Used,
    io: &Io<'_>,
) -> Result<Result<Scene, Error>, Error> {
    let time = arguments.run.timeout;
    let unreadable = |failure: Failure| live::unreadable("default cluster", &failure);
    let (namespace, release) = (&arguments.target.namespace, &arguments.target.release);
    let items = Item::all(default, namespace, Some(release), time)?;
    let mut begun = Vec::new();
    let leads = arguments.leads()?;
    contexts.ask(leads.iter().map(|(_, context)| context.as_str()), io)?;
    for (name, context) in leads {
        let owner = Owner { release: release.clone(), cluster: name };
        let used = contexts.take(&context, io)?;
        let mut found = items.iter().filter(|item| item.cluster() == label(&owner.cluster));
        let Some(item) = found.next() else {
            let hint = format!("detctl secrets list --default-context … --namespace {namespace} tells which there are");
            let message = format!("detctl has stored no kubeconfig of {} for release {release}", owner.cluster);
            return Ok(Err(Error::with_hint(message, Some(hint))));
        };
        if let Some(other) = found.next() {
            let message = format!("{} has two Secrets, {} and {}", owner.cluster, item.kept.name(), other.kept.name());
            let is_fixed = |item: &Item| item.kept.object["immutable"] == true;
            let hint = match is_fixed(item) || is_fixed(other) {
                true => "what never changes gets a new name instead: detctl secrets create --immutable --renew",
                false => "take one away with kubectl delete secret",
            };
            return Ok(Err(Error::with_hint(message, Some(hint.to_owned()))));
        }
        begun.push((owner, context, used, item));
    }
    let gathered = gather(&begun, time);
    let target = ToLookUp {
        endpoint: default.endpoint.clone(),
        namespace: namespace.clone(),
        secrets: begun.iter().map(|(.., item)| core("Secret", "secrets", namespace, item.kept.name())).collect(),
        deeds: deeds(arguments).iter().map(operator::Deed::right).collect(),
    };
    let shelf = cluster::look_up(target, time).map_err(unreadable)?;
    let running = running(arguments, default);
    let surveys = reachable::survey(begun.iter().map(to_survey).collect(), &gathered, time);
    let mut turns = Vec::new();
    let clusters = begun.into_iter().zip(gathered).zip(shelf.kept).zip(surveys);
    for ((((owner, context, used, _), orphans), kept), survey) in clusters {
        let Some(kept) = kept else {
            return Ok(Err(Error::new(format!("the kubeconfig of {} was deleted meanwhile", owner.cluster))));
        };
        let seen = Seen { arguments, orphans, survey, running: running.as_ref(), now: io.now };
        turns.push(seen.turn(owner, context, used, kept));
    }
    let mut blocked: Vec<String> = shelf
        .lacking
        .iter()
        .map(|right| format!("you may not {} there: {}", right_text(right), right.without))
        .collect();
    if let (Err(why), true) = (&running, arguments.turn.restart) {
        blocked.push(format!("the master cannot be started anew: {why}"));
    }
    Ok(Ok(Scene { turns, blocked }))
}

fn deeds(arguments: &Arguments) -> Vec<operator::Deed> {
    let mut deeds = operator::storing(&arguments.target.namespace);
    if arguments.turn.replace {
        deeds.push(operator::replacing(&arguments.target.namespace));
    }
    if arguments.turn.restart {
        deeds.extend(operator::restarting(&arguments.target.namespace));
    }
    deeds
}

pub(super) fn to_watch(arguments: &Arguments, default: &Used) -> ToWatch {
    ToWatch {
        endpoint: default.endpoint.clone(),
        namespace: arguments.target.namespace.clone(),
        release: arguments.target.release.clone(),
    }
}

pub(super) fn running(arguments: &Arguments, default: &Used) -> Result<Running, String> {
    let (namespace, release) = (&arguments.target.namespace, &arguments.target.release);
    match cluster::watch(to_watch(arguments, default), arguments.run.timeout) {
        Ok(Some(running)) => Ok(running),
        Ok(None) => Err(format!(
            "there is no Deployment {} in namespace {namespace}",
            master_deployment(namespace, release).name
        )),
        Err(failure) => Err(failure.to_string()),
    }
}

type Begun<'a> = (Owner, String, Used, &'a Item);

fn gather(begun: &[Begun<'_>], time: std::time::Duration) -> Vec<Result<Vec<Hold>, Failure>> {
    let target = |(owner, _, used, item): &Begun<'_>| ToGather {
        endpoint: used.endpoint.clone(),
        owner: owner.clone(),
        namespace: item.record.account().map(|(namespace, _)| namespace.to_owned()).unwrap_or_default(),
    };
    cluster::gather(begun.iter().map(target).collect(), time)
}

fn to_survey((owner, _, used, item): &Begun<'_>) -> ToSurvey {
    let deeds = rotation::minted(&item.record, owner).map(|(identity, mode)| operator::rotating(&identity, mode));
    let stored = Opened::of(&item.kept, &item.record.key).map(|opened| opened.server().clone());
    ToSurvey {
        endpoint: used.endpoint.clone(),
        stored: stored.unwrap_or_else(|| used.access.server.clone()),
        objects: Vec::new(),
        namespace: None,
        deeds: deeds.unwrap_or_default().iter().map(operator::Deed::right).collect(),
        grants: Vec::new(),
        escalations: Vec::new(),
        tasks: Vec::new(),
        gateway: None,
    }
}

/// What was seen of one cluster.
struct Seen<'a> {
    arguments: &'a Arguments,
    orphans: Result<Vec<Hold>, Failure>,
    survey: Result<Survey, Failure>,
    running: Result<&'a Running, &'a String>,
    now: i64,
}

impl Seen<'_> {
    fn turn(self, owner: Owner, context: String, used: Used, kept: Kept) -> Turn {
        let record = Record::of(&kept.object);
        let opened = Opened::of(&kept, &record.key);
        let (mut blocked, mut notes) = (Vec::new(), Vec::new());
        let (identity, mode) = rotation::minted(&record, &owner).unwrap_or_else(|why| {
            blocked.push(format!("{why}: make a new kubeconfig with detctl secrets create"));
            (Identity { owner: owner.clone(), namespace: String::new(), account: String::new() }, TokenMode::Secret)
        });
        if opened.as_ref().and_then(Opened::token).is_none() {
            blocked
                .push("what is stored is no kubeconfig with a token: detctl secrets create makes it anew".to_owned());
        }
        let allowed = Allowed {
            replace: if self.arguments.turn.replace { Replace::Yes } else { Replace::No },
            ..Allowed::default()
        };
        let whose = owner::found(Some(&kept.object), &owner);
        let way = owner::way(&whose, Some(&kept.object), allowed).unwrap_or_else(|refused| {
            blocked.push(format!("{}: {}", refused.message, refused.help));
            Way::Change
        });
        if kept.object["immutable"] == true && unmarked(kept.name()) != kept.name() {
            blocked.push("its name goes with what is in it: detctl secrets create --immutable --renew".to_owned());
        }
        let outcomes = self.outcomes(&record, opened.as_ref(), &mut blocked);
        let orphans = self.orphans(&record, &mut notes);
        let file = self.file(&owner, &record, (&kept, opened.as_ref()), (&mut blocked, &mut notes));
        let task = if record.previous.is_empty() { Task::Renew } else { Task::Finish };
        Turn {
            owner,
            context,
            used,
            kept,
            record,
            opened,
            identity,
            mode,
            orphans,
            task,
            file,
            way,
            blocked,
            outcomes,
            notes,
        }
    }

    fn outcomes(&self, record: &Record, opened: Option<&Opened>, blocked: &mut Vec<String>) -> Vec<Outcome> {
        let survey = match &self.survey {
            Ok(survey) => survey,
            Err(failure) => {
                blocked.push(failure.to_string());
                return Vec::new();
            }
        };
        blocked
            .extend(survey.lacking.iter().map(|right| format!("you may not {}: {}", right_text(right), right.without)));
        let mut found = vec![rotation::cluster(survey.uid.as_deref(), record)];
        if let Some(opened) = opened {
            let authorities = opened.trust().certificates();
            found.push(judge::address(opened.server(), &survey.resolved));
            found.push(judge::insecure(opened.trust()));
            found.push(judge::tls_expiry(&survey.served, &authorities, self.now, date));
        }
        let skipped = skipped(self.arguments, record);
        found.into_iter().map(|outcome| outcome.skipping(&skipped)).collect()
    }

    fn orphans(&self, record: &Record, notes: &mut Vec<String>) -> Vec<Hold> {
        match &self.orphans {
            Ok(found) => {
                let references: Vec<_> = found.iter().map(|hold| hold.reference.clone()).collect();
                let places = rotation::orphans(&references, record);
                places.into_iter().filter_map(|at| found.get(at).cloned()).collect()
            }
            Err(failure) => {
                notes.push(format!("whether runs have left credentials behind cannot be told: {failure}"));
                Vec::new()
            }
        }
    }

    /// The token file that is to be, and whether the running master reads it already.
    fn file(
        &self,
        owner: &Owner,
        record: &Record,
        (kept, opened): (&Kept, Option<&Opened>),
        (blocked, notes): (&mut Vec<String>, &mut Vec<String>),
    ) -> Option<TokenFile> {
        let wish = self.arguments.turn.rotation;
        let is_live = record.token_key.is_some();
        if wish == Some(Rotation::Restart) || (wish.is_none() && !is_live) {
            return None;
        }
        let folder = match self.running {
            Ok(running) => running.folder(kept.name()).map(str::to_owned),
            Err(why) => Err(why.clone()),
        };
        let key = record.token_key.clone().unwrap_or_else(|| owner.token_key());
        let stored = opened.and_then(|opened| opened.token_file.as_deref());
        match (folder, stored) {
            (Ok(folder), _) => {
                let path = format!("{folder}/{key}");
                // What is stored already is read live as far as it was when it was stored.
                let since = match record.previous.is_empty() {
                    true => rotation::live_since(record, &kept.object, (stored, &path)),
                    false if stored == Some(&path) => record.live_since.clone(),
                    false => String::new(),
                };
                Some(TokenFile { key, path, since })
            }
            (Err(why), Some(path)) if wish.is_none() => {
                notes.push(format!("the master has to start anew this time: {why}"));
                Some(TokenFile { key, path: path.to_owned(), since: String::new() })
            }
            (Err(why), _) => {
                blocked.push(format!("--rotation live cannot be: {why}"));
                None
            }
        }
    }
}

/// The checks that are passed over: those of now, and those that are noted.
pub(super) fn skipped(arguments: &Arguments, record: &Record) -> Vec<String> {
    let mut skipped = record.skipped.clone();
    skipped.extend(arguments.run.skip_checks.iter().filter(|id| !record.skipped.contains(id)).cloned());
    skipped
}
