//! What was read in part, or changed meanwhile, gives no answer that is not sound.

use serde_json::{Value, json};

use crate::failing::faults::Fault;
use crate::failing::scripted::Scripted;
use crate::failing::{FailingServer, Request};
use crate::program::{Folder, ONE_CLUSTER, Ran, kubeconfig};

/// A pod of some GPUs; on a node, or waiting.
fn pod(name: &str, node: &str, gpus: u32) -> Value {
    let amounts = json!({"nvidia.com/gpu": gpus.to_string()});
    json!({"metadata": {"name": name, "namespace": "default"}, "spec": {"nodeName": node, "containers": [{"name": "c",
        "image": "i", "resources": {"requests": amounts, "limits": amounts}}]}, "status": {"phase": "Pending"}})
}

/// Four nodes of 8 GPUs, of which so many are taken on each; two objects to a page.
fn cluster(taken: u32) -> Scripted {
    let pods = (0..4).map(|at| pod(&format!("p-{at}"), &format!("node-{at}"), taken));
    let mut cluster = Scripted::new(4).with("PodList", pods);
    cluster.page = 2;
    cluster
}

/// A server that answers but for what is not permitted, although it says that it is.
fn forbidding(cluster: Scripted, is_forbidden: fn(&Request) -> bool) -> FailingServer {
    FailingServer::scripted(cluster, Fault::CloseAtOnce, move |request| {
        (request.method == "GET" && is_forbidden(request)).then_some(Fault::Forbidden)
    })
}

fn folder(server: &FailingServer) -> Folder {
    Folder::new().with("master.yaml", ONE_CLUSTER).with("kubeconfig", &kubeconfig(server).yaml())
}

fn capacity(server: &FailingServer, gpus: u32, copies: u32) -> Ran {
    let mut asked = pod("asked", "", gpus);
    asked.as_object_mut().unwrap().remove("status");
    asked["spec"].as_object_mut().unwrap().remove("nodeName");
    let copies = format!("--copies={copies}");
    let line = ["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json", "--format=json", &copies];
    folder(server).with("pod.json", &asked.to_string()).run(&line)
}

fn route(server: &FailingServer, slots: u32, more: &[&str]) -> Ran {
    let slots = format!("--slots={slots}");
    let line = ["route-dry-run", "master.yaml", "--live", "--kubeconfig=kubeconfig", "--map=main=it", &slots];
    let line: Vec<&str> = line.iter().chain(more).copied().collect();
    folder(server).run(&line)
}

fn verdict(ran: &Ran) -> String {
    ran.json()["workloads"][0]["verdict"].as_str().unwrap().to_owned()
}

fn goes_on(request: &Request) -> bool {
    request.parameter("continue").is_some()
}

fn lists(request: &Request, what: &str) -> bool {
    request.path.split('?').next().is_some_and(|path| path.ends_with(what))
}

/// Rights that end within a list of pods: what is taken is at least what was read of it.
pub(crate) fn a_list_of_pods_that_is_cut_short_gives_no_yes() {
    let of_all = |request: &Request| request.path.starts_with("/api/v1/pods") && goes_on(request);
    let of_any =
        |request: &Request| lists(request, "/pods") && (goes_on(request) || request.path.contains("/namespaces/"));
    for is_forbidden in [of_all as fn(&Request) -> bool, of_any] {
        let server = forbidding(cluster(8), is_forbidden);
        let ran = capacity(&server, 8, 2).exits_with(1);
        assert_eq!(ran.json()["placedIs"], "at most", "{ran:#?}");
        let ran = route(&server, 16, &["--format=json"]).exits_with(1);
        assert_ne!(verdict(&ran), "FITS_NOW");
    }
    // What is in the page that was read and in the list of its namespace is there once.
    let ran = capacity(&forbidding(cluster(4), of_all), 4, 4).exits_with(1);
    assert_eq!((&ran.json()["placed"], &ran.json()["placedIs"]), (&4.into(), &"at most".into()), "{ran:#?}");
}

/// Nodes that were not read may have room.
pub(crate) fn a_list_of_nodes_that_is_cut_short_gives_no_no() {
    let server = forbidding(cluster(0), |request| lists(request, "/nodes") && goes_on(request));
    let ran = route(&server, 24, &["--format=json"]).exits_with(1);
    assert_eq!(verdict(&ran), "UNKNOWN", "{ran:#?}");
    let ran = capacity(&server, 8, 3).exits_with(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("list of nodes: not permitted (403)"), "{ran:#?}");
}

