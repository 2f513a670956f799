//! Snapshots that are saved while a cluster is read hold what every answer needs, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use detctl::formats::snapshot::{self, Saver};
use detctl::model::inventory::{Absent, Interest, Inventory, InventoryBuilder, Kind, Record, Rules};
use detctl::model::kubernetes_version::KubernetesVersion;
use detctl::source::save::Incoming;
use serde_json::{Value, json};

use super::records;

/// The kind of an object's list, as the inventory calls it.
fn kind(name: &str) -> Kind {
    match name {
        "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration" => Kind::AdmissionWebhook,
        "MutatingAdmissionPolicy" | "ValidatingAdmissionPolicy" => Kind::AdmissionPolicy,
        _ => Kind::ALL.into_iter().find(|kind| kind.to_string() == name).unwrap_or_else(|| panic!("{name}")),
    }
}

/// Reads objects as lists of their kinds, and saves them.
fn save(items: &[Value], builder: &mut InventoryBuilder, path: &Path) {
    let mut saver = Saver::new(Incoming::new(path).unwrap());
    saver.record(&Record { rules: Some(33), context: Some("here".to_owned()), ..Record::default() });
    let mut lists: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in items {
        lists.entry(item["kind"].as_str().unwrap().to_owned()).or_default().push(item.clone());
    }
    for (name, items) in lists {
        let list = format!("{name}List");
        let page = json!({"kind": list, "metadata": {"resourceVersion": "7"}, "items": items}).to_string();
        let read = saver.read_page(page.as_bytes(), &list, kind(&name), builder).unwrap();
        assert_eq!((read.items, &*read.resource_version), (items.len() as u64, "7"));
    }
    saver.finish().unwrap();
}

fn read(path: &Path, builder: InventoryBuilder) -> Inventory {
    let mut builder = builder;
    snapshot::read(std::fs::File::open(path).unwrap(), &mut builder).unwrap();
    builder.finish()
}

#[test]
fn every_recorded_cluster_is_the_same_after_it_was_saved() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("saved.json");
    let mut seen = 0;
    for file in ["hand.ndjson.gz", "random-strict.ndjson.gz", "live-hand.ndjson.gz", "live-random.ndjson.gz"] {
        for scenario in records::read(file) {
            let pod = snapshot::read_pod(&scenario.pod.to_string()).unwrap();
            let new = || {
                let interest = Interest::of([&pod]);
                InventoryBuilder::new(KubernetesVersion::V1_33, interest).with_absent(Absent::Unread)
            };
            let mut builder = new();
            save(&scenario.items(), &mut builder, &path);
            let before = builder.finish();
            let mut after = read(&path, new());
            assert_eq!(after.record.take().map(|record| record.context), Some(Some("here".to_owned())));
            assert_eq!(format!("{after:?}"), format!("{before:?}"), "{}", scenario.name);
            seen += 1;
        }
    }
    assert!(seen > 400, "{seen}");
}

#[test]
fn nothing_is_saved_that_no_answer_needs() {
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "name": "a", "namespace": "n", "labels": {"app": "x"}, "annotations": {"note": "Canary"},
            "managedFields": [{"manager": "Canary"}],
        },
        "spec": {
            "nodeName": "one",
            "containers": [{
                "name": "c", "image": "Canary", "command": ["Canary"], "args": ["Canary"],
                "env": [{"name": "TOKEN", "value": "Canary"}], "envFrom": [{"secretRef": {"name": "Canary"}}],
                "resources": {"requests": {"cpu": "1"}},
                "livenessProbe": {"exec": {"command": ["Canary"]}, "httpGet": {"httpHeaders": [{"value": "Canary"}]}},
            }],
            "imagePullSecrets": [{"name": "Canary"}],
            "volumes": [{"name": "v", "secret": {"secretName": "Canary"}}],
            "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"weight": 1, "preference": {"matchExpressions": [{"key": "Canary"}]}}]}},
        },
        "status": {"phase": "Running", "message": "Canary", "hostIP": "Canary"},
    });
    let webhook = json!({
        "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "w", "annotations": {"a": "Canary"}},
        "webhooks": [{"clientConfig": {"caBundle": "Canary"}}],
    });
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("saved.json");
    let new = || InventoryBuilder::new(KubernetesVersion::V1_37, Interest::default());
    save(&[pod, webhook], &mut new(), &path);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("Canary"), "{text}");
    assert!(text.contains(r#""name":"w""#) && text.contains(r#""cpu":"1""#), "{text}");
    assert_eq!(read(&path, new()).version, KubernetesVersion::V1_37);
    assert_eq!(read(&path, new().by(Rules::OfTheRecord)).version, KubernetesVersion::V1_33);
}

#[test]
fn a_snapshot_that_is_not_finished_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("deep/saved.json");
    let mut saver = Saver::new(Incoming::new(&path).unwrap());
    saver.record(&Record::default());
    drop(saver);
    assert_eq!(std::fs::read_dir(place.path().join("deep")).unwrap().count(), 0);
    assert!(Incoming::new(place.path()).is_err(), "a folder is in its place");
}
