//! What whoever runs detctl must be allowed to do, so that nothing stops halfway.

use super::identity::{Identity, Object};
use super::rights::{Need, Right, Scope};

/// How a credential is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TokenMode {
    /// A Secret that the token controller fills; the token has no end.
    #[default]
    Secret,
    /// A token asked for so many seconds, bound to an empty Secret.
    Request(i64),
}

impl TokenMode {
    /// The lifetime that is asked for, in seconds.
    #[must_use]
    pub fn asked(self) -> Option<i64> {
        match self {
            Self::Secret => None,
            Self::Request(seconds) => Some(seconds),
        }
    }
}

/// One thing that the operator must be allowed to do, besides granting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The API group; empty for the core.
    pub group: &'static str,
    /// The resource in plural, with its subresource behind a slash.
    pub resource: &'static str,
    /// The verb.
    pub verb: &'static str,
    /// Where.
    pub scope: Scope,
    /// What for.
    pub purpose: &'static str,
}

impl Deed {
    /// As a row that an access review can be made of.
    #[must_use]
    pub fn right(&self) -> Right {
        let Self { group, resource, verb, scope, purpose } = self.clone();
        Right { group, resource, verb, scope, need: Need::Start, without: purpose }
    }
}

const RBAC: &str = "rbac.authorization.k8s.io";

/// On the additional cluster, to make the identity and its credential. `roles` are the roles and bindings that are applied.
#[must_use]
pub fn minting(identity: &Identity, roles: &[Object], mode: TokenMode, makes_namespace: MakesNamespace) -> Vec<Deed> {
    let here = Scope::Namespace(identity.namespace.clone());
    let mut deeds = Vec::new();
    let mut push = |group, resource, verbs: &[&'static str], scope: &Scope, purpose| {
        for verb in verbs {
            deeds.push(Deed { group, resource, verb, scope: scope.clone(), purpose });
        }
    };
    push("", "namespaces", &["get"], &Scope::Cluster, "to know the cluster by the uid of kube-system");
    if makes_namespace == MakesNamespace::Yes {
        push("", "namespaces", &["create", "patch"], &Scope::Cluster, "to make the namespace of the identity");
    }
    push("", "serviceaccounts", &["get", "create", "patch"], &here, "to make the identity");
    // The ServiceAccount may be among them, and is no part of RBAC.
    for object in roles.iter().filter(|object| object.reference.api_version.starts_with(RBAC)) {
        let scope = object.reference.namespace.clone().map_or(Scope::Cluster, Scope::Namespace);
        push(RBAC, object.reference.plural, &["get", "create", "patch"], &scope, "to give the identity its rights");
    }
    match mode {
        TokenMode::Secret => push("", "secrets", &["get", "create", "patch"], &here, "to have a token made"),
        TokenMode::Request(_) => {
            push("", "secrets", &["create", "patch"], &here, "to bind the token to a Secret");
            push("", "serviceaccounts/token", &["create"], &here, "to ask for a token");
        }
    }
    let mut kept: Vec<Deed> = Vec::new();
    for deed in deeds {
        if !kept.contains(&deed) {
            kept.push(deed);
        }
    }
    kept
}

/// On the additional cluster, to make a new credential of an identity and take the old one back.
#[must_use]
pub fn rotating(identity: &Identity, mode: TokenMode) -> Vec<Deed> {
    let here = Scope::Namespace(identity.namespace.clone());
    let deed =
        |scope: &Scope, resource, verb, purpose| Deed { group: "", resource, verb, scope: scope.clone(), purpose };
    let mut deeds = vec![
        deed(&Scope::Cluster, "namespaces", "get", "to know the cluster by the uid of kube-system"),
        deed(&here, "serviceaccounts", "get", "to know the identity"),
        deed(&here, "secrets", "create", "to have a token made"),
        deed(&here, "secrets", "patch", "to have a token made"),
        deed(&here, "secrets", "delete", "to take the old credential back"),
    ];
    deeds.push(match mode {
        TokenMode::Secret => deed(&here, "secrets", "get", "to read the new token"),
        TokenMode::Request(_) => deed(&here, "serviceaccounts/token", "create", "to ask for a token"),
    });
    deeds
}

