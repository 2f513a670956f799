//! `__internal`.

use super::{Check, RULE, Section, url};
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
        return;
    }
    match url::parse(&destination) {
        Ok(url) if url.port().is_empty() => twice(section, "destination", "proxy path must include a port"),
        Ok(_) => {}
        Err(why) => twice(section, "destination", &format!("failed to parse proxied destination: {why}")),
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
