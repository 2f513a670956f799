//! New deployments that must not start without a password, and have none.

use super::{Context, Rule};
use crate::decode::Decoded;
use crate::diagnostic::{Effect, Finding, Severity};
use crate::release::Behaviour;

pub(super) static RULE: Rule = Rule {
    id: "initial-password-missing",
    severity: Severity::Warning,
    effect: Effect::FailsAtStart,
    summary: "`prevent_blank_password` without `security.initial_user_password`",
    why: "With the feature switch `prevent_blank_password`, a master with an empty database does not start unless it is \
          given a password for the users `admin` and `determined`. The password can also come from the environment, as \
          DET_SECURITY_INITIAL_USER_PASSWORD. A database that is there already needs none.",
    master_says: &["could not deploy without initial password"],
    facts: &["§3.4 initial password", "§1.6"],
    docs: "reference/deploy/master-config-reference#security",
    before: "\
feature_switches:
  - prevent_blank_password
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    after: "\
feature_switches:
  - prevent_blank_password
security:
  initial_user_password: Sample9Word
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
",
    check: Some(check),
};

const SWITCH: &str = "prevent_blank_password";

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config().filter(|_| cx.release().has(Behaviour::NeedsPassword)) else {
        return;
    };
    let switches = config.root.list("feature_switches").unwrap_or_default().iter();
    let Some(switch) = switches.into_iter().find(|item| matches!(&item.value, Decoded::Text(text) if text == SWITCH))
    else {
        return;
    };
    let password = config.root.record("security").and_then(|security| security.entry("initial_user_password"));
    let is_given = password.is_some_and(|entry| {
        !matches!(&entry.value, Decoded::Text(text) if text.is_empty()) && !matches!(entry.value, Decoded::Null)
    });
    if !is_given {
        let message = "with this switch the master does not start on an empty database: there is no initial password";
        let help = "set `security.initial_user_password`, or DET_SECURITY_INITIAL_USER_PASSWORD in its environment";
        out.push(RULE.finding(switch.span, message).help(help));
    }
}
