//! Everything that is looked at before something is written, each with an id that `--skip-check` takes.

/// A check.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Its id.
    pub id: &'static str,
    /// What it finds out, as a question.
    pub asks: &'static str,
    /// Whether it can be passed over.
    pub skip: Skip,
}

/// Whether a check can be passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Skip {
    /// With `--skip-check`; it is noted at the Secret.
    Allowed,
    /// Never: what it finds cannot work at all.
    Never,
}

macro_rules! checks {
    ($($name:ident $id:literal $skip:ident $asks:literal;)*) => {
        $(#[doc = $asks] pub static $name: Check = Check { id: $id, asks: $asks, skip: Skip::$skip };)*
        /// All checks, in the order in which they are made.
        pub static ALL: &[&Check] = &[$(&$name),*];
    };
}

checks! {
    ADDRESS "address" Allowed "Does the server's address lead from the master's pod to the cluster?";
    TLS "tls" Never "Does the server prove to be the one, by chain and name?";
    TLS_EXPIRY "tls-expiry" Allowed "Do the server's certificate and its authorities hold for another 14 days?";
    INSECURE "insecure" Never "Is the server's certificate looked at?";
    IDENTITY "identity" Never "Does the server take the credential, and for whom it should be?";
    MASTERS "masters" Never "Is it no member of system:masters, whom nothing can narrow?";
    OWN "own" Allowed "Is the credential made for the master, and nobody's own?";
    LIFETIME "lifetime" Allowed "Does the credential hold for as long as it was asked to?";
    RIGHTS_START "rights-start" Allowed "Has it every right without which the master does not start?";
    RIGHTS_RUN "rights-run" Allowed "Has it every right without which tasks fail?";
    RIGHTS_OPTIONAL "rights-optional" Allowed "Has it every right without which something is worse?";
    EXCESS "excess" Allowed "Is it kept from reading secrets, escalating and impersonating?";
    CLUSTER "cluster" Allowed "Is it another cluster than the default one and those of the other resource managers?";
    FOREIGN_JOBS "foreign-jobs" Allowed "Is there no job of another Determined, which the master would delete?";
    NAMESPACE "namespace" Allowed "Is the default namespace there?";
    GATEWAY "gateway" Allowed "Are the Gateway, its kinds and enough listeners there?";
    KUBECONFIG "kubeconfig" Never "Does the master start with the kubeconfig that is stored?";
    REPLACED "replaced" Allowed "Has every credential that was replaced been taken back?";
    ORPHANS "orphans" Allowed "Is every credential that was made for the master in a stored kubeconfig?";
    COPIES "copies" Allowed "Has nobody else a copy of what the Secret holds, or held before?";
    TASKS_APART "tasks-apart" Allowed "Do tasks run in another namespace than the one that holds the Secret?";
}

/// The check of an id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.id == id)
}

#[cfg(test)]
mod tests {
    use super::{ALL, find};

    #[test]
    fn ids_are_unique() {
        for check in ALL {
            assert!(std::ptr::eq(find(check.id).unwrap(), *check), "{}", check.id);
            assert!(check.asks.ends_with('?'), "{}", check.id);
        }
    }
}
