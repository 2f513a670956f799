//! `--fix`, `--diff` and suppressions: what they change, and what they never do.

use std::fs;

use detctl::diagnostic::Applicability;
use detctl::judge::{self, Judgement, Options};
use detctl::mend::{Mended, Task};
use detctl::model::verdict::{Kind, Verdict};
use detctl::source::{SourceId, SourceMap};
use detctl::yaml::parse::{Limits, parse};
use proptest::prelude::*;

use crate::support::{Place, root};
use crate::yaml::mutations::texts;

const FAULTY: &str = "\
# The cluster in the cellar.
resource_manager:
  type: kubernetes # as always
  max_slots_per_pods: 8
  master_service_name: determined-master
  resource_pools: # the only one
    - pool_name: on
";

const MENDED: &str = "\
# The cluster in the cellar.
resource_manager:
  type: kubernetes # as always
  max_slots_per_pod: 8
  master_service_name: determined-master
resource_pools: # the only one
  - pool_name: \"on\"
";

fn read(place: &Place, name: &str) -> String {
    fs::read_to_string(place.path(name)).unwrap()
}

#[test]
fn files_are_mended_and_what_is_left_is_reported() {
    let place = Place::with("master.yaml", FAULTY);
    let ran = place.run(&["validate", "--fix", "--format=json", "master.yaml"]).exits_with(0);
    assert_eq!(read(&place, "master.yaml"), MENDED, "{ran}");
    let document = ran.json();
    assert_eq!(document["summary"]["fixed"], 3, "{ran}");
    assert_eq!(document["files"][0]["configurations"][0]["verdict"], "accepts", "{ran}");
    insta::assert_snapshot!(place.run(&["validate", "--fix", "master.yaml"]).exits_with(0));
}

