//! What was seen → what it means: one outcome for each check.

use super::checks::{self, Check};
use super::identity::Identity;
use super::rights::{Need, Right, Scope, Use};
use super::survey::{Proof, Survey, TaskSpace};
use crate::kubeconfig::Trust;
use crate::kubeconfig::address::{Reach, Server, reach};
use crate::kubeconfig::certificate::Certificate;

/// How long before its end something is told of, in seconds.
pub const NOTICE: i64 = 14 * 24 * 3600;

/// What a check has found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Which.
    pub check: &'static Check,
    /// How it went.
    pub state: State,
    /// What was found, in one clause.
    pub words: String,
    /// How to go on.
    pub help: Option<String>,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// All is well.
    Passed,
    /// It could not be made.
    Unknown,
    /// It did not go well, and the user has said not to mind.
    Skipped,
    /// Worth knowing.
    Warned,
    /// It stands in the way.
    Failed,
}

impl Outcome {
    pub(super) fn new(check: &'static Check, state: State, words: impl Into<String>) -> Self {
        Self { check, state, words: words.into(), help: None }
    }

    pub(super) fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same after `--skip-check`.
    #[must_use]
    pub fn skipping(mut self, ids: &[String]) -> Self {
        let may = self.check.skip == checks::Skip::Allowed && ids.iter().any(|id| id == self.check.id);
        if may && self.state == State::Failed {
            self.state = State::Skipped;
        }
        self
    }
}

/// The address that is stored.
#[must_use]
pub fn address(server: &Server, resolved: &[std::net::IpAddr]) -> Outcome {
    let check = &checks::ADDRESS;
    let Some(host) = server.host() else {
        return Outcome::new(check, State::Failed, format!("{server} has no host"));
    };
    let by_name = reach(&host);
    let by_address = |wanted: Reach| {
        !resolved.is_empty()
            && resolved.iter().all(|address| crate::kubeconfig::address::of_address(*address) == wanted)
    };
    let leads = match by_name {
        Reach::Name => {
            [Reach::Loopback, Reach::Unspecified, Reach::LinkLocal].into_iter().find(|wanted| by_address(*wanted))
        }
        other => Some(other),
    };
    let override_ = "name the address that other machines use with --server, or pass over it with --skip-check address";
    match leads {
        Some(Reach::Loopback) => Outcome::new(
            check,
            State::Failed,
            format!("{host} is the machine itself; inside the master's pod, the pod"),
        )
        .helped(override_),
        Some(Reach::Unspecified) => {
            Outcome::new(check, State::Failed, format!("{host} leads nowhere")).helped(override_)
        }
        Some(Reach::LinkLocal) => {
            Outcome::new(check, State::Failed, format!("{host} counts on one cable only")).helped(override_)
        }
        Some(Reach::HostAlias) => {
            Outcome::new(check, State::Failed, format!("only containers on one machine know {host}")).helped(override_)
        }
        Some(Reach::OwnCluster) => {
            Outcome::new(check, State::Failed, format!("inside the master's pod {host} is the default cluster"))
                .helped(override_)
        }
        Some(Reach::Private) => Outcome::new(
            check,
            State::Warned,
            format!("{host} is private: the master must be in a network that leads there"),
        ),
        Some(Reach::Public | Reach::Name) => {
            Outcome::new(check, State::Passed, format!("{host} may lead there from anywhere"))
        }
        None if resolved.is_empty() => {
            Outcome::new(check, State::Warned, format!("the name {host} leads nowhere from here"))
        }
        None => Outcome::new(check, State::Passed, format!("{host} may lead there from anywhere")),
    }
}

/// Whether the server's certificate is looked at.
#[must_use]
pub fn insecure(trust: &Trust) -> Outcome {
    match trust {
        Trust::Anything => Outcome::new(
            &checks::INSECURE,
            State::Failed,
            "the context says insecure-skip-tls-verify: anybody on the way could take the token",
        )
        .helped("give the authority with --ca-file"),
        Trust::System => Outcome::new(
            &checks::INSECURE,
            State::Passed,
            "by the authorities of the system; the master's image has its own list",
        ),
        Trust::Authorities(_) => Outcome::new(&checks::INSECURE, State::Passed, "by the authority of the context"),
    }
}

