//! The report of `detctl secrets list`.

use std::fmt::Write as _;

use serde::Serialize;

use crate::credentials::record::{Kind, Record};
use crate::report::dates::date;
use crate::report::plain::line;

/// A stored kubeconfig.
#[derive(Clone, Debug)]
pub struct Row {
    /// The resource manager that it is for.
    pub cluster: String,
    /// The Helm release that it is for.
    pub release: String,
    /// The Secret.
    pub secret: String,
    /// What was noted when it was written.
    pub record: Record,
}

/// Headings of the table.
const HEADS: [&str; 5] = ["CLUSTER", "SECRET/KEY", "SERVER", "IDENTITY", "HOLDS"];

/// A table for people; `now` in seconds since 1970.
#[must_use]
pub fn human(rows: &[Row], namespace: &str, now: i64) -> String {
    if rows.is_empty() {
        return format!("detctl has written no kubeconfig in namespace {}\n", line(namespace));
    }
    let cells: Vec<[String; 5]> = rows.iter().map(|row| row.cells(now)).collect();
    let width = |at: usize| {
        let widths = cells.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count());
        widths.chain(HEADS.get(at).map(|head| head.len())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..HEADS.len()).map(width).collect();
    let mut text = String::new();
    let heads = HEADS.map(str::to_owned);
    for row in std::iter::once(&heads).chain(&cells) {
        let padded: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "{}", padded.join("  ").trim_end());
    }
    text
}

impl Row {
    fn cells(&self, now: i64) -> [String; 5] {
        let Record { server, identity, not_after, key, .. } = &self.record;
        let holds = match not_after {
            None => "without an end".to_owned(),
            Some(end) if *end <= now => format!("ended {}", date(*end)),
            Some(end) => format!("until {}", date(*end)),
        };
        let identity = identity.strip_prefix("system:serviceaccount:").unwrap_or(identity);
        let secret = format!("{}/{}", line(&self.secret), line(key));
        [or_none(&self.cluster), secret, or_none(server), or_none(identity), holds]
    }
}

/// A text, or a dash where there is none.
pub(super) fn or_none(text: &str) -> String {
    if text.is_empty() { "–".to_owned() } else { line(text).into_owned() }
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    namespace: &'a str,
    secrets: Vec<Stored<'a>>,
}

/// What is told of a Secret; members are only ever added.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Stored<'a> {
    cluster_name: &'a str,
    release: &'a str,
    secret: &'a str,
    key: &'a str,
    server: &'a str,
    cluster_uid: &'a str,
    identity: &'a str,
    credential: Option<&'static str>,
    not_after: Option<String>,
    created: Option<String>,
    rights: &'a str,
    skipped_checks: &'a [String],
    written_by: &'a str,
}

impl<'a> From<&'a Row> for Stored<'a> {
    fn from(row: &'a Row) -> Self {
        let record = &row.record;
        Self {
            cluster_name: &row.cluster,
            release: &row.release,
            secret: &row.secret,
            key: &record.key,
            server: &record.server,
            cluster_uid: &record.cluster_uid,
            identity: &record.identity,
            credential: record.kind.map(Kind::as_str),
            not_after: record.not_after.map(date),
            created: record.created.map(date),
            rights: &record.rights,
            skipped_checks: &record.skipped,
            written_by: &record.version,
        }
    }
}

/// One JSON document.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(rows: &[Row], namespace: &str) -> serde_json::Result<String> {
    let document = Document { version: 1, namespace, secrets: rows.iter().map(Stored::from).collect() };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}
