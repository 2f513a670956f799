//! Bad input of `detctl secrets create`: each named with file and line, nothing asked and nothing written.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Place, Ran};

const GOOD: &str = "apiVersion: v1\nkind: Config\ncontexts:\n- {name: main, context: {cluster: c, user: u}}\n\
    - {name: west, context: {cluster: c, user: u}}\nclusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\nusers:\n\
    - {name: u, user: {token: canary-token}}\n";

fn create(place: &Place, more: &[&str]) -> Ran {
    let line = [&["secrets", "create", "--kubeconfig=k", "--namespace=det", "--release=det", "--timeout=3"][..], more];
    let ran = place.run(&line.concat());
    assert!(!ran.to_string().contains("canary"), "{ran}");
    ran
}

const ONE: [&str; 3] = ["--cluster-name=west", "--context=west", "--default-context=main"];

#[test]
fn kubeconfigs_are_named_with_line_and_column() {
    let twice = |list: &str, entry: &str| GOOD.replace(&format!("{list}:\n"), &format!("{list}:\n- {entry}\n"));
    for (text, words) in [
        (twice("users", "{name: u, user: {token: canary-token}}"), "k:10:"),
        (twice("clusters", "{name: c, cluster: {server: 'https://a'}}"), "k:8:"),
        (twice("contexts", "{name: main, context: {cluster: c, user: u}}"), "k:5:"),
        (GOOD.replace("'https://127.0.0.1:1'", "[canary"), "k:"),
        (GOOD.replace("canary-token", "12345"), "k:9:"),
        (GOOD.replace("https", "http"), "k:7:"),
        (GOOD.replace("user: u}", "user: v}"), "k:"),
        (String::from("- canary\n"), "k"),
    ] {
        let ran = create(&Place::with("k", &text), &ONE).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{words}: {text}\n{ran}");
    }
    let ran = create(&Place::new(), &ONE).exits_with(2);
    assert!(ran.stderr.contains("there is no file or folder `k`"), "{ran}");
    let ran = create(&Place::with("k", [0xff_u8, 0xfe, 0]), &ONE).exits_with(2);
    assert!(ran.stderr.contains("k is no kubeconfig"), "{ran}");
}

#[test]
fn only_the_first_document_is_read_and_that_is_told() {
    let place = Place::with("k", format!("{GOOD}---\ncontexts: [{{name: other, context: {{cluster: c, user: u}}}}]\n"));
    let ran = create(&place, &ONE).exits_with(2);
    assert!(
        ran.stderr.contains("warning: k:10: only the first document is read")
            && ran.stderr.contains("default cluster: "),
        "{ran}"
    );
    let ran = create(&place, &["--cluster-name=west", "--context=other", "--default-context=main"]).exits_with(2);
    assert!(ran.stderr.contains("there is no context `other`"), "{ran}");
}

