//! Corners of admission and placement that no record reaches: what the API server and the scheduler of each release do
//! there, from their sources.

use detctl::formats::snapshot;
use detctl::model::inventory::{Interest, InventoryBuilder};
use detctl::model::kubernetes_version::KubernetesVersion;
use detctl::model::pod::Pod;
use detctl::report::{admission_words, scheduler_words};
use detctl::scheduling::{Chance, Cluster, Copies, Outcome};
use serde_json::{Value, json};

const OLD: KubernetesVersion = KubernetesVersion::V1_33;
const BEFORE: KubernetesVersion = KubernetesVersion::V1_36;
const NEWEST: KubernetesVersion = KubernetesVersion::V1_37;

fn namespace(labels: &Value) -> Value {
    json!({"kind": "Namespace", "metadata": {"name": "default", "labels": labels}})
}

fn node(name: &str) -> Value {
    json!({"kind": "Node", "metadata": {"name": name, "labels": {"kubernetes.io/hostname": name}},
        "status": {"allocatable": {"cpu": "8", "memory": "32Gi", "pods": "110", "nvidia.com/gpu": "8"}}})
}

fn pod(spec: &Value) -> Pod {
    let mut pod = json!({"kind": "Pod", "metadata": {"name": "p"},
        "spec": {"containers": [{"name": "main", "resources": {"requests": {"cpu": "1"}}}]}});
    for (key, value) in spec.as_object().unwrap() {
        pod["spec"][key] = value.clone();
    }
    snapshot::read_pod(&pod.to_string()).unwrap()
}

/// What became of one copy, and the words for it.
fn submit(items: &[Value], pod: &Pod, version: KubernetesVersion) -> (Outcome, String) {
    let list = json!({"kind": "List", "items": items}).to_string();
    let mut builder = InventoryBuilder::new(version, Interest::of([pod]));
    snapshot::read(list.as_bytes(), &mut builder).unwrap();
    let inventory = builder.finish();
    let mut cluster = Cluster::new(&inventory);
    let outcome = cluster.submit(pod, Copies::Exactly(1));
    let rejected = outcome.rejected.as_ref().map(|it| admission_words::rejection("p-0", &it.rejection));
    let refused = outcome.refusal.as_ref().map(|it| scheduler_words::message(it, cluster.resources(), version));
    let words = rejected.or(refused).unwrap_or_default();
    (outcome, words)
}

fn words(items: &[Value], spec: &Value, version: KubernetesVersion) -> String {
    submit(items, &pod(spec), version).1
}

fn claim(name: &str, spec: &Value, bound: Option<&str>) -> Value {
    let mut claim = json!({"kind": "PersistentVolumeClaim", "metadata": {"name": name, "namespace": "default", "uid": "new"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}}});
    for (key, value) in spec.as_object().unwrap() {
        claim["spec"][key] = value.clone();
    }
    if let Some(volume) = bound {
        claim["spec"]["volumeName"] = volume.into();
        claim["metadata"]["annotations"] = json!({"pv.kubernetes.io/bind-completed": "yes"});
        claim["status"] = json!({"phase": "Bound"});
    }
    claim
}

fn local_volume(name: &str, on: &str, spec: &Value) -> Value {
    let mut volume = json!({"kind": "PersistentVolume", "metadata": {"name": name}, "spec": {
        "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"],
        "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
            {"key": "kubernetes.io/hostname", "operator": "In", "values": [on]}]}]}}}});
    for (key, value) in spec.as_object().unwrap() {
        volume["spec"][key] = value.clone();
    }
    volume
}

