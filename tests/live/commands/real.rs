//! Commands against real planes: what is predicted is what happens, with the rights that there are, and nothing is
//! written.

use serde_json::{Value, json};

use crate::plane::access::{Subject, rule};
use crate::plane::client::{Login, wait_for};
use crate::plane::kubeconfig::Stanza;
use crate::plane::objects::{node, pod};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options};
use crate::program::{Folder, Ran};

/// The task of so many GPUs, in a namespace.
fn task(name: &str, namespace: &str, gpus: u32) -> Value {
    let mut pod = pod(name, &json!({"nvidia.com/gpu": gpus.to_string()}));
    pod["metadata"]["namespace"] = namespace.into();
    pod
}

fn ask(plane: &ControlPlane, token: &str, pod: &Value, copies: u32) -> Ran {
    let folder = Folder::new()
        .with("pod.json", &pod.to_string())
        .with("kubeconfig", &plane.kubeconfig(Stanza::Token(token.to_owned())).yaml());
    let copies = format!("--copies={copies}");
    folder.run(&["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json", "--format=json", &copies])
}

/// What the smallest useful reader may do (scheduling facts §3.7).
fn reader() -> Vec<Value> {
    vec![
        rule("", &["nodes", "pods", "namespaces", "limitranges", "resourcequotas"], &["list"]),
        rule("scheduling.k8s.io", &["priorityclasses"], &["list"]),
        rule("resource.k8s.io", &["deviceclasses"], &["list"]),
        rule(
            "admissionregistration.k8s.io",
            &["mutatingwebhookconfigurations", "validatingwebhookconfigurations", "validatingadmissionpolicies"],
            &["list"],
        ),
    ]
}

pub(crate) fn predictions_come_true_on_the_newer_release() {
    predictions_come_true(Version::Newer);
}

pub(crate) fn predictions_come_true_on_the_older_release() {
    predictions_come_true(Version::Older);
}

fn predictions_come_true(version: Version) {
    let plane = ControlPlane::start(&Options::new(version).with_scheduler());
    let namespace = plane.namespace("tasks");
    let token = plane.token(&namespace, "reader");
    plane.grant(&Subject::account(&namespace, "reader"), None, &reader());
    for name in ["one", "two"] {
        plane.api.post("/api/v1/nodes", &node(name, &json!({"cpu": "8", "nvidia.com/gpu": "8"}))).expect(201);
    }
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let submit = |pod: &Value| plane.api.post(&pods, pod).expect(201);
    let verdict = |name: &str| {
        wait_for("the scheduler", || {
            let pod = plane.api.get(&format!("{pods}/{name}")).expect(200);
            let message =
                pod["status"]["conditions"].as_array()?.iter().find(|it| it["type"] == "PodScheduled")?.clone();
            Some((pod["spec"]["nodeName"].is_string(), message["message"].as_str().unwrap_or_default().to_owned()))
        })
    };
    let first = task("first", &namespace, 6);
    let told = wait_for("the rights to be known", || {
        let ran = ask(&plane, &token, &first, 2);
        (ran.code == Some(0)).then_some(ran)
    });
    assert_eq!(told.stderr, "", "nothing is lacking");
    assert_eq!(told.json()["placed"], 2);
    submit(&first);
    assert!(verdict("first").0, "it was said to fit");
    assert_eq!(ask(&plane, &token, &first, 2).exits_with(1).json()["placed"], 1, "one node has two left");
    for (name, gpus) in [("never", 9), ("later", 8)] {
        let copies = if gpus == 8 { 2 } else { 1 };
        let told = ask(&plane, &token, &task(name, &namespace, gpus), copies).exits_with(1).json();
        assert_eq!(told["placed"], copies - 1, "{name}");
        if gpus == 8 {
            submit(&task("filler", &namespace, gpus));
            assert!(verdict("filler").0);
        }
        submit(&task(name, &namespace, gpus));
        let (is_bound, message) = verdict(name);
        let reasons: Vec<String> = told["reasons"].as_object().unwrap().keys().cloned().collect();
        assert!(!is_bound && reasons.iter().all(|reason| message.contains(reason)), "{name}: {reasons:?} {message}");
    }
    saved(&plane, &token, &task("later", &namespace, 8));
    only_reads(&plane, &format!("system:serviceaccount:{namespace}:reader"));
}

