//! `scim`, `saml`, `oidc` and `det_cloud`.

use super::{Check, Section, url};

pub(super) const CHECKS: &[Check] = &[
    ("config.BasicAuthConfig", basic),
    ("config.SAMLConfig", saml),
    ("config.OIDCConfig", oidc),
    ("config.DetCloudConfig", det_cloud),
];

fn basic(section: &mut Section<'_>) {
    for (key, words) in [("username", "username is missing"), ("password", "password is missing")] {
        if section.text(key, "").is_empty() {
            section.refuse(key, words);
        }
    }
}

fn oidc(section: &mut Section<'_>) {
    if section.record.bool("enabled") == Some(true) {
        address(section, "idp_recipient_url");
    }
}

fn det_cloud(section: &mut Section<'_>) {
    if section.record.bool("enabled") == Some(true) {
        address(section, "login_url");
    }
}

fn address(section: &mut Section<'_>, key: &str) {
    if let Err(why) = url::parse(&section.text(key, "")) {
        section.refuse(key, why);
    }
}

fn saml(section: &mut Section<'_>) {
    if section.record.bool("enabled") != Some(true) {
        return;
    }
    address(section, "idp_recipient_url");
    for (key, name) in [
        ("provider", "saml_provider"),
        ("idp_recipient_url", "saml_idp_recipient_url"),
        ("idp_sso_url", "saml_idp_sso_url"),
        ("idp_sso_descriptor_url", "saml_idp_sso_descriptor_url"),
        ("idp_metadata_url", "saml_metadata_url"),
    ] {
        if section.text(key, "").is_empty() {
            section.refuse(key, format!("{name} must be specified:  must be non-empty"));
        }
    }
}
