//! `detctl secrets list`: how what is stored is told.

use detctl::credentials::record::{Kind, Record};
use detctl::report::secrets::list::{Row, human, json};

fn row(cluster: &str, not_after: Option<i64>) -> Row {
    Row {
        cluster: cluster.to_owned(),
        release: "det".to_owned(),
        secret: format!("{cluster}-kubeconfig"),
        record: Record {
            server: "https://west.example.com:6443".to_owned(),
            identity: "system:serviceaccount:determined-system:detctl-det-west".to_owned(),
            key: "config".to_owned(),
            kind: Some(Kind::TokenRequest),
            not_after,
            ..Record::default()
        },
    }
}

#[test]
fn a_table_and_a_document() {
    let rows = [row("west", None), row("east\u{1b}[31m", Some(1_800_000_000)), row("old", Some(1_000))];
    let table = human(&rows, "det", 1_700_000_000);
    assert!(table.starts_with("CLUSTER"), "{table}");
    assert!(table.contains("determined-system:detctl-det-west  without an end\n"), "{table}");
    assert!(table.contains("until 2027-01-15T08:00:00Z") && table.contains("ended 1970-01-01T00:16:40Z"), "{table}");
    assert!(!table.contains('\u{1b}'), "names from elsewhere are harmless: {table:?}");
    let document: serde_json::Value = serde_json::from_str(&json(&rows, "det").unwrap()).unwrap();
    assert_eq!(document["secrets"][2]["notAfter"], "1970-01-01T00:16:40Z");
    assert_eq!(document["secrets"][0]["credential"], "token-request");
    assert_eq!(human(&[], "det", 0), "detctl has written no kubeconfig in namespace det\n");
}
