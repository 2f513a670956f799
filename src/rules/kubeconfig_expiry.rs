//! Kubeconfigs that work until some day.

use super::followed::{Followed, Named, day, named};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::kubeconfig::worth::{Fate, Part, Reason, Stanza};

pub(super) static RULE: Rule = Rule {
    id: "kubeconfig-expiry",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "a kubeconfig with a token or certificate that ends, or has ended",
    why: "The master reads a kubeconfig once, when it starts. When the token in it ends, every task of that cluster fails \
          from then on, and a new token in the file or Secret helps only after a restart. A token in a `tokenFile` is read \
          anew every minute, and that of a Secret of type service-account-token does not end.",
    master_says: &["failed to get system pods: Unauthorized"],
    facts: &["T-44", "§3.5"],
    docs: "setup-cluster/k8s/setup-multiple-resource-managers",
    before: "\
# west.kubeconfig
users:
  - name: determined
    user: {token: a token of one hour}
",
    after: "\
# west.kubeconfig
users:
  - name: determined
    user: {tokenFile: /mount/determined/secrets/0/token}
",
    check: None,
};

/// Days, as seconds.
const SOON: i64 = 30 * 86_400;

pub(super) fn check(cx: &Context<'_>, followed: &[Followed], out: &mut Vec<Finding>) {
    for named in named(cx, followed) {
        out.extend(named.stanzas().filter_map(|stanza| finding(&named, stanza)));
    }
}

fn finding(named: &Named<'_>, stanza: &Stanza) -> Option<Finding> {
    let (what, is_read_once) = match stanza.part {
        Part::Token(_) => ("token", true),
        Part::TokenFile(_) => ("token file", false),
        Part::Certificate(_) => ("client certificate", true),
        Part::Authorities(_) => ("authority's certificate", true),
        _ => return None,
    };
    if stanza.fate == Fate::Unused {
        return None;
    }
    let at = named.at(stanza.span);
    let over = stanza.reasons.iter().find_map(|reason| if let Reason::Over(end) = reason { Some(*end) } else { None });
    if let Some(end) = over {
        let message = format!("the {what} of this kubeconfig ({at}) has ended on {}", day(end));
        let mut finding = RULE.finding(named.setting.span(), message).help("make a new one before the master starts");
        (finding.severity, finding.effect) = (Severity::Error, Effect::FailsAtStart);
        return Some(finding);
    }
    let until =
        stanza.reasons.iter().find_map(|reason| if let Reason::Until(end) = reason { Some(*end) } else { None });
    let end = until.filter(|_| is_read_once)?;
    let is_soon = end.saturating_sub(named.text.now) <= SOON;
    if !is_soon && what != "token" {
        return None;
    }
    let message =
        format!("the {what} of this kubeconfig ({at}) ends on {}, and the master reads it only at its start", day(end));
    let help = match what {
        "token" => "use a `tokenFile` or a token that does not end, or plan a restart before",
        _ => "make a new one, and restart the master before that day",
    };
    let mut finding = RULE.finding(named.setting.span(), message).help(help);
    if !is_soon {
        finding.severity = Severity::Info;
    }
    Some(finding)
}
