//! What can be seen in values before anything is rendered: keys that nothing reads, values without effect, names of
//! Secrets that cannot work.

use std::collections::BTreeMap;

use super::chart::known::{KNOWN, value_for};
use super::given::{Given, GivenKind, Table};
use crate::model::chart::{Chart, Idle, IgnoredKey, SecretFault};
use crate::source::Span;
use crate::yaml::scalar::{Scalar, go_yaml_v2};

/// Looks at the values as they were written, without the chart's own.
pub(super) fn look(values: &Table, chart: &mut Chart) {
    ignored("", "", values, chart);
    idle(values, chart);
    let mut files = BTreeMap::new();
    for (index, element) in elements(values) {
        if let Some(table) = element.as_table() {
            let path = format!("additional_resource_managers[{index}]");
            ignored(&path, "@", table, chart);
        }
        let manager = element.as_table().and_then(|element| element.get("resource_manager")?.as_table());
        if let Some(manager) = manager {
            secret(manager, chart);
            if let Some((file, place)) = file(manager) {
                let first = *files.entry(file).or_insert(place);
                chart.same_secrets.extend((first != place).then_some((first, place)));
            }
            let path = manager.get("kubeconfig_path").filter(|path| path.is_filled());
            if let Some(place) = path.and_then(Given::anchor) {
                chart.idle.push(Idle {
                    place,
                    path: "kubeconfig_path".to_owned(),
                    instead: "the chart writes one of its own after it, from `kubeconfig_secret_value`".to_owned(),
                    help: "remove it, and put the file into the Secret".to_owned(),
                });
            }
        }
    }
    mounts(values, chart);
}

fn elements(values: &Table) -> Vec<(String, &Given)> {
    match values.get("additional_resource_managers").map(|managers| &managers.kind) {
        Some(GivenKind::List(items)) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
        Some(GivenKind::Table(table)) => table.iter().map(|(key, item)| (key.to_string(), item)).collect(),
        _ => Vec::new(),
    }
}

/// Keys that nothing reads; `rule` is the path of the mapping as the chart knows it.
fn ignored(path: &str, rule: &str, values: &Table, chart: &mut Chart) {
    let Some(known) = KNOWN.get(rule) else { return };
    for (key, value) in values {
        let inner = if rule.is_empty() { key.to_string() } else { format!("{rule}.{key}") };
        match value.key {
            _ if known.contains(&**key) => {
                let shown = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
                if let Some(table) = value.as_table() {
                    ignored(&shown, &inner, table, chart);
                }
            }
            Some(span) => chart.ignored.push(IgnoredKey {
                span,
                key: key.to_string(),
                parent: path.to_owned(),
                known: known.iter().copied().collect(),
                instead: value_for(&master_path(path, key)),
            }),
            None => {}
        }
    }
}

/// The setting of the master that a key of this name would be.
fn master_path(parent: &str, key: &str) -> String {
    let snake = |name: &str| {
        name.chars().fold(String::new(), |mut out, c| {
            if c.is_ascii_uppercase() && !out.is_empty() {
                out.push('_');
            }
            out.push(c.to_ascii_lowercase());
            out
        })
    };
    if parent.is_empty() { snake(key) } else { format!("{}.{}", snake(parent), snake(key)) }
}

/// A condition under which a value has no effect.
struct Unread {
    path: &'static str,
    unless: fn(&Table) -> bool,
    instead: &'static str,
    help: &'static str,
}

const UNREAD: &[Unread] = &[
    Unread {
        path: "determinedMasterPort",
        unless: has_host,
        instead: "it is left out without `determinedMasterHost`",
        help: "set `determinedMasterHost` too",
    },
    Unread {
        path: "determinedMasterScheme",
        unless: has_host,
        instead: "it is left out without `determinedMasterHost`",
        help: "set `determinedMasterHost` too",
    },
    Unread {
        path: "slotResourceRequests",
        unless: |values| {
            at(values, "slotType").is_some_and(|slots| slots.is_filled() && slots.as_text() != Some("gpu"))
        },
        instead: "it is left out unless `slotType` is set to something else than gpu",
        help: "set `slotType`, such as cpu",
    },
    Unread { path: "oidc", unless: is_enterprise, instead: ENTERPRISE, help: "set `enterpriseEdition: true`" },
    Unread { path: "scim", unless: is_enterprise, instead: ENTERPRISE, help: "set `enterpriseEdition: true`" },
    Unread { path: "saml", unless: is_enterprise, instead: ENTERPRISE, help: "set `enterpriseEdition: true`" },
    Unread {
        path: "logging.host",
        unless: |values| at(values, "logging.type").and_then(Given::as_text) == Some("elastic"),
        instead: "it is left out unless `logging.type` is elastic",
        help: "set `logging.type: elastic`",
    },
    Unread {
        path: "defaultScheduler",
        unless: |values| {
            let text = at(values, "defaultScheduler").and_then(Given::as_text);
            text.is_none_or(|text| text.trim() == "coscheduler")
        },
        instead: "the chart passes on `coscheduler` only, and drops any other value",
        help: "remove it",
    },
];

