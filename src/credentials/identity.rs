//! The objects that make up the identity on the additional cluster. All are applied by server-side apply with the field
//! manager [`MANAGER`]; names differ from the chart's, so that a chart on that cluster does not collide with them.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::rights::Scope;
use super::roles::{Role, Rule};

/// The field manager of everything that is applied.
pub const MANAGER: &str = "detctl";
/// Which tool an object belongs to.
pub const MANAGED_BY: &str = "app.kubernetes.io/managed-by";
/// Which system an object is a part of.
pub const PART_OF: &str = "app.kubernetes.io/part-of";
/// Which release of the chart an object is for.
pub const RELEASE: &str = "detctl.dev/release";
/// Which resource manager an object is for.
pub const CLUSTER_NAME: &str = "detctl.dev/cluster-name";
/// Longest name of an object, so that it is also a label.
const LONGEST: usize = 63;

/// Whom the objects are for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The release of the chart.
    pub release: String,
    /// `cluster_name` of the resource manager.
    pub cluster: String,
}

/// The identity of a master on one cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Whom it is for.
    pub owner: Owner,
    /// The namespace of its ServiceAccount.
    pub namespace: String,
    /// The name of its ServiceAccount.
    pub account: String,
}

/// What an object is found by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// `v1`, `rbac.authorization.k8s.io/v1`
    pub api_version: &'static str,
    /// The kind.
    pub kind: &'static str,
    /// The resource in plural.
    pub plural: &'static str,
    /// The namespace; none for objects of the whole cluster.
    pub namespace: Option<String>,
    /// The name.
    pub name: String,
}

impl Reference {
    /// `ServiceAccount determined-system/detctl-det-west`
    #[must_use]
    pub fn title(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{} {namespace}/{}", self.kind, self.name),
            None => format!("{} {}", self.kind, self.name),
        }
    }

    /// The path of the object on an API server.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}", self.folder(), self.name)
    }

    /// The path of its siblings.
    #[must_use]
    pub fn folder(&self) -> String {
        let root = if self.api_version.contains('/') { "/apis" } else { "/api" };
        let namespace = self.namespace.as_ref().map(|name| format!("/namespaces/{name}")).unwrap_or_default();
        format!("{root}/{}{namespace}/{}", self.api_version, self.plural)
    }
}

/// An object to apply.
#[derive(Clone, Debug, PartialEq)]
pub struct Object {
    /// What it is found by.
    pub reference: Reference,
    /// The whole of it; never anything secret.
    pub manifest: Value,
}

const CORE: &str = "v1";
const RBAC: &str = "rbac.authorization.k8s.io/v1";

impl Owner {
    /// The labels of everything that is made for it.
    #[must_use]
    pub fn labels(&self) -> Value {
        json!({
            MANAGED_BY: MANAGER,
            PART_OF: "determined",
            RELEASE: label(&self.release),
            CLUSTER_NAME: label(&self.cluster),
        })
    }

    /// What finds everything that is made for it.
    #[must_use]
    pub fn selector(&self) -> String {
        let (release, cluster) = (label(&self.release), label(&self.cluster));
        format!("{MANAGED_BY}={MANAGER},{RELEASE}={release},{CLUSTER_NAME}={cluster}")
    }

    /// The name of its objects.
    #[must_use]
    pub fn name(&self) -> String {
        slug(&format!("detctl-{}-", self.release), &self.cluster)
    }

    /// The key of the token in the Secret, for a master that reads it anew. No other cluster has it: where the chart mounts
    /// Secrets in another order, no file is found, rather than the token of another cluster.
    #[must_use]
    pub fn token_key(&self) -> String {
        format!("token.{}", self.name())
    }
}

impl Identity {
    /// Its ServiceAccount.
    #[must_use]
    pub fn reference(&self) -> Reference {
        core("ServiceAccount", "serviceaccounts", &self.namespace, &self.account)
    }

    /// Who it is to the API server.
    #[must_use]
    pub fn username(&self) -> String {
        format!("system:serviceaccount:{}:{}", self.namespace, self.account)
    }

    /// The namespace that it lies in.
    #[must_use]
    pub fn namespace_object(&self) -> Object {
        let reference = Reference {
            api_version: CORE,
            kind: "Namespace",
            plural: "namespaces",
            namespace: None,
            name: self.namespace.clone(),
        };
        // Other identities lie in it too: it belongs to the tool, not to one cluster.
        let labels = json!({MANAGED_BY: MANAGER, PART_OF: "determined"});
        object(reference, labels, json!({}))
    }

