//! Values behind paths, conditions, and the words of Go's template engine for what it cannot follow.

use super::State;
use super::chart::Test;
use super::engine::{Engine, Found};
use super::given::{Given, GivenKind};
use crate::model::chart::{Reason, Stop};
use crate::source::Span;

impl<'a> Engine<'a> {
    /// The value of a path; `None` when nothing is there.
    pub(super) fn get(&self, path: &str) -> Found<'a> {
        let (start, rest) = match path.strip_prefix('@') {
            Some(rest) => (self.element.as_ref().map(|(_, element)| *element), rest.strip_prefix('.').unwrap_or("")),
            None => match path.split_once('.') {
                Some((first, rest)) => (self.values.get(first), rest),
                None => (self.values.get(path), ""),
            },
        };
        let mut at = start;
        for name in rest.split('.').filter(|name| !name.is_empty()) {
            at = match at.map(|given| &given.kind) {
                None | Some(GivenKind::Null) => {
                    let words = format!("nil pointer evaluating interface {{}}.{name}");
                    return Err(self.shape(&words, self.near(path), path));
                }
                Some(GivenKind::Table(table)) => table.get(name),
                Some(_) => {
                    let words = format!("can't evaluate field {name} in type interface {{}}");
                    return Err(self.shape(&words, at.and_then(Given::anchor), path));
                }
            };
        }
        Ok(at)
    }

    /// The same when the first part stands in parentheses: nothing has nothing, and the type is known.
    pub(super) fn get_within(&self, path: &str) -> Found<'a> {
        let (first, name) = path.split_once('.').unwrap_or((path, ""));
        match self.values.get(first) {
            None => Ok(None),
            Some(given) => match &given.kind {
                GivenKind::Null => Ok(None),
                GivenKind::Table(table) => Ok(table.get(name)),
                _ => {
                    let words = format!("can't evaluate field {name} in type {}", given.go_type());
                    Err(self.shape(&words, given.anchor(), path))
                }
            },
        }
    }

    /// The deepest part of a path that somebody wrote.
    pub(super) fn near(&self, path: &str) -> Option<Span> {
        let mut anchor = None;
        let mut at: Option<&Given> = None;
        for (depth, name) in path.split('.').enumerate() {
            at = match (depth, name) {
                (0, "@") => self.element.as_ref().map(|(_, element)| *element),
                (0, _) => self.values.get(name),
                _ => at.and_then(|given| given.as_table()?.get(name)),
            };
            anchor = at.and_then(Given::anchor).or(anchor);
        }
        if path.starts_with("slotResourceRequests") && anchor.is_none() {
            return self.near("slotType");
        }
        anchor.or_else(|| {
            self.element.is_some().then(|| self.values.get("additional_resource_managers")?.anchor()).flatten()
        })
    }

    pub(super) fn test(&self, test: &'static Test) -> Result<bool, Stop> {
        Ok(match test {
            Test::Filled(path) => self.get(path)?.is_some_and(Given::is_filled),
            Test::FilledWithin(path) => self.get_within(path)?.is_some_and(Given::is_filled),
            Test::Is(path, text) => self.equals(self.get(path)?, text, "eq", path)?,
            Test::IsTrimmed(path, text) => self.text_of(self.get(path)?, path)?.trim() == *text,
            Test::IsOr(path, or, text) => match self.get(path)?.filter(|value| value.is_filled()) {
                Some(value) => self.equals(Some(value), text, "eq", path)?,
                None => or == text,
            },
            Test::DiffersOr(path, or, text) => match self.get(path)?.filter(|value| value.is_filled()) {
                Some(value) => !self.equals(Some(value), text, "ne", path)?,
                None => or != text,
            },
            Test::All(tests) => {
                for test in *tests {
                    if !self.test(test)? {
                        return Ok(false);
                    }
                }
                true
            }
            Test::Any(tests) => {
                for test in *tests {
                    if self.test(test)? {
                        return Ok(true);
                    }
                }
                false
            }
            Test::Not(test) => !self.test(test)?,
            Test::Upgrade => self.request.state == State::Installed,
            Test::NewDatabase => self.is_database_new(),
        })
    }

    /// Helm looks for the Service of the chart's own database, which is not there with a database elsewhere.
    pub(super) fn is_database_new(&self) -> bool {
        let elsewhere = matches!(self.get("db.hostAddress"), Ok(Some(host)) if host.is_filled());
        self.request.state == State::New || elsewhere
    }

    pub(super) fn equals(
        &self,
        value: Option<&Given>,
        text: &str,
        function: &str,
        path: &'static str,
    ) -> Result<bool, Stop> {
        match value.map(|value| &value.kind) {
            None | Some(GivenKind::Null) => Ok(false),
            Some(GivenKind::Text(own)) => Ok(**own == *text),
            Some(_) => {
                let got = value.map_or("", Given::go_type);
                let words = format!("error calling {function}: incompatible types for comparison: {got} and string");
                Err(self.shape(&words, value.and_then(Given::anchor), path))
            }
        }
    }

    pub(super) fn text_of(&self, value: Option<&'a Given>, path: &'static str) -> Result<&'a str, Stop> {
        let words = match value {
            Some(Given { kind: GivenKind::Text(text), .. }) => return Ok(text),
            Some(value) if !value.is_null() => {
                format!("wrong type for value; expected string; got {}", value.go_type())
            }
            _ => "invalid value; expected string".to_owned(),
        };
        Err(self.shape(&words, value.and_then(Given::anchor).or_else(|| self.near(path)), path))
    }

    pub(super) fn fail(&self, words: &str, place: Option<Span>, path: &str) -> Stop {
        let words = format!("execution error at ({}): {words}", self.within.first().unwrap_or(&""));
        Stop { words, place, path: path.to_owned(), reason: Reason::Demanded }
    }

    /// The same from within another template that is told of in `before`.
    pub(super) fn told_in(&self, before: &str, stop: Stop) -> Stop {
        let start = format!("{}: ", self.within.join(": error calling include: "));
        match stop.words.strip_prefix(&start) {
            Some(rest) => Stop { words: format!("{start}{before}{rest}"), ..stop },
            None => stop,
        }
    }

    pub(super) fn shape(&self, words: &str, place: Option<Span>, path: &str) -> Stop {
        let words = format!("{}: {words}", self.within.join(": error calling include: "));
        Stop { words, place, path: path.to_owned(), reason: Reason::Shape }
    }
}
