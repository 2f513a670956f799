//! Rights → RBAC: one role for the whole cluster and one for each namespace, with as few rules as say the same.

use std::collections::{BTreeMap, BTreeSet};

use super::rights::{Right, Scope};

/// A ClusterRole or Role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// Where it counts.
    pub scope: Scope,
    /// What it grants.
    pub rules: Vec<Rule>,
}

/// A rule of a role.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The API group; empty for the core.
    pub group: &'static str,
    /// The resources, sorted.
    pub resources: Vec<&'static str>,
    /// The verbs, sorted.
    pub verbs: Vec<&'static str>,
}

/// The roles that grant these rights, the whole cluster first.
#[must_use]
pub fn roles(rights: &[Right]) -> Vec<Role> {
    let scopes: BTreeSet<&Scope> = rights.iter().map(|right| &right.scope).collect();
    scopes
        .into_iter()
        .map(|scope| Role { scope: scope.clone(), rules: rules(rights.iter().filter(|right| right.scope == *scope)) })
        .collect()
}

fn rules<'a>(rights: impl Iterator<Item = &'a Right>) -> Vec<Rule> {
    let mut verbs: BTreeMap<(&str, &str), BTreeSet<&'static str>> = BTreeMap::new();
    for right in rights {
        verbs.entry((right.group, right.resource)).or_default().insert(right.verb);
    }
    let mut resources: BTreeMap<(&'static str, Vec<&'static str>), Vec<&'static str>> = BTreeMap::new();
    for ((group, resource), verbs) in verbs {
        resources.entry((group, verbs.into_iter().collect())).or_default().push(resource);
    }
    let mut rules: Vec<Rule> =
        resources.into_iter().map(|((group, verbs), resources)| Rule { group, resources, verbs }).collect();
    rules.sort();
    rules
}

#[cfg(test)]
mod tests {
    use super::{Scope, roles};
    use crate::credentials::rights::{Tasks, Use, needed};

    #[test]
    fn resources_with_the_same_verbs_share_a_rule() {
        let of = Use { default_namespace: Some("det".into()), tasks: Tasks::In(Vec::new()), gateway: None };
        let roles = roles(&needed(&of));
        assert_eq!(
            roles.iter().map(|role| &role.scope).collect::<Vec<_>>(),
            [&Scope::Cluster, &Scope::Namespace("det".into())]
        );
        let text = |at: usize| -> Vec<String> {
            let rules = roles[at].rules.iter();
            rules.map(|rule| format!("{}/{}: {}", rule.group, rule.resources.join(","), rule.verbs.join(","))).collect()
        };
        assert_eq!(
            text(0),
            [
                "/nodes: list,watch",
                "/pods: list",
                "batch/jobs: list",
                "scheduling.k8s.io/priorityclasses: create,delete"
            ]
        );
        assert_eq!(
            text(1),
            [
                "/configmaps: create,delete,list",
                "/events,pods: list,watch",
                "/namespaces,pods/log: get",
                "batch/jobs: create,delete,list,watch"
            ]
        );
    }
}
