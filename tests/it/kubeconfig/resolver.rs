//! One context out of kubeconfigs, and what is written for a master.

use std::collections::BTreeSet;

use detctl::kubeconfig::address::Server;
use detctl::kubeconfig::{
    Access, FileAnswer, Files, NoFiles, Output, OutputCredential, Refusal, RefusalKind, Remark, Secret, Trust, confirm,
    load, render, select,
};
use detctl::source::SourceMap;
use proptest::prelude::*;

use super::records;

/// A file system that holds one file.
struct One(&'static str, &'static str);

impl Files for One {
    fn read(&self, path: &str) -> FileAnswer {
        if path == self.0 {
            FileAnswer::Content(Secret::new(self.1))
        } else {
            FileAnswer::Refused("no such file or directory".to_owned())
        }
    }
}

fn chosen(text: &str, context: &str, files: &dyn Files) -> Result<Access, Vec<Refusal>> {
    let mut sources = SourceMap::new();
    let id = sources.add("kubeconfig", text);
    select(&load(id, text).config, context, files)
}

fn kubeconfig(cluster: &str, user: &str) -> String {
    format!(
        "contexts: [{{name: west, context: {{cluster: c, user: u}}}}]\nclusters: [{{name: c, cluster: {{{cluster}}}}}]\n\
         users: [{{name: u, user: {{{user}}}}}]\n"
    )
}

fn recorded_authority() -> String {
    let record = records().into_iter().find(|record| record["name"] == "01-plain").unwrap();
    let line = record["text"].as_str().unwrap().lines().find(|line| line.contains("authority-data")).unwrap().trim();
    line.to_owned()
}

#[test]
fn what_cannot_be_used_is_refused_with_its_reason() {
    let server = "server: 'https://a.example.com'";
    let table = [
        ("west", "server: 'http://a'", "token: t", RefusalKind::NotHttps),
        ("west", "server: a.example.com", "token: t", RefusalKind::NotHttps),
        ("other", server, "token: t", RefusalKind::NoContext),
        ("west", server, "token: REDACTED", RefusalKind::Sentinel),
        ("west", "server: 'https://a', certificate-authority-data: DATA+OMITTED", "token: t", RefusalKind::Sentinel),
        ("west", server, "client-certificate-data: DATA+OMITTED, client-key-data: DATA+OMITTED", RefusalKind::Sentinel),
        ("west", server, "client-key-data: UkVEQUNURUQ=, client-certificate-data: aGk=", RefusalKind::Sentinel),
        ("west", server, "tokenFile: /absent", RefusalKind::File),
        ("west", "server: 'https://a', certificate-authority: /absent", "token: t", RefusalKind::File),
        ("west", server, "client-certificate: /absent, client-key: /absent", RefusalKind::File),
        ("west", server, "token: t, username: u", RefusalKind::ClientGo),
        ("west", "server: 'https://a', proxy-url: 'ftp://canary@p'", "token: t", RefusalKind::ClientGo),
        ("west", server, "exec: {command: x}", RefusalKind::ClientGo),
    ];
    for (context, cluster, user, expected) in table {
        let refusals = chosen(&kubeconfig(cluster, user), context, &One("/there", "")).unwrap_err();
        assert_eq!(refusals[0].kind, expected, "{cluster} {user}: {refusals:?}");
        assert!(!format!("{refusals:?}").contains("canary"), "{refusals:?}");
    }
    let none = "contexts: [{name: west, context: {cluster: c, user: u}}, {name: bare, context: {}}]";
    let kinds = |context| chosen(none, context, &NoFiles).unwrap_err().iter().map(|r| r.kind).collect::<Vec<_>>();
    assert_eq!(kinds("west"), [RefusalKind::NoCluster, RefusalKind::NoUser]);
    assert_eq!(kinds("bare"), [RefusalKind::NoCluster, RefusalKind::NoUser]);
}

