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

/// Live facts §2 and the routing table of facts §4: request, verdict, why, resource manager, message.
#[test]
fn a_running_master_answered_the_same() {
    const MULTIPLE: &str = "invalid resource configuration: validating resources: invalid resource request: slots (12) \
                            must be < or a multiple of max_slots_per_pod (8)";
    const SINGLE: &str = "failed to prepare launch params: validating resources: invalid resource request: slots (9) \
                          must be < max_slots_per_pod (8) on single pod";
    let rows: [(&[&str], &str, &str, &str, &str); 13] = [
        (
            &["--task", "command", "--pool", "nope"],
            "UNROUTABLE",
            "undefined-pool",
            "main",
            "failed to prepare launch params: could not find resource pool nope",
        ),
        (
            &["--task", "command", "--pool", "West-Pool"],
            "UNROUTABLE",
            "undefined-pool",
            "main",
            "failed to prepare launch params: could not find resource pool West-Pool",
        ),
        (
            &["--pool", "nope", "--slots", "0"],
            "UNROUTABLE",
            "undefined-pool",
            "main",
            "invalid resource configuration: rpc error: code = InvalidArgument desc = could not find resource pool nope",
        ),
        (&["--task", "command", "--slots", "9"], "REJECTED", "compute-default", "main", SINGLE),
        (&["--slots", "12"], "REJECTED", "compute-default", "main", MULTIPLE),
        (&["--slots", "24"], "ROUTED", "compute-default", "main", ""),
        (&["--slots", "64", "--pool", "west-pool"], "ROUTED", "named", "west", ""),
        (&["--task", "command", "--slots", "0"], "ROUTED", "aux-default", "main", ""),
        (&["--task", "tensorboard", "--slots", "4"], "ROUTED", "aux-default", "main", ""),
        (&["--task", "checkpoint-gc", "--pool", "west-pool"], "ROUTED", "aux-default", "main", ""),
        (&["--task", "notebook", "--pool", "west-pool"], "ROUTED", "named", "west", ""),
        (&["--workspace-default-pool", "big"], "ROUTED", "workspace-default", "main", ""),
        (
            &["--workspace-default-pool", "west-pool", "--task", "shell"],
            "UNROUTABLE",
            "workspace-default",
            "main",
            "failed to prepare launch params: resource pool west-pool does not exist or is not available to workspace ID <id>",
        ),
    ];
    for (flags, verdict, why, manager, message) in rows {
        let ran = dry_run(&[flags, &["--format", "json"]].concat());
        let expected = i32::from(verdict != "ROUTED");
        let document = ran.exits_with(expected).json();
        let workload = &document["workloads"][0];
        assert_eq!(workload["verdict"], verdict, "{flags:?}");
        assert_eq!(workload["route"]["why"], why, "{flags:?}");
        assert_eq!(workload["route"]["resourceManager"], manager, "{flags:?}");
        assert_eq!(workload["master"]["messages"][0].as_str().unwrap_or(""), message, "{flags:?}");
    }
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
