//! What stands in for kubelets: bound pods are set Running, deleted ones are let go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::{Value, json};

use super::client::Client;

/// Works until it is dropped.
pub(crate) struct Kubelet {
    stop: Arc<AtomicBool>,
    worker: Option<JoinHandle<()>>,
}

impl Kubelet {
    /// For all nodes of a plane.
    pub(crate) fn start(api: &Client) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (api, stopped) = (api.clone(), Arc::clone(&stop));
        let worker = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                round(&api);
                std::thread::sleep(Duration::from_millis(100));
            }
        });
        Self { stop, worker: Some(worker) }
    }
}

impl Drop for Kubelet {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(worker) = self.worker.take() {
            let _ = worker.join();
        }
    }
}

/// Looks at all pods once. What does not succeed is tried in the next round.
fn round(api: &Client) {
    let Ok(mut list) = api.ask("GET", "/api/v1/pods?fieldSelector=spec.nodeName!=", None) else { return };
    let pods = list.body["items"].take();
    for pod in pods.as_array().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let metadata = &pod["metadata"];
        let path = format!("/api/v1/namespaces/{}/pods/{}", text(&metadata["namespace"]), text(&metadata["name"]));
        if !metadata["deletionTimestamp"].is_null() {
            let _ = api.ask("DELETE", &format!("{path}?gracePeriodSeconds=0"), None);
        } else if pod["status"]["phase"] == "Pending" {
            let status = json!({"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}});
            let _ = api.ask("PATCH", &format!("{path}/status"), Some(&status));
        }
    }
}
