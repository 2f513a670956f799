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
    "\r\nx\u{85}y",
];

/// What the forms may look like whatever the names are: the same as with harmless ones, but for the names.
fn is_inert(name: &str) -> Result<(), TestCaseError> {
    let place = Place::with("m.yaml", named(name));
    for format in ["text", "json", "mermaid", "html"] {
        let ran = place.run(&["topology", "m.yaml", "--format", format]);
        prop_assert!(ran.code == Some(0) || ran.code == Some(1) || ran.code == Some(2), "{ran}");
        let text = &ran.stdout;
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{format}: {text:?}");
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
            }
            "json" if !text.is_empty() => {
                prop_assert!(serde_json::from_str::<Value>(text).is_ok());
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
