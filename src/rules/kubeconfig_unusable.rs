//! Kubeconfigs with which a master does not start.

use super::followed::{Followed, Named, harmless, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::FaultKind;
use crate::kubeconfig::worth::{End, Fate, Phase, Reason, Verdict};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-unusable",
    severity: Severity::Error,
    effect: Effect::FailsAtStart,
    summary: "a kubeconfig with which the master does not start",
    why: "The master reads each kubeconfig once, when it starts, and uses the current context. Where client-go refuses the \
          file, or the cluster refuses what it shows, the whole master ends, whatever the other clusters do. Paths in the \
          file are opened from the master's working directory. detctl follows `kubeconfig_path` where the file can be read; \
          `--kubeconfig-root` says where the files of a container are. `detctl secrets explain` tells more of such a file.",
    master_says: &[
        "error building kubernetes config: building rest.Config from kubeconfig at <path>: <why>",
        "failed to initialize kubernetes clientSet: <why>",
        "failed to get system pods: <why>",
    ],
    facts: &["T-6", "T-7", "T-8", "§3.4 client", "§3.4 clientset", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig
current-context: east
contexts:
  - name: west
    context: {cluster: west, user: determined}
clusters:
  - name: west
    cluster: {server: 'https://west.example.com:6443'}
users:
  - name: determined
    user: {token: eyJhbGciOi...}
",
    after: "\
# west.kubeconfig
current-context: west
contexts:
  - name: west
    context: {cluster: west, user: determined}
clusters:
  - name: west
    cluster: {server: 'https://west.example.com:6443'}
users:
  - name: determined
    user: {token: eyJhbGciOi...}
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    out.extend(named(cx, followed).filter_map(|named| match &named.text.worth.verdict {
        Verdict::Ends(end) if end.phase == Phase::FirstCall => first_call(&named),
        Verdict::Ends(end) => Some(refused(&named, end)),
        Verdict::Starts | Verdict::StartsWith(_) => None,
    }));
}

fn refused(named: &Named<'_>, end: &End) -> Finding {
    let fault = end.faults.first();
    let (at, words) = (named.at(fault.and_then(|fault| fault.span)), harmless(&end.words));
    let help = match fault.map(|fault| fault.kind) {
        Some(FaultKind::NoCluster | FaultKind::ContextMissing | FaultKind::NoServer) => {
            "set `current-context` to a context that leads to a cluster with a server"
        }
        Some(FaultKind::FileUnreadable) => "put the content into the kubeconfig: `kubectl config view --flatten`",
        Some(FaultKind::BadExec | FaultKind::ExecVersion | FaultKind::AuthProvider) => {
            "use the token of a service account instead"
        }
        _ => "mend the kubeconfig; `detctl secrets explain` tells all of it",
    };
    RULE.finding(named.setting.span(), format!("the master does not start with this kubeconfig ({at}): {words}"))
        .help(help)
}

/// What no other rule tells of.
fn first_call(named: &Named<'_>) -> Option<Finding> {
    let mut ends = named.stanzas().filter(|stanza| stanza.fate == Fate::Ends);
    let (stanza, why) = ends.find_map(|stanza| Some((stanza, why(stanza.reasons.first()?)?)))?;
    let message = format!("no cluster lets the master in with this kubeconfig ({}): {why}", named.at(stanza.span));
    Some(
        RULE.finding(named.setting.span(), message)
            .help("give it the token of a service account, and a server of https"),
    )
}

fn why(reason: &Reason) -> Option<&'static str> {
    Some(match reason {
        Reason::Unsendable => "its token holds a line break or another control character",
        Reason::Omitted => "its token is what `kubectl config view` writes in place of one",
        Reason::GivenUp => "it has a name and a password, which API servers no longer take",
        Reason::PlainHttp => "its server is not https, and no credential is sent without TLS",
        Reason::Nobody => "it shows no credential",
        _ => return None,
    })
}
