//! `detctl secrets create --auth copy`, as far as no cluster is needed.

use crate::support::{Place, Ran};

fn copy(user: &str, more: &[&str]) -> Ran {
    let kubeconfig = format!(
        "contexts:\n- {{name: main, context: {{cluster: c, user: u}}}}\n- {{name: west, context: {{cluster: c, user: w}}}}\n\
         clusters:\n- {{name: c, cluster: {{server: 'https://127.0.0.1:1'}}}}\nusers:\n- {{name: u, user: {{token: canary-token}}}}\n\
         - {{name: w, user: {user}}}\n"
    );
    let line = [
        &["secrets", "create", "--kubeconfig=k", "--namespace=det", "--release=det", "--cluster-name=west"][..],
        &["--context=west", "--default-context=main", "--auth=copy", "--timeout=5"],
        more,
    ]
    .concat();
    let ran = Place::with("k", kubeconfig).and("token", "canary-from-file\n").run(&line);
    assert!(!ran.to_string().contains("canary"), "{ran}");
    ran
}

#[test]
fn what_would_not_work_in_the_masters_pod_is_refused() {
    let exec = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: canary-plugin, interactiveMode: Never}}";
    for (user, words) in [
        (exec, "it is handed out by a plugin, which the master's image does not have"),
        (
            "{auth-provider: {name: oidc, config: {idp-issuer-url: 'https://a', client-id: b, id-token: canary}}}",
            "is handed out by a provider",
        ),
        ("{username: canary, password: canary}", "API servers have given up"),
        ("{token: canary-token, as: somebody}", "it acts as somebody else"),
        ("{}", "it has none"),
        ("{tokenFile: absent}", "its `tokenFile`"),
    ] {
        // The plugin is not even run.
        let ran = copy(user, &["--no-exec"]).exits_with(2);
        let is_told = ran.stderr.contains(words)
            || (user == exec && ran.stderr.contains("--no-exec forbids it"))
            || ran.stderr.contains("by the provider `oidc`, which is not supported");
        assert!(is_told && ran.stdout.is_empty(), "{user}: {ran}");
    }
    for more in [&["--service-account=x"][..], &["--token-mode=request", "--ttl=1h"]] {
        let ran = copy("{token: canary-token}", more).exits_with(2);
        assert!(ran.stderr.contains("no identity and no token is made"), "{ran}");
    }
}

/// What can be taken over gets as far as the cluster, where nobody listens.
#[test]
fn tokens_and_what_a_file_holds_are_taken_over() {
    for user in ["{token: canary-token}", "{tokenFile: token}"] {
        let ran = copy(user, &[]).exits_with(2);
        assert!(ran.stderr.contains("default cluster: "), "{ran}");
    }
}
