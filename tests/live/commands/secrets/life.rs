//! `detctl secrets list` and `check`: what is stored is told, and each thing that goes wrong with time is found.

use serde_json::json;

use super::World;
use crate::program::Ran;

impl World {
    /// A command about what is stored, for this release.
    pub(crate) fn look(&self, command: &str, more: &[&str]) -> Ran {
        let start = ["secrets", command, "--kubeconfig=kubeconfig", "--default-context=main", "--namespace"];
        let release = format!("--release={}", self.release);
        self.folder.run(&[&start[..], &[&self.namespace, &release], more].concat())
    }

    /// The ids of the checks of the one Secret that are in a state.
    fn checks(&self, state: &str, code: i32) -> Vec<String> {
        let report = self.look("check", &["--format=json"]).exits_with(code).json();
        let checks = report["secrets"][0]["checks"].as_array().unwrap().clone();
        let ids = checks.iter().filter(|check| check["state"] == state);
        ids.map(|check| check["id"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn what_goes_wrong_with_time_is_found() {
    let world = World::new();
    let none = world.look("list", &[]).exits_with(0);
    assert!(none.stdout.contains("detctl has written no kubeconfig"), "{none:?}");
    world.create(&["--yes"]).exits_with(0);
    let (token, secrets) = (world.token(), format!("/api/v1/namespaces/{}/secrets", world.namespace));

    let table = world.look("list", &[]).exits_with(0);
    assert!(table.stdout.contains("west-kubeconfig/config") && table.stdout.contains("without an end"), "{table:?}");
    let list = world.look("list", &["--format=json"]).exits_with(0);
    assert_eq!(list.json()["secrets"][0]["server"], world.west.server.as_str());
    let well = world.look("check", &[]).exits_with(0);
    assert!(well.stdout.contains("1 checked") && well.stdout.contains(": 0 failed"), "{well:?}");
    let show = world.look("show", &["west-kubeconfig"]).exits_with(0);
    assert!(show.stdout.contains(&world.west.server) && show.stdout.contains(" bytes)"), "{show:?}");
    let none = world.look("show", &["west"]).exits_with(1);
    assert!(none.stderr.contains("has written no Secret west in namespace"), "{none:?}");
    for ran in [&table, &list, &well, &show] {
        assert!(!ran.stdout.contains(&token) && !ran.stderr.contains(&token), "{ran:?}");
    }
    // The address of the plane is this machine's own, which was passed over when it was made, and is now.
    assert_eq!(world.checks("skipped", 0), ["address"]);

    // Values that name another Secret, or another key.
    let values = |secret: &str, key: &str| {
        format!(
            "additional_resource_managers:\n- resource_manager:\n    cluster_name: west\n    kubeconfig_secret_name: {secret}\n    \
             kubeconfig_secret_value: {key}\n"
        )
    };
    for (secret, key, code, words) in [
        ("west-kubeconfig", "config", 0, ": 0 failed"),
        ("west-kubeconfig", "east", 1, "values.yaml:5: the Secret west-kubeconfig has no key east"),
        ("west", "config", 1, "values.yaml:4: detctl has written no Secret west"),
    ] {
        std::fs::write(world.folder.path("values.yaml"), values(secret, key)).unwrap();
        let ran = world.look("check", &["--values=values.yaml"]).exits_with(code);
        assert!(ran.stdout.contains(words), "{ran:?}");
    }
    // A file of values is told of the Secret, and of nothing else.
    let before = values("old", "old").replace("- resource", "# mine\n- resource");
    std::fs::write(world.folder.path("mine.yaml"), &before).unwrap();
    let ran = world.create(&["--yes", "--write-values=mine.yaml"]).exits_with(0);
    assert!(ran.stderr.contains("mine.yaml names the Secrets now"), "{ran:?}");
    let after = std::fs::read_to_string(world.folder.path("mine.yaml")).unwrap();
    assert_eq!(after, values("west-kubeconfig", "config").replace("- resource", "# mine\n- resource"));
    std::fs::write(world.folder.path("other.yaml"), "a: 1\n").unwrap();
    let none = world.create(&["--yes", "--write-values=other.yaml"]).exits_with(2);
    assert!(none.stderr.contains("other.yaml: it has no list `additional_resource_managers`"), "{none:?}");
    stored_secrets_of_a_deployment(&world);

    // A right that somebody takes away.
    let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    let role = world.west.api.get(roles).items().into_iter().find(|role| {
        role["metadata"]["name"].as_str().is_some_and(|name| name.contains(&format!("detctl-{}-west", world.release)))
    });
    let role = role.unwrap()["metadata"]["name"].as_str().unwrap().to_owned();
    world.west.api.delete(&format!("{roles}/{role}")).expect(200);
    let lacking = crate::plane::client::wait_for("the right to be gone", || {
        let ran = world.look("check", &[]);
        (ran.code == Some(1)).then_some(ran)
    });
    assert!(lacking.stdout.contains("rights-start") && lacking.stdout.contains("jobs"), "{lacking:?}");
    // Made for whom it was made for, it is made again.
    world.create(&["--yes"]).exits_with(0);
    crate::plane::client::wait_for("the right to be known", || {
        (world.look("check", &[]).code == Some(0)).then_some(())
    });

    // A kubeconfig that somebody writes over, and a noted end that is near.
    let path = format!("{secrets}/west-kubeconfig");
    let near = json!({"metadata": {"annotations": {"detctl.dev/not-after": "1000"}}});
    world.main.api.patch(&path, &near).expect(200);
    assert_eq!(world.checks("failed", 1), ["lifetime"]);
    let broken = json!({"data": {"config": "bm90aGluZw=="}});
    world.main.api.patch(&path, &broken).expect(200);
    assert!(world.checks("failed", 1).contains(&"kubeconfig".to_owned()));
}

pub(crate) fn a_credential_that_was_taken_back_is_found() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    let accounts = format!("/api/v1/namespaces/{}/serviceaccounts", world.accounts());
    world.west.api.delete(&format!("{accounts}/detctl-{}-west", world.release)).expect(200);
    let gone = crate::plane::client::wait_for("the token to be refused", || {
        let ran = world.look("check", &[]);
        (ran.code == Some(1)).then_some(ran)
    });
    assert!(gone.stdout.contains("failed  identity") && gone.stdout.contains("401"), "{gone:?}");
}

pub(crate) fn what_was_made_is_taken_away() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    let stored = world.as_stored();
    let deployments = format!("/apis/apps/v1/namespaces/{}/deployments", world.namespace);
    let name = format!("determined-master-deployment-{}", world.release);
    let pod = json!({
        "metadata": {"labels": {"app": "x"}},
        "spec": {
            "containers": [{"name": "master", "image": "example.invalid/master"}],
            "volumes": [{"name": "additionalrm-kubeconfig0", "secret": {"secretName": "west-kubeconfig"}}],
        },
    });
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {"selector": {"matchLabels": {"app": "x"}}, "template": pod},
    });
    world.main.api.post(&deployments, &deployment).expect(201);
    let west = ["--cluster-name=west", "--context=west"];
    let used = world.look("delete", &[&west[..], &["--yes"]].concat()).exits_with(1);
    assert!(used.stdout.contains("mounts the Secret west-kubeconfig"), "{used:?}");
    world.secret("west-kubeconfig");
    world.main.api.delete(&format!("{deployments}/{name}")).expect(200);

