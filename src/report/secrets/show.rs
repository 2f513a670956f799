//! The report of `detctl secrets show`: what a Secret holds, with everything secret as its size.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use super::list::{Row, or_none};
use crate::kubeconfig::Secret;
use crate::kubeconfig::address::Server;
use crate::report::plain::line;

/// A Secret with its data.
#[derive(Debug)]
pub struct Shown<'a> {
    /// What was noted when it was written.
    pub row: Row,
    /// Its keys and what they hold.
    pub data: &'a [(String, Secret)],
}

/// Members of a kubeconfig that anybody may see. Whatever is not among them is told by its size.
const PLAIN: [&str; 17] = [
    "apiVersion",
    "kind",
    "name",
    "cluster",
    "user",
    "namespace",
    "current-context",
    "tls-server-name",
    "insecure-skip-tls-verify",
    "disable-compression",
    "certificate-authority",
    "client-certificate",
    "client-key",
    "tokenFile",
    "as",
    "interactiveMode",
    "provideClusterInfo",
];

/// For people: each Secret, its keys, and the kubeconfig as indented JSON.
#[must_use]
pub fn human(all: &[Shown<'_>], namespace: &str) -> String {
    let mut text = String::new();
    for shown in all {
        let _ = writeln!(
            text,
            "{}  Secret {} in namespace {}",
            or_none(&shown.row.cluster),
            line(&shown.row.secret),
            line(namespace)
        );
        for (key, value) in shown.data {
            let _ = writeln!(text, "  {}: {} bytes", line(key), value.len());
            let Some(document) = document(value) else { continue };
            let pretty = serde_json::to_string_pretty(&document).unwrap_or_default();
            for one in pretty.lines() {
                let _ = writeln!(text, "    {}", line(one));
            }
        }
    }
    text
}

/// For programs.
///
/// # Errors
/// Never, but serde says so.
pub fn json(all: &[Shown<'_>], namespace: &str) -> Result<String, serde_json::Error> {
    let secrets: Vec<Value> = all
        .iter()
        .map(|shown| {
            let data: Map<String, Value> = shown
                .data
                .iter()
                .map(|(key, value)| (key.clone(), json!({ "bytes": value.len(), "kubeconfig": document(value) })))
                .collect();
            json!({
                "cluster": shown.row.cluster, "release": shown.row.release, "secret": shown.row.secret,
                "key": shown.row.record.key, "data": data,
            })
        })
        .collect();
    let document = json!({ "version": 1, "namespace": namespace, "secrets": secrets });
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

/// A kubeconfig as it may be shown; nothing for what is none, such as the file of a token.
fn document(value: &Secret) -> Option<Value> {
    let parsed: Value = serde_yaml::from_slice(value.expose()).ok()?;
    let is_kubeconfig = parsed.get("clusters").is_some() || parsed.get("contexts").is_some();
    is_kubeconfig.then(|| covered("", &parsed))
}

fn covered(key: &str, value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), covered(key, value))).collect::<Map<_, _>>().into()
        }
        Value::Array(items) => items.iter().map(|item| covered(key, item)).collect(),
        Value::Null | Value::Bool(_) => value.clone(),
        Value::String(text) if matches!(key, "server" | "proxy-url") => Server::new(text.clone()).to_string().into(),
        Value::String(_) | Value::Number(_) if PLAIN.contains(&key) => value.clone(),
        Value::String(text) => format!("({} bytes)", text.len()).into(),
        Value::Number(_) => "(a number)".into(),
    }
}
