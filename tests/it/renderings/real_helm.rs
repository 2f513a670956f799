//! A real Helm renders values with the small chart. Runs when `DETCTL_HELM` names the program, as `.ci/run` does.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use detctl::formats::helm_values::Request;
use detctl::model::verdict::{Kind, Verdict};
use detctl::render::{Rendering, verifying};
use serde_json::{Value, json};

use super::{flow, judged, render, request};
use crate::support::{Place, root};
use crate::verdicts::records;

/// The program, or why there is none.
#[allow(clippy::print_stderr, reason = "what is left out is said")]
fn helm() -> Option<PathBuf> {
    let path = std::env::var_os("DETCTL_HELM").map(PathBuf::from);
    if path.is_none() {
        eprintln!("left out: DETCTL_HELM names no helm");
    }
    path
}

/// What it writes for values, or its words.
fn template(helm: &PathBuf, request: &Request, values: &str, given: &[String]) -> Result<String, String> {
    let mut command = Command::new(helm);
    command.args(["template", &request.release]).arg(root().join("tests/helm/chart"));
    command.args(["--namespace", &request.namespace, "--values", "-"]);
    for given in given {
        command.args(["--set", given]);
    }
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("helm starts");
    child.stdin.take().unwrap().write_all(values.as_bytes()).unwrap();
    let ran = child.wait_with_output().unwrap();
    match ran.status.success() {
        true => Ok(String::from_utf8(ran.stdout).unwrap()),
        false => Err(String::from_utf8(ran.stderr).unwrap()),
    }
}

/// The small chart writes byte for byte what the Determined chart of the records wrote, so it stands for it here.
#[test]
fn the_small_chart_prints_as_the_real_one() {
    let Some(helm) = helm() else { return };
    let (mut same, mut wrong) = (0, Vec::new());
    for record in ["hand", "random"].iter().flat_map(|name| records(&crate::charts::fixture(name))) {
        let (Some(text), true) = (record["master_yaml"].as_str(), record["set"].is_null()) else { continue };
        if !record["layers"].is_null() {
            continue;
        }
        let of = |key: &str| record[key].as_str().unwrap();
        let request = request(of("release"), of("namespace"), &[]);
        let got = template(&helm, &request, of("values"), &[]).and_then(|text| verifying::masters_file(&text));
        match got {
            Ok(got) if got == text => same += 1,
            Ok(got) => wrong.push(format!("{}:\n{got}\n---\n{text}", record["id"])),
            Err(words) => wrong.push(format!("{}: {words}", record["id"])),
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), wrong.len() + same, wrong.join("\n"));
    assert!(same > 250, "{same}");
}

/// What comes back from the real program, or what is wrong with it.
fn comes_back(helm: &PathBuf, text: &str, rendering: &Rendering, request: &Request) -> Result<(), String> {
    let manifests = template(helm, request, &rendering.text, &verifying::given(rendering))?;
    let file = verifying::masters_file(&manifests)?;
    super::as_task(text, request, |task| verifying::verify(&task, rendering, &file))
        .map_err(|failure| format!("{failure:?}\n{text}\n{}\n{file}", rendering.text))
}

