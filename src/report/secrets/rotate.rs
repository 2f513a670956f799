//! The report of `detctl secrets rotate`: the plan, then what came of it.

use std::fmt::Write as _;

use serde::Serialize;

use super::words::{self, Check};
use crate::credentials::judge::{Outcome, State};
use crate::report::plain::line;

/// What there is to do for a stored kubeconfig.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// A new credential is made.
    Renew,
    /// A new one is stored already: the old one is to be taken back.
    Finish,
}

/// A stored kubeconfig in a plan.
pub struct Planned<'a> {
    /// The name of its cluster.
    pub cluster: &'a str,
    /// The context of that cluster.
    pub context: &'a str,
    /// The server that is stored.
    pub server: String,
    /// The Secret on the default cluster.
    pub secret: &'a str,
    /// The key of the kubeconfig in it.
    pub key: &'a str,
    /// What there is to do.
    pub task: Task,
    /// Where the master finds the token, when it reads it anew.
    pub token_file: Option<&'a str>,
    /// Whether the master can go on without starting anew.
    pub is_live: bool,
    /// Secrets of credentials that are to be taken back, as `NAMESPACE/NAME`.
    pub old: Vec<&'a str>,
    /// Secrets of credentials that no kubeconfig names.
    pub orphans: Vec<String>,
    /// What was looked at.
    pub outcomes: &'a [Outcome],
    /// What stands in the way.
    pub blocked: &'a [String],
    /// What else the user should know.
    pub notes: &'a [String],
}

impl Planned<'_> {
    fn is_blocked(&self) -> bool {
        !self.blocked.is_empty() || self.outcomes.iter().any(|outcome| outcome.state == State::Failed)
    }
}

/// The default cluster in a plan.
pub struct Target<'a> {
    /// Its context.
    pub context: &'a str,
    /// The namespace of the release.
    pub namespace: &'a str,
    /// The release.
    pub release: &'a str,
    /// What stands in the way there.
    pub blocked: &'a [String],
    /// What is done about the master.
    pub master: Master,
}

/// What is done about the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Master {
    /// It is started anew.
    Restart,
    /// It is waited for, or found to have started.
    Watch,
    /// Nothing: old credentials are taken back at once.
    Ignore,
}

/// How far a cluster came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing was changed.
    Untouched,
    /// Everything was tried and nothing was kept.
    Tried,
    /// The new credential is stored and the old one still counts: why.
    Stored(String),
    /// The new credential is in use and the old one taken back.
    Finished,
}

/// What came of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// Its name.
    pub cluster: String,
    /// What came of it.
    pub result: Result<Stage, String>,
    /// What was looked at with the new credential.
    pub outcomes: Vec<Outcome>,
}

