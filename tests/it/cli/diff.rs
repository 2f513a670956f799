//! `detctl diff`.

use crate::support::{Place, Ran};

const BEFORE: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
  default_compute_resource_pool: a100
  default_aux_resource_pool: cpu
resource_pools:
  - pool_name: cpu
  - pool_name: a100
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/west.kubeconfig
      determined_master_host: det.example.org
      determined_master_port: 8080
    resource_pools:
      - pool_name: l4
      - pool_name: t4
";

fn diff(after: &str) -> (Ran, Vec<String>) {
    let place = Place::with("a.yaml", BEFORE).and("b.yaml", after);
    let json = place.run(&["diff", "a.yaml", "b.yaml", "--format", "json"]).json();
    let of = |change: &serde_json::Value| {
        let name = if change["pool"].is_null() { &change["resourceManager"] } else { &change["pool"] };
        let setting = change["after"]["setting"].as_str().unwrap_or_default();
        format!("{} {} {setting}", change["change"].as_str().unwrap(), name.as_str().unwrap_or("-"))
    };
    let changes = json["changes"].as_array().unwrap().iter().map(of).collect();
    (place.run(&["diff", "a.yaml", "b.yaml"]), changes)
}

#[test]
fn what_means_the_same_is_the_same() {
    let other_way = "# Other order, other quotes, and what is implied said aloud.
port: 8080
additional_resource_managers:
  - resource_pools: [{pool_name: \"t4\"}, {pool_name: l4}]
    resource_manager: {cluster_name: west, type: kubernetes, max_slots_per_pod: 4, slot_type: cuda,
      kubeconfig_path: /etc/determined/west.kubeconfig, determined_master_port: 8080, determined_master_host: det.example.org}
resource_pools: [{pool_name: a100}, {pool_name: cpu}]
resource_manager:
  type: kubernetes
  name: main
  max_slots_per_pod: 8
  default_compute_resource_pool: a100
  default_aux_resource_pool: cpu
";
    let (ran, changes) = diff(other_way);
    assert_eq!(changes, [] as [String; 0], "{ran}");
    assert_eq!(ran.exits_with(0).stdout, "a.yaml and b.yaml are the same configuration\n");
}

#[test]
fn each_change_is_told_with_both_places() {
    let rows: [(&str, &str, &[&str]); 8] = [
        (
            "  - pool_name: a100\n",
            "  - pool_name: a100\n  - pool_name: new\n",
            &["resource-pool-added new resource_pools[2]"],
        ),
        ("      - pool_name: t4\n", "", &["resource-pool-removed t4 "]),
        (
            "cluster_name: west",
            "cluster_name: east",
            &["resource-manager-renamed east additional_resource_managers[0].resource_manager.cluster_name"],
        ),
        ("      - pool_name: l4\n      - pool_name: t4\n", "      - pool_name: l4\n", &["resource-pool-removed t4 "]),
        (
            "max_slots_per_pod: 4",
            "max_slots_per_pod: 8",
            &["resource-manager-changed west additional_resource_managers[0].resource_manager.max_slots_per_pod"],
        ),
        (
            "pool: a100\n",
            "pool: cpu\n",
            &["resource-manager-changed main resource_manager.default_compute_resource_pool"],
        ),
        (
            "port: 8080\n",
            "port: 8443\n",
            &["resource-manager-changed west additional_resource_managers[0].resource_manager.determined_master_port"],
        ),
        (
            "resource_manager:\n  type: kubernetes\n  cluster_name: main",
            "db:\n  password: hunter2hunter2\nresource_manager:\n  type: kubernetes\n  cluster_name: main",
            &["setting-changed - db.password"],
        ),
    ];
    for (old, new, wanted) in rows {
        let (ran, changes) = diff(&BEFORE.replacen(old, new, 1));
        assert_eq!(changes, wanted, "{new}\n{ran}");
        let ran = ran.exits_with(1);
        assert!(ran.stdout.contains("b.yaml:") || ran.stdout.contains("is gone"), "{ran}");
        assert!(!ran.stdout.contains("hunter2"), "{ran}");
    }
}

#[test]
fn pools_that_move_take_their_requests_along() {
    let moved = BEFORE
        .replace("      - pool_name: t4\n", "")
        .replace("  - pool_name: a100\n", "  - pool_name: a100\n  - pool_name: t4\n");
    let (ran, changes) = diff(&moved);
    assert_eq!(changes, ["resource-pool-moved t4 resource_pools[2]"], "{ran}");
    insta::assert_snapshot!(ran.exits_with(1));
    // A manager that is gone leaves requests without an answer.
    let alone = BEFORE.split("additional_resource_managers").next().unwrap();
    let (ran, changes) = diff(alone);
    assert_eq!(changes, ["resource-manager-removed west "], "{ran}");
    assert!(ran.stdout.contains("resource pool t4 does not exist or is not available"), "{ran}");
}

#[test]
fn another_default_is_a_move() {
    let (main, west) = (BEFORE.find("resource_manager:").unwrap(), BEFORE.find("additional").unwrap());
    assert!(main < west);
    let swapped = BEFORE
        .replace("cluster_name: main", "cluster_name: X")
        .replace("cluster_name: west", "cluster_name: main")
        .replace("cluster_name: X", "cluster_name: west");
    let (ran, changes) = diff(&swapped);
    assert_eq!(changes.iter().filter(|change| change.starts_with("resource-manager-moved")).count(), 2, "{changes:?}");
    assert_eq!(changes.iter().filter(|change| change.starts_with("resource-pool-moved")).count(), 4, "{changes:?}");
    ran.exits_with(1);
}

#[test]
fn kinds_may_differ() {
    let devcluster = format!(
        "stages:\n  - master:\n      config_file:\n{}",
        BEFORE.lines().map(|line| format!("        {line}\n")).collect::<String>()
    );
    let place = Place::with("a.yaml", BEFORE).and("dev.yaml", &devcluster);
    place.run(&["diff", "a.yaml", "dev.yaml"]).exits_with(0);
    place.run(&["diff", "--stage", "master", "dev.yaml", "a.yaml"]).exits_with(0);
    let changed =
        Place::with("a.yaml", BEFORE).and("dev.yaml", devcluster.replace("cluster_name: west", "cluster_name: east"));
    let ran = changed.run(&["diff", "a.yaml", "dev.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("dev.yaml:16:15") && ran.stdout.contains("a.yaml:13:7"), "{ran}");
}

/// What pools hold besides the effective configuration, and resource managers of other types.
#[test]
fn everything_in_a_pool_counts() {
    let with =
        |defaults: &str| format!("{BEFORE}      - pool_name: p\n        task_container_defaults: {{{defaults}}}\n");
    for (one, other, setting) in [
        ("image: a", "image: b", "image: \"a\" → \"b\""),
        ("environment_variables: [A=b]", "environment_variables: [A=c]", "environment_variables is another secret"),
        ("startup_hook: a", "", "startup_hook: \"********\" → -"),
        ("work_dir: /a", "work_dir: /b", "work_dir: \"/a\" → \"/b\""),
        ("add_capabilities: [A]", "add_capabilities: [B]", "add_capabilities[0]: \"A\" → \"B\""),
        ("force_pull_image: true", "", "force_pull_image: true → -"),
        ("dtrain_network_interface: a", "dtrain_network_interface: b", "dtrain_network_interface: \"a\" → \"b\""),
        (
            "bind_mounts: [{host_path: /a, container_path: /x}]",
            "bind_mounts: [{host_path: /b, container_path: /x}]",
            "bind_mounts[0].host_path: \"/a\" → \"/b\"",
        ),
        (
            "log_policies: [{pattern: a, action: {type: cancel_retries}}]",
            "log_policies: [{pattern: b, action: {type: cancel_retries}}]",
            "log_policies[0].pattern: \"a\" → \"b\"",
        ),
        (
            "cpu_pod_spec: {spec: {containers: [{name: sidecar, image: a}]}}",
            "cpu_pod_spec: {spec: {containers: [{name: sidecar, image: b}]}}",
            "cpu_pod_spec.spec.containers[0].image: \"a\" → \"b\"",
        ),
    ] {
        let place = Place::with("a.yaml", with(one)).and("b.yaml", with(other));
        let ran = place.run(&["diff", "a.yaml", "b.yaml"]).exits_with(1);
        let title = format!("~ pool \"p\" of resource manager \"west\": task_container_defaults.{setting}\n");
        assert!(ran.stdout.starts_with(&title) && ran.stdout.matches("\n~").count() == 0, "{ran}");
    }
    let agents = "resource_manager: {type: agent, client_ca: /a}\n";
    let place = Place::with("a.yaml", agents).and("b.yaml", agents.replace("/a", "/b"));
    let ran = place.run(&["diff", "a.yaml", "b.yaml"]).exits_with(1);
    assert!(ran.stdout.starts_with("~ resource manager \"default\": client_ca: \"/a\" → \"/b\"\n"), "{ran}");
}

/// A list in the root is named, and its pod spec told once.
#[test]
fn settings_in_lists_are_named() {
    let of = |image: &str| {
        format!(
            "{BEFORE}task_container_defaults:\n  add_capabilities: [{image}]\n  cpu_pod_spec: {{spec: {{containers: [{{name: \
             sidecar, image: {image}}}]}}}}\n"
        )
    };
    let place = Place::with("a.yaml", of("a")).and("b.yaml", of("b"));
    let ran = place.run(&["diff", "a.yaml", "b.yaml"]).exits_with(1);
    let titles: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('~')).collect();
    let wanted = [
        "~ task_container_defaults.cpu_pod_spec.spec.containers[0].image: \"a\" → \"b\"",
        "~ task_container_defaults.add_capabilities[0]: \"a\" → \"b\"",
    ];
    assert_eq!(titles, wanted, "{ran}");
}

/// Values of a configuration are the same, but for what the chart does by itself and the secrets that they leave out.
#[test]
fn values_are_the_same_as_what_they_were_made_of() {
    let secrets = "db: {host: db.example.com, user: u, password: hunter2}
security: {initial_user_password: Hunter2hunter2}
checkpoint_storage: {type: s3, bucket: b, access_key: hunter2, secret_key: hunter3}
";
    let more = "      - pool_name: p
        task_container_defaults: {environment_variables: [MODE=fast, GH_PAT=hunter2]}
";
    let master = format!("{secrets}{BEFORE}{more}");
    let place = Place::with("master.yaml", &master);
    place.run(&["render-helm", "master.yaml", "-o", "values.yaml"]).exits_with(0);
    let ran = place.run(&["diff", "master.yaml", "values.yaml"]).exits_with(0);
    assert!(!ran.stdout.contains('~') && !ran.stdout.contains("unter2"), "{ran}");
    insta::assert_snapshot!(ran);
    place.run(&["diff", "values.yaml", "master.yaml"]).exits_with(0);
    let json = place.run(&["diff", "--format=json", "master.yaml", "values.yaml"]).exits_with(0).json();
    assert_eq!(json["equal"], true);
    let causes: std::collections::BTreeSet<&str> =
        json["changes"].as_array().unwrap().iter().map(|change| change["cause"].as_str().unwrap()).collect();
    assert_eq!(causes, ["chart", "left-out"].into());
    // What the file says counts, beside all that, and so does what --set says.
    let other = Place::with("master.yaml", master.replace("max_slots_per_pod: 8", "max_slots_per_pod: 2"))
        .and("values.yaml", std::fs::read(place.path("values.yaml")).unwrap());
    let ran = other.run(&["diff", "master.yaml", "values.yaml"]).exits_with(1);
    assert_eq!(ran.stdout.matches('~').count(), 1, "{ran}");
    other.run(&["diff", "--set", "maxSlotsPerPod=2", "master.yaml", "values.yaml"]).exits_with(0);
}

#[test]
fn what_cannot_be_read_is_no_difference() {
    let place = Place::with("a.yaml", BEFORE).and("bad.yaml", "resource_manager: [").and("empty.yaml", "");
    for arguments in [["a.yaml", "bad.yaml"], ["none.yaml", "a.yaml"], ["-", "-"], ["a.yaml", "."]] {
        let ran = place.run(&[&["diff"][..], &arguments].concat()).exits_with(2);
        assert!(ran.stdout.is_empty() && ran.stderr.starts_with("error: "), "{ran}");
    }
}

/// What one of the two leaves out is what the master implies, and no more is it nothing.
#[test]
fn a_setting_that_is_left_out_is_what_the_master_implies() {
    let storage = "checkpoint_storage: {type: s3, bucket: b}\n";
    for (rest, differs) in [
        ("observability: {enable_prometheus: true}", false),
        ("observability: {enable_prometheus: false}", true),
        ("launch_error: true", false),
        ("launch_error: false", true),
        ("tensorboard_timeout: 300", false),
        ("tensorboard_timeout: 0", true),
        ("notebook_timeout: 0", true),
        ("retention_policy: {log_retention_days: 0}", true),
        ("retention_policy: {}", false),
        ("log: {level: info, color: true}", false),
        ("log: {color: false}", true),
        ("logging: {type: default}", false),
        ("telemetry: {enabled: true, otel_enabled: false}", false),
        ("db: {ssl_mode: disable, host: \"\"}", false),
        ("enable_cors: false", false),
        ("enable_cors: true", true),
        ("security: {authz: {type: basic, strict_job_queue_control: false}}", false),
        ("task_container_defaults: {environment_variables: [], force_pull_image: false}", false),
        ("checkpoint_storage: {type: s3, bucket: b, save_trial_best: 1, save_experiment_best: 0}", false),
        ("checkpoint_storage: {type: s3, bucket: b, save_trial_best: 0}", true),
    ] {
        let (before, after) = match rest.starts_with("checkpoint") {
            true => (format!("{BEFORE}{storage}"), format!("{BEFORE}{rest}\n")),
            false => (BEFORE.to_owned(), format!("{BEFORE}{rest}\n")),
        };
        let place = Place::with("a.yaml", before).and("b.yaml", after);
        for files in [["a.yaml", "b.yaml"], ["b.yaml", "a.yaml"]] {
            let ran = place.run(&[&["diff"], &files[..]].concat()).exits_with(i32::from(differs));
            assert_eq!(ran.stdout.matches('~').count(), usize::from(differs), "{rest}: {ran}");
        }
    }
    let place = Place::with("a.yaml", BEFORE).and("b.yaml", format!("{BEFORE}tensorboard_timeout: 0\n"));
    let ran = place.run(&["diff", "a.yaml", "b.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("~ tensorboard_timeout: 300 → 0\n"), "{ran}");
    assert!(ran.stdout.contains("300 (not written)\n"), "{ran}");
}

/// What a type implies is not told beside the type, which is at its place.
#[test]
fn another_type_is_told_with_its_lines() {
    let agents = "resource_manager:\n  type: agent\nresource_pools:\n  - pool_name: cpu\n  - pool_name: a100\n";
    let alone = BEFORE.split("additional_resource_managers").next().unwrap();
    let place = Place::with("a.yaml", alone).and("b.yaml", agents);
    let ran = place.run(&["diff", "a.yaml", "b.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("type: \"kubernetes\" → \"agent\""), "{ran}");
    assert!(ran.stdout.contains("a.yaml:2:3") && ran.stdout.contains("b.yaml:2:3"), "{ran}");
    let json = place.run(&["diff", "--format", "json", "a.yaml", "b.yaml"]).json();
    for change in json["changes"].as_array().unwrap() {
        let is_written = |side: &str| change[side]["written"].as_bool().unwrap_or(true);
        assert!(is_written("before") || is_written("after"), "{change}");
    }
}

const VALUES: &str = "\
maxSlotsPerPod: 8
resourcePools: [{pool_name: a}]
additional_resource_managers:
  - resource_manager: {type: kubernetes, cluster_name: west, kubeconfig_secret_name: w, kubeconfig_secret_value: k}
    resource_pools: [{pool_name: west}]
  - resource_manager: {type: kubernetes, cluster_name: east, kubeconfig_secret_name: e, kubeconfig_secret_value: k}
    resource_pools: [{pool_name: east}]
";

/// Where the chart mounts a kubeconfig follows from the order; what it is called does not.
#[test]
fn kubeconfigs_of_values_are_known_by_their_secrets() {
    let swapped: Vec<&str> = VALUES.lines().collect();
    let swapped = [&swapped[..3], &swapped[5..], &swapped[3..5]].concat().join("\n");
    let others =
        VALUES.replace("secret_name: w", "secret_name: other").replacen("secret_value: k", "secret_value: c", 1);
    let place = Place::with("a.yaml", VALUES).and("swapped.yaml", swapped).and("others.yaml", others);
    place.run(&["diff", "a.yaml", "swapped.yaml"]).exits_with(0);
    let ran = place.run(&["diff", "a.yaml", "others.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("kubeconfig_secret_name: \"w\" → \"other\""), "{ran}");
    assert!(ran.stdout.contains("kubeconfig_secret_value: \"k\" → \"c\""), "{ran}");
    assert!(ran.stdout.contains("a.yaml:4:") && !ran.stdout.contains("/mount/"), "{ran}");
}

/// One image for all types of slots is said of each of them.
#[test]
fn an_image_in_one_word_is_written_for_every_type() {
    let master = format!("{BEFORE}task_container_defaults: {{image: registry.example.com/img:1}}\n");
    let place = Place::with("master.yaml", &master)
        .and("plain.yaml", BEFORE)
        .and("values.yaml", "maxSlotsPerPod: 8\nresourcePools: [{pool_name: cpu}, {pool_name: a100}]\n");
    // The chart has an image for each.
    for (other, changes) in [("plain.yaml", 1), ("values.yaml", 3)] {
        let ran = place.run(&["diff", "master.yaml", other]).exits_with(1);
        assert_eq!(ran.stdout.matches("~ task_container_defaults.image").count(), changes, "{ran}");
        assert!(!ran.stdout.contains("img:1\" (not written)"), "{ran}");
    }
}
