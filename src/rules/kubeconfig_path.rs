//! Paths of kubeconfigs that lead elsewhere than they seem to.

use super::followed::{Followed, Found, harmless};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-path",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "a `kubeconfig_path` that the master does not understand as a shell would",
    why: "The master replaces a leading `~/` by its home directory, and nothing else: variables and `~name` are taken as they \
          stand. A relative path starts at the directory that the master was started in. Where there is no such file, the \
          master does not start.",
    master_says: &["reading kubeconfig at <path>: open <path>: no such file or directory"],
    facts: &["§3.4 client", "§3.5"],
    docs: "reference/deploy/master-config-reference#resource-manager",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  kubeconfig_path: $HOME/.kube/config
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  kubeconfig_path: ~/.kube/config
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for kubernetes in cx.managers().iter().filter_map(|manager| manager.kubernetes()) {
        let path = &kubernetes.kubeconfig_path;
        let text = path.value.as_str();
        let first = text.split('/').next().unwrap_or_default();
        let (message, help) = match text {
            _ if path.is_broken() || text.is_empty() => continue,
            _ if text.contains('$') => ("the master replaces no variables in this path", "write the path out"),
            _ if text.ends_with('/') || text == "~" => {
                ("this is a directory, not a file", "write the path of the file")
            }
            _ if first.len() > 1 && first.starts_with('~') => {
                ("the master replaces `~/` only, not the name of a user after it", "write the path out")
            }
            _ if first.is_empty() || first == "~" => continue,
            _ => {
                let message = "this path starts at the directory that the master is started in";
                let mut finding = RULE.finding(path.span(), message).help("write a path that starts with `/` or `~/`");
                finding.severity = Severity::Info;
                finding.effect = Effect::Degrades;
                out.push(finding);
                continue;
            }
        };
        out.push(RULE.finding(path.span(), message).help(help));
    }
}

/// Files that are not there, where all of the master's were said to be.
pub(super) fn check_followed(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for missing in followed.iter().filter(|followed| matches!(followed.found, Found::Missing)) {
        let manager = cx.managers().get(missing.manager);
        if let Some(kubernetes) = manager.and_then(|manager| manager.kubernetes()) {
            let message = format!("there is no `{}`", harmless(&missing.path));
            let finding = RULE.finding(kubernetes.kubeconfig_path.span(), message);
            out.push(finding.help(
                "put the kubeconfig there, or name the folder that holds the master's files with --kubeconfig-root",
            ));
        }
    }
}
