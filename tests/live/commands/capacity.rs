//! `detctl capacity --live`.

use std::time::Duration;

use serde_json::{Value, json};

use crate::failing::faults::{self, Fault};
use crate::failing::scripted::Scripted;
use crate::failing::{FailingServer, Request};
use crate::plane::kubeconfig::Stanza;
use crate::program::{Folder, Ran, kubeconfig, script};

/// Whether a request meets the fault.
type Meets = fn(&Request) -> bool;

const SECONDS: u64 = 2;

fn pod(gpus: u32) -> String {
    let amounts = json!({"nvidia.com/gpu": gpus.to_string()});
    json!({"metadata": {"name": "p", "namespace": "default"}, "spec": {"containers": [{"name": "c", "image": "i",
        "resources": {"requests": amounts, "limits": amounts}}]}})
    .to_string()
}

/// A pod on a node that holds some GPUs.
fn holder(name: &str, namespace: &str, node: &str, gpus: u32) -> Value {
    let amounts = json!({"nvidia.com/gpu": gpus.to_string()});
    json!({"metadata": {"name": name, "namespace": namespace}, "spec": {"nodeName": node, "containers": [{"name": "c",
        "resources": {"requests": amounts, "limits": amounts}}]}, "status": {"phase": "Running"}})
}

fn folder(server: &FailingServer, gpus: u32) -> Folder {
    Folder::new().with("pod.json", &pod(gpus)).with("kubeconfig", &kubeconfig(server).yaml())
}

fn ask(folder: &Folder, copies: u32) -> Ran {
    ask_within(60, folder, copies)
}

fn ask_within(seconds: u64, folder: &Folder, copies: u32) -> Ran {
    let (copies, timeout) = (format!("--copies={copies}"), format!("--timeout={seconds}"));
    let line = ["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json", "--format=json", &copies, &timeout];
    folder.run(&line)
}

/// Three nodes of 8 GPUs, of which one has 2 taken, another one all.
fn cluster() -> Scripted {
    let pods = [holder("a", "default", "node-0", 2), holder("b", "other", "node-1", 8)];
    let more = (0..1200).map(|at| holder(&format!("small-{at}"), "other", &format!("node-{}", at % 3), 0));
    let webhook = json!({"metadata": {"name": "w"}});
    Scripted::new(3).with("PodList", pods).with("PodList", more).with("MutatingWebhookConfigurationList", [webhook])
}

pub(crate) fn a_cluster_is_as_good_as_its_snapshot() {
    let cluster = cluster();
    let snapshot = cluster.snapshot().to_string();
    let server = FailingServer::scripted(cluster, Fault::CloseAtOnce, |_| None);
    let folder = folder(&server, 4).with("snapshot.json", &snapshot);
    let live = ask(&folder, 3).exits_with(0);
    assert_eq!(live.stderr, "");
    let line = ["capacity", "--snapshot=snapshot.json", "--pod=pod.json", "--format=json", "--copies=3"];
    assert_eq!(live.json(), folder.run(&line).exits_with(0).json());
    assert_eq!(live.json()["placed"], 3);
    ask(&folder, 4).exits_with(1);
    let asked = server.requests();
    let writes: Vec<&Request> = asked
        .iter()
        .filter(|request| request.method != "GET" && !request.path.ends_with("/selfsubjectaccessreviews"))
        .collect();
    assert!(writes.is_empty(), "{writes:?}");
}