/// How long the certificates of the server and its authorities hold.
#[must_use]
pub fn tls_expiry(served: &[Certificate], authorities: &[Certificate], now: i64, date: fn(i64) -> String) -> Outcome {
    let check = &checks::TLS_EXPIRY;
    let own = served.first().map(|own| own.not_after);
    let authority = authorities.iter().map(|authority| authority.not_after).max();
    match [own, authority].into_iter().flatten().min() {
        None => Outcome::new(check, State::Unknown, "no certificate could be looked at"),
        Some(end) if end <= now => Outcome::new(check, State::Failed, format!("it has ended at {}", date(end))),
        Some(end) if end <= now + NOTICE => Outcome::new(check, State::Warned, format!("only until {}", date(end))),
        Some(end) => Outcome::new(check, State::Passed, format!("until {}", date(end))),
    }
}

/// Whether it is another cluster than all others. `others` are the names of clusters with their uids.
#[must_use]
pub fn cluster(survey: &Survey, others: &[(String, Option<String>)]) -> Outcome {
    let check = &checks::CLUSTER;
    let Some(uid) = &survey.uid else {
        return Outcome::new(
            check,
            State::Failed,
            "the namespace kube-system may not be read, so the cluster cannot be told from others",
        )
        .helped("the operator needs `get` on namespaces there");
    };
    match others.iter().find(|(_, other)| other.as_ref() == Some(uid)) {
        Some((name, _)) => Outcome::new(check, State::Failed, format!("it is the same cluster as {name}")).helped(
            "the capacity would count twice, and each resource manager would delete the other's jobs; choose another context",
        ),
        None => Outcome::new(check, State::Passed, format!("its uid is {uid}")),
    }
}

/// Whether there are jobs of another Determined.
#[must_use]
pub fn foreign_jobs(tasks: &[TaskSpace], is_in_use: InUse) -> Outcome {
    let check = &checks::FOREIGN_JOBS;
    if let Some(space) = tasks.iter().find(|space| space.marked.is_none()) {
        return Outcome::new(check, State::Unknown, format!("jobs in {} may not be listed", space.name));
    }
    let found: Vec<String> = tasks
        .iter()
        .flat_map(|space| space.marked.iter().flatten().map(|name| format!("{} in {}", name, space.name)))
        .collect();
    if found.is_empty() {
        return Outcome::new(check, State::Passed, "there is nothing with the label determined");
    }
    let shown = found.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let more = if found.len() > 3 { format!(" and {} more", found.len() - 3) } else { String::new() };
    if is_in_use == InUse::Yes {
        return Outcome::new(
            check,
            State::Passed,
            format!("{} belong to this release, which uses the cluster already", found.len()),
        );
    }
    Outcome::new(check, State::Failed, format!("the master would delete {shown}{more} when it starts"))
        .helped("give the resource manager a default_namespace of its own; or, if they are this master's, --skip-check foreign-jobs")
}

/// Whether this release uses the cluster already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InUse {
    /// Its Secret is there and leads to the cluster.
    Yes,
    /// It does not.
    No,
}

/// Whether the namespaces of tasks are there.
#[must_use]
pub fn namespace(of: &Use, tasks: &[TaskSpace]) -> Outcome {
    let check = &checks::NAMESPACE;
    let missing: Vec<&str> =
        tasks.iter().filter(|space| space.is_there == Some(false)).map(|space| space.name.as_str()).collect();
    if let Some(name) = missing.first() {
        let state = if of.default_namespace.is_none() { State::Warned } else { State::Failed };
        return Outcome::new(check, state, format!("there is no namespace {}", missing.join(", ")))
            .helped(format!("kubectl create namespace {name}"));
    }
    if tasks.iter().any(|space| space.is_there.is_none()) {
        return Outcome::new(check, State::Unknown, "namespaces may not be read");
    }
    Outcome::new(check, State::Passed, tasks.iter().map(|space| space.name.as_str()).collect::<Vec<_>>().join(", "))
}

/// Whether tasks run where the Secret lies: whoever runs a task there can read it.
#[must_use]
pub fn tasks_apart(is_default_in: &[String], namespace: &str) -> Outcome {
    let check = &checks::TASKS_APART;
    if is_default_in.iter().any(|name| name == namespace) {
        return Outcome::new(
            check,
            State::Warned,
            format!("tasks of the default cluster run in {namespace}, and any task there can mount the Secret"),
        )
        .helped("set default_namespace of the default resource manager to another namespace");
    }
    Outcome::new(check, State::Passed, format!("no task runs in {namespace}"))
}

/// Whom the server takes the credential for.
#[must_use]
pub fn identity(proof: &Proof, wanted: &Identity, uid: &str) -> Outcome {
    let check = &checks::IDENTITY;
    match (&proof.username, &proof.uid) {
        (None, _) => {
            Outcome::new(check, State::Warned, "the server is older than 1.28 and does not tell whom it takes it for")
        }
        (Some(name), Some(found)) if *name == wanted.username() && (found == uid || uid.is_empty()) => {
            Outcome::new(check, State::Passed, name.clone())
        }
        (Some(name), _) if *name == wanted.username() => {
            Outcome::new(check, State::Failed, format!("{name}, but another one of that name: another cluster answers"))
        }
        (Some(name), _) => Outcome::new(check, State::Failed, format!("the server takes it for {name}")),
    }
}

