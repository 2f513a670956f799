//! Nothing that is secret comes out of a configuration without a fault, which commands go on with.

use crate::canary::{FORMS, assert_none, filled, shown};
use crate::support::Place;

/// A configuration without a fault, with secrets under names and in texts that do not tell the decoder; what is lost and
/// what is forced stands right beside them.
const SOUND: &str = r#"db: {host: db.example.com, user: u, password: §}
enable_cors: true
logging: {type: elastic, host: "u:§@es.example.com", port: 9200}
checkpoint_storage:
  type: s3
  bucket: b
  access_key: §
  secret_key: §
  endpoint_url: http://det:§@minio:9000
webhooks: {base_url: "https://u:§@hooks.example.com", signing_key: §}
task_container_defaults:
  startup_hook: |
    export A=§
    curl -H "Authorization: Bearer §" https://u:§@x
  image: {cpu: "https://u:§@registry.example.com/x"}
  work_dir: /x?token=§
resource_manager:
  type: kubernetes
  max_slots_per_pod: 4
  metadata: {token: §, region: west}
resource_pools:
  - pool_name: a
    description: "see https://u:§@wiki.example.com"
    task_container_defaults:
      environment_variables: [MODE=fast, API_TOKEN=§, "PROXY=http://u:§@proxy:1080"]
      registry_auth: {username: §, password: §}
      startup_hook: export API_TOKEN=§
      cpu_pod_spec:
        metadata: {annotations: {vault-token: §, note: "password: §"}}
        spec:
          containers:
            - name: determined-container
              env:
                - {name: MODE, value: fast}
                - {name: API_TOKEN, value: §}
                - {name: PROXY, value: "http://u:§@proxy:1080"}
                - {name: GH_PAT, value: §}
            - name: sidecar
              image: sidecar
              command: [sh, -c, "export API_TOKEN=§; sleep 1", "--password=§"]
              args: [login, -p, §, "--token", §, "-H", "X: Bearer §", "-u", "me:§"]
            - name: shell
              image: shell
              command: [sh, -c, "docker login -u me -p § && curl -u me:§ http://x"]
            - name: block
              image: block
              args:
                - --password
                - §
                - run
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 2
      kubeconfig_path: /k/west
      metadata: {token: §, url: "https://u:§@x", region: west}
    resource_pools:
      - pool_name: w
        task_container_defaults: {startup_hook: export API_TOKEN=§}
"#;

/// What two configurations differ in, what values of one leave out, and what is said beside it.
#[test]
fn what_is_written_in_another_way_or_compared_shows_no_secret() {
    let mut all = Vec::new();
    for form in FORMS {
        let text = filled(SOUND, *form);
        let stage = text.lines().map(|line| format!("        {line}\n")).collect::<String>();
        let place = Place::with("a.yaml", &text)
            .and("b.yaml", filled(SOUND, |number| FORMS[0](number + 100)))
            .and(
                "none.yaml",
                "resource_manager: {type: kubernetes, max_slots_per_pod: 4}\nresource_pools: [{pool_name: a}]\n",
            )
            .and("values.yaml", "maxSlotsPerPod: 8\nresourcePools: [{pool_name: z}]\n")
            .and("dev.yaml", format!("stages:\n  - master:\n      config_file:\n{}", stage.replace('$', "$$")));
        let commands: [&[&str]; 16] = [
            &["validate", "-vv", "a.yaml"],
            &["validate", "--format=json", "a.yaml"],
            &["topology", "a.yaml"],
            &["topology", "--format=json", "a.yaml"],
            &["topology", "--format=html", "a.yaml"],
            &["convert", "--to=helm-values", "--allow-lossy", "a.yaml"],
            &["diff", "a.yaml", "b.yaml"],
            &["diff", "--format=json", "a.yaml", "b.yaml"],
            &["diff", "a.yaml", "none.yaml"],
            &["diff", "--format=json", "none.yaml", "dev.yaml"],
            &["render-helm", "a.yaml"],
            &["render-helm", "--allow-lossy", "a.yaml"],
            &["render-helm", "--allow-lossy", "dev.yaml"],
            &["render-helm", "--allow-lossy", "--base=values.yaml", "a.yaml"],
            &["render-helm", "--allow-lossy", "--base=values.yaml", "--overwrite", "a.yaml"],
            &["render-helm", "--allow-lossy", "--check=values.yaml", "a.yaml"],
        ];
        for arguments in commands {
            let ran = place.run(arguments);
            assert!(ran.code.is_some_and(|code| code < 2), "{ran}");
            all.extend(shown(&format!("{}\n{}", ran.stdout, ran.stderr), &arguments.join(" ")));
        }
        let values = place.run(&["render-helm", "--allow-lossy", "a.yaml"]).exits_with(0);
        // What is no secret is there, and what is left out is named once.
        for kept in ["MODE=fast", "value: fast", "region: west", "--token", "- run\n"] {
            assert!(values.stdout.contains(kept), "{kept}: {values}");
        }
        for left_out in [
            "checkpointStorage.endpointUrl",
            "additional_resource_managers[0].resource_manager.metadata.token",
            "taskContainerDefaults.startupHook",
            "taskContainerDefaults.cpuImage",
        ] {
            assert_eq!(
                values.stderr.matches(&format!("--set-string '{left_out}=…'")).count(),
                1,
                "{left_out}: {values}"
            );
            assert!(
                values.stdout.contains(&format!("#   \"{left_out}\""))
                    || values.stdout.contains(&format!("#   {left_out}\n")),
                "{values}"
            );
        }
    }
    assert_none(all);
}
