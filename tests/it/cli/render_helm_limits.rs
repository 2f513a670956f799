//! `detctl render-helm`: what goes through the chart as something else, told by its true reason.

use crate::support::{Place, Ran};

const CLUSTER: &str = "\
resource_manager: {type: kubernetes, max_slots_per_pod: 4, cluster_name: main}
resource_pools: [{pool_name: a}]
";

fn render(rest: &str, arguments: &[&str]) -> Ran {
    let place = Place::with("master.yaml", format!("{CLUSTER}{rest}\n"));
    place.run(&[&["render-helm", "master.yaml"], arguments].concat())
}

/// Whatever stands behind `if` or `default` in the chart is lost when it is nothing in the eyes of a template, unless the
/// master implies the same (facts §13).
#[test]
fn zeros_that_the_chart_takes_for_nothing_are_listed() {
    let storage =
        "checkpoint_storage: {type: s3, bucket: b, save_experiment_best: 0, save_trial_best: 0, save_trial_latest: 0}";
    for (rest, lost) in [
        (storage, &["checkpoint_storage.save_trial_best", "checkpoint_storage.save_trial_latest"][..]),
        ("tensorboard_timeout: 0\nnotebook_timeout: 0", &["tensorboard_timeout", "notebook_timeout"]),
        ("retention_policy: {log_retention_days: 0}", &["retention_policy.log_retention_days"]),
        ("log: {color: false}", &["log.color"]),
    ] {
        let refused = render(rest, &[]).exits_with(1);
        assert_eq!(refused.stdout, "", "{refused}");
        let told: Vec<&str> = refused.stderr.lines().filter(|line| line.starts_with("error: ")).collect();
        assert_eq!(told.len(), lost.len(), "{refused}");
        for setting in lost {
            assert!(refused.stderr.contains(&format!("error: `{setting}` cannot be said in values")), "{refused}");
        }
        assert!(refused.stderr.replace("\n  │", "").contains("for nothing: the master gets"), "{refused}");
        let lossy = render(rest, &["--allow-lossy"]).exits_with(0);
        assert!(lossy.stderr.contains(&format!("warning: `{}`", lost[0])), "{lossy}");
    }
    for same in [
        "observability: {enable_prometheus: false}",
        "telemetry: {enabled: false}",
        "task_container_defaults: {force_pull_image: false}",
        "tensorboard_timeout: 300",
        "checkpoint_storage: {type: s3, bucket: b, save_experiment_best: 0, save_trial_best: 1}",
    ] {
        render(same, &[]).exits_with(0);
    }
}

#[test]
fn what_the_chart_demands_is_told_of_the_setting_that_lacks_it() {
    for (rest, setting, words) in [
        ("logging: {type: elastic, port: 9200}", "logging.host", "A valid host must be provided"),
        ("logging: {type: elastic, host: \"123\"}", "logging.port", "A valid port must be provided"),
        ("db: {user: \"\"}", "db.user", "A valid Values.db.user entry required"),
        ("security: {initial_user_password: short}", "security.initial_user_password", "at least 8 characters"),
    ] {
        let ran = render(rest, &[]).exits_with(1);
        assert!(ran.stderr.contains(&format!("error: `{setting}` cannot be said in values")), "{ran}");
        let said = ran.stderr.replace("\n  │", "");
        assert!(said.contains(words) && !said.contains("breaks the YAML"), "{ran}");
    }
}

/// The chart reads `db.sslMode` beside a certificate that it mounts, which a base can name.
#[test]
fn tls_to_the_database_needs_a_base_that_names_the_certificate() {
    let plain = render("db: {host: h, ssl_mode: disable}", &[]).exits_with(0);
    assert!(!plain.stdout.contains("sslMode"), "{plain}");
    let rest = "db: {host: h, ssl_mode: verify-ca, ssl_root_cert: /etc/ca.crt}";
    let refused = render(rest, &[]).exits_with(1);
    for setting in ["db.ssl_mode", "db.ssl_root_cert"] {
        assert!(refused.stderr.contains(&format!("error: `{setting}` cannot be said in values")), "{refused}");
    }
    render(rest, &["--allow-lossy"]).exits_with(0);
    let base = "db: {sslRootCert: ca.crt, resourceType: secret, certResourceName: db-ca}\n";
    let place = Place::with("master.yaml", format!("{CLUSTER}{rest}\n")).and("base.yaml", base);
    let ran = place.run(&["render-helm", "master.yaml", "--base", "base.yaml"]).exits_with(0);
    assert!(ran.stdout.contains("sslMode: verify-ca"), "{ran}");
    assert!(ran.stderr.contains("\"/etc/ca.crt\" becomes \"/mount/determined/secrets/ca.crt\""), "{ran}");
}

