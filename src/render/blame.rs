//! Texts that Helm prints so that the YAML breaks: which of them it is.
//!
//! Helm writes pod specs as JSON and additional managers as YAML of its own, and neither lets quotes stand inside of the
//! value. So each suspicious text is tried alone, with a harmless word in place of all others.

use super::tree::{Origin, Tree};
use super::{Remark, Task, proof};
use crate::emit;
use crate::formats::helm_values;
use crate::source::Span;
use crate::value::{Member, Object, Value, ValueKind};

/// Most texts that are tried, each of which costs a proof.
const MOST: usize = 200;

/// What the chart prints with `toYaml` (facts §6.1).
const THROUGH_JSON: [&str; 2] = ["resource_pools", "additional_resource_managers"];

/// A text that no reader takes for a plain word.
struct Suspect {
    setting: String,
    place: Span,
    text: ecow::EcoString,
}

impl Suspect {
    /// Whether Helm changes the text on its way, or loses the list that holds it.
    fn is_lost(&self) -> bool {
        THROUGH_JSON.iter().any(|list| self.setting.starts_with(list)) && !helm_values::comes_back(&self.text)
    }

    fn remark(&self, message: String) -> Remark {
        Remark {
            path: self.setting.clone(),
            setting: self.setting.clone(),
            place: self.place,
            message,
            help: Some("choose another text: no quotes survive here".to_owned()),
        }
    }
}

/// The texts that do not come back from Helm's way through JSON.
pub(super) fn lost(origin: &Origin<'_>) -> Vec<Remark> {
    let mut suspects = Vec::new();
    collect(origin.values, "", &mut suspects);
    let remark = |suspect: &Suspect| {
        suspect.remark("Helm passes this text through JSON, and YAML does not read it there as it is".to_owned())
    };
    suspects.iter().filter(|suspect| suspect.is_lost()).map(remark).collect()
}

/// The texts by themselves that the proof stops at.
pub(super) fn culprits(task: &Task<'_>, origin: &Origin<'_>) -> Vec<Remark> {
    let mut suspects = Vec::new();
    collect(origin.values, "", &mut suspects);
    suspects.truncate(MOST);
    let stops = |suspect: &Suspect| {
        let values = harmless(origin.values, suspect.place);
        let tree = Tree::new(&Origin { values: &values, ..*origin }, task);
        let text = super::laid_out(task, &tree).ok()?;
        let halt = proof::follow(&text, task, &tree).err()?;
        halt.broken().map(str::to_owned)
    };
    let culprit = |suspect: &Suspect| {
        let words = stops(suspect)?;
        let why = words.rsplit(": ").next().unwrap_or(&words);
        Some(suspect.remark(format!("as Helm prints this text, it breaks the YAML: {why}")))
    };
    suspects.iter().filter_map(culprit).collect()
}

fn is_suspicious(text: &str) -> bool {
    !emit::stays_text(text)
}

fn collect(value: &Value, path: &str, suspects: &mut Vec<Suspect>) {
    match &value.kind {
        ValueKind::String(text) if is_suspicious(text) => {
            suspects.push(Suspect { setting: path.to_owned(), place: value.span, text: text.clone() });
        }
        ValueKind::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| collect(item, &format!("{path}[{at}]"), suspects));
        }
        ValueKind::Object(object) => {
            for member in object.members() {
                let path = if path.is_empty() { member.key.to_string() } else { format!("{path}.{}", member.key) };
                if is_suspicious(&member.key) {
                    suspects.push(Suspect { setting: path.clone(), place: member.key_span, text: member.key.clone() });
                }
                collect(&member.value, &path, suspects);
            }
        }
        _ => {}
    }
}

/// The same values with a word for every suspicious text but the one at a place.
fn harmless(value: &Value, but: Span) -> Value {
    let kind = match &value.kind {
        ValueKind::String(text) if is_suspicious(text) && value.span != but => ValueKind::String(word(value.span)),
        ValueKind::Array(items) => ValueKind::Array(items.iter().map(|item| harmless(item, but)).collect()),
        ValueKind::Object(object) => {
            let member = |member: &Member| {
                let is_plain = !is_suspicious(&member.key) || member.key_span == but;
                let key = if is_plain { member.key.clone() } else { word(member.key_span) };
                Member { key, key_span: member.key_span, value: harmless(&member.value, but) }
            };
            ValueKind::Object(Object::from_written(object.members().iter().map(member).collect()))
        }
        kind => kind.clone(),
    };
    value.with_kind(kind)
}

/// A word that stands at one place only.
fn word(place: Span) -> ecow::EcoString {
    format!("x{}", place.start).into()
}
