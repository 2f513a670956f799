//! What the chart cannot say, and what it says whatever the values are (facts §6, chart verdicts).

use super::Remark;
use super::base::{self, Base};
use super::tree::rows;
use crate::compare::settings::{Difference, found, is_effective};
use crate::decode::Decoded;
use crate::formats::helm_values::chart::Need;
use crate::model::MultiRm;
use crate::model::chart::Stop;
use crate::model::config::{Manager, ManagerKind};
use crate::model::verdict::Json;
use crate::source::Span;

/// What a difference amounts to.
#[derive(Debug)]
pub(super) enum Class {
    /// It was asked for.
    Wanted,
    /// Nobody wrote it, and the chart sets it.
    Added,
    /// The chart sets it to something else.
    Forced(Remark),
    /// It does not come back.
    Lost(Remark),
    /// It should have come back.
    Unforeseen(Remark),
}

/// Configurations that no values can stand for, whatever is left out.
pub(super) fn impossible(config: &MultiRm) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for manager in &config.managers {
        let (setting, at) = (manager.block(), format!("resource_managers[{}]", manager.index));
        let remark = |key: &str, place, message: String, help: &str| Remark {
            setting: format!("{setting}.{key}"),
            path: format!("{at}.{key}"),
            place,
            message,
            help: Some(help.to_owned()),
        };
        remarks.extend(match (&manager.kind, manager.index) {
            (ManagerKind::Kubernetes(_), 0) => without_slots(manager).map(|place| {
                let message = "the chart asks for a number of slots per pod, and there is none".to_owned();
                remark("max_slots_per_pod", place, message, "set `max_slots_per_pod` of the default resource manager")
            }),
            (ManagerKind::Kubernetes(kubernetes), _) => kubernetes.kubeconfig_path.value.is_empty().then(|| {
                let message = format!(
                    "{} runs in the master's own cluster, and the chart mounts a kubeconfig for every additional one",
                    manager.title()
                );
                let help = "make it the default resource manager, or give it a `kubeconfig_path`";
                remark("kubeconfig_path", manager.span, message, help)
            }),
            (kind, 0) => {
                let message = match kind.as_str() {
                    "unknown" => "the chart knows resource managers of Kubernetes only".to_owned(),
                    kind => {
                        format!("the chart knows resource managers of Kubernetes only, and this one is of type {kind}")
                    }
                };
                Some(remark("type", manager.span, message, "deploy such a master without the chart"))
            }
            // The master itself refuses all others beside the default one.
            _ => {
                let message = format!("{} is none of Kubernetes", manager.title());
                Some(remark("type", manager.span, message, "only Kubernetes can be additional"))
            }
        });
    }
    remarks
}

/// The setting behind a value that the chart stops for, or what has to stand in values of one's own.
///
/// # Errors
/// What is wrong with the base, a clause: it has the value, and the configuration does not.
pub(super) fn demanded(stop: &Stop, config: &MultiRm, base: Option<Base<'_>>) -> Result<Remark, String> {
    let value = &*stop.path;
    let own = || format!("set `{value}` in values of your own, and give them with --base");
    let (setting, help) = match rows().into_iter().find(|row| row.put.from == value) {
        Some(row) => (row.to, format!("set `{}` to what the chart takes", row.to)),
        None if value.starts_with("oidc.clientSecret") => ("oidc.client_secret", own()),
        None => (value, own()),
    };
    let place = found(&config.root, setting).map(|entry| entry.key.unwrap_or(entry.span));
    let words = stop.words.rsplit_once("): ").map_or(&*stop.words, |(_, words)| words).trim_end_matches(['!', '.']);
    if place.is_err() && base.is_some_and(|base| base::has(base.text, value)) {
        return Err(format!("the chart does not take its `{value}`: {words}"));
    }
    Ok(Remark {
        setting: setting.to_owned(),
        path: setting.to_owned(),
        place: place.unwrap_or_else(|near| near),
        message: format!("the chart demands more of it: {words}"),
        help: Some(help),
    })
}

fn without_slots(manager: &Manager) -> Option<Span> {
    let slots = &manager.kubernetes()?.max_slots_per_pod;
    slots.value.is_none().then(|| slots.span())
}

