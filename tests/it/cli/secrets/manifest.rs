//! `detctl secrets create -o`, as far as no cluster is needed.

use crate::support::{Place, Ran};

const KUBECONFIG: &str = "contexts:\n- {name: main, context: {cluster: c, user: u}}\n\
    clusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\nusers:\n- {name: u, user: {token: canary-token}}\n";

fn print(place: &Place, more: &[&str]) -> Ran {
    let line = [
        &["secrets", "create", "--kubeconfig=k", "--namespace=det", "--release=det", "--cluster-name=west"][..],
        &["--context=main", "--default-context=main", "--timeout=5"],
        more,
    ]
    .concat();
    let ran = place.run(&line);
    assert!(!ran.to_string().contains("canary") && ran.stdout.is_empty(), "{ran}");
    ran
}

#[test]
fn what_cannot_be_printed_is_told_before_anything_is_made() {
    let place = Place::with("k", KUBECONFIG).and("there", "theirs");
    std::os::unix::fs::symlink("nowhere", place.path("link")).unwrap();
    let table: [(&[&str], &str); 9] = [
        (&["--show-secrets"], "--output"),
        (&["-o", "yaml", "--show-secrets"], "--yes"),
        (&["--output-file=new"], "--output"),
        (&["-o", "xml"], "[possible values: yaml, json]"),
        (&["-o", "yaml", "--format=json"], "cannot be used with"),
        (&["-o", "yaml", "--dry-run=client"], "cannot be used with"),
        (&["-o", "yaml", "--output-file=there"], "--output-file there: there is something of that name already"),
        (&["-o", "json", "--output-file=link"], "--output-file link: there is something of that name already"),
        (&["-o", "yaml", "--output-file=no/new"], "--output-file no/new: "),
    ];
    for (more, words) in table {
        let ran = print(&place, more).exits_with(2);
        assert!(ran.stderr.contains(words), "{more:?}: {ran}");
    }
    assert_eq!(std::fs::read_to_string(place.path("there")).unwrap(), "theirs");
    assert!(!place.path("nowhere").exists() && !place.path("new").exists());
}

/// A folder in which others may put something else in place of the file.
#[test]
fn an_open_folder_is_warned_of() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with("k", KUBECONFIG).and("open/.keep", "");
    std::fs::set_permissions(place.path("open"), std::fs::Permissions::from_mode(0o777)).unwrap();
    let ran = print(&place, &["-o", "yaml", "--output-file=open/new"]).exits_with(2);
    assert!(ran.stderr.starts_with("warning: --output-file open/new: others may write into its folder"), "{ran}");
    assert!(ran.stderr.contains("default cluster: ") && !place.path("open/new").exists(), "{ran}");
}

/// A terminal is no place for secrets; `script` is one.
#[test]
fn t7_secrets_never_go_to_a_terminal() {
    let place = Place::with("k", KUBECONFIG);
    let program = env!("CARGO_BIN_EXE_detctl");
    let line = format!(
        "{program} secrets create --kubeconfig=k --namespace=det --release=det --cluster-name=west --context=main \
         --default-context=main -o yaml --show-secrets --yes"
    );
    let output = std::process::Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .current_dir(place.path("."))
        .stdin(std::process::Stdio::null())
        .output();
    let Ok(output) = output else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("--show-secrets does not write to a terminal"), "{said}");
    assert_eq!(output.status.code(), Some(2));
}
