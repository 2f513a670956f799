//! For programs: one document, fields only ever added.

use serde::Serialize;

use super::{Judged, words};
use crate::kubeconfig::worth::{Part, Reason, Stanza, Verdict};
use crate::report::dates::date;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    version: u32,
    path: &'a str,
    starts: bool,
    needs: &'a [String],
    ends: Option<Ends>,
    parts: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Ends {
    phase: &'static str,
    says: String,
    faults: Vec<Fault>,
}

#[derive(Serialize)]
struct Fault {
    line: Option<u32>,
    column: Option<u32>,
    words: String,
}

#[derive(Serialize)]
struct Entry<'a> {
    part: &'static str,
    what: String,
    fate: &'static str,
    line: Option<u32>,
    column: Option<u32>,
    reasons: Vec<String>,
    expires: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fingerprints: Option<Vec<&'a str>>,
}

/// The judgement as JSON.
///
/// # Errors
/// Never: there are texts and numbers only.
pub fn json(judged: &Judged<'_>) -> serde_json::Result<String> {
    let none = Vec::new();
    let document = Document {
        version: 1,
        path: judged.path,
        starts: !matches!(judged.worth.verdict, Verdict::Ends(_)),
        needs: match &judged.worth.verdict {
            Verdict::StartsWith(paths) => paths,
            _ => &none,
        },
        ends: match &judged.worth.verdict {
            Verdict::Ends(end) => Some(Ends {
                phase: words::phase_id(end.phase),
                says: words::last_line(end),
                faults: end.faults.iter().map(|fault| self::fault(judged, fault)).collect(),
            }),
            _ => None,
        },
        parts: judged.worth.stanzas.iter().map(|stanza| entry(judged, stanza)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document)?;
    text.push('\n');
    Ok(text)
}

fn fault(judged: &Judged<'_>, fault: &crate::kubeconfig::Fault) -> Fault {
    let position = fault.span.map(|span| judged.sources.file(span.source).position(span.start));
    Fault { line: position.map(|p| p.line), column: position.map(|p| p.column), words: fault.words.clone() }
}

fn entry<'a>(judged: &Judged<'a>, stanza: &'a Stanza) -> Entry<'a> {
    let (part, what) = words::part(&stanza.part);
    let position = stanza.span.map(|span| judged.sources.file(span.source).position(span.start));
    let end = stanza.reasons.iter().find_map(|reason| match reason {
        Reason::Until(end) | Reason::Over(end) => Some(date(*end)),
        _ => None,
    });
    Entry {
        part,
        what,
        fate: words::fate(stanza.fate),
        line: position.map(|p| p.line),
        column: position.map(|p| p.column),
        reasons: stanza.reasons.iter().filter_map(words::reason).collect(),
        expires: end,
        fingerprints: match &stanza.part {
            Part::Authorities(found) => Some(found.iter().map(|one| one.fingerprint.as_str()).collect()),
            Part::Certificate(Some(one)) => Some(vec![one.fingerprint.as_str()]),
            _ => None,
        },
    }
}
