//! GitHub annotations, read as the runner reads them.

use std::collections::BTreeMap;

use super::{HOSTILE, HOSTILE_PATH, findings, hostile};
use crate::support::Place;

/// A command as the runner understands it.
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// The properties end at the first `::`, are divided at commas, and only then are escapes read.
fn read(line: &str) -> Option<Command> {
    let (head, message) = line.strip_prefix("::")?.split_once("::")?;
    let (name, properties) = head.split_once(' ').unwrap_or((head, ""));
    let pairs = properties.split(',').filter_map(|pair| pair.split_once('='));
    let properties =
        pairs.map(|(name, value)| (name.to_owned(), plain(&value.replace("%3A", ":").replace("%2C", ","))));
    Some(Command { name: name.to_owned(), properties: properties.collect(), message: plain(message) })
}

fn plain(text: &str) -> String {
    text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

#[test]
fn the_runner_gets_each_finding_and_nothing_else() {
    let expected = findings(&hostile("json"));
    let ran = hostile("github");
    let (commands, rest): (Vec<&str>, Vec<&str>) = ran.stdout.lines().partition(|line| line.starts_with("::"));
    assert_eq!(rest.len(), 1, "{ran}");
    assert!(rest[0].starts_with("1 file checked: "), "{ran}");
    assert!(!ran.stdout.contains(['\r', '\u{1b}', '\u{1}']), "{ran}");
    assert_eq!(commands.len(), expected.len(), "{ran}");
    for (line, finding) in commands.iter().zip(&expected) {
        let command = read(line).unwrap();
        let level = finding["severity"].as_str().unwrap().replace("info", "notice");
        assert_eq!(command.name, level);
        assert_eq!(command.properties["file"], HOSTILE_PATH);
        assert_eq!(command.properties["line"], finding["labels"][0]["line"].to_string());
        assert!(command.properties["title"].starts_with(finding["rule"].as_str().unwrap()), "{line}");
        let known = ["file", "line", "endLine", "col", "endColumn", "title"];
        assert!(command.properties.keys().all(|name| known.contains(&name.as_str())), "{line}");
        assert!(!command.message.is_empty());
    }
}

#[test]
fn paths_start_where_the_checkout_does() {
    let place = Place::with("repo/deploy/master.yaml", HOSTILE);
    let top = place.path("repo").canonicalize().unwrap();
    let top = top.to_str().unwrap();
    let arguments = ["validate", "--format=github", "repo/deploy/master.yaml"];
    for (name, value, shown) in [
        ("GITHUB_WORKSPACE", top, "file=deploy/master.yaml,"),
        ("CI_PROJECT_DIR", top, "file=deploy/master.yaml,"),
        ("GITHUB_WORKSPACE", "", "file=repo/deploy/master.yaml,"),
        ("GITHUB_WORKSPACE", "elsewhere", "file=repo/deploy/master.yaml,"),
    ] {
        let ran = place.run_with(&arguments, &[(name, value)], b"").exits_with(1);
        assert!(ran.stdout.contains(shown), "{name}={value}\n{ran}");
    }
}

#[test]
fn quiet_runs_print_annotations_alone() {
    let ran = Place::with("a.yaml", HOSTILE).run(&["validate", "-q", "--format=github", "a.yaml"]).exits_with(1);
    assert!(ran.stdout.lines().all(|line| line.starts_with("::")), "{ran}");
}

#[test]
fn what_cannot_be_opened_is_an_annotation_too() {
    let ran = Place::new().run(&["validate", "--format=github", "a,b.yaml"]).exits_with(2);
    assert!(ran.stdout.starts_with("::error file=a%2Cb.yaml,title=cannot be opened::there is no file"), "{ran}");
    assert!(ran.stdout.ends_with(", 1 could not be read\n"), "{ran}");
}

#[test]
fn a_text_without_a_path_has_annotations_without_one() {
    let ran = Place::new().run_with(&["validate", "--format=github", "-"], &[], HOSTILE.as_bytes()).exits_with(1);
    let mut commands = ran.stdout.lines().filter_map(read);
    assert!(commands.all(|command| command.properties.keys().eq(["title"])), "{ran}");
}
