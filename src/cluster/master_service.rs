//! The Service of a master, for its address: the page installs first, waits for it, and upgrades with it.

use std::net::IpAddr;
use std::time::Duration;

use serde_json::Value;
use tokio::time::{Instant, sleep};

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::session::Session;
use crate::credentials::identity::core;

/// Which Service.
pub struct ToFind {
    /// The cluster that the chart is installed in.
    pub endpoint: Endpoint,
    /// The namespace of the release.
    pub namespace: String,
    /// The Service.
    pub name: String,
}

/// How the master is reached from elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Host, or address.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Whether the Service itself says that TLS is spoken there.
    pub is_tls: bool,
    /// Where the host was taken from, for people.
    pub from: String,
}

/// What a Service leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    To(Found),
    /// Its load balancer has no address yet.
    Pending,
    /// Others cannot reach it: why, a clause.
    Closed(String),
}

/// Between two looks.
const WAIT: Duration = Duration::from_secs(1);

/// Waits for the address; the inner error is a clause that says why there is none.
pub(super) async fn find(target: ToFind, deadline: Instant) -> Result<Result<Found, String>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let reference = core("Service", "services", &target.namespace, &target.name);
    loop {
        let Some(service) = session.object(&reference).await? else {
            return Err(Failure::before(Why::NotFound, "").asking(&reference.title()));
        };
        let nodes = match service["spec"]["type"].as_str() {
            Some("NodePort") => session.items("/api/v1/nodes", "list of nodes").await?,
            _ => Vec::new(),
        };
        match way(&service, &nodes) {
            Way::To(found) => return Ok(Ok(found)),
            Way::Closed(why) => return Ok(Err(why)),
            Way::Pending if Instant::now() + WAIT >= deadline => {
                return Ok(Err("its load balancer has no address yet".to_owned()));
            }
            Way::Pending => sleep(WAIT).await,
        }
    }
}

fn way(service: &Value, nodes: &[Value]) -> Way {
    let spec = &service["spec"];
    let port = &spec["ports"][0];
    let found = |host: Option<(String, String)>, number: &Value| {
        let number = number.as_u64().and_then(|number| u16::try_from(number).ok()).filter(|number| *number > 0);
        match (host, number) {
            (Some((host, _)), _) if host.parse::<IpAddr>().is_ok_and(|address| address.is_ipv6()) => {
                Way::Closed(format!("its address {host} is one of IPv6, which needs a name in the DNS"))
            }
            (Some((host, from)), Some(port)) => Way::To(Found { host, port, is_tls: is_tls(service), from }),
            (Some(_), None) => Way::Closed("it has no port".to_owned()),
            (None, _) => Way::Pending,
        }
    };
    match spec["type"].as_str() {
        Some("LoadBalancer") => found(balancer(service), &port["port"]),
        Some("NodePort") => match node_address(nodes) {
            Some(host) => found(Some(host), &port["nodePort"]),
            None => Way::Closed("no node has an address".to_owned()),
        },
        kind => {
            let kind = kind.unwrap_or("ClusterIP");
            Way::Closed(format!("it is of type {kind}, which is reached from inside of its cluster only"))
        }
    }
}

/// The first address that the load balancer has.
fn balancer(service: &Value) -> Option<(String, String)> {
    let addresses = service["status"]["loadBalancer"]["ingress"].as_array()?;
    addresses.iter().find_map(|address| {
        let host = ["ip", "hostname"].iter().find_map(|key| address[*key].as_str().filter(|host| !host.is_empty()))?;
        Some((host.to_owned(), "its load balancer".to_owned()))
    })
}

