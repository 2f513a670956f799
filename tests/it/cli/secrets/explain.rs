//! `detctl secrets explain`: verdicts, places and words, and that no secret is in them.

use detctl::io::Io;

use crate::kubeconfig::records;
use crate::support::{Place, Ran, root};

fn recorded(name: &str) -> String {
    let record = records().into_iter().find(|record| record["name"] == name).unwrap();
    record["text"].as_str().unwrap().to_owned()
}

fn explain(text: &str, arguments: &[&str]) -> Ran {
    let mut line = vec!["secrets", "explain", "west.kubeconfig"];
    line.extend(arguments);
    let place = Place::with("west.kubeconfig", text);
    mode(&place, 0o600);
    place.run(&line)
}

fn mode(place: &Place, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(place.path("west.kubeconfig"), std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Of what holds nothing secret nobody is warned, as of the example in the README.
#[test]
fn a_secret_that_others_may_read_is_warned_of() {
    let laptop = std::fs::read_to_string(root().join("fixtures/kubeconfig/laptop.kubeconfig")).unwrap();
    for (text, open, code, told) in
        [(recorded("01-plain"), 0o644, 0, true), (recorded("01-plain"), 0o600, 0, false), (laptop, 0o644, 1, false)]
    {
        let place = Place::with("west.kubeconfig", text);
        mode(&place, open);
        let ran = place.run(&["secrets", "explain", "west.kubeconfig"]).exits_with(code);
        let warning = "warning: west.kubeconfig: others may read it (mode 0644); chmod 600 keeps it to yourself\n";
        assert_eq!(ran.stderr, if told { warning } else { "" }, "{ran}");
    }
}

#[test]
fn verdicts_and_their_words() {
    for (name, code) in [
        ("05-token-with-unreadable-token-file", 0),
        ("12-exec-v1beta1", 1),
        ("17h-masters", 0),
        ("22-duplicate-user", 1),
        ("28-unknown-fields", 0),
        ("31-token-with-newline", 1),
        ("39-several-faults", 1),
        ("41-loopback", 1),
    ] {
        insta::assert_snapshot!(format!("secrets_explain_{name}"), explain(&recorded(name), &[]).exits_with(code));
    }
}

#[test]
fn a_laptop_is_no_pod() {
    let text = std::fs::read_to_string(root().join("fixtures/kubeconfig/laptop.kubeconfig")).unwrap();
    insta::assert_snapshot!("secrets_explain_laptop", explain(&text, &[]).exits_with(1));
    // Where the program and the file are, it works.
    let place = Place::with("west.kubeconfig", text).and("west.crt", "").and("bin/aws", "");
    let path = place.path("bin").display().to_string();
    let ran = place.run_with(&["secrets", "explain", "west.kubeconfig", "--master", "here"], &[("PATH", &path)], b"");
    assert!(ran.exits_with(0).stdout.contains("a master on this machine"));
}

#[test]
fn the_machine_form() {
    let ran = explain(&recorded("17c-certificate"), &["--format", "json"]).exits_with(0);
    let document = ran.json();
    assert_eq!((&document["version"], &document["starts"]), (&1.into(), &true.into()));
    let certificate = document["parts"].as_array().unwrap().iter().find(|part| part["part"] == "certificate").unwrap();
    assert_eq!(certificate["what"], "jane, of team-a, team-b");
    assert!(certificate["expires"].as_str().unwrap().starts_with("2126-"));
    let ends = explain(&recorded("10-http"), &["--format", "json"]).exits_with(1).json();
    assert_eq!(ends["ends"]["phase"], "first-call");
}

#[test]
fn what_cannot_be_read() {
    let absent = Place::new().run(&["secrets", "explain", "west.kubeconfig"]).exits_with(2);
    assert!(absent.stderr.contains("there is no file or folder `west.kubeconfig`"), "{absent}");
    let ran = Place::with("k", [0xff_u8, 0xff]).run(&["secrets", "explain", "k"]).exits_with(1);
    assert!(ran.stdout.contains("yaml: invalid leading UTF-8 octet"), "{ran}");
    let ran = Place::new().run_with(&["secrets", "explain", "-"], &[], b"{}").exits_with(1);
    assert!(ran.stdout.starts_with("<stdin>: "), "{ran}");
}

/// T1: a token stays hidden whatever is wrong around it.
#[test]
fn t1_no_token_in_any_complaint() {
    let mut canaries = 0;
    for record in records() {
        let text = record["text"].as_str().unwrap();
        for arguments in [&[][..], &["--format", "json"], &["-vv", "--master", "here"]] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut stdin = text.as_bytes();
            let io = Io::unattended(&mut stdin, &mut out, &mut err);
            let mut io = Io { now: 1_800_000_000, ..io };
            let line = ["detctl", "secrets", "explain", "-"].iter().chain(arguments);
            detctl::run(line.map(Into::into), &mut io);
            canaries += usize::from(text.contains("canary"));
            let shown = String::from_utf8([out, err].concat()).unwrap();
            assert!(!shown.is_empty() && !shown.contains("canary"), "{}: {shown}", record["name"]);
        }
    }
    assert!(canaries > 300);
}

/// T23: names cannot move the cursor or hide anything.
#[test]
fn t23_names_are_made_harmless() {
    let text = recorded("01-plain").replace("west", "w\u{202e}st");
    let ran = explain(&text.replace("api.w\u{202e}st", "\"https://a\\e[31m"), &[]);
    assert!(!ran.to_string().contains(['\u{202e}', '\u{1b}']), "{ran}");
}
