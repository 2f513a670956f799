//! For people: one block a change, with both places and what it does to requests.

use std::fmt::Write as _;

use super::{Compared, cut_words, request_words, value};
use crate::compare::{Cause, Change, Side, Sort, Subject};
use crate::model::verdict::Json;
use crate::report::line;

/// The report, with what is the same left out.
#[must_use]
pub fn human(compared: &Compared<'_>) -> String {
    let mut text = String::new();
    for change in compared.comparison.caused_by(Cause::Files) {
        block(&mut text, compared, change);
        text.push('\n');
    }
    aside(&mut text, compared, (Cause::Chart, "set by the chart itself"));
    aside(&mut text, compared, (Cause::LeftOut, "secrets that are left out of values, and given when Helm is run"));
    text.push_str(&summary(compared));
    text
}

/// What does not count as a difference: a line each.
fn aside(text: &mut String, compared: &Compared<'_>, (cause, heading): (Cause, &str)) {
    let changes: Vec<&Change> = compared.comparison.caused_by(cause).collect();
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(text, "{heading}:");
    for change in changes {
        let whole = title(change);
        match whole.split_once(": ").filter(|_| whole.chars().count() > NARROW) {
            // The values have a line of their own.
            Some((setting, values)) => {
                let _ = writeln!(text, "    {setting}:\n        {values}");
            }
            None => {
                let _ = writeln!(text, "    {whole}");
            }
        }
    }
    text.push('\n');
}

/// What fits on a line of a narrow terminal beside the indentation, in columns.
const NARROW: usize = 76;

fn summary(compared: &Compared<'_>) -> String {
    let (before, after) = (compared.before.name, compared.after.name);
    let (changes, routes) = (compared.comparison.caused_by(Cause::Files).count(), compared.comparison.routes.len());
    let changes = if changes == 1 { "1 change".to_owned() } else { format!("{changes} changes") };
    let routes = match routes {
        0 => "all requests go where they went".to_owned(),
        1 => "1 kind of request goes elsewhere".to_owned(),
        routes => format!("{routes} kinds of requests go elsewhere"),
    };
    match compared.comparison.is_equal() {
        true => format!("{before} and {after} are the same configuration\n"),
        false => format!("{before} → {after}: {changes}; {routes}\n"),
    }
}

fn block(text: &mut String, compared: &Compared<'_>, change: &Change) {
    let sign = match change.sort {
        Sort::Added => '+',
        Sort::Removed => '-',
        Sort::Renamed | Sort::Moved => '>',
        Sort::Set => '~',
    };
    let _ = writeln!(text, "{sign} {}", title(change));
    let sides = [(&compared.before, &change.before), (&compared.after, &change.after)];
    let places: Vec<(String, String)> = sides
        .into_iter()
        .filter_map(|(file, side)| side.as_ref().map(|side| (file.place(side), said(change, side))))
        .collect();
    let width = places.iter().map(|(place, _)| place.chars().count()).max().unwrap_or(0);
    for (place, said) in places {
        let _ = writeln!(text, "    {}", format!("{place:<width$}  {said}").trim_end());
    }
    for moved in change.routes.iter().filter_map(|at| compared.comparison.routes.get(*at)) {
        let before = compared.destination(&compared.before, &moved.request, &moved.before);
        let after = compared.destination(&compared.after, &moved.request, &moved.after);
        let _ = writeln!(text, "    routing: {}", request_words(&moved.request));
        let _ = writeln!(text, "        before  {before}");
        let _ = writeln!(text, "        now     {after}");
    }
    if let Some(cut) = &change.cut {
        let _ = writeln!(text, "    routing: {}", cut_words(cut));
    }
}

fn title(change: &Change) -> String {
    let subject = match &change.subject {
        Subject::Manager(name) => format!("resource manager \"{}\"", line(name)),
        Subject::Pool(name, manager) => {
            format!("pool \"{}\" of resource manager \"{}\"", line(name), line(manager))
        }
        Subject::Root => String::new(),
    };
    let of = |side: &Option<Side>| side.as_ref().map_or(String::new(), |side| said_value(&side.value));
    match (change.sort, &change.subject) {
        (Sort::Added, _) => format!("{subject} is new"),
        (Sort::Removed, _) => format!("{subject} is gone"),
        (Sort::Renamed, _) => format!("{subject} has another name, before {}", of(&change.before)),
        (Sort::Moved, Subject::Manager(_)) => {
            format!("{subject} is {} now, before {}", plain(&change.after), plain(&change.before))
        }
        (Sort::Moved, _) => format!("{subject}, before of {}", of(&change.before)),
        (Sort::Set, _) => {
            let setting = change.after.as_ref().or(change.before.as_ref()).map_or("", |side| &side.setting);
            let setting = within(&change.subject, setting);
            let colon = if subject.is_empty() { "" } else { ": " };
            // Of a secret that is left out there is no more to say.
            let values = if change.cause == Cause::LeftOut { String::new() } else { values(change) };
            format!("{subject}{colon}{setting}{values}")
        }
    }
}

/// The part of a setting's path that its subject does not say already.
fn within<'s>(subject: &Subject, setting: &'s str) -> &'s str {
    let block = match subject {
        Subject::Root => return setting,
        Subject::Manager(_) => "resource_manager",
        Subject::Pool(..) => "resource_pools[",
    };
    let Some((_, rest)) = setting.split_once(block) else { return setting };
    let rest =
        rest.strip_prefix("s[").and_then(|rest| rest.split_once("].resource_manager")).map_or(rest, |(_, rest)| rest);
    rest.split_once('.').map_or(rest, |(_, rest)| rest)
}

/// Both values where they are short; the places show them anyway.
fn values(change: &Change) -> String {
    let value = |side: &Option<Side>| side.as_ref().map(|side| side.value.clone());
    match (value(&change.before), value(&change.after)) {
        (Some(before), Some(after)) if before == after => " is another secret".to_owned(),
        (Some(Json::Object(_) | Json::Array(_)), _) | (_, Some(Json::Object(_) | Json::Array(_))) => {
            " is another".to_owned()
        }
        (Some(before), Some(after)) => format!(": {} → {}", said_value(&before), said_value(&after)),
        _ => String::new(),
    }
}

fn plain(side: &Option<Side>) -> &str {
    match side.as_ref().map(|side| &side.value) {
        Some(Json::String(text)) => text,
        _ => "",
    }
}

/// What stands at a place.
fn said(change: &Change, side: &Side) -> String {
    match change.sort {
        Sort::Added | Sort::Removed => match (&change.subject, &side.value) {
            (Subject::Manager(_), Json::Object(members)) => {
                let pools = members.iter().find(|(key, _)| key == "resource_pools").map(|(_, pools)| said_value(pools));
                format!("pools {}", pools.unwrap_or_default())
            }
            _ => String::new(),
        },
        Sort::Moved | Sort::Renamed => said_value(&side.value),
        Sort::Set if side.is_written => said_value(&side.value),
        Sort::Set => format!("{} (not written)", said_value(&side.value)),
    }
}

/// A value in one line; nothing is `-`.
fn said_value(of: &Json) -> String {
    match of {
        Json::Null => "-".to_owned(),
        other => line(&without_nothing(value(other)).to_string()).into_owned(),
    }
}

/// What nobody set is not worth a word.
fn without_nothing(of: serde_json::Value) -> serde_json::Value {
    match of {
        serde_json::Value::Object(members) => {
            let some = members.into_iter().filter(|(_, value)| !value.is_null());
            some.map(|(key, value)| (key, without_nothing(value))).collect()
        }
        other => other,
    }
}
