//! `validate --live` on values of the chart: the Secrets that they name, as they are stored.

use std::time::Duration;

use crate::cluster::{self, Endpoint, Kept, ToLookUp};
use crate::credentials::identity::core;
use crate::credentials::record::Record;
use crate::credentials::rights::{Need, Right, Scope};
use crate::diagnostic::{Finding, Severity};
use crate::formats::helm_values::kubeconfig_secrets::{Named, Placed, kubeconfig_secrets};
use crate::report::dates::date;
use crate::rules::of_secret;
use crate::source::SourceMap;

/// How long before its end a credential is told of, in seconds.
const SOON: i64 = 14 * 24 * 3600;

/// Where the Secrets are, and when they are looked at.
pub(super) struct Stored<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) namespace: &'a str,
    pub(super) now: i64,
    pub(super) time: Duration,
}

impl Stored<'_> {
    /// What is wrong with the Secrets that files of values name. Whoever may not see them is told nothing.
    pub(super) fn findings(&self, sources: &SourceMap) -> Vec<Finding> {
        let texts = sources.iter().filter_map(|(id, file)| kubeconfig_secrets(id, file.text()));
        let named: Vec<(Placed, Named)> =
            texts.flatten().filter_map(|named| Some((named.secret.clone()?, named))).collect();
        if named.is_empty() {
            return Vec::new();
        }
        let scope = Scope::Namespace(self.namespace.to_owned());
        let look = Right { group: "", resource: "secrets", verb: "get", scope, need: Need::Optional, without: "" };
        let target = ToLookUp {
            endpoint: self.endpoint.clone(),
            namespace: self.namespace.to_owned(),
            secrets: named.iter().map(|(secret, _)| core("Secret", "secrets", self.namespace, &secret.text)).collect(),
            deeds: vec![look],
        };
        match cluster::look_up(target, self.time) {
            Ok(shelf) if shelf.lacking.is_empty() => {
                let all = named.iter().zip(&shelf.kept);
                all.filter_map(|((secret, named), kept)| self.finding(secret, named, kept.as_ref())).collect()
            }
            _ => Vec::new(),
        }
    }

    fn finding(&self, secret: &Placed, named: &Named, kept: Option<&Kept>) -> Option<Finding> {
        let namespace = self.namespace;
        let Some(kept) = kept else {
            let words = format!("there is no Secret {} in namespace {namespace}", secret.text);
            return Some(of_secret(secret.span, &words, Severity::Error));
        };
        if let Some(key) = named.key.as_ref().filter(|key| kept.get(&key.text).is_none()) {
            let keys: Vec<&str> = kept.data.iter().map(|(name, _)| name.as_str()).collect();
            let has = if keys.is_empty() { "it is empty".to_owned() } else { format!("it has {}", keys.join(", ")) };
            let words = format!("the Secret {} has no key {}: {has}", secret.text, key.text);
            return Some(of_secret(key.span, &words, Severity::Error));
        }
        let end = Record::of(&kept.object).not_after?;
        let severity = match end - self.now {
            left if left <= 0 => Severity::Error,
            left if left <= SOON => Severity::Warning,
            _ => return None,
        };
        let verb = if severity == Severity::Error { "ended" } else { "ends" };
        Some(of_secret(secret.span, &format!("the credential in {} {verb} on {}", secret.text, date(end)), severity))
    }
}
