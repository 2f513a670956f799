//! `checkpoint_storage`, `logging` and `retention_policy`.

use super::{Check, Section, schedule};

pub(super) const CHECKS: &[Check] = &[
    ("expconf.S3ConfigV0", prefix),
    ("expconf.GCSConfigV0", gcs),
    ("expconf.AzureConfigV0", azure),
    ("expconf.DirectoryConfigV0", directory),
    ("model.ElasticSecurityConfig", elastic),
    ("model.LogRetentionPolicy", retention),
];

fn prefix(section: &mut Section<'_>) {
    let prefix = section.text("prefix", "");
    let climbs = prefix == ".." || prefix.starts_with("../") || prefix.ends_with("/..") || prefix.contains("/../");
    if climbs {
        section.refuse("prefix", "'prefix' must not contain /../");
    }
}

fn gcs(section: &mut Section<'_>) {
    if !section.has("bucket") {
        section.refuse("bucket", "'bucket' must be specified");
    }
    prefix(section);
}

fn azure(section: &mut Section<'_>) {
    if !section.has("container") {
        section.refuse("container", "'container' must not be empty");
    }
    if section.has("connection_string") && section.has("account_url") {
        section.refuse("account_url", "exactly one of 'connection_string' or 'account_url' must be set");
    }
    if section.has("connection_string") && section.has("credential") {
        section.refuse("credential", "'credential' and 'connection_string' must not both be set");
    }
}

fn directory(section: &mut Section<'_>) {
    if !section.has("container_path") {
        section.refuse("container_path", "'container_path' must be specified");
    }
}

fn elastic(section: &mut Section<'_>) {
    if section.has("username") != section.has("password") {
        let key = if section.has("username") { "username" } else { "password" };
        let other = if key == "username" { "password" } else { "username" };
        section.refuse_alone(key, other, "username and password must be specified together");
    }
}

fn retention(section: &mut Section<'_>) {
    if section.int("log_retention_days", 0) < -1 {
        section.refuse("log_retention_days", "log retention days must be between -1 and 32767");
    }
    match section.record.text("schedule").map(schedule::read) {
        Some(schedule::Reading::Nonsense) => {
            section.refuse("schedule", "log retention schedule must be a valid duration or cron expression");
        }
        Some(schedule::Reading::EndlessZone) => {
            section.panic("schedule", "runtime error: slice bounds out of range [:-1]");
        }
        _ => {}
    }
}