/// An address of a node: one that is ready before others, an external one before an internal one.
fn node_address(nodes: &[Value]) -> Option<(String, String)> {
    let is_ready = |node: &Value| {
        let conditions = node["status"]["conditions"].as_array().into_iter().flatten();
        conditions.into_iter().any(|condition| condition["type"] == "Ready" && condition["status"] == "True")
    };
    let of = |kind: &str, ready: bool| {
        nodes.iter().filter(|node| is_ready(node) == ready).find_map(|node| {
            let mut addresses = node["status"]["addresses"].as_array()?.iter();
            let address = addresses.find(|address| address["type"] == kind)?["address"].as_str()?.to_owned();
            let name = node["metadata"]["name"].as_str().unwrap_or_default();
            Some((address, format!("node {name}")))
        })
    };
    let kinds = ["ExternalIP", "ExternalDNS", "InternalIP"];
    [true, false].into_iter().find_map(|ready| kinds.iter().find_map(|kind| of(kind, ready)))
}

/// The annotation by which a load balancer of AWS is given a certificate.
const AWS_CERTIFICATE: &str = "service.beta.kubernetes.io/aws-load-balancer-ssl-cert";

/// Whether the port is meant for TLS: by number, by what the protocol is called, or by a certificate of the load balancer.
fn is_tls(service: &Value) -> bool {
    let port = &service["spec"]["ports"][0];
    let is_called = |key: &str| port[key].as_str().is_some_and(|name| name.eq_ignore_ascii_case("https"));
    port["port"] == 443
        || is_called("name")
        || is_called("appProtocol")
        || service["metadata"]["annotations"][AWS_CERTIFICATE].is_string()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Found, Way, way};

    fn service(kind: &str, port: &Value, ingress: &Value) -> Value {
        json!({"spec": {"type": kind, "ports": [port]}, "status": {"loadBalancer": {"ingress": ingress}}})
    }

    fn to(host: &str, port: u16, is_tls: bool, from: &str) -> Way {
        Way::To(Found { host: host.to_owned(), port, is_tls, from: from.to_owned() })
    }

    #[test]
    fn load_balancers() {
        let plain = json!({"port": 8080, "nodePort": 31000});
        for (port, ingress, expected) in [
            (plain.clone(), json!([{"ip": "203.0.113.7"}]), to("203.0.113.7", 8080, false, "its load balancer")),
            (
                json!({"port": 443}),
                json!([{}, {"hostname": "a.elb.example.com"}]),
                to("a.elb.example.com", 443, true, "its load balancer"),
            ),
            (
                json!({"port": 8443, "appProtocol": "HTTPS"}),
                json!([{"ip": "203.0.113.7"}]),
                to("203.0.113.7", 8443, true, "its load balancer"),
            ),
            (plain.clone(), json!([]), Way::Pending),
            (plain.clone(), Value::Null, Way::Pending),
            (json!({}), json!([{"ip": "203.0.113.7"}]), Way::Closed("it has no port".to_owned())),
        ] {
            assert_eq!(way(&service("LoadBalancer", &port, &ingress), &[]), expected);
        }
        let six = way(&service("LoadBalancer", &plain, &json!([{"ip": "2001:db8::1"}])), &[]);
        assert!(matches!(six, Way::Closed(_)), "{six:?}");
    }

    #[test]
    fn node_ports() {
        let node = |name: &str, ready: &str, kind: &str, address: &str| {
            json!({"metadata": {"name": name}, "status": {"conditions": [{"type": "Ready", "status": ready}],
                "addresses": [{"type": "Hostname", "address": "x"}, {"type": kind, "address": address}]}})
        };
        let service = service("NodePort", &json!({"port": 8080, "nodePort": 31000}), &Value::Null);
        let inner = node("a", "True", "InternalIP", "10.0.0.1");
        let gone = node("b", "False", "ExternalIP", "198.51.100.1");
        let outer = node("c", "True", "ExternalIP", "198.51.100.2");
        assert_eq!(way(&service, &[inner.clone(), gone.clone(), outer]), to("198.51.100.2", 31000, false, "node c"));
        assert_eq!(way(&service, &[gone, inner]), to("10.0.0.1", 31000, false, "node a"));
        assert_eq!(way(&service, &[]), Way::Closed("no node has an address".to_owned()));
    }

    #[test]
    fn others_lead_nowhere() {
        let inside = way(&service("ClusterIP", &json!({"port": 8080}), &Value::Null), &[]);
        assert!(matches!(&inside, Way::Closed(why) if why.contains("ClusterIP")), "{inside:?}");
    }
}
