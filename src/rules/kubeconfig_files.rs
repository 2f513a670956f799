//! Kubeconfigs that name further files.

use std::path::Path;

use super::followed::{Followed, Named, harmless, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::worth::{Fate, Part, Stanza};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-files",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "a kubeconfig that names files, which are looked for where the master runs",
    why: "kubectl looks for the certificates, keys and tokens that a kubeconfig names beside it. The master does not: relative \
          paths start at its working directory, and absolute ones are those of its own machine or container. Where such a \
          file is not there, the master does not start.",
    master_says: &[
        "unable to read certificate-authority <path> for <cluster> due to open <path>: no such file or directory",
    ],
    facts: &["T-7", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig
clusters:
  - name: west
    cluster:
      server: https://west.example.com:6443
      certificate-authority: ca.crt
",
    after: "\
# west.kubeconfig
clusters:
  - name: west
    cluster:
      server: https://west.example.com:6443
      certificate-authority-data: LS0tLS1CRUdJTi...
",
    check: None,
};

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for named in named(cx, followed) {
        out.extend(named.stanzas().filter_map(|stanza| finding(&named, stanza)));
    }
}

fn finding(named: &Named<'_>, stanza: &Stanza) -> Option<Finding> {
    let (path, is_token) = match &stanza.part {
        Part::AuthorityFile(path) | Part::KeyFile(path) => (path, false),
        Part::TokenFile(path) => (path, true),
        _ => return None,
    };
    let is_relative = !Path::new(path).is_absolute();
    // Where the file cannot be opened at all, client-go's words are told.
    let is_silent = match stanza.fate {
        Fate::Ends | Fate::Unused => true,
        // A file with a token is how it is changed without a restart.
        Fate::Depends => is_token && !is_relative,
        Fate::Works | Fate::Unwise => !is_relative,
    };
    if is_silent {
        return None;
    }
    let (at, path) = (named.at(stanza.span), harmless(path));
    let message = match is_relative {
        true => {
            format!("`{path}` in this kubeconfig ({at}) starts at the master's working directory, not beside the file")
        }
        false => format!("`{path}` in this kubeconfig ({at}) has to be there where the master runs"),
    };
    let help = match is_token {
        true => "write an absolute path, or put the token into the kubeconfig",
        false => "put the content into the kubeconfig: `kubectl config view --flatten`",
    };
    let mut finding = RULE.finding(named.setting.span(), message).help(help);
    if !is_relative {
        finding.severity = Severity::Info;
    }
    Some(finding)
}
