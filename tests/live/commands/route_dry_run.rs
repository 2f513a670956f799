//! `detctl route-dry-run --live`.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::failing::FailingServer;
use crate::failing::faults::{self, Fault};
use crate::failing::http::Request;
use crate::failing::scripted::Scripted;
use crate::program::{Folder, Ran, contexts, two_clusters};

/// The second knows where the master is.
const ADDRESS: &str = "      determined_master_host: det.example.org
      determined_master_port: 8080
";

/// A cluster whose nodes all have this many GPUs taken.
fn cluster(version: &str, identity: &str, nodes: usize, taken: u32) -> Scripted {
    let amounts = json!({"nvidia.com/gpu": taken.to_string()});
    let pod = |at: usize| {
        json!({"metadata": {"name": format!("p-{at}"), "namespace": "other"},
            "spec": {"nodeName": format!("node-{at}"), "containers": [{"name": "c",
                "resources": {"requests": amounts, "limits": amounts}}]},
            "status": {"phase": "Running"}})
    };
    Scripted::new(nodes).saying(version).identified(identity).with("PodList", (0..nodes).map(pod))
}

fn healthy(cluster: Scripted) -> FailingServer {
    FailingServer::scripted(cluster, Fault::CloseAtOnce, |_| None)
}

fn folder(main: &FailingServer, west: &FailingServer) -> Folder {
    let workload =
        |pool: &str| format!("searcher: {{name: single}}\nresources: {{slots_per_trial: 8, resource_pool: {pool}}}\n");
    Folder::new()
        .with("master.yaml", &two_clusters(ADDRESS))
        .with("both", &contexts(&[("east", main), ("gpu-west", west)]))
        .with("a.yaml", &workload("default"))
        .with("b.yaml", &workload("west-pool"))
}

fn ask(folder: &Folder, more: &[&str]) -> Ran {
    let start = ["route-dry-run", "master.yaml", "--live", "--kubeconfig=both", "--format=json"];
    let maps = ["--map=main=east", "--map=west=gpu-west"];
    let line: Vec<&str> = start.iter().chain(&maps).chain(more).copied().collect();
    folder.run(&line)
}

pub(crate) fn two_clusters_are_as_good_as_their_snapshots() {
    let (main, west) = (cluster("v1.33.13", "one", 2, 4), cluster("v1.37.2", "two", 3, 0));
    let snapshots = [main.snapshot().to_string(), west.snapshot().to_string()];
    let (main, west) = (healthy(main), healthy(west));
    let folder = folder(&main, &west).with("main.json", &snapshots[0]).with("west.json", &snapshots[1]);
    for (slots, pool, code, verdict) in
        [("8", "west-pool", 0, "FITS_NOW"), ("16", "default", 1, "BUSY"), ("24", "default", 1, "NEVER")]
    {
        let request = [format!("--pool={pool}"), format!("--slots={slots}")];
        let request: Vec<&str> = request.iter().map(String::as_str).collect();
        let live = ask(&folder, &request).exits_with(code);
        assert_eq!(live.stderr, "");
        let live = live.json();
        assert_eq!(live["workloads"][0]["verdict"], verdict, "{live:#}");
        let versions: Vec<&Value> =
            ["serverVersion", "schedulerVersion"].iter().map(|it| &live["clusters"][0][it]).collect();
        assert_eq!(versions, ["v1.33.13", "1.33"]);
        let version = if pool == "default" { "--scheduler-version=1.33" } else { "--scheduler-version=1.37" };
        let line =
            ["route-dry-run", "master.yaml", "--map=main=main.json", "--map=west=west.json", "--format=json", version];
        let line: Vec<&str> = line.iter().chain(&request).copied().collect();
        let snapshot = folder.run(&line).exits_with(code).json();
        let told = |document: &Value| -> Vec<Value> {
            let workload = &document["workloads"][0];
            let of_all = ["verdict", "summary", "route", "podPlan"].map(|member| workload[member].clone());
            let of_placement = ["placed", "of", "created", "nodes", "reasons", "schedulerMessage"]
                .map(|member| workload["placement"][member].clone());
            of_all.into_iter().chain(of_placement).collect()
        };
        assert_eq!(told(&live), told(&snapshot));
    }
}

