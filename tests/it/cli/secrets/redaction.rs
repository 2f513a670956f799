//! The last writer: it never has anything to do, which every test of the program proves, as a run that covers something ends
//! with a panic; and it works when it has.

use crate::support::{Place, Ran};

/// A user's token is what the program says by itself.
fn forced(token: &str, command: &[&str]) -> Ran {
    let kubeconfig = format!(
        "contexts:\n- {{name: main, context: {{cluster: c, user: u}}}}\nclusters:\n- {{name: c, cluster: {{server: \
         'https://127.0.0.1:1'}}}}\nusers:\n- {{name: u, user: {{token: {token}}}}}\n"
    );
    let more = ["--kubeconfig=k", "--namespace=det", "--default-context=mian"];
    Place::with("k", kubeconfig).run(&[command, &more].concat())
}

#[test]
fn it_works_when_it_is_forced() {
    for command in [&["secrets", "list"][..], &["secrets", "check"], &["secrets", "show"]] {
        let ran = forced("'there is no context'", command);
        assert!(ran.stderr.contains("error: [redacted] `mian`"), "{ran}");
        assert!(!ran.stderr.contains("there is no context") && ran.stderr.contains("this is a bug in detctl"), "{ran}");
        // What tests run is no release: there it would be the end.
        assert_eq!(ran.code, Some(101), "{ran}");
    }
}

#[test]
fn it_has_nothing_to_do() {
    let ran = forced("canary-token", &["secrets", "list"]).exits_with(2);
    assert!(ran.stderr.contains("there is no context `mian`") && !ran.stderr.contains("redacted"), "{ran}");
}
