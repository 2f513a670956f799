//! What was seen on clusters, as data.

use serde_json::Value;

use super::identity::Reference;
use super::rights::Right;
use crate::kubeconfig::certificate::Certificate;

/// What was seen on an additional cluster by whoever runs detctl.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    /// The uid of the namespace `kube-system`: the cluster's identity. `None` if it may not be read.
    pub uid: Option<String>,
    /// Certificates that the server shows, its own first; none where a proxy stands between.
    pub served: Vec<Certificate>,
    /// Addresses of the server that is stored, seen from here.
    pub resolved: Vec<std::net::IpAddr>,
    /// The objects of the identity that are there already.
    pub objects: Vec<(Reference, Option<Value>)>,
    /// Whether the namespace of the identity is there.
    pub has_namespace: bool,
    /// What the operator may not do of what is needed.
    pub lacking: Vec<Right>,
    /// What stands in the namespaces of tasks.
    pub tasks: Vec<TaskSpace>,
    /// The gateway, when one is configured.
    pub gateway: Option<GatewaySeen>,
}

/// A namespace of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskSpace {
    /// Its name.
    pub name: String,
    /// Whether it is there; `None` if it may not be looked at.
    pub is_there: Option<bool>,
    /// Jobs and config maps with the label `determined`, as `Job NAME`; `None` if they may not be listed.
    pub marked: Option<Vec<String>>,
}

/// What there is of a gateway.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GatewaySeen {
    /// Whether `gateway.networking.k8s.io/v1` has Gateways.
    pub has_gateways: bool,
    /// Whether `gateway.networking.k8s.io/v1alpha2` has TCPRoutes.
    pub has_routes: bool,
    /// The listeners of the Gateway, by name and port; `None` if it is not there.
    pub listeners: Option<Vec<(String, i64)>>,
    /// Why it could not be looked at.
    pub unseen: Option<String>,
}

/// What was seen with the credential that is stored, through the address that is stored.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// Whom the server takes it for, if it tells.
    pub username: Option<String>,
    /// The uid of that one.
    pub uid: Option<String>,
    /// The groups of that one.
    pub groups: Vec<String>,
    /// What it may not do of what is needed.
    pub lacking: Vec<Right>,
    /// What it may do and should not.
    pub excess: Vec<Right>,
    /// What stands in the namespaces of tasks.
    pub tasks: Vec<TaskSpace>,
    /// Certificates that the server shows.
    pub served: Vec<Certificate>,
}
