//! `log`, `security` and `ui_customization`.

use super::{Check, Section};
use crate::release::Behaviour;

pub(super) const CHECKS: &[Check] = &[
    ("logger.Config", log),
    ("model.AgentUserGroup", default_task),
    ("config.TLSConfig", tls),
    ("config.SSHConfig", ssh),
    ("config.AuthZConfig", authz),
    ("config.AssignWorkspaceCreatorConfig", assign_role),
    ("config.TokenConfig", token),
    ("model.TLSClientConfig", tls_client),
];

/// `logrus.ParseLevel`
fn log(section: &mut Section<'_>) {
    const LEVELS: [&str; 8] = ["panic", "fatal", "error", "warn", "warning", "info", "debug", "trace"];
    let level = section.text("level", "info");
    if !LEVELS.contains(&&*level.to_lowercase()) {
        section.refuse_word(
            "level",
            &level,
            &LEVELS,
            format!("not a valid logrus Level: {}", crate::value::go_text::quoted(&level)),
        );
    }
}

fn default_task(section: &mut Section<'_>) {
    for (key, words) in [("uid", "uid less than zero"), ("gid", "gid less than zero")] {
        if section.int(key, 0) < 0 {
            section.refuse(key, words);
        }
    }
    for (key, words) in [("user", "user not set"), ("group", "group not set")] {
        if section.text(key, "root").is_empty() {
            section.refuse(key, words);
        }
    }
}

fn tls(section: &mut Section<'_>) {
    match (section.text("cert", "").is_empty(), section.text("key", "").is_empty()) {
        (true, false) => section.refuse_alone("key", "cert", "TLS key file provided without a cert file"),
        (false, true) => section.refuse_alone("cert", "key", "TLS cert file provided without a key file"),
        _ => {}
    }
}

fn ssh(section: &mut Section<'_>) {
    let kind = section.text("key_type", "ED25519");
    const KINDS: [&str; 3] = ["RSA", "ECDSA", "ED25519"];
    if !KINDS.contains(&&*kind) {
        section.refuse_word("key_type", &kind, &KINDS, "Crypto system must be one of 'RSA', 'ECDSA' or 'ED25519'");
    }
    let (is_rsa, size) = match section.release.has(Behaviour::ChoosesSshKey) {
        true => (kind == "RSA", 0),
        false => (true, 1_024),
    };
    if is_rsa {
        match section.int("rsa_key_size", size) {
            ..1 => section.refuse("rsa_key_size", "RSA Key size must be greater than 0"),
            1..=16_384 => {}
            _ => section.refuse("rsa_key_size", "RSA Key size must be less than 16,384"),
        }
    }
}

/// The list of known types comes in random order in the master's message.
fn authz(section: &mut Section<'_>) {
    for (key, written) in [("type", section.record.text("type")), ("fallback", section.record.text("fallback"))] {
        let Some(kind) = written.map(str::to_owned) else {
            continue;
        };
        const KINDS: [&str; 3] = ["basic", "permissive", "rbac"];
        if !KINDS.contains(&&*kind) {
            let words = format!("\"{kind}\" is not a known authz type, must be one of: basic, permissive, rbac");
            section.refuse_word(key, &kind, &KINDS, words);
        }
    }
}

fn assign_role(section: &mut Section<'_>) {
    let role = section.int("role_id", 2);
    if role <= 0 {
        section.refuse("role_id", format!("workspace_creator_assign_role.role_id must be >= 0 got {role}"));
    }
}

fn token(section: &mut Section<'_>) {
    const LONGEST: i64 = 106_751;
    let read = |section: &Section<'_>, key| match section.int(key, 30) {
        -1 => LONGEST,
        days => days,
    };
    let longest = read(section, "max_lifespan_days");
    let default = read(section, "default_lifespan_days");
    if longest < 0 {
        let words = "max token lifespan must be greater than 0 days, unless set to -1 for infinite lifespan";
        section.refuse("max_lifespan_days", words);
    }
    if default < 0 {
        let words = "default token lifespan must be greater than 0 days, unless set to -1 for infinite lifespan";
        section.refuse("default_lifespan_days", words);
    }
    if default > longest {
        section.refuse("default_lifespan_days", "default token lifespan must be less than max token lifespan");
    }
    if longest > LONGEST {
        let words = format!("max token lifespan should be less than {LONGEST}, Go's max duration value");
        section.refuse("max_lifespan_days", words);
    }
    if default > LONGEST {
        let words = format!("default token lifespan days should be less than {LONGEST}, Go's max duration value");
        section.refuse("default_lifespan_days", words);
    }
}

fn tls_client(section: &mut Section<'_>) {
    let skips = section.record.bool("skip_verify").unwrap_or(false);
    if skips && !section.text("certificate", "").is_empty() {
        section.refuse("skip_verify", "cannot specify a cert file with verification off");
    }
}
