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