/// What a difference amounts to.
pub(super) fn judge(difference: &Difference, config: &MultiRm, back: &MultiRm) -> Class {
    let raw = &difference.before;
    let Difference { path, setting, place, is_written, before, after } = &difference.told();
    if is_nothing(before) && setting.starts_with("additional_") && setting.contains(".determined_master_") {
        return Class::Wanted;
    }
    let remark = |message: String, help: Option<&str>| Remark {
        setting: setting.clone(),
        path: path.clone(),
        place: *place,
        message,
        help: help.map(str::to_owned),
    };
    if let Some(message) = forced(setting, before, after, config) {
        return Class::Forced(remark(message, None));
    }
    // The chart renders the others only where the Secret is named.
    if setting == "oidc.client_secret" && found(&back.root, "oidc.provider").is_ok() {
        return Class::Forced(remark("it comes from the Secret that `oidc.clientSecretName` names".to_owned(), None));
    }
    if let Some((message, help)) = known(path, before, after, config) {
        let mut remark = remark(message, Some(help));
        if let (true, Some(default)) = (path.ends_with("_resource_pool"), config.default_manager()) {
            remark.place = default.no_default_pools.key().unwrap_or(remark.place);
        }
        return Class::Lost(remark);
    }
    // What is secret is covered already, and the words may be in it.
    let is_written_so = || found(&config.root, setting).is_ok_and(|entry| says(&entry.value, NO_VALUE));
    if setting.contains(NO_VALUE) || holds(raw, NO_VALUE) || is_written_so() {
        let message = format!("Helm takes the words `{NO_VALUE}` out of all that it prints");
        return Class::Lost(remark(message, Some("choose other words")));
    }
    let row = rows()
        .into_iter()
        .find(|row| setting.strip_prefix(row.to).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])));
    // What the master implies, the chart may set.
    if !is_written && (is_nothing(before) || !is_effective(setting)) {
        return Class::Added;
    }
    let Some(row) = row else {
        // Additional managers are handed on as they are.
        if setting.starts_with("additional_") {
            let message = format!("{} would come back as {}", show(before), show(after));
            return Class::Unforeseen(remark(message, None));
        }
        return Class::Lost(remark("the chart has no value for it".to_owned(), None));
    };
    let value = row.put.from;
    match row.put.need {
        Need::Filled | Need::Or(_) if is_zero(before) => {
            let message =
                format!("the chart takes {} at `{value}` for nothing: the master gets {}", show(before), show(after));
            Class::Lost(remark(message, None))
        }
        _ if setting.starts_with("task_container_defaults.image") && is_nothing(before) => {
            let message = "the chart names an image of its own where none is named".to_owned();
            Class::Lost(remark(message, Some("name the image")))
        }
        _ => Class::Unforeseen(remark(format!("{} would come back as {}", show(before), show(after)), None)),
    }
}

/// Helm's word for nothing.
const NO_VALUE: &str = "<no value>";

/// What the chart writes by itself, as a sentence.
pub(super) fn forced(setting: &str, before: &Json, after: &Json, config: &MultiRm) -> Option<String> {
    let default = config.default_manager().and_then(Manager::kubernetes);
    let has_host = default.is_some_and(|kubernetes| !kubernetes.master_host.value.is_empty());
    let is_forced = match setting {
        "port" | "resource_manager.master_service_name" => true,
        "db.host" | "resource_manager.default_namespace" => is_nothing(before),
        "resource_manager.determined_master_port" | "resource_manager.determined_master_scheme" => {
            has_host && is_nothing(before)
        }
        // Certificates are mounted at the chart's own paths, when the base names what holds them.
        "security.tls.cert" | "security.tls.key" | "db.ssl_root_cert" => !is_nothing(before) && !is_nothing(after),
        setting => setting.ends_with("resource_manager.kubeconfig_path") && !is_nothing(after),
    };
    is_forced.then(|| match is_nothing(before) {
        true => format!("the chart sets it to {}", show(after)),
        false => format!("{} becomes {}", show(before), show(after)),
    })
}

