//! Kubeconfigs that start a program.

use super::followed::{Followed, Named, Place, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::worth::{Part, Reason, Stanza};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-plugin",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "a kubeconfig that starts a program to log in, which the master's image does not have",
    why: "Kubeconfigs of GKE, EKS and AKS start a program of their cloud for every login. The released image of the master \
          has none of them, and without it the master does not start. A service account of the cluster with a token in the \
          kubeconfig needs no program.",
    master_says: &["getting credentials: exec: executable <name> not found"],
    facts: &["T-6", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig
users:
  - name: determined
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1beta1
        command: gke-gcloud-auth-plugin
        interactiveMode: Never
",
    after: "\
# west.kubeconfig
users:
  - name: determined
    user: {token: eyJhbGciOi...}
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for named in named(cx, followed) {
        out.extend(named.stanzas().filter_map(|stanza| finding(&named, stanza)));
    }
}

fn finding(named: &Named<'_>, stanza: &Stanza) -> Option<Finding> {
    let Part::Plugin(program) = &stanza.part else { return None };
    let (program, at) =
        (program.map_or_else(|| "a program".to_owned(), |name| format!("`{name}`")), named.at(stanza.span));
    let help = "use the token of a service account, or an image of the master that has the program";
    let is_missing = stanza.reasons.contains(&Reason::ProgramMissing);
    let may_be_there = stanza.reasons.contains(&Reason::ProgramRuns) && named.followed.place == Place::Unknown;
    if !is_missing && !may_be_there {
        return None;
    }
    let message = match is_missing {
        true => {
            format!("this kubeconfig ({at}) starts {program}, which the released image of the master does not have")
        }
        false => format!("this kubeconfig ({at}) starts {program}, which has to be there where the master runs"),
    };
    let mut finding = RULE.finding(named.setting.span(), message).help(help);
    if !is_missing {
        finding.severity = Severity::Info;
    }
    Some(finding)
}
