//! Which existing pods have to be kept.

use std::collections::BTreeSet;

use crate::model::pod::{Pod, StringMap};
use crate::model::selector::LabelSelector;

/// Which existing pods the workloads to come look at.
#[derive(Clone, Debug, Default)]
pub struct Interest {
    selectors: Vec<LabelSelector>,
    /// Claims, by namespace and name.
    pub(super) claims: BTreeSet<(String, String)>,
}

impl Interest {
    /// What these pods look at: the selectors of their spread and affinity rules, and their claims.
    #[must_use]
    pub fn of<'a>(pods: impl IntoIterator<Item = &'a Pod>) -> Self {
        let mut interest = Self::default();
        for pod in pods {
            let terms = pod.affinity_terms().iter().chain(pod.anti_affinity_terms());
            interest.selectors.extend(terms.filter_map(|term| term.label_selector.clone()));
            let spreads = pod.spec.topology_spread_constraints.iter();
            interest.selectors.extend(spreads.filter_map(|spread| spread.label_selector.clone()));
            let claims = pod.spec.volumes.iter().filter_map(|volume| volume.claim_name.clone());
            interest.claims.extend(claims.map(|claim| (pod.namespace().to_owned(), claim)));
        }
        interest
    }

    /// Whether some rule may look at a pod with these labels.
    pub(super) fn covers(&self, labels: &StringMap) -> bool {
        self.selectors.iter().any(|selector| selector.matches(labels))
    }
}
