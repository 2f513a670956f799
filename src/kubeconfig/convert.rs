//! Lists of named entries → entries by name, in the order in which client-go converts them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Secret;
use super::address::Server;
use super::fault::{Fault, FaultKind};
use super::model::{AuthProvider, Cluster, Context, Exec, Extra, Kubeconfig, Named, Placed, User};
use crate::decode::{Decoded, Entry, Record};
use crate::source::Span;

/// The protocols of plugins whose `interactiveMode` has a default.
const LENIENT_PROTOCOLS: [&str; 2] = ["client.authentication.k8s.io/v1beta1", "client.authentication.k8s.io/v1alpha1"];

/// The Go types of a list, as the error of a name that stands twice prints them.
struct Names {
    list: &'static str,
    map: &'static str,
}

const CLUSTERS: Names = Names { list: "NamedCluster", map: "*api.Cluster" };
const USERS: Names = Names { list: "NamedAuthInfo", map: "*api.AuthInfo" };
const CONTEXTS: Names = Names { list: "NamedContext", map: "*api.Context" };
const EXTENSIONS: Names = Names { list: "NamedExtension", map: "runtime.Object" };

/// Converts what was decoded; the faults in the order in which client-go would meet them.
pub(super) fn kubeconfig(record: &Record) -> (Kubeconfig, Vec<Fault>) {
    let mut faults = Vec::new();
    if let Some(preferences) = record.record("preferences") {
        extensions(preferences, &mut faults);
    }
    let config = Kubeconfig {
        clusters: named(record, "clusters", "cluster", &CLUSTERS, cluster, &mut faults),
        users: named(record, "users", "user", &USERS, user, &mut faults),
        contexts: named(record, "contexts", "context", &CONTEXTS, context, &mut faults),
        current_context: text(record, "current-context"),
    };
    extensions(record, &mut faults);
    (config, faults)
}

fn named<T: Default>(
    record: &Record,
    list: &str,
    inner: &str,
    names: &Names,
    read: fn(&Record) -> T,
    faults: &mut Vec<Fault>,
) -> BTreeMap<String, Named<T>> {
    let mut found = BTreeMap::new();
    for entry in record.list(list).unwrap_or_default() {
        let Some(item) = entry.as_record() else { continue };
        if let Some(inner) = item.record(inner) {
            extensions(inner, faults);
        }
        let name = item.text("name").unwrap_or_default();
        let place = item.entry("name").map_or(entry.span, |name| name.span);
        if found.contains_key(name) {
            faults.push(twice(names, name, place));
            continue;
        }
        let read = item.record(inner).map(read).unwrap_or_default();
        found.insert(name.to_owned(), Named { name: place, span: entry.span, item: read });
    }
    found
}

fn extensions(record: &Record, faults: &mut Vec<Fault>) {
    let mut seen = Vec::new();
    for entry in record.list("extensions").unwrap_or_default() {
        let Some(item) = entry.as_record() else { continue };
        let name = item.text("name").unwrap_or_default();
        if seen.contains(&name) {
            faults.push(twice(&EXTENSIONS, name, item.entry("name").map_or(entry.span, |name| name.span)));
        }
        seen.push(name);
    }
}

/// client-go goes on with the whole list, tokens and keys included; that part is left out.
fn twice(names: &Names, name: &str, place: Span) -> Fault {
    let Names { list, map } = names;
    // The message has `%v` in quotes of its own.
    let words = format!("error converting *[]{list} into *map[string]{map}: duplicate name \"{name}\" in list: …");
    Fault::new(FaultKind::DuplicateName, place, words)
}

fn cluster(record: &Record) -> Cluster {
    Cluster {
        server: text(record, "server").map(|server| with(&server, Server::new(server.value.as_str()))),
        server_name: text(record, "tls-server-name"),
        insecure: truth(record, "insecure-skip-tls-verify"),
        authority: text(record, "certificate-authority"),
        authority_data: bytes(record, "certificate-authority-data"),
        proxy: secret(record, "proxy-url"),
        disable_compression: truth(record, "disable-compression"),
    }
}

fn context(record: &Record) -> Context {
    Context { cluster: text(record, "cluster"), user: text(record, "user"), namespace: text(record, "namespace") }
}

fn user(record: &Record) -> User {
    User {
        certificate: text(record, "client-certificate"),
        certificate_data: bytes(record, "client-certificate-data"),
        private_key: text(record, "client-key"),
        private_key_data: bytes(record, "client-key-data").map(|bytes| with(&bytes, Secret::new(bytes.value.clone()))),
        token: secret(record, "token"),
        token_file: text(record, "tokenFile"),
        impersonate: text(record, "as"),
        impersonate_uid: text(record, "as-uid"),
        impersonate_groups: groups(record),
        impersonate_extra: extra(record),
        username: text(record, "username"),
        password: secret(record, "password"),
        auth_provider: placed(record, "auth-provider", auth_provider),
        exec: placed(record, "exec", exec),
    }
}

