//! Secrets that look like secrets, under whatever key: who logs in at a URL or a host, and private keys.

use std::ops::Range;

use memchr::{memchr_iter, memmem, memrchr2};

/// How the first line of a private key ends.
const PRIVATE: &str = "PRIVATE KEY-----";

/// All of them, by their bytes.
#[must_use]
pub fn secrets(text: &str) -> Vec<Range<usize>> {
    let users = memmem::find_iter(text.as_bytes(), "://").flat_map(|at| users(text, at + 3));
    let mut found: Vec<Range<usize>> = users.collect();
    found.extend(memchr_iter(b'@', text.as_bytes()).filter_map(|at| user(text, at)));
    let mut covered = 0;
    for at in memmem::find_iter(text.as_bytes(), PRIVATE) {
        if let Some(key) = private_key(text, at).filter(|_| at >= covered) {
            covered = key.end;
            found.push(key);
        }
    }
    found
}

/// What stands before the `@` of a URL, password included; then the same of a password that has a slash in it.
fn users(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let rest = text.get(start..).unwrap_or("");
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '`' | '<' | '>');
    let rest = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or("");
    let host = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..host).unwrap_or("");
    let is_port = |after: &str| after.bytes().all(|byte| byte.is_ascii_digit());
    let goes_on = authority.split_once(':').is_some_and(|(_, after)| !is_port(after)) && !authority.contains(']');
    let ends = [authority.rfind('@'), rest.rfind('@').filter(|_| goes_on)];
    ends.into_iter().flatten().filter(|&length| length > 0).map(move |length| start..start + length)
}

/// The longest user and password that are looked at before an `@`, in bytes.
const USER: usize = 256;

/// What stands before the `@` of a host without a scheme: `user:password@host`. An image with a digest is none.
fn user(text: &str, at: usize) -> Option<Range<usize>> {
    let after = text.get(at + 1..)?;
    let is_host = after.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric() || first == b'[');
    let ends = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`<>{}[]=,/".contains(byte);
    let length = text.as_bytes().get(..at)?.iter().rev().take(USER).take_while(|byte| !ends(byte)).count();
    let start = at - length;
    let (_, password) = text.get(start..at)?.split_once(':')?;
    // Behind a scheme it is known already.
    let is_url = text.as_bytes().get(..start)?.ends_with(b"/");
    (is_host && !is_url && !password.is_empty() && !after.starts_with("sha256:")).then_some(start..at)
}

/// A key from its first line to its last, or as far as it goes.
fn private_key(text: &str, at: usize) -> Option<Range<usize>> {
    let line = memrchr2(b'\n', b'\r', text.as_bytes().get(..at)?).map_or(0, |end| end + 1);
    let start = line + text.get(line..at)?.rfind("-----BEGIN")?;
    let inner = at + PRIVATE.len();
    let rest = text.get(inner..)?;
    let is_inner = |letter: char| letter.is_ascii_alphanumeric() || " \t\r\n+/=\\:,-#".contains(letter);
    let rest = rest.get(..rest.find(|letter| !is_inner(letter)).unwrap_or(rest.len()))?;
    Some(start..inner + rest.find("-----END").unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_and_private_keys() {
        let table: [(&str, &[&str]); 11] = [
            ("a: postgres://u:hunter2@db:5432/x\n", &["u:hunter2", "u:hunter2"]),
            ("a: 'https://hunter2@x', b: http://y", &["hunter2"]),
            ("a: socks5://u:p@ss/w@x\n", &["u:p", "u:p@ss/w"]),
            ("a: socks5://u:pass/w@x\n", &["u:pass/w"]),
            ("a: https://x:8080/p@v1 https://y/a@b https://[::1]/@\n", &[]),
            (
                "a: |\n  -----BEGIN RSA PRIVATE KEY-----\n  aGk=\n  -----END RSA PRIVATE KEY-----\n",
                &["-----BEGIN RSA PRIVATE KEY-----\n  aGk=\n  "],
            ),
            ("a: \"-----BEGIN PRIVATE KEY-----\\naGk=\" # x", &["-----BEGIN PRIVATE KEY-----\\naGk="]),
            ("a: -----BEGIN CERTIFICATE-----\n", &[]),
            ("host: u:hunter2@x:24224\n", &["u:hunter2"]),
            ("host: \":hunter2@x\"\n", &[":hunter2"]),
            ("image: ubuntu:20.04@sha256:abc\nx: a@b\n", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<&str> = secrets(text).into_iter().map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