    /// The ServiceAccount. No pod runs as it.
    #[must_use]
    pub fn account_object(&self) -> Object {
        object(self.reference(), self.owner.labels(), json!({"automountServiceAccountToken": false}))
    }

    /// The roles with their bindings, each role before its binding.
    #[must_use]
    pub fn role_objects(&self, roles: &[Role]) -> Vec<Object> {
        roles.iter().flat_map(|role| [self.role(role), self.binding(role)]).collect()
    }

    fn role_reference(&self, role: &Role, (cluster, local): (&'static str, &'static str), suffix: &str) -> Reference {
        let name = format!("{}{suffix}", self.owner.name());
        match &role.scope {
            Scope::Cluster => {
                Reference { api_version: RBAC, kind: cluster, plural: plural(cluster), namespace: None, name }
            }
            Scope::Namespace(namespace) => Reference {
                api_version: RBAC,
                kind: local,
                plural: plural(local),
                namespace: Some(namespace.clone()),
                name,
            },
        }
    }

    fn role(&self, role: &Role) -> Object {
        let reference = self.role_reference(role, ("ClusterRole", "Role"), "");
        let rules: Vec<Value> = role.rules.iter().map(rule).collect();
        object(reference, self.owner.labels(), json!({"rules": rules}))
    }

    fn binding(&self, role: &Role) -> Object {
        let target = self.role_reference(role, ("ClusterRole", "Role"), "");
        let reference = self.role_reference(role, ("ClusterRoleBinding", "RoleBinding"), "");
        let body = json!({
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": target.kind, "name": target.name},
            "subjects": [{"kind": "ServiceAccount", "name": self.account, "namespace": self.namespace}],
        });
        object(reference, self.owner.labels(), body)
    }

    /// The Secret that the token controller fills with a token that has no end. Not listed in the ServiceAccount: what is
    /// listed there and unused for a year is deleted by the cleaner of old tokens.
    #[must_use]
    pub fn token_secret(&self, name: &str) -> Object {
        let reference = core("Secret", "secrets", &self.namespace, name);
        let body = json!({"type": "kubernetes.io/service-account-token"});
        let mut object = object(reference, self.owner.labels(), body);
        object.manifest["metadata"]["annotations"] = json!({"kubernetes.io/service-account.name": self.account});
        object
    }

    /// The empty Secret that a requested token is bound to: when it goes, the token dies.
    #[must_use]
    pub fn lease_secret(&self, name: &str) -> Object {
        let reference = core("Secret", "secrets", &self.namespace, name);
        object(reference, self.owner.labels(), json!({"type": "Opaque", "immutable": true}))
    }

    /// The name of a Secret that belongs to one credential, told apart by when it was made (seconds since 1970); none of those
    /// that are taken, as `NAMESPACE/NAME`: what is made within the same second must not be the same.
    #[must_use]
    pub fn credential_name(&self, now: i64, taken: &[String]) -> String {
        let name = |at: i64| format!("{}-{at:x}", self.owner.name());
        let is_free = |at: &i64| !taken.contains(&format!("{}/{}", self.namespace, name(*at)));
        (now..).find(is_free).map(name).unwrap_or_default()
    }

    /// The reference of a Secret in the namespace of the identity.
    #[must_use]
    pub fn secret_reference(&self, name: &str) -> Reference {
        core("Secret", "secrets", &self.namespace, name)
    }
}

/// An object of the core in a namespace.
#[must_use]
pub fn core(kind: &'static str, plural: &'static str, namespace: &str, name: &str) -> Reference {
    Reference { api_version: CORE, kind, plural, namespace: Some(namespace.to_owned()), name: name.to_owned() }
}

/// The Deployment of the master, as the chart names it after its release.
#[must_use]
pub fn master_deployment(namespace: &str, release: &str) -> Reference {
    let name = format!("determined-master-deployment-{release}");
    Reference { api_version: "apps/v1", ..core("Deployment", "deployments", namespace, &name) }
}

fn plural(kind: &str) -> &'static str {
    match kind {
        "ClusterRole" => "clusterroles",
        "ClusterRoleBinding" => "clusterrolebindings",
        "Role" => "roles",
        _ => "rolebindings",
    }
}

fn rule(rule: &Rule) -> Value {
    json!({"apiGroups": [rule.group], "resources": rule.resources, "verbs": rule.verbs})
}