fn auth_provider(entry: &Entry) -> Option<AuthProvider> {
    let record = entry.as_record()?;
    let config = match record.entry("config").map(|entry| &entry.value) {
        Some(Decoded::Map(members)) => members
            .iter()
            .map(|(key, entry)| (key.clone(), secret_of(entry).unwrap_or_else(|| Secret::new(""))))
            .collect(),
        _ => Vec::new(),
    };
    Some(AuthProvider { name: record.text("name").unwrap_or_default().to_owned(), config })
}

fn exec(entry: &Entry) -> Option<Exec> {
    let record = entry.as_record()?;
    let api_version = text(record, "apiVersion");
    let lenient = api_version.as_ref().is_some_and(|version| LENIENT_PROTOCOLS.contains(&version.value.as_str()));
    let mode = record.text("interactiveMode").filter(|mode| !mode.is_empty()).map(str::to_owned);
    Some(Exec {
        command: text(record, "command"),
        arguments: record.list("args").unwrap_or_default().iter().filter_map(secret_of).collect(),
        environment: record.list("env").unwrap_or_default().iter().filter_map(Entry::as_record).map(variable).collect(),
        api_version,
        install_hint: text(record, "installHint"),
        provides_cluster: record.bool("provideClusterInfo").unwrap_or(false),
        interactive_mode: mode.or_else(|| lenient.then(|| "IfAvailable".to_owned())),
    })
}

fn variable(record: &Record) -> (String, Secret) {
    let value = record.entry("value").and_then(secret_of).unwrap_or_else(|| Secret::new(""));
    (record.text("name").unwrap_or_default().to_owned(), value)
}

fn groups(record: &Record) -> Option<Placed<Vec<String>>> {
    placed(record, "as-groups", |entry| texts(&entry.value)).filter(|groups| !groups.value.is_empty())
}

fn extra(record: &Record) -> Option<Placed<Extra>> {
    let read = |entry: &Entry| match &entry.value {
        Decoded::Map(members) => {
            Some(members.iter().map(|(key, entry)| (key.clone(), texts(&entry.value).unwrap_or_default())).collect())
        }
        _ => None,
    };
    placed(record, "as-user-extra", read).filter(|extra: &Placed<Extra>| !extra.value.is_empty())
}

fn texts(value: &Decoded) -> Option<Vec<String>> {
    match value {
        Decoded::List(items) => Some(
            items
                .iter()
                .filter_map(|item| match &item.value {
                    Decoded::Text(text) => Some(text.to_string()),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}

fn text(record: &Record, key: &str) -> Option<Placed<String>> {
    placed(record, key, |entry| match &entry.value {
        Decoded::Text(text) if !text.is_empty() => Some(text.to_string()),
        _ => None,
    })
}

fn truth(record: &Record, key: &str) -> Option<Placed<bool>> {
    placed(record, key, |entry| matches!(entry.value, Decoded::Bool(true)).then_some(true))
}

fn secret(record: &Record, key: &str) -> Option<Placed<Secret>> {
    placed(record, key, secret_of).filter(|secret| !secret.value.is_empty())
}

fn secret_of(entry: &Entry) -> Option<Secret> {
    match &entry.value {
        Decoded::Text(text) => Some(Secret::new(text.as_bytes())),
        _ => None,
    }
}

/// Base64 as Go reads it, or a list of numbers; neither is kept when it is empty.
fn bytes(record: &Record, key: &str) -> Option<Placed<Vec<u8>>> {
    let read = |entry: &Entry| match &entry.value {
        Decoded::Text(text) => {
            let inked: String = text.chars().filter(|c| !matches!(c, '\n' | '\r')).collect();
            STANDARD.decode(inked).ok()
        }
        Decoded::List(items) => items
            .iter()
            .map(|item| match item.value {
                Decoded::Int(number) => u8::try_from(number).ok(),
                _ => None,
            })
            .collect(),
        _ => None,
    };
    placed(record, key, read).filter(|bytes: &Placed<Vec<u8>>| !bytes.value.is_empty())
}

fn placed<T>(record: &Record, key: &str, read: impl Fn(&Entry) -> Option<T>) -> Option<Placed<T>> {
    let entry = record.entry(key)?;
    Some(Placed { value: read(entry)?, key: entry.key.unwrap_or(entry.span), span: entry.span })
}

fn with<T, U>(placed: &Placed<T>, value: U) -> Placed<U> {
    Placed { value, key: placed.key, span: placed.span }
}
