//! What keeps the house in order: layers, rooms, and lists that cannot drift from what they list.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{root, run};

/// Which top-level modules a top-level module may name. Moving a boundary is a change of this table.
const ALLOWED: &[(&str, &[&str])] = &[
    // 0: words and text.
    ("spelling", &[]),
    ("redaction", &[]),
    ("release", &[]),
    ("shell", &[]),
    ("source", &["spelling"]),
    // 1: what is said of a text; its syntax.
    ("diagnostic", &["source"]),
    ("yaml", &["source"]),
    // 2: what Go programs make of it.
    ("value", &["source", "yaml"]),
    ("decode", &["release", "source", "value"]),
    ("python", &["source", "yaml"]),
    ("emit", &["yaml"]),
    // 3: what Secrets are called.
    ("naming", &["emit"]),
    // 3: meaning.
    ("kubeconfig", &["source", "yaml", "value", "decode"]),
    ("model", &["spelling", "release", "source", "diagnostic", "yaml", "value", "decode"]),
    // 4: files into meaning; what is wrong with it.
    ("formats", &["python", "release", "source", "spelling", "diagnostic", "yaml", "value", "decode", "model"]),
    ("scheduling", &["decode", "model"]),
    ("credentials", &["kubeconfig"]),
    (
        "rules",
        &[
            "release",
            "spelling",
            "source",
            "diagnostic",
            "kubeconfig",
            "yaml",
            "value",
            "decode",
            "model",
            "scheduling",
        ],
    ),
    // 5: one text, all that can be said.
    (
        "judge",
        &["release", "source", "spelling", "diagnostic", "kubeconfig", "yaml", "value", "model", "formats", "rules"],
    ),
    // API servers into meaning.
    ("cluster", &["credentials", "formats", "kubeconfig", "model", "scheduling"]),
    // The same again, mended.
    ("mend", &["source", "diagnostic", "model", "judge"]),
    // Two models side by side.
    ("compare", &["source", "decode", "model", "formats", "scheduling"]),
    // The model as values of the chart.
    (
        "render",
        &["compare", "release", "shell", "source", "yaml", "value", "decode", "emit", "naming", "model", "formats"],
    ),
    // The tables of files, for editors.
    ("schema", &["release", "decode", "formats"]),
    // 6: for people and machines.
    // SARIF tells of each rule what `explain` tells.
    (
        "report",
        &[
            "release",
            "spelling",
            "source",
            "compare",
            "credentials",
            "diagnostic",
            "kubeconfig",
            "model",
            "rules",
            "judge",
            "render",
            "scheduling",
        ],
    ),
    // 7: the shell.
    ("error", &[]),
    ("io", &["error", "redaction", "report"]),
    ("cli", &["commands", "error", "io", "model", "report"]),
    (
        "commands",
        &[
            "cli",
            "cluster",
            "compare",
            "credentials",
            "diagnostic",
            "emit",
            "error",
            "formats",
            "io",
            "judge",
            "kubeconfig",
            "mend",
            "model",
            "naming",
            "redaction",
            "release",
            "render",
            "report",
            "rules",
            "scheduling",
            "schema",
            "shell",
            "source",
            "spelling",
        ],
    ),
    ("lib", &["cli"]),
    ("main", &[]),
];