    let plan = world.look("delete", &[&west[..], &["--dry-run"]].concat()).exits_with(0);
    assert!(plan.stdout.contains("ClusterRoleBinding") && plan.stdout.contains("ServiceAccount"), "{plan:?}");
    let asked = world.look("delete", &west).exits_with(2);
    assert!(asked.stderr.contains("--yes"), "{asked:?}");
    world.secret("west-kubeconfig");
    // The wrong cluster is not taken for an empty one, and while something stays there, so does what tells of it.
    let wrong = ["--cluster-name=west", "--context=main", "--yes"];
    let other = world.look("delete", &wrong).exits_with(2);
    assert!(other.stderr.contains("leads to the cluster"), "{other:?}");
    world.secret("west-kubeconfig");
    assert_eq!(stored.get("/apis/batch/v1/jobs").status, 200);
    // One that somebody has taken over stays.
    let roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    let role = format!("{roles}/detctl-{}-west", world.release);
    let theirs = json!({"metadata": {"labels": {"app.kubernetes.io/managed-by": "somebody"}}});
    world.west.api.patch(&role, &theirs).expect(200);

    let gone = world.look("delete", &[&west[..], &["--yes"]].concat()).exits_with(0);
    assert!(gone.stdout.contains("kept: it is none of those"), "{gone:?}");
    assert_eq!(world.main.api.get(&world.path("west-kubeconfig")).status, 404);
    assert_eq!(world.west.api.get(&role).status, 200);
    let binding = format!("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/detctl-{}-west", world.release);
    assert_eq!(world.west.api.get(&binding).status, 404);
    let jobs = "/apis/batch/v1/jobs";
    crate::plane::client::wait_for("the token to be refused", || (stored.get(jobs).status == 401).then_some(()));
    let again = world.look("delete", &[&west[..], &["--yes"]].concat()).exits_with(0);
    assert!(again.stdout.contains("nothing to do"), "{again:?}");
}