const ENTERPRISE: &str = "it is left out without `enterpriseEdition`";

fn has_host(values: &Table) -> bool {
    at(values, "determinedMasterHost").is_some_and(Given::is_filled)
}

fn is_enterprise(values: &Table) -> bool {
    at(values, "enterpriseEdition").is_some_and(Given::is_filled)
}

/// Values that count as unset, and what the chart writes then.
const REPLACED: &[(&str, &str)] = &[
    ("logColor", "true"),
    ("checkpointStorage.saveTrialBest", "1"),
    ("checkpointStorage.saveTrialLatest", "1"),
    ("tensorboardTimeout", "nothing"),
    ("notebookTimeout", "nothing"),
    ("retentionPolicy.logRetentionDays", "nothing"),
    ("determinedMasterPort", "the value of `masterPort`"),
];

fn idle(values: &Table, chart: &mut Chart) {
    for unread in UNREAD {
        let given = at(values, unread.path).filter(|given| given.is_filled() && !(unread.unless)(values));
        if let Some(place) = given.and_then(Given::anchor) {
            let (instead, help) = (unread.instead.to_owned(), unread.help.to_owned());
            chart.idle.push(Idle { place, path: unread.path.to_owned(), instead, help });
        }
    }
    for (path, instead) in REPLACED {
        let zero = |given: &&Given| match given.kind {
            GivenKind::Bool(truth) => !truth,
            GivenKind::Float(number) => number == 0.0,
            GivenKind::Int(number) => number == 0,
            _ => false,
        };
        if let Some((given, place)) = at(values, path).filter(zero).and_then(|given| Some((given, given.anchor()?))) {
            let shown = given.printed();
            let instead = format!("`{shown}` counts as unset, and {instead} is written");
            let help = "the chart has no way to say it".to_owned();
            chart.idle.push(Idle { place, path: (*path).to_owned(), instead, help });
        }
    }
}

fn at<'a>(values: &'a Table, path: &str) -> Option<&'a Given> {
    let mut names = path.split('.');
    let first = values.get(names.next()?)?;
    names.try_fold(first, |given, name| given.as_table()?.get(name))
}

fn secret(manager: &Table, chart: &mut Chart) {
    let mut fault = |place: Option<Span>, message: String, help: &str, is_refused: bool| {
        chart.secrets.extend(place.map(|place| SecretFault { place, message, help: help.to_owned(), is_refused }));
    };
    if let Some(file) = manager.get("kubeconfig_secret_value").filter(|file| file.is_filled()) {
        let text = file.printed();
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let help = "name the file inside the Secret, such as `config`; what is in it belongs into the Secret itself";
        if !text.chars().all(is_name) || text == "." || text == ".." {
            fault(file.place, "`kubeconfig_secret_value` is no name of a file in a Secret".to_owned(), help, false);
        } else if text.len() > 63 {
            fault(file.place, "`kubeconfig_secret_value` looks like content, not like a name".to_owned(), help, false);
        }
    }
    if let Some(name) = manager.get("kubeconfig_secret_name").filter(|name| name.is_filled()) {
        let text = name.printed();
        let is_text = matches!(go_yaml_v2(&text), Scalar::String(_));
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
        if !is_text {
            let message = format!("`kubeconfig_secret_name` is printed without quotes, and `{text}` is no text then");
            fault(name.place, message, "give the Secret another name", true);
        } else if !text.chars().all(is_word) {
            let message = format!("`{text}` cannot be the name of a Secret");
            fault(name.place, message, "use lower-case letters, digits, dots and dashes", true);
        }
    }
}

/// The file of a Secret that a manager's kubeconfig comes from, and where the Secret is named.
fn file(manager: &Table) -> Option<((String, String), Span)> {
    let filled = |key| manager.get(key).filter(|given| given.is_filled());
    let (name, file) = (filled("kubeconfig_secret_name")?, filled("kubeconfig_secret_value")?);
    Some(((name.printed(), file.printed()), name.place?))
}

/// Two Secrets that the chart mounts at one path.
fn mounts(values: &Table, chart: &mut Chart) {
    let certificate = at(values, "db.certResourceName").filter(|name| name.is_filled());
    let is_tls = at(values, "tlsSecret").is_some_and(Given::is_filled);
    if let Some(place) = certificate.filter(|_| is_tls).and_then(Given::anchor) {
        chart.secrets.push(SecretFault {
            place,
            message: "`tlsSecret` and `db.certResourceName` are mounted at the same path".to_owned(),
            help: "put the files of both into one Secret, or use only one of them".to_owned(),
            is_refused: true,
        });
    }
}
