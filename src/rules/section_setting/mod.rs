//! Checks of the sections beside resource managers and pools (facts §2.5, §2.9, §2.11).
//!
//! They follow the master's `Validate` methods, one per struct, with its words.

mod dispatcher;
mod files;
mod instances;
mod internal;
mod provider;
mod schedule;
mod security;
mod single_sign_on;
mod storage;
mod url;

use super::context::invalid;
use super::{Context, Rule};
use crate::decode::Record;
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};

pub(super) static RULE: Rule = Rule {
    id: "section-setting",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a value that the master refuses in a section beside resource managers",
    why: "Every section has checks of its own: TLS needs both certificate and key, token lifespans must fit each other, a \
          GCS bucket must be named, a cloud provider must be complete even in a Kubernetes pool, where it means nothing. One \
          failing check stops the master, and it reports all of them at once.",
    master_says: &["Check Failed! <n> errors found: error found at <path>: <why>"],
    facts: &["§2.5", "§2.9", "§2.11", "§1.8"],
    docs: "reference/deploy/master-config-reference",
    before: "security:\n  tls:\n    cert: /etc/ssl/master.crt\n",
    after: "security:\n  tls:\n    cert: /etc/ssl/master.crt\n    key: /etc/ssl/master.key\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for checks in [
        security::CHECKS,
        storage::CHECKS,
        single_sign_on::CHECKS,
        provider::CHECKS,
        internal::CHECKS,
        dispatcher::CHECKS,
    ] {
        for (go, check) in checks {
            for (path, record) in cx.records(go) {
                check(&mut Section { record, path, out });
            }
        }
    }
    instances::check(cx, out);
    files::check(cx, out);
}

/// The check of one struct, by its Go name.
type Check = (&'static str, fn(&mut Section<'_>));

/// A written section and where to report to.
struct Section<'a> {
    record: &'a Record,
    path: &'a str,
    out: &'a mut Vec<Finding>,
}

impl Section<'_> {
    /// Reports the value of a key, or the section when the key is not written.
    fn refuse(&mut self, key: &str, words: impl Into<String>) {
        let words = words.into();
        let span = self.record.entry(key).map_or(self.record.span, |entry| entry.span);
        let shown = words.split(": expected ").next().unwrap_or(&words);
        let finding = RULE.finding(span, format!("the master refuses this: {}", shown.trim()));
        self.out.push(finding.ends_load(invalid(self.path, &words)));
    }

    /// Reports a value that makes the master panic while it validates; nothing else is reported then.
    fn panic(&mut self, key: &str, words: &str) {
        let span = self.record.entry(key).map_or(self.record.span, |entry| entry.span);
        let words = vec![format!("panic: {words}")];
        let load = LoadFailure { phase: Phase::Validate, order: 0, ending: Ending::Panic, words };
        let mut finding = RULE.finding(span, "the master panics on this");
        finding.effect = Effect::Crashes;
        self.out.push(finding.ends_load(load));
    }

    /// Text, with the default where nothing is written.
    fn text(&self, key: &str, default: &'static str) -> String {
        self.record.text(key).unwrap_or(default).to_owned()
    }

    /// A number, with the default where nothing is written.
    fn int(&self, key: &str, default: i64) -> i64 {
        self.record.int(key).unwrap_or(default)
    }

    fn has(&self, key: &str) -> bool {
        self.record.text(key).is_some()
    }

    fn at_least(&mut self, key: &str, value: i64, bound: i64, message: &str) {
        if value < bound {
            self.refuse(key, format!("{message}: {value} is not greater than or equal to {bound}"));
        }
    }

    fn above(&mut self, key: &str, value: i64, bound: i64, message: &str) {
        if value <= bound {
            self.refuse(key, format!("{message}: {value} is not greater than {bound}"));
        }
    }
}
