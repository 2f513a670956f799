//! `detctl render-helm`: what is written, what is refused by name, and what goes where.

use crate::support::{Place, Ran, root};

fn fixture(name: &str) -> Place {
    let text = std::fs::read_to_string(root().join("fixtures/clusters").join(name).join("master.yaml")).unwrap();
    Place::with("master.yaml", text)
}

fn render(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["render-helm"], arguments].concat())
}

#[test]
fn values_of_the_clusters() {
    insta::assert_snapshot!("render_helm_onprem", render(&fixture("onprem-gke-eks"), &["master.yaml"]).exits_with(0));
    insta::assert_snapshot!("render_helm_usage", render(&fixture("usage-scenario"), &["master.yaml"]).exits_with(0));
}

#[test]
fn what_no_values_can_say_is_refused() {
    insta::assert_snapshot!("render_helm_agents", render(&fixture("agents-and-gke"), &["master.yaml"]).exits_with(1));
    insta::assert_snapshot!(
        "render_helm_draft",
        render(&fixture("onprem-gke-eks-draft"), &["master.yaml"]).exits_with(1)
    );
}

const LOSSY: &str = "\
enable_cors: true
log:
  color: false
resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 4
  kubeconfig_path: /etc/kube/main.conf
  no_default_resource_pools: true
  metadata: {region: west}
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
    gateway_ip: 10.1.2.3
task_container_defaults:
  shm_size_bytes: 1073741824
resource_pools:
  - pool_name: a
    description: Helm takes <no value> out
";

#[test]
fn what_is_lost_is_listed_and_goes_with_allow_lossy() {
    let place = Place::with("master.yaml", LOSSY);
    let refused = render(&place, &["master.yaml"]).exits_with(1);
    assert_eq!(refused.stdout, "");
    insta::assert_snapshot!("render_helm_lossy", refused);
    let written = render(&place, &["--allow-lossy", "-q", "master.yaml", "-o", "values.yaml"]).exits_with(0);
    assert_eq!(written.stderr.matches("warning: ").count(), refused.stderr.matches("error: ").count(), "{written}");
    assert!(std::fs::read_to_string(place.path("values.yaml")).unwrap().contains("clusterName: main\n"));
}

/// An additional manager in the master's own cluster is refused whatever is allowed.
#[test]
fn an_additional_manager_without_a_kubeconfig_is_always_refused() {
    let text = "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 4
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 2
    resource_pools:
      - pool_name: west
";
    let place = Place::with("master.yaml", text);
    let ran = render(&place, &["--allow-lossy", "--force", "master.yaml", "-o", "values.yaml"]).exits_with(1);
    assert!(ran.stderr.contains("`additional_resource_managers[0].resource_manager.kubeconfig_path`"), "{ran}");
    assert!(ran.stderr.contains("master.yaml:5:5"), "{ran}");
    assert!(!place.path("values.yaml").exists());
}

#[test]
fn secrets_are_named_and_never_written() {
    let text = "\
db: {user: det, password: hunter2}
security: {initial_user_password: Hunter-3-x}
checkpoint_storage: {type: s3, bucket: b, access_key: hunter4, secret_key: hunter5}
resource_manager: {type: kubernetes, max_slots_per_pod: 4}
resource_pools:
  - pool_name: a
    task_container_defaults:
      registry_auth: {username: hunter6, password: hunter7}
      environment_variables: [A=b, API_TOKEN=hunter8]
      gpu_pod_spec:
        spec:
          containers:
            - name: determined-container
              env:
                - {name: MODE, value: fast}
                - {name: DB_PASSWORD, value: hunter9}
";
    let ran = render(&Place::with("master.yaml", text), &["master.yaml"]).exits_with(0);
    let all = format!("{}{}", ran.stdout, ran.stderr).to_lowercase();
    assert!(!all.contains("hunter"), "{ran}");
    insta::assert_snapshot!("render_helm_secrets", ran);
}

#[test]
fn the_same_input_gives_the_same_bytes_from_a_pipe_too() {
    let text = std::fs::read_to_string(root().join("fixtures/clusters/onprem-gke-eks/master.yaml")).unwrap();
    let run = || Place::new().run_with(&["render-helm", "-"], &[], text.as_bytes()).exits_with(0).stdout;
    let first = run();
    assert_eq!(first, run());
    assert!(first.starts_with("# Values of the Determined chart") && first.ends_with("determined\n"), "{first}");
    assert!(!first.contains('\r') && !first.lines().any(|line| line.ends_with(' ')));
}

