//! Users, service accounts and their rights.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::ControlPlane;
use super::client::{Login, wait_for};

/// Who has a right.
pub(crate) struct Subject(Value);

impl Subject {
    /// A user, as a client certificate names it.
    pub(crate) fn user(name: &str) -> Self {
        Self(json!({"kind": "User", "name": name, "apiGroup": "rbac.authorization.k8s.io"}))
    }

    /// A service account.
    pub(crate) fn account(namespace: &str, name: &str) -> Self {
        Self(json!({"kind": "ServiceAccount", "name": name, "namespace": namespace}))
    }
}

/// A rule of a role: one group, resources and verbs.
pub(crate) fn rule(group: &str, resources: &[&str], verbs: &[&str]) -> Value {
    json!({"apiGroups": [group], "resources": resources, "verbs": verbs})
}

impl ControlPlane {
    /// A new namespace whose name starts so, with its default service account.
    pub(crate) fn namespace(&self, start: &str) -> String {
        let wanted = json!({"metadata": {"generateName": format!("{start}-")}});
        let made = self.api.post("/api/v1/namespaces", &wanted).expect(201);
        let name = made["metadata"]["name"].as_str().unwrap().to_owned();
        self.wait_for_account(&name);
        name
    }

    /// Waits for the default service account of a namespace, without which no pod is let in.
    pub(crate) fn wait_for_account(&self, namespace: &str) {
        let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts/default");
        wait_for("the default service account", || (self.api.get(&path).status == 200).then_some(()));
    }

    /// The login of a user, without rights at first.
    pub(crate) fn user(&self, name: &str) -> Login {
        Login::Certificate(self.authority.client(name, &[]))
    }

    /// Makes a service account, and a token for it that lives an hour.
    pub(crate) fn token(&self, namespace: &str, name: &str) -> String {
        let path = format!("/api/v1/namespaces/{namespace}/serviceaccounts");
        self.api.post(&path, &json!({"metadata": {"name": name}})).expect(201);
        let asked = json!({"spec": {"expirationSeconds": 3600}});
        let made = self.api.post(&format!("{path}/{name}/token"), &asked).expect(201);
        made["status"]["token"].as_str().unwrap().to_owned()
    }

    /// Makes a token Secret for an account that exists, and returns its token when the controller has filled it.
    pub(crate) fn token_secret(&self, namespace: &str, account: &str, name: &str) -> String {
        use base64::Engine as _;
        let path = format!("/api/v1/namespaces/{namespace}/secrets");
        let secret = json!({
            "metadata": {"name": name, "annotations": {"kubernetes.io/service-account.name": account}},
            "type": "kubernetes.io/service-account-token",
        });
        self.api.post(&path, &secret).expect(201);
        let token = wait_for("the token of the Secret", || {
            let secret = self.api.get(&format!("{path}/{name}")).expect(200);
            secret["data"]["token"].as_str().map(str::to_owned)
        });
        String::from_utf8(base64::engine::general_purpose::STANDARD.decode(token).unwrap()).unwrap()
    }

    /// Gives rights, in one namespace or in all of the cluster.
    pub(crate) fn grant(&self, subject: &Subject, namespace: Option<&str>, rules: &[Value]) {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let name = format!("granted-{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let (kind, folder) = match namespace {
            Some(namespace) => ("Role", format!("/apis/rbac.authorization.k8s.io/v1/namespaces/{namespace}/role")),
            None => ("ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterrole".to_owned()),
        };
        self.api.post(&format!("{folder}s"), &json!({"metadata": {"name": name}, "rules": rules})).expect(201);
        let reference = json!({"apiGroup": "rbac.authorization.k8s.io", "kind": kind, "name": name});
        let binding = json!({"metadata": {"name": name}, "roleRef": reference, "subjects": [subject.0]});
        self.api.post(&format!("{folder}bindings"), &binding).expect(201);
    }
}
