//! A context → who one is there, and what of it goes into what is stored.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use crate::cluster::plugin::Credential;
use crate::cluster::{self, ActsAs, Compression, Endpoint, Kept, Minted, plugin};
use crate::commands::live::{self, Disk};
use crate::error::Error;
use crate::io::Io;
use crate::kubeconfig::provider::Provider;
use crate::kubeconfig::worth::known_plugin;
use crate::kubeconfig::{Access, Kubeconfig, Login, Secret, Trust, load, select};
use crate::redaction::Secrets;
use crate::source::SourceMap;
use crate::spelling;

/// Kubeconfigs, and how they may be used.
pub(super) struct Contexts {
    config: Kubeconfig,
    /// How they are called in messages.
    name: String,
    sources: SourceMap,
    warnings: Vec<String>,
    exec: Exec,
    timeout: Duration,
    /// What plugins have handed out, by context: each is asked once in a run.
    handed_out: RefCell<BTreeMap<String, Credential>>,
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
    /// What must never be shown.
    pub(super) secrets: Secrets,
}

impl Used {
    /// Takes note of a credential that was made there.
    pub(super) fn know_minted(&self, minted: Option<&Minted>) {
        minted.iter().for_each(|minted| self.secrets.know(minted.token.expose()));
    }

    /// Takes note of what is stored in a Secret there.
    pub(super) fn know(&self, kept: &Kept) {
        for (_, value) in &kept.data {
            let text = value.expose_text().unwrap_or_default();
            let loading = load(SourceMap::new().add("stored", ""), text);
            let within = loading.config.material();
            // What is no kubeconfig is a token, or something else that is nobody's business.
            let whole = within.is_empty().then(|| value.clone());
            for secret in within.iter().chain(&whole) {
                self.secrets.know(secret.expose());
            }
        }
    }
}

impl Contexts {
    /// Reads the kubeconfigs that `kubectl` would.
    pub(super) fn read(file: Option<&PathBuf>, exec: Exec, timeout: Duration, io: &Io<'_>) -> Result<Self, Error> {
        let mut sources = SourceMap::new();
        let merged = live::merged(file.map(PathBuf::as_path), &mut sources, io)?;
        let (config, name, warnings) = (merged.config, merged.name, merged.warnings);
        Ok(Self { config, name, sources, warnings, exec, timeout, handed_out: RefCell::default() })
    }

    /// Other kubeconfigs, used in the same way.
    pub(super) fn others(&self, config: Kubeconfig, name: String, sources: SourceMap) -> Self {
        let (warnings, handed_out) = (Vec::new(), RefCell::default());
        Self { config, name, sources, warnings, exec: self.exec, timeout: self.timeout, handed_out }
    }

    /// Tells what the user should know of the files.
    pub(super) fn warn(&self, io: &mut Io<'_>) {
        self.warnings.iter().for_each(|warning| io.note("warning", warning));
    }