#[test]
fn files_that_others_may_read_are_warned_of_with_their_mode() {
    for (mode, told) in [(0o600, None), (0o400, None), (0o644, Some("mode 0644")), (0o620, Some("mode 0620"))] {
        let place = Place::with("k", GOOD);
        fs::set_permissions(place.path("k"), fs::Permissions::from_mode(mode)).unwrap();
        let ran = create(&place, &ONE).exits_with(2);
        assert_eq!(ran.stderr.contains("others may read it"), told.is_some(), "{ran}");
        assert!(
            told.is_none_or(|told| ran.stderr.contains(&format!("warning: k: others may read it ({told})"))),
            "{ran}"
        );
    }
    // Unless nobody can be kept out.
    let place = Place::with("k", GOOD);
    fs::set_permissions(place.path("k"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(place.path("k")).is_err() {
        let ran = create(&place, &ONE).exits_with(2);
        assert!(ran.stderr.contains("`k`") && ran.stderr.contains("ermission denied"), "{ran}");
    }
}

/// Whatever reads a kubeconfig tells of it, once.
#[test]
fn every_command_warns_of_its_kubeconfig() {
    let place = Place::with("k", format!("{GOOD}---\ncontexts: []\n"));
    fs::set_permissions(place.path("k"), fs::Permissions::from_mode(0o640)).unwrap();
    let there = ["--kubeconfig=k", "--namespace=det", "--default-context=main", "--timeout=3"];
    let west = ["--cluster-name=west", "--context=west", "--release=det"];
    let commands: [(&str, &[&str]); 6] = [
        ("create", &west),
        ("list", &[]),
        ("show", &[]),
        ("check", &["--map=west=west"]),
        ("rotate", &west),
        ("delete", &west),
    ];
    for (command, more) in commands {
        let ran = place.run(&[&["secrets", command], &there[..], more].concat()).exits_with(2);
        for words in ["warning: k:10: only the first document is read", "warning: k: others may read it (mode 0640)"] {
            assert_eq!(ran.stderr.matches(words).count(), 1, "{command}: {ran}");
        }
        assert!(ran.stderr.contains("default cluster: ") && !ran.stderr.contains("canary"), "{command}: {ran}");
    }
}

#[test]
fn values_without_the_section_are_named() {
    let place = Place::with("k", GOOD)
        .and("without.yaml", "maxSlotsPerPod: 4\n")
        .and("broken.yaml", "additional_resource_managers:\n- [canary\n")
        .and(
            "other.yaml",
            "additional_resource_managers:\n- resource_manager: {type: kubernetes, cluster_name: east}\n",
        );
    let before = |name: &str| fs::read(place.path(name)).unwrap();
    for (name, words) in [
        ("without.yaml", "without.yaml: it has no list `additional_resource_managers`"),
        ("broken.yaml", "broken.yaml: "),
        ("other.yaml", "other.yaml: it has no resource manager `west`"),
        ("absent.yaml", "absent.yaml"),
    ] {
        let kept = (name != "absent.yaml").then(|| before(name));
        let write = format!("--write-values={name}");
        let ran = create(&place, &[&ONE[..], &[&write]].concat()).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{name}: {ran}");
        assert_eq!(kept, (name != "absent.yaml").then(|| before(name)));
    }
    for name in ["without.yaml", "broken.yaml"] {
        let ran = create(&place, &[name, "--default-context=main"]).exits_with(2);
        assert!(ran.stderr.contains(name), "{ran}");
    }
}

/// What everybody on the machine would see, what has no effect, and what no namespace can be called.
#[test]
fn arguments_are_looked_at_before_anything_is_asked() {
    let place = Place::with("k", GOOD);
    for (argument, words) in [
        ("--server-proxy-url=http://me:canary@127.0.0.9:1", "--server-proxy-url holds a name or a password"),
        ("--server-proxy-url=ftp://127.0.0.9", "is no http://, https:// or socks5://"),
        ("--server-proxy-url=http://[::1", "is no http://, https:// or socks5://"),
        ("--ttl=1h", "--ttl has no effect"),
    ] {
        let ran = create(&place, &[&ONE[..], &[argument]].concat()).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{argument}: {ran}");
    }
    for namespace in ["a?b", "DET", ""] {
        let namespace = format!("--namespace={namespace}");
        let ran =
            place.run(&["secrets", "check", "--kubeconfig=k", "--default-context=main", &namespace]).exits_with(2);
        assert!(ran.stderr.contains("--namespace"), "{ran}");
    }
    // Values that cannot be read do not count as values that name nothing.
    let place = place
        .and("broken.yaml", "additional_resource_managers:\n- [canary\n")
        .and("other.yaml", "additional_resource_managers: {}\n");
    for (values, words) in [("broken.yaml", "it is no YAML"), ("other.yaml", "is no list")] {
        let values = format!("--values={values}");
        let delete =
            ["secrets", "delete", "--kubeconfig=k", "--namespace=det", "--release=det", "--default-context=main"];
        let ran = place.run(&[&delete[..], &["--cluster-name=west", "--yes", &values]].concat()).exits_with(2);
        assert!(ran.stderr.contains(words) && !ran.to_string().contains("canary"), "{ran}");
    }
}