#[test]
fn stages_are_chosen() {
    let text = "\
stages:
  - db: {}
  - master:
      name: one
      config_file:
        resource_manager: {type: kubernetes, cluster_name: one, max_slots_per_pod: 1}
  - master:
      name: two
      config_file:
        resource_manager: {type: kubernetes, cluster_name: two, max_slots_per_pod: 2}
";
    let place = Place::with("devcluster.yaml", text);
    let two = render(&place, &["devcluster.yaml", "--stage", "two"]).exits_with(0);
    assert!(two.stdout.contains("clusterName: two"), "{two}");
    let none = render(&place, &["devcluster.yaml"]).exits_with(2);
    assert!(none.stderr.contains("--stage: one, two"), "{none}");
    let unknown = render(&place, &["devcluster.yaml", "--stage", "three"]).exits_with(2);
    assert!(unknown.stderr.contains("no master stage `three`"), "{unknown}");
}

const TWO: &str = "\
resource_manager: {type: kubernetes, cluster_name: main, max_slots_per_pod: 4}
additional_resource_managers:
  - resource_manager: {type: kubernetes, cluster_name: west, max_slots_per_pod: 2, kubeconfig_path: /k/west}
    resource_pools: [{pool_name: west}]
  - resource_manager:
      type: kubernetes
      cluster_name: east
      max_slots_per_pod: 2
      kubeconfig_path: /k/east
      determined_master_host: det.east.example.com
      determined_master_port: 8443
    resource_pools: [{pool_name: east}]
";

/// The attention box of the documentation page: every additional manager needs the master's address.
#[test]
fn the_address_of_the_master_is_filled_in_where_it_is_missing() {
    let place = Place::with("master.yaml", TWO);
    let without = render(&place, &["master.yaml"]).exits_with(0);
    let warnings: Vec<&str> = without.stderr.lines().filter(|line| line.starts_with("warning")).collect();
    assert_eq!(warnings.len(), 1, "{without}");
    assert!(warnings[0].contains("\"west\": no address") && warnings[0].contains("--master-host"), "{without}");
    let flags = ["--master-host", "det.example.com", "--master-port", "443", "--master-scheme", "https"];
    let with = render(&place, &[&["master.yaml"], &flags[..]].concat()).exits_with(0);
    assert!(!with.stderr.contains("warning"), "{with}");
    for (name, host, port) in [("west", "det.example.com", "443"), ("east", "det.east.example.com", "8443")] {
        let from = with.stdout.find(&format!("cluster_name: {name}")).unwrap();
        let block = with.stdout[from..].split("resource_pools").next().unwrap();
        assert!(block.contains(&format!("determined_master_host: {host}\n")), "{block}");
        assert!(block.contains(&format!("determined_master_port: {port}\n")), "{block}");
        assert!(block.contains("determined_master_scheme: https\n"), "{block}");
    }
    assert!(!with.stdout.contains("determinedMasterHost"), "the default manager is none of them: {with}");
    let wrong = render(&place, &["master.yaml", "--master-scheme", "ftp"]).exits_with(2);
    assert!(wrong.stderr.contains("[possible values: http, https]"), "{wrong}");
}

#[test]
fn a_check_compares_and_writes_nothing() {
    let place = Place::with("master.yaml", TWO);
    render(&place, &["master.yaml", "-o", "values.yaml"]).exits_with(0);
    let same = render(&place, &["master.yaml", "--check", "values.yaml"]).exits_with(0);
    assert_eq!((same.stdout.as_str(), same.stderr.as_str()), ("", ""), "{same}");
    let place = place.and("master.yaml", TWO.replace("max_slots_per_pod: 4", "max_slots_per_pod: 8"));
    let differs = render(&place, &["master.yaml", "--check", "values.yaml"]).exits_with(1);
    assert!(differs.stdout.contains("--- values.yaml\n+++ values.yaml\n"), "{differs}");
    assert!(differs.stdout.contains("\n-maxSlotsPerPod: 4\n+maxSlotsPerPod: 8\n"), "{differs}");
    let diff = render(&place, &["master.yaml", "-o", "values.yaml", "--diff"]).exits_with(1);
    assert_eq!(diff.stdout, differs.stdout);
    assert!(std::fs::read_to_string(place.path("values.yaml")).unwrap().contains("maxSlotsPerPod: 4"));
    let new = render(&place, &["master.yaml", "-o", "new.yaml", "--diff"]).exits_with(1);
    assert!(new.stdout.contains("+maxSlotsPerPod: 8\n") && !place.path("new.yaml").exists(), "{new}");
    render(&place, &["master.yaml", "--check", "new.yaml"]).exits_with(2);
}

/// People keep secrets in values; a diff shows none.
#[test]
fn a_diff_covers_secrets() {
    let place =
        Place::with("master.yaml", TWO).and("values.yaml", "initialUserPassword: Hunter2222\nmaxSlotsPerPod: 4\n");
    let differs = render(&place, &["master.yaml", "--check", "values.yaml"]).exits_with(1);
    assert!(differs.stdout.contains("-initialUserPassword: •") && !differs.stdout.contains("Hunter"), "{differs}");
}

