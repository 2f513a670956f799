//! A context → who one is there, and what of it goes into what is stored.

use std::path::PathBuf;
use std::time::Duration;

use crate::cluster::{self, ActsAs, Compression, Endpoint, plugin};
use crate::commands::live::{self, Disk};
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::worth::known_plugin;
use crate::kubeconfig::{Access, Kubeconfig, Login, Secret, Trust, select};
use crate::source::SourceMap;
use crate::spelling;

/// Kubeconfigs, and how they may be used.
pub(super) struct Contexts {
    config: Kubeconfig,
    /// How they are called in messages.
    name: String,
    sources: SourceMap,
    exec: Exec,
    timeout: Duration,
}

/// Whether programs that a kubeconfig names are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exec {
    /// Once, when their context is used.
    Run,
    /// Never.
    Never,
}

/// A context that is used.
pub(super) struct Used {
    /// What it says.
    pub(super) access: Access,
    /// The cluster, for our own questions.
    pub(super) endpoint: Endpoint,
}

impl Contexts {
    /// Reads the kubeconfigs that `kubectl` would.
    pub(super) fn read(file: Option<&PathBuf>, exec: Exec, timeout: Duration, io: &Io<'_>) -> Result<Self, Error> {
        let mut sources = SourceMap::new();
        let (config, name) = live::merged(file.map(PathBuf::as_path), &mut sources, io)?;
        Ok(Self { config, name, sources, exec, timeout })
    }

    /// Whether there is a context of this name.
    pub(super) fn has(&self, context: &str) -> bool {
        self.config.contexts.contains_key(context)
    }

    /// What to do about a context that is not there.
    pub(super) fn instead_of(&self, context: &str) -> String {
        let names: Vec<&str> = self.config.contexts.keys().map(String::as_str).collect();
        match spelling::closest(context, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("contexts in {}: {}; {}", self.name, listed(&names), hint_to_get()),
        }
    }

    /// Uses a context: reads what it names, and asks its plugin once.
    pub(super) fn take(&self, context: &str, io: &Io<'_>) -> Result<Used, Error> {
        if !self.has(context) {
            let message = format!("there is no context `{context}`");
            return Err(Error::with_hint(message, Some(self.instead_of(context))));
        }
        let access = select(&self.config, context, &Disk).map_err(|refusals| {
            let first = refusals.first();
            let place = first.and_then(|refusal| refusal.span).map(|span| {
                let file = self.sources.file(span.source);
                let position = file.position(span.start);
                format!("{}:{}:{}: ", file.name(), position.line, position.column)
            });
            let why = first.map_or("it cannot be used", |refusal| refusal.message.as_str());
            let more = if refusals.len() > 1 { format!(" (and {} more)", refusals.len() - 1) } else { String::new() };
            Error::new(format!("{}context `{context}`: {why}{more}", place.unwrap_or_default()))
        })?;
        let endpoint = self.endpoint(&access, io)?;
        Ok(Used { access, endpoint })
    }

    fn endpoint(&self, access: &Access, io: &Io<'_>) -> Result<Endpoint, Error> {
        let server = access.server.expose().to_owned();
        let given = access.proxy.as_ref().and_then(Secret::expose_text).map(str::to_owned);
        Ok(Endpoint {
            proxy: given.or_else(|| live::proxy_from_environment(&server, io)),
            trust: trust(&access.trust),
            server_name: access.server_name.clone(),
            compression: if access.is_uncompressed { Compression::Off } else { Compression::Gzip },
            login: self.login(access, &server)?,
            server,
        })
    }

    fn login(&self, access: &Access, server: &str) -> Result<cluster::Login, Error> {
        let text = |secret: &Secret| secret.expose_text().unwrap_or_default().to_owned();
        let Login { token, certificate, basic, exec, provider, impersonation } = &access.login;
        let mut login = cluster::Login {
            token: token.as_ref().map(text),
            certificate: certificate.as_ref().map(|(pem, key)| (pem.clone(), key.expose().to_vec())),
            basic: basic.as_ref().map(|(name, password)| (name.clone(), text(password))),
            acts_as: impersonation.as_ref().map(|other| ActsAs {
                user: other.user.clone(),
                uid: other.uid.clone(),
                groups: other.groups.clone(),
                extra: other.extra.clone(),
            }),
        };
        let has_own = login.token.is_some() || login.certificate.is_some() || login.basic.is_some();
        if let Some(provider) = provider {
            let message = format!(
                "context `{}` logs in by the provider `{}`, which is not supported",
                access.context, provider.name
            );
            return Err(Error::with_hint(
                message,
                Some("use a context with a token, a certificate or a plugin".to_owned()),
            ));
        }
        if let (Some(exec), false) = (exec, has_own) {
            let name = known_plugin(exec).unwrap_or("its plugin");
            if self.exec == Exec::Never {
                let message = format!("context `{}` needs {name} to log in, and --no-exec forbids it", access.context);
                return Err(Error::with_hint(message, Some("use a context with a token or a certificate".to_owned())));
            }
            let credential = plugin::ask(exec, server, self.timeout, plugin::Voice::Silent)
                .map_err(|why| Error::new(format!("context `{}`: {why}", access.context)))?;
            login.token = credential.token;
            login.certificate = credential.certificate;
        }
        Ok(login)
    }
}

/// By what the server is known, for the client.
pub(super) fn trust(trust: &Trust) -> cluster::Trust {
    match trust {
        Trust::System => cluster::Trust::System,
        Trust::Authorities(pem) => cluster::Trust::Authorities(pem.clone()),
        Trust::Anything => cluster::Trust::Anything,
    }
}

/// The server of a stored kubeconfig, for the client.
pub(super) fn stored_endpoint(access: &Access, login: cluster::Login) -> Endpoint {
    Endpoint {
        server: access.server.expose().to_owned(),
        trust: trust(&access.trust),
        server_name: access.server_name.clone(),
        proxy: access.proxy.as_ref().and_then(|proxy| proxy.expose_text().map(|text| text.trim().to_owned())),
        compression: if access.is_uncompressed { Compression::Off } else { Compression::Gzip },
        login,
    }
}

/// The page's lines to get a context.
fn hint_to_get() -> &'static str {
    "to get one: gcloud container clusters get-credentials NAME, az aks get-credentials --name NAME, or aws eks \
     update-kubeconfig --name NAME"
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
