//! The checks that devcluster's classes share.

use super::super::Stage;
use super::Checked;
use super::tables::Class;
use crate::diagnostic::{Ending, Phase};
use crate::model::devcluster::{Fault, FaultKind, Overridden};
use crate::python::{PyKind, PyValue, repr_set};
use crate::source::Span;

/// Faults and stages so far.
#[derive(Debug, Default)]
pub(super) struct Checks<'v> {
    pub(super) faults: Vec<Fault>,
    pub(super) stages: Vec<Stage<'v>>,
    pub(super) second_stages: Vec<Overridden>,
    pub(super) unused_configs: Vec<Span>,
    pub(super) temp_dir: Option<String>,
    /// Faults that devcluster meets before it builds the first stage.
    before_building: Vec<Fault>,
    /// The phase of the checks being made; `Config` unless a stage is being built.
    building: bool,
}

/// The entries of a mapping whose keys were checked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'v>(&'v [(PyValue, PyValue)]);

impl<'v> Fields<'v> {
    pub(super) fn entry(self, name: &str) -> Option<&'v (PyValue, PyValue)> {
        self.0.iter().find(|(key, _)| key.as_str() == Some(name))
    }

    pub(super) fn get(self, name: &str) -> Option<&'v PyValue> {
        self.entry(name).map(|(_, value)| value)
    }
}