#[cfg(unix)]
#[test]
fn targets_that_must_not_be_written_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::with("master.yaml", TWO).and("read-only.yaml", "a: 1\n").and("real.yaml", "a: 1\n");
    std::fs::set_permissions(place.path("read-only.yaml"), std::fs::Permissions::from_mode(0o444)).unwrap();
    symlink("real.yaml", place.path("link.yaml")).unwrap();
    for (target, words) in [
        ("read-only.yaml", "cannot write `read-only.yaml`"),
        ("link.yaml", "it is a symbolic link"),
        (".", "it is a folder"),
        ("master.yaml", "is the configuration itself"),
    ] {
        let ran = render(&place, &["master.yaml", "-o", target]).exits_with(2);
        assert!(ran.stderr.contains(words), "{target}: {ran}");
    }
    assert_eq!(std::fs::read_to_string(place.path("read-only.yaml")).unwrap(), "a: 1\n");
    assert_eq!(std::fs::read_to_string(place.path("real.yaml")).unwrap(), "a: 1\n");
    assert_eq!(std::fs::read_to_string(place.path("master.yaml")).unwrap(), TWO);
}

#[test]
fn the_line_for_editors_comes_first() {
    let place = Place::with("master.yaml", TWO);
    let ran = render(&place, &["master.yaml", "--schema", "values.schema.json"]).exits_with(0);
    assert!(ran.stdout.starts_with("# yaml-language-server: $schema=values.schema.json\n# Values"), "{ran}");
    // An editor would take quotes for a part of the name.
    for schema in ["./values.schema.json", "https://det.example.com/values.schema.json", "../a-b/%20/v.json"] {
        let ran = render(&place, &["master.yaml", "--schema", schema]).exits_with(0);
        assert!(ran.stdout.starts_with(&format!("# yaml-language-server: $schema={schema}\n# Values")), "{ran}");
    }
}

/// Without a chart or without Helm nothing is verified, and nothing is written that was to be verified.
#[cfg(unix)]
#[test]
fn what_cannot_be_verified_is_not_written() {
    let place = Place::with("master.yaml", TWO);
    let verified = |chart: &str, path: &str| {
        let arguments = ["render-helm", "master.yaml", "-o", "values.yaml", "--verify-with-helm", chart];
        place.run_with(&arguments, &[("PATH", path)], b"")
    };
    let no_chart = verified("charts/determined", "/nowhere").exits_with(2);
    assert!(no_chart.stderr.contains("cannot verify: there is no chart at `charts/determined`"), "{no_chart}");
    let no_helm = verified(".", "/nowhere").exits_with(2);
    assert!(no_helm.stderr.contains("cannot run `helm`") && no_helm.stderr.contains("install it"), "{no_helm}");
    for (script, code, words) in [
        ("echo 'Error: nil pointer' >&2; exit 1", 1, "Helm would not render the values: nil pointer"),
        ("exec <&-; exit 1", 1, "would not render the values: it said nothing, exit status: 1"),
        ("cat >/dev/null; printf 'kind: Secret\n'", 2, "no Secret of the chart holds a `master.yaml`"),
        ("cat >/dev/null; printf 'a: [\n'", 2, "is no list of manifests"),
        ("cat >/dev/null; printf '\\377'", 2, "wrote no UTF-8"),
        (
            "cat >/dev/null; printf 'kind: ConfigMap\ndata: {master.yaml: \"a: [\"}\n'",
            1,
            "could not read the `master.yaml`",
        ),
        (
            "cat >/dev/null; for i in 1 2; do printf -- '---\nkind: Secret\nstringData: {master.yaml: a}\n'; done",
            2,
            "2 objects of the chart hold a `master.yaml`",
        ),
    ] {
        let bin = Place::with("helm", format!("#!/bin/sh\n{script}\n"));
        let program = bin.path("helm");
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
        let mut ran = verified(".", &path);
        // Another test may have been about to start a program while the script was written.
        while ran.stderr.contains("Text file busy") {
            std::thread::sleep(std::time::Duration::from_millis(50));
            ran = verified(".", &path);
        }
        let ran = ran.exits_with(code);
        assert!(ran.stderr.contains(words), "{script}: {ran}");
    }
    assert!(!place.path("values.yaml").exists());
}

