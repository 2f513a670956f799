//! `detctl secrets show`: nothing secret is shown.

use detctl::credentials::record::Record;
use detctl::kubeconfig::Secret;
use detctl::report::secrets::list::Row;
use detctl::report::secrets::show::{Shown, human, json};

const KUBECONFIG: &str = "apiVersion: v1
kind: Config
current-context: west
clusters:
- name: west
  cluster: {server: 'https://u:Canary@west.example.com:6443', certificate-authority-data: Canary}
contexts:
- name: west
  context: {cluster: west, user: west, namespace: det}
users:
- name: west
  user:
    token: Canary
    client-key-data: Canary
    username: Canary
    password: Canary
    exec: {command: /opt/Canary, args: [Canary], env: [{name: Canary, value: Canary}]}
    auth-provider: {name: gcp, config: {access-token: Canary, expiry: 1}}
";

#[test]
fn what_is_secret_is_told_by_its_size() {
    let row = Row {
        cluster: "west".to_owned(),
        release: "det".to_owned(),
        secret: "west-kubeconfig".to_owned(),
        record: Record { key: "config".to_owned(), ..Record::default() },
    };
    let data = [("config".to_owned(), Secret::new(KUBECONFIG)), ("token".to_owned(), Secret::new("Canary and more"))];
    let shown = [Shown { row, data: &data }];
    let (text, document) = (human(&shown, "det"), json(&shown, "det").unwrap());
    for printed in [&text, &document] {
        assert_eq!(printed.matches("Canary").count(), 1, "the name of a variable is none of its values: {printed}");
        assert!(printed.contains("west.example.com:6443") && printed.contains("(6 bytes)"), "{printed}");
    }
    assert!(text.starts_with("west  Secret west-kubeconfig in namespace det\n  config: "), "{text}");
    assert!(text.ends_with("  token: 15 bytes\n"), "{text}");
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let config = &document["secrets"][0]["data"]["config"]["kubeconfig"];
    assert_eq!(config["users"][0]["user"]["token"], "(6 bytes)");
    assert_eq!(config["contexts"][0]["context"]["namespace"], "det");
    assert!(document["secrets"][0]["data"]["token"]["kubeconfig"].is_null());
}