/// What is known not to come back: why, and how to go on.
fn known(path: &str, before: &Json, after: &Json, config: &MultiRm) -> Option<(String, &'static str)> {
    let default = config.default_manager()?;
    let (message, help) = match path.strip_prefix("resource_managers[0].") {
        Some("kubeconfig_path") => (
            "the default resource manager always uses the cluster that the chart is installed in",
            "make that cluster an additional resource manager, or install the chart there",
        ),
        Some("no_default_resource_pools" | "default_aux_resource_pool" | "default_compute_resource_pool")
            if default.no_default_pools.value =>
        {
            (
                "the chart has no value for `no_default_resource_pools`: tasks without a pool run in the default pools",
                "name the default pools, or let every task name its pool",
            )
        }
        Some("name") => ("the chart has no value for it; it only fills in a missing `cluster_name`", "take it out"),
        Some("leave_kubernetes_resources") => {
            ("the chart has no value for it; the master does not read it", "take it out")
        }
        Some("internal_task_gateway") => (
            "the chart has no value for a gateway of the default resource manager",
            "tasks of the cluster that the master runs in are reached without one; take it out",
        ),
        Some("metadata") => ("the chart has no value for metadata of the default resource manager", "take it out"),
        Some("determined_master_port" | "determined_master_scheme") => {
            ("the chart reads it beside a host only", "set `determined_master_host`, or take it out")
        }
        Some("resource_pools") if matches!(before, Json::Array(items) if items.is_empty()) => {
            ("the chart leaves an empty list out, and the master adds a pool `default` then", "name the pools")
        }
        Some(_) => return None,
        None => return known_elsewhere(path, before, after),
    };
    Some((message.to_owned(), help))
}

fn known_elsewhere(path: &str, before: &Json, after: &Json) -> Option<(String, &'static str)> {
    let first = path.split(['.', '[']).next().unwrap_or(path);
    let (message, help) = match (first, path) {
        ("oidc" | "scim" | "saml", _) if is_nothing(after) => (
            "the chart renders it with `enterpriseEdition: true` only",
            "set that in values of your own, and give them with --base",
        ),
        (_, "security.tls.cert" | "security.tls.key" | "db.ssl_root_cert") if is_nothing(before) => return None,
        (_, "security.tls.cert" | "security.tls.key") => (
            "the chart takes certificates from a Secret, at paths of its own",
            "name the Secret with `tlsSecret` in a values file of your own",
        ),
        (_, "db.ssl_mode") => (
            "the chart reads it beside a certificate only, which it mounts at a path of its own",
            "set `db.sslRootCert`, `db.resourceType` and `db.certResourceName` in values of your own, and give them with --base",
        ),
        (_, "db.ssl_root_cert") => (
            "the chart mounts the certificate at a path of its own",
            "set `db.sslRootCert`, `db.resourceType` and `db.certResourceName` in values of your own, and give them with --base",
        ),
        ("task_container_defaults", _) if path.ends_with("kubernetes_max_slots_per_pod") => {
            ("the chart has no value for it at the root", "set `max_slots_per_pod` of each resource manager or pool")
        }
        ("task_container_defaults", _)
            if !path.contains("image") && rows().iter().all(|row| !path.starts_with(row.to)) =>
        {
            ("the chart has no value for it at the root", "set it in the pools, in their own `task_container_defaults`")
        }
        _ => return None,
    };
    Some((message.to_owned(), help))
}

/// Whether a value is as good as none.
pub(super) fn is_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Int(number) => *number == 0,
        Json::String(text) => text.is_empty(),
        _ => false,
    }
}

/// What Go's templates take for nothing.
fn is_zero(value: &Json) -> bool {
    match value {
        Json::Bool(truth) => !truth,
        Json::Float(number) => *number == 0.0,
        Json::Array(items) => items.is_empty(),
        Json::Object(members) => members.is_empty(),
        other => is_nothing(other),
    }
}

fn holds(value: &Json, words: &str) -> bool {
    match value {
        Json::String(text) => text.contains(words),
        Json::Array(items) => items.iter().any(|item| holds(item, words)),
        Json::Object(members) => members.iter().any(|(key, value)| key.contains(words) || holds(value, words)),
        _ => false,
    }
}

/// The same of what was decoded.
fn says(value: &Decoded, words: &str) -> bool {
    match value {
        Decoded::Text(text) => text.contains(words),
        Decoded::List(items) => items.iter().any(|item| says(&item.value, words)),
        Decoded::Map(members) => members.iter().any(|(key, entry)| key.contains(words) || says(&entry.value, words)),
        Decoded::Record(of) => of.fields().iter().any(|(_, entry)| says(&entry.value, words)),
        _ => false,
    }
}

/// A value in a sentence.
pub(super) fn show(value: &Json) -> String {
    match value {
        Json::Null => "nothing".to_owned(),
        Json::Bool(truth) => truth.to_string(),
        Json::Int(number) => number.to_string(),
        Json::Float(number) => number.to_string(),
        Json::String(text) => crate::emit::quoted(text),
        Json::Array(items) => format!("a list of {}", items.len()),
        Json::Object(_) => "a block".to_owned(),
    }
}
