//! The machine form. Members are only ever added.

use serde_json::{Value, json as document};

use super::{Compared, File, request_words, sort_word, value};
use crate::compare::routes::{Cut, Destination, Moved};
use crate::compare::{Cause, Change, Side, Subject};
use crate::scheduling::routing::Split;

/// The document, with a line break at its end.
#[must_use]
pub fn json(compared: &Compared<'_>) -> String {
    let comparison = compared.comparison;
    let changes: Vec<Value> = comparison.changes.iter().map(|change| of_change(compared, change)).collect();
    let routes: Vec<Value> = comparison.routes.iter().map(|moved| of_route(compared, moved)).collect();
    let document = document!({
        "version": 1,
        "before": of_file(&compared.before),
        "after": of_file(&compared.after),
        "equal": comparison.is_equal(),
        "changes": changes,
        "routes": routes,
    });
    format!("{document:#}\n")
}

fn of_file(file: &File<'_>) -> Value {
    document!({ "path": file.name, "kind": file.kind.as_str() })
}

fn of_change(compared: &Compared<'_>, change: &Change) -> Value {
    let (manager, pool) = match &change.subject {
        Subject::Manager(name) => (Some(name), None),
        Subject::Pool(name, manager) => (Some(manager), Some(name)),
        Subject::Root => (None, None),
    };
    document!({
        "change": sort_word(change.sort, &change.subject),
        "resourceManager": manager,
        "pool": pool,
        "before": change.before.as_ref().map(|side| of_side(&compared.before, side)),
        "after": change.after.as_ref().map(|side| of_side(&compared.after, side)),
        "routes": change.routes,
        "cause": cause(change.cause),
        "cut": change.cut.as_ref().map(of_cut),
    })
}

fn cause(of: Cause) -> &'static str {
    match of {
        Cause::Files => "files",
        Cause::Chart => "chart",
        Cause::LeftOut => "left-out",
    }
}

fn of_side(file: &File<'_>, side: &Side) -> Value {
    let position = file.position(side);
    document!({
        "setting": side.setting,
        "value": value(&side.value),
        "written": side.is_written,
        "line": position.line,
        "column": position.column,
    })
}

fn of_cut(cut: &Cut) -> Value {
    let of =
        |split: Option<Split>| split.map(|split| document!({ "pods": split.pods, "slotsPerPod": split.slots_per_pod }));
    document!({ "slots": cut.slots, "before": of(cut.before), "after": of(cut.after) })
}

fn of_route(compared: &Compared<'_>, moved: &Moved) -> Value {
    let end = |file: &File<'_>, end: &Destination| match end {
        Destination::Pool { cluster, pool } => document!({ "resourceManager": cluster, "pool": pool, "refused": null }),
        Destination::Nowhere(_) => document!({
            "resourceManager": null,
            "pool": null,
            "refused": compared.destination(file, &moved.request, end).trim_start_matches("refused: "),
        }),
    };
    document!({
        "request": request_words(&moved.request),
        "named": moved.request.named(),
        "before": end(&compared.before, &moved.before),
        "after": end(&compared.after, &moved.after),
    })
}
