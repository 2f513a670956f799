//! What a stored kubeconfig may do, by the word of `kubectl`, and what operators with few rights are told.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::{Value, json};

use super::{World, certificate, context, kubeconfig};
use crate::plane::client::Login;
use crate::program::Ran;

/// Resource, as `kubectl` writes it, and verb.
type Rights = BTreeSet<(String, String)>;

impl World {
    /// What `kubectl auth can-i --list` says of a kubeconfig in a namespace. It has read the file as it stands.
    fn listed(&self, file: &str, namespace: &str) -> Rights {
        let output = Command::new(self.west.program("kubectl"))
            .args(["--kubeconfig", file, "auth", "can-i", "--list", "--namespace", namespace])
            .current_dir(self.folder.path("."))
            .env_clear()
            .env("HOME", self.folder.path("."))
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        said.lines().skip(1).flat_map(row).collect()
    }

    /// The rules of an object of RBAC, one by one.
    fn granted(&self, path: &str) -> Rights {
        let role = self.west.api.get(&format!("/apis/rbac.authorization.k8s.io/v1{path}")).expect(200);
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        let mut rights = Rights::new();
        for rule in role["rules"].as_array().unwrap() {
            for group in texts(&rule["apiGroups"]) {
                for resource in texts(&rule["resources"]) {
                    let name = match (group.as_str(), resource.split_once('/')) {
                        ("", _) => resource,
                        (group, None) => format!("{resource}.{group}"),
                        (group, Some((resource, sub))) => format!("{resource}.{group}/{sub}"),
                    };
                    rights.extend(texts(&rule["verbs"]).into_iter().map(|verb| (name.clone(), verb)));
                }
            }
        }
        rights
    }
}

/// `jobs.batch   []   []   [list watch]`; lines of URLs begin with a space.
fn row(line: &str) -> Vec<(String, String)> {
    let name = line.split(' ').next().unwrap_or_default();
    let verbs = line.rsplit('[').next().unwrap_or_default().trim_end().trim_end_matches(']');
    let verbs = verbs.split(' ').filter(|_| !name.is_empty());
    verbs.map(|verb| (name.to_owned(), verb.to_owned())).collect()
}

/// Less what any ServiceAccount may do, it is the roles that were made, here and there.
pub(crate) fn kubectl_lists_the_planned_rights_and_no_others() {
    for profile in ["minimal", "chart"] {
        let world = World::new();
        world.create(&["--yes", "--rbac", profile]).exits_with(0);
        let stored = world.stored("west-kubeconfig", "config");
        let accounts = world.accounts();
        let bare = json!({"metadata": {"name": "bare"}});
        world.west.api.post(&format!("/api/v1/namespaces/{accounts}/serviceaccounts"), &bare).expect(201);
        let token = world.west.token_secret(&accounts, "bare", "bare-token");
        std::fs::write(world.folder.path("stored"), &stored).unwrap();
        std::fs::write(world.folder.path("bare"), stored.replace(&world.token(), &token)).unwrap();

        let name = format!("detctl-{}-west", world.release);
        let everywhere = world.granted(&format!("/clusterroles/{name}"));
        let mut there = everywhere.clone();
        if profile == "minimal" {
            there.extend(world.granted(&format!("/namespaces/{}/roles/{name}", world.tasks)));
            assert!(there.len() > everywhere.len());
        }
        for (namespace, planned) in [(world.tasks.as_str(), &there), (&accounts, &everywhere), ("default", &everywhere)]
        {
            let (listed, bare) = (world.listed("stored", namespace), world.listed("bare", namespace));
            assert!(!bare.is_empty() && bare.is_subset(&listed), "{bare:?}");
            assert_eq!(&listed.difference(&bare).cloned().collect::<Rights>(), planned, "{profile} in {namespace}");
        }
    }
}

/// Everything that is lacking on the default cluster is told before anything is written anywhere.
pub(crate) fn t22_who_may_not_store_is_told_all_before_anything_is_written() {
    let world = World::new();
    let Login::Certificate(nobody) = world.main.user(&format!("nobody-{}", world.release)) else { unreachable!() };
    let contexts = [
        context("main", &world.main, certificate(&nobody)),
        context("west", &world.west, certificate(world.west.admin())),
    ];
    std::fs::write(world.folder.path("kubeconfig"), kubeconfig(&contexts)).unwrap();
    let run = |more: &[&str]| -> Ran {
        let ran = world.create(&[&["--yes"], more].concat()).exits_with(1);
        let secrets = format!("/api/v1/namespaces/{}/secrets", world.namespace);
        assert!(world.main.api.get(&secrets).items().is_empty());
        let accounts = format!("/api/v1/namespaces/{}", world.accounts());
        assert_eq!(world.west.api.get(&accounts).status, 404, "nothing is made on the other cluster either");
        ran
    };
    let ran = run(&[]);
    for verb in ["get", "create", "patch"] {
        let words = format!("you may not {verb} secrets in {} there: to store the kubeconfig", world.namespace);
        assert!(ran.stdout.contains(&words), "{words}: {ran:#?}");
    }
    assert!(ran.stdout.contains("and so is the default cluster; nothing has been written"), "{ran:#?}");
    let ran = run(&["--replace"]);
    assert!(ran.stdout.contains("you may not delete secrets in "), "{ran:#?}");
}

/// Two entries that lead to one cluster: each would delete the other's jobs.
pub(crate) fn t11_the_same_cluster_twice_is_refused() {
    let world = World::new();
    let contexts = [
        context("main", &world.main, certificate(world.main.admin())),
        context("west", &world.west, certificate(world.west.admin())),
        context("west-again", &world.west, certificate(world.west.admin())),
    ];
    std::fs::write(world.folder.path("kubeconfig"), kubeconfig(&contexts)).unwrap();
    let manager = |name: &str| {
        format!(
            "- resource_manager: {{type: kubernetes, cluster_name: {name}, max_slots_per_pod: 1, kubeconfig_path: /k, \
             default_namespace: {}, determined_master_host: h, determined_master_port: 1}}\n  resource_pools: \
             [{{pool_name: {name}}}]\n",
            world.tasks
        )
    };
    let master = format!(
        "resource_manager: {{type: kubernetes, cluster_name: main, max_slots_per_pod: 1}}\nresource_pools: [{{pool_name: \
         default}}]\nadditional_resource_managers:\n{}{}",
        manager("west"),
        manager("east")
    );
    std::fs::write(world.folder.path("master.yaml"), master).unwrap();
    let accounts = world.accounts();
    let more = ["master.yaml", "--map=west=west", "--map=east=west-again", "--skip-check=address", "--yes"];
    let ran = world.look("create", &[&more[..], &["--sa-namespace", &accounts]].concat()).exits_with(1);
    for other in ["west", "east"] {
        assert!(ran.stdout.contains(&format!("failed  cluster       it is the same cluster as {other}")), "{ran:#?}");
    }
    assert_eq!(ran.stdout.matches("  failed  ").count(), 2, "{ran:#?}");
    let secrets = format!("/api/v1/namespaces/{}/secrets", world.namespace);
    assert!(world.main.api.get(&secrets).items().is_empty() && world.credentials().is_empty());
}
