//! Probes and lifecycle hooks of containers, as far as pod security levels look at them: which host they call.

use serde::Deserialize;

use super::pod::nullable;

/// What the kubelet does for a probe or a hook.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Handler {
    /// Asks over HTTP.
    pub http_get: Option<Host>,
    /// Opens a connection.
    pub tcp_socket: Option<Host>,
}

/// Whom a handler calls.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Host {
    /// The host; empty means the pod itself.
    #[serde(deserialize_with = "nullable")]
    pub host: String,
}

/// What runs after a container has started and before it is stopped.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Lifecycle {
    /// After the start.
    pub post_start: Option<Handler>,
    /// Before the stop.
    pub pre_stop: Option<Handler>,
}

impl Handler {
    /// The hosts that it calls instead of the pod itself.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        let hosts = self.http_get.iter().chain(&self.tcp_socket).map(|host| host.host.as_str());
        hosts.filter(|host| !host.is_empty())
    }
}