#[test]
fn files_are_taken_in_and_data_wins_over_them() {
    let authority = recorded_authority();
    let text = kubeconfig(
        &format!("server: 'https://a.example.com', {authority}, certificate-authority: /no"),
        "token: inline, tokenFile: /token",
    );
    let access = chosen(&text, "west", &One("/token", " filed-token\n")).unwrap();
    assert_eq!(access.login.token.as_ref().and_then(Secret::expose_text), Some("filed-token"));
    assert!(matches!(&access.trust, Trust::Authorities(pem) if pem.starts_with(b"-----BEGIN")));
    assert!(matches!(access.remarks[..], [
        Remark::DataOverFile("certificate-authority", _),
        Remark::TokenFromFile(ref path, _)
    ] if path == "/token"));
    // A file that cannot be read leaves the inline token, as in client-go.
    let access = chosen(&kubeconfig("server: 'https://a'", "token: inline, tokenFile: /gone"), "west", &One("/x", ""));
    assert_eq!(access.unwrap().login.token.as_ref().and_then(Secret::expose_text), Some("inline"));
}

#[test]
fn broken_entries_beside_the_chosen_one_do_not_matter() {
    let broken = "{name: broken, user: {client-certificate: /no, exec: {}}}";
    let text = kubeconfig("server: 'https://a'", "token: t").replace("users: [", &format!("users: [{broken}, "));
    assert!(text.contains("/no"));
    chosen(&text, "west", &NoFiles).unwrap();
}

fn output(name: &str, token: &str) -> Output {
    Output {
        name: name.to_owned(),
        server: Server::new("https://a.example.com:6443"),
        server_name: None,
        authorities: None,
        proxy: None,
        namespace: None,
        credential: OutputCredential::Token(Secret::new(token)),
    }
}

/// Every key that stands in a JSON text, at any depth.
fn keys(value: &serde_json::Value, found: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (key, value) in members {
                found.insert(key.clone());
                keys(value, found);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

#[test]
fn what_is_written_is_the_same_for_the_same_input() {
    let text = render(&output("no", "0123\n"));
    assert_eq!(
        text.expose_text().unwrap(),
        r#"{"apiVersion":"v1","kind":"Config","current-context":"no","contexts":[{"name":"no","context":{"cluster":"no","user":"no"}}],"clusters":[{"name":"no","cluster":{"server":"https://a.example.com:6443"}}],"users":[{"name":"no","user":{"token":"0123"}}]}"#
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// T10: what is written loads, with the allowed fields and nothing else, whatever the names are.
    #[test]
    fn t10_only_allowed_fields_are_written(
        name in "\\PC{1,20}",
        token in "[!-~]{1,40}",
        server_name in proptest::option::of("[a-z.]{1,20}"),
        namespace in proptest::option::of("[a-z]{1,9}"),
        file in proptest::option::of("/mount/[a-z]{1,9}"),
    ) {
        let credential = match &file {
            Some(path) => OutputCredential::TokenWithFile(Secret::new(token.as_str()), path.clone()),
            None => OutputCredential::Token(Secret::new(token.as_str())),
        };
        let written = render(&Output { server_name, namespace, credential, ..output(&name, &token) });
        let text = written.expose_text().unwrap();
        let mut found = BTreeSet::new();
        keys(&serde_json::from_str(text).unwrap(), &mut found);
        let allowed = [
            "apiVersion", "kind", "current-context", "contexts", "clusters", "users", "name", "context", "cluster", "user",
            "namespace", "server", "tls-server-name", "certificate-authority-data", "proxy-url", "token", "tokenFile",
            "client-certificate-data", "client-key-data",
        ];
        prop_assert!(found.iter().all(|key| allowed.contains(&key.as_str())), "{:?}", found);
        let mut sources = SourceMap::new();
        let loading = load(sources.add("k", text), text);
        prop_assert!(loading.faults.is_empty() && loading.unknown.is_empty(), "{:?}", loading);
        let client = confirm(&loading.config, &NoFiles).unwrap();
        prop_assert!(client.is_secure && client.credentials.len() == 1 && client.impersonates.is_none());
    }
}