/// What was saved of clusters, healthy, dead and closed, answers byte by byte as they did.
pub(crate) fn what_was_saved_says_the_same() {
    let west = healthy(cluster("v1.37.2", "two", 3, 0));
    for fault in [None, Some(Fault::Forbidden), Some(Fault::CloseAtOnce)] {
        let main = cluster("v1.33.13", "one", 2, 4);
        let main = FailingServer::scripted(main, fault.unwrap_or(Fault::CloseAtOnce), move |_| fault);
        let folder = folder(&main, &west);
        for (saved, format, request) in [
            ("one", "--format=human", &["--pool=default", "--slots=8"][..]),
            ("two", "--format=json", &["--pool=default", "--slots=16"]),
            ("three", "--format=json", &["a.yaml", "b.yaml"]),
        ] {
            let start = ["route-dry-run", "master.yaml", "--kubeconfig=both", "--timeout=3", format];
            let save = format!("--save-snapshot={saved}");
            let live = ["--live", "--map=main=east", "--map=west=gpu-west", &save];
            let line =
                |more: &[&'static str]| -> Vec<&str> { start.iter().chain(request).chain(more).copied().collect() };
            let first = folder.run(&[&line(&[])[..], &live].concat());
            let snapshot = format!("--snapshot={saved}");
            let second = folder.run(&[&line(&[])[..], &[&snapshot]].concat());
            assert_eq!((&first.stdout, &first.stderr, first.code), (&second.stdout, &second.stderr, second.code));
            assert_eq!(std::fs::read_dir(folder.path(saved)).unwrap().count(), 2, "a file for each cluster");
        }
        // Other requests than the one that was asked when it was saved.
        let other = folder.run(&["route-dry-run", "master.yaml", "--pool=west-pool", "--slots=24", "--snapshot=one"]);
        assert_eq!(other.code, Some(0), "{other:#?}");
    }
    let folder = folder(&west, &west);
    let idle = folder.run(&["route-dry-run", "master.yaml", "--save-snapshot=x"]).exits_with(2);
    assert!(idle.stderr.contains("there is no --live"), "{idle:#?}");
}

/// All pods in one answer of the cache, or page by page after all where the server cannot: the answer is the same.
pub(crate) fn at_once_says_the_same() {
    let main = || cluster("v1.37.2", "one", 3, 4);
    let west = healthy(cluster("v1.37.2", "two", 3, 0));
    let request = ["--pool=default", "--slots=8"];
    let expected = ask(&folder(&healthy(main()), &west), &request).exits_with(1);
    let is_whole = |request: &Request| request.parameter("resourceVersion") == Some("0");
    let faults = [
        None,
        Some(Fault::CutBody),
        Some(Fault::CloseAtOnce),
        Some(Fault::TooLargeResourceVersion),
        Some(Fault::Html),
        Some(Fault::WrongJson),
        Some(Fault::Internal),
        Some(Fault::PlainText),
        Some(Fault::OtherKind),
        // A page that names another one.
        Some(Fault::CutSecondPage),
    ];
    for fault in faults {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let server = FailingServer::scripted(main(), Fault::CloseAtOnce, move |request| {
            let whole = is_whole(request);
            count.fetch_add(usize::from(whole), Ordering::Relaxed);
            fault.filter(|_| whole)
        });
        let ran = ask(&folder(&server, &west), &[&request[..], &["--fast", "--timeout=5"]].concat());
        assert_eq!((ran.code, &*ran.stderr), (Some(1), ""), "{fault:?}");
        assert_eq!(ran.stdout, expected.stdout, "{fault:?}");
        assert_eq!(asked.load(Ordering::Relaxed), 1, "{fault:?}");
    }
}

pub(crate) fn a_dead_cluster_hides_nothing_else() {
    let west = healthy(cluster("v1.37.2", "two", 3, 0));
    let check = |fault: Fault| -> Result<(), String> {
        let main = FailingServer::scripted(cluster("v1.37.2", "one", 3, 0), fault, move |_| Some(fault));
        let folder = folder(&main, &west);
        let wrong = |what: &str, ran: &Ran| Err(format!("{fault:?}: {what}: {ran:#?}"));
        let elsewhere = ask(&folder, &["--timeout=3", "--pool=west-pool", "--slots=8"]);
        if elsewhere.code != Some(0) || elsewhere.json()["workloads"][0]["verdict"] != "FITS_NOW" {
            return wrong("the other cluster's answer", &elsewhere);
        }
        let there = ask(&folder, &["--timeout=3", "--pool=default", "--slots=8"]);
        // Without the right to list anything there is an answer: nobody knows.
        let is_unknown =
            there.code == Some(1) && fault == Fault::Forbidden && there.json()["workloads"][0]["verdict"] == "UNKNOWN";
        let is_told = there.code == Some(2) && there.stdout.is_empty() && there.stderr.starts_with("error: main: ");
        if !is_unknown && !is_told {
            return wrong("its own answer", &there);
        }
        let both = ask(&folder, &["--timeout=3", "a.yaml", "b.yaml"]);
        let verdicts: Vec<Value> = match both.stdout.is_empty() {
            true => Vec::new(),
            false => both.json()["workloads"].as_array().unwrap().iter().map(|it| it["verdict"].clone()).collect(),
        };
        let is_code = both.code == Some(2) || fault == Fault::Forbidden && both.code == Some(1);
        if !is_code || verdicts != ["UNKNOWN", "FITS_NOW"] {
            return wrong("both", &both);
        }
        Ok(())
    };
    let check = &check;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let part =
            move |faults: &[Fault]| -> Vec<String> { faults.iter().filter_map(|fault| check(*fault).err()).collect() };
        let parts: Vec<_> = faults::ALL.chunks(5).map(|faults| scope.spawn(move || part(faults))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

pub(crate) fn which_cluster_is_meant_is_told() {
    let (main, west) = (healthy(cluster("v1.37.2", "one", 2, 0)), healthy(cluster("v1.37.2", "two", 2, 0)));
    let again = healthy(cluster("v1.37.2", "one", 2, 0));
    let place = folder(&main, &west).with("same", &contexts(&[("east", &main), ("other", &again)]));
    let run = |more: &[&str]| {
        let line: Vec<&str> = ["route-dry-run", "master.yaml", "--live"].iter().chain(more).copied().collect();
        place.run(&line)
    };
    let refused = |ran: Ran, words: &[&str]| {
        let ran = ran.exits_with(2);
        assert!(ran.stdout.is_empty(), "{ran:#?}");
        assert!(words.iter().all(|words| ran.stderr.contains(words)), "{words:?}: {ran:#?}");
    };
    let (both, main_there) = ("--kubeconfig=both", "--map=main=east");
    refused(run(&[both, main_there, "--map=west=east"]), &["`main` and `west` are the same one"]);
    refused(run(&["--kubeconfig=same", main_there, "--map=west=other"]), &["`main` and `west` are the same one"]);
    refused(run(&[both, main_there, "--map=main=gpu-west"]), &["two contexts"]);
    refused(run(&[both, "--map=wset=east"]), &["no Kubernetes cluster `wset`", "did you mean `west`?"]);
    refused(run(&[both, "--map=main=esat"]), &["no context `esat`", "did you mean `east`?"]);
    refused(run(&["--kubeconfig=absent", main_there]), &["absent"]);
    refused(run(&["--snapshot=x", main_there]), &["cannot be used with"]);
    refused(run(&["--pool=default"]), &["the master reaches it from inside", "--map main=CONTEXT"]);
    refused(run(&["--pool=west-pool"]), &["west.kubeconfig, is not here", "--map west=CONTEXT"]);
    // The configuration leads there by itself, as the master would go.
    std::fs::write(place.path("west.kubeconfig"), contexts(&[("it", &west)])).unwrap();
    let ran = run(&["--pool=west-pool", "--slots=8"]).exits_with(0);
    assert!(ran.stdout.contains("west.kubeconfig, Kubernetes v1.37.2: 2 nodes"), "{ran:#?}");
}

/// The same clusters drawn: what is live is what a snapshot says, and one that is dead hides nothing else.
pub(crate) fn drawn_clusters_are_as_good_as_their_snapshots() {
    let (main, west) = (cluster("v1.33.13", "one", 2, 4), cluster("v1.37.2", "two", 3, 0));
    let snapshots = [main.snapshot().to_string(), west.snapshot().to_string()];
    let (main, west) = (healthy(main), healthy(west));
    let folder = folder(&main, &west).with("main.json", &snapshots[0]).with("west.json", &snapshots[1]);
    let draw = |more: &[&str]| folder.run(&[&["topology", "master.yaml", "--format=json"], more].concat());
    let live = draw(&["--live", "--kubeconfig=both", "--map=main=east", "--map=west=gpu-west"]).exits_with(0).json();
    let files = draw(&["--map=main=main.json", "--map=west=west.json"]).exits_with(0).json();
    for manager in 0..2 {
        let capacity = |document: &Value| document["managers"][manager]["pools"][0]["capacity"].clone();
        assert_eq!(capacity(&live), capacity(&files));
        assert!(capacity(&live)["master"]["slotsAvailable"].as_i64().unwrap() > 0, "{live:#}");
    }
    assert_eq!(live["managers"][1]["read"], "live, gpu-west, Kubernetes v1.37.2");
    drop(west);
    let half =
        draw(&["--live", "--kubeconfig=both", "--map=main=east", "--map=west=gpu-west", "--timeout=20"]).exits_with(2);
    assert!(half.stderr.contains("west: "), "{half:?}");
    assert_eq!(half.json()["managers"][0]["pools"][0]["capacity"], live["managers"][0]["pools"][0]["capacity"]);
    assert!(half.json()["managers"][1]["read"].as_str().unwrap().starts_with("not read: "), "{half:?}");
}
