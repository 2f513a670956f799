//! Arguments that go into values or commands as they are: only what is taken there passes.

use crate::credentials::secret::{name_misfit, namespace_misfit};
use crate::model::master_host;

/// A host for the master's address.
pub(super) fn host(text: &str) -> Result<String, String> {
    match master_host::fault(text) {
        Some((fault, _)) => Err(format!("it {fault}")),
        None if text.is_empty() => Err("it is empty".to_owned()),
        None if !text.bytes().all(is_of_host) => Err("a host name holds letters, digits, - and . only".to_owned()),
        None => Ok(text.to_owned()),
    }
}

fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// The longest name of a release that Helm takes.
const LONGEST_RELEASE: usize = 53;

/// A name that Helm takes for a release (`ValidateReleaseName`).
pub(super) fn release(text: &str) -> Result<String, String> {
    if text.len() > LONGEST_RELEASE {
        return Err(format!("Helm takes {LONGEST_RELEASE} characters at most"));
    }
    match name_misfit(text) {
        None => Ok(text.to_owned()),
        Some(_) => Err("Helm takes small letters, digits, and - and . between them".to_owned()),
    }
}

/// A name that Kubernetes takes for a namespace (`IsDNS1123Label`).
pub(super) fn namespace(text: &str) -> Result<String, String> {
    match namespace_misfit(text) {
        None => Ok(text.to_owned()),
        Some(_) => Err("Kubernetes takes up to 63 small letters, digits, and - between them".to_owned()),
    }
}

/// The URL or path of a schema: editors read it up to the first blank, quotes and all.
pub(super) fn schema(text: &str) -> Result<String, String> {
    let is_word = |c: char| !c.is_whitespace() && !c.is_control();
    match !text.is_empty() && text.chars().all(is_word) {
        true => Ok(text.to_owned()),
        false => Err("editors take a URL or a path without blanks; write %20 for one".to_owned()),
    }
}
