//! devcluster files, as devcluster 1.3.2 reads them (facts §7), up to the configurations that it writes for masters.
//!
//! text → tree → Python values → variables expanded → devcluster's own checks → per master stage: its `config_file`
//! dumped by PyYAML, which the master then reads like any `master.yaml`, with the way back.

mod dump;
mod duplicates;
pub mod environment;
mod expand;
pub mod schema;

pub use environment::Environment;

use crate::diagnostic::{Ending, Phase};
use crate::formats::mapped::Origins;
use crate::model::devcluster::{BadLine, Fault, FaultKind, Overridden, Reading};
use crate::python::{PyKind, PyValue, ReadError, construct, traceback};
use crate::source::{SourceId, SourceMap, Span};
use crate::yaml::parse::{PyStop, PySyntaxError, parse_pyyaml};
use crate::yaml::{Tree, octals};

/// A configuration that devcluster writes for a master.
#[derive(Debug)]
pub struct Written {
    /// The name of the stage.
    pub name: String,
    /// The file's text.
    pub text: String,
    /// The way back into the devcluster file.
    pub origins: Origins,
    /// Where values were written that devcluster makes another type of.
    pub retyped: Vec<Span>,
}

/// What devcluster makes of a file.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What there is to say of the file itself.
    pub reading: Reading,
    /// The masters' configurations, in the order of their stages.
    pub masters: Vec<Written>,
}

/// A stage with a configuration of its own.
#[derive(Debug)]
struct Stage<'v> {
    is_master: bool,
    name: String,
    /// Where its name stands, or its kind.
    place: Span,
    /// Where its configuration starts: at `config_file`, or at its kind.
    whole: Span,
    config: Option<&'v PyValue>,
}

/// Follows a devcluster file. Texts of env files with bad lines are added to the sources.
#[must_use]
pub fn load(sources: &mut SourceMap, source: SourceId, environment: &Environment) -> Outcome {
    let mut outcome = Outcome::default();
    bad_lines(sources, environment, &mut outcome.reading);
    let text = sources.file(source).text();
    let tree = match parse_pyyaml(source, text) {
        Ok(tree) => tree,
        Err(error) => {
            outcome.reading.faults.push(syntax(*error, text));
            return outcome;
        }
    };
    match root(&tree, text, source) {
        Ok(root) => follow(sources, &tree, &root, environment, &mut outcome),
        Err(fault) => outcome.reading.faults.push(*fault),
    }
    outcome
}

/// A fault of PyYAML's reader, scanner, parser or composer.
fn syntax(error: PySyntaxError, text: &str) -> Fault {
    let kind = match error.stop {
        PyStop::Syntax => FaultKind::Unreadable,
        PyStop::SecondDocument => FaultKind::SecondDocument,
    };
    let ending = if error.fault.is_some() { Ending::DevclusterFails } else { Ending::NotKnown };
    Fault {
        kind,
        phase: Phase::Yaml,
        ending,
        words: error.fault.map(|fault| traceback(&fault, text)).unwrap_or_default(),
        span: error.span,
        message: error.message,
        help: error.help.unwrap_or_else(|| "see what stands before this place".to_owned()),
    }
}

fn bad_lines(sources: &mut SourceMap, environment: &Environment, reading: &mut Reading) {
    for (name, text, lines) in environment.faulty() {
        let id = sources.add(name, text);
        let bad = |line: &environment::Line| BadLine {
            span: Span::new(id, line.start, line.end),
            message: line.message.clone(),
        };
        reading.bad_lines.extend(lines.iter().map(bad));
    }
}

/// The mapping at the root.
fn root(tree: &Tree, text: &str, source: SourceId) -> Result<PyValue, Box<Fault>> {
    let Some(root) = tree.documents().first().and_then(|document| document.root) else {
        return Err(Box::new(empty(Span::empty(source, 0))));
    };
    let value = construct(tree, text, root).map_err(|error| Box::new(unreadable(error)))?;
    match (&value.kind, value.as_dict()) {
        (PyKind::None, _) => Err(Box::new(empty(value.span))),
        (_, None) => Err(Box::new(Fault {
            kind: FaultKind::Root,
            phase: Phase::Root,
            ending: Ending::DevclusterFails,
            words: "config file does not represent a dict".to_owned(),
            span: value.span,
            message: format!("the file holds {}, not a mapping", value.in_words()),
            help: "start with `stages:`".to_owned(),
        })),
        (_, Some(_)) => Ok(value),
    }
}

fn empty(span: Span) -> Fault {
    Fault {
        kind: FaultKind::Root,
        phase: Phase::Root,
        ending: Ending::DevclusterFails,
        words: "config file is an empty file".to_owned(),
        span,
        message: "the file is empty".to_owned(),
        help: "start with `stages:`".to_owned(),
    }
}

fn unreadable(error: ReadError) -> Fault {
    let (phase, ending) = match error.exception {
        "RecursionError" => (Phase::Config, Ending::DevclusterFails),
        "" => (Phase::Yaml, Ending::NotKnown),
        _ => (Phase::Yaml, Ending::DevclusterFails),
    };
    Fault {
        kind: FaultKind::Unreadable,
        phase,
        ending,
        words: error.words,
        span: error.span,
        message: error.message,
        help: "put the value in quotes, or write it without tags and aliases".to_owned(),
    }
}

fn follow(sources: &SourceMap, tree: &Tree, root: &PyValue, environment: &Environment, outcome: &mut Outcome) {
    let reading = &mut outcome.reading;
    reading.duplicate_keys = duplicates::find(tree);
    reading.octals = octals(tree);
    let expanded = expand::expand(root, environment, reading);
    let checked = schema::check(&expanded);
    reading.faults = checked.faults;
    reading.second_stages = checked.second_stages;
    reading.unused_configs = checked.unused_configs;
    reading.overwritten = overwritten(&checked.stages);
    for stage in checked.stages.iter().filter(|stage| stage.is_master) {
        let dumped = dump::dump(stage.config, stage.whole, sources, tree);
        let (name, retyped) = (stage.name.clone(), dumped.retyped.iter().map(|value| value.span).collect());
        outcome.masters.push(Written { name, text: dumped.text, origins: dumped.origins, retyped });
        reading.retyped.extend(dumped.retyped);
    }
}

/// Stages whose file a later stage of the same name writes again.
fn overwritten(stages: &[Stage<'_>]) -> Vec<Overridden> {
    let mut found = Vec::new();
    for (at, stage) in stages.iter().enumerate() {
        let later = stages.iter().skip(at + 1).rev().find(|later| later.name == stage.name);
        if let Some(later) = later {
            found.push(Overridden { name: stage.name.clone(), loser: stage.place, winner: later.place });
        }
    }
    found
}