#[test]
fn bound_and_waiting_claims_each_give_a_reason() {
    let wait = json!({"kind": "StorageClass", "metadata": {"name": "wait"}, "provisioner": "kubernetes.io/no-provisioner",
        "volumeBindingMode": "WaitForFirstConsumer"});
    let items = [
        node("a"),
        node("b"),
        wait,
        claim("bound", &json!({}), Some("v")),
        local_volume("v", "a", &json!({})),
        claim("waiting", &json!({"storageClassName": "wait"}), None),
    ];
    let volumes = json!({"volumes": [
        {"name": "x", "persistentVolumeClaim": {"claimName": "bound"}},
        {"name": "y", "persistentVolumeClaim": {"claimName": "waiting"}}]});
    assert_eq!(
        words(&items, &volumes, NEWEST),
        "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, \
         2 node(s) didn't find available persistent volumes to bind."
    );
}

#[test]
fn a_volume_is_promised_to_one_claim_and_has_one_class_of_attributes() {
    let wait = json!({"kind": "StorageClass", "metadata": {"name": "wait"}, "provisioner": "kubernetes.io/no-provisioner",
        "volumeBindingMode": "WaitForFirstConsumer"});
    let volumes = json!({"volumes": [{"name": "x", "persistentVolumeClaim": {"claimName": "c"}}]});
    let with = |claim_spec: Value, volume_spec: Value| {
        let mut claim_spec = claim_spec;
        claim_spec["storageClassName"] = "wait".into();
        let mut volume_spec = volume_spec;
        volume_spec["storageClassName"] = "wait".into();
        let items = [node("a"), wait.clone(), claim("c", &claim_spec, None), local_volume("v", "a", &volume_spec)];
        submit(&items, &pod(&volumes), NEWEST).0.placed
    };
    let promised = |uid: &str| json!({"claimRef": {"name": "c", "namespace": "default", "uid": uid}});
    assert_eq!(with(json!({}), promised("new")), 1);
    assert_eq!(with(json!({}), promised("")), 1);
    assert_eq!(with(json!({}), promised("of the claim before")), 0);
    let class = |name: &str| json!({"volumeAttributesClassName": name});
    assert_eq!(with(class("gold"), class("gold")), 1);
    assert_eq!(with(class("gold"), json!({})), 0);
}

#[test]
fn an_ephemeral_claim_that_is_there_already_belongs_to_somebody_else() {
    let items = [node("a"), claim("p-0-scratch", &json!({}), None)];
    let volumes = json!({"volumes": [{"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": {}}}}]});
    assert_eq!(
        words(&items, &volumes, NEWEST),
        "no node is tried: PVC default/p-0-scratch was not created for pod default/p-0 (pod is not owner)"
    );
}

#[test]
fn what_only_classes_may_set() {
    let items = [node("a"), namespace(&json!({}))];
    assert_eq!(
        words(&items, &json!({"preemptionPolicy": "Never"}), NEWEST),
        "pods \"p-0\" is forbidden: the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority \
         admission controller computed PreemptLowerPriority from the given PriorityClass name"
    );
    assert_eq!(
        words(&items, &json!({"overhead": {"cpu": "1"}}), NEWEST),
        "pods \"p-0\" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead"
    );
}

#[test]
fn pod_security_by_release() {
    let at = |level: &str| namespace(&json!({"pod-security.kubernetes.io/enforce": level}));
    let probe = json!({"containers": [{"name": "main", "livenessProbe": {"httpGet": {"host": "10.0.0.1", "port": 80}},
        "lifecycle": {"preStop": {"tcpSocket": {"host": "other", "port": 1}}}}]});
    let baseline = [node("a"), at("baseline")];
    assert_eq!(words(&baseline, &probe, OLD), "");
    assert_eq!(
        words(&baseline, &probe, NEWEST),
        "pods \"p-0\" is forbidden: violates PodSecurity \"baseline:latest\": probe or lifecycle host (container \"main\" \
         uses probe or lifecycle hosts \"10.0.0.1\", \"other\")"
    );
    let sysctl = json!({"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_notsent_lowat", "value": "1"}]}});
    assert!(words(&baseline, &sysctl, BEFORE).ends_with("forbidden sysctls (net.ipv4.tcp_notsent_lowat)"));
    assert_eq!(words(&baseline, &sysctl, NEWEST), "");
    // The check on /proc moved from the baseline to the restricted ones, and so in the list.
    let restricted = [node("a"), at("restricted")];
    let unmasked = json!({"containers": [{"name": "main", "securityContext": {"procMount": "Unmasked"}}]});
    let place = |version| {
        let words = words(&restricted, &unmasked, version);
        words.find("procMount").unwrap() < words.find("unrestricted capabilities").unwrap()
    };
    assert!(place(OLD) && !place(NEWEST));
}