/// Every fault at every place: a clear answer within the time, and never more than the cluster has.
pub(crate) fn no_failure_gives_a_wrong_yes() {
    let places: [(&str, Meets); 6] = [
        ("everywhere", |_| true),
        ("version", |request| request.path == "/version"),
        ("reviews", |request| request.path.ends_with("accessreviews")),
        ("nodes", |request| request.path.starts_with("/api/v1/nodes")),
        ("quotas", |request| request.path.contains("/resourcequotas")),
        ("pods", |request| request.path.starts_with("/api/v1/pods")),
    ];
    let check = |fault: Fault, place: &str, meets: Meets| -> Result<(), String> {
        let server = FailingServer::scripted(cluster(), fault, move |request| meets(request).then_some(fault));
        // Four copies would only fit if the pods were not there.
        let ran = ask_within(SECONDS, &folder(&server, 4), 4);
        let wrong = |why: &str| Err(format!("{fault:?} at {place}: {why}: {ran:#?}"));
        let is_certificate = matches!(fault, Fault::ExpiredCertificate | Fault::UnknownAuthority | Fault::WrongName);
        let is_tolerated = match place {
            "reviews" => true,
            "version" | "quotas" | "pods" => matches!(fault, Fault::Forbidden),
            _ => false,
        } || place == "version" && fault == Fault::NotFound;
        match ran.code {
            Some(1) if is_tolerated && !is_certificate => {
                let placed = ran.json()["placed"].as_u64().unwrap();
                let most = if place == "pods" { 4 } else { 3 };
                if placed > most {
                    return wrong("more than there is");
                }
            }
            Some(2) => {
                let lines: Vec<&str> = ran.stderr.lines().collect();
                let is_clear = lines.first().is_some_and(|line| line.starts_with("error: "))
                    && lines.get(1).is_none_or(|line| line.starts_with("  help: "))
                    && lines.len() <= 2;
                if !ran.stdout.is_empty() || !is_clear {
                    return wrong("not clear");
                }
            }
            _ => return wrong("exit code"),
        }
        if ran.stderr.contains("secret-token") {
            return wrong("a secret");
        }
        if ran.took > Duration::from_secs(SECONDS + 4) {
            return wrong("late");
        }
        Ok(())
    };
    let all: Vec<(&(&str, Meets), &Fault)> =
        places.iter().flat_map(|place| faults::ALL.iter().map(move |fault| (place, fault))).collect();
    let part = |cases: &[(&(&str, Meets), &Fault)]| -> Vec<String> {
        cases.iter().filter_map(|((place, meets), fault)| check(**fault, place, *meets).err()).collect()
    };
    let part = &part;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let parts: Vec<_> = all.chunks(13).map(|cases| scope.spawn(move || part(cases))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

pub(crate) fn missing_rights_leave_what_is_sound() {
    let ask_with = |rights: fn(&str, &str) -> bool, gpus: u32, copies: u32| {
        let server = FailingServer::scripted(cluster().permitting(rights), Fault::CloseAtOnce, |_| None);
        ask(&folder(&server, gpus), copies)
    };
    let no_pods = |what: &str, _: &str| what != "pods";
    let ran = ask_with(no_pods, 4, 4).exits_with(1);
    assert_eq!((&ran.json()["placed"], &ran.json()["placedIs"]), (&4.into(), &"at most".into()), "{ran:#?}");
    assert!(ran.stderr.contains("list of pods: not permitted (403)"), "{ran:#?}");
    assert_eq!(ask_with(no_pods, 4, 7).exits_with(1).json()["placed"], 6, "a no is a no");
    let own_pods = |what: &str, namespace: &str| what != "pods" || namespace == "default";
    let ran = ask_with(own_pods, 4, 6).exits_with(1);
    assert_eq!((&ran.json()["placed"], &ran.json()["placedIs"]), (&5.into(), &"at most".into()), "{ran:#?}");
    let ran = ask_with(|what, _| what != "nodes", 4, 1).exits_with(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("list of nodes: not permitted"), "{ran:#?}");
    let ran = ask_with(|what, _| ["nodes", "pods"].contains(&what), 4, 3).exits_with(0);
    let remarks = ran.json()["notModelled"].to_string();
    assert!(remarks.contains("limits-not-read") && remarks.contains("admission-extensions"), "{ran:#?}");
}

pub(crate) fn no_more_is_read_than_needed() {
    let many = |large: usize| {
        let mut cluster = Scripted::new(0);
        for at in 0..200 {
            let gpus = if at < large { "8" } else { "1" };
            let node = json!({"metadata": {"name": format!("n-{at}")},
                "status": {"allocatable": {"pods": "110", "nvidia.com/gpu": gpus}}});
            cluster = cluster.with("NodeList", [node]);
        }
        let pods = (0..400).map(|at| holder(&format!("p-{at}"), "other", &format!("n-{}", at % 200), 1));
        cluster.with("PodList", pods)
    };
    let lists = |large: usize, gpus: u32, copies: u32, code: i32| {
        let server = FailingServer::scripted(many(large), Fault::CloseAtOnce, |_| None);
        let ran = ask(&folder(&server, gpus), copies).exits_with(code);
        let asked = server.requests();
        let pods = asked.iter().filter(|request| request.path.starts_with("/api/v1/pods")).count();
        (pods, ran.json()["placed"].as_u64().unwrap())
    };
    assert_eq!(lists(0, 4, 1, 1), (0, 0), "no node ever has as much");
    assert_eq!(lists(2, 4, 5, 1), (3, 2), "not all five, whatever is taken");
    assert_eq!(lists(2, 4, 2, 0), (3, 2), "the pods that wait, and those of two nodes");
    assert_eq!(lists(2, 4, 3, 1), (3, 2), "each has two GPUs taken");
    assert_eq!(lists(200, 4, 2, 0), (1, 2), "all pods");
}

/// A wait of our own is not told as a wish of the server.
pub(crate) fn a_busy_server_is_not_put_words_in_its_mouth() {
    let server = FailingServer::scripted(cluster(), Fault::CloseAtOnce, |_| Some(Fault::Unavailable));
    let ran = ask_within(SECONDS, &folder(&server, 4), 1).exits_with(2);
    assert!(ran.stderr.contains("the API server stayed busy") && !ran.stderr.contains("wants"), "{ran:#?}");
}

/// Reviews that get no answer cost a part of the time; the lists tell as well.
pub(crate) fn reviews_that_hang_are_done_without() {
    let is_review = |request: &Request| request.path.ends_with("accessreviews");
    let server = FailingServer::scripted(cluster(), Fault::CloseAtOnce, move |request| {
        is_review(request).then_some(Fault::HangBeforeHeaders)
    });
    assert_eq!(ask_within(6, &folder(&server, 4), 3).exits_with(0).json()["placed"], 3);
}

/// A list that gets too old goes on with what is there by then, as often as it does; or all is read anew.
pub(crate) fn a_list_that_gets_too_old_is_read_to_its_end() {
    let aging = |fault: Fault| {
        let mut cluster = cluster();
        cluster.page = 300;
        let met = std::sync::Mutex::new(std::collections::BTreeSet::new());
        FailingServer::scripted(cluster, Fault::CloseAtOnce, move |request| {
            let goes_on = request.path.starts_with("/api/v1/pods") && request.parameter("continue").is_some();
            let is_new = || met.lock().unwrap().insert(request.path.clone());
            (goes_on && is_new()).then_some(fault)
        })
    };
    let ran = ask(&folder(&aging(Fault::GoneWithContinue), 4), 3).exits_with(0);
    assert!(ran.stderr.contains("its end shows a later moment"), "{ran:#?}");
    ask(&folder(&aging(Fault::GoneWithContinue), 4), 4).exits_with(1);
    let once = || {
        let met = std::sync::atomic::AtomicBool::new(false);
        let mut cluster = cluster();
        cluster.page = 300;
        FailingServer::scripted(cluster, Fault::CloseAtOnce, move |request| {
            let goes_on = request.path.starts_with("/api/v1/pods") && request.parameter("continue").is_some();
            (goes_on && !met.swap(true, std::sync::atomic::Ordering::Relaxed)).then_some(Fault::Gone)
        })
    };
    let ran = ask(&folder(&once(), 4), 3).exits_with(0);
    assert_eq!(ran.stderr, "", "it is whole");
    let server = once();
    let saved = folder(&server, 4);
    let line = ["capacity", "--pod=pod.json", "--copies=4", "--format=json"];
    let live = saved.run(&[&line[..], &["--live", "--kubeconfig=kubeconfig", "--save-snapshot=kept"]].concat());
    let again = saved.run(&[&line[..], &["--snapshot=kept"]].concat());
    assert_eq!((&live.stdout, live.code), (&again.stdout, Some(1)), "{live:#?} {again:#?}");
}

/// What may not be read decides as much from a snapshot as it did live.
pub(crate) fn what_was_saved_decides_no_more_than_the_cluster_did() {
    let pod = json!({"metadata": {"name": "p", "namespace": "default"}, "spec": {"priorityClassName": "high",
        "runtimeClassName": "fast", "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "data"}}],
        "containers": [{"name": "c", "image": "i"}]}});
    for what in ["nodes", "priorityclasses", "runtimeclasses", "persistentvolumeclaims"] {
        let cluster = cluster()
            .with("PriorityClassList", [json!({"metadata": {"name": "high"}, "value": 7})])
            .with("RuntimeClassList", [json!({"metadata": {"name": "fast"}, "handler": "fast"})])
            .with(
                "PersistentVolumeClaimList",
                [json!({"metadata": {"name": "data", "namespace": "default"}, "spec": {}})],
            )
            .permitting(move |asked, _| asked != what);
        let server = FailingServer::scripted(cluster, Fault::CloseAtOnce, |_| None);
        let folder = folder(&server, 4).with("pod.json", &pod.to_string());
        let line = ["capacity", "--pod=pod.json", "--copies=1"];
        let live = folder.run(&[&line[..], &["--live", "--kubeconfig=kubeconfig", "--save-snapshot=kept"]].concat());
        let live = live.exits_with(2);
        assert!(live.stderr.contains(&format!("list of {what}: not permitted (403)")), "{live:#?}");
        let again = folder.run(&[&line[..], &["--snapshot=kept"]].concat());
        assert_eq!((&live.stdout, &live.stderr, live.code), (&again.stdout, &again.stderr, again.code));
    }
    let nothing = Folder::new().with("pod.json", &pod.to_string());
    std::fs::create_dir(nothing.path("empty")).unwrap();
    let line = ["capacity", "--pod=pod.json", "--snapshot=empty"];
    refused(nothing.run(&line), &["there is no snapshot in this folder"]);
    std::fs::write(nothing.path("empty/a.json"), "{}").unwrap();
    std::fs::write(nothing.path("empty/b.yaml"), "").unwrap();
    refused(nothing.run(&line), &["several snapshots", "a.json"]);
}

/// Only what was asked for: no notes, but errors.
pub(crate) fn quiet_runs_say_nothing_beside_the_answer() {
    let no_pods = cluster().permitting(|what, _| what != "pods");
    let server = FailingServer::scripted(no_pods, Fault::CloseAtOnce, |_| None);
    let place = folder(&server, 4);
    let line = ["--live", "--kubeconfig=kubeconfig", "--copies=1", "--save-snapshot=kept"];
    assert!(capacity(&place, &line, &[]).exits_with(1).stderr.contains("note: "));
    assert_eq!(capacity(&place, &[&line[..], &["-q"]].concat(), &[]).exits_with(1).stderr, "");
    assert_eq!(capacity(&place, &["--snapshot=kept", "--copies=1", "-q"], &[]).exits_with(1).stderr, "");
    refused(capacity(&place, &["--context=at", "--kubeconfig=kubeconfig", "-q"], &[]), &["error: "]);
}

pub(crate) fn bad_input_is_told() {
    let server = FailingServer::scripted(cluster(), Fault::CloseAtOnce, |_| None);
    let place = folder(&server, 4);
    let capacity = |more: &[&str], environment: &[(&str, &str)]| capacity(&place, more, environment);
    let named = "--kubeconfig=kubeconfig";
    capacity(&["--context=it"], &[("KUBECONFIG", "absent:kubeconfig")]).exits_with(0);
    refused(capacity(&[], &[]), &["--snapshot"]);
    refused(capacity(&["--live", "--snapshot=x"], &[]), &["cannot be used with"]);
    refused(capacity(&["--live"], &[]), &["there is no kubeconfig"]);
    refused(capacity(&["--live", "--kubeconfig=absent"], &[]), &["absent"]);
    refused(capacity(&["--context=at", named], &[]), &["no context `at`", "did you mean `it`?"]);
    let write = |name: &str, text: &str| std::fs::write(place.path(name), text).unwrap();
    write("bare", "contexts: [{name: it, context: {cluster: none}}]\ncurrent-context: it\n");
    refused(
        capacity(&["--live", "--kubeconfig=bare"], &[]),
        &["no server stands there", "no configuration has been provided"],
    );
    write(
        "serverless",
        "clusters: [{name: c, cluster: {insecure-skip-tls-verify: true}}]\n\
        contexts: [{name: it, context: {cluster: c}}]\ncurrent-context: it\n",
    );
    refused(
        capacity(&["--live", "--kubeconfig=serverless"], &[]),
        &["no server stands there", "no server found for cluster \"c\""],
    );
    write("twice", "contexts: [{name: a}, {name: a}]\n");
    refused(capacity(&["--live", "--kubeconfig=twice"], &[]), &["twice:1:"]);
    // Nothing listens there any more.
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut config = kubeconfig(&server);
    config.server = format!("https://{gone}");
    config.write(&place.path("refused"));
    refused(capacity(&["--live", "--kubeconfig=refused"], &[]), &["nothing listens"]);
    config.server = "https://cluster.invalid:6443".to_owned();
    config.write(&place.path("nameless"));
    refused(capacity(&["--live", "--kubeconfig=nameless"], &[]), &["leads nowhere"]);
    for (server, words) in [
        (server.url.replace("https://", "http://"), "perhaps to https://"),
        (server.url.replace("https://", "ftp://"), "begins with ftp"),
        ("https://127.0.0.1:99999".to_owned(), "the port in its URL is none"),
    ] {
        config.server = server;
        config.write(&place.path("odd"));
        refused(capacity(&["--live", "--kubeconfig=odd"], &[]), &[words, "look at"]);
    }
    let proxy = format!("http://user:hidden@{gone}");
    let ran = capacity(&["--live", "--kubeconfig=nameless"], &[("HTTPS_PROXY", &proxy)]);
    assert!(!ran.stderr.contains("hidden"), "{ran:#?}");
    refused(ran, &["error: "]);
    programs(&server, &place);
}

fn capacity(place: &Folder, more: &[&str], environment: &[(&str, &str)]) -> Ran {
    let line: Vec<&str> = ["capacity", "--pod=pod.json"].iter().chain(more).copied().collect();
    place.run_with(&line, environment)
}

#[track_caller]
fn refused(ran: Ran, words: &[&str]) {
    let ran = ran.exits_with(2);
    assert!(ran.stdout.is_empty(), "{ran:#?}");
    for words in words {
        assert!(ran.stderr.contains(words), "{words}: {ran:#?}");
    }
}

/// Programs are run with leave only.
fn programs(server: &FailingServer, place: &Folder) {
    let capacity = |more: &[&str], environment: &[(&str, &str)]| capacity(place, more, environment);
    let mut config = kubeconfig(server);
    config.stanza = Stanza::Exec(place.path("plugin"));
    config.write(&place.path("exec"));
    let line = ["--live", "--kubeconfig=exec", "--allow-exec"];
    refused(capacity(&line, &[]), &["not found"]);
    script(
        &place.path("plugin"),
        "touch ran; echo '{\"kind\":\"ExecCredential\",\
        \"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":{\"token\":\"from-plugin\"}}'",
    );
    refused(capacity(&line[..2], &[]), &["not run unasked", "--allow-exec"]);
    assert!(!place.path("ran").exists(), "it was run without leave");
    capacity(&line, &[]).exits_with(0);
    let seen = server.requests();
    let last = seen.last().and_then(|request| request.header("authorization").map(str::to_owned));
    assert_eq!(last.as_deref(), Some("Bearer from-plugin"));
    script(&place.path("plugin"), "echo no; exit 3");
    refused(capacity(&line, &[]), &["failed with exit status: 3"]);
    script(&place.path("plugin"), "echo '{}'");
    refused(capacity(&line, &[]), &["ExecCredential"]);
    script(&place.path("plugin"), "exec sleep 60");
    let hurried = ["--live", "--kubeconfig=exec", "--allow-exec", "--timeout=1"];
    refused(capacity(&hurried, &[]), &["took longer than 1 s"]);
}
