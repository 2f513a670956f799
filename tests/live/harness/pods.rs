//! Pods from Pending to Running, and what keeps them from it.

use serde_json::{Value, json};

use crate::plane::client::wait_for;
use crate::plane::kubelet::Kubelet;
use crate::plane::objects::{node, pod, quota};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options, shared};

fn condition(pod: &Value) -> Option<String> {
    let conditions = pod["status"]["conditions"].as_array()?;
    let scheduled = conditions.iter().find(|condition| condition["type"] == "PodScheduled")?;
    scheduled["message"].as_str().map(str::to_owned)
}

/// The scheduler's words with no node, with one that is too small, and with one that is big enough.
fn pending_bound_running(version: Version) {
    let plane = ControlPlane::start(&Options::new(version).with_scheduler());
    let _kubelet = Kubelet::start(&plane.api);
    let namespace = plane.namespace("pods");
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    plane.api.post(&pods, &pod("task", &json!({"nvidia.com/gpu": "4"}))).expect(201);
    let path = format!("{pods}/task");
    let message = |wanted: &str| {
        wait_for(wanted, || {
            let message = condition(&plane.api.get(&path).expect(200))?;
            message.starts_with(wanted).then_some(())
        });
    };
    message("no nodes available to schedule pods");
    plane.api.post("/api/v1/nodes", &node("small", &json!({"nvidia.com/gpu": "2"}))).expect(201);
    message("0/1 nodes are available: 1 Insufficient nvidia.com/gpu.");
    plane.api.post("/api/v1/nodes", &node("big", &json!({"nvidia.com/gpu": "8"}))).expect(201);
    let running = wait_for("the pod to run", || {
        let pod = plane.api.get(&path).expect(200);
        (pod["status"]["phase"] == "Running").then_some(pod)
    });
    assert_eq!(running["spec"]["nodeName"], "big");
    plane.api.delete(&path).expect(200);
    wait_for("the pod to go", || (plane.api.get(&path).status == 404).then_some(()));
}

pub(crate) fn pending_bound_running_newer() {
    pending_bound_running(Version::Newer);
}

pub(crate) fn pending_bound_running_older() {
    pending_bound_running(Version::Older);
}

pub(crate) fn a_quota_refuses() {
    let plane = shared(Version::Newer);
    let namespace = plane.namespace("quota");
    let core = format!("/api/v1/namespaces/{namespace}");
    let hard = json!({"requests.nvidia.com/gpu": "4"});
    plane.api.post(&format!("{core}/resourcequotas"), &quota("gpus", &hard)).expect(201);
    wait_for("the quota to be counted", || {
        let quota = plane.api.get(&format!("{core}/resourcequotas/gpus")).expect(200);
        quota["status"]["used"].is_object().then_some(())
    });
    plane.api.post(&format!("{core}/pods"), &pod("first", &json!({"nvidia.com/gpu": "3"}))).expect(201);
    let refused = plane.api.post(&format!("{core}/pods"), &pod("second", &json!({"nvidia.com/gpu": "2"})));
    let text = "pods \"second\" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=2, \
                used: requests.nvidia.com/gpu=3, limited: requests.nvidia.com/gpu=4";
    assert_eq!((refused.status, refused.message()), (403, text));
}