#[test]
fn every_recorded_configuration_comes_back() {
    let Some(helm) = helm() else { return };
    let request = request("rel", "detns", &[]);
    let texts = ["hand", "generated", "random"].iter().flat_map(|name| records(&crate::verdicts::fixture(name)));
    let texts = texts.chain(records(&crate::charts::fixture("roundtrip")));
    let (mut proven, mut wrong) = (0, Vec::new());
    for record in texts {
        let text = ["yaml", "input", "text", "master_yaml"].iter().find_map(|key| record[*key].as_str()).unwrap();
        if judged(text, Kind::Master, Request::default()).configurations[0].verdict != Verdict::Accepts {
            continue;
        }
        let Ok(rendering) = render(text, &request) else { continue };
        proven += 1;
        if let Err(why) = comes_back(&helm, text, &rendering, &request) {
            wrong.push(format!("{}: {why}", record["id"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {proven}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(proven > 90, "{proven}");
}

/// Awkward texts in all places at once where names stand; where one is refused, the others are tried without it.
#[test]
fn awkward_texts_come_back() {
    let Some(helm) = helm() else { return };
    let request = request("rel", "detns", &[]);
    let mut proven = 0;
    for text in super::awkward::words() {
        let configuration = |text: &str| {
            json!({
                "resource_manager": {"type": "kubernetes", "max_slots_per_pod": 4, "cluster_name": text,
                    "default_aux_resource_pool": text, "default_compute_resource_pool": text},
                "resource_pools": [{"pool_name": text, "description": text}],
                "additional_resource_managers": [{
                    "resource_manager": {"type": "kubernetes", "cluster_name": format!("{text}2"), "max_slots_per_pod": 1,
                        "kubeconfig_path": "/k", "default_namespace": text, "metadata": {"a": text}},
                    "resource_pools": [{"pool_name": format!("{text}2")}],
                }],
            })
        };
        let configuration: Value = configuration(&text);
        let text = flow(&configuration);
        let Ok(rendering) = render(&text, &request) else { continue };
        proven += 1;
        comes_back(&helm, &text, &rendering, &request).unwrap();
    }
    assert!(proven > 50, "{proven}");
}

/// The command itself, with the program in the search path.
#[test]
fn the_command_asks_it() {
    let Some(helm) = helm() else { return };
    let bin = helm.parent().unwrap().to_str().unwrap().to_owned();
    let text = std::fs::read_to_string(root().join("fixtures/clusters/onprem-gke-eks/master.yaml")).unwrap();
    let place = Place::with("master.yaml", text);
    let chart = root().join("tests/helm/chart").display().to_string();
    let arguments = ["render-helm", "--verify-with-helm", &chart, "master.yaml", "-o", "values.yaml"];
    let ran = place.run_with(&arguments, &[("PATH", bin.as_str())], b"").exits_with(0);
    assert!(!ran.stderr.contains("helm"), "{ran}");
    // A chart that prints something else is told from it, and nothing is written.
    std::fs::remove_file(place.path("values.yaml")).unwrap();
    copy_with(
        &place,
        "quotes the cluster",
        "cluster_name: {{ $.Values.resourceManager.clusterName }}",
        "cluster_name: other",
    );
    let arguments = ["render-helm", "--verify-with-helm", "chart", "master.yaml", "-o", "values.yaml"];
    let ran = place.run_with(&arguments, &[("PATH", bin.as_str())], b"").exits_with(1);
    assert!(ran.stderr.contains("comes back as \"other\""), "{ran}");
    assert!(!place.path("values.yaml").exists());
    // One that stops is quoted.
    copy_with(&place, "stops", "cluster_name: other", "{{ fail \"not today\" }}");
    let ran = place.run_with(&arguments, &[("PATH", bin.as_str())], b"").exits_with(1);
    assert!(ran.stderr.contains("not today"), "{ran}");
}

/// The small chart in the place, with one text for another.
fn copy_with(place: &Place, why: &str, from: &str, to: &str) {
    for (name, text) in super::small_chart::files() {
        let path = place.path("chart").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = if path.exists() { std::fs::read_to_string(&path).unwrap() } else { text };
        let changed = text.replace(from, to);
        assert!(!name.starts_with("templates") || changed != text, "{why}");
        std::fs::write(&path, changed).unwrap();
    }
}

/// One scalar of a recorded values file replaced by an awkward one: what is rendered is what the real program renders.
/// `DETCTL_SHIFT=NUMBER` takes other scalars and other words.
#[test]
fn changed_values_are_rendered_as_the_real_one_does() {
    let Some(helm) = helm() else { return };
    let words = super::awkward::words();
    let (mut same, mut failing, mut wrong) = (0, 0, Vec::new());
    let shift = std::env::var("DETCTL_SHIFT").ok().and_then(|shift| shift.parse().ok()).unwrap_or(2);
    for (at, record) in ["hand", "random"].iter().flat_map(|name| records(&crate::charts::fixture(name))).enumerate() {
        let (Some(text), true) = (record["values"].as_str(), record["set"].is_null() && record["layers"].is_null())
        else {
            continue;
        };
        let word = &words[(at * 13 + shift * 101) % words.len()];
        let Some(text) = changed(text, at * 3 + shift, &super::quoted(word)) else { continue };
        let of = |key: &str| record[key].as_str().unwrap();
        let request = request(of("release"), of("namespace"), &[]);
        let theirs = template(&helm, &request, &text, &[]).and_then(|manifests| verifying::masters_file(&manifests));
        let (ours, words) = rendered(&text, request);
        match (ours, theirs) {
            (Some(ours), Ok(theirs)) if ours == theirs => same += 1,
            (None, Err(_)) => failing += 1,
            // Other files of the chart, which the small one lacks, as it lacks a look at the password.
            (None, Ok(_)) if !words.contains("master-config.yaml") || words.contains("calling len") => failing += 1,
            (ours, theirs) => {
                wrong.push(format!("{}:\n{text}\nours: {ours:?} {words}\nreal: {theirs:?}", record["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong, {same} the same, {failing} fail:\n{}", wrong.len(), wrong.join("\n"));
    assert!(same > 150 && failing > 20, "{same} the same, {failing} fail");
}

/// A plain or quoted value at the end of some line, replaced.
fn changed(text: &str, at: usize, by: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let ends =
        |line: &&str| line.split_once(": ").is_some_and(|(_, value)| !value.trim().starts_with(['|', '>', '&', '*']));
    let candidates: Vec<usize> = (0..lines.len()).filter(|at| ends(&lines[*at])).collect();
    let chosen = *candidates.get(at % candidates.len().max(1))?;
    let line = |number: usize| match lines[number].split_once(": ") {
        Some((key, _)) if number == chosen => format!("{key}: {by}\n"),
        _ => format!("{}\n", lines[number]),
    };
    Some((0..lines.len()).map(line).collect())
}

/// What detctl takes for the text of `master.yaml`, or Helm's words.
fn rendered(text: &str, request: Request) -> (Option<String>, String) {
    use detctl::judge::{self, Models, Options};
    let mut sources = detctl::source::SourceMap::new();
    let id = sources.add("values.yaml", text);
    let options = Options { request, models: Models::Kept, ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(Kind::HelmValues), &options).unwrap();
    let configuration = &judgement.configurations[0];
    let words = configuration.messages.join("\n");
    if configuration.verdict == Verdict::HelmFails {
        return (None, words);
    }
    let file = sources.iter().find(|(_, file)| file.name() == "master.yaml").map(|(_, file)| file.text().to_owned());
    (file, words)
}
