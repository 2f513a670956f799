//! The host from which tasks make the master's address: `<scheme>://<host>:<port>`, unchecked (T-11, T-12).

use std::net::Ipv6Addr;

/// What keeps a host from making an address, as the rest of a sentence about it, and how to mend it.
#[must_use]
pub fn fault(host: &str) -> Option<(&'static str, &'static str)> {
    Some(match host {
        _ if host.contains("://") => {
            ("has a scheme in it", "write the bare host name; the scheme belongs into `determined_master_scheme`")
        }
        _ if host.contains('/') => {
            ("has a path in it", "write the bare host name; tasks reach the master at its root only")
        }
        _ if host.contains(char::is_whitespace) => ("has white space in it", "write the bare host name"),
        _ if host.contains('@') => ("has a user in it", "write the bare host name"),
        _ if is_version_six(host) => (
            "is an address of IP version 6, which the client in the tasks takes for a host with a port",
            "write a host name, or an address of IP version 4",
        ),
        _ if host.contains(':') => {
            ("has a port in it", "write the bare host name; the port belongs into `determined_master_port`")
        }
        _ => return None,
    })
}

/// An address of IP version 6, in brackets or bare; the client drops the brackets when it makes a URL of its own.
fn is_version_six(text: &str) -> bool {
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.unwrap_or(text).parse::<Ipv6Addr>().is_ok()
}