/// The plan for people.
#[must_use]
pub fn plan(planned: &[Planned<'_>], target: &Target<'_>) -> String {
    let mut text = String::new();
    for one in planned {
        cluster(&mut text, one, target);
    }
    for why in target.blocked {
        let _ = writeln!(text, "default cluster  context {}\n  failed  {}\n", line(target.context), line(why));
    }
    let is = |task: Task| planned.iter().filter(|one| !one.is_blocked() && one.task == task).count();
    let blocked = planned.iter().filter(|one| one.is_blocked()).count();
    let more = if target.blocked.is_empty() { "" } else { ", and so is the default cluster" };
    let (renew, finish) = (is(Task::Renew), is(Task::Finish));
    let _ = writeln!(text, "{renew} to rotate, {finish} to finish, {blocked} blocked{more}; nothing has been written");
    text
}

fn cluster(text: &mut String, one: &Planned<'_>, target: &Target<'_>) {
    let _ = writeln!(text, "{}  context {}  {}", line(one.cluster), line(one.context), line(&one.server));
    let place = format!("Secret {}/{} on {}, key {}", target.namespace, one.secret, target.context, one.key);
    match one.task {
        Task::Renew => {
            let _ = writeln!(text, "  + a new token of the same identity\n  ~ {}", line(&place));
        }
        Task::Finish => {
            let _ = writeln!(text, "  = {}; a new token is stored already", line(&place));
        }
    }
    if let Some(path) = one.token_file {
        let _ = writeln!(text, "    with the token in a file, {}", line(path));
    }
    let when = match (target.master, one.is_live) {
        (Master::Ignore, _) => "at once, also if the master still uses it",
        (Master::Restart, false) => "when the master has started anew, which it is made to",
        (Master::Watch, false) => "when the master has started anew",
        (Master::Restart | Master::Watch, true) => "when the master has had time to read the new token",
    };
    for old in &one.old {
        let _ = writeln!(text, "  - Secret {} on {}: {when}", line(old), line(one.context));
    }
    for orphan in &one.orphans {
        let _ = writeln!(text, "  - {} on {}: no kubeconfig names it", line(orphan), line(one.context));
    }
    for why in one.blocked {
        let _ = writeln!(text, "  failed  {}", line(why));
    }
    for outcome in one.outcomes {
        words::outcome(text, outcome);
    }
    for note in one.notes {
        let _ = writeln!(text, "  note: {}", line(note));
    }
    text.push('\n');
}

/// What came of it, for people.
#[must_use]
pub fn done(done: &[Done]) -> String {
    let mut text = String::new();
    for one in done {
        let words = match &one.result {
            Ok(Stage::Untouched) => "nothing was changed".to_owned(),
            Ok(Stage::Tried) => "tried; nothing was kept".to_owned(),
            Ok(Stage::Stored(why)) => {
                format!("the new credential is stored, and the old one still counts: {}", line(why))
            }
            Ok(Stage::Finished) => "the new credential is in use, and the old one is taken back".to_owned(),
            Err(why) => format!("failed: {}", line(why)),
        };
        words::done(&mut text, &one.cluster, &words, &one.outcomes);
    }
    text
}

/// What is left to do while old credentials count.
#[must_use]
pub fn next(target: &Target<'_>) -> String {
    let (release, namespace, context) = (line(target.release), line(target.namespace), line(target.context));
    format!(
        "\nNext:\n  kubectl --context {context} -n {namespace} rollout restart deployment/determined-master-deployment-{release}\n  \
         the same detctl secrets rotate once more; it makes no new credential, and takes the old one back\n    (--restart does \
         both; --revoke takes it back without looking at the master)\n"
    )
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    version: u32,
    default_context: &'a str,
    namespace: &'a str,
    release: &'a str,
    blocked: &'a [String],
    clusters: Vec<Cluster<'a>>,
    notes: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cluster<'a> {
    name: &'a str,
    context: &'a str,
    server: &'a str,
    secret: &'a str,
    key: &'a str,
    task: &'static str,
    token_file: Option<&'a str>,
    needs_restart: bool,
    old: &'a [&'a str],
    orphans: &'a [String],
    blocked: &'a [String],
    checks: Vec<Check<'a>>,
    notes: &'a [String],
    result: Option<&'static str>,
    error: Option<&'a str>,
    proof: Vec<Check<'a>>,
}

/// Plan and what came of it as one JSON document; members are only ever added.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(
    planned: &[Planned<'_>],
    target: &Target<'_>,
    done: &[Done],
    notes: &[String],
) -> serde_json::Result<String> {
    let clusters = planned.iter().map(|one| cluster_json(one, done.iter().find(|done| done.cluster == one.cluster)));
    let document = Document {
        version: 1,
        default_context: target.context,
        namespace: target.namespace,
        release: target.release,
        blocked: target.blocked,
        clusters: clusters.collect(),
        notes,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn cluster_json<'a>(one: &'a Planned<'a>, done: Option<&'a Done>) -> Cluster<'a> {
    let result = done.map(|done| match &done.result {
        Ok(Stage::Untouched) => "untouched",
        Ok(Stage::Tried) => "tried",
        Ok(Stage::Stored(_)) => "stored",
        Ok(Stage::Finished) => "finished",
        Err(_) => "failed",
    });
    let error = done.and_then(|done| match &done.result {
        Ok(Stage::Stored(why)) => Some(why.as_str()),
        Ok(_) => None,
        Err(why) => Some(why.as_str()),
    });
    Cluster {
        name: one.cluster,
        context: one.context,
        server: &one.server,
        secret: one.secret,
        key: one.key,
        task: if one.task == Task::Renew { "renew" } else { "finish" },
        token_file: one.token_file,
        needs_restart: !one.is_live,
        old: &one.old,
        orphans: &one.orphans,
        blocked: one.blocked,
        checks: one.outcomes.iter().map(Check::from).collect(),
        notes: one.notes,
        result,
        error,
        proof: done.map(|done| done.outcomes.iter().map(Check::from).collect()).unwrap_or_default(),
    }
}
