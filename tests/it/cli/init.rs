//! `detctl init`.

use crate::support::{Place, run};

const KUBECONFIG: &str = "apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: 'https://west.example.org'}}]
users: [{name: u, user: {token: hunter2hunter2}}]
contexts: [{name: gke_west, context: {cluster: c, user: u}}]
";

#[test]
fn what_it_writes_has_no_fault() {
    for kind in ["master", "helm-values", "devcluster"] {
        for clusters in [&["main"][..], &["main", "west"], &["a", "b", "c", "d", "e"], &["on", "1e", "0x1"]] {
            let flags: Vec<&str> = clusters.iter().flat_map(|name| ["--cluster", name]).collect();
            let text = run(&[&["init", "--to", kind], &flags[..]].concat()).exits_with(0).stdout;
            let place = Place::with("a.yaml", &text);
            let ran = place.run(&["validate", "--fail-on", "warning", "--kind", kind, "a.yaml"]).exits_with(0);
            assert!(ran.stdout.contains("1 file checked: 0 errors, 0 warnings"), "{text}\n{ran}");
            // Every cluster has a pool of its own.
            let drawn = place.run(&["topology", "--kind", kind, "--format", "json", "a.yaml"]).json();
            let names: Vec<&str> =
                drawn["managers"].as_array().unwrap().iter().map(|it| it["clusterName"].as_str().unwrap()).collect();
            assert_eq!(names, clusters, "{text}");
        }
    }
}

#[test]
fn a_first_file_looks_like_this() {
    let place = Place::with("kube", KUBECONFIG);
    let flags = ["--cluster", "main", "--cluster", "west=gke_west", "--kubeconfig", "kube"];
    for kind in ["master", "helm-values", "devcluster"] {
        let ran = place.run(&[&["init", "--to", kind], &flags[..]].concat()).exits_with(0);
        assert!(!ran.stdout.contains("hunter2"), "{ran}");
        insta::assert_snapshot!(format!("first_{kind}"), ran.stdout);
    }
}

#[test]
fn all_kinds_say_the_same() {
    let flags = ["--cluster", "main", "--cluster", "west"];
    let text = |kind: &str| run(&[&["init", "--to", kind], &flags[..]].concat()).exits_with(0).stdout;
    let place = Place::with("master.yaml", text("master")).and("values.yaml", text("helm-values"));
    let ran = place.run(&["diff", "master.yaml", "values.yaml", "--format", "json"]);
    let changes = ran.json()["changes"].clone();
    let about_managers = changes.as_array().unwrap().iter().filter(|change| !change["resourceManager"].is_null());
    let settings: Vec<&str> = about_managers.map(|change| change["after"]["setting"].as_str().unwrap()).collect();
    let forced = ["default_namespace", "kubeconfig_path", "master_service_name"];
    assert!(settings.iter().all(|setting| forced.iter().any(|end| setting.ends_with(end))), "{settings:?}");
}

#[test]
fn nothing_is_overwritten_and_wrong_names_are_told() {
    let place = Place::with("kube", KUBECONFIG).and("there.yaml", "mine\n");
    let rows: [(&[&str], &str); 7] = [
        (&["--cluster", "a", "-o", "there.yaml"], "cannot write `there.yaml`: it is there already"),
        (&["--cluster", "a", "-o", "kube/x.yaml"], "cannot write `kube/x.yaml`"),
        (&["--cluster", "a", "--cluster", "a"], "there are two clusters `a`"),
        (&["--cluster", "=x"], "--cluster takes NAME or NAME=CONTEXT, not `=x`"),
        (&["--cluster", "a=gke_wset", "--kubeconfig", "kube"], "did you mean `gke_west`?"),
        (&["--cluster", "a=x", "--kubeconfig", "nowhere"], "nowhere"),
        (&["--to", "devcluster", "--cluster", "a", "--cluster", "1e3"], "with these names devcluster"),
    ];
    for (flags, words) in rows {
        let ran = place.run(&[&["init"], flags].concat()).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{words}\n{ran}");
    }
    assert_eq!(std::fs::read_to_string(place.path("there.yaml")).unwrap(), "mine\n");
    place.run(&["init", "--cluster", "a", "-o", "new.yaml"]).exits_with(0);
    place.run(&["validate", "new.yaml"]).exits_with(0);
}

/// A context is a word of a shell's line, and nothing in it is run.
#[test]
fn contexts_are_quoted_for_a_shell() {
    let kubeconfig = KUBECONFIG.replace("name: gke_west", "name: \"a$(touch x)'b\"");
    let place = Place::with("kube", kubeconfig);
    let flags = ["--cluster", "main", "--cluster", "west=a$(touch x)'b", "--kubeconfig", "kube"];
    for (kind, words) in [
        ("master", r"--map 'west=a$(touch x)'\''b'"),
        ("helm-values", r"--map 'west=a$(touch x)'\''b'"),
        ("devcluster", r"--context 'a$(touch x)'\''b'"),
    ] {
        let ran = place.run(&[&["init", "--to", kind], &flags[..]].concat()).exits_with(0);
        assert!(ran.stdout.contains(words), "{ran}");
    }
}

#[test]
fn every_cluster_has_a_kubeconfig_of_its_own() {
    let flags = ["--cluster", "main", "--cluster", "west eu", "--cluster", "west:eu", "-o", "-"];
    let ran = run(&[&["init", "--to", "master"], &flags[..]].concat()).exits_with(0);
    let paths: std::collections::BTreeSet<&str> =
        ran.stdout.lines().filter(|line| line.contains("kubeconfig_path:")).collect();
    assert_eq!(paths.len(), 2, "{ran}");
}
