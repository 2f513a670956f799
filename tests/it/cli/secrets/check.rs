//! `detctl secrets check`, `list` and `delete`, as far as no cluster is needed.

use crate::support::{Place, Ran};

const KUBECONFIG: &str = "contexts:\n- {name: main, context: {cluster: c, user: u}}\n\
    clusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\nusers:\n- {name: u, user: {token: canary-token}}\n";

fn look(command: &str, more: &[&str]) -> Ran {
    let start = ["secrets", command, "--kubeconfig=k", "--namespace=det"];
    Place::with("k", KUBECONFIG)
        .and("list.yaml", "- a\n")
        .and("without.yaml", "maxSlotsPerPod: 4\n")
        .and("broken.yaml", b"\xff\xfe\x00")
        .run(&[&start[..], more].concat())
}

#[test]
fn bad_input_is_named() {
    let table: [(&str, &[&str], &str); 10] = [
        ("list", &["--default-context=mian"], "did you mean `main`?"),
        ("check", &["--default-context=mian"], "there is no context `mian`"),
        ("check", &[], "--default-context"),
        ("delete", &["--default-context=main", "--cluster-name=west"], "name it with --release"),
        ("delete", &["--default-context=main", "--cluster-name=west", "--release=det", "--context=wst"], "`wst`"),
        ("check", &["--default-context=main", "--within=soon"], "such as 36h or 14d"),
        ("check", &["--default-context=main", "--within=9999999999d"], "such as 36h or 14d"),
        ("check", &["--default-context=main", "--values=missing.yaml"], "missing.yaml"),
        ("check", &["--default-context=main", "--values=list.yaml"], "no list `additional_resource_managers`"),
        ("check", &["--default-context=main", "--values=without.yaml"], "no list `additional_resource_managers`"),
    ];
    for (command, more, words) in table {
        let ran = look(command, more).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{more:?}: {ran}");
        assert!(!ran.stderr.contains("canary"), "{ran}");
    }
}

/// Nobody listens there.
#[test]
fn a_dead_cluster_is_no_answer() {
    for command in ["list", "check"] {
        let ran = look(command, &["--default-context=main", "--timeout=5"]).exits_with(2);
        assert!(ran.stderr.contains("default cluster: ") && ran.stdout.is_empty(), "{ran}");
        assert!(!ran.stderr.contains("canary"), "{ran}");
    }
}
