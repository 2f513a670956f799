//! `__internal`.

use super::{Check, RULE, Section};
use crate::rules::context::validation;

pub(super) const CHECKS: &[Check] = &[("config.ProxiedServerConfig", proxied_server)];

/// Reported at the server and once more at the section.
fn proxied_server(section: &mut Section<'_>) {
    let destination = section.text("destination", "");
    if section.text("path_prefix", "").is_empty() {
        twice(section, "path_prefix", "path_prefix must be set");
    }
    if destination.is_empty() {
        twice(section, "destination", "destination must be set");
    } else if !has_port(&destination) {
        twice(section, "destination", "proxy path must include a port");
    }
}

fn twice(section: &mut Section<'_>, key: &str, words: &str) {
    let span = section.place_of(key);
    let help = match section.record.entry(key) {
        Some(_) => format!("correct `{key}`"),
        None => format!("add `{key}`"),
    };
    let load = validation(vec![
        format!("error found at {}: {words}", section.path),
        format!("error found at root.InternalConfig: {words}"),
    ]);
    section.out.push(RULE.finding(span, format!("the master refuses this: {words}")).help(help).ends_load(load));
}

fn has_port(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("//") else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit('@').next().unwrap_or("");
    let after_address = host.rsplit(']').next().unwrap_or("");
    after_address.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty())
}
