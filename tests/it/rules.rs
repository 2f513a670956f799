//! Every rule on files of its own: what it flags, what it leaves alone, what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use detctl::diagnostic::{Finding, Severity};
use detctl::judge::{self, Options};
use detctl::model::verdict::{Kind, Verdict};
use detctl::release::Release;
use detctl::rules::{self, Rule};
use detctl::source::SourceMap;
use serde_json::Value;

use crate::support::{Place, Ran, command, root};

/// Rules whose findings need more than a small file; the test that is named makes one.
const WITHOUT_FIXTURES: &[(&str, &str)] = &[
    ("file-too-large", "a_file_of_too_many_bytes_is_flagged"),
    ("env-file-line", "a_line_of_an_env_file_that_is_no_assignment_is_flagged"),
    ("kubeconfig-unusable", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("kubeconfig-plugin", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("kubeconfig-files", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("kubeconfig-context", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("kubeconfig-server", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("kubeconfig-expiry", "followed::what_is_wrong_with_a_kubeconfig_is_told_at_its_path"),
    ("cluster-unreachable", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("namespace-not-found", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("master-service-not-found", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("master-not-reached", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("gateway-not-ready", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("pool-without-nodes", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("foreign-jobs", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("kubeconfig-rights", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("kubeconfig-secret", "seen::what_is_seen_of_clusters_is_told_at_its_setting"),
    ("values-set", "arguments_that_do_not_fit_are_flagged"),
    ("values-contradict", "layers_that_contradict_are_flagged"),
];

/// A file of `fixtures/rules/<rule>`.
struct Case {
    rule: String,
    path: PathBuf,
}

impl Case {
    fn name(&self) -> String {
        self.path.file_name().unwrap().to_str().unwrap().to_owned()
    }

    fn is_flagged(&self) -> bool {
        self.name().starts_with("flagged")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(&self.path).unwrap()
    }

    /// The lines that must be flagged: those that end in `# flag`, and those of the `.flags` file.
    fn flags(&self) -> BTreeSet<u64> {
        let text = String::from_utf8_lossy(&self.bytes()).into_owned();
        let marked = text.lines().zip(1u64..).filter(|(line, _)| line.trim_end().ends_with("# flag"));
        let mut lines: BTreeSet<u64> = marked.map(|(_, number)| number).collect();
        if let Ok(numbers) = fs::read_to_string(self.path.with_extension("flags")) {
            lines.extend(numbers.split_whitespace().map(|number| number.parse::<u64>().unwrap()));
        }
        lines
    }

    /// Runs the program on it, with the findings of its rule alone.
    fn run(&self, format: &str) -> Ran {
        let name = format!("{}.yaml", self.rule);
        let version = version(&String::from_utf8_lossy(&self.bytes())).to_string();
        Place::with(&name, self.bytes()).run(&[
            "validate",
            &format!("--kind={}", kind(&self.rule).as_str()),
            "--select",
            &self.rule,
            "--master-version",
            &version,
            "--format",
            format,
            &name,
        ])
    }
}

/// All cases, in order.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for folder in sorted(&root().join("fixtures/rules")) {
        let rule = folder.file_name().unwrap().to_str().unwrap().to_owned();
        for path in sorted(&folder) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let known = ["flagged", "clean", "fixed"].iter().any(|start| name.starts_with(start));
            assert!(known, "{} is neither flagged nor clean", path.display());
            if name.starts_with("fixed") {
                let flagged = path.with_file_name(name.replacen("fixed", "flagged", 1));
                assert!(flagged.is_file(), "{} is alone", path.display());
                continue;
            }
            match path.extension().and_then(|extension| extension.to_str()) {
                Some("yaml") => cases.push(Case { rule: rule.clone(), path }),
                Some("flags") => assert!(path.with_extension("yaml").is_file(), "{} is alone", path.display()),
                _ => panic!("{} is no case", path.display()),
            }
        }
    }
    cases
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // `flagged` before `flagged-more`.
    paths.sort_by_key(|path| path.file_stem().map(std::ffi::OsStr::to_owned));
    paths
}

/// The release that the first line of a text names.
fn version(text: &str) -> Release {
    let named = text.lines().next().and_then(|line| line.strip_prefix("# master-version: "));
    named.map_or_else(Release::default, |version| version.trim().parse().unwrap())
}

#[test]
fn each_rule_flags_what_it_must_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in cases() {
        let document = case.run("json").json();
        let findings = document["findings"].as_array().unwrap();
        let primary = |finding: &Value| finding["labels"].as_array().unwrap()[0]["line"].as_u64().unwrap();
        let flagged: BTreeSet<u64> = findings.iter().map(primary).collect();
        let wanted = case.flags();
        if flagged != wanted {
            wrong.push(format!("{}/{}: flagged {flagged:?}, not {wanted:?}", case.rule, case.name()));
        }
        if case.is_flagged() == wanted.is_empty() {
            wrong.push(format!("{}/{}: has the wrong name for {wanted:?}", case.rule, case.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_both_kinds_of_cases_and_every_folder_a_rule() {
    let mut kinds: BTreeMap<String, BTreeSet<bool>> = BTreeMap::new();
    for case in cases() {
        kinds.entry(case.rule.clone()).or_default().insert(case.is_flagged());
    }
    for (rule, _) in WITHOUT_FIXTURES {
        assert!(kinds.insert((*rule).to_owned(), BTreeSet::from([false, true])).is_none(), "{rule} has cases");
    }
    for rule in rules::all() {
        assert_eq!(kinds.remove(rule.id).map_or(0, |both| both.len()), 2, "fixtures/rules/{}", rule.id);
    }
    assert!(kinds.is_empty(), "no such rules: {kinds:?}");
}

#[test]
fn a_file_of_too_many_bytes_is_flagged() {
    let place = Place::with("large.yaml", "port: 8080\n");
    let file = fs::OpenOptions::new().write(true).open(place.path("large.yaml")).unwrap();
    file.set_len(64 * 1024 * 1024 + 1).unwrap();
    let ran = place.run(&["validate", "--kind=master", "--format=json", "large.yaml"]).exits_with(1);
    let document = ran.json();
    assert_eq!(document["findings"][0]["rule"], "file-too-large");
    assert_eq!(document["files"][0]["configurations"][0]["verdict"], "unknown");
}

#[test]
fn a_line_of_an_env_file_that_is_no_assignment_is_flagged() {
    let place = Place::with("a.yaml", "stages: []\n").and("env", "A=1\n# c\n\nexport B=2\nC\n=3\n");
    let ran = place.run(&["validate", "--env-file=env", "--format=concise", "a.yaml"]).exits_with(1);
    let places: Vec<&str> = ran.stdout.lines().filter_map(|line| line.split(" error[env-file-line]").next()).collect();
    assert_eq!(places, ["env:4:1:", "env:5:1:", "env:6:1:"], "{ran}");
}

/// One message per rule, as people read it; the texts of the verdict are left to other tests.
#[test]
fn each_rule_says_this() {
    let mut seen = BTreeSet::new();
    for case in cases().iter().filter(|case| case.is_flagged()) {
        if !seen.insert(case.rule.clone()) {
            continue;
        }
        let ran = case.run("human");
        let end = ran.stdout.find("\n\n").map_or(ran.stdout.len(), |end| end + 1);
        insta::with_settings!({ snapshot_path => "snapshots/rules", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(case.rule.clone(), &ran.stdout[..end]);
        });
    }
    assert!(seen.len() > 50);
}

#[test]
fn no_message_is_left_of_a_rule_that_is_gone() {
    for path in sorted(&root().join("tests/it/snapshots/rules")) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(rules::find(&name).is_some(), "{} is of no rule", path.display());
    }
}

/// What the cases of a rule are.
fn kind(rule: &str) -> Kind {
    match rule {
        _ if rule.starts_with("values-") => Kind::HelmValues,
        _ if rule.starts_with("devcluster-") => Kind::Devcluster,
        _ => Kind::Master,
    }
}

/// All findings of a text, as the rules give them.
fn findings(text: &str, kind: Kind) -> (Vec<Finding>, Verdict) {
    let mut sources = SourceMap::new();
    let id = sources.add("a.yaml", text);
    let options = Options { release: version(text), ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(kind), &options).unwrap();
    (judgement.findings, judgement.configurations[0].verdict)
}

#[test]
fn the_example_of_a_rule_shows_its_fault_and_its_mend() {
    let mut wrong = Vec::new();
    for rule in rules::all().iter().filter(|rule| rule.check.is_some() || kind(rule.id) == Kind::Devcluster) {
        let (before, _) = findings(rule.before, kind(rule.id));
        if !before.iter().any(|finding| finding.rule == rule.id) {
            wrong.push(format!("{}: `before` is not flagged", rule.id));
        }
        let (after, verdict) = findings(rule.after, kind(rule.id));
        let bad: Vec<&str> =
            after.iter().filter(|f| f.severity == Severity::Error || f.rule == rule.id).map(|f| f.rule).collect();
        if !bad.is_empty() || verdict != Verdict::Accepts {
            wrong.push(format!("{}: `after` is not well: {verdict:?}, {bad:?}", rule.id));
        }
        for (name, text) in [("before", rule.before), ("after", rule.after)] {
            if !text.ends_with('\n') || text.starts_with('\n') {
                wrong.push(format!("{}: `{name}` is no text of whole lines", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_finding_says_comes_from_its_rule_and_tells_the_mend() {
    let own = cases().into_iter().filter_map(|case| {
        let kind = kind(&case.rule);
        String::from_utf8(case.bytes()).ok().map(|text| (text, kind))
    });
    let records = ["hand", "random"].map(|name| crate::verdicts::records(&crate::verdicts::fixture(name)));
    let recorded = records.iter().flatten().map(|record| (record["yaml"].as_str().unwrap().to_owned(), Kind::Master));
    let values = ["hand", "random"].map(|name| crate::verdicts::records(&crate::charts::fixture(name)));
    let values =
        values.iter().flatten().map(|record| (record["values"].as_str().unwrap().to_owned(), Kind::HelmValues));
    let devcluster = crate::verdicts::records(&crate::devcluster::fixture());
    let devcluster = devcluster.iter().map(|record| (record["yaml"].as_str().unwrap().to_owned(), Kind::Devcluster));
    for (text, kind) in own.chain(recorded).chain(values).chain(devcluster) {
        for finding in findings(&text, kind).0 {
            let message = format!("{}: {}\n{text}", finding.rule, finding.message);
            let rule = rules::find(finding.rule).unwrap_or_else(|| panic!("no such rule: {message}"));
            assert_eq!(finding.facts, rule.facts, "{message}");
            assert!(!finding.message.ends_with('.') && !finding.message.contains('\n'), "{message}");
            assert!(finding.help.is_some() || rule.id == "invalid-yaml", "no help: {message}");
            let primaries = finding.labels.iter().filter(|label| label.primary).count();
            assert!(primaries == 1 && finding.labels[0].primary, "{message}");
            let places: BTreeSet<_> = finding.labels.iter().map(|label| label.span).collect();
            assert_eq!(places.len(), finding.labels.len(), "two labels at one place: {message}");
        }
    }
}

/// What comes out when a case is mended by all fixes of its rule.
fn mended(case: &Case, level: &[&str]) -> Option<Vec<u8>> {
    let name = format!("{}.yaml", case.rule);
    let version = version(&String::from_utf8_lossy(&case.bytes())).to_string();
    let place = Place::with(&name, case.bytes());
    let kind = format!("--kind={}", kind(&case.rule).as_str());
    let mend = [&["validate", &kind, "--fix", "--select", &case.rule, "--master-version", &version], level];
    let _ = place.run(&[&mend.concat()[..], &[&name]].concat());
    let once = fs::read(place.path(&name)).unwrap();
    let _ = place.run(&[&mend.concat()[..], &[&name]].concat());
    assert_eq!(fs::read(place.path(&name)).unwrap(), once, "{}/{}: mended twice", case.rule, case.name());
    (once != case.bytes()).then_some(once)
}

#[test]
fn fixes_turn_each_flagged_case_into_its_fixed_one_and_rules_say_that_they_have_some() {
    let mut wrong = Vec::new();
    let mut best: BTreeMap<String, &str> = BTreeMap::new();
    for case in cases() {
        let safe = mended(&case, &[]);
        let all = mended(&case, &["--unsafe-fixes"]);
        let fixed = case.path.with_file_name(case.name().replacen("flagged", "fixed", 1));
        let expected = fs::read(&fixed).ok().filter(|_| case.is_flagged());
        if all != expected {
            let got = all.as_deref().map(String::from_utf8_lossy);
            wrong.push(format!("{}/{} comes out as {got:?}", case.rule, case.name()));
        }
        if safe.is_some() {
            best.insert(case.rule, "safe");
        } else if all.is_some() {
            best.entry(case.rule).or_insert("unsafe");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for rule in rules::all() {
        let said = rule.fix().map(detctl::diagnostic::Applicability::as_str);
        assert_eq!(best.get(rule.id).copied(), said, "{}: the fix of its cases and of `FIXES`", rule.id);
    }
}

/// Pages of the Determined documentation, as of 0.38.1.
const PAGES: &[&str] = &[
    "reference/deploy/helm-config-reference",
    "reference/deploy/master-config-reference",
    "release-notes",
    "setup-cluster/k8s/custom-pod-specs",
    "setup-cluster/k8s/internal-task-gateway",
    "setup-cluster/k8s/setup-multiple-resource-managers",
];

#[test]
fn rules_name_pages_that_exist() {
    for rule in rules::all() {
        let page = rule.docs.split('#').next().unwrap();
        // How much detctl reads, and what it hides, is no matter of the master's documentation, and that says nothing of
        // devcluster.
        let own = ["file-too-large", "env-file-line"].contains(&rule.id)
            || rule.id.starts_with("suppression-")
            || kind(rule.id) == Kind::Devcluster;
        assert!(PAGES.contains(&page) || own, "{}: {page}", rule.id);
    }
}

/// Words that no recorded text brings the master to say, with the reason why they are known.
const NOT_RECORDED: &[(&str, &str)] = &[
    ("yaml: invalid leading UTF-8 octet", "records are UTF-8"),
    ("yaml: document contains excessive aliasing", "facts §1.1; the texts of the records are small"),
    ("json: unknown field \"addtional_resource_manager\"", "C-2, recorded with other names: E-L7"),
    ("invalid device string: \"<text>\"", "§13, E-V18"),
    ("host_path must be an absolute path: expected true, got false", "§13, E-V18"),
    ("container_path must not be \".\": expected true, got false", "§13, E-V18"),
    (
        "failed to get master service: resource name may not be empty",
        "§3.4, said by a running master: live-master-facts §5.1",
    ),
    (
        "error verifying default namespace existence for cluster '<name>': error finding namespace <namespace>: namespaces \"<namespace>\" not found",
        "§3.4, said by a running master: live-master-facts §5.1",
    ),
    (
        "error building kubernetes config: building rest.Config from kubeconfig at <path>: <why>",
        "live-master-facts §5.1, and fixtures/kubeconfig",
    ),
    ("failed to initialize kubernetes clientSet: <why>", "live-master-facts §4, and fixtures/kubeconfig"),
    ("failed to get system pods: <why>", "live-master-facts §4"),
    ("failed to get system pods: Unauthorized", "live-master-facts §5.1"),
    ("getting credentials: exec: executable <name> not found", "live-master-facts §4"),
    (
        "unable to read certificate-authority <path> for <cluster> due to open <path>: no such file or directory",
        "§3.5, and fixtures/kubeconfig",
    ),
    (
        "failed to get system pods: Get \"<server>/api/v1/namespaces/<namespace>/pods?labelSelector=determined-system\": dial tcp <address>: connect: connection refused",
        "live-master-facts §5.1",
    ),
    ("could not deploy without initial password", "§3.4: depends on the database"),
    ("reading kubeconfig at <path>: open <path>: no such file or directory", "live-master-facts §5.1"),
    ("container Command is not configurable: <n> does not equal 0", "§2.7"),
    ("container LivenessProbe is not configurable: expected true, got false", "§2.7"),
    (
        "container ImagePullPolicy is not configurable, set it in the experiment config: <x> doesn't match regex ",
        "§2.7",
    ),
];

/// The master's words for a load that ends, what it logs beside, and devcluster's words, from the recorded verdicts.
fn recorded_words() -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for name in ["hand", "random", "older"] {
        for record in crate::verdicts::records(&crate::verdicts::fixture(name)) {
            let outcomes = std::iter::once(&record).chain(record["alternatives"].as_array().into_iter().flatten());
            for outcome in outcomes {
                words.extend(outcome["error"].as_str().map(str::to_owned));
                let warnings = outcome["warnings"].as_array().into_iter().flatten();
                words.extend(warnings.filter_map(Value::as_str).map(str::to_owned));
            }
        }
    }
    for record in crate::verdicts::records(&crate::devcluster::fixture()) {
        words.extend(record["devcluster"]["error"].as_str().map(str::to_owned));
    }
    for record in ["hand", "random"].iter().flat_map(|name| crate::verdicts::records(&crate::charts::fixture(name))) {
        words.extend(record["helm_error"].as_str().map(str::to_owned));
    }
    words
}

/// Whether the parts of a text between its `<…>` stand in `words` in this order.
fn says(words: &str, template: &str) -> bool {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let template = template.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = &*words;
    for part in template.split('<').enumerate().map(|(at, part)| match (at, part.split_once('>')) {
        (1.., Some((_, after))) => after,
        _ => part,
    }) {
        let Some(at) = rest.find(part.trim()) else {
            return false;
        };
        rest = &rest[at + part.trim().len()..];
    }
    true
}

#[test]
fn the_master_has_said_what_rules_quote() {
    let recorded = recorded_words();
    let mut wrong = Vec::new();
    for rule in rules::all() {
        for quote in rule.master_says {
            let excused = NOT_RECORDED.iter().any(|(text, _)| text == quote);
            let said = recorded.iter().any(|words| says(words, quote));
            if said == excused {
                wrong.push(format!("{}: {quote}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(says("a: 3 is not 4", "a: <x> is not <y>") && !says("a: 3 is 4", "a: <x> is not <y>"));
}

/// The rows of the README's table of rules.
fn table() -> String {
    let row = |rule: &&Rule| {
        let summary = rule.summary.replace('|', "\\|");
        format!("| `{}` | {} | {} | {summary} |\n", rule.id, rule.severity.as_str(), rule.effect.as_str())
    };
    let rows: String = rules::all().iter().map(row).collect();
    format!("| rule | severity | effect | finds |\n| --- | --- | --- | --- |\n{rows}")
}

/// The sentences of the README about fixes.
fn fixes() -> String {
    let of = |wanted: &str| {
        let such = rules::all().iter().filter(|rule| rule.fix().is_some_and(|fix| fix.as_str() == wanted));
        such.map(|rule| format!("`{}`", rule.id)).collect::<Vec<_>>().join(", ")
    };
    let text = format!("`--fix` mends findings of {}; with `--unsafe-fixes` also of {}.", of("safe"), of("unsafe"));
    textwrap::fill(&text, textwrap::Options::new(120).word_splitter(textwrap::WordSplitter::NoHyphenation))
}

#[test]
fn the_readme_tells_which_rules_have_fixes() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&readme).contains(&flat(&fixes())), "the README has to say:\n{}", fixes());
}

#[test]
fn the_readme_lists_the_rules() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table = table();
    assert!(readme.contains(&table), "the table of the README has to be:\n{table}");
    assert!(command(root()).args(["explain", "duplicate-pool-name"]).output().unwrap().status.success());
}