/// What was saved of the cluster answers as it did, and holds nothing of what its pods are told.
fn saved(plane: &ControlPlane, token: &str, pod: &Value) {
    let folder = Folder::new()
        .with("pod.json", &pod.to_string())
        .with("kubeconfig", &plane.kubeconfig(Stanza::Token(token.to_owned())).yaml());
    for format in ["--format=human", "--format=json"] {
        let start = ["capacity", "--pod=pod.json", "--copies=2", format];
        let live = ["--live", "--kubeconfig=kubeconfig", "--save-snapshot=saved"];
        let live = folder.run(&[&start[..], &live].concat());
        let again = folder.run(&[&start[..], &["--snapshot=saved/cluster.json"]].concat());
        assert_eq!((&live.stdout, live.code), (&again.stdout, again.code));
        assert_eq!(live.code, Some(1), "{live:#?}");
    }
    let text = std::fs::read_to_string(folder.path("saved/cluster.json")).unwrap();
    for word in ["managedFields", "annotations", "\"image\"", "\"env\"", "serviceAccount"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

/// Nothing but lists, gets and access reviews, by the API server's own log.
fn only_reads(plane: &ControlPlane, user: &str) {
    let all = plane.audit();
    let own: Vec<&Value> = all.iter().filter(|event| event["user"]["username"] == user).collect();
    assert!(!own.is_empty(), "{user} asked nothing");
    for event in own {
        let (verb, resource) = (&event["verb"], &event["objectRef"]["resource"]);
        let is_review = verb == "create" && resource == "selfsubjectaccessreviews";
        assert!(verb == "get" || verb == "list" || is_review, "{verb} {resource}");
    }
}

pub(crate) fn rights_are_what_they_are() {
    let plane = ControlPlane::start(&Options::new(Version::Newer));
    let namespace = plane.namespace("tasks");
    for name in ["one", "two"] {
        plane.api.post("/api/v1/nodes", &node(name, &json!({"cpu": "8", "nvidia.com/gpu": "8"}))).expect(201);
    }
    let pods = |namespace: &str| format!("/api/v1/namespaces/{namespace}/pods");
    for (name, namespace, on) in [("own", namespace.as_str(), "one"), ("hidden", "default", "two")] {
        let mut holder = task(name, namespace, 4);
        holder["spec"]["nodeName"] = on.into();
        plane.api.post(&pods(namespace), &holder).expect(201);
    }
    // As the master's smallest role has it: pods of its own namespace only.
    let token = plane.token(&namespace, "small");
    let account = Subject::account(&namespace, "small");
    plane.grant(&account, None, &[rule("", &["nodes"], &["list", "watch"])]);
    plane.grant(&account, Some(&namespace), &[rule("", &["pods"], &["list", "watch"])]);
    let wanted = task("task", &namespace, 8);
    let told = wait_for("the rights to be known", || {
        let ran = ask(&plane, &token, &wanted, 1);
        (ran.code == Some(1)).then(|| ran.json())
    });
    assert_eq!((&told["placed"], &told["placedIs"]), (&1.into(), &"at most".into()), "{told:#}");
    let told = ask(&plane, &token, &wanted, 2).exits_with(1).json();
    assert_eq!(told["placed"], 1, "its own pod is seen");
    // Without any right, and without credentials that are known.
    let none = plane.token(&namespace, "none");
    let ran = ask(&plane, &none, &wanted, 1).exits_with(2);
    assert!(ran.stdout.is_empty() && ran.stderr.contains("list of nodes: not permitted (403)"), "{ran:#?}");
    let ran = ask(&plane, "not-a-token", &wanted, 1).exits_with(2);
    assert!(ran.stderr.contains("does not know these credentials (401)"), "{ran:#?}");
    let Login::Certificate(stranger) = plane.user("stranger") else { panic!("no certificate") };
    let folder = Folder::new()
        .with("pod.json", &wanted.to_string())
        .with("kubeconfig", &plane.kubeconfig(Stanza::CertificateData(stranger)).yaml());
    let ran = folder.run(&["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json"]).exits_with(2);
    assert!(ran.stderr.contains("(403)"), "a certificate gets that far: {ran:#?}");
    only_reads(&plane, &format!("system:serviceaccount:{namespace}:small"));
}

/// What nobody could foresee the server says itself, and keeps nothing.
pub(crate) fn the_server_is_asked_itself() {
    let plane = ControlPlane::start(&Options::new(Version::Newer));
    let namespace = plane.namespace("tasks");
    plane.api.post("/api/v1/nodes", &node("one", &json!({"cpu": "8", "nvidia.com/gpu": "8"}))).expect(201);
    let token = plane.token(&namespace, "reader");
    let account = Subject::account(&namespace, "reader");
    plane.grant(&account, None, &reader());
    let config = format!(
        "resource_manager:\n  type: kubernetes\n  cluster_name: main\n  max_slots_per_pod: 8\n  default_namespace: \
         {namespace}\n"
    );
    let folder =
        Folder::new().with("master.yaml", &config).with("kubeconfig", &plane.kubeconfig(Stanza::Token(token)).yaml());
    let ask = || {
        let start = ["route-dry-run", "master.yaml", "--slots=4", "--format=json", "--live", "--server-dry-run"];
        folder.run(&[&start[..], &["--kubeconfig=kubeconfig", "--map=main=it"]].concat())
    };
    let told = |ran: &Ran| {
        let workload = ran.json()["workloads"][0].clone();
        let said = &workload["serverDryRun"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&workload["verdict"]), text(&said["status"]), text(&said["message"]))
    };
    let (verdict, status, message) = wait_for("the rights to be known", || {
        let told = told(&ask());
        (told.0 == "FITS_NOW").then_some(told)
    });
    assert_eq!((&*verdict, &*status), ("FITS_NOW", "unknown"), "without the right to create pods");
    assert!(message.contains("not permitted (403)"), "{message}");
    plane.grant(&account, Some(&namespace), &[rule("", &["pods"], &["create"])]);
    wait_for("the right to create pods", || (told(&ask()).1 == "ok").then_some(()));
    let policy = json!({
        "metadata": {"name": "none"},
        "spec": {"failurePolicy": "Fail", "validations": [{"expression": "false", "message": "no pods today"}],
            "matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"],
                "resources": ["pods"]}]}},
    });
    let binding = json!({"metadata": {"name": "none"}, "spec": {"policyName": "none", "validationActions": ["Deny"]}});
    let of_admission = |plural: &str| format!("/apis/admissionregistration.k8s.io/v1/{plural}");
    plane.api.post(&of_admission("validatingadmissionpolicies"), &policy).expect(201);
    plane.api.post(&of_admission("validatingadmissionpolicybindings"), &binding).expect(201);
    let refused = wait_for("the policy", || {
        let ran = ask();
        (told(&ran).1 == "refused").then_some(ran)
    });
    assert_eq!(refused.code, Some(1), "{refused:#?}");
    let (verdict, _, message) = told(&refused);
    assert!(verdict == "REJECTED" && message.contains("no pods today"), "{verdict}: {message}");
    let pods = plane.api.get("/api/v1/pods").expect(200);
    assert_eq!(pods["items"], json!([]), "nothing is kept");
    let user = format!("system:serviceaccount:{namespace}:reader");
    for event in plane.audit().iter().filter(|event| event["user"]["username"] == *user && event["verb"] == "create") {
        let uri = event["requestURI"].as_str().unwrap_or_default();
        let is_review = event["objectRef"]["resource"] == "selfsubjectaccessreviews";
        assert!(is_review || uri.ends_with("/pods?dryRun=All"), "{uri}");
    }
}

