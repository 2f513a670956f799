//! Keys that other releases knew.

use super::decoding::{KeyFault, key_fault, problems, with_load};
use super::{Context, Rule, mending};
use crate::decode::ProblemKind;
use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::release::{Period, keys};

pub(super) static RULE: Rule = Rule {
    id: "retired-key",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a key that this release no longer knows",
    why: "Upgrades rename and remove keys. In a resource manager the master refuses the old name; in a pool it drops it \
          without a word, and jobs land in another namespace than before.",
    master_says: &["json: unknown field \"namespace\""],
    facts: &["T-52", "E-L7", "§4.4"],
    docs: "release-notes",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  namespace: det-jobs
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: det-jobs
",
    check: Some(check),
};

/// What became of a key.
struct Fate {
    key: &'static str,
    /// When it was there; `None` when it never was one of this block in the recorded releases.
    period: Option<Period>,
    instead: Option<&'static str>,
    help: &'static str,
}

static FATES: [Fate; 4] = [
    Fate {
        key: "namespace",
        period: Some(keys::NAMESPACE),
        instead: Some("default_namespace"),
        help: "write `default_namespace`",
    },
    Fate {
        key: "determined_master_ip",
        period: Some(keys::MASTER_IP),
        instead: Some("determined_master_host"),
        help: "write `determined_master_host`; only the default resource manager still takes the old name",
    },
    Fate {
        key: "scheduler",
        period: None,
        instead: None,
        help: "remove the block, or set `default_scheduler: coscheduler`",
    },
    Fate {
        key: "kubernetes_namespace",
        period: Some(keys::POOL_NAMESPACE),
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
        let written = cx.slice(problem.span);
        let message = match fate.period.and_then(Period::ended) {
            Some(release) if dropped => {
                format!("`{written}` is gone since release {release}, and dropped without a word")
            }
            Some(release) => format!("`{written}` is gone since release {release}"),
            None => format!("a Kubernetes resource manager has no `{written}`"),
        };
        let mut finding = RULE.finding(problem.span, message).help(fate.help);
        if dropped {
            finding.severity = Severity::Warning;
            finding.effect = Effect::Misroutes;
        }
        if let Some(instead) = fate.instead {
            finding = finding.fix_if(mending::rename(cx, problem.span, instead, Applicability::Safe));
        }
        out.push(with_load(finding, load));
    }
}
