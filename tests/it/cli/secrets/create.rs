//! `detctl secrets create`, as far as no cluster is needed.

use detctl::credentials::checks::{self, Skip};

use crate::support::{Place, Ran, root, run};

const KUBECONFIG: &str = "contexts:\n- {name: main, context: {cluster: c, user: u}}\n- {name: gke_west, context: {cluster: c, user: p}}\n\
    clusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\n\
    users:\n- {name: u, user: {token: canary-token}}\n\
    - {name: p, user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plugin, args: [canary-arg]}}}\n";

const VALUES: &str = "resource_manager: {type: kubernetes}\n";

fn create(more: &[&str]) -> Ran {
    let mut line = vec!["secrets", "create", "--kubeconfig=k", "--namespace=det", "--release=det"];
    line.extend(more);
    Place::with("k", KUBECONFIG).and("values.yaml", VALUES).and("master.yaml", MASTER).run(&line)
}

const MASTER: &str = "resource_manager: {type: kubernetes, cluster_name: main, max_slots_per_pod: 1}\n\
    resource_pools: [{pool_name: default}]\n\
    additional_resource_managers:\n\
    - resource_manager: {type: kubernetes, cluster_name: west, max_slots_per_pod: 1, kubeconfig_path: /k}\n  resource_pools: [{pool_name: w}]\n\
    - resource_manager: {type: kubernetes, cluster_name: east, max_slots_per_pod: 1, kubeconfig_path: /l}\n  resource_pools: [{pool_name: e}]\n";

#[test]
fn bad_input_is_named_and_nothing_is_asked() {
    let one = ["--cluster-name=west", "--context=gke_west", "--default-context=main"];
    let table: [(&[&str], &str); 16] = [
        (&["--cluster-name=west", "--context=gke_wst", "--default-context=main"], "did you mean `gke_west`?"),
        (&["--cluster-name=west", "--context=main", "--default-context=mian"], "there is no context `mian`"),
        (&[one[0], one[1], one[2], "--sa-namespace=Det"], "--sa-namespace `Det` cannot be"),
        (&[one[0], one[1], one[2], "--secret-name=a_b"], "--secret-name `a_b` cannot be"),
        (&[one[0], one[1], one[2], "--key=a/b"], "--key `a/b` cannot be"),
        (&[one[0], one[1], one[2], "--rbac=none"], "name it with --service-account"),
        (&[one[0], one[1], one[2], "--skip-check=tls"], "never passed over"),
        (&[one[0], one[1], one[2], "--skip-check=nope"], "checks: address"),
        (&[one[0], one[1], one[2], "--token-mode=request"], "--ttl"),
        (&[one[0], one[1], one[2], "--token-mode=request", "--ttl=5m"], "expected between 10m"),
        (&[one[0], "--context=main", one[2], "--sa-namespace=default"], "could use the ServiceAccount there"),
        (&[one[0], "--context=main", one[2], "--server=http://x"], "--server `http://x` is no https://"),
        (&[one[0], "--context=main", one[2], "--rotation=live"], "needs the place of the cluster"),
        (&["master.yaml", "--map=west=main", "--default-context=main"], "no context is named for the cluster `east`"),
        (&["master.yaml", "--map=wst=main", "--default-context=main"], "its additional clusters: west, east"),
        (&["values.yaml", "--default-context=main"], "there is no additional resource manager"),
    ];
    for (arguments, said) in table {
        let ran = create(arguments).exits_with(2);
        assert!(ran.stderr.contains(said) && ran.stdout.is_empty(), "{arguments:?}: {ran}");
        assert!(!ran.to_string().contains("canary"), "{ran}");
    }
}

