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

use super::context::{invalid, one_of};
use super::{Context, Rule};
use crate::decode::Record;
use crate::diagnostic::{Effect, Ending, Finding, LoadFailure, Phase, Severity};
use crate::release::Release;
use crate::source::Span;
use crate::spelling;

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
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
security:
  tls:
    cert: /etc/ssl/master.crt
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
security:
  tls:
    cert: /etc/ssl/master.crt
    key: /etc/ssl/master.key
",
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
            for block in cx.blocks(go) {
                let release = cx.loaded.release;
                check(&mut Section { record: block.record, path: &block.path, place: block.place, release, out });
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
    place: Span,
    release: Release,
    out: &'a mut Vec<Finding>,
}

impl Section<'_> {
    /// The value of a key, or the section when the key is not written.
    fn place_of(&self, key: &str) -> Span {
        self.record.entry(key).map_or(self.place, |entry| entry.span)
    }

    /// Reports the value of a key, or the section when the key is not written.
    fn refuse(&mut self, key: &str, words: impl Into<String>) {
        let words = words.into();
        let span = self.place_of(key);
        let shown = match words.rsplit_once(": ") {
            Some((head, tail)) if tail.starts_with("expected ") || tail.contains(" is not ") => head,
            _ => &*words,
        };
        let finding = RULE.finding(span, format!("the master refuses this: {}", shown.trim()));
        let help = match self.record.entry(key) {
            Some(_) => format!("correct `{key}`, or remove the line"),
            None => format!("add `{key}`"),
        };
        self.out.push(finding.help(help).ends_load(invalid(self.path, &words)));
    }

    /// Reports a word that is none of the known ones.
    fn refuse_word(&mut self, key: &str, word: &str, known: &[&str], words: impl Into<String>) {
        self.refuse(key, words);
        let help = match spelling::closest(word, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write {}", one_of(known)),
        };
        if let Some(finding) = self.out.pop() {
            self.out.push(finding.help(help));
        }
    }

    /// Reports that one key wants another one beside it.
    fn refuse_alone(&mut self, key: &str, other: &str, words: impl Into<String>) {
        self.refuse(key, words);
        if let Some(finding) = self.out.pop() {
            self.out.push(finding.help(format!("add `{other}`, or remove `{key}`")));
        }
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
