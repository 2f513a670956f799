//! Several clusters, one of which gets no credentials: the others are answered all the same.

use std::time::Duration;

use serde_json::{Value, json};

use crate::failing::FailingServer;
use crate::failing::faults::Fault;
use crate::failing::scripted::Scripted;
use crate::program::{Folder, Ran, contexts, script, two_clusters};

fn healthy(identity: &str) -> FailingServer {
    FailingServer::scripted(Scripted::new(2).identified(identity), Fault::CloseAtOnce, |_| None)
}

/// Two clusters, the second of which is asked by this user.
fn folder(main: &FailingServer, west: &FailingServer, user: &Value) -> Folder {
    let mut both: Value = serde_json::from_str(&contexts(&[("east", main), ("gpu-west", west)])).unwrap();
    both["users"][1]["user"] = user.clone();
    Folder::new().with("master.yaml", &two_clusters("")).with("both", &both.to_string())
}

fn route(folder: &Folder, more: &[&str]) -> Ran {
    let start = ["route-dry-run", "master.yaml", "--live", "--kubeconfig=both", "--allow-exec", "--slots=8"];
    let maps = ["--map=main=east", "--map=west=gpu-west"];
    folder.run(&[&start[..], &maps, more].concat())
}

/// Users that get no credentials, and what is said of each.
fn without_credentials(folder: &std::path::Path) -> Vec<(Value, &'static str)> {
    let exec = |name: &str| {
        let command = folder.join(name);
        json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": command, "interactiveMode": "Never"}})
    };
    script(&folder.join("fails"), "exit 1");
    script(&folder.join("hangs"), "exec sleep 60");
    vec![
        (exec("fails"), "failed with exit status: 1"),
        (exec("hangs"), "took longer than 2 s"),
        (exec("absent"), "not found"),
        (json!({"tokenFile": "absent.token"}), "absent.token"),
    ]
}

pub(crate) fn one_that_gets_no_credentials_hides_nothing_else() {
    let (main, west) = (healthy("one"), healthy("two"));
    let programs = Folder::new();
    for (user, words) in without_credentials(&programs.path("")) {
        let folder = folder(&main, &west, &user);
        let elsewhere = route(&folder, &["--pool=default", "--timeout=2"]).exits_with(0);
        assert!(elsewhere.stdout.starts_with("FITS_NOW"), "{elsewhere:#?}");
        // Nothing leads there, but the user named it.
        assert!(
            elsewhere.stderr.starts_with("note: west: not read: ") && elsewhere.stderr.contains(words),
            "{elsewhere:#?}"
        );
        assert_eq!(route(&folder, &["--pool=default", "--timeout=2", "-q"]).exits_with(0).stderr, "");
        let there = route(&folder, &["--pool=west-pool", "--timeout=2"]).exits_with(2);
        assert!(there.stdout.is_empty() && there.stderr.starts_with("error: west: "), "{there:#?}");
        assert!(there.stderr.contains(words), "{there:#?}");
        // Asked of every pool, the block of the one that is not known says why.
        let all = route(&folder, &["--all-pools", "--timeout=2"]).exits_with(2);
        let unknown = all.stdout.split("UNKNOWN").nth(1).unwrap();
        assert!(unknown.contains("Not read") && all.stdout.starts_with("FITS_NOW"), "{all:#?}");
        let seen = folder.run(&[
            "validate",
            "--live",
            "--kubeconfig=both",
            "--allow-exec",
            "--map=main=east",
            "--map=west=gpu-west",
            "--timeout=2",
            "--format=json",
            "master.yaml",
        ]);
        let findings = seen.json()["findings"].as_array().unwrap().clone();
        let told =
            findings.iter().find(|finding| finding.to_string().contains(words)).unwrap_or_else(|| panic!("{seen:#?}"));
        assert_eq!(told["severity"], "error", "{told:#}");
    }
}

/// Programs run beside each other, and beside the reading of other clusters: two that take a second fit into two.
pub(crate) fn programs_run_at_the_same_time() {
    let (main, west) = (healthy("one"), healthy("two"));
    let programs = Folder::new();
    // Each ends only when the other one has begun.
    for (own, other) in [("a", "b"), ("b", "a")] {
        let text = format!(
            "touch {here}/{own}.begun; while [ ! -e {here}/{other}.begun ]; do sleep 0.05; done; \
             echo '{{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\
             \"status\":{{\"token\":\"from-plugin\"}}}}'",
            here = programs.path("").display()
        );
        script(&programs.path(own), &text);
    }
    let user = |name: &str| {
        json!({"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": programs.path(name),
            "interactiveMode": "Never"}})
    };
    let mut both: Value = serde_json::from_str(&contexts(&[("east", &main), ("gpu-west", &west)])).unwrap();
    both["users"][0]["user"] = user("a");
    both["users"][1]["user"] = user("b");
    let folder = Folder::new().with("master.yaml", &two_clusters("")).with("both", &both.to_string());
    let ran = folder.run_with(
        &[
            "route-dry-run",
            "master.yaml",
            "--live",
            "--kubeconfig=both",
            "--allow-exec",
            "--slots=8",
            "--all-pools",
            "--map=main=east",
            "--map=west=gpu-west",
            "--timeout=20",
        ],
        &[("PATH", "/usr/bin:/bin")],
    );
    assert!(ran.exits_with(0).took < Duration::from_secs(20));
}

/// One cluster under two names, by addresses that differ, and without the right to list namespaces.
pub(crate) fn one_cluster_under_two_names_is_noticed_before_anything_is_kept() {
    let rights = |what: &str, _: &str| what != "namespaces";
    let cluster = || Scripted::new(2).identified("one").permitting(rights);
    let [main, west] = [cluster(), cluster()].map(|it| FailingServer::scripted(it, Fault::CloseAtOnce, |_| None));
    let folder = folder(&main, &west, &json!({"token": "secret-token"}));
    let ran = route(&folder, &["--pool=default", "--save-snapshot=kept"]).exits_with(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("`main` and `west` are the same one"), "{ran:#?}");
    let left = std::fs::read_dir(folder.path("kept")).map_or(0, Iterator::count);
    assert_eq!(left, 0, "nothing is kept");
}
