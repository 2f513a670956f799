//! The report of `detctl secrets create`: the plan, then what came of it.

use std::fmt::Write as _;

use serde::Serialize;

use super::words::{self, Check};
use crate::credentials::judge::{Outcome, right_text};
use crate::credentials::plan::{Change, Credential, Entry};
use crate::report::plain::line;

/// A cluster in a plan, or why it could not be looked at.
pub struct Planned<'a> {
    /// Its name.
    pub cluster: &'a str,
    /// Its context.
    pub context: &'a str,
    /// What is going to be done there.
    pub entry: Result<&'a Entry, &'a str>,
}

/// The default cluster in a plan.
pub struct Target<'a> {
    /// Its context.
    pub context: &'a str,
    /// The namespace of the release.
    pub namespace: &'a str,
    /// The release.
    pub release: &'a str,
    /// What stands in the way there, if anything.
    pub blocked: &'a [String],
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

/// How far a cluster came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// There was nothing to do.
    Same,
    /// Everything was tried and nothing was kept.
    Tried,
    /// Its kubeconfig is stored and was proven as it was read back.
    Stored,
    /// Its manifest was handed over, and nothing was stored.
    HandedOver,
    /// Nothing was stored, because of another cluster.
    NotStored,
}

/// The two values of the chart for a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// Its place in `additional_resource_managers`.
    pub index: usize,
    /// Its name.
    pub cluster_name: String,
    /// `kubeconfig_secret_name`
    pub kubeconfig_secret_name: String,
    /// `kubeconfig_secret_value`: the key in the Secret.
    pub kubeconfig_secret_value: String,
}

/// The commands that are run to get contexts, by cluster; nothing without any.
#[must_use]
pub fn pulls(commands: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (cluster, command) in commands {
        let _ = writeln!(text, "{}  runs: {}", line(cluster), line(command));
    }
    if !text.is_empty() {
        text.push_str("with KUBECONFIG set to a private file, which is read once and removed\n\n");
    }
    text
}