/// Numbers, truth values and the like as texts: quotes inside of the value, wherever the chart prints it without quotes.
#[test]
fn texts_that_look_like_something_else_get_quotes_inside() {
    for text in ["123", "0123", "1e3", "on", "null", "2020-01-01", "0x1f", "1_000", ".5"] {
        for rest in [
            format!("checkpoint_storage: {{type: s3, bucket: '{text}'}}"),
            format!("checkpoint_storage: {{type: azure, container: '{text}', account_url: '{text}'}}"),
            format!("logging: {{type: elastic, host: '{text}', port: 9200}}"),
            format!("task_container_defaults: {{network_mode: '{text}', dtrain_network_interface: '{text}'}}"),
            format!("db: {{host: '{text}'}}"),
            format!("security: {{default_task: {{user: '{text}', group: '{text}'}}}}"),
            format!("cluster_name: '{text}'"),
        ] {
            let ran = render(&rest, &["-q"]).exits_with(0);
            assert!(ran.stdout.contains(&format!("\"\\\"{text}\\\"\"")), "{rest}: {ran}");
        }
    }
    // A flag of the master is cast, so a port stays plain.
    assert!(render("db: {host: h, port: '5432'}", &["-q"]).exits_with(0).stdout.contains("port: 5432\n"));
}

#[test]
fn arguments_that_cannot_be_what_they_are_for_are_faults_of_usage() {
    for (flag, value, words) in [
        ("--master-host", "http://x", "it has a scheme in it"),
        ("--master-host", "a b", "it has white space in it"),
        ("--master-host", "x:80", "it has a port in it"),
        ("--master-host", "", "it is empty"),
        ("--master-host", "a$b", "letters, digits"),
        ("--release", "A B", "Helm takes small letters"),
        ("--release", &"a".repeat(54), "53 characters at most"),
        ("--namespace", "a.b", "Kubernetes takes up to 63 small letters"),
        ("--schema", "x\nmaxSlotsPerPod: 9", "without blanks"),
        ("--schema", "my schema.json", "without blanks"),
    ] {
        let ran = render("", &[flag, value]).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{flag} {value}: {ran}");
    }
    render("", &["--release", "det.a-1", "--namespace", "det-1", "--master-host", "det.example.com"]).exits_with(0);
}

/// What no reader of YAML takes is told as that, not as a setting without a value.
#[test]
fn a_control_character_is_told_for_what_it_is() {
    let west = "additional_resource_managers:
  - resource_manager: {type: kubernetes, cluster_name: \"w\\x7fst\", max_slots_per_pod: 1, kubeconfig_path: /k/w}
    resource_pools: [{pool_name: w}]";
    for arguments in [&["--force"][..], &["--force", "--allow-lossy"]] {
        let ran = render(west, arguments).exits_with(1);
        assert!(!ran.stderr.contains("has no value for it"), "{ran}");
        assert!(ran.stderr.contains("YAML"), "{ran}");
    }
}

#[test]
fn what_holds_no_master_or_no_such_stage_is_no_answer() {
    let place = Place::with("other.yaml", "a: 1\n")
        .and("empty.yaml", "")
        .and("list.yaml", "- a\n")
        .and("master.yaml", CLUSTER)
        .and("broken.yaml", "resource_manager: {typ: kubernetes}\n");
    for (arguments, words) in [
        (&["other.yaml"][..], "it holds no configuration of a master"),
        (&["empty.yaml"], "it holds no configuration of a master"),
        (&["list.yaml"], "it holds no configuration of a master"),
        (&["--stage", "x", "other.yaml"], "there is no master stage `x`"),
        (&["--stage", "x", "master.yaml"], "only devcluster files have stages"),
        (&["--stage", "x", "broken.yaml"], "only devcluster files have stages"),
    ] {
        for command in [&["render-helm"][..], &["convert", "--to", "devcluster"]] {
            let ran = place.run(&[command, arguments].concat()).exits_with(2);
            assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{arguments:?}: {ran}");
        }
    }
}

/// Bases in every layout are added to, or refused for what they are.
#[test]
fn bases_of_any_layout() {
    for (base, shown) in [
        ("{}\n", "{resourceManager: {clusterName: main}, maxSlotsPerPod: 4, resourcePools"),
        (
            "{ # none\n}\n",
            "{resourceManager: {clusterName: main}, maxSlotsPerPod: 4, resourcePools: [{pool_name: a}] # none\n}",
        ),
        ("{maxSlotsPerPod: 4 # four\n}\n", "{maxSlotsPerPod: 4, resourceManager: {clusterName: main}, "),
        ("{maxSlotsPerPod: 4,}\n", "{maxSlotsPerPod: 4, resourceManager: {clusterName: main}, "),
        ("{maxSlotsPerPod: 4}\n", "{maxSlotsPerPod: 4, resourceManager: {clusterName: main}, "),
        ("--- {maxSlotsPerPod: 4}\n", "--- {maxSlotsPerPod: 4, resourceManager"),
        (
            "maxSlotsPerPod: 4\n...\n",
            "\nresourceManager:\n  clusterName: main\nresourcePools:\n  - pool_name: a\n...\n",
        ),
        ("maxSlotsPerPod: 4 # four\n... # end", "\nresourceManager:\n"),
        ("%YAML 1.1\n---\nmaxSlotsPerPod: 4\n", "\nresourceManager:\n"),
    ] {
        let place = Place::with("master.yaml", CLUSTER).and("base.yaml", base);
        let ran = place.run(&["render-helm", "-q", "master.yaml", "--base", "base.yaml"]).exits_with(0);
        assert!(ran.stdout.contains(shown), "{base:?}: {ran}");
    }
}
