//! The proxy that the environment names, by the rules of Go's programs.

use std::net::IpAddr;

use crate::io::Io;

/// The proxy for a server, such as `https://10.0.0.1:6443`.
pub(super) fn from_environment(server: &str, io: &Io<'_>) -> Option<String> {
    let (scheme, rest) = server.split_once("://")?;
    let variables = if scheme == "https" { ["HTTPS_PROXY", "https_proxy"] } else { ["HTTP_PROXY", "http_proxy"] };
    let proxy = variables.into_iter().find_map(|name| io.variable(name))?;
    let (host, port) = host_and_port(rest.split(['/', '?', '#']).next().unwrap_or(rest), scheme);
    let exceptions = ["NO_PROXY", "no_proxy"].into_iter().find_map(|name| io.variable(name)).unwrap_or_default();
    if is_local(&host) || exceptions.split(',').any(|exception| covers(exception.trim(), &host, &port)) {
        return None;
    }
    Some(if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") })
}

fn host_and_port(authority: &str, scheme: &str) -> (String, String) {
    let authority = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let default = if scheme == "https" { "443" } else { "80" };
    let (host, port) = match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, rest)) => (host, rest.strip_prefix(':').unwrap_or(default)),
        None => authority.rsplit_once(':').unwrap_or((authority, default)),
    };
    (host.trim_end_matches('.').to_ascii_lowercase(), port.to_owned())
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether an entry of `NO_PROXY` names a host: `*`, an address, a block of addresses, or a domain with or without what
/// is below it; each but a block perhaps with a port.
fn covers(entry: &str, host: &str, port: &str) -> bool {
    let entry = entry.to_ascii_lowercase();
    if entry == "*" {
        return true;
    }
    let address = host.parse::<IpAddr>().ok();
    if let Some((net, bits)) = entry.split_once('/') {
        return address.is_some_and(|address| in_block(address, net, bits));
    }
    let (name, wanted) = match entry.parse::<IpAddr>() {
        Ok(_) => (entry.as_str(), None),
        Err(_) => match entry.rsplit_once(':') {
            Some((name, wanted)) => (name.trim_matches(['[', ']']), Some(wanted)),
            None => (entry.as_str(), None),
        },
    };
    if name.is_empty() || wanted.is_some_and(|wanted| wanted != port) {
        return false;
    }
    if let Ok(named) = name.parse::<IpAddr>() {
        return address == Some(named);
    }
    // `.example.com` and `*.example.com` are what is below; `example.com` is that and itself.
    let below = name.strip_prefix('*').unwrap_or(name);
    match below.strip_prefix('.') {
        Some(domain) => host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.')),
        None => host == below || host.strip_suffix(below).is_some_and(|rest| rest.ends_with('.')),
    }
}

fn in_block(address: IpAddr, net: &str, bits: &str) -> bool {
    let (Ok(net), Ok(bits)) = (net.parse::<IpAddr>(), bits.parse::<u32>()) else { return false };
    let equal = |a: u128, b: u128, width: u32| bits <= width && (bits == 0 || (a ^ b) >> (width - bits) == 0);
    match (address, net) {
        (IpAddr::V4(a), IpAddr::V4(b)) => equal(u32::from(a).into(), u32::from(b).into(), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => equal(a.into(), b.into(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{covers, host_and_port};

    #[test]
    fn exceptions_are_those_of_go() {
        let table = [
            ("*", "a.example", true),
            ("example", "a.example", true),
            ("example", "example", true),
            (".example", "a.example", true),
            (".example", "example", false),
            ("*.example", "a.example", true),
            ("ample", "a.example", false),
            ("a.example:6443", "a.example", true),
            ("a.example:443", "a.example", false),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3:6443", "10.1.2.3", true),
            ("fd00::/8", "fd00::1", true),
            ("fd00::1", "fd00::1", true),
            ("", "a.example", false),
            ("10.0.0.0/x", "10.1.2.3", false),
        ];
        for (entry, host, expected) in table {
            assert_eq!(covers(entry, host, "6443"), expected, "{entry} {host}");
        }
        assert_eq!(host_and_port("[fd00::1]:6443", "https"), ("fd00::1".to_owned(), "6443".to_owned()));
        assert_eq!(host_and_port("A.example", "https"), ("a.example".to_owned(), "443".to_owned()));
    }
}