#[test]
fn a_pod_that_is_being_resized_counts_by_containers_or_by_sums() {
    let resized = json!({"kind": "Pod", "metadata": {"name": "there"},
        "spec": {"nodeName": "a", "containers": [
            {"name": "x", "resources": {"requests": {"cpu": "4"}}}, {"name": "y", "resources": {"requests": {"cpu": "1"}}}]},
        "status": {"phase": "Running", "containerStatuses": [
            {"name": "x", "resources": {"requests": {"cpu": "1"}}}, {"name": "y", "resources": {"requests": {"cpu": "4"}}}]}});
    let items = [node("a"), resized];
    let fits = |cpu: &str, version| {
        let pod = pod(&json!({"containers": [{"name": "main", "resources": {"requests": {"cpu": cpu}}}]}));
        submit(&items, &pod, version).0.placed
    };
    // Together 8, or the higher of 5 and 5.
    assert_eq!((fits("1", BEFORE), fits("3", NEWEST), fits("4", NEWEST)), (0, 1, 0));
}

#[test]
fn requests_of_the_whole_pod_bring_the_others_with_them() {
    let own = json!({"resources": {"requests": {"cpu": "2"}}, "containers": [
        {"name": "main", "resources": {"requests": {"memory": "1Gi"}, "limits": {"cpu": "1", "memory": "1Gi"}}}]});
    let items = [node("a"), namespace(&json!({}))];
    let stored = |version| submit(&items, &pod(&own), version).0.admitted.unwrap().spec.resources.unwrap();
    let list = |map: &detctl::model::pod::ResourceMap| {
        map.iter().map(|(name, amount)| format!("{name}={amount}")).collect::<Vec<_>>().join(" ")
    };
    let (before, newest) = (stored(BEFORE), stored(NEWEST));
    assert_eq!((list(&before.requests), list(&before.limits)), ("cpu=2".to_owned(), String::new()));
    assert_eq!(list(&newest.requests), "cpu=2 memory=1Gi");
    assert_eq!(list(&newest.limits), "cpu=2 memory=1Gi");
}

#[test]
fn chance_is_named_where_limit_ranges_differ() {
    let range = |name: &str, item: Value| json!({"kind": "LimitRange", "metadata": {"name": name, "namespace": "default"}, "spec": {"limits": [item]}});
    let drawn = |ranges: [Value; 2]| {
        let [first, second] = ranges;
        submit(&[node("a"), namespace(&json!({})), first, second], &pod(&json!({})), NEWEST).0.chance
    };
    let default =
        |memory: &str, cpu: &str| json!({"type": "Container", "defaultRequest": {"memory": memory, "cpu": cpu}});
    // The pod has a request for cpu of its own.
    assert_eq!(
        drawn([range("x", default("1Gi", "2")), range("y", default("2Gi", "4"))]),
        [Chance::Defaults(vec!["memory".to_owned()])]
    );
    assert_eq!(drawn([range("x", default("1Gi", "2")), range("y", default("1Gi", "4"))]), []);
    let min = |amounts: Value| json!({"type": "Pod", "min": amounts});
    assert_eq!(
        drawn([range("x", min(json!({"cpu": "2", "memory": "1Gi"}))), range("y", min(json!({"cpu": "3"})))]),
        [Chance::LimitRangeNamed, Chance::OrderOfViolations]
    );
}