/// On the default cluster, to replace a Secret that cannot be changed.
#[must_use]
pub fn replacing(namespace: &str) -> Deed {
    Deed {
        group: "",
        resource: "secrets",
        verb: "delete",
        scope: Scope::Namespace(namespace.to_owned()),
        purpose: "to replace a Secret that cannot be changed",
    }
}

/// On the default cluster, to see what the master mounts.
#[must_use]
pub fn watching(namespace: &str) -> Deed {
    Deed {
        group: "apps",
        resource: "deployments",
        verb: "get",
        scope: Scope::Namespace(namespace.to_owned()),
        purpose: "to see which Secrets the master mounts",
    }
}

/// On the default cluster, to start the master anew.
#[must_use]
pub fn restarting(namespace: &str) -> Vec<Deed> {
    let here = Scope::Namespace(namespace.to_owned());
    let deed = |group, resource, verb, purpose| Deed { group, resource, verb, scope: here.clone(), purpose };
    vec![
        deed("apps", "deployments", "get", "to find the master"),
        deed("apps", "deployments", "patch", "to start the master anew"),
        deed("", "pods", "list", "to see when the master has started"),
    ]
}

/// Whether the namespace of the identity has to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MakesNamespace {
    /// It is not there.
    Yes,
    /// It is.
    No,
}

/// On the default cluster, to store the Secret in a namespace.
#[must_use]
pub fn storing(namespace: &str) -> Vec<Deed> {
    let here = Scope::Namespace(namespace.to_owned());
    ["get", "create", "patch"]
        .into_iter()
        .map(|verb| Deed {
            group: "",
            resource: "secrets",
            verb,
            scope: here.clone(),
            purpose: "to store the kubeconfig",
        })
        .collect()
}

/// The verbs by which roles are made that grant more than one has oneself; RBAC asks for one of them, or for every right
/// that is granted.
#[must_use]
pub fn escalation(roles: &[Object]) -> Vec<Right> {
    let mut found = Vec::new();
    for object in roles {
        let scope = object.reference.namespace.clone().map_or(Scope::Cluster, Scope::Namespace);
        let (resource, verb) = match object.reference.plural {
            "clusterroles" => ("clusterroles", "escalate"),
            "roles" => ("roles", "escalate"),
            _ => continue,
        };
        let without = "to grant rights that one does not have";
        found.push(Right { group: RBAC, resource, verb, scope, need: Need::Optional, without });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{MakesNamespace, TokenMode, minting, storing};
    use crate::credentials::identity::{Identity, Owner};
    use crate::credentials::rights::{Tasks, Use, needed};
    use crate::credentials::roles;

    #[test]
    fn whoever_makes_an_identity_needs_these() {
        let owner = Owner { release: "det".into(), cluster: "west".into() };
        let identity = Identity { namespace: "sys".into(), account: owner.name(), owner };
        let of = Use { default_namespace: Some("det".into()), tasks: Tasks::In(Vec::new()), gateway: None };
        let roles = identity.role_objects(&roles(&needed(&of)));
        let text = |mode, namespace| -> Vec<String> {
            minting(&identity, &roles, mode, namespace)
                .iter()
                .map(|deed| format!("{} {}", deed.resource, deed.verb))
                .collect()
        };
        let secret = text(TokenMode::Secret, MakesNamespace::No);
        assert!(secret.contains(&"secrets get".to_owned()) && !secret.contains(&"namespaces create".to_owned()));
        assert!(
            secret.contains(&"rolebindings patch".to_owned()) && secret.contains(&"clusterroles create".to_owned())
        );
        let request = text(TokenMode::Request(600), MakesNamespace::Yes);
        assert!(
            request.contains(&"serviceaccounts/token create".to_owned())
                && !request.contains(&"secrets get".to_owned())
        );
        assert!(request.contains(&"namespaces create".to_owned()));
        let all: Vec<_> = roles.iter().cloned().chain([identity.account_object()]).collect();
        let deeds = minting(&identity, &all, TokenMode::Secret, MakesNamespace::No);
        assert_eq!(deeds.len(), secret.len(), "a ServiceAccount is no role");
        assert_eq!(storing("det").len(), 3);
    }
}
