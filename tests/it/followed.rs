//! Kubeconfigs behind `kubeconfig_path`: what is said of them, where, and what is not.

use crate::support::{Place, Ran};

/// A token that ended in 2023, by its claims.
const ENDED: &str = "CANARY.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6YTpiIiwiZXhwIjoxNzAwMDAwMDAwfQ.CANARY";
/// A token that ends in 2100.
const LASTING: &str = "CANARY.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6YTpiIiwiZXhwIjo0MTAyNDQ0ODAwfQ.CANARY";

fn kubeconfig(current: &str, cluster: &str, user: &str) -> String {
    format!(
        "current-context: {current}\ncontexts:\n- {{name: west, context: {{cluster: c, user: u}}}}\n\
         - {{name: mini, context: {{cluster: c, user: u}}}}\nclusters:\n- name: c\n  cluster: {{{cluster}}}\n\
         users:\n- name: u\n  user: {{{user}}}\n"
    )
}

const SERVER: &str = "server: 'https://west.example.com:6443'";
const PLUGIN: &str =
    "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: gke-gcloud-auth-plugin, interactiveMode: Never}";

/// A configuration with two clusters, of which the second has the kubeconfig at `path`.
fn master(path: &str) -> String {
    format!(
        "resource_manager:\n  type: kubernetes\n  cluster_name: onprem\n  max_slots_per_pod: 8\n  \
         master_service_name: m\nadditional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      \
         cluster_name: west\n      max_slots_per_pod: 8\n      kubeconfig_path: {path}\n    resource_pools: \
         [{{pool_name: a}}]\n"
    )
}

/// Findings about kubeconfigs: rule, severity and line, in order.
fn found(ran: &Ran) -> Vec<String> {
    assert!(!format!("{ran}").contains("CANARY"), "{ran}");
    let document = ran.json();
    let findings = document["findings"].as_array().unwrap().iter();
    let rule = |finding: &serde_json::Value| finding["rule"].as_str().unwrap().to_owned();
    let mut found: Vec<String> = findings
        .filter(|finding| rule(finding).contains("kubeconfig"))
        .map(|finding| {
            format!("{} {} {}", rule(finding), finding["severity"].as_str().unwrap(), finding["labels"][0]["line"])
        })
        .collect();
    found.sort();
    found
}

#[test]
fn what_is_wrong_with_a_kubeconfig_is_told_at_its_path() {
    let in_pod = |text: String| {
        let place = Place::with("root/etc/west.kubeconfig", text).and("master.yaml", master("/etc/west.kubeconfig"));
        place
            .run(&["validate", "--kubeconfig-root=root", "--fail-on=never", "--format=json", "master.yaml"])
            .exits_with(0)
    };
    let token = "token: CANARY";
    let table: [(String, &[&str]); 16] = [
        (kubeconfig("west", SERVER, token), &[]),
        (kubeconfig("east", SERVER, token), &["kubeconfig-unusable error 11"]),
        (kubeconfig("mini", SERVER, token), &["kubeconfig-context warning 11"]),
        (kubeconfig("west", SERVER, PLUGIN), &["kubeconfig-plugin warning 11"]),
        (kubeconfig("west", SERVER, "auth-provider: {name: gcp}"), &["kubeconfig-unusable error 11"]),
        (kubeconfig("west", SERVER, "username: a, password: CANARY"), &["kubeconfig-unusable error 11"]),
        (kubeconfig("west", SERVER, ""), &["kubeconfig-unusable error 11"]),
        (kubeconfig("west", "server: 'http://west.example.com'", token), &["kubeconfig-unusable error 11"]),
        (kubeconfig("west", "server: 'https://127.0.0.1:6443'", token), &["kubeconfig-server warning 11"]),
        (kubeconfig("west", "server: 'https://host.docker.internal'", token), &["kubeconfig-server warning 11"]),
        (kubeconfig("west", "server: 'https://kubernetes.default.svc'", token), &["kubeconfig-server warning 11"]),
        (kubeconfig("west", "server: 'https://10.1.2.3:6443'", token), &["kubeconfig-server info 11"]),
        (
            kubeconfig("west", &format!("{SERVER}, certificate-authority: ca.crt"), token),
            &["kubeconfig-files warning 11"],
        ),
        (kubeconfig("west", SERVER, &format!("token: {ENDED}")), &["kubeconfig-expiry error 11"]),
        (kubeconfig("west", SERVER, &format!("token: {LASTING}")), &["kubeconfig-expiry info 11"]),
        ("CANARY: [".to_owned(), &["kubeconfig-unusable error 11"]),
    ];
    for (text, wanted) in table {
        let ran = in_pod(text.clone());
        assert_eq!(found(&ran), wanted, "{text}{ran}");
        assert_eq!(ran.json()["files"][0]["configurations"][0]["verdict"], "accepts", "{ran}");
    }
}