/// `validate --live` tells of the Secrets that values name before the chart mounts them.
fn stored_secrets_of_a_deployment(world: &World) {
    let values = |secret: &str, key: &str| {
        format!(
            "maxSlotsPerPod: 8\ninitialUserPassword: Sample9Word\nadditional_resource_managers:\n- resource_manager:\n    \
             type: kubernetes\n    cluster_name: west\n    max_slots_per_pod: 8\n    kubeconfig_secret_name: {secret}\n    \
             kubeconfig_secret_value: {key}\n  resource_pools:\n  - pool_name: west\n"
        )
    };
    for (secret, key, line, words) in [
        ("west-kubeconfig", "config", 0, ""),
        ("west-kubeconfig", "east", 9, "the Secret west-kubeconfig has no key east: it has config"),
        ("nowhere", "config", 8, "there is no Secret nowhere in namespace"),
    ] {
        std::fs::write(world.folder.path("chart.yaml"), values(secret, key)).unwrap();
        let namespace = format!("--namespace={}", world.namespace);
        let start =
            ["validate", "chart.yaml", "--live", "--kubeconfig=kubeconfig", "--format=json", "--map=default=main"];
        let ran = world.folder.run(&[&start[..], &["--map=west=west", &namespace]].concat());
        let findings = ran.json()["findings"].as_array().unwrap().clone();
        let told: Vec<_> = findings.iter().filter(|finding| finding["rule"] == "kubeconfig-secret").collect();
        match line {
            0 => assert!(told.is_empty(), "{ran:#?}"),
            line => {
                assert_eq!((told.len(), &told[0]["labels"][0]["line"]), (1, &line.into()), "{ran:#?}");
                assert!(told[0]["message"].as_str().unwrap().contains(words), "{ran:#?}");
            }
        }
        assert!(!ran.stdout.contains(&world.token()), "a token is shown");
    }
}

/// Where no default namespace is set the master uses `default` and does not look for it, so it has no right to.
pub(crate) fn without_a_default_namespace_nothing_is_missed() {
    let world = World::new();
    let accounts = format!("--sa-namespace={}", world.accounts());
    let create = |more: &[&str]| {
        let start = ["create", "--cluster-name=west", "--context=west", "--yes", "--skip-check=address"];
        world.look(start[0], &[&start[1..], &[&accounts, "--skip-check=foreign-jobs"], more].concat())
    };
    create(&[]).exits_with(0);
    assert_eq!(world.secret("west-kubeconfig")["metadata"]["annotations"]["detctl.dev/rights"], "minimal:");
    let check = world.look("check", &[]).exits_with(0);
    assert!(check.stdout.contains(": 0 failed"), "{check:?}");
    // With another namespace there is another role, of which those hear who check and delete.
    let more = format!("--task-namespaces={}", world.tasks);
    let again = create(&[&more]).exits_with(0);
    assert!(again.stdout.contains("other rights are asked for"), "{again:?}");
    let roles = format!("/apis/rbac.authorization.k8s.io/v1/namespaces/{}/roles", world.tasks);
    assert_eq!(world.west.api.get(&roles).items().len(), 1);
    crate::plane::client::wait_for("the right to be known", || {
        (world.look("check", &[]).code == Some(0)).then_some(())
    });
    world.look("delete", &["--cluster-name=west", "--context=west", "--yes"]).exits_with(0);
    assert!(world.west.api.get(&roles).items().is_empty(), "a role stays behind");
}