/// A namespace that was not read may be there.
pub(crate) fn a_list_of_namespaces_that_is_cut_short_refuses_nothing() {
    let far = json!({"metadata": {"name": "zone"}});
    let server = forbidding(cluster(0).with("NamespaceList", [far]), |request| {
        lists(request, "/namespaces") && goes_on(request)
    });
    let ran = route(&server, 8, &["--namespace=zone", "--format=json"]).exits_with(0);
    assert_eq!(verdict(&ran), "FITS_NOW");
    assert!(ran.stdout.contains("\"Namespace\""), "it is told that they were not all read: {ran:#?}");
}

/// So many nodes that pods are read node by node.
fn few_of_many() -> Scripted {
    let node = |at: u32| {
        let gpus = if at < 2 { "8" } else { "1" };
        json!({"metadata": {"name": format!("n-{at}")}, "status": {"allocatable": {"pods": "110", "nvidia.com/gpu": gpus}}})
    };
    Scripted::new(0).with("NodeList", (0..200).map(node))
}

pub(crate) fn the_pods_of_a_node_that_may_not_be_read_give_no_yes() {
    let server = forbidding(few_of_many(), |request| request.path.contains("nodeName%3Dn%2D1"));
    let ran = capacity(&server, 8, 2).exits_with(1);
    assert_eq!((&ran.json()["placed"], &ran.json()["placedIs"]), (&2.into(), &"at most".into()), "{ran:#?}");
}

/// A pod that waits when the pods that wait are listed, and is on a node when those of the node are.
pub(crate) fn a_pod_that_is_placed_meanwhile_counts_on_its_node() {
    let cluster = few_of_many().with("PodList", [pod("waiting", "", 8), pod("waiting", "n-0", 8)]);
    let server = forbidding(cluster, |_| false);
    let ran = capacity(&server, 8, 2).exits_with(1);
    assert_eq!((&ran.json()["placed"], &ran.json()["placedIs"]), (&1.into(), &"exact".into()), "{ran:#?}");
    capacity(&server, 8, 1).exits_with(0);
}

/// Pods of one namespace fill every node: whatever the others hold, it does not fit now.
pub(crate) fn a_no_stays_a_no_where_pods_were_read_in_part() {
    let own = |what: &str, namespace: &str| what != "pods" || namespace == "default";
    let server = forbidding(cluster(8).permitting(own), |_| false);
    let ran = route(&server, 8, &["--format=json"]).exits_with(1);
    assert_eq!(
        (verdict(&ran), &ran.json()["workloads"][0]["placement"]["placedIs"]),
        ("BUSY".into(), &"at most".into())
    );
    let told = route(&server, 8, &[]).exits_with(1).stdout;
    assert!(
        told.starts_with("BUSY: experiment: its pod would not be placed now; whether")
            || told.starts_with("BUSY: its pod would not be placed now; whether"),
        "{told}"
    );
    let pods = [pod("p", "node-0", 8), pod("q", "node-1", 8), pod("r", "node-2", 8)];
    let server = forbidding(Scripted::new(4).with("PodList", pods).permitting(own), |_| false);
    let ran = route(&server, 16, &[]).exits_with(1);
    assert!(ran.stdout.starts_with("PARTIAL: at most 1 of 2 pods"), "{ran:#?}");
    assert_eq!(verdict(&route(&server, 8, &["--format=json"]).exits_with(1)), "UNKNOWN", "a yes is none");
    assert_eq!(verdict(&route(&server, 40, &["--format=json"]).exits_with(1)), "NEVER", "the nodes alone say so");
}

/// What is on the way has no say in what is let in.
pub(crate) fn a_proxy_does_not_judge_pods() {
    let judged = |fault: Fault| {
        let server = FailingServer::scripted(cluster(0), Fault::CloseAtOnce, move |request| {
            (request.method == "POST" && request.path.contains("dryRun=All")).then_some(fault)
        });
        let ran = route(&server, 8, &["--format=json", "--server-dry-run"]);
        (verdict(&ran), ran.json()["workloads"][0]["serverDryRun"]["status"].clone())
    };
    for code in [403, 404, 405, 413] {
        assert_eq!(judged(Fault::Barrier(code)), ("FITS_NOW".to_owned(), "unknown".into()), "{code}");
    }
    assert_eq!(judged(Fault::Conflict), ("REJECTED".to_owned(), "refused".into()));
}
