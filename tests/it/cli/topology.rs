//! `detctl topology`: what is drawn, for whom, and that names stay names.

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Place, Ran, root};

fn fixture(name: &str) -> String {
    root().join("fixtures/clusters").join(name).join("master.yaml").display().to_string()
}

fn draw(name: &str, arguments: &[&str]) -> Ran {
    let text = std::fs::read_to_string(fixture(name)).unwrap();
    let place = Place::with("master.yaml", text);
    let mut line = vec!["topology", "master.yaml"];
    line.extend(arguments);
    place.run(&line)
}

#[test]
fn trees() {
    insta::assert_snapshot!("topology_usage_scenario", draw("usage-scenario", &[]).exits_with(0).stdout);
    insta::assert_snapshot!("topology_onprem", draw("onprem-gke-eks", &[]).exits_with(0).stdout);
    insta::assert_snapshot!("topology_draft", draw("onprem-gke-eks-draft", &[]).exits_with(1));
    insta::assert_snapshot!("topology_agents", draw("agents-and-gke", &[]).exits_with(0).stdout);
}

#[test]
fn viewers_and_releases_of_the_webui() {
    let user = draw("usage-scenario", &["--viewer", "user"]).exits_with(0).stdout;
    insta::assert_snapshot!("topology_user", user);
    for release in ["0.29.1", "0.34.0", "0.38.1"] {
        let seen = draw("usage-scenario", &["--viewer", "user", "--webui", release]).exits_with(0).stdout;
        insta::assert_snapshot!(format!("topology_webui_{release}"), seen);
    }
}

#[test]
fn charts() {
    insta::assert_snapshot!("topology_mermaid", draw("onprem-gke-eks", &["--format", "mermaid"]).exits_with(0).stdout);
}

/// The usage scenario of the documentation page, for both viewers: all pools for both, names for one.
#[test]
fn the_usage_scenario_of_the_documentation_page() {
    let document = draw("usage-scenario", &["--format", "json"]).exits_with(0).json();
    let seen: Vec<(&str, &str, &str)> = document["managers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|manager| {
            let text = |value: &'static str| manager[value].as_str().unwrap();
            (text("clusterName"), text("locality"), manager["pools"][0]["name"].as_str().unwrap())
        })
        .collect();
    assert_eq!(seen, [("default", "local", "default"), ("additional-rm", "remote", "test")]);

    let user = draw("usage-scenario", &["--format", "json", "--viewer", "user"]).exits_with(0);
    assert!(!user.stdout.contains("additional-rm"), "{}", user.stdout);
    let pools: Vec<Value> =
        user.json()["managers"].as_array().unwrap().iter().map(|manager| manager["pools"][0]["name"].clone()).collect();
    assert_eq!(pools, ["default", "test"]);
}

#[test]
fn every_value_tells_where_it_comes_from() {
    let document = draw("usage-scenario", &["--format", "json"]).exits_with(0).json();
    let name = &document["managers"][0]["settings"]["cluster_name"];
    assert_eq!(
        (&name["value"], &name["origin"], &name["why"]),
        (&"default".into(), &"implied".into(), &"default".into())
    );
    let address = &document["managers"][1]["settings"]["master_address"];
    assert_eq!(address["value"], "http://det.example.com:8080");
    assert_eq!((&address["origin"], &address["at"]["line"]), (&"written".into(), &14.into()));
}

#[test]
fn findings_stand_beside_what_they_concern() {
    let document = draw("onprem-gke-eks-draft", &["--format", "json"]).exits_with(1).json();
    let of_pool = &document["managers"][2]["pools"][0]["findings"][0];
    assert_eq!((&of_pool["rule"], &of_pool["at"]["line"]), (&"duplicate-pool-name".into(), &43.into()));
    let document = draw("documentation-page", &["--format", "json"]).exits_with(1).json();
    let of_manager: Vec<&Value> =
        document["managers"][0]["findings"].as_array().unwrap().iter().map(|finding| &finding["rule"]).collect();
    assert_eq!(of_manager, ["max-slots-per-pod-missing", "deprecated-key", "pools-inside-manager"]);
    assert_eq!(document["findings"][0]["rule"], "additional-managers-misspelt");
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let place = Place::with("a.yaml", "resource_manager: [\n").and("b.yaml", "- a\n");
    for name in ["a.yaml", "b.yaml", "missing.yaml"] {
        let ran = place.run(&["topology", name]).exits_with(2);
        assert!(ran.stdout.is_empty() && ran.stderr.contains(name), "{ran}");
    }
}

