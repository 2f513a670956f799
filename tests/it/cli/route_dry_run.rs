//! `detctl route-dry-run`: what a running master answered, and what a snapshot says.

use crate::support::{Place, Ran, command, root};

fn fixture(name: &str) -> String {
    root().join("fixtures/routes").join(name).display().to_string()
}

fn dry_run(arguments: &[&str]) -> Ran {
    let config = fixture("two-clusters.yaml");
    let mut line = vec!["route-dry-run", &config];
    line.extend(arguments);
    Place::new().run(&line)
}

/// A row of `fixtures/routes/answers.csv`: what a running master answered (live facts §2), what its code answers
/// (facts §4, §5), for every kind of task.
#[derive(Debug, serde::Deserialize)]
struct Row {
    fact: String,
    config: String,
    arguments: String,
    verdict: String,
    why: String,
    pool: String,
    manager: String,
    pods: Option<i64>,
    slots_per_pod: Option<i64>,
    message: String,
}

#[test]
fn the_master_answers_the_same() {
    let mut rows = 0;
    let mut wrong = Vec::new();
    for row in csv::Reader::from_path(fixture("answers.csv")).unwrap().into_deserialize::<Row>() {
        let row = row.unwrap();
        rows += 1;
        let config = fixture(&format!("{}.yaml", row.config));
        let mut line = vec!["route-dry-run", &config, "--format", "json"];
        line.extend(row.arguments.split(' '));
        let ran = Place::new().run(&line).exits_with(i32::from(row.verdict != "ROUTED"));
        let workload = ran.json()["workloads"][0].clone();
        let (route, plan) = (&workload["route"], &workload["podPlan"]);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let messages: Vec<String> = workload["master"]["messages"].as_array().unwrap().iter().map(text).collect();
        let found = [
            text(&workload["verdict"]),
            text(&route["why"]),
            text(&route["pool"]),
            text(&route["resourceManager"]),
            format!("{:?}", (plan["pods"].as_i64(), plan["slotsPerPod"].as_i64())),
            messages.join(" | "),
        ];
        let pods = format!("{:?}", (row.pods, row.slots_per_pod));
        let wanted = [&row.verdict, &row.why, &row.pool, &row.manager, &pods, &row.message].map(Clone::clone);
        if found != wanted {
            wrong.push(format!(
                "{} {} {}\n  found  {found:?}\n  wanted {wanted:?}",
                row.fact, row.config, row.arguments
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows > 140, "{rows} rows");
}

#[test]
fn pods_slots_priority_and_namespace_follow_the_pool() {
    let west = dry_run(&["--pool", "west-pool", "--slots", "24", "--format", "json"]).json();
    let plan = &west["workloads"][0]["podPlan"];
    assert_eq!((&plan["pods"], &plan["slotsPerPod"], &plan["priority"]), (&3.into(), &8.into(), &42.into()));
    assert_eq!(west["workloads"][0]["route"]["namespace"], "default");
    let main = dry_run(&["--pool", "big", "--namespace", "team", "--format", "json"]).json();
    let workload = &main["workloads"][0];
    assert_eq!((&workload["podPlan"]["priority"], &workload["route"]["namespace"]), (&50.into(), &"team".into()));
    assert_eq!(workload["podPlan"]["podSpecs"], serde_json::json!(["pool gpu_pod_spec"]));
}

/// What the master makes of a pod spec (facts §5.4–§5.6): its own containers come last, and of what is written for its
/// main container only some members are kept.
#[test]
fn the_pod_is_what_the_master_makes_of_the_specs() {
    let spec = r#"{"metadata": {"labels": {"mine": "yes"}}, "spec": {
        "initContainers": [{"name": "first", "image": "x"}],
        "containers": [
            {"name": "determined-container", "image": "dropped", "command": ["dropped"],
             "env": [{"name": "KEPT", "value": "1"}],
             "securityContext": {"runAsUser": 5, "runAsGroup": 5, "runAsNonRoot": true},
             "resources": {"claims": [{"name": "dropped"}], "requests": {"memory": "1Gi", "nvidia.com/gpu": "1"},
                           "limits": {"nvidia.com/gpu": "1"}}},
            {"name": "beside", "image": "y"}]}}"#;
    let place = Place::with("pod.json", spec);
    let config = fixture("two-clusters.yaml");
    let line = ["route-dry-run", &config, "--slots", "4", "--workspace", "team", "--pod-spec", "pod.json"];
    let plan = &place.run(&[&line[..], &["--format", "json"]].concat()).exits_with(0).json()["workloads"][0]["podPlan"];
    let pod = &plan["podTemplate"];
    let names = |list: &str| -> Vec<String> {
        let containers = pod["spec"][list].as_array().unwrap();
        containers.iter().map(|container| container["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("containers"), ["beside", "determined-container"]);
    assert_eq!(names("initContainers"), ["first", "determined-init-container"]);
    let expected = serde_json::json!({
        "name": "determined-container",
        "image": "determined",
        "env": [{"name": "KEPT", "value": "1"}],
        "securityContext": {"runAsNonRoot": true},
        "resources": {"requests": {"memory": "1Gi", "nvidia.com/gpu": "4"}, "limits": {"nvidia.com/gpu": "4"}},
    });
    assert_eq!(pod["spec"]["containers"][1], expected);
    let labels = serde_json::json!({
        "mine": "yes",
        "determined": "detctl",
        "determined.ai/task_type": "TRIAL",
        "determined.ai/resource_pool": "default",
        "determined.ai/workspace": "team",
    });
    assert_eq!(pod["metadata"]["labels"], labels);
}

#[test]
fn a_snapshot_tells_what_fits_now() {
    let snapshots = fixture("snapshots");
    let ask = |flags: &[&str]| dry_run(&[flags, &["--snapshot", &snapshots]].concat());
    let shown = ["--pool", "big", "--slots", "16", "--snapshot", "fixtures/routes/snapshots"];
    let line = [&["route-dry-run", "fixtures/routes/two-clusters.yaml"], &shown[..]].concat();
    insta::assert_snapshot!(Ran::new(&command(root()).args(line).output().unwrap()).exits_with(1));
    let verdict = |flags: &[&str]| {
        let document = ask(&[flags, &["--format", "json"]].concat()).json();
        document["workloads"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(&["--pool", "big", "--slots", "8"]), "FITS_NOW");
    assert_eq!(verdict(&["--pool", "big", "--slots", "24"]), "NEVER");
    assert_eq!(verdict(&["--pool", "default", "--slots", "16"]), "FITS_NOW");
    assert_eq!(verdict(&["--pool", "big", "--slots", "8", "--strict"]), "UNKNOWN");
    assert_eq!(verdict(&["--pool", "west-pool"]), "ROUTED");
    ask(&["--pool", "big", "--slots", "16", "--fail-when", "never"]).exits_with(0);
    ask(&["--all-pools", "--slots", "8"]).exits_with(0);
}

/// What the master shows of a pool (facts §5.7, T-21, T-22), and where the scheduler can put the pods.
#[test]
fn the_masters_view_stands_beside_the_schedulers() {
    let nodes = r#"{"kind": "List", "items": [
        {"kind": "Namespace", "metadata": {"name": "default"}}, {"kind": "Namespace", "metadata": {"name": "jobs"}},
        {"kind": "Node", "metadata": {"name": "plain", "labels": {"gpu": "a100"}},
         "status": {"allocatable": {"nvidia.com/gpu": "8", "pods": "110"}}},
        {"kind": "Node", "metadata": {"name": "soft", "labels": {"gpu": "a100"}},
         "spec": {"taints": [{"key": "spare", "effect": "PreferNoSchedule"}]},
         "status": {"allocatable": {"nvidia.com/gpu": "4", "pods": "110"}}},
        {"kind": "Node", "metadata": {"name": "tainted", "labels": {"gpu": "a100"}},
         "spec": {"taints": [{"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}]},
         "status": {"allocatable": {"nvidia.com/gpu": "8", "pods": "110"}}},
        {"kind": "Pod", "metadata": {"name": "p"}, "spec": {"nodeName": "plain", "containers": []}}]}"#;
    let place = Place::with("main.json", nodes).and("west.json", nodes);
    let ask = |pool: &str| {
        let config = fixture("two-clusters.yaml");
        let line = ["route-dry-run", &config, "--pool", pool, "--snapshot", ".", "--format", "json", "--strict"];
        let workload = place.run(&line).exits_with(1).json()["workloads"][0].clone();
        let view = &workload["master"]["view"];
        let master = (view["nodes"].clone(), view["slotsAvailable"].as_i64(), view["numAgents"].as_i64());
        (master, workload["placement"]["matchingNodes"].as_i64(), workload["placement"]["room"]["total"].as_i64())
    };
    // Two pools, so the built-in tolerations are gone; soft taints count for the master alone.
    assert_eq!(ask("default"), ((serde_json::json!(["plain"]), Some(8), Some(2)), Some(2), Some(12)));
    assert_eq!(ask("big"), ((serde_json::json!(["plain"]), Some(8), Some(2)), Some(2), Some(12)));
    // One pool without pod specs: taints of the form `nvidia.com/gpu=present` are tolerated by the master's count alone.
    assert_eq!(ask("west-pool"), ((serde_json::json!(["plain", "tainted"]), Some(16), Some(1)), Some(2), Some(12)));
    let text = place.run(&["route-dry-run", &fixture("two-clusters.yaml"), "--pool", "west-pool", "--snapshot", "."]);
    let words_of = |ran: &Ran| ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in ["only the master counts tainted", "only the scheduler counts soft", "numAgents 1 counts pools with"] {
        assert!(words_of(&text).contains(words), "{words}\n{text}");
    }
}

#[test]
fn requests_are_judged_alone_or_together() {
    let place =
        Place::with("a.yaml", "searcher: {name: single}\nresources: {slots_per_trial: 8, resource_pool: big}\n");
    let (config, snapshots) = (fixture("two-clusters.yaml"), fixture("snapshots"));
    let line = ["route-dry-run", &config, "a.yaml", "a.yaml", "--snapshot", &snapshots, "--format", "json"];
    let verdicts = |ran: Ran| {
        let document = ran.json();
        let workloads = document["workloads"].as_array().unwrap().clone();
        workloads.iter().map(|workload| workload["verdict"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(verdicts(place.run(&line)), ["FITS_NOW", "FITS_NOW"]);
    assert_eq!(verdicts(place.run(&[&line[..], &["--together"]].concat())), ["FITS_NOW", "BUSY"]);
}

#[test]
fn bad_input_is_named_and_nothing_is_printed() {
    let rows: [(&[&str], &str); 6] = [
        (&["--map", "mian=x.json"], "did you mean `main`?"),
        (&["--map", "main"], "--map takes CLUSTER=FILE"),
        (&["--snapshot", "no-such-file.json"], "no-such-file.json"),
        (&["no-such-workload.yaml"], "no-such-workload.yaml"),
        (&["--slots", "-1"], "-1"),
        (&["--priority", "100"], "100"),
    ];
    for (flags, words) in rows {
        let ran = dry_run(flags).exits_with(2);
        assert!(ran.stderr.contains(words), "{flags:?}\n{ran}");
        assert_eq!(ran.stdout, "", "{flags:?}");
    }
    let place = Place::with("w.yaml", "resources:\n  slots: two\n").and("c.yaml", "resource_manager:\n  type: k8s\n");
    let config = fixture("two-clusters.yaml");
    let ran = place.run(&["route-dry-run", &config, "w.yaml"]).exits_with(2);
    assert!(ran.stderr.contains("w.yaml:2:10: `slots` takes a whole number"), "{ran}");
    let ran = place.run(&["route-dry-run", "c.yaml"]).exits_with(2);
    assert!(ran.stderr.contains("the master does not load it") && ran.stderr.contains("unexpected type: k8s"), "{ran}");
}

/// Helm values and devcluster files are routed as the master will have them.
#[test]
fn files_of_other_kinds_are_routed() {
    let route = |name: &str, arguments: &[&str]| {
        let file = fixture(name);
        let mut line = vec!["route-dry-run", &file, "--format", "json"];
        line.extend(arguments);
        Place::new().run(&line)
    };
    let values = route("values.yaml", &["--pool", "west-pool", "--slots", "8"]).exits_with(0).json();
    let asked = &values["workloads"][0];
    assert_eq!((&asked["route"]["cluster"], &asked["podPlan"]["pods"]), (&"west".into(), &2.into()));

    let several = route("devcluster.yaml", &["--slots", "4"]).exits_with(2);
    assert!(several.stderr.contains("choose one with --stage: one, two"), "{several}");
    for (stage, pods) in [("one", 1), ("two", 2)] {
        let asked = route("devcluster.yaml", &["--slots", "4", "--stage", stage]).exits_with(0).json();
        assert_eq!(asked["workloads"][0]["podPlan"]["pods"], pods, "{stage}");
    }
    let unknown = route("devcluster.yaml", &["--stage", "three"]).exits_with(2);
    assert!(unknown.stderr.contains("there is no master stage `three`"), "{unknown}");
}
