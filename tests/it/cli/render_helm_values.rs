//! `detctl render-helm` and `convert` of files that are values already.

use crate::support::{Place, Ran};

const VALUES: &str = "\
resourceManager: {clusterName: main}
maxSlotsPerPod: 4
resourcePools: [{pool_name: a}]
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 2
      kubeconfig_secret_name: my-own-secret
      kubeconfig_secret_value: mine
      determined_master_host: det.example.com
      determined_master_port: 8080
    resource_pools:
      - pool_name: west
";

/// Values for a database elsewhere, as `render-helm` writes them.
const ELSEWHERE: &str = "\
maxSlotsPerPod: 4
resourcePools: [{pool_name: a}]
db: {hostAddress: db.example.com, user: det, port: 5432, name: det}
";

fn render(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["render-helm"], arguments].concat())
}

/// The chart's own database needs no address, whatever the release is called; with one the chart installs none.
#[test]
fn the_release_counts_for_what_is_read_too() {
    let place = Place::with("values.yaml", VALUES);
    let release = ["--release", "prod", "--namespace", "det"];
    for command in [&["render-helm"][..], &["convert", "--to", "helm-values"]] {
        let ran = place.run(&[command, &release, &["values.yaml"]].concat()).exits_with(0);
        assert!(!ran.stdout.contains("hostAddress:"), "{ran}");
    }
    let ran = place.run(&[&["convert", "--to", "master", "values.yaml"], &release[..]].concat()).exits_with(0);
    assert!(ran.stdout.contains("determined-db-service-prod"), "{ran}");
}

#[test]
fn values_are_set_on_top() {
    let place = Place::with("values.yaml", VALUES);
    let set = ["--set", "maxSlotsPerPod=6", "--set-string", "resourceManager.clusterName=other", "values.yaml"];
    for command in [&["render-helm"][..], &["convert", "--to", "helm-values"]] {
        let ran = place.run(&[command, &set].concat()).exits_with(0);
        assert!(ran.stdout.contains("maxSlotsPerPod: 6") && ran.stdout.contains("clusterName: other"), "{ran}");
    }
}

#[test]
fn names_of_secrets_stay_what_they_are() {
    let place = Place::with("values.yaml", VALUES);
    let ran = render(&place, &["values.yaml"]).exits_with(0);
    assert!(ran.stdout.contains("kubeconfig_secret_name: my-own-secret\n"), "{ran}");
    assert!(ran.stdout.contains("kubeconfig_secret_value: mine\n"), "{ran}");
    let set = "additional_resource_managers[0].resource_manager.kubeconfig_secret_name=another";
    let ran = render(&place, &["--set", set, "values.yaml"]).exits_with(0);
    assert!(ran.stdout.contains("kubeconfig_secret_name: another\n"), "{ran}");
    // A kubeconfig in place of a key goes nowhere.
    let pasted = VALUES.replace("secret_value: mine", "secret_value: 'token: hunter2'");
    let ran = render(&Place::with("values.yaml", pasted), &["--force", "values.yaml"]);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("hunter2"), "{ran}");
}

/// Secrets that have to be given whatever stands in the file are asked for, and nothing that stands for them is written.
#[test]
fn values_without_their_secrets_are_read_back() {
    let place = Place::with("values.yaml", ELSEWHERE);
    let ran = render(&place, &["values.yaml"]).exits_with(0);
    assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("Stands4Any"), "{ran}");
    assert!(ran.stderr.contains("give it with --set-string 'db.password=…'"), "{ran}");
    assert!(ran.stderr.contains("--set-string initialUserPassword=…"), "{ran}");
    assert!(!ran.stdout.contains("initialUserPassword"), "{ran}");
    for kind in ["master", "devcluster"] {
        let ran = place.run(&["convert", "--to", kind, "values.yaml"]).exits_with(1);
        assert_eq!(ran.stdout, "");
        assert!(!ran.stderr.contains("--installed") && !ran.stderr.contains("Stands4Any"), "{ran}");
        assert!(ran.stderr.contains("--set-string 'initialUserPassword=…'"), "{ran}");
        // The chart has a password of its own for the database, unless somebody takes it away.
        let ran = place.run(&["convert", "--to", kind, "values.yaml", "--set", "db.password="]).exits_with(1);
        assert!(ran.stderr.contains("--set-string 'db.password=…' --set-string 'initialUserPassword=…'"), "{ran}");
        let set = ["--set-string", "db.password=Word-1", "--set-string", "initialUserPassword=Sample9Word"];
        place.run(&[&["convert", "--to", kind, "values.yaml"], &set[..]].concat()).exits_with(0);
    }
}

#[test]
fn standard_output_and_the_input_are_no_files_to_write() {
    let place = Place::with("values.yaml", VALUES);
    for command in [&["render-helm"][..], &["convert", "--to", "helm-values"], &["convert", "--to", "master"]] {
        let ran = place.run(&[command, &["values.yaml", "-o", "-"]].concat()).exits_with(0);
        assert!(ran.stdout.contains("pool_name"), "{ran}");
        let ran = place.run(&[command, &["values.yaml", "-o", "values.yaml"]].concat()).exits_with(2);
        assert!(ran.stderr.contains("is the configuration itself"), "{ran}");
    }
    assert!(!place.path("-").exists());
    assert_eq!(std::fs::read_to_string(place.path("values.yaml")).unwrap(), VALUES);
    render(&place, &["values.yaml", "-o", "-", "--diff"]).exits_with(2);
}

/// A base with nothing else is a file of values all the same.
#[test]
fn a_base_may_hold_nothing_but_additional_managers() {
    let start = VALUES.find("additional_").unwrap();
    let place = Place::with("values.yaml", VALUES).and("base.yaml", &VALUES[start..]);
    let ran = render(&place, &["--base", "base.yaml", "values.yaml"]).exits_with(0);
    assert!(ran.stdout.starts_with(&VALUES[start..]), "{ran}");
}

#[test]
fn what_helm_loses_is_listed_though_it_is_secret() {
    let text = "\
resource_manager: {type: kubernetes, max_slots_per_pod: 4}
resource_pools:
  - pool_name: a
    task_container_defaults:
      environment_variables: [\"B=<no value>\"]
";
    let place = Place::with("master.yaml", text);
    let ran = render(&place, &["master.yaml"]).exits_with(1);
    assert!(ran.stderr.contains("Helm takes the words"), "{ran}");
    render(&place, &["--allow-lossy", "master.yaml"]).exits_with(0);
    let text = "\
resource_manager: {type: kubernetes, max_slots_per_pod: 4}
task_container_defaults: {image: \"\"}
";
    let place = Place::with("master.yaml", text);
    let ran = render(&place, &["master.yaml"]).exits_with(1);
    assert!(ran.stderr.contains("task_container_defaults.image"), "{ran}");
    render(&place, &["--allow-lossy", "master.yaml"]).exits_with(0);
}
