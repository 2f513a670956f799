//! `master.yaml`: the phases of the master's loader, in its order (facts §1).
//!
//! text → tree → JSON value → viper (keys folded, nulls gone) → old keys converted → decoded → lifted into the
//! model → defaults resolved. Every step hands on what it could make of the text, so that later rules see
//! as much as possible even when an early step would already have stopped the master.

pub mod defaults;
mod lift;
mod resolve;
pub mod resolved;
pub(in crate::formats) mod schema;
mod shims;
mod strangers;
mod viper;
pub mod whole;

use crate::decode::go_json::{self, Collision};
use crate::decode::schema::Struct;
use crate::model::load::{CaseCollision, Loaded};
use crate::release::Release;
use crate::source::SourceId;
use crate::value::{Failure, Member, Object, Value, ValueKind, from_tree, reread};
use crate::yaml::Tree;
use crate::yaml::parse::{Limits, SyntaxError, parse};

/// Keys of the root's task container defaults whose case is restored (§1.3).
const POD_SPECS: [&str; 3] = ["cpu_pod_spec", "gpu_pod_spec", "checkpoint_gc_pod_spec"];

/// The table of the root, from which all others can be reached.
#[must_use]
pub fn table() -> &'static Struct {
    &schema::CONFIG
}

/// Whether a key is also a flag of the master, so that its value is cast to the type of that flag; the path is that of a
/// mapping outside of lists, in lower case.
#[must_use]
pub fn is_flag(path: &[&str]) -> bool {
    viper::is_flag(path)
}

/// Text → tree, or as much of it as can be read.
#[must_use]
pub fn read(source: SourceId, text: &str) -> (Tree, Option<SyntaxError>) {
    let parsed = parse(source, text, Limits::default());
    (parsed.tree, parsed.error)
}

/// Follows a text that was read as far as it goes.
#[must_use]
pub fn load(source: SourceId, text: &str, tree: &Tree, syntax: Option<SyntaxError>, release: Release) -> Loaded {
    match syntax {
        None => follow(value(source, text, tree), release),
        syntax => Loaded { syntax, release, ..Loaded::default() },
    }
}

/// Tree → the value of the first document.
///
/// # Errors
/// When the YAML is no JSON.
pub fn value(source: SourceId, text: &str, tree: &Tree) -> Result<Value, Failure> {
    let root = tree.documents().first().and_then(|document| document.root);
    root.map_or_else(|| Ok(empty(source)), |root| from_tree(tree, text, root))
}

/// Follows a value. The tree that it came from is not needed for it, and is as large.
#[must_use]
pub fn follow(value: Result<Value, Failure>, release: Release) -> Loaded {
    let mut loaded = Loaded { release, ..Loaded::default() };
    match value {
        // Large files: the values are not needed any more, and what follows takes room of its own.
        Ok(value) => follow_value(value, release, &mut loaded, drop),
        Err(failure) => loaded.failure = Some(failure),
    }
    loaded
}

/// Follows a text, and keeps the values as the decoder sees them: keys folded, nulls gone, old keys converted. There are
/// none when the text does not get as far as the decoder.
#[must_use]
pub fn load_with_values(source: SourceId, text: &str, release: Release) -> (Loaded, Option<Value>) {
    let (tree, syntax) = read(source, text);
    let mut loaded = Loaded { syntax, release, ..Loaded::default() };
    let mut kept = None;
    if loaded.syntax.is_none() {
        match value(source, text, &tree) {
            Ok(value) => follow_value(value, release, &mut loaded, |root| kept = Some(root)),
            Err(failure) => loaded.failure = Some(failure),
        }
    }
    (loaded, kept)
}

/// `spare` gets the values once they are decoded.
fn follow_value(value: Value, release: Release, loaded: &mut Loaded, spare: impl FnOnce(Value)) {
    let span = value.span;
    let object = match value.kind {
        ValueKind::Object(object) => object,
        ValueKind::Null => Object::default(),
        _ => {
            loaded.root_kind = Some((value.json_kind(), span));
            return;
        }
    };
    let pod_specs = original_pod_specs(&object);
    let settings = viper::all_settings(object);
    loaded.strangers = strangers::among(&settings.vanished, release);
    loaded.vanished = settings.vanished;
    loaded.collisions = settings.collisions;
    loaded.recast = settings.recast;
    let mut object = settings.root;
    restore_pod_specs(&mut object, pod_specs, loaded);
    loaded.shims = shims::apply(&mut object, release);
    let mut root = Value { span, node: value.node, kind: ValueKind::Object(object) };
    loaded.failure = reread(&mut root, Limits::default().depth).err();
    let outcome = go_json::decode(&root, &schema::CONFIG, release);
    spare(root);
    loaded.problems = outcome.problems;
    // A text that fails the second pass is not decoded at all.
    loaded.reported = if loaded.failure.is_some() { Vec::new() } else { outcome.reported };
    loaded.secrets = outcome.secrets;
    let within_lists = outcome.collisions.into_iter();
    let within_lists = within_lists.map(|Collision { winner, loser }| CaseCollision { winner, loser, random: false });
    loaded.collisions.extend(within_lists);
    let mut config = lift::config(outcome.record, release);
    resolve::resolve(&mut config, release);
    loaded.config = Some(config);
}

fn empty(source: SourceId) -> Value {
    let span = crate::source::Span::empty(source, 0);
    Value { span, node: crate::yaml::NodeId::default(), kind: ValueKind::Null }
}

/// The three pod specs as written, looked up by their exact names (§1.3).
fn original_pod_specs(root: &Object) -> Vec<Member> {
    let Some(defaults) = root.get("task_container_defaults").and_then(Value::as_object) else {
        return Vec::new();
    };
    POD_SPECS.iter().filter_map(|key| defaults.member(key).cloned()).collect()
}

/// Puts them back; without a block to put them into the master panics (P-L4).
fn restore_pod_specs(root: &mut Object, specs: Vec<Member>, loaded: &mut Loaded) {
    let Some(first) = specs.first().map(|spec| spec.key_span) else {
        return;
    };
    match root.get_mut("task_container_defaults") {
        Some(Value { kind: ValueKind::Object(defaults), .. }) => {
            specs.into_iter().for_each(|spec| defaults.insert(spec));
        }
        other => loaded.lone_pod_specs = Some((first, other.map_or("nil", |value| value.go_type()))),
    }
}
