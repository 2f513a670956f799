//! `detctl secrets` on two real planes: the default cluster `main` and the additional cluster `west`.

pub(crate) mod create;
pub(crate) mod kept;
pub(crate) mod kept_threats;
pub(crate) mod life;
pub(crate) mod rights;
pub(crate) mod rotation;
pub(crate) mod sealing;
pub(crate) mod threats;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::plane::client::{Client, Login};
use crate::plane::keys::Signed;
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options, shared};
use crate::program::{Folder, Ran};

static WEST: Mutex<Option<Arc<ControlPlane>>> = Mutex::new(None);

/// The additional cluster that tests share.
fn west() -> Arc<ControlPlane> {
    let mut west = WEST.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(west.get_or_insert_with(|| Arc::new(ControlPlane::start(&Options::new(Version::Newer)))))
}

/// Ends it, after the last test.
pub(crate) fn end_shared() {
    *WEST.lock().unwrap_or_else(PoisonError::into_inner) = None;
}

/// Two clusters, a release, and a folder with a kubeconfig that has a context for each.
pub(crate) struct World {
    pub(crate) main: Arc<ControlPlane>,
    pub(crate) west: Arc<ControlPlane>,
    /// The namespace of the release on `main`.
    pub(crate) namespace: String,
    /// The namespace of tasks on `west`.
    pub(crate) tasks: String,
    pub(crate) release: String,
    pub(crate) folder: Folder,
}

/// A context of a kubeconfig.
pub(crate) fn context(name: &str, plane: &ControlPlane, user: Value) -> Value {
    json!({
        "name": name, "server": plane.server, "user": user,
        "certificate-authority-data": STANDARD.encode(plane.authority()),
    })
}

/// The user of a client certificate.
pub(crate) fn certificate(signed: &Signed) -> Value {
    json!({
        "client-certificate-data": STANDARD.encode(&signed.certificate),
        "client-key-data": STANDARD.encode(&signed.key),
    })
}

/// A kubeconfig with these contexts, each with a cluster and a user of its own; none is chosen.
pub(crate) fn kubeconfig(contexts: &[Value]) -> String {
    let mut config = json!({"apiVersion": "v1", "kind": "Config", "contexts": [], "clusters": [], "users": []});
    for one in contexts {
        let name = &one["name"];
        let push = |config: &mut Value, list: &str, item: Value| config[list].as_array_mut().unwrap().push(item);
        let mut cluster = json!({});
        for key in ["server", "certificate-authority-data", "tls-server-name", "proxy-url", "insecure-skip-tls-verify"]
        {
            if !one[key].is_null() {
                cluster[key] = one[key].clone();
            }
        }
        push(&mut config, "contexts", json!({"name": name, "context": {"cluster": name, "user": name}}));
        push(&mut config, "clusters", json!({"name": name, "cluster": cluster}));
        push(&mut config, "users", json!({"name": name, "user": one["user"]}));
    }
    config.to_string()
}

impl World {
    /// With administrators on both clusters.
    pub(crate) fn new() -> Self {
        Self::with(west())
    }

    /// The same with another additional cluster.
    pub(crate) fn with(west: Arc<ControlPlane>) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let main = shared(Version::Newer);
        let contexts =
            [context("main", &main, certificate(main.admin())), context("west", &west, certificate(west.admin()))];
        let folder = Folder::new().with("kubeconfig", &kubeconfig(&contexts));
        let release = format!("det{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let (namespace, tasks) = (main.namespace("release"), west.namespace("tasks"));
        Self { main, west, namespace, tasks, release, folder }
    }

    /// The namespace of identities on `west`, of this world alone.
    pub(crate) fn accounts(&self) -> String {
        format!("{}-system", self.tasks)
    }

    /// `detctl secrets create` for the one cluster; loopback addresses are passed over.
    pub(crate) fn create(&self, more: &[&str]) -> Ran {
        self.create_from("west", more)
    }

    pub(crate) fn create_from(&self, context: &str, more: &[&str]) -> Ran {
        let line = self.create_line(context, more);
        self.folder.run(&line.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// The words of that run.
    pub(crate) fn create_line(&self, context: &str, more: &[&str]) -> Vec<String> {
        let accounts = self.accounts();
        let line = [
            "secrets",
            "create",
            "--kubeconfig=kubeconfig",
            "--cluster-name=west",
            "--context",
            context,
            "--default-context=main",
            "--namespace",
            &self.namespace,
            "--release",
            &self.release,
            "--default-namespace",
            &self.tasks,
            "--sa-namespace",
            &accounts,
            "--skip-check=address",
        ];
        line.iter().chain(more).map(|word| (*word).to_owned()).collect()
    }

    /// The path of a Secret of the release.
    pub(crate) fn path(&self, name: &str) -> String {
        format!("/api/v1/namespaces/{}/secrets/{name}", self.namespace)
    }

    /// A Secret of the release.
    #[track_caller]
    pub(crate) fn secret(&self, name: &str) -> Value {
        self.main.api.get(&self.path(name)).expect(200)
    }

    /// What a key of a Secret of the release holds.
    #[track_caller]
    pub(crate) fn stored(&self, name: &str, key: &str) -> String {
        let secret = self.secret(name);
        let data = secret["data"][key].as_str().unwrap_or_else(|| panic!("no {key} in {secret}"));
        String::from_utf8(STANDARD.decode(data).unwrap()).unwrap()
    }

    /// The token in the stored kubeconfig.
    #[track_caller]
    pub(crate) fn token(&self) -> String {
        let config: Value = serde_json::from_str(&self.stored("west-kubeconfig", "config")).unwrap();
        config["users"][0]["user"]["token"].as_str().unwrap().to_owned()
    }

    /// A client that asks `west` as the stored identity.
    pub(crate) fn as_stored(&self) -> Client {
        self.west.client(&Login::Token(self.token()))
    }

    /// Names of the Secrets in the namespace of identities.
    pub(crate) fn credentials(&self) -> Vec<String> {
        let items = self.west.api.get(&format!("/api/v1/namespaces/{}/secrets", self.accounts())).items();
        items.iter().map(|item| item["metadata"]["name"].as_str().unwrap().to_owned()).collect()
    }
}