/// Words that belong to certain rooms only; a room is a path under `src`, or the start of one.
const RESERVED: &[(&str, &[&str])] = &[
    // Files are opened in two rooms, written in one, and made for other programs in one.
    ("std::fs", &["source/load.rs", "source/private.rs", "source/save.rs", "source/stream.rs"]),
    ("tempfile", &["source/private.rs", "source/save.rs"]),
    ("ignore::", &["source/load.rs"]),
    ("similar::", &["report/diff.rs"]),
    ("strsim", &["spelling.rs"]),
    ("miette", &["report/human/"]),
    (
        "textwrap",
        &["report/human/", "report/kubeconfig/", "report/hanging.rs", "report/topology/text.rs", "commands/explain.rs"],
    ),
    ("clap::", &["cli.rs", "commands/"]),
    ("handlebars", &["report/topology/html.rs", "render/layout.rs", "render/verifying.rs"]),
    ("rayon", &["commands/load.rs"]),
    // Kubernetes objects are read with serde, straight from large snapshots; what is written is too.
    (
        "serde",
        &[
            "report/",
            "cluster/",
            "commands/",
            "model/",
            "formats/snapshot/",
            "formats/workload/",
            "scheduling/routing/pod/",
            "decode/literals.rs",
            "credentials/",
            "kubeconfig/jwt.rs",
            "kubeconfig/render.rs",
            "schema/",
            "render/layout.rs",
            "render/verifying.rs",
        ],
    ),
    // Splitting a list is no look at the environment.
    ("std::env", &["io.rs", "main.rs", "kubeconfig/search.rs"]),
    ("terminal_size", &["io.rs"]),
    ("tokio", &["cluster/"]),
    ("tokio_rustls", &["cluster/serving.rs"]),
    ("x509_parser", &["kubeconfig/certificate.rs"]),
    ("secrecy", &["kubeconfig/secret.rs"]),
    ("kube::", &["cluster/"]),
    ("async fn", &["cluster/"]),
    ("println!", &[]),
    ("print!(", &[]),
    ("process::exit", &[]),
    ("SystemTime", &["io.rs"]),
    ("Instant::now", &["cluster/"]),
    // Look-ups only; the lint `iter_over_hash_type` keeps them from being walked.
    ("HashMap", &["model/inventory/builder.rs", "scheduling/placement/"]),
    ("HashSet", &["model/inventory/builder.rs"]),
    ("RandomState", &[]),
];

/// A file of `src` without comments and without its tests.
struct Source {
    path: String,
    lines: Vec<(usize, String)>,
}

impl Source {
    fn module(&self) -> &str {
        self.path.split('/').next().unwrap().trim_end_matches(".rs")
    }
}

fn sources() -> Vec<Source> {
    let src = root().join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    paths.iter().map(|path| read(&src, path)).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn read(src: &Path, path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let lines = text
        .lines()
        .enumerate()
        .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number + 1, line.to_owned()))
        .collect();
    let path = path.strip_prefix(src).unwrap().to_str().unwrap().replace('\\', "/");
    Source { path, lines }
}

/// The top-level modules that a line names: `crate::x`, `crate::{x, y::z}`.
fn named(line: &str) -> Vec<String> {
    let mut names = Vec::new();
    for (at, prefix) in line.match_indices("crate::") {
        let rest = &line[at + prefix.len()..];
        let list = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap_or(list));
        for part in list.unwrap_or(rest).split(',') {
            let name: String = part.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            names.push(name);
            if list.is_none() {
                break;
            }
        }
    }
    names
}

