//! devcluster's own checks of its file (facts §7.3), in its order and with its words.
//!
//! devcluster ends at the first fault; here every check is made, and the faults stand in the order in which
//! devcluster would have met them.

mod check;
mod hooks;
mod paths;
mod signals;
mod stages;
pub mod tables;

use self::check::Checks;
pub use self::signals::SIGNALS;
use self::tables::{ROOT, STAGES};
use super::Stage;
use crate::diagnostic::{Ending, Phase};
use crate::model::devcluster::{Fault, FaultKind, Overridden};
use crate::python::{PyKind, PyValue};
use crate::source::Span;
use crate::yaml::scalar::surrogate_error;

/// What the checks make of a file.
#[derive(Debug, Default)]
pub(super) struct Checked<'v> {
    pub(super) faults: Vec<Fault>,
    /// The stages that are of a known kind, in order.
    pub(super) stages: Vec<Stage<'v>>,
    pub(super) second_stages: Vec<Overridden>,
    pub(super) unused_configs: Vec<Span>,
}

/// Checks the mapping at the root.
pub(super) fn check(root: &PyValue) -> Checked<'_> {
    let mut checks = Checks::default();
    let Some(fields) = checks.keys(root, &ROOT, root.span) else {
        return checks.finish();
    };
    temp_dir(&mut checks, fields.get("temp_dir"));
    checks.temp_dir = fields.get("temp_dir").and_then(|value| value.as_str()).map(str::to_owned);
    if let Some(stages) = fields.get("stages") {
        for stage in checks.list_of_dicts(stages, "stages must be a list of dicts") {
            one_stage(&mut checks, stage);
        }
    }
    if let Some(commands) = fields.get("commands") {
        checks.dict_with_string_keys(commands, "commands must be a dict of strings");
        for (_, command) in commands.as_dict().unwrap_or_default() {
            self::command(&mut checks, command);
        }
    }
    checks.path(fields.get("cwd"), Some("cwd must be a string"));
    checks.finish()
}

fn one_stage<'v>(checks: &mut Checks<'v>, stage: &'v PyValue) {
    const SINGLE: &str = "StageConfig must be a dictionary with a single key";
    let Some(entries) = stage.as_dict() else { return };
    let Some((kind, body)) = checks.single(stage, entries, SINGLE, "a stage", "name its kind, such as `- master:`")
    else {
        return;
    };
    let Some(known) = kind.as_str().and_then(|text| STAGES.iter().find(|known| known.0 == text)) else {
        checks.unknown_kind(kind, "stage", STAGES.iter().map(|known| known.0).collect());
        return;
    };
    if let (Some(first), Some((second, _))) = (entries.first(), entries.get(1)) {
        let name = second.to_text();
        checks.second_stages.push(Overridden { name, loser: second.span, winner: first.0.span });
    }
    stages::check(checks, known.0, kind.span, body);
}

fn command<'v>(checks: &mut Checks<'v>, command: &'v PyValue) {
    const WORDS: &str = "CommandConfig must be either a string or a list of strings";
    match &command.kind {
        PyKind::Str(_) => {}
        PyKind::List(_) => {
            checks.list_of_strings(command, WORDS);
        }
        _ => checks.bad(
            command.span,
            WORDS.to_owned(),
            "a command has to be text or a list of texts",
            "put it in quotes",
        ),
    }
}

/// The folder is made before the stages are built.
fn temp_dir(checks: &mut Checks<'_>, value: Option<&PyValue>) {
    let Some(value) = value else { return };
    let words = match &value.kind {
        PyKind::Str(text) if text.is_empty() => "[Errno 2] No such file or directory: ''".to_owned(),
        PyKind::Str(text) if text.contains('\0') => "embedded null byte".to_owned(),
        PyKind::Str(text) => match surrogate_error(text) {
            Some(words) => words,
            None => return,
        },
        PyKind::Bytes(_) => "Can't mix strings and bytes in path components".to_owned(),
        _ => format!("expected str, bytes or os.PathLike object, not {}", value.class_name()),
    };
    let fault = Fault {
        kind: FaultKind::BadValue,
        phase: Phase::TempDir,
        ending: Ending::DevclusterFails,
        words,
        span: value.span,
        message: "`temp_dir` has to be the path of a folder".to_owned(),
        help: "put a path in quotes, or leave `temp_dir` out".to_owned(),
    };
    checks.faults.push(fault);
}
