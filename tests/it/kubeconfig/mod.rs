//! Kubeconfigs against the recorded verdicts of the real client-go.

mod resolver;

use std::collections::BTreeMap;
use std::fs;

use detctl::kubeconfig::{Client, Credential, FileAnswer, Files, Secret, confirm, load};
use detctl::source::SourceMap;
use serde_json::Value;

use crate::support::root;

/// This machine's files, in the words of Go.
struct Here;

impl Files for Here {
    fn read(&self, path: &str) -> FileAnswer {
        match fs::read(path) {
            Ok(bytes) => FileAnswer::Content(Secret::new(bytes)),
            Err(error) => FileAnswer::Refused(match error.kind() {
                std::io::ErrorKind::NotFound => "no such file or directory".to_owned(),
                std::io::ErrorKind::IsADirectory => "is a directory".to_owned(),
                _ => "invalid argument".to_owned(),
            }),
        }
    }
}

pub(crate) fn records() -> Vec<Value> {
    let text = fs::read_to_string(root().join("fixtures/kubeconfig/client-go.ndjson")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What came of a text, in the fields of the records.
fn outcome(text: &str) -> BTreeMap<&'static str, String> {
    let mut sources = SourceMap::new();
    let id = sources.add("kubeconfig", text);
    let loading = load(id, text);
    if let Some(fault) = loading.faults.first() {
        return BTreeMap::from([("load", fault.words.clone())]);
    }
    match confirm(&loading.config, &Here) {
        Ok(client) => fields(&client),
        Err(stop) => BTreeMap::from([(if stop.is_load() { "load" } else { "client" }, stop.words)]),
    }
}

fn fields(client: &Client) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::from([("host", client.server.expose().to_owned())]);
    let text = |secret: &Secret| secret.expose_text().unwrap().to_owned();
    for credential in &client.credentials {
        match credential {
            Credential::Token(token) => found.extend([("token", text(token))]),
            Credential::TokenFile { path, token } => {
                found.insert("tokenFile", path.clone());
                found.extend(token.as_ref().map(|token| ("token", text(token))));
            }
            Credential::Certificate(_) => found.extend([("cert", String::new())]),
            Credential::Basic => found.extend([("username", String::new())]),
            Credential::Plugin(command) => found.extend([("exec", command.clone())]),
            Credential::Provider(name) => found.extend([("authProvider", name.clone())]),
        }
    }
    if !client.authorities.is_empty() {
        found.insert("ca", String::new());
    }
    if client.is_insecure {
        found.insert("insecure", "true".to_owned());
    }
    found.extend(client.server_name.clone().map(|name| ("serverName", name)));
    found.extend(client.impersonates.clone().map(|name| ("as", name)));
    found
}

fn recorded(record: &Value) -> BTreeMap<&'static str, String> {
    let mut found = BTreeMap::new();
    for key in ["load", "client"] {
        if let Some(words) = record.get(key) {
            return BTreeMap::from([(key, words.as_str().unwrap().to_owned())]);
        }
    }
    for key in ["host", "token", "tokenFile", "exec", "authProvider", "serverName", "as"] {
        found.extend(record.get(key).map(|value| (key, value.as_str().unwrap().to_owned())));
    }
    for key in ["cert", "username", "ca"] {
        found.extend(record.get(key).map(|_| (key, String::new())));
    }
    found.extend(record.get("insecure").map(|_| ("insecure", "true".to_owned())));
    // The library keeps the plugin in the configuration, but asks it only when nothing else is there.
    if ["token", "cert", "username"].iter().any(|key| found.contains_key(key)) {
        found.remove("exec");
    }
    found
}

/// Texts are equal, or ours stops in `…` where the rest would repeat a part of the file.
fn agrees(ours: &BTreeMap<&'static str, String>, theirs: &BTreeMap<&'static str, String>) -> bool {
    ours.len() == theirs.len()
        && ours.iter().zip(theirs).all(|((key, ours), (name, theirs))| {
            key == name
                && match ours.split_once('…') {
                    Some((start, end)) => theirs.starts_with(start) && theirs.ends_with(end),
                    None => ours == theirs,
                }
        })
}

#[test]
fn every_recorded_verdict_of_client_go_is_ours() {
    let mut wrong = Vec::new();
    let records = records();
    assert!(records.len() > 200);
    for record in &records {
        let ours = outcome(record["text"].as_str().unwrap());
        let theirs = recorded(record);
        if !agrees(&ours, &theirs) {
            wrong.push(format!("{}\n  ours   {ours:?}\n  theirs {theirs:?}", record["name"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ\n{}", wrong.len(), records.len(), wrong.join("\n"));
}

#[test]
fn no_words_and_no_debug_show_a_secret() {
    let mut canaries = 0;
    for record in &records() {
        let text = record["text"].as_str().unwrap();
        let mut sources = SourceMap::new();
        let id = sources.add("kubeconfig", text);
        let loading = load(id, text);
        let confirmed = confirm(&loading.config, &Here);
        let shown = format!("{loading:?} {confirmed:?} {loading:#?} {confirmed:#?}");
        canaries += usize::from(text.contains("canary"));
        assert!(!shown.contains("canary"), "{}: {shown}", record["name"]);
    }
    assert!(canaries > 100);
}
