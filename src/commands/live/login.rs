//! Kubeconfig → access: files that it leads to are read here, programs are left to be run, and with leave only.

use super::files::Disk;
use super::{Access, Live, proxy};
use crate::cluster::{ActsAs, Compression, Endpoint, Login, Program, Trust};
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::{Client, Cluster, Credential, FileAnswer, Files as _, Kubeconfig, Placed, Secret, User};

/// What there is to work with.
pub(super) struct Means<'a, 'io> {
    pub(super) live: &'a Live,
    pub(super) io: &'a Io<'io>,
    /// The context, for messages.
    pub(super) place: &'a str,
}

/// The access by the chosen context, which has been found usable.
pub(super) fn access(config: &Kubeconfig, client: &Client, means: &Means<'_, '_>) -> Result<Access, Error> {
    let context = config.current_context.as_ref().and_then(|name| config.contexts.get(&name.value));
    let context = context.map(|context| context.item.clone()).unwrap_or_default();
    let cluster = context.cluster.and_then(|name| config.clusters.get(&name.value)).map(|cluster| &cluster.item);
    let user = context.user.and_then(|name| config.users.get(&name.value)).map(|user| &user.item);
    let (nowhere, nobody) = (Cluster::default(), User::default());
    let (cluster, user) = (cluster.unwrap_or(&nowhere), user.unwrap_or(&nobody));
    let server = match client.server.expose() {
        whole if whole.contains("://") => whole.to_owned(),
        // What client-go makes of it.
        bare => format!("http://{bare}"),
    };
    let given = cluster.proxy.as_ref().and_then(|proxy| proxy.value.expose_text().map(str::to_owned));
    let trust = match bytes(cluster.authority_data.as_ref().map(|data| data.value.as_slice()), &cluster.authority) {
        _ if client.is_insecure => Trust::Anything,
        Some(pem) if !pem.is_empty() => Trust::Authorities(pem.expose().to_vec()),
        _ => Trust::System,
    };
    let compression = if cluster.disable_compression.is_some() { Compression::Off } else { Compression::Gzip };
    let (login, program) = login(user, client, means)?;
    let endpoint = Endpoint {
        proxy: given.or_else(|| proxy::from_environment(&server, means.io)),
        trust,
        server_name: client.server_name.clone(),
        compression,
        login,
        server,
    };
    Ok(Access { endpoint, program })
}

/// Inline data, or else the content of a file.
fn bytes(data: Option<&[u8]>, path: &Option<Placed<String>>) -> Option<Secret> {
    match (data, path) {
        (Some(data), _) => Some(Secret::new(data)),
        (None, Some(path)) => match Disk.read(&path.value) {
            FileAnswer::Content(content) => Some(content),
            FileAnswer::Refused(_) | FileAnswer::Unknown => None,
        },
        (None, None) => None,
    }
}

/// What the kubeconfig itself has, and the program that has the rest.
fn login(user: &User, client: &Client, means: &Means<'_, '_>) -> Result<(Login, Option<Program>), Error> {
    let (mut login, mut asked) = (Login::default(), None);
    let text = |secret: &Secret| secret.expose_text().map(str::to_owned);
    for credential in &client.credentials {
        match credential {
            Credential::Token(token) | Credential::TokenFile { token: Some(token), .. } => login.token = text(token),
            Credential::TokenFile { token: None, .. } => {}
            Credential::Certificate(_) => {
                let data = user.certificate_data.as_ref().map(|data| data.value.as_slice());
                let certificate = bytes(data, &user.certificate);
                let key = user.private_key_data.as_ref().map(|key| key.value.expose());
                let key = bytes(key, &user.private_key);
                login.certificate = certificate.zip(key).map(|(c, k)| (c.expose().to_vec(), k.expose().to_vec()));
            }
            Credential::Basic => {
                let name = user.username.as_ref().map(|name| name.value.clone()).unwrap_or_default();
                let password = user.password.as_ref().and_then(|password| text(&password.value)).unwrap_or_default();
                login.basic = Some((name, password));
            }
            Credential::Plugin(name) => asked = program(user, name, means)?,
            Credential::Provider(name) => {
                let message = format!("{} logs in by the provider `{name}`, which is not supported", means.place);
                let hint = "use a kubeconfig with a token, a client certificate, or a program that fetches one";
                return Err(Error::with_hint(message, Some(hint.to_owned())));
            }
        }
    }
    login.secrets().for_each(|secret| means.io.secrets.know(secret));
    login.acts_as = user.impersonate.as_ref().map(|name| ActsAs {
        user: name.value.clone(),
        uid: user.impersonate_uid.as_ref().map(|uid| uid.value.clone()),
        groups: user.impersonate_groups.as_ref().map(|groups| groups.value.clone()).unwrap_or_default(),
        extra: user.impersonate_extra.as_ref().map(|extra| extra.value.clone()).unwrap_or_default(),
    });
    Ok((login, asked))
}

/// The program that hands out the rest, if it may be run.
fn program(user: &User, name: &str, means: &Means<'_, '_>) -> Result<Option<Program>, Error> {
    let Some(exec) = user.exec.as_ref().map(|exec| exec.value.clone()) else { return Ok(None) };
    if !means.live.allow_exec {
        let message =
            format!("{} gets its credentials from the program `{name}`, which is not run unasked", means.place);
        let hint = "look at the kubeconfig; if you trust it, add --allow-exec".to_owned();
        return Err(Error::with_hint(message, Some(hint)));
    }
    let secrets = means.io.secrets.clone();
    let learn = Box::new(move |secret: &[u8]| secrets.know(secret));
    Ok(Some(Program { exec, place: means.place.to_owned(), learn }))
}
