//! `--auth copy`: the context's own credential in place of one that is made.

use super::wanted::Prepared;
use crate::cluster::{self, Endpoint, Kept};
use crate::commands::secrets::opened::Opened;
use crate::credentials::copying::Own;
use crate::credentials::judge::{self, Outcome, State};
use crate::credentials::plan::{Credential, rights_id};
use crate::credentials::record::Record;
use crate::error::Error;
use crate::kubeconfig::worth::{Phase, ReleasedPod, Verdict, worth};
use crate::kubeconfig::{Access, Output, OutputCredential, Secret, load, render};
use crate::report::dates::date;
use crate::source::SourceMap;

/// The credential of a context, with what is known of it.
pub(super) fn own(cluster: &str, access: &Access) -> Result<(OutputCredential, Own), Error> {
    crate::credentials::copying::own(access)
        .map_err(|refused| Error::with_hint(format!("{cluster}: {}", refused.message), Some(refused.help)))
}

impl Prepared {
    /// The kubeconfig with the context's own credential; none when one is made.
    pub(super) fn own_kubeconfig(&self) -> Option<Secret> {
        let credential = self.own.clone()?;
        Some(render(&Output { credential, ..self.output(Secret::new("")) }))
    }

    /// The cluster as the master sees it with the context's own credential; none when one is made.
    pub(super) fn own_endpoint(&self) -> Option<Endpoint> {
        let own = self.own.as_ref()?;
        Some(match own {
            OutputCredential::Token(token) | OutputCredential::TokenWithFile(token, _) => self.endpoint(token),
            OutputCredential::Certificate(pem, key) => Endpoint {
                login: cluster::Login {
                    certificate: Some((pem.clone(), key.expose().to_vec())),
                    ..cluster::Login::default()
                },
                ..self.endpoint(&Secret::new(""))
            },
        })
    }

    /// The cluster as the master sees it with what is stored.
    pub(super) fn stored_endpoint(&self, kept: &Kept) -> Option<Endpoint> {
        match self.own_kubeconfig() {
            Some(wanted) if kept.get(&self.wanted.key)?.expose() == wanted.expose() => self.own_endpoint(),
            Some(_) => None,
            None => Opened::of(kept, &self.wanted.key)?.token().map(|token| self.endpoint(token)),
        }
    }

    /// Whether the stored kubeconfig is the one that would be written; none when a credential is made.
    pub(super) fn own_credential(&self, kept: Option<&Kept>, record: Option<&Record>) -> Option<Credential> {
        let wanted = self.own_kubeconfig()?;
        let stored = record.and(kept).and_then(|kept| kept.get(&self.wanted.key));
        let rights = rights_id(&self.wanted.uses, self.wanted.profile);
        Some(match stored {
            Some(_) if record.is_some_and(|record| record.rights != rights) => {
                Credential::Make("the stored one was made for other namespaces".to_owned())
            }
            Some(stored) if stored.expose() == wanted.expose() => Credential::Keep,
            Some(_) => Credential::Make("the stored one is another".to_owned()),
            None => Credential::Make(String::new()),
        })
    }

    /// What can be told of the context's own credential before anybody is asked.
    pub(super) fn own_outcomes(&self, now: i64) -> Vec<Outcome> {
        let (Some(own), Some(kubeconfig)) = (&self.wanted.own, self.own_kubeconfig()) else { return Vec::new() };
        let mut outcomes = own.outcomes(now, date);
        outcomes.push(starts(&kubeconfig, judge::address(&self.wanted.server, &[]).state, now));
        outcomes
    }
}

/// Whether the master starts with a kubeconfig. Where its address leads is told by a check of its own, which may be passed
/// over.
fn starts(kubeconfig: &Secret, address: State, now: i64) -> Outcome {
    let mut sources = SourceMap::new();
    let loading = load(sources.add("new", ""), kubeconfig.expose_text().unwrap_or_default());
    judge::kubeconfig(match worth(&loading, &ReleasedPod, now).verdict {
        Verdict::Ends(end) if end.phase == Phase::FirstCall && address == State::Failed => Ok(()),
        Verdict::Ends(end) => Err(format!("the master ends: {}", end.words)),
        Verdict::Starts | Verdict::StartsWith(_) => Ok(()),
    })
}
