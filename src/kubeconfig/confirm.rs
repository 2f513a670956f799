//! `DirectClientConfig.ConfirmUsable`: whether the chosen context can be used, and every reason why not.

use super::Secret;
use super::fault::{Fault, FaultKind};
use super::go_url;
use super::model::{Cluster, Exec, Placed, User};
use crate::source::Span;
use crate::value::go_text;

/// The file system of whoever uses the kubeconfig.
pub trait Files {
    /// What opening and reading a path gives there.
    fn read(&self, path: &str) -> FileAnswer;
}

/// What a file system says.
#[derive(Clone, Debug)]
pub enum FileAnswer {
    /// The content.
    Content(Secret),
    /// The system's words, such as `no such file or directory`.
    Refused(String),
    /// Nobody can tell from here; it is taken to be there.
    Unknown,
}

/// A file system of which nothing is known.
#[derive(Clone, Copy, Debug)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _: &str) -> FileAnswer {
        FileAnswer::Unknown
    }
}

/// A cluster or a user with its name.
pub(super) struct Called<'a, T> {
    pub(super) name: &'a str,
    pub(super) item: &'a T,
    pub(super) span: Option<Span>,
}

pub(super) fn cluster(called: &Called<'_, Cluster>, files: &dyn Files) -> Vec<Fault> {
    let (name, item, span) = (called.name, called.item, called.span);
    if item.is_empty() {
        return vec![Fault::new(FaultKind::NoCluster, span, "cluster has no server defined")];
    }
    let mut faults = Vec::new();
    if item.server.is_none() {
        let words = match name {
            "" => "default cluster has no server defined".to_owned(),
            name => format!("no server found for cluster {}", go_text::quoted(name)),
        };
        faults.push(Fault::new(FaultKind::NoServer, span, words));
    }
    faults.extend(item.proxy.as_ref().and_then(|proxy| bad_proxy(proxy, name)));
    if let (Some(path), Some(_)) = (&item.authority, &item.authority_data) {
        let words = format!(
            "certificate-authority-data and certificate-authority are both specified for {name}. \
             certificate-authority-data will override."
        );
        faults.push(Fault::new(FaultKind::BothDataAndFile, path.span, words));
    }
    faults.extend(item.authority.as_ref().and_then(|path| unreadable(path, "certificate-authority", name, files)));
    faults
}

fn bad_proxy(proxy: &Placed<Secret>, name: &str) -> Option<Fault> {
    let text = proxy.value.expose_text().unwrap_or("");
    let shown = go_url::covered(text);
    let why = match go_url::parse(text) {
        Ok(url) if matches!(url.scheme.as_str(), "http" | "https" | "socks5") => return None,
        Ok(url) => {
            format!("unsupported scheme {}, must be http, https, or socks5", go_text::quoted(&url.scheme))
        }
        Err(_) => format!("could not parse: {shown}"),
    };
    let words = format!("invalid 'proxy-url' {} for cluster {}: {why}", go_text::quoted(&shown), go_text::quoted(name));
    Some(Fault::new(FaultKind::BadProxy, proxy.span, words))
}

fn unreadable(path: &Placed<String>, what: &str, name: &str, files: &dyn Files) -> Option<Fault> {
    match files.read(&path.value) {
        FileAnswer::Refused(why) => {
            let path_text = &path.value;
            let words = format!("unable to read {what} {path_text} for {name} due to open {path_text}: {why}");
            Some(Fault::new(FaultKind::FileUnreadable, path.span, words))
        }
        // Opening is all that is asked for; reading comes later.
        FileAnswer::Content(_) | FileAnswer::Unknown => None,
    }
}

pub(super) fn user(called: &Called<'_, User>, files: &dyn Files) -> Vec<Fault> {
    let (name, item) = (called.name, called.item);
    let mut faults = client_certificate(name, item, files);
    if let Some(exec) = &item.exec {
        faults.extend(plugin(name, exec, item));
    }
    if let (Some(token), true) = (&item.token, item.username.is_some() || item.password.is_some()) {
        let words = format!(
            "more than one authentication method found for {name}; found [token basicAuth], only one is allowed"
        );
        faults.push(Fault::new(FaultKind::SeveralMethods, token.span, words));
    }
    let details = [
        item.impersonate_uid.as_ref().map(|uid| uid.span),
        item.impersonate_groups.as_ref().map(|groups| groups.span),
        item.impersonate_extra.as_ref().map(|extra| extra.span),
    ];
    if let (Some(span), None) = (details.into_iter().flatten().next(), &item.impersonate) {
        let words = format!("requesting uid, groups or user-extra for {name} without impersonating a user");
        faults.push(Fault::new(FaultKind::ImpersonationWithoutUser, span, words));
    }
    faults
}

fn client_certificate(name: &str, user: &User, files: &dyn Files) -> Vec<Fault> {
    let mut faults = Vec::new();
    let certificate = user.certificate.as_ref().map(|path| path.span);
    let Some(span) = certificate.or(user.certificate_data.as_ref().map(|data| data.span)) else {
        return faults;
    };
    if user.certificate.is_some() && user.certificate_data.is_some() {
        let words =
            format!("client-cert-data and client-cert are both specified for {name}. client-cert-data will override.");
        faults.push(Fault::new(FaultKind::BothDataAndFile, span, words));
    }
    if let (Some(path), Some(_)) = (&user.private_key, &user.private_key_data) {
        let words =
            format!("client-key-data and client-key are both specified for {name}; client-key-data will override");
        faults.push(Fault::new(FaultKind::BothDataAndFile, path.span, words));
    }
    if user.private_key.is_none() && user.private_key_data.is_none() {
        let words = format!(
            "client-key-data or client-key must be specified for {name} to use the clientCert authentication method."
        );
        faults.push(Fault::new(FaultKind::KeyMissing, span, words));
    }
    faults.extend(user.certificate.as_ref().and_then(|path| unreadable(path, "client-cert", name, files)));
    faults.extend(user.private_key.as_ref().and_then(|path| unreadable(path, "client-key", name, files)));
    faults
}

fn plugin(name: &str, exec: &Placed<Exec>, user: &User) -> Vec<Fault> {
    let mut words = Vec::new();
    if user.auth_provider.is_some() {
        words.push(format!("authProvider cannot be provided in combination with an exec plugin for {name}"));
    }
    if exec.value.command.is_none() {
        words.push(format!("command must be specified for {name} to use exec authentication plugin"));
    }
    if exec.value.api_version.is_none() {
        words.push(format!("apiVersion must be specified for {name} to use exec authentication plugin"));
    }
    for _ in exec.value.environment.iter().filter(|(variable, _)| variable.is_empty()) {
        words.push(format!("env variable name must be specified for {name} to use exec authentication plugin"));
    }
    match exec.value.interactive_mode.as_deref() {
        None => words.push(format!("interactiveMode must be specified for {name} to use exec authentication plugin")),
        Some("Never" | "IfAvailable" | "Always") => {}
        Some(other) => words.push(format!("invalid interactiveMode for {name}: {}", go_text::quoted(other))),
    }
    words.into_iter().map(|words| Fault::new(FaultKind::BadExec, exec.span, words)).collect()
}