fn object(reference: Reference, labels: Value, body: Value) -> Object {
    let mut manifest = json!({
        "apiVersion": reference.api_version,
        "kind": reference.kind,
        "metadata": {"name": reference.name, "labels": labels},
    });
    if let Some(namespace) = &reference.namespace {
        manifest["metadata"]["namespace"] = json!(namespace);
    }
    if let Value::Object(members) = body {
        for (key, value) in members {
            manifest[key] = value;
        }
    }
    Object { reference, manifest }
}

/// A text as the value of a label: itself where it is one, else its readable part and a digest.
#[must_use]
pub fn label(text: &str) -> String {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let is_label =
        text.len() <= LONGEST && text.chars().all(fits) && ends(text.chars().next()) && ends(text.chars().last());
    if is_label { text.to_owned() } else { slug("", text) }
}

/// Two texts as one name: small letters, digits and single `-`. Where that loses anything, a digest makes up for it, so
/// that different texts never come to the same name.
fn slug(before: &str, text: &str) -> String {
    let mut name = String::new();
    for c in before.chars().chain(text.chars()).flat_map(char::to_lowercase) {
        match c {
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    let name = name.trim_end_matches('-');
    let whole = format!("{before}{text}");
    if !name.is_empty() && name == whole && name.len() <= LONGEST {
        return whole;
    }
    let digest = Sha256::digest(format!("{before}\0{text}").as_bytes());
    let digest: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let kept = name.get(..name.len().min(LONGEST - 9)).unwrap_or("").trim_end_matches('-');
    if kept.is_empty() { digest } else { format!("{kept}-{digest}") }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Identity, Owner, label};
    use crate::credentials::rights::{Tasks, Use, needed};
    use crate::credentials::roles;

    fn identity(cluster: &str) -> Identity {
        let owner = Owner { release: "det".into(), cluster: cluster.into() };
        Identity { namespace: "determined-system".into(), account: owner.name(), owner }
    }

    #[test]
    fn names_are_names_and_never_the_same_for_different_clusters() {
        assert_eq!(identity("west").account, "detctl-det-west");
        let long = "x".repeat(300);
        let texts =
            ["west", "West", "we st", "we-st", "we_st", "w\u{e9}st", "", "-", "--", &long, "\u{1b}[31m", "../x"];
        let names: BTreeSet<String> = texts.iter().map(|text| identity(text).account).collect();
        assert_eq!(names.len(), texts.len());
        for name in &names {
            assert!(name.len() <= 63 && !name.starts_with('-') && !name.ends_with('-'), "{name}");
            assert!(
                name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
                "{name}"
            );
        }
        for text in texts {
            let label = label(text);
            assert!(
                !label.is_empty() && label.len() <= 63 && label.is_ascii() && !label.contains(['/', '\u{1b}']),
                "{label}"
            );
        }
    }

    #[test]
    fn credentials_of_the_same_second_are_told_apart() {
        let identity = identity("west");
        let first = identity.credential_name(255, &[]);
        assert_eq!(first, "detctl-det-west-ff");
        assert_eq!(identity.credential_name(255, &[format!("determined-system/{first}")]), "detctl-det-west-100");
        assert_eq!(identity.credential_name(255, &[format!("elsewhere/{first}")]), first);
    }

    #[test]
    fn objects_are_found_where_they_are_put() {
        let of = Use { default_namespace: Some("det".into()), tasks: Tasks::In(Vec::new()), gateway: None };
        let identity = identity("west");
        let objects = identity.role_objects(&roles(&needed(&of)));
        let paths: Vec<String> = objects.iter().map(|object| object.reference.path()).collect();
        let rbac = "/apis/rbac.authorization.k8s.io/v1";
        assert_eq!(
            paths,
            [
                format!("{rbac}/clusterroles/detctl-det-west"),
                format!("{rbac}/clusterrolebindings/detctl-det-west"),
                format!("{rbac}/namespaces/det/roles/detctl-det-west"),
                format!("{rbac}/namespaces/det/rolebindings/detctl-det-west"),
            ]
        );
        assert_eq!(objects[3].manifest["roleRef"]["kind"], "Role");
        assert_eq!(objects[3].manifest["subjects"][0]["namespace"], "determined-system");
        assert_eq!(identity.account_object().reference.title(), "ServiceAccount determined-system/detctl-det-west");
        let token = identity.token_secret("t").manifest;
        assert_eq!(token["metadata"]["annotations"]["kubernetes.io/service-account.name"], "detctl-det-west");
        assert_eq!(token["metadata"]["labels"]["detctl.dev/cluster-name"], "west");
    }
}
