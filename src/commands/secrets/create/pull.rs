//! `--pull`: a context that the cloud's own command writes into a private file.

use crate::cluster;
use crate::commands::ListFormat;
use crate::commands::secrets::access::{Contexts, Used};
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::Kubeconfig;
use crate::kubeconfig::load;
use crate::kubeconfig::provider::Provider;
use crate::report::secrets::create as report;
use crate::source::SourceMap;
use crate::source::encoding::Decoded;
use crate::source::load::{self as files, Content};
use crate::source::private::PrivateFile;

/// `CLUSTER=gke:PROJECT/LOCATION/NAME`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pull {
    /// The cluster, as the configuration calls it.
    pub(super) cluster: String,
    /// Where it comes from.
    pub(super) provider: Provider,
}

/// Reads the value of the flag.
pub(super) fn parse(text: &str) -> Result<Pull, String> {
    let parts = text.split_once('=').filter(|(cluster, _)| !cluster.is_empty());
    let (cluster, provider) = parts.ok_or("expected CLUSTER=gke:PROJECT/LOCATION/NAME and such")?;
    Ok(Pull { cluster: cluster.to_owned(), provider: Provider::parse(provider)? })
}

/// Shows what is going to be run.
pub(super) fn announce(pulls: &[&Pull], format: ListFormat, io: &mut Io<'_>) -> Result<(), Error> {
    let commands: Vec<(&str, String)> =
        pulls.iter().map(|pull| (pull.cluster.as_str(), pull.provider.to_string())).collect();
    let text = report::pulls(&commands);
    let out = match format {
        ListFormat::Human => &mut *io.stdout,
        // Nothing but the document goes there.
        ListFormat::Json => &mut *io.stderr,
    };
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Runs all of them at the same time, and takes the one context that each has written; in their order.
///
/// # Errors
/// When something goes wrong with any; all of them are told.
pub(super) fn take(pulls: &[&Pull], contexts: &Contexts, io: &Io<'_>) -> Result<Vec<(String, Used)>, Error> {
    let made: Result<Vec<PrivateFile>, _> = pulls.iter().map(|_| PrivateFile::new("config")).collect();
    let files = made.map_err(|error| Error::new(format!("no private file can be made: {error}")))?;
    let targets: Vec<_> = pulls.iter().zip(&files).map(|(pull, file)| (&pull.provider, file.path())).collect();
    let answers = cluster::pull(&targets, contexts.timeout());
    let written = pulls.iter().zip(&files).zip(answers);
    let (mut taken, mut failed) = (Vec::new(), Vec::new());
    for ((pull, file), answer) in written {
        match answer.and_then(|()| written_by(pull, file, contexts)) {
            Ok(one) => taken.push(one),
            Err(why) => failed.push((pull, why)),
        }
    }
    if !failed.is_empty() {
        let told: Vec<String> = failed.iter().map(|(pull, why)| format!("{}: {why}", pull.cluster)).collect();
        let commands: Vec<String> = failed.iter().map(|(pull, _)| pull.provider.to_string()).collect();
        let hint = format!("run it by yourself to see more: {}", commands.join("; "));
        return Err(Error::with_hint(told.join("; "), Some(hint)));
    }
    let used = taken.into_iter().map(|(context, pulled)| {
        let used = pulled.take(&context, io)?;
        Ok((context, used))
    });
    used.collect()
}

/// The one context that a command has written, with what it is in.
fn written_by(pull: &Pull, file: &PrivateFile, contexts: &Contexts) -> Result<(String, Contexts), String> {
    let program = pull.provider.program();
    let mut sources = SourceMap::new();
    let config = read(file, program, &mut sources)?;
    let names: Vec<&str> = config.contexts.keys().map(String::as_str).collect();
    let context = match names.as_slice() {
        [only] => (*only).to_owned(),
        [] => return Err(format!("{program} wrote no context")),
        several => {
            let names = several.join(", ");
            return Err(format!("{program} wrote several contexts, and which one is meant cannot be told: {names}"));
        }
    };
    Ok((context, contexts.others(config, format!("what {program} wrote"), sources)))
}

fn read(file: &PrivateFile, program: &str, sources: &mut SourceMap) -> Result<Kubeconfig, String> {
    let text = match files::read_file(file.path()) {
        Ok(Content::Read(Decoded::Utf8(text))) => text,
        Ok(_) => return Err(format!("{program} wrote no kubeconfig: it is no text in UTF-8")),
        // Its words name the private file, of which nobody knows.
        Err(_) => return Err(format!("what {program} wrote cannot be read")),
    };
    if text.trim().is_empty() {
        return Err(format!("{program} ended well and wrote no kubeconfig"));
    }
    let name = format!("what {program} wrote");
    let loading = load(sources.add(name.clone(), text.as_str()), &text);
    if let Some(fault) = loading.faults.first() {
        let place = fault.span.map(|span| {
            let position = sources.file(span.source).position(span.start);
            format!(", line {} column {}", position.line, position.column)
        });
        return Err(format!("{name} is no kubeconfig{}: {}", place.unwrap_or_default(), fault.words));
    }
    let mut config = loading.config;
    config.resolve_paths(file.path().parent().unwrap_or(file.path()));
    Ok(config)
}