/// Whether the master starts with the kubeconfig; else why not.
#[must_use]
pub fn kubeconfig(starts: Result<(), String>) -> Outcome {
    match starts {
        Ok(()) => Outcome::new(&checks::KUBECONFIG, State::Passed, "it does"),
        Err(why) => Outcome::new(&checks::KUBECONFIG, State::Failed, why),
    }
}

/// A server that has proven to be the one.
#[must_use]
pub fn tls() -> Outcome {
    Outcome::new(&checks::TLS, State::Passed, "it does")
}

/// What could not be tried out: the check that it is about, why, and how to go on.
#[must_use]
pub fn unproven(check: &'static Check, why: &str, help: Option<&str>) -> Outcome {
    let outcome = Outcome::new(check, State::Failed, why);
    match help {
        Some(help) => outcome.helped(help),
        None => outcome,
    }
}

/// Whether the identity is a member of the group that nothing can narrow.
#[must_use]
pub fn masters(groups: &[String]) -> Outcome {
    if groups.iter().any(|group| group == "system:masters") {
        Outcome::new(
            &checks::MASTERS,
            State::Failed,
            "it is a member of system:masters, whom nothing can narrow and nothing but a new authority can stop",
        )
        .helped("let an identity be minted: leave out --auth copy")
    } else {
        Outcome::new(&checks::MASTERS, State::Passed, "it is not")
    }
}

/// How long the credential holds against how long it was asked to.
#[must_use]
pub fn lifetime(requested: Option<i64>, end: Option<i64>, now: i64, date: fn(i64) -> String) -> Outcome {
    let check = &checks::LIFETIME;
    match (requested, end) {
        (_, None) => Outcome::new(check, State::Passed, "it has no end"),
        (_, Some(end)) if end <= now => Outcome::new(check, State::Failed, format!("it has ended at {}", date(end))),
        // A minute for what passes between question and answer.
        (Some(asked), Some(end)) if end - now + 60 < asked => Outcome::new(
            check,
            State::Failed,
            format!("the server gave {} s of {asked} s, until {}", end - now, date(end)),
        )
        .helped("ask for less with --ttl and rotate in time, or use --token-mode secret"),
        (_, Some(end)) => Outcome::new(check, State::Passed, format!("until {}", date(end))),
    }
}

/// The rights that it lacks, in three groups.
#[must_use]
pub fn rights(lacking: &[Right], total: usize) -> [Outcome; 3] {
    let group = |check: &'static Check, need: Need| {
        let found: Vec<&Right> = lacking.iter().filter(|right| right.need == need).collect();
        if found.is_empty() {
            return Outcome::new(check, State::Passed, format!("all, of {total} in all"));
        }
        let shown: Vec<String> = found.iter().map(|right| right_text(right)).collect();
        let state = if need == Need::Optional { State::Warned } else { State::Failed };
        Outcome::new(check, state, format!("it lacks {}", shown.join("; "))).helped(
            found
                .iter()
                .map(|right| format!("{}: {}", right_text(right), right.without))
                .collect::<Vec<_>>()
                .join("\n"),
        )
    };
    let optional = group(&checks::RIGHTS_OPTIONAL, Need::Optional);
    [group(&checks::RIGHTS_START, Need::Start), group(&checks::RIGHTS_RUN, Need::Run), optional]
}

/// `list jobs.batch in det`
#[must_use]
pub fn right_text(right: &Right) -> String {
    let group = if right.group.is_empty() { String::new() } else { format!(".{}", right.group) };
    let place = match &right.scope {
        Scope::Cluster => "in the whole cluster".to_owned(),
        Scope::Namespace(name) => format!("in {name}"),
    };
    format!("{} {}{group} {place}", right.verb, right.resource)
}

/// What it may do and should not.
#[must_use]
pub fn excess(found: &[Right]) -> Outcome {
    if found.is_empty() {
        return Outcome::new(&checks::EXCESS, State::Passed, "it can neither read secrets nor widen its rights");
    }
    let shown: Vec<String> = found.iter().map(right_text).collect();
    Outcome::new(&checks::EXCESS, State::Failed, format!("it may {}", shown.join("; ")))
        .helped("some other binding gives the identity more than the planned role")
}