    /// How long a program may take.
    pub(super) fn timeout(&self) -> Duration {
        self.timeout
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
            None => format!("contexts in {}: {}; {}", self.name, listed(&names), hint_to_get(context)),
        }
    }

    /// Asks the plugins of contexts that are going to be used, all at the same time.
    ///
    /// # Errors
    /// When one of the contexts cannot be used; the first of them is told.
    pub(super) fn ask<'a>(&self, contexts: impl Iterator<Item = &'a str>, io: &Io<'_>) -> Result<(), Error> {
        let mut open: BTreeMap<&str, Access> = BTreeMap::new();
        for context in contexts {
            if !self.handed_out.borrow().contains_key(context) && !open.contains_key(context) {
                let access = self.access(context, io)?;
                if self.plugin(&access)?.is_some() {
                    open.insert(context, access);
                }
            }
        }
        let time = self.timeout;
        let answers: Vec<_> = std::thread::scope(|scope| {
            let asked = open.values().filter_map(|access| Some((access, access.login.exec.as_ref()?)));
            let asked: Vec<_> = asked
                .map(|(access, exec)| {
                    scope.spawn(|| plugin::ask(exec, access.server.expose(), time, plugin::Voice::Silent))
                })
                .collect();
            asked.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
        });
        for (context, answer) in open.into_keys().zip(answers) {
            let answer = answer.unwrap_or_else(|_| Err("nobody waited for its plugin".to_owned()));
            let credential = answer.map_err(|why| Error::new(format!("context `{context}`: {why}")))?;
            let key = credential.certificate.as_ref().map(|(_, key)| key.as_slice());
            for secret in credential.token.as_deref().map(str::as_bytes).into_iter().chain(key) {
                io.secrets.know(secret);
            }
            self.handed_out.borrow_mut().insert(context.to_owned(), credential);
        }
        Ok(())
    }

    /// Uses a context: reads what it names, and asks its plugin unless that has been asked already.
    pub(super) fn take(&self, context: &str, io: &Io<'_>) -> Result<Used, Error> {
        self.ask(std::iter::once(context), io)?;
        let access = self.access(context, io)?;
        let endpoint = self.endpoint(&access, io);
        Ok(Used { access, endpoint, secrets: io.secrets.clone() })
    }

    /// What a context says.
    fn access(&self, context: &str, io: &Io<'_>) -> Result<Access, Error> {
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
        for secret in access.login.material() {
            io.secrets.know(secret.expose());
        }
        Ok(access)
    }

    fn endpoint(&self, access: &Access, io: &Io<'_>) -> Endpoint {
        let server = access.server.expose().to_owned();
        let given = access.proxy.as_ref().and_then(Secret::expose_text).map(str::to_owned);
        Endpoint {
            proxy: given.or_else(|| live::proxy_from_environment(&server, io)),
            trust: trust(&access.trust),
            server_name: access.server_name.clone(),
            compression: if access.is_uncompressed { Compression::Off } else { Compression::Gzip },
            login: self.login(access),
            server,
        }
    }

    /// The plugin that a context needs; none where it has a credential of its own.
    ///
    /// # Errors
    /// When there is no way to log in, or none that is allowed.
    fn plugin<'a>(&self, access: &'a Access) -> Result<Option<&'a crate::kubeconfig::Exec>, Error> {
        let Login { token, certificate, basic, exec, provider, .. } = &access.login;
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
        let has_own = token.is_some() || certificate.is_some() || basic.is_some();
        let exec = exec.as_ref().filter(|_| !has_own);
        if let (Some(exec), Exec::Never) = (exec, self.exec) {
            let name = known_plugin(exec).unwrap_or("its plugin");
            let message = format!("context `{}` needs {name} to log in, and --no-exec forbids it", access.context);
            return Err(Error::with_hint(message, Some("use a context with a token or a certificate".to_owned())));
        }
        Ok(exec)
    }

    fn login(&self, access: &Access) -> cluster::Login {
        let text = |secret: &Secret| secret.expose_text().unwrap_or_default().to_owned();
        let Login { token, certificate, basic, impersonation, .. } = &access.login;
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
        if let Some(credential) = self.handed_out.borrow().get(&access.context) {
            login.token = credential.token.clone();
            login.certificate = credential.certificate.clone();
        }
        login
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

/// The cluster and the context of a `--map`.
///
/// # Errors
/// When it is none.
pub(super) fn mapped(map: &str) -> Result<(&str, &str), Error> {
    let parts = map.split_once('=').filter(|(cluster, context)| !cluster.is_empty() && !context.is_empty());
    parts.ok_or_else(|| Error::new(format!("--map takes CLUSTER=CONTEXT, not `{map}`")))
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

/// The page's line to get a context: of its cloud, where its name tells.
fn hint_to_get(context: &str) -> String {
    if let Some(provider) = Provider::of_context(context) {
        return format!("to get it: {provider}");
    }
    "to get one: gcloud container clusters get-credentials NAME, az aks get-credentials --name NAME, or aws eks \
     update-kubeconfig --name NAME; or let --pull do that"
        .to_owned()
}

fn listed(names: &[&str]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
