//! URLs as Go's net/url takes them apart, as far as servers and proxies go.

use crate::value::go_text;

/// The parts of a URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct GoUrl {
    /// In lower case.
    pub(super) scheme: String,
    /// What follows a scheme without a slash.
    pub(super) opaque: String,
    /// Host with port, brackets included, as written.
    pub(super) host: String,
    /// From the first slash after the host on.
    pub(super) path: String,
}

/// Parses as `url.Parse` does; the error is that of net/url without `parse "…": ` before it.
pub(super) fn parse(text: &str) -> Result<GoUrl, String> {
    let text = text.split('#').next().unwrap_or(text);
    if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
        return Err("net/url: invalid control character in URL".to_owned());
    }
    let (scheme, rest) = scheme(text)?;
    let mut url = GoUrl { scheme: scheme.to_ascii_lowercase(), ..GoUrl::default() };
    let rest = rest.split('?').next().unwrap_or(rest);
    if !rest.starts_with('/') {
        if !url.scheme.is_empty() {
            url.opaque = rest.to_owned();
            return Ok(url);
        }
        if rest.split('/').next().is_some_and(|segment| segment.contains(':')) {
            return Err("first path segment in URL cannot contain colon".to_owned());
        }
    }
    let Some(rest) = rest.strip_prefix("//").filter(|_| !url.scheme.is_empty() || !rest.starts_with("///")) else {
        url.path = unescaped(rest)?;
        return Ok(url);
    };
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    url.host = host(authority)?;
    url.path = unescaped(path)?;
    Ok(url)
}

fn scheme(text: &str) -> Result<(&str, &str), String> {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | 'A'..='Z' => {}
            '0'..='9' | '+' | '-' | '.' if at > 0 => {}
            ':' if at == 0 => return Err("missing protocol scheme".to_owned()),
            ':' => return Ok((text.get(..at).unwrap_or(""), text.get(at + 1..).unwrap_or(""))),
            _ => return Ok(("", text)),
        }
    }
    Ok(("", text))
}

/// The host of `user:password@host:port`.
fn host(authority: &str) -> Result<String, String> {
    let (userinfo, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    if let Some(at) = host.find('[').filter(|&at| at == 0) {
        let Some(end) = host.rfind(']') else {
            return Err("missing ']' in host".to_owned());
        };
        port(host.get(end + 1..).unwrap_or(""))?;
        escapes(host.get(at..end).unwrap_or(""))?;
    } else {
        if let Some(at) = host.rfind(':') {
            port(host.get(at..).unwrap_or(""))?;
        }
        if let Some(bad) = host.chars().find(|&c| !may_stand_in_host(c)) {
            return Err(format!("invalid character {} in host name", go_text::quoted(&bad.to_string())));
        }
        escapes(host)?;
    }
    if userinfo.is_some_and(|userinfo| !userinfo.chars().all(may_stand_in_userinfo)) {
        return Err("net/url: invalid userinfo".to_owned());
    }
    Ok(host.to_owned())
}

fn may_stand_in_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() || "-_.~!$&'()*+,;=:[]<>\"%".contains(c)
}

fn may_stand_in_userinfo(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c)
}

fn port(colon_port: &str) -> Result<(), String> {
    let fine = colon_port.is_empty()
        || colon_port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    if fine { Ok(()) } else { Err(format!("invalid port {} after host", go_text::quoted(colon_port))) }
}

fn unescaped(text: &str) -> Result<String, String> {
    escapes(text)?;
    Ok(text.to_owned())
}

/// Every `%` must have two digits.
fn escapes(text: &str) -> Result<(), String> {
    for (at, _) in text.match_indices('%') {
        let digits = text.as_bytes().get(at + 1..at + 3);
        if !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)) {
            let shown: String = text.get(at..).unwrap_or("").chars().take(3).collect();
            return Err(format!("invalid URL escape {}", go_text::quoted(&shown)));
        }
    }
    Ok(())
}

/// A text that may be a URL, with what may be a name and a password in it covered.
pub(super) fn covered(text: &str) -> String {
    let start = text.find("//").map_or(0, |at| at + 2);
    match text.rfind('@') {
        Some(end) if end >= start => {
            format!("{}•••{}", text.get(..start).unwrap_or(""), text.get(end..).unwrap_or(""))
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{covered, parse};

    #[test]
    fn userinfo_is_covered_in_whatever_looks_like_a_url() {
        for (text, shown) in [
            ("http://u:pw@proxy:3128", "http://•••@proxy:3128"),
            ("u:p@w@proxy", "•••@proxy"),
            ("http://proxy/x", "http://proxy/x"),
        ] {
            assert_eq!(covered(text), shown);
        }
        assert_eq!(parse("http://u:pw@proxy:3128/x?y#z").map(|url| url.host), Ok("proxy:3128".to_owned()));
    }
}