/// The plan for people.
#[must_use]
pub fn plan(planned: &[Planned<'_>], target: &Target<'_>) -> String {
    let mut text = String::new();
    for one in planned {
        match one.entry {
            Ok(entry) => cluster(&mut text, one, entry, target),
            Err(why) => {
                let _ =
                    writeln!(text, "{}  context {}\n  failed  {}\n", line(one.cluster), line(one.context), line(why));
            }
        }
    }
    for why in target.blocked {
        let _ = writeln!(text, "default cluster  context {}\n  failed  {}\n", line(target.context), line(why));
    }
    text.push_str(&summary(planned, target));
    text
}

fn cluster(text: &mut String, one: &Planned<'_>, entry: &Entry, target: &Target<'_>) {
    let wanted = &entry.wanted;
    let _ =
        writeln!(text, "{}  context {}  {}", line(one.cluster), line(one.context), line(&wanted.server.to_string()));
    for (object, change) in &entry.objects {
        let _ = writeln!(text, "  {} {}", words::sign(*change), line(&object.reference.title()));
    }
    let secret = entry.secret();
    let credential = match &entry.credential {
        Credential::Keep => "its credential is kept".to_owned(),
        Credential::Make(why) => {
            let whose = wanted.own.as_ref().map(|own| format!("the credential of {}", own.user));
            let whose = whose.unwrap_or_else(|| "a new credential".to_owned());
            if why.is_empty() { whose } else { format!("{whose}: {why}") }
        }
    };
    let _ = writeln!(
        text,
        "  {} Secret {}/{} on {}, key {}; {}",
        words::sign(secret),
        line(target.namespace),
        line(&wanted.secret),
        line(target.context),
        line(&wanted.key),
        line(&credential)
    );
    for name in &entry.outlived {
        let (namespace, context) = (line(target.namespace), line(target.context));
        let _ = writeln!(text, "  - Secret {namespace}/{} on {context}, which nothing mounts any more", line(name));
    }
    if let Err(refused) = &entry.way {
        let _ = writeln!(
            text,
            "  {:<8}{:<14}{}\n{:24}{}",
            "failed",
            "owner",
            line(&refused.message),
            "",
            line(&refused.help)
        );
    }
    for outcome in &entry.outcomes {
        words::outcome(text, outcome);
    }
    for right in &entry.lacking {
        let _ =
            writeln!(text, "  {:<8}{:<14}you may not {}: {}", "failed", "operator", right_text(right), right.without);
    }
    text.push('\n');
}

fn summary(planned: &[Planned<'_>], target: &Target<'_>) -> String {
    let count = |wanted: Change| {
        let is = |one: &&Planned<'_>| match one.entry {
            Ok(entry) if entry.is_blocked() => wanted == Change::Blocked,
            Ok(entry) => effective(entry) == wanted,
            Err(_) => wanted == Change::Blocked,
        };
        planned.iter().filter(is).count()
    };
    let blocked = count(Change::Blocked);
    let more = if target.blocked.is_empty() { "" } else { ", and so is the default cluster" };
    format!(
        "{} to create, {} to change, {} the same, {blocked} blocked{more}; nothing has been written\n",
        count(Change::Create),
        count(Change::Change),
        count(Change::Same)
    )
}

/// What becomes of a cluster as a whole.
fn effective(entry: &Entry) -> Change {
    match entry.secret() {
        Change::Same if entry.is_done() => Change::Same,
        Change::Same => Change::Change,
        other => other,
    }
}

/// What came of it, for people.
#[must_use]
pub fn done(done: &[Done]) -> String {
    let mut text = String::new();
    for one in done {
        let words = match &one.result {
            Ok(Stage::Same) => "nothing to do".to_owned(),
            Ok(Stage::Tried) => "tried; nothing was kept".to_owned(),
            Ok(Stage::Stored) => "stored, and proven as it was read back".to_owned(),
            Ok(Stage::HandedOver) => "proven, and printed; nothing was stored".to_owned(),
            Ok(Stage::NotStored) => "not stored".to_owned(),
            Err(why) => format!("failed: {}", line(why)),
        };
        words::done(&mut text, &one.cluster, &words, &one.outcomes);
    }
    text
}

/// The values of the chart that name the Secrets, as a part of `values.yaml`.
#[must_use]
pub fn values(all: &[Values]) -> String {
    let mut text = String::from("\nIn the values of the chart:\n");
    for one in all {
        let _ = writeln!(
            text,
            "  additional_resource_managers[{}].resource_manager    # {}\n    kubeconfig_secret_name: {}\n    \
             kubeconfig_secret_value: {}    # the key in the Secret, not what is in it",
            one.index,
            line(&one.cluster_name),
            one.kubeconfig_secret_name,
            one.kubeconfig_secret_value
        );
    }
    text
}

/// What is left to do.
#[must_use]
pub fn next(target: &Target<'_>) -> String {
    let (release, namespace, context) = (target.release, target.namespace, line(target.context));
    format!(
        "\nNext:\n  helm upgrade {release} --namespace {namespace} --kube-context {context} -f values.yaml CHART\n  kubectl \
         --context {context} -n {namespace} rollout restart deployment/determined-master-deployment-{release}\n    (only \
         if the values did not change: the master reads its kubeconfigs when it starts)\n"
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
    values: &'a [Values],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Cluster<'a> {
    name: &'a str,
    context: &'a str,
    failure: Option<&'a str>,
    #[serde(flatten)]
    plan: Option<Plan<'a>>,
    result: Option<&'static str>,
    error: Option<&'a str>,
    proof: Vec<Check<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Plan<'a> {
    server: String,
    identity: String,
    secret: &'a str,
    key: &'a str,
    change: &'static str,
    credential: &'static str,
    why: Option<&'a str>,
    blocked: bool,
    objects: Vec<Thing>,
    checks: Vec<Check<'a>>,
    lacking: Vec<String>,
    owner: Option<&'a str>,
    outlived: &'a [String],
}

#[derive(Serialize)]
struct Thing {
    object: String,
    change: &'static str,
}

/// Plan and what came of it as one JSON document.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(
    planned: &[Planned<'_>],
    target: &Target<'_>,
    done: &[Done],
    values: &[Values],
) -> serde_json::Result<String> {
    let document = Document {
        version: 1,
        default_context: target.context,
        namespace: target.namespace,
        release: target.release,
        blocked: target.blocked,
        clusters: planned
            .iter()
            .map(|one| cluster_json(one, done.iter().find(|done| done.cluster == one.cluster)))
            .collect(),
        values,
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn cluster_json<'a>(one: &'a Planned<'a>, done: Option<&'a Done>) -> Cluster<'a> {
    let result = done.map(|done| match &done.result {
        Ok(Stage::Same) => "same",
        Ok(Stage::Tried) => "tried",
        Ok(Stage::Stored) => "stored",
        Ok(Stage::HandedOver) => "printed",
        Ok(Stage::NotStored) => "not-stored",
        Err(_) => "failed",
    });
    Cluster {
        name: one.cluster,
        context: one.context,
        failure: one.entry.err(),
        plan: one.entry.ok().map(plan_json),
        result,
        error: done.and_then(|done| done.result.as_ref().err()).map(String::as_str),
        proof: done.map(|done| done.outcomes.iter().map(Check::from).collect()).unwrap_or_default(),
    }
}

fn plan_json(entry: &Entry) -> Plan<'_> {
    let thing = |object: &crate::credentials::identity::Object, change: Change| Thing {
        object: object.reference.title(),
        change: words::change(change),
    };
    let (credential, why) = match &entry.credential {
        Credential::Keep => ("keep", None),
        Credential::Make(why) => ("make", Some(why.as_str()).filter(|why| !why.is_empty())),
    };
    Plan {
        server: entry.wanted.server.to_string(),
        identity: entry.wanted.who(),
        secret: &entry.wanted.secret,
        key: &entry.wanted.key,
        change: words::change(effective(entry)),
        credential,
        why,
        blocked: entry.is_blocked(),
        objects: entry.objects.iter().map(|(object, change)| thing(object, *change)).collect(),
        checks: entry.outcomes.iter().map(Check::from).collect(),
        lacking: entry.lacking.iter().map(right_text).collect(),
        owner: entry.way.as_ref().err().map(|refused| refused.message.as_str()),
        outlived: &entry.outlived,
    }
}
