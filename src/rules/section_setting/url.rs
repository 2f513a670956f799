//! Addresses as Go's `url.Parse` (1.22) takes them apart, with its words for those that it refuses.

use crate::value::go_text::quoted;

/// The parts of an address that the master looks at.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Url {
    /// Lower case; empty when none is written.
    pub(super) scheme: String,
    /// Host and port, still escaped.
    pub(super) host: String,
    /// The path, still escaped.
    pub(super) path: String,
}

/// The parts, or `parse "…": why`.
pub(super) fn parse(text: &str) -> Result<Url, String> {
    let (address, fragment) = text.split_once('#').unwrap_or((text, ""));
    let url = parts(address).map_err(|why| format!("parse {}: {why}", quoted(address)))?;
    check_escapes(fragment, Part::Other).map_err(|why| format!("parse {}: {why}", quoted(text)))?;
    Ok(url)
}

fn parts(address: &str) -> Result<Url, String> {
    if address.bytes().any(|byte| byte < b' ' || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    if address == "*" {
        return Ok(Url { path: "*".to_owned(), ..Url::default() });
    }
    let (scheme, rest) = scheme(address)?;
    let scheme = scheme.to_lowercase();
    let rest = rest.split('?').next().unwrap_or("");
    if !rest.starts_with('/') {
        if !scheme.is_empty() {
            return Ok(Url { scheme, ..Url::default() });
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let authority = rest.strip_prefix("//").filter(|_| !scheme.is_empty() || !rest.starts_with("///"));
    let (host, path) = match authority {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (check_authority(authority)?, path)
        }
        None => ("", rest),
    };
    check_escapes(path, Part::Other)?;
    Ok(Url { scheme, host: host.to_owned(), path: path.to_owned() })
}

fn scheme(address: &str) -> Result<(&str, &str), String> {
    let end = address.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)));
    let starts_well = address.starts_with(|c: char| c.is_ascii_alphabetic() || c == ':');
    match end.and_then(|end| address.split_at_checked(end)) {
        Some(("", rest)) if rest.starts_with(':') => Err("missing protocol scheme".to_owned()),
        Some((scheme, rest)) if starts_well && rest.starts_with(':') => {
            Ok((scheme, rest.strip_prefix(':').unwrap_or(rest)))
        }
        _ => Ok(("", address)),
    }
}

/// The host of an authority.
fn check_authority(authority: &str) -> Result<&str, String> {
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    check_host(host)?;
    let Some(user) = user else {
        return Ok(host);
    };
    if !user.chars().all(|c| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c)) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    user.splitn(2, ':').try_for_each(|part| check_escapes(part, Part::Other))?;
    Ok(host)
}

fn check_host(host: &str) -> Result<(), String> {
    let address_end = match host.starts_with('[') {
        true => Some(host.rfind(']').ok_or("missing ']' in host")?),
        false => None,
    };
    let port = match address_end {
        Some(end) => host.get(end + 1..),
        None => host.rfind(':').and_then(|colon| host.get(colon..)),
    };
    if let Some(port) = port.filter(|port| !is_port(port)) {
        return Err(format!("invalid port {} after host", quoted(port)));
    }
    let zone = address_end.and_then(|end| Some((host.get(..end)?.find("%25")?, end)));
    let cuts = zone.and_then(|(zone, end)| Some((host.get(..zone)?, host.get(zone..end)?, host.get(end..)?)));
    match cuts {
        Some((address, zone, port)) => {
            check_escapes(address, Part::Host)?;
            check_escapes(zone, Part::Zone)?;
            check_escapes(port, Part::Host)
        }
        None => check_escapes(host, Part::Host),
    }
}

/// Whether a text is empty or a colon and digits, none included.
fn is_port(text: &str) -> bool {
    text.is_empty() || text.strip_prefix(':').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl Url {
    /// The digits after the last colon of the host, if that is a port.
    pub(super) fn port(&self) -> &str {
        let port = self.host.rfind(':').and_then(|colon| self.host.get(colon..));
        port.filter(|port| is_port(port)).and_then(|port| port.strip_prefix(':')).unwrap_or("")
    }
}

/// Parts with rules of their own for `%`.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Host,
    Zone,
    Other,
}

fn check_escapes(text: &str, part: Part) -> Result<(), String> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if *byte != b'%' {
            if part != Part::Other && byte.is_ascii() && !may_stand_in_host(*byte) {
                return Err(format!("invalid character {} in host name", quoted(&char::from(*byte).to_string())));
            }
            at += 1;
            continue;
        }
        let hex = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) else {
            return Err(bad_escape(bytes, at));
        };
        let stands_for = u8::try_from(high * 16 + low).unwrap_or(u8::MAX);
        let is_refused = match part {
            Part::Host => stands_for.is_ascii() && stands_for != b'%',
            Part::Zone => !matches!(stands_for, b'%' | b' ') && !may_stand_in_host(stands_for),
            Part::Other => false,
        };
        if is_refused {
            return Err(bad_escape(bytes, at));
        }
        at += 3;
    }
    Ok(())
}

fn bad_escape(bytes: &[u8], at: usize) -> String {
    let shown = bytes.get(at..bytes.len().min(at + 3)).unwrap_or(&[]);
    format!("invalid URL escape {}", quoted_bytes(shown))
}

/// Go's quotes around bytes that may end inside a character.
fn quoted_bytes(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let shown = quoted(chunk.valid());
        out.push_str(shown.get(1..shown.len() - 1).unwrap_or(""));
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02x}")));
    }
    out.push('"');
    out
}

fn may_stand_in_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!$&'()*+,;=:[]<>\"-_.~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn parts_of_addresses() {
        for (text, scheme, host, path, port) in [
            ("HTTP://h:80/x?y#z", "http", "h:80", "/x", "80"),
            ("//u:p@[::1%25eth0]:9", "", "[::1%25eth0]:9", "", "9"),
            ("h:80", "h", "", "", ""),
            ("a/b:c", "", "", "a/b:c", ""),
            ("///x", "", "", "///x", ""),
            ("http://h:", "http", "h:", "", ""),
        ] {
            let url = parse(text).unwrap();
            assert_eq!((&*url.scheme, &*url.host, &*url.path, url.port()), (scheme, host, path, port), "{text}");
        }
    }

    #[test]
    fn words_of_go() {
        for (text, why) in [
            (":x", "missing protocol scheme"),
            ("1:x", "first path segment in URL cannot contain colon"),
            ("http://a b", "invalid character \" \" in host name"),
            ("http://h:x", "invalid port \":x\" after host"),
            ("http://[::1", "missing ']' in host"),
            ("http://u r@h", "net/url: invalid userinfo"),
            ("http://h%41", "invalid URL escape \"%41\""),
            ("/%é", "invalid URL escape \"%é\""),
            ("/%", "invalid URL escape \"%\""),
            ("a\u{7f}", "net/url: invalid control character in URL"),
        ] {
            let quoted = crate::value::go_text::quoted(text);
            assert_eq!(parse(text), Err(format!("parse {quoted}: {why}")), "{text}");
        }
    }
}
