//! `-o`: the Secrets as manifests, in place of writing them on the default cluster.

use serde_json::{Map, Value, json};

use super::arguments::{Arguments, Form};
use super::survey::Surveyed;
use super::wanted::{All, Prepared};
use crate::cluster::Kept;
use crate::credentials::plan::{Credential, Entry};
use crate::credentials::secret::Stored;
use crate::error::Error;
use crate::io::{Io, Peer};
use crate::kubeconfig::{Secret, render};
use crate::report::secrets::manifest;
use crate::source::private;

/// Says no before anything is made, when they could not be printed afterwards.
pub(super) fn prepare(arguments: &Arguments, io: &mut Io<'_>) -> Result<(), Error> {
    let stored = &arguments.stored;
    if let Some(path) = &stored.output_file {
        private::is_free(path).map_err(|why| Error::new(format!("--output-file {}: {why}", path.display())))?;
        if private::is_open_to_others(path) {
            let words = "others may write into its folder, and put something else in its place";
            io.note("warning", format!("--output-file {}: {words}", path.display()));
        }
    } else if stored.show_secrets && io.stdout_peer == Peer::Terminal {
        let hint = "send standard output into a pipe, or name a file with --output-file".to_owned();
        return Err(Error::with_hint("--show-secrets does not write to a terminal", Some(hint)));
    }
    Ok(())
}

/// The manifests with their secrets, for whoever has asked for them.
pub(super) fn hand_over(arguments: &Arguments, all: &[Stored], io: &mut Io<'_>) -> Result<(), Error> {
    let values: Vec<Value> = all.iter().map(Stored::exposed).collect();
    put(arguments, &Secret::new(manifest::manifests(&values, form(arguments))), io)
}

/// The manifests as they would be, with sizes in place of what is secret.
pub(super) fn show(arguments: &Arguments, all: &All, seen: &Surveyed, io: &mut Io<'_>) -> Result<(), Error> {
    let entries = all.clusters.iter().zip(&seen.entries).enumerate();
    let values: Vec<Value> = entries
        .filter_map(|(at, (one, entry))| {
            Some(shown(arguments, one, entry.as_ref().ok()?, seen.shelf.kept.get(at).and_then(Option::as_ref)))
        })
        .collect();
    put(arguments, &Secret::new(manifest::manifests(&values, form(arguments))), io)
}

fn form(arguments: &Arguments) -> manifest::Form {
    match arguments.stored.output {
        Some(Form::Json) => manifest::Form::Json,
        Some(Form::Yaml) | None => manifest::Form::Yaml,
    }
}

fn put(arguments: &Arguments, text: &Secret, io: &mut Io<'_>) -> Result<(), Error> {
    match &arguments.stored.output_file {
        Some(path) => private::create(path, text.expose())
            .map_err(|error| Error::new(format!("--output-file {}: {error}", path.display()))),
        None => Ok(io.secrets.reveal(io.stdout, text.expose())?),
    }
}

fn shown(arguments: &Arguments, one: &Prepared, entry: &Entry, kept: Option<&Kept>) -> Value {
    let wanted = &one.wanted;
    let sizes: Map<String, Value> = match (&entry.credential, kept) {
        (Credential::Keep, Some(kept)) => {
            kept.data.iter().map(|(key, value)| (key.clone(), json!(format!("<{} bytes>", value.len())))).collect()
        }
        _ => {
            let size = match one.own_kubeconfig() {
                Some(kubeconfig) => format!("<{} bytes>", kubeconfig.len()),
                None => format!("<{} bytes and a new token>", render(&one.output(Secret::new(""))).len()),
            };
            let file = wanted.token_key.clone().map(|key| (key, json!("<a new token>")));
            std::iter::once((wanted.key.clone(), json!(size))).chain(file).collect()
        }
    };
    json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {
            "name": wanted.secret, "namespace": arguments.target.namespace, "labels": wanted.owner.labels(),
        },
        "data": sizes,
    })
}
