//! The kinds of stages.

use super::super::Stage;
use super::check::{Checks, Fields};
use super::tables::{AGENT, CUSTOM, Class, DB, DOCKER, ELASTIC, MASTER};
use super::{hooks, paths, signals};
use crate::python::{PyKind, PyValue};
use crate::source::Span;
use crate::yaml::scalar::{no_integer, python_int};

/// Levels of a configuration at which PyYAML's writing ends with Python's stack; seen with devcluster's own command.
const DUMPED_DEPTH: usize = 330;

/// Checks the body of a stage of a known kind, whose key stands at `place`.
pub(super) fn check<'v>(checks: &mut Checks<'v>, kind: &str, place: Span, body: &'v PyValue) {
    match kind {
        "db" => container(checks, &DB, place, body),
        "elastic" => container(checks, &ELASTIC, place, body),
        "master" => configured(checks, &MASTER, place, body),
        "agent" => configured(checks, &AGENT, place, body),
        "custom" => custom(checks, place, body),
        _ => docker(checks, place, body),
    }
}

/// A database or Elastic in a container.
fn container<'v>(checks: &mut Checks<'v>, class: &'static Class, place: Span, body: &'v PyValue) {
    let Some(fields) = checks.keys(body, class, place) else { return };
    for name in ["port", "api_port", "elastic_port"] {
        if let Some(value) = fields.get(name) {
            integer(checks, value);
        }
    }
    if let Some(environment) = fields.get("environment") {
        text_mapping(checks, environment, "ElasticConfig.environment must be a dict of strings to strings");
    }
    checks.path(fields.get("data_dir"), None);
    if let Some(cmdline) = fields.get("cmdline") {
        checks.list_of_strings(cmdline, &format!("{}.cmdline must be a list of strings", class.name));
    }
    checks.while_building(|checks| {
        hooks::list(checks, fields.get("post"), "CustomDockerConfig.post must be a list of dicts");
    });
}

/// What Python's `int()` makes of a value.
fn integer(checks: &mut Checks<'_>, value: &PyValue) {
    let words = match &value.kind {
        PyKind::Bool(_) | PyKind::Int(_) => return,
        PyKind::Float(number) if number.is_finite() => return,
        PyKind::Float(number) if number.is_nan() => "cannot convert float NaN to integer".to_owned(),
        PyKind::Float(_) => "cannot convert float infinity to integer".to_owned(),
        PyKind::Str(text) => match python_int(text, 10) {
            Ok(_) => return,
            Err(error) => error.message,
        },
        PyKind::Bytes(bytes) => match python_int(&String::from_utf8_lossy(bytes), 10) {
            Ok(_) => return,
            Err(_) => no_integer(10, &value.repr()),
        },
        _ => {
            let of = value.type_name();
            format!("int() argument must be a string, a bytes-like object or a real number, not '{of}'")
        }
    };
    checks.bad(value.span, words, "a port has to be a number", "write it in digits");
}

fn text_mapping(checks: &mut Checks<'_>, value: &PyValue, words: &str) {
    checks.dict_with_string_keys(value, words);
    for (_, item) in value.as_dict().unwrap_or_default() {
        if item.as_str().is_none() {
            let message = format!("a variable of the container has to be text, and this is {}", item.in_words());
            checks.bad(item.span, words.to_owned(), message, "put it in quotes");
        }
    }
}

/// A master or an agent, for which devcluster writes a configuration file.
fn configured<'v>(checks: &mut Checks<'v>, class: &'static Class, place: Span, body: &'v PyValue) {
    let Some(fields) = checks.keys(body, class, place) else { return };
    let is_master = class.name == MASTER.name;
    hooks::shape(checks, fields.get("pre"), &format!("{}.pre must be a list of dicts", class.name));
    if let Some(cmdline) = fields.get("cmdline") {
        let words = checks.list_of_strings(cmdline, &format!("{}.cmdline must be a list of strings", class.name));
        if is_master && words.iter().all(|word| word.as_str().is_some_and(|word| word != ":config")) {
            checks.unused_configs.push(cmdline.span);
        }
    }
    signals::check(checks, fields.get("kill_signal"), class.name);
    let default = if is_master { "master" } else { "agent" };
    let name = fields.get("name").map_or_else(|| default.to_owned(), PyValue::to_text);
    checks.while_building(|checks| build(checks, fields, &name, place));
    let config = fields.entry("config_file");
    checks.stages.push(Stage {
        is_master,
        name,
        place: fields.get("name").map_or(place, |value| value.span),
        whole: config.map_or(place, |(key, _)| key.span),
        config: config.map(|(_, value)| value),
    });
}

/// What is only found when the stage is built.
fn build<'v>(checks: &mut Checks<'v>, fields: Fields<'v>, name: &str, place: Span) {
    if let Some(words) = paths::unwritable(checks.temp_dir.as_deref(), name) {
        let span = fields.get("name").map_or(place, |value| value.span);
        let message = "devcluster cannot write the configuration of a stage of this name";
        checks.bad(span, words, message, "the name becomes the name of a file: use letters, digits and `-`");
    }
    if let Some(config) = fields.get("config_file").filter(|config| !config.is_shallow(DUMPED_DEPTH)) {
        let words = "maximum recursion depth exceeded in __instancecheck__".to_owned();
        let message = format!("devcluster cannot write a configuration that nests {DUMPED_DEPTH} levels deep");
        checks.bad(config.span, words, message, "nest it less deeply");
    }
    if let Some(value) = fields.get("name") {
        checks.name_as_key(value);
    }
    hooks::inside(checks, fields.get("pre"));
    hooks::list(checks, fields.get("post"), "CustomConfig.post must be a list of dicts");
}

fn custom<'v>(checks: &mut Checks<'v>, place: Span, body: &'v PyValue) {
    let Some(fields) = checks.keys(body, &CUSTOM, place) else { return };
    if let Some(cmd) = fields.get("cmd") {
        checks.list_of_strings(cmd, "CustomConfig.cmd must be a list of strings");
    }
    if let Some(name) = fields.get("name") {
        checks.string(name, "CustomConfig.name must be a string", "the name of a stage");
    }
    if let Some(env) = fields.get("env") {
        checks.dict_with_string_keys(env, "CustomConfig.pre must be a list of dicts");
    }
    checks.path(fields.get("cwd"), Some("CustomConfig.name must be a string"));
    hooks::list(checks, fields.get("pre"), "CustomConfig.pre must be a list of dicts");
    hooks::list(checks, fields.get("post"), "CustomConfig.post must be a list of dicts");
    signals::check(checks, fields.get("kill_signal"), "CustomConfig");
}

fn docker<'v>(checks: &mut Checks<'v>, place: Span, body: &'v PyValue) {
    let Some(fields) = checks.keys(body, &DOCKER, place) else { return };
    if let Some(run_args) = fields.get("run_args") {
        checks.list_of_strings(run_args, "CustomDockerConfig.run_args must be a list of strings");
    }
    signals::check(checks, fields.get("kill_signal"), "CustomDockerConfig");
    if let Some(name) = fields.get("name") {
        checks.string(name, "CustomDockerConfig.name must be a string", "the name of a stage");
    }
    hooks::list(checks, fields.get("pre"), "CustomDockerConfig.pre must be a list of dicts");
    hooks::list(checks, fields.get("post"), "CustomDockerConfig.post must be a list of dicts");
}