#[test]
fn files_are_found_where_the_master_would_look() {
    let place = Place::with("west.kubeconfig", kubeconfig("east", SERVER, "token: CANARY"))
        .and("root/etc/west.kubeconfig", kubeconfig("east", SERVER, "token: CANARY"))
        .and("home/.kube/config", kubeconfig("east", SERVER, "token: CANARY"));
    let absolute = place.path("west.kubeconfig").display().to_string();
    let table: [(&str, &[&str], &[&str]); 8] = [
        (&absolute, &[], &["kubeconfig-unusable error 11"]),
        ("/no/such/file", &[], &[]),
        ("west.kubeconfig", &[], &["kubeconfig-path info 11", "kubeconfig-unusable error 11"]),
        ("~/.kube/config", &[], &["kubeconfig-unusable error 11"]),
        ("~/.kube/config", &["--kubeconfig-root=root"], &[]),
        ("/etc/west.kubeconfig", &["--kubeconfig-root=root"], &["kubeconfig-unusable error 11"]),
        ("/../etc/west.kubeconfig", &["--kubeconfig-root=root"], &["kubeconfig-unusable error 11"]),
        ("/etc/east.kubeconfig", &["--kubeconfig-root=root"], &["kubeconfig-path warning 11"]),
    ];
    let home = place.path("home").display().to_string();
    for (path, options, wanted) in table {
        let arguments = [&["validate", "--fail-on=never", "--format=json", "-"][..], options].concat();
        let ran = place.run_with(&arguments, &[("HOME", &home)], master(path).as_bytes()).exits_with(0);
        assert_eq!(found(&ran), wanted, "{path} {options:?}: {ran}");
    }
    let ran = place.run(&["validate", "--kubeconfig-root=west.kubeconfig", "-"]).exits_with(2);
    assert!(ran.stderr.contains("is no folder"), "{ran}");
}

#[test]
fn different_files_that_lead_to_one_cluster_are_told() {
    let one = kubeconfig("west", SERVER, "token: CANARY");
    let other = kubeconfig("mini", "server: 'https://West.example.com:6443/'", "token: CANARY2");
    let place = Place::with("etc/one", one).and("etc/other", other);
    let text = master("/etc/other").replace("  master_service_name: m\n", "  kubeconfig_path: /etc/one\n");
    let arguments = ["validate", "--kubeconfig-root=.", "--fail-on=never", "--format=json", "-"];
    let ran = place.run_with(&arguments, &[], text.as_bytes()).exits_with(0);
    assert_eq!(found(&ran), ["kubeconfig-context warning 11", "same-kubeconfig warning 11"], "{ran}");
}

#[test]
fn other_kinds_are_followed_too() {
    let text = kubeconfig("west", "server: 'https://127.0.0.1:6443'", PLUGIN);
    let values = "maxSlotsPerPod: 4\ninitialUserPassword: Sample9Word\nadditional_resource_managers:\n  - resource_manager:\n      \
                  type: kubernetes\n      cluster_name: west\n      max_slots_per_pod: 4\n      kubeconfig_secret_name: s\n      \
                  kubeconfig_secret_value: config\n    resource_pools:\n      - pool_name: west\n";
    let indented: String = master("/etc/west.kubeconfig").lines().map(|line| format!("      {line}\n")).collect();
    let place = Place::with("root/mount/determined/secrets/0/config", text.clone())
        .and("root/etc/west.kubeconfig", text)
        .and("values.yaml", values)
        .and("devcluster.yaml", format!("stages:\n- master:\n    config_file:\n{indented}"));
    let run = |file: &str| {
        place.run(&["validate", "--kubeconfig-root=root", "--fail-on=never", "--format=json", file]).exits_with(0)
    };
    assert_eq!(found(&run("values.yaml")), ["kubeconfig-plugin warning 9", "kubeconfig-server warning 9"]);
    // devcluster's master runs on this machine, where both may well work.
    assert_eq!(found(&run("devcluster.yaml")), Vec::<String>::new());
    let ran = place.run(&["validate", "--fail-on=never", "--format=json", "values.yaml"]).exits_with(0);
    assert_eq!(found(&ran), Vec::<String>::new());
}
