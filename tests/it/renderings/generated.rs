//! Configurations by chance, of everything that a resource manager can hold.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{flow, holds};

/// Names, many of which mean something to some reader.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z][a-z0-9-]{0,8}",
        1 => prop::sample::select(vec!["on", "y", "1e3", "null", "0x1F", "12", "a: b", "x #y", "~", "1:30", "=", "é"])
            .prop_map(str::to_owned),
        1 => "[^\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}\u{fffe}\u{ffff}<\n]{1,8}",
    ]
}

fn pod() -> impl Strategy<Value = Value> {
    let labels = || prop::collection::btree_map(name(), name(), 0..3);
    (labels(), labels(), prop::option::of(name()), any::<bool>()).prop_map(|(labels, selector, key, root)| {
        json!({
            "metadata": {"labels": labels},
            "spec": {
                "nodeSelector": selector,
                "tolerations": key.map(|key| vec![json!({"key": key, "operator": "Exists", "tolerationSeconds": 30})]),
                "hostNetwork": root,
                "containers": [{"name": "determined-container", "resources": {"limits": {"cpu": 1.5, "memory": "2Gi"}}}],
            },
        })
    })
}

/// A mapping of keys that may be there.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(key, value)| prop::option::weighted(0.4, value).prop_map(move |value| value.map(|value| (key, value))))
        .collect();
    members.prop_map(|members| {
        members.into_iter().flatten().map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>().into()
    })
}

fn text() -> BoxedStrategy<Value> {
    name().prop_map(Value::from).boxed()
}

fn one_of(values: Vec<Value>) -> BoxedStrategy<Value> {
    prop::sample::select(values).boxed()
}

fn defaults() -> impl Strategy<Value = Value> {
    some(vec![
        ("startup_hook", text()),
        ("network_mode", one_of(vec![json!("host"), json!("bridge")])),
        ("force_pull_image", any::<bool>().prop_map(Value::from).boxed()),
        ("shm_size_bytes", one_of(vec![json!(1024), json!(4_294_967_296_u64)])),
        ("kubernetes", one_of(vec![json!({"max_slots_per_pod": 2})])),
        ("image", prop_oneof![text(), (name(), name()).prop_map(|(cpu, gpu)| json!({"cpu": cpu, "gpu": gpu}))].boxed()),
        ("cpu_pod_spec", pod().boxed()),
        ("gpu_pod_spec", pod().boxed()),
        ("checkpoint_gc_pod_spec", pod().boxed()),
        ("log_policies", one_of(vec![json!([{"name": "x", "pattern": ".*on.*", "action": {"type": "exclude_node"}}])])),
    ])
}

fn pools() -> impl Strategy<Value = Value> {
    let pool = some(vec![
        ("description", text()),
        ("max_aux_containers_per_agent", (0..200).prop_map(Value::from).boxed()),
        ("agent_reconnect_wait", one_of(vec![json!("30s"), json!("1m30s")])),
        ("scheduler", one_of(vec![json!({"type": "priority", "default_priority": 7}), json!({"type": "fair_share"})])),
        ("task_container_defaults", defaults().boxed()),
    ]);
    prop::collection::vec((name(), pool), 0..3).prop_map(|pools| {
        let named = pools.into_iter().map(|(name, mut pool)| {
            pool["pool_name"] = name.into();
            pool
        });
        named.collect()
    })
}

fn manager() -> impl Strategy<Value = Value> {
    let gateway = json!({"gateway_name": "g", "gateway_namespace": "on", "gateway_ip": "10.0.0.1"});
    let members = some(vec![
        ("cluster_name", text()),
        ("name", text()),
        ("default_namespace", text()),
        ("master_service_name", text()),
        ("determined_master_scheme", one_of(vec![json!("http"), json!("https"), json!("")])),
        ("determined_master_host", text()),
        ("determined_master_port", one_of(vec![json!(0), json!(8080), json!(65_535)])),
        ("slot_type", one_of(vec![json!("cuda"), json!("gpu"), json!("rocm"), json!("cpu")])),
        ("slot_resource_requests", one_of(vec![json!({"cpu": 0.1}), json!({"cpu": 4}), json!({"cpu": 0})])),
        ("default_scheduler", one_of(vec![json!("coscheduler"), json!("")])),
        ("default_aux_resource_pool", text()),
        ("default_compute_resource_pool", text()),
        ("no_default_resource_pools", any::<bool>().prop_map(Value::from).boxed()),
        ("leave_kubernetes_resources", any::<bool>().prop_map(Value::from).boxed()),
        ("metadata", prop::collection::btree_map(name(), name(), 0..3).prop_map(|map| json!(map)).boxed()),
        ("internal_task_gateway", one_of(vec![gateway])),
        ("fluent", one_of(vec![json!({"image": "x", "uid": 1, "gid": 2})])),
    ]);
    (members, prop::sample::select(vec![0, 1, 4, 1_000_000, 16_777_217]), name()).prop_map(
        |(mut manager, slots, path)| {
            manager["type"] = "kubernetes".into();
            manager["max_slots_per_pod"] = slots.into();
            manager["kubeconfig_path"] = format!("/k/{path}").into();
            manager
        },
    )
}

pub(super) fn configuration() -> impl Strategy<Value = Value> {
    let root = some(vec![
        ("cluster_name", text()),
        ("port", one_of(vec![json!(8080), json!(9090)])),
        ("task_container_defaults", defaults().boxed()),
        ("log", one_of(vec![json!({"level": "debug", "color": false}), json!({"level": "info"})])),
        ("db", (name(), name()).prop_map(|(user, host)| json!({"user": user, "host": host, "port": "5432"})).boxed()),
        (
            "checkpoint_storage",
            one_of(vec![
                json!({"type": "shared_fs", "host_path": "/on"}),
                json!({"type": "gcs", "bucket": "1e3", "save_trial_best": 0}),
                json!({"type": "s3", "bucket": "null", "prefix": "a"}),
                json!({"type": "directory", "container_path": "/x"}),
            ]),
        ),
        ("telemetry", one_of(vec![json!({"enabled": false}), json!({"enabled": true})])),
        ("observability", one_of(vec![json!({"enable_prometheus": false})])),
        ("tensorboard_timeout", one_of(vec![json!(0), json!(600)])),
        ("notebook_timeout", one_of(vec![json!(0), json!(600)])),
        ("retention_policy", one_of(vec![json!({"log_retention_days": 0}), json!({"schedule": "0 0 * * *"})])),
        ("logging", one_of(vec![json!({"type": "elastic", "host": "on", "port": 9200}), json!({"type": "default"})])),
        ("security", one_of(vec![json!({"default_task": {"user": "on", "uid": 0, "group": "1", "gid": 5}})])),
        ("enable_cors", any::<bool>().prop_map(Value::from).boxed()),
    ]);
    let others = prop::collection::vec((manager(), pools()), 0..4);
    (root, manager(), pools(), any::<bool>(), others).prop_map(|(mut root, mut default, pools, local, others)| {
        if local {
            let _ = default.as_object_mut().unwrap().remove("kubeconfig_path");
        }
        root["resource_manager"] = default;
        root["resource_pools"] = pools;
        let others: Vec<Value> = others
            .into_iter()
            .map(|(manager, pools)| json!({"resource_manager": manager, "resource_pools": pools}))
            .collect();
        if !others.is_empty() {
            root["additional_resource_managers"] = others.into();
        }
        root
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn configurations_come_back(configuration in configuration()) {
        if let Err(why) = holds(&flow(&configuration)) {
            return Err(TestCaseError::fail(why));
        }
    }
}