/// The clusters of a deployment before the master starts: what is missing is told at its setting, and no longer when it
/// is there.
pub(crate) fn deployments_are_checked_before_they_are_made() {
    let plane = ControlPlane::start(&Options::new(Version::Newer));
    let namespace = plane.namespace("tasks");
    let config = |namespace: &str, pool: &str, more: &str| {
        format!(
            "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\n  default_namespace: {namespace}\n  \
             kubeconfig_path: ./west.kubeconfig\n  master_service_name: det-master\n{more}resource_pools:\n  - pool_name: default\n    \
             task_container_defaults:\n      gpu_pod_spec:\n        apiVersion: v1\n        kind: Pod\n        spec:\n          \
             nodeSelector:\n            gpu: {pool}\n"
        )
    };
    let gateway = "  internal_task_gateway:\n    gateway_name: contour\n    gateway_namespace: projectcontour\n    \
                   gateway_ip: 10.0.0.7\n";
    let token = plane.token(&namespace, "master");
    let account = Subject::account(&namespace, "master");
    plane.grant(&account, None, &reader());
    plane.grant(&account, None, &[rule("", &["namespaces"], &["get"]), rule("batch", &["jobs"], &["list"])]);
    plane.grant(&account, None, &[rule("", &["configmaps"], &["list"]), rule("", &["services"], &["get"])]);
    let kubeconfig = plane.kubeconfig(Stanza::Token(token)).yaml();
    let ask = |text: &str, more: &[&str]| {
        let folder = Folder::new().with("master.yaml", text).with("west.kubeconfig", &kubeconfig);
        folder.run(&[&["validate", "master.yaml", "--live", "--timeout=20", "--format=json"][..], more].concat())
    };
    let told = |ran: &Ran| -> Vec<(String, u64)> {
        let findings = ran.json()["findings"].as_array().unwrap().clone();
        let live = [
            "namespace-not-found",
            "master-service-not-found",
            "gateway-not-ready",
            "pool-without-nodes",
            "foreign-jobs",
            "kubeconfig-rights",
            "cluster-unreachable",
            "master-not-reached",
        ];
        let of_live = findings.iter().filter(|finding| live.iter().any(|rule| finding["rule"] == *rule));
        of_live.map(|it| (it["rule"].as_str().unwrap().to_owned(), it["labels"][0]["line"].as_u64().unwrap())).collect()
    };
    let rules = |ran: &Ran| told(ran).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    let first = wait_for("the rights to be known", || {
        let ran = ask(&config("nowhere", "a100", gateway), &[]);
        (!rules(&ran).contains(&"cluster-unreachable".to_owned())).then_some(ran)
    });
    assert_eq!(first.code, Some(1), "{first:#?}");
    let expected = [
        ("master-service-not-found", 1),
        ("namespace-not-found", 4),
        ("kubeconfig-rights", 5),
        ("gateway-not-ready", 7),
        ("pool-without-nodes", 12),
    ];
    let expected: Vec<(String, u64)> = expected.iter().map(|(rule, line)| ((*rule).to_owned(), *line)).collect();
    assert_eq!(told(&first), expected, "{first:#?}");
    // What is put right is no longer told.
    let mut labelled = node("one", &json!({"cpu": "8", "nvidia.com/gpu": "8"}));
    labelled["metadata"]["labels"]["gpu"] = "a100".into();
    plane.api.post("/api/v1/nodes", &labelled).expect(201);
    let service = json!({"metadata": {"name": "det-master"}, "spec": {"ports": [{"port": 8080}]}});
    plane.api.post(&format!("/api/v1/namespaces/{namespace}/services"), &service).expect(201);
    let job = |name: &str| {
        json!({"metadata": {"name": name, "labels": {"determined": "x"}}, "spec": {"suspend": true, "template": {"spec":
            {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}}}})
    };
    let jobs = format!("/apis/batch/v1/namespaces/{namespace}/jobs");
    plane.api.post(&jobs, &job("det-00000000-a")).expect(201);
    let second = ask(&config(&namespace, "a100", ""), &["--map=default=it", "--kubeconfig=west.kubeconfig"]);
    assert_eq!(rules(&second), [""; 0], "rights of a context are not those of the master: {second:#?}");
    plane.api.post(&jobs, &job("det-11111111-b")).expect(201);
    let third = ask(&config(&namespace, "a100", ""), &["--map=default=it", "--kubeconfig=west.kubeconfig"]);
    assert_eq!(rules(&third), ["foreign-jobs"], "{third:#?}");
    let hidden =
        config(&namespace, "a100", "").replace(&namespace, &format!("{namespace} # detctl: ignore[foreign-jobs] x"));
    let fourth = ask(&hidden, &["--map=default=it", "--kubeconfig=west.kubeconfig"]);
    assert_eq!((rules(&fourth), &fourth.json()["summary"]["suppressed"]), (Vec::new(), &1.into()), "{fourth:#?}");
    let idle = Folder::new().with("master.yaml", &hidden).run(&["validate", "master.yaml", "--format=json"]);
    assert!(!idle.stdout.contains("suppression-unused"), "{idle:#?}");
    only_reads(&plane, &format!("system:serviceaccount:{namespace}:master"));
}