impl<'v> Checks<'v> {
    pub(super) fn finish(mut self) -> Checked<'v> {
        let mut faults = self.before_building;
        faults.append(&mut self.faults);
        Checked { faults, stages: self.stages, second_stages: self.second_stages, unused_configs: self.unused_configs }
    }

    /// The name of a stage that is no text: all names become keys before the first stage is built.
    pub(super) fn name_as_key(&mut self, value: &PyValue) {
        if !matches!(value.kind, PyKind::List(_) | PyKind::Dict(_) | PyKind::Set(_)) {
            return self.string(value, "CustomConfig.name must be a string", "the name of a stage");
        }
        self.before_building.push(Fault {
            kind: FaultKind::BadValue,
            phase: Phase::Build,
            ending: Ending::DevclusterFails,
            words: format!("unhashable type: '{}'", value.type_name()),
            span: value.span,
            message: format!("the name of a stage has to be text, and this is {}", value.in_words()),
            help: "write a name".to_owned(),
        });
    }

    /// Makes checks that devcluster only makes when it builds a stage.
    pub(super) fn while_building(&mut self, checks: impl FnOnce(&mut Self)) {
        self.building = true;
        checks(self);
        self.building = false;
    }

    pub(super) fn fault(&mut self, kind: FaultKind, span: Span, words: String, message: String, help: String) {
        let phase = if self.building { Phase::Build } else { Phase::Config };
        self.faults.push(Fault { kind, phase, ending: Ending::DevclusterFails, words, span, message, help });
    }

    pub(super) fn bad(&mut self, span: Span, words: String, message: impl Into<String>, help: impl Into<String>) {
        self.fault(FaultKind::BadValue, span, words, message.into(), help.into());
    }

    /// The entries of a mapping after a look at its keys; `place` is where a missing key would stand.
    pub(super) fn keys(&mut self, value: &'v PyValue, class: &'static Class, place: Span) -> Option<Fields<'v>> {
        let Some(entries) = value.as_dict() else {
            let words = format!("'{}' object has no attribute 'keys'", value.type_name());
            let (message, help) = match value.kind {
                PyKind::None => ("this needs a mapping, and nothing is written here", "write `{}` for all defaults"),
                _ => ("this has to be a mapping", "write `key: value` lines below it"),
            };
            let span = if value.span.is_empty() { place } else { value.span };
            self.bad(span, words, message, help);
            return None;
        };
        let extra = |key: &PyValue| !key.as_str().is_some_and(|text| class.names().any(|name| name == text));
        let unknown: Vec<&PyValue> = entries.iter().map(|(key, _)| key).filter(|key| extra(key)).collect();
        let name = class.name;
        let words = format!("invalid keys for {name}: {}", repr_set(unknown.iter().map(|key| key.repr()).collect()));
        // All are named at once, and once is enough.
        let mut words = Some(words);
        for key in unknown {
            let kind = FaultKind::UnknownKey { key: key.to_text(), allowed: class.names().collect() };
            let message = format!("devcluster does not know the key `{}` here", key.to_text());
            self.fault(kind, key.span, words.take().unwrap_or_default(), message, String::new());
        }
        let fields = Fields(entries);
        let missing: Vec<&str> = class.required().filter(|name| fields.get(name).is_none()).collect();
        if !missing.is_empty() {
            let set = repr_set(missing.iter().map(|name| format!("'{name}'")).collect());
            let words = format!("missing required keys for {name}: {set}");
            let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
            let message = format!("{names} {} missing here", if missing.len() == 1 { "is" } else { "are" });
            self.fault(FaultKind::MissingKey, place, words, message, format!("add {names}"));
        }
        Some(fields)
    }

    /// The one entry that devcluster looks at.
    pub(super) fn single(
        &mut self,
        value: &PyValue,
        entries: &'v [(PyValue, PyValue)],
        words: &str,
        what: &str,
        help: &str,
    ) -> Option<&'v (PyValue, PyValue)> {
        let first = entries.first();
        if first.is_none() {
            self.bad(value.span, words.to_owned(), format!("{what} cannot be empty"), help);
        }
        first
    }

    pub(super) fn unknown_kind(&mut self, kind: &PyValue, of: &str, allowed: Vec<&'static str>) {
        let set = repr_set(allowed.iter().map(|kind| format!("'{kind}'")).collect());
        let text = kind.to_text();
        let words = format!("{text} is not one of {set}");
        let message = format!("devcluster knows no {of} of kind `{text}`");
        self.fault(FaultKind::UnknownKind { kind: text, allowed }, kind.span, words, message, String::new());
    }

    /// The items of a list of mappings; those that are none are faults.
    pub(super) fn list_of_dicts(
        &mut self,
        value: &'v PyValue,
        words: &str,
    ) -> impl Iterator<Item = &'v PyValue> + use<'v> {
        self.list(value, words, "mappings", |item| item.as_dict().is_some())
            .iter()
            .filter(|item| item.as_dict().is_some())
    }

    pub(super) fn list_of_strings(&mut self, value: &'v PyValue, words: &str) -> &'v [PyValue] {
        self.list(value, words, "texts", |item| item.as_str().is_some())
    }

    fn list(&mut self, value: &'v PyValue, words: &str, of: &str, fits: impl Fn(&PyValue) -> bool) -> &'v [PyValue] {
        let PyKind::List(items) = &value.kind else {
            let message = format!("a list of {of} has to stand here, not {}", value.in_words());
            self.bad(value.span, words.to_owned(), message, "write each entry on a line of its own, after `- `");
            return &[];
        };
        for item in items.iter().filter(|item| !fits(item)) {
            let message = format!("every entry of this list has to be one of {of}, and this is {}", item.in_words());
            let help = if of == "texts" { "put it in quotes" } else { "write it as `kind: value`" };
            self.bad(item.span, words.to_owned(), message, help);
        }
        items
    }

    pub(super) fn dict_with_string_keys(&mut self, value: &PyValue, words: &str) {
        let Some(entries) = value.as_dict() else {
            let message = format!("a mapping has to stand here, not {}", value.in_words());
            return self.bad(value.span, words.to_owned(), message, "write `{}` for an empty one, or leave it out");
        };
        for (key, _) in entries.iter().filter(|(key, _)| key.as_str().is_none()) {
            let message = format!("a key has to be text here, and `{}` is {}", key.to_text(), key.in_words());
            self.bad(key.span, words.to_owned(), message, "put it in quotes");
        }
    }

    pub(super) fn string(&mut self, value: &PyValue, words: &str, what: &str) {
        if value.as_str().is_none() {
            let message = format!("{what} has to be text, and this is {}", value.in_words());
            self.bad(value.span, words.to_owned(), message, "put it in quotes");
        }
    }

    /// A path, in which a `~` is expanded. Bytes are a path to Python; `text_only` are the words against them.
    pub(super) fn path(&mut self, value: Option<&PyValue>, text_only: Option<&str>) {
        let Some(value) = value else { return };
        let words = match (&value.kind, text_only) {
            (PyKind::None | PyKind::Str(_), _) | (PyKind::Bytes(_), None) => return,
            (PyKind::Bytes(_), Some(words)) => words.to_owned(),
            _ => format!("expected str, bytes or os.PathLike object, not {}", value.class_name()),
        };
        self.bad(
            value.span,
            words,
            format!("a path has to be text, and this is {}", value.in_words()),
            "put it in quotes",
        );
    }
}