/// What is no configuration of a master is told, and the target stays as it is.
#[test]
fn what_holds_no_configuration_is_told() {
    let place = Place::with("values.yaml", "maxSlotsPerPod: 4\n")
        .and("empty.yaml", "")
        .and("list.yaml", "- a\n")
        .and("nothing.yaml", "stages:\n  - db: {}\n")
        .and("base.yaml", "stages:\n  - db: {}\n")
        .and("master.yaml", TWO);
    for arguments in [
        &["--force", "list.yaml"][..],
        &["nothing.yaml"],
        &["missing.yaml"],
        &["."],
        &["--stage", "other", "nothing.yaml"],
        &["--base", "base.yaml", "master.yaml"],
        &["--base", "missing.yaml", "master.yaml"],
        &["--base", "list.yaml", "master.yaml"],
    ] {
        let ran = render(&place, &[arguments, &["-o", "values.yaml"]].concat()).exits_with(2);
        assert!(ran.stderr.contains("error: "), "{arguments:?}: {ran}");
        assert_eq!(std::fs::read_to_string(place.path("values.yaml")).unwrap(), "maxSlotsPerPod: 4\n", "{arguments:?}");
    }
}

/// What does not come back is not written either.
#[test]
fn what_is_lost_is_left_out() {
    let text = "db: {host: h, port: 5432, name: d, user: u, password: hunter2}
resource_manager: {type: kubernetes, max_slots_per_pod: 4}
scim: {enabled: true, auth: {type: basic, username: a, password: hunter2}}
checkpoint_storage: {type: shared_fs, host_path: /x, save_trial_best: 0}
";
    let place = Place::with("master.yaml", text);
    let ran = place.run(&["render-helm", "--allow-lossy", "master.yaml"]).exits_with(0);
    assert!(!ran.stdout.contains("scim") && !ran.stdout.contains("saveTrialBest"), "{ran}");
    assert!(ran.stdout.contains("hostPath: /x") && !ran.stderr.contains("scim.auth.password=…"), "{ran}");
}

/// The chart takes the secret of a client from a Secret that values name.
#[test]
fn a_base_makes_room_for_what_the_enterprise_edition_says() {
    let text = "resource_manager: {type: kubernetes, max_slots_per_pod: 4}
oidc: {enabled: true, provider: Okta, client_id: abc, client_secret: hunter2, idp_sso_url: \"https://x.y\", idp_recipient_url: \"https://z\"}
";
    let place = Place::with("master.yaml", text)
        .and("edition.yaml", "enterpriseEdition: true\n")
        .and("named.yaml", "enterpriseEdition: true\noidc: {clientSecretName: a, clientSecretKey: b}\n");
    let ran = place.run(&["render-helm", "--base=edition.yaml", "master.yaml"]).exits_with(1);
    assert!(ran.stderr.contains("`oidc.client_secret`") && ran.stderr.contains("set `oidc.clientSecretName`"), "{ran}");
    let ran = place.run(&["render-helm", "--base=named.yaml", "master.yaml"]).exits_with(0);
    assert!(ran.stdout.contains("provider: Okta") && !ran.stdout.contains("hunter2"), "{ran}");
    assert!(ran.stderr.contains("the Secret that `oidc.clientSecretName` names"), "{ran}");
}

#[test]
fn what_the_chart_refuses_of_a_base_is_the_fault_of_the_base() {
    let place = Place::with("master.yaml", "resource_manager: {type: kubernetes, max_slots_per_pod: 4}\n")
        .and("base.yaml", "initialUserPassword: hunter2\n");
    let ran = place.run(&["render-helm", "--base=base.yaml", "master.yaml"]).exits_with(2);
    assert!(ran.stderr.starts_with("error: base.yaml") && ran.stderr.contains("at least 8 characters"), "{ran}");
    assert!(!ran.stderr.contains("hunter2"), "{ran}");
}

/// Our own comments in a file that somebody keeps tell of the configuration that was laid in last.
#[test]
fn a_base_tells_what_was_added() {
    let text = "resource_manager: {type: kubernetes, max_slots_per_pod: 4}\n";
    let place = Place::with("master.yaml", text).and("base.yaml", "# ours\nmasterPort: 8080\n");
    let arguments = ["render-helm", "--base=base.yaml", "-o", "base.yaml", "--schema=./values.json", "master.yaml"];
    place.run(&arguments).exits_with(0);
    let read = |place: &Place| std::fs::read_to_string(place.path("base.yaml")).unwrap();
    let once = read(&place);
    let start = "# yaml-language-server: $schema=./values.json\n# ours\nmasterPort: 8080\n\n# Added by `detctl render-helm` of master.yaml\n# sha256 of it: ";
    assert!(once.starts_with(start), "{once}");
    place.run(&arguments).exits_with(0);
    assert_eq!(read(&place), once);
    let place = Place::with("master.yaml", format!("# new\n{text}")).and("base.yaml", &once);
    place.run(&arguments).exits_with(0);
    let again = read(&place);
    assert_eq!(again.lines().count(), once.lines().count(), "{again}");
    let other: Vec<(&str, &str)> = again.lines().zip(once.lines()).filter(|(new, old)| new != old).collect();
    assert!(matches!(other[..], [(new, old)] if new.starts_with("# sha256") && old.starts_with("# sha256")), "{again}");
}
