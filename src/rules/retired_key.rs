//! Keys that other releases knew.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule};
use crate::decode::ProblemKind;
use crate::diagnostic::{Applicability, Edit, Effect, Finding, Fix, Severity};

pub(super) static RULE: Rule = Rule {
    id: "retired-key",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that this release no longer knows",
    why: "Upgrades rename and remove keys. In a resource manager the master refuses the old name; in a pool it drops it \
          without a word, and jobs land in another namespace than before.",
    master_says: &["json: unknown field \"namespace\""],
    facts: &["T-52", "§4.4"],
    docs: "release-notes",
    before: "resource_manager:\n  type: kubernetes\n  namespace: jobs\n",
    after: "resource_manager:\n  type: kubernetes\n  default_namespace: jobs\n",
    check: Some(check),
};

/// What became of a key.
struct Fate {
    key: &'static str,
    since: &'static str,
    instead: Option<&'static str>,
    help: &'static str,
}

const FATES: [Fate; 4] = [
    Fate {
        key: "namespace",
        since: "0.35.0",
        instead: Some("default_namespace"),
        help: "it is called `default_namespace` since 0.35.0",
    },
    Fate {
        key: "determined_master_ip",
        since: "0.38.0",
        instead: Some("determined_master_host"),
        help: "it is called `determined_master_host` since 0.38.0; only the default resource manager still takes the old name",
    },
    Fate {
        key: "scheduler",
        since: "0.20.0",
        instead: None,
        help: "Kubernetes schedules the pods: remove the block, or set `default_scheduler: coscheduler`",
    },
    Fate {
        key: "kubernetes_namespace",
        since: "0.35.0",
        instead: None,
        help: "bind workspaces to namespaces instead, or set the resource manager's `default_namespace`",
    },
];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (problem, load) in problems(cx) {
        let (key, known, dropped) = match &problem.kind {
            ProblemKind::RejectedKey { key, known } => (key, known, false),
            ProblemKind::DroppedKey { key, known } => (key, known, true),
            _ => continue,
        };
        if key_fault(&problem.path, key, *known) != KeyFault::Retired {
            continue;
        }
        let Some(fate) = FATES.iter().find(|fate| fate.key == key.to_lowercase()) else {
            continue;
        };
        let message = format!("`{}` is gone since release {}", cx.slice(problem.span), fate.since);
        let mut finding = RULE.finding(problem.span, message).help(fate.help);
        if dropped {
            finding.severity = Severity::Warning;
            finding.effect = Effect::Misroutes;
        }
        if let Some(instead) = fate.instead {
            finding = finding.fix(Fix {
                title: format!("rename it to `{instead}`"),
                applicability: Applicability::Safe,
                edits: vec![Edit { span: problem.span, replacement: instead.to_owned() }],
            });
        }
        out.push(with_load(finding, load));
    }
}
