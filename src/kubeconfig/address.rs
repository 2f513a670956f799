//! Addresses of servers that mean something else inside the master than where the kubeconfig was written.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr};

use super::go_url;

/// The URL of a server. It may hold a name and a password, which are shown by neither `Display` nor `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Server(String);

impl Server {
    /// Takes a URL as written.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole of it, for those who use it; never for words.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Its host, without port and brackets; `None` if it has none.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        host(&self.0)
    }

    /// Whether there is a name or a password in it.
    #[must_use]
    pub fn has_userinfo(&self) -> bool {
        go_url::covered(&self.0) != self.0
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&go_url::covered(&self.0))
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", go_url::covered(&self.0))
    }
}

/// Where a server's address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To the machine that asks: inside the master, to the master itself.
    Loopback,
    /// Nowhere: `0.0.0.0`, `::`.
    Unspecified,
    /// To the same cable only.
    LinkLocal,
    /// To the machine around a container, as Docker Desktop and minikube name it; other machines do not know it.
    HostAlias,
    /// To the API server of the cluster that the master itself runs in.
    OwnCluster,
    /// Somewhere within a private network.
    Private,
    /// Anywhere.
    Public,
    /// To whatever a name stands for.
    Name,
}

fn host(server: &str) -> Option<String> {
    let whole = if server.contains("://") { server.to_owned() } else { format!("https://{server}") };
    let host = go_url::parse(&whole).ok()?.host;
    let host = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((inside, _)) => inside.split('%').next().unwrap_or(inside).to_owned(),
        None => host.rsplit_once(':').map_or(host.as_str(), |(name, _)| name).to_owned(),
    };
    (!host.is_empty()).then_some(host)
}

/// Where a host leads.
#[must_use]
pub fn reach(host: &str) -> Reach {
    if let Ok(address) = host.parse::<IpAddr>() {
        return of_address(address);
    }
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    let is = |suffix: &str| name == suffix || name.ends_with(&format!(".{suffix}"));
    if is("localhost") || is("localhost.localdomain") {
        Reach::Loopback
    } else if is("host.docker.internal") || is("docker.for.mac.localhost") || is("minikube.internal") {
        Reach::HostAlias
    } else if name == "kubernetes" || name == "kubernetes.default" || name.starts_with("kubernetes.default.svc") {
        Reach::OwnCluster
    } else {
        Reach::Name
    }
}

/// Where an address leads.
#[must_use]
pub fn of_address(address: IpAddr) -> Reach {
    let address = match address {
        IpAddr::V6(six) => six.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    match address {
        _ if address.is_loopback() => Reach::Loopback,
        IpAddr::V4(four) if four.octets()[0] == 0 => Reach::Unspecified,
        _ if address.is_unspecified() => Reach::Unspecified,
        IpAddr::V4(four) if four.is_link_local() => Reach::LinkLocal,
        IpAddr::V6(six) if six.segments()[0] & 0xffc0 == 0xfe80 => Reach::LinkLocal,
        IpAddr::V4(four) if four.is_private() || is_shared(four) => Reach::Private,
        IpAddr::V6(six) if six.segments()[0] & 0xfe00 == 0xfc00 => Reach::Private,
        _ => Reach::Public,
    }
}

/// 100.64.0.0/10, the space between providers and their customers.
fn is_shared(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    first == 100 && second & 0xc0 == 64
}

#[cfg(test)]
mod tests {
    use super::{Reach, Server, host, reach};

    #[test]
    fn a_password_in_a_url_is_covered() {
        let server = Server::new("https://u:canary@a.example.com");
        assert_eq!(format!("{server} {server:?}"), "https://•••@a.example.com \"https://•••@a.example.com\"");
        assert!(server.has_userinfo() && server.host().as_deref() == Some("a.example.com"));
    }

    #[test]
    fn addresses_lead_where_the_table_says() {
        for (server, expected) in [
            ("https://127.0.0.1:6443", Reach::Loopback),
            ("https://127.0.0.2", Reach::Loopback),
            ("https://[::1]:6443", Reach::Loopback),
            ("https://[::ffff:127.0.0.1]:6443", Reach::Loopback),
            ("https://localhost:6443", Reach::Loopback),
            ("https://kind.LOCALHOST.", Reach::Loopback),
            ("https://0.0.0.0:6443", Reach::Unspecified),
            ("https://[::]:6443", Reach::Unspecified),
            ("https://169.254.1.1", Reach::LinkLocal),
            ("https://[fe80::1%25eth0]:6443", Reach::LinkLocal),
            ("https://host.docker.internal:6443", Reach::HostAlias),
            ("https://control-plane.minikube.internal:8443", Reach::HostAlias),
            ("https://kubernetes.default.svc", Reach::OwnCluster),
            ("https://kubernetes.default.svc.cluster.local:443", Reach::OwnCluster),
            ("https://10.1.2.3", Reach::Private),
            ("https://100.100.1.1", Reach::Private),
            ("https://[fd00::1]", Reach::Private),
            ("https://34.1.2.3", Reach::Public),
            ("https://api.west.example.com:6443/k8s/c-1", Reach::Name),
            ("api.west.example.com:6443", Reach::Name),
        ] {
            assert_eq!(host(server).map(|host| reach(&host)), Some(expected), "{server}");
        }
    }
}