/// T24: plugins of contexts that are not used are never run, and none with `--no-exec`.
#[test]
fn t24_plugins_run_only_for_contexts_that_are_used() {
    let run = |context: &str, more: &[&str]| {
        let place = Place::with("k", KUBECONFIG).and("plugin", "#!/bin/sh\necho ran >> ran\nexit 3\n");
        make_executable(&place.path("plugin"));
        let context = format!("--context={context}");
        let line = [
            &["secrets", "create", "--kubeconfig=k", "--namespace=det", "--release=det", "--cluster-name=west"][..],
            &[&context, "--default-context=main", "--timeout=2s"],
            more,
        ]
        .concat();
        let ran = place.run(&line);
        assert!(!ran.to_string().contains("canary"), "{ran}");
        (ran, std::fs::read_to_string(place.path("ran")).unwrap_or_default())
    };
    assert_eq!(run("main", &[]).1, "");
    let (ran, times) = run("gke_west", &[]);
    assert!(ran.stderr.contains("context `gke_west`: executable named there failed"), "{ran}");
    assert_eq!(times, "ran\n");
    let (ran, times) = run("gke_west", &["--no-exec"]);
    assert!(ran.stderr.contains("--no-exec forbids it"), "{ran}");
    assert_eq!(times, "");
}

/// A plugin that only goes on when all of them have been started; it tells how often.
const TOGETHER: &str = "#!/bin/sh\necho ran >> ran.$1\nfor n in $(seq 500); do\n  \
    if [ -e ran.a ] && [ -e ran.b ] && [ -e ran.main ]; then\n    \
    echo '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {\"token\": \"canary-'$1'\"}}'\n    \
    exit 0\n  fi\n  sleep 0.02\ndone\nexit 7\n";

/// Plugins run at the same time, and each once, also where two clusters have the same context.
#[test]
fn plugins_are_asked_at_once_and_once() {
    let user = |name: &str| {
        format!(
            "- {{name: {name}, user: {{exec: {{apiVersion: client.authentication.k8s.io/v1, command: ./plugin, \
             interactiveMode: Never, args: [{name}]}}}}}}\n"
        )
    };
    let context = |name: &str| format!("- {{name: {name}, context: {{cluster: c, user: {name}}}}}\n");
    let names = ["main", "a", "b"];
    let kubeconfig = format!(
        "contexts:\n{}clusters:\n- {{name: c, cluster: {{server: 'https://127.0.0.1:1'}}}}\nusers:\n{}",
        names.map(context).concat(),
        names.map(user).concat()
    );
    let more = "- resource_manager: {type: kubernetes, cluster_name: north, max_slots_per_pod: 1, kubeconfig_path: /m}\n  \
        resource_pools: [{pool_name: n}]\n";
    let place = Place::with("k", kubeconfig).and("master.yaml", format!("{MASTER}{more}")).and("plugin", TOGETHER);
    make_executable(&place.path("plugin"));
    let line = ["secrets", "create", "master.yaml", "--kubeconfig=k", "--namespace=det", "--release=det"];
    let maps = ["--map=west=a", "--map=east=b", "--map=north=a", "--default-context=main", "--timeout=12"];
    let ran = place.run_with(&[&line[..], &maps].concat(), &[("PATH", "/usr/bin:/bin")], b"").exits_with(2);
    assert!(ran.stderr.contains("default cluster: ") && !ran.to_string().contains("canary"), "{ran}");
    for name in names {
        assert_eq!(std::fs::read_to_string(place.path(&format!("ran.{name}"))).unwrap(), "ran\n", "{name}");
    }
}

fn make_executable(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_readme_lists_every_check() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    for check in checks::ALL {
        let never = if check.skip == Skip::Never { " (never passed over)" } else { "" };
        assert!(readme.contains(&format!("| `{}`{never} | {} |", check.id, check.asks)), "{}", check.id);
    }
    // No flag and no variable of the environment takes a secret.
    let help = run(&["secrets", "create", "--help"]).exits_with(0).stdout;
    assert!(!help.contains("--token ") && !help.contains("--password") && !help.contains("[env:"), "{help}");
}