fn quoted(name: &str) -> String {
    serde_json::to_string(name).unwrap()
}

/// A configuration in which everything that people name is called the same.
fn named(name: &str) -> String {
    let name = quoted(name);
    format!(
        "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 1\n  cluster_name: {name}\n  default_namespace: {name}\n\
         resource_pools:\n  - pool_name: {name}\n    description: {name}\n"
    )
}

/// Syntax of HTML, terminals, mermaid, Markdown and the template engine.
const AWKWARD: &[&str] = &[
    "<script>alert(1)</script>",
    "\" onload=\"x",
    "'><img src=x onerror=y>",
    "\u{1b}[31mred\u{1b}]8;;x\u{7}",
    "\"]; click m0p0 call x()",
    "`**bold**`",
    "{{csp}} {{{style}}}",
    "</style><script>",
    "a\u{202E}b",
    "#quot;&lt;",
    "%%{init: {}}%%",
    "end",
    "$$x^2$$",
    "fa:fa-car",
    "a\\nb",
    "\r\nx\u{85}y",
];

/// What the forms may look like whatever the names are: the same as with harmless ones, but for the names.
fn is_inert(name: &str) -> Result<(), TestCaseError> {
    let place = Place::with("m.yaml", named(name));
    for format in ["text", "json", "mermaid", "html"] {
        let ran = place.run(&["topology", "m.yaml", "--format", format]);
        prop_assert!(ran.code == Some(0) || ran.code == Some(1) || ran.code == Some(2), "{ran}");
        let text = &ran.stdout;
        let acts =
            |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        prop_assert!(!text.chars().any(acts), "{format}: {text:?}");
        match format {
            "html" if !text.is_empty() => {
                for tag in ["<script", "<img", "onload=\"", "onerror=y>"] {
                    prop_assert!(!text.contains(tag), "{format}: {tag} in {text}");
                }
                prop_assert_eq!(text.matches("<style>").count(), 1);
            }
            "mermaid" if !text.is_empty() => {
                let quotes = |line: &str| line.matches('"').count();
                prop_assert!(text.lines().all(|line| quotes(line) == 0 || quotes(line) == 2), "{text}");
                prop_assert!(!text.contains('`') && !text.contains("%%"), "{text}");
                // Formulas, icons and line breaks, which mermaid looks for behind its numbers.
                prop_assert!(!["#36;#36;", ":fa-", "#92;n"].iter().any(|syntax| text.contains(syntax)), "{text}");
            }
            "json" if !text.is_empty() => {
                // Names as they are, however they are written down.
                let document: Value = serde_json::from_str(text).unwrap();
                // In quotes, these are line breaks of YAML.
                let is_kept = !name.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{feff}']);
                if let Some(pool) = document["managers"][0]["pools"][0]["name"].as_str().filter(|_| is_kept) {
                    prop_assert_eq!(pool, name);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn awkward_names_are_inert() {
    for name in AWKWARD {
        is_inert(name).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_name_is_inert(name in "\\PC{0,12}", at in 0..AWKWARD.len()) {
        is_inert(&format!("{name}{}{name}", AWKWARD[at]))?;
    }
}

/// Values and devcluster files are drawn too, and every place lies in the file that somebody wrote.
#[test]
fn files_of_other_kinds_are_drawn() {
    let file = |name: &str| root().join("fixtures/routes").join(name).display().to_string();
    let values = file("values.yaml");
    let document = Place::new().run(&["topology", &values, "--format", "json"]).exits_with(0).json();
    assert_eq!(document["config"]["kind"], "helm-values");
    let west = &document["managers"][1]["settings"];
    assert_eq!(west["kubeconfig_path"]["value"], "/mount/determined/secrets/0/config");
    assert_eq!(
        (&west["master_address"]["at"]["path"], &west["master_address"]["at"]["line"]),
        (&values.into(), &14.into())
    );

    let devcluster = file("devcluster.yaml");
    let line = ["topology", &devcluster, "--stage", "one", "--env", "CLUSTERS=/c", "--format", "json"];
    let document = Place::new().run(&line).exits_with(0).json();
    let kubeconfig = &document["managers"][0]["settings"]["kubeconfig_path"];
    assert_eq!((&kubeconfig["value"], &kubeconfig["at"]["line"]), (&"/c/main.kubeconfig".into(), &13.into()));
}

/// How much there is of each pool: what the master counts is what `route-dry-run` says it counts, and what fits is what
/// it says fits.
#[test]
fn a_snapshot_tells_how_much_there_is() {
    let config = root().join("fixtures/routes/two-clusters.yaml").display().to_string();
    let snapshots = root().join("fixtures/routes/snapshots").display().to_string();
    let place = Place::new();
    let draw =
        |format: &str| place.run(&["topology", &config, "--snapshot", &snapshots, "--format", format]).exits_with(0);
    let document = draw("json").json();
    for (at, pool) in ["default", "big"].into_iter().enumerate() {
        let capacity = &document["managers"][0]["pools"][at]["capacity"];
        for room in capacity["fitsNow"].as_array().unwrap() {
            let (slots, pods) = (room["slotsPerPod"].as_i64().unwrap(), room["pods"].as_i64().unwrap());
            // So many pods of a distributed experiment fit, and not one more.
            let ask = |pods: i64| {
                let slots = (slots * pods).to_string();
                let line = [
                    "route-dry-run",
                    &config,
                    "--pool",
                    pool,
                    "--slots",
                    &slots,
                    "--snapshot",
                    &snapshots,
                    "--format=json",
                ];
                place.run(&line).json()["workloads"][0].clone()
            };
            if slots == 8 {
                assert_eq!(ask(pods)["verdict"], "FITS_NOW", "{pool} {pods}");
                assert_ne!(ask(pods + 1)["verdict"], "FITS_NOW", "{pool} {pods}");
                let view = &ask(pods)["master"]["view"];
                for key in ["slotsAvailable", "nodeCount", "numAgents"] {
                    assert_eq!(capacity["master"][key], view[key], "{pool} {key} {view}");
                }
            }
        }
    }
    assert!(document["managers"][1]["pools"][0]["capacity"].is_null(), "no snapshot of west");
    let text = draw("text").stdout;
    assert!(
        text.contains(
            "master shows      16 slots on 2 nodes\n     room now          14 pods of 1 slot, or 1 pod of 8 slots\n"
        ),
        "{text}"
    );
    assert!(draw("html").stdout.contains("<dt>Room now</dt><dd>14 pods of 1 slot, or 1 pod of 8 slots</dd>"));
    assert!(draw("mermaid").stdout.contains("16 slots on 2 nodes"));
    let user = place.run(&["topology", &config, "--snapshot", &snapshots, "--viewer", "user"]).exits_with(0).stdout;
    assert!(user.contains("16 slots on 2 nodes") && !user.contains("main.json"), "{user}");
}

/// A cluster that cannot be read is told, and the rest is drawn.
#[test]
fn what_cannot_be_read_is_told() {
    let config = root().join("fixtures/routes/two-clusters.yaml").display().to_string();
    let place = Place::with("broken.json", "{\"items\": [");
    let live = place.run(&["topology", &config, "--live"]).exits_with(2);
    assert!(live.stderr.contains("say how to reach it: --map west=CONTEXT"), "{live}");
    assert!(live.stdout.contains("not read: the configuration names no kubeconfig"), "{live}");
    for (map, words) in [
        ("main=broken.json", "broken.json:1:"),
        ("main=missing.json", "missing.json"),
        ("east=broken.json", "has no Kubernetes cluster `east`"),
        ("main", "--map takes CLUSTER=FILE"),
    ] {
        let ran = place.run(&["topology", &config, "--map", map]).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{map}: {ran}");
    }
}

/// Pools that take nothing are no routes, and badges tell where requests go, not what a manager calls its default.
#[test]
fn routes_are_asked_of_the_core() {
    let draw = |file: &str, format: &str| {
        let config = root().join("fixtures/routes").join(file).display().to_string();
        Place::new().run(&["topology", &config, "--format", format])
    };
    let text = draw("limits.yaml", "text").stdout;
    for line in
        ["pool \"zero\" → refused: runtime error: integer divide by zero\n", "any other pool by its name → that pool"]
    {
        assert!(text.contains(line), "{line}: {text}");
    }
    assert!(draw("limits.yaml", "html").stdout.contains("<td>runtime error: integer divide by zero</td>"));
    let document = draw("panics.yaml", "json").json();
    for row in document["routes"].as_array().unwrap() {
        assert!(row["refusal"].is_string() && row["cluster"].is_null() && row["manager"].is_null(), "{row}");
    }
    assert_eq!(document["managers"][0]["pools"][0]["takesUnnamedRequests"], false);
    let document = draw("remote-default.yaml", "json").json();
    assert_eq!(document["managers"][1]["pools"][0]["takesUnnamedRequests"], true);
    assert!(draw("remote-default.yaml", "mermaid").stdout.contains("--> m1p0\n"));
}

/// Every form says that the master does not load it, for every viewer.
#[test]
fn what_is_not_loaded_is_not_in_effect() {
    for format in ["text", "json", "mermaid", "html"] {
        for viewer in ["admin", "user"] {
            let ran = draw("onprem-gke-eks-draft", &["-q", "--viewer", viewer, "--format", format]).exits_with(1);
            assert!(ran.stdout.contains("duplicate name: a100"), "{format} {viewer}: {ran}");
            assert!(!ran.stdout.contains(">takes it<"), "{ran}");
        }
    }
}

/// Every effective value is there, those that nobody wrote, too, and those that only the text holds.
#[test]
fn the_document_has_the_whole_model() {
    let text = "resource_manager:
  type: kubernetes
  max_slots_per_pod: 4
  determined_master_host: det.example.com:9999
  determined_master_port: 8080
  metadata: {region: west}
resource_pools:
  - pool_name: a
    task_container_defaults: {image: img, work_dir: /x, environment_variables: [A=hunter2]}
    max_aux_containers_per_agent: 7
";
    let place = Place::with("a.yaml", text);
    let ran = place.run(&["topology", "--format=json", "a.yaml"]);
    let document = ran.json();
    let manager = &document["managers"][0]["settings"];
    for key in ["no_default_resource_pools", "default_scheduler", "internal_task_gateway", "determined_master_scheme"] {
        assert!(manager[key].is_object(), "{key}: {ran}");
    }
    assert_eq!(
        (&manager["determined_master_host"]["origin"], &manager["determined_master_host"]["at"]["line"]),
        (&"written".into(), &4.into())
    );
    assert_eq!(manager["metadata"]["at"]["line"], 6);
    // As the master puts it together.
    assert_eq!(manager["master_address"]["value"], "http://det.example.com:9999:8080");
    let pool = &document["managers"][0]["pools"][0]["settings"];
    assert_eq!(pool["max_aux_containers_per_agent"]["value"], 7);
    assert_eq!(pool["task_container_defaults"]["value"]["image"], "img");
    assert!(pool["description"]["origin"] == "implied" && !ran.stdout.contains("hunter2"), "{ran}");
    assert!(manager["slot_resource_requests.cpu"]["origin"] == "implied", "{ran}");
    let user = place.run(&["topology", "--format=json", "--viewer=user", "a.yaml"]);
    assert!(!user.stdout.contains("work_dir"), "{user}");
}