#[test]
fn modules_name_only_what_the_table_allows() {
    let mut wrong = Vec::new();
    for source in sources() {
        let module = source.module();
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == module) else {
            wrong.push(format!("src/{}: `{module}` is not in the table", source.path));
            continue;
        };
        for (number, line) in &source.lines {
            for name in named(line) {
                if name != module && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("src/{}:{number}: `{module}` names `{name}`", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_layer_test_sees_what_it_looks_for() {
    assert_eq!(named("use crate::source::{Span, SourceId};"), ["source"]);
    assert_eq!(named("use crate::{io, error::Error};"), ["io", "error"]);
    assert_eq!(named("    crate::rules::find(id).map(crate::report::x)"), ["rules", "report"]);
    assert!(sources().iter().any(|source| source.path == "report/human/mod.rs"));
}

#[test]
fn the_table_has_no_circle_but_the_shell() {
    let shell = ["cli", "commands"];
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut open: Vec<_> = ALLOWED.iter().filter(|(name, _)| !shell.contains(name) && *name != "lib").collect();
    while !open.is_empty() {
        let before = open.len();
        let ready: Vec<&str> = open
            .iter()
            .filter(|(_, uses)| uses.iter().all(|used| done.contains(used)))
            .map(|(name, _)| *name)
            .collect();
        done.extend(ready);
        open.retain(|(name, _)| !done.contains(name));
        assert!(open.len() < before, "a circle among {open:?}");
    }
}

#[test]
fn reserved_words_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (number, line) in &source.lines {
            for (word, rooms) in RESERVED {
                if line.contains(word) && !rooms.iter().any(|room| source.path.starts_with(room)) {
                    wrong.push(format!("src/{}:{number}: `{word}` belongs to {rooms:?}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Files beyond the bound of 400 lines: data tables, and code that is yet to be divided.
const LONG: &[(&str, usize)] =
    &[("formats/helm_values/chart/master.rs", 450), ("formats/master/schema/pod.rs", 1600), ("model/pod.rs", 470)];

#[test]
fn files_and_names_stay_within_bounds() {
    for source in sources() {
        let count = fs::read_to_string(root().join("src").join(&source.path)).unwrap().lines().count();
        let bound = LONG.iter().find(|(path, _)| *path == source.path).map_or(400, |(_, bound)| *bound);
        assert!(count <= bound, "src/{} has {count} lines", source.path);
        let name = source.path.rsplit('/').next().unwrap();
        assert!(!["utils.rs", "util.rs", "helpers.rs", "misc.rs", "common.rs"].contains(&name), "{name} says nothing");
    }
}

#[test]
fn every_command_has_its_file_and_its_tests() {
    let help = run(&["--help"]).exits_with(0).stdout;
    let list = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let lines = list.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let names: Vec<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
    assert!(names.contains(&"validate"), "{help}");
    for name in names.into_iter().filter(|name| *name != "help") {
        let room = name.replace('-', "_");
        for folder in ["src/commands", "tests/it/cli"] {
            let folder = root().join(folder);
            let found = folder.join(format!("{room}.rs")).is_file() || folder.join(&room).join("mod.rs").is_file();
            assert!(found, "{room} is missing in {}", folder.display());
        }
    }
}

#[test]
fn every_test_file_takes_part() {
    for (folder, list) in [("tests/it", "main.rs"), ("tests/it/cli", "mod.rs")] {
        let folder = root().join(folder);
        let declared = fs::read_to_string(folder.join(list)).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let is_module = path.extension().is_some_and(|e| e == "rs") || path.join("mod.rs").is_file();
            if is_module && !["main", "mod"].contains(&name.as_str()) {
                assert!(declared.contains(&format!("mod {name};")), "{} is in no `mod`", path.display());
            }
        }
    }
}

#[test]
fn rules_are_listed_once_documented_and_have_their_own_file() {
    let rules = detctl::rules::all();
    let ids: BTreeSet<&str> = rules.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), rules.len(), "a rule is listed twice");
    for rule in rules {
        let id = rule.id;
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
        assert!(!rule.summary.is_empty() && !rule.summary.ends_with('.'), "{id}: a summary has no final stop");
        assert!(!rule.why.is_empty(), "{id}: why?");
        assert_eq!(detctl::rules::find(id).map(|found| found.id), Some(id));
    }
}

#[test]
fn a_file_or_folder_of_rules_holds_the_one_rule_of_its_name() {
    // What several rules share.
    let shared = [
        "mod",
        "context",
        "decoding",
        "devcluster",
        "followed",
        "list",
        "mending",
        "misspelt-secrets",
        "one-cluster",
        "places",
        "seen",
        "suppression",
    ];
    let mut homes: BTreeMap<String, usize> = BTreeMap::new();
    for source in sources() {
        let Some(path) = source.path.strip_prefix("rules/") else {
            continue;
        };
        let home = path.split('/').next().unwrap().trim_end_matches(".rs").replace('_', "-");
        let is_definition = |line: &str| line.contains("static") && line.contains(": Rule =");
        let count = source.lines.iter().filter(|(_, line)| is_definition(line)).count();
        *homes.entry(home).or_default() += count;
    }
    for (home, count) in &homes {
        let is_shared = shared.contains(&home.as_str());
        assert_eq!(*count, usize::from(!is_shared), "src/rules/{home}");
        assert!(is_shared || detctl::rules::find(home).is_some(), "src/rules/{home} is listed nowhere");
    }
    assert_eq!(homes.len(), detctl::rules::all().len() + shared.len());
}

#[test]
fn the_top_level_holds_what_it_may_hold() {
    let may = [
        "Cargo.toml",
        "Cargo.lock",
        "LICENSE",
        "README.md",
        "src",
        "templates",
        "fixtures",
        "tests",
        "completions",
        "target",
    ];
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name.starts_with('.') || may.contains(&name.as_str()), "{name} does not belong here");
    }
}