#[test]
fn the_summary_tells_what_could_be_fixed() {
    let text = FAULTY.replace("pool_name: on", "pool_name: on\n      descriptoin: a");
    let ran = Place::with("master.yaml", text).run(&["validate", "master.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("\n2 fixable with --fix\n"), "what stands in a misplaced block is found later: {ran}");
    let ran = Place::with("master.yaml", MENDED.replace("  - pool", "  - descriptoin: a\n    pool"))
        .run(&["validate", "master.yaml"]);
    assert!(ran.stdout.contains("\n1 fixable with --fix --unsafe-fixes\n"), "{ran}");
}

#[test]
fn standard_input_is_printed_mended_or_as_it_was() {
    let place = Place::new();
    let ran = place.run_with(&["validate", "--fix", "--format=concise", "-"], &[], FAULTY.as_bytes()).exits_with(0);
    assert_eq!(ran.stdout, MENDED);
    assert!(ran.stderr.starts_with("<stdin>:2:1: warning[default-pool-missing] "), "the report goes aside: {ran}");
    for (text, code) in [(MENDED, 0), ("a: [", 1), ("kind: List\n", 0), ("resource_manager: {type: [}\n", 1)] {
        let ran = place.run_with(&["validate", "--fix", "-q", "--format=concise", "-"], &[], text.as_bytes());
        assert_eq!((ran.stdout.as_str(), ran.code), (text, Some(code)), "{ran}");
    }
    let utf16: Vec<u8> = "\u{feff}ü: 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = crate::support::command(&place.path(""))
        .args(["validate", "--kind=master", "--fix"])
        .arg("-")
        .stdin({
            fs::write(place.path("in"), &utf16).unwrap();
            fs::File::open(place.path("in")).unwrap()
        })
        .output()
        .unwrap();
    assert_eq!(output.stdout, utf16);
}

#[test]
fn a_diff_is_printed_and_nothing_is_written() {
    let place = Place::with("master.yaml", FAULTY);
    insta::assert_snapshot!(place.run(&["validate", "--diff", "--fix", "master.yaml"]).exits_with(1));
    assert_eq!(read(&place, "master.yaml"), FAULTY);
    let ran = Place::with("master.yaml", MENDED).run(&["validate", "--diff", "master.yaml"]).exits_with(0);
    assert_eq!(ran.stdout, "");
    place.run(&["validate", "--diff", "nothing.yaml"]).exits_with(2);
    let ran = place.run(&["validate", "--unsafe-fixes", "master.yaml"]).exits_with(2);
    assert!(ran.stderr.contains("--fix"), "{ran}");
}

#[test]
fn a_diff_covers_secrets_and_keeps_line_ends() {
    let text = "db:\r\n  password: 12345678\r\n  hots: \"\u{202e}m\"\r\n";
    let place = Place::with("master.yaml", text);
    let ran = place.run(&["validate", "--kind=master", "--diff", "--unsafe-fixes", "master.yaml"]).exits_with(1);
    assert!(!ran.stdout.contains("12345678"), "{ran}");
    assert!(!ran.stdout.contains('\u{202e}'), "{ran}");
    assert!(ran.stdout.contains("   password: ••••••••\r\n-  hots: "), "{ran}");
}

#[test]
fn only_selected_rules_are_mended() {
    let place = Place::with("master.yaml", FAULTY);
    let _ = place.run(&["validate", "--fix", "--select=unknown-key", "master.yaml"]);
    assert_eq!(read(&place, "master.yaml"), FAULTY.replace("per_pods", "per_pod"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let place = Place::with("deep/real.yaml", FAULTY);
    fs::set_permissions(place.path("deep/real.yaml"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("deep/real.yaml", place.path("link.yaml")).unwrap();
    place.run(&["validate", "--fix", "link.yaml", "deep/real.yaml"]).exits_with(0);
    assert!(fs::symlink_metadata(place.path("link.yaml")).unwrap().is_symlink());
    assert_eq!(read(&place, "deep/real.yaml"), MENDED);
    assert_eq!(fs::metadata(place.path("deep/real.yaml")).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(place.path("deep")).unwrap().count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_protected_file_stays_and_the_others_are_written() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with("a.yaml", FAULTY).and("b.yaml", FAULTY);
    fs::set_permissions(place.path("a.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let ran = place.run(&["validate", "--fix", "--format=concise", "a.yaml", "b.yaml"]).exits_with(3);
    assert!(ran.stderr.starts_with("error: cannot write `a.yaml`: permission denied\n"), "{ran}");
    assert!(ran.stdout.contains("a.yaml:4:3: "), "what stays is still reported: {ran}");
    assert_eq!((read(&place, "a.yaml"), read(&place, "b.yaml")), (FAULTY.to_owned(), MENDED.to_owned()));
    place.run(&["validate", "--fix", "a.yaml"]).exits_with(2);
}

#[test]
fn suppressed_findings_are_counted_and_the_verdict_stays() {
    let text = FAULTY.replace("8\n", "8 # detctl: ignore[unknown-key] later\n");
    let place = Place::with("master.yaml", &text);
    let ran = place.run(&["validate", "--format=json", "master.yaml"]).exits_with(1);
    let document = ran.json();
    assert_eq!(document["files"][0]["configurations"][0]["verdict"], "refuses", "{ran}");
    assert_eq!(document["summary"]["suppressed"], 1, "{ran}");
    let rules: Vec<_> = document["findings"].as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(rules, ["max-slots-per-pod-missing", "pools-inside-manager"], "{ran}");
    let _ = place.run(&["validate", "--fix", "master.yaml"]);
    assert!(read(&place, "master.yaml").contains("max_slots_per_pods: 8 # detctl"), "what is suppressed is not mended");
}

#[test]
fn a_suppression_before_everything_concerns_the_whole_file() {
    let text = format!("# detctl: ignore[pools-inside-manager,unknown-key] a draft\n{FAULTY}");
    let ran = Place::with("master.yaml", &text).run(&["validate", "master.yaml"]).exits_with(1);
    assert!(ran.stdout.contains(" (2 suppressed)\n"), "{ran}");
}

/// A file that cannot be read says nothing about its suppressions; devcluster's are found as devcluster reads.
#[test]
fn suppressions_of_what_was_not_looked_at_are_not_unused() {
    let zero = "max_slots_per_pod: 0 # detctl: ignore[slots-per-pod-unusable] wanted\n";
    let master = format!("resource_manager:\n  type: kubernetes\n  {zero}a: [\n");
    let stage = "stages:\n- master:\n    config_file:\n      resource_manager:\n        type: kubernetes\n        ";
    // Python reads this escape, Go does not.
    let devcluster = format!("a: \"\\N\\L\\P\\_\\/\"\n{stage}{zero}");
    let broken = format!("{stage}{zero}a: \"\\ude\"\n");
    for (name, text, rule, times) in [
        ("master.yaml", &master, "suppression-unused", 0),
        ("devcluster.yaml", &broken, "suppression-unused", 0),
        ("devcluster.yaml", &devcluster, "slots-per-pod-unusable", 0),
    ] {
        let ran = Place::with(name, text).run(&["validate", "--format=concise", name]);
        assert_eq!(ran.stdout.matches(rule).count(), times, "{text}\n{ran}");
    }
    let plain = master.replace("a: [\n", "").replace("pod: 0", "pod: 8");
    let ran = Place::with("master.yaml", plain).run(&["validate", "--format=concise", "master.yaml"]);
    assert_eq!(ran.stdout.matches("suppression-unused").count(), 1, "{ran}");
}

fn judged(text: &str) -> Judgement {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", text);
    judge::judge(&mut sources, id, Some(Kind::Master), &Options::default()).unwrap()
}

fn mend(text: &str, level: Applicability) -> Mended {
    let again = |text: &str| Some(judged(text));
    let task = Task { target: SourceId::default(), level, wants: &|_| true, judge: &again };
    task.mend(text, judged(text))
}

fn comments(text: &str) -> Vec<String> {
    let mut sources = SourceMap::new();
    let id = sources.add("a", text);
    let parsed = parse(id, text, Limits::default());
    let mut all: Vec<String> = parsed.tree.comments().iter().map(|c| sources.slice(c.span).to_owned()).collect();
    all.sort();
    all
}

fn badness(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Accepts => 0,
        Verdict::Crashes => 2,
        Verdict::Unknown => 3,
        _ => 1,
    }
}

/// What has to hold of any text, mended; returns whether something was.
fn holds(text: &str) -> bool {
    let mut changed = false;
    for level in [Applicability::Safe, Applicability::Unsafe] {
        let mended = mend(text, level);
        let (before, after) = (judged(text), judged(&mended.text));
        let verdicts = (before.configurations[0].verdict, after.configurations[0].verdict);
        assert!(badness(verdicts.1) <= badness(verdicts.0), "{verdicts:?}\n{text}\n=>\n{}", mended.text);
        assert_eq!(mended.text == text, mended.done.is_empty(), "{text}");
        if level == Applicability::Safe {
            assert_eq!(comments(text), comments(&mended.text), "{text}\n=>\n{}", mended.text);
        }
        let again = mend(&mended.text, level);
        assert!(again.done.is_empty(), "mended twice: {:?}\n{}\n=>\n{}", again.done, mended.text, again.text);
        changed |= !mended.done.is_empty();
    }
    changed
}

#[test]
fn mutated_records_come_out_no_worse_with_all_their_comments() {
    let changed = texts().iter().filter(|text| holds(text)).count();
    assert!(changed > 20, "{changed}");
}

#[test]
fn records_and_fixtures_come_out_no_worse_with_all_their_comments() {
    let records = ["hand", "random"].map(|name| crate::verdicts::records(&crate::verdicts::fixture(name)));
    let mut changed = 0;
    for record in records.iter().flatten() {
        changed += usize::from(holds(record["yaml"].as_str().unwrap()));
    }
    assert!(changed > 30, "{changed}");
    for folder in fs::read_dir(root().join("fixtures/clusters")).unwrap() {
        for entry in fs::read_dir(folder.unwrap().path()).unwrap() {
            if let Ok(text) = fs::read_to_string(entry.unwrap().path()) {
                holds(&text);
            }
        }
    }
}

/// Edits, and the text that they make: bytes outside the edits stay.
#[test]
fn each_fix_changes_its_bytes_and_no_others() {
    let records = ["hand", "random"].map(|name| crate::verdicts::records(&crate::verdicts::fixture(name)));
    for text in records.iter().flatten().map(|record| record["yaml"].as_str().unwrap()) {
        for fix in judged(text).findings.iter().filter_map(|finding| finding.fix.as_ref()) {
            let mut at = 0;
            for edit in &fix.edits {
                assert!(at <= edit.span.start, "the edits of a fix are in order and apart: {fix:?}\n{text}");
                assert_ne!(&text[edit.span.start as usize..edit.span.end as usize], edit.replacement, "{fix:?}");
                at = edit.span.end;
            }
        }
    }
}

/// A block of a file as people write it: keys that may be misspelt, values in all styles, comments, blank lines.
fn line() -> impl Strategy<Value = String> {
    let key =
        prop::sample::select(vec!["cluster_name", "clustername", "max_slots_per_pods", "resource_pools", "namespace"]);
    let value = prop::sample::select(vec![
        "on",
        "'8'",
        "8",
        "\"x\"",
        "|+\n      a\n\n",
        "{a: b}",
        "&a on",
        "*a",
        "",
        "\n    - pool_name: no # c",
    ]);
    let end = prop::sample::select(vec!["\n", " # c\n", "\r\n", "\n\n  # above\n", "\n# edge\n", "\n    # deep\n"]);
    (key, value, end).prop_map(|(key, value, end)| format!("  {key}: {value}{end}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn drafts_come_out_no_worse_with_all_their_comments(lines in prop::collection::vec(line(), 1..6)) {
        holds(&format!("resource_manager:\n  type: kubernetes\n{}", lines.concat()));
    }
}
