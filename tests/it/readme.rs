//! What the README shows is what happens: every console block is run in the folder of the package.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::support::{command, root};

/// A command of a block, with the output that the README shows for it.
#[derive(Debug, PartialEq, Eq)]
struct Shown {
    line: usize,
    command: String,
    output: String,
}

/// The commands of all `console` blocks. A block with `no-run` in its info string is left out.
fn commands(markdown: &str) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::new();
    let mut inside = false;
    let mut fenced = false;
    for (number, line) in markdown.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            fenced = !fenced;
            let words: Vec<&str> = info.split([' ', ',']).collect();
            inside = fenced && words.contains(&"console") && !words.contains(&"no-run");
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            shown.push(Shown { line: number + 1, command: command.to_owned(), output: String::new() });
        } else if inside && let Some(last) = shown.last_mut() {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    shown
}

/// Ways to start the program from its sources, which stand for the built program here.
const FROM_SOURCE: &str = "cargo run -q --release --";

/// Commands that are shown and not run: the tests are running already.
const NOT_RUN: &[&str] = &["cargo test"];

/// Runs a line as a shell does, with the built program first in the search path.
fn run(line: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_detctl"));
    let own = program.parent().unwrap().display();
    let system = std::env::var("PATH").unwrap_or_default();
    let output = std::process::Command::new("sh")
        .arg("-c")
        .arg(format!("{{ {}\n}} 2>&1", line.replace(FROM_SOURCE, "detctl")))
        .current_dir(root())
        .env_clear()
        .env("PATH", format!("{own}:{system}"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

#[test]
fn every_command_of_the_readme_prints_what_it_says() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut wrong = Vec::new();
    let mut ran = 0;
    for shown in commands(&readme) {
        if NOT_RUN.contains(&&*shown.command) {
            continue;
        }
        let printed = trimmed(&run(&shown.command));
        if printed != trimmed(&shown.output) {
            wrong.push(format!("README.md:{}: $ {}\n{printed}\n", shown.line, shown.command));
        }
        ran += 1;
    }
    assert!(wrong.is_empty(), "printed instead:\n{}", wrong.join("\n"));
    assert!(ran >= 5, "the README shows only {ran} commands");
}

/// Whoever tries detctl starts with these two.
#[test]
fn the_readme_starts_with_a_finding_about_two_places_and_with_the_tests() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let shown = commands(&readme);
    assert!(
        shown[0].command.starts_with(&format!("{FROM_SOURCE} validate fixtures/clusters/")),
        "{}",
        shown[0].command
    );
    assert_eq!(shown[0].output.matches("╰── ").count(), 2, "{}", shown[0].output);
    assert_eq!(shown[1].command, "cargo test");
    let script = fs::read_to_string(root().join(".ci/run")).unwrap();
    let first = script.lines().find(|line| line.starts_with("tier ")).unwrap();
    assert_eq!(first, format!("tier test {}", shown[1].command), "the first tier of .ci/run");
}

#[test]
fn the_readme_names_every_command() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let help = crate::support::run(&["--help"]).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let lines = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let real: Vec<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `detctl "));
    let mut named: Vec<&str> = rows.filter_map(|row| row.split([' ', '`']).next()).collect();
    // One row for each command of a family.
    named.dedup();
    assert_eq!(named, real);
}

#[test]
fn blocks_are_found_and_run() {
    let markdown =
        "```console\n$ detctl version\ndetctl 1\n```\n```console no-run\n$ detctl x\n```\n```sh\n$ detctl y\n```\n";
    let shown = commands(markdown);
    assert_eq!(shown, [Shown { line: 2, command: "detctl version".to_owned(), output: "detctl 1\n".to_owned() }]);
    let printed = run("detctl version; echo $?");
    assert!(printed.starts_with("detctl ") && printed.ends_with("\n0\n"), "{printed}");
    assert!(command(root()).arg("version").output().unwrap().status.success());
}
