//! Arguments and configuration → what is wanted for each cluster.

use super::arguments::{Arguments, Auth, Mode, Rbac};
use super::copying;
use super::leads::{Lead, leads};
use super::pull;
use super::rotating;
use crate::cluster::{self, Compression, Endpoint};
use crate::commands::configuration;
use crate::commands::secrets::access::{self, Contexts, Used};
use crate::commands::secrets::rotate::Rotation;
use crate::credentials::identity::{Identity, Owner};
use crate::credentials::operator::TokenMode;
use crate::credentials::plan::Wanted;
use crate::credentials::rights::{Profile, Tasks, Use};
use crate::credentials::secret::{Life, key_misfit, name_misfit, namespace_misfit};
use crate::error::Error;
use crate::formats::helm_values::kubeconfig_secrets::{Named, kubeconfig_secrets};
use crate::formats::helm_values::{Request, State};
use crate::io::Io;
use crate::kubeconfig::address::Server;
use crate::kubeconfig::{Output, OutputCredential, Secret, Trust, certificate};
use crate::model::MultiRm;
use crate::model::config::Manager;
use crate::model::verdict::Kind;
use crate::naming::Template;
use crate::source::load::{self, Bytes};

/// One cluster, with everything that its kubeconfig is made of.
pub(super) struct Prepared {
    /// What is wanted.
    pub(super) wanted: Wanted,
    /// The cluster, for our own questions.
    pub(super) used: Used,
    /// By what the stored kubeconfig knows the server.
    pub(super) trust: Trust,
    /// The name that the server's certificate must bear.
    pub(super) server_name: Option<String>,
    /// The proxy between master and cluster.
    pub(super) proxy: Option<Secret>,
    /// The context's own credential, when that is taken over and none is made.
    pub(super) own: Option<OutputCredential>,
    /// Where the master finds the token, when it reads it anew.
    pub(super) token_path: Option<String>,
    /// Range of ports of the internal task gateway, with its namespace and name.
    pub(super) gateway: Option<Gateway>,
}

/// An internal task gateway.
#[derive(Clone, Debug)]
pub(super) struct Gateway {
    pub(super) namespace: String,
    pub(super) name: String,
    pub(super) ports: (i64, i64),
}

/// All clusters, and in which namespaces of the default cluster tasks run, if that is known.
pub(super) struct All {
    pub(super) clusters: Vec<Prepared>,
    pub(super) default_tasks: Option<Vec<String>>,
}

/// What the configuration tells of a cluster.
pub(super) struct Told {
    index: usize,
    /// Its name.
    pub(super) cluster: String,
    uses: Use,
    gateway: Option<Gateway>,
    secret: Option<String>,
    key: Option<String>,
}

/// Finds out what is wanted. Plugins and commands of clouds are run once each, all at the same time.
pub(super) fn wanted(arguments: &Arguments, contexts: &Contexts, io: &mut Io<'_>) -> Result<All, Error> {
    names(arguments)?;
    let (told, default_tasks) = match (&arguments.config, &arguments.cluster_name) {
        (Some(_), _) => configured(arguments, io)?,
        (None, Some(cluster)) => (vec![single(arguments, cluster)], None),
        (None, None) => return Err(Error::new("name a configuration, or --cluster-name and --context")),
    };
    let leads = leads(arguments, &told, contexts)?;
    let clusters: Vec<&str> = told.iter().map(|told| told.cluster.as_str()).collect();
    let names = Template::default().secrets(&clusters);
    let mut prepared: Vec<Prepared> = Vec::new();
    for ((told, name), (context, used)) in told.into_iter().zip(names).zip(reached(arguments, &leads, contexts, io)?) {
        prepared.push(prepare(arguments, told, context, name, used)?);
    }
    for (at, one) in prepared.iter().enumerate() {
        let same = |other: &&Prepared| other.wanted.secret == one.wanted.secret;
        if let Some(other) = prepared.iter().take(at).find(same) {
            let [a, b] = [&other.wanted.owner.cluster, &one.wanted.owner.cluster];
            return Err(Error::new(format!("{a} and {b} have the same Secret `{}`", one.wanted.secret)));
        }
    }
    Ok(All { clusters: prepared, default_tasks })
}

/// Each cluster by its context, in the order of the leads. What is there is looked at first: it costs nothing.
fn reached(
    arguments: &Arguments,
    leads: &[Lead],
    contexts: &Contexts,
    io: &mut Io<'_>,
) -> Result<Vec<(String, Used)>, Error> {
    let named = leads.iter().filter_map(Lead::context);
    contexts.ask(named.chain([arguments.target.default_context.as_str()]), io)?;
    let taken = |lead: &Lead| {
        let context = lead.context()?.to_owned();
        Some(contexts.take(&context, io).map(|used| (context, used)))
    };
    let there: Vec<Option<(String, Used)>> =
        leads.iter().map(|lead| taken(lead).transpose()).collect::<Result<_, _>>()?;
    let pulls: Vec<_> = leads.iter().filter_map(Lead::pull).collect();
    pull::announce(&pulls, arguments.standard_output(), io)?;
    let mut pulled = pull::take(&pulls, contexts, io)?.into_iter();
    Ok(there.into_iter().filter_map(|there| there.or_else(|| pulled.next())).collect())
}

fn names(arguments: &Arguments) -> Result<(), Error> {
    let wrong = |flag: &str, text: &str, misfit: Option<&'static str>| match misfit {
        Some(why) => Err(Error::new(format!("{flag} `{text}` cannot be: {why}"))),
        None => Ok(()),
    };
    let target = &arguments.target;
    wrong("--namespace", &target.namespace, namespace_misfit(&target.namespace))?;
    wrong("--release", &target.release, name_misfit(&target.release))?;
    let identity = &arguments.identity;
    if identity.ttl.is_some() && identity.token_mode == Mode::Secret {
        let hint = "add --token-mode request: a token that is kept in a Secret has no end".to_owned();
        return Err(Error::with_hint("--ttl has no effect", Some(hint)));
    }
    wrong("--sa-namespace", &identity.sa_namespace, namespace_misfit(&identity.sa_namespace))?;
    for (flag, text) in
        [("--service-account", &identity.service_account), ("--secret-name", &arguments.stored.secret_name)]
    {
        if let Some(text) = text {
            wrong(flag, text, name_misfit(text))?;
        }
    }
    if let Some(name) = &identity.default_namespace {
        wrong("--default-namespace", name, namespace_misfit(name))?;
    }
    for name in identity.task_namespaces.iter().filter(|name| *name != "all") {
        wrong("--task-namespaces", name, namespace_misfit(name))?;
    }
    if let Some(key) = &arguments.stored.key {
        wrong("--key", key, key_misfit(key))?;
    }
    rotating::possible(arguments)?;
    if identity.auth == Auth::Copy && (identity.service_account.is_some() || identity.token_mode == Mode::Request) {
        let hint = "leave out --service-account and --token-mode, or --auth copy".to_owned();
        return Err(Error::with_hint("with --auth copy no identity and no token is made", Some(hint)));
    }
    if identity.rbac == Rbac::None && identity.service_account.is_none() && identity.auth == Auth::Mint {
        let hint = "name it with --service-account".to_owned();
        return Err(Error::with_hint("--rbac none takes a ServiceAccount that has its rights already", Some(hint)));
    }
    Ok(())
}

fn single(arguments: &Arguments, cluster: &str) -> Told {
    Told {
        index: 0,
        cluster: cluster.to_owned(),
        uses: Use {
            default_namespace: arguments.identity.default_namespace.clone(),
            tasks: tasks(arguments),
            gateway: None,
        },
        gateway: None,
        secret: None,
        key: None,
    }
}

/// What a configuration tells of its clusters, and where tasks of the default cluster run.
type Configured = (Vec<Told>, Option<Vec<String>>);

fn configured(arguments: &Arguments, io: &mut Io<'_>) -> Result<Configured, Error> {
    let Some(path) = &arguments.config else { return Ok((Vec::new(), None)) };
    let request = Request {
        release: arguments.target.release.clone(),
        namespace: arguments.target.namespace.clone(),
        state: State::Installed,
        ..Request::default()
    };
    let mut file = configuration::judge_file_for(path, &arguments.reading, arguments.master_version, request, io)?;
    let model = configuration::choose(&mut file, &arguments.reading)?;
    let named = match file.judgement.kind {
        Kind::HelmValues => {
            file.sources.iter().next().and_then(|(id, file)| kubeconfig_secrets(id, file.text())).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let told: Vec<Told> =
        model.config.additional().filter_map(|manager| told(manager, tasks(arguments), &named)).collect();
    if told.is_empty() {
        return Err(Error::new(format!(
            "{}: there is no additional resource manager that drives Kubernetes",
            file.path
        )));
    }
    Ok((told, default_tasks(&model.config)))
}

fn told(manager: &Manager, tasks: Tasks, named: &[Named]) -> Option<Told> {
    let kubernetes = manager.kubernetes()?;
    let index = manager.index.checked_sub(1)?;
    let named = named.get(index);
    let gateway = kubernetes.gateway.as_ref().map(|gateway| Gateway {
        namespace: gateway.namespace.value.clone(),
        name: gateway.name.value.clone(),
        ports: (gateway.port_start.value, gateway.port_end.value),
    });
    let text =
        |placed: Option<&crate::formats::helm_values::kubeconfig_secrets::Placed>| placed.map(|it| it.text.clone());
    Some(Told {
        index,
        cluster: manager.cluster_name.value.clone(),
        uses: Use::of(&kubernetes.default_namespace.value, tasks, gateway.as_ref().map(|gateway| &*gateway.namespace)),
        gateway,
        secret: text(named.and_then(|named| named.secret.as_ref())),
        key: text(named.and_then(|named| named.key.as_ref())),
    })
}

fn default_tasks(config: &MultiRm) -> Option<Vec<String>> {
    Some(vec![config.default_manager()?.kubernetes()?.namespace().to_owned()])
}

fn prepare(arguments: &Arguments, told: Told, context: String, name: String, used: Used) -> Result<Prepared, Error> {
    let owner = Owner { release: arguments.target.release.clone(), cluster: told.cluster };
    let stored = &arguments.stored;
    let secret = stored.secret_name.clone().or(told.secret).unwrap_or(name);
    let key = stored.key.clone().or(told.key).unwrap_or_else(|| "config".to_owned());
    for (what, text, misfit) in [("Secret", &secret, name_misfit(&secret)), ("key", &key, key_misfit(&key))] {
        if let Some(why) = misfit {
            return Err(Error::new(format!("{}: the {what} `{text}` cannot be: {why}", owner.cluster)));
        }
    }
    let trust = match &stored.ca_file {
        Some(path) => Trust::Authorities(authority(path)?),
        None => match &used.access.trust {
            Trust::Authorities(pem) => Trust::Authorities(certificate::only_certificates(pem)),
            other => other.clone(),
        },
    };
    let fingerprint = trust.certificates().into_iter().next().map(|first| first.fingerprint);
    let server = server(stored.server.as_deref(), &used)?;
    let identity = &arguments.identity;
    let own = match identity.auth {
        Auth::Copy => Some(copying::own(&owner.cluster, &used.access)?),
        Auth::Mint => None,
    };
    if own.is_none() && told.uses.namespaces().contains(&identity.sa_namespace) {
        let message = format!(
            "{}: tasks run in `{}`, and could use the ServiceAccount there",
            owner.cluster, identity.sa_namespace
        );
        return Err(Error::with_hint(message, Some("give it a namespace of its own with --sa-namespace".to_owned())));
    }
    let proxy = match &stored.server_proxy_url {
        Some(url) => proxy(url)?,
        None => used.access.proxy.clone(),
    };
    let wanted = Wanted {
        index: told.index,
        context,
        server,
        authority: fingerprint.unwrap_or_default(),
        uses: told.uses,
        profile: match identity.rbac {
            _ if own.is_some() => None,
            Rbac::Minimal => Some(Profile::Minimal),
            Rbac::Chart => Some(Profile::Chart),
            Rbac::None => None,
        },
        identity: Identity {
            namespace: identity.sa_namespace.clone(),
            account: identity.service_account.clone().unwrap_or_else(|| owner.name()),
            owner: owner.clone(),
        },
        mode: mode(arguments),
        secret,
        life: if stored.immutable { Life::Immutable } else { Life::Mutable },
        key,
        token_key: (stored.rotation == Some(Rotation::Live)).then(|| owner.token_key()),
        skipped: arguments.run.skip_checks.clone(),
        own: own.as_ref().map(|(_, own)| own.clone()),
        owner,
    };
    let own = own.map(|(credential, _)| credential);
    let token_path = rotating::path(&wanted);
    let server_name = stored.tls_server_name.clone().or_else(|| used.access.server_name.clone());
    Ok(Prepared { wanted, used, trust, server_name, proxy, own, token_path, gateway: told.gateway })
}

fn tasks(arguments: &Arguments) -> Tasks {
    let names = &arguments.identity.task_namespaces;
    if names.iter().any(|name| name == "all") { Tasks::Everywhere } else { Tasks::In(names.clone()) }
}

fn mode(arguments: &Arguments) -> TokenMode {
    match (arguments.identity.token_mode, arguments.identity.ttl) {
        (Mode::Request, Some(ttl)) => TokenMode::Request(i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX)),
        _ => TokenMode::Secret,
    }
}

fn server(given: Option<&str>, used: &Used) -> Result<Server, Error> {
    let Some(text) = given else { return Ok(used.access.server.clone()) };
    let server = Server::new(text);
    if !text.starts_with("https://") || server.host().is_none() {
        return Err(Error::new(format!("--server `{server}` is no https://HOST[:PORT]")));
    }
    if server.has_userinfo() {
        return Err(Error::new("--server holds a name or a password, which API servers take no notice of"));
    }
    Ok(server)
}

/// The proxy of an argument, which everybody on the machine sees; empty for none.
fn proxy(text: &str) -> Result<Option<Secret>, Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let url = Server::new(text);
    let is_known = ["http://", "https://", "socks5://"].iter().any(|scheme| text.starts_with(scheme));
    if !is_known || url.host().is_none() {
        return Err(Error::new(format!("--server-proxy-url `{url}` is no http://, https:// or socks5://HOST[:PORT]")));
    }
    if url.has_userinfo() {
        let hint = "everybody on this machine sees arguments; a `proxy-url` of the context is taken over as it is";
        let message = "--server-proxy-url holds a name or a password";
        return Err(Error::with_hint(message, Some(hint.to_owned())));
    }
    Ok(Some(Secret::new(text.as_bytes())))
}

fn authority(path: &std::path::Path) -> Result<Vec<u8>, Error> {
    let bytes = match load::read_bytes(path) {
        Ok(Bytes::Read(bytes)) => bytes,
        Ok(Bytes::TooLarge) => return Err(Error::new(format!("`{}` is too large", path.display()))),
        Err(error) => return Err(Error::with_hint(error.to_string(), error.hint())),
    };
    match certificate::authorities(&bytes) {
        Ok(_) => Ok(certificate::only_certificates(&bytes)),
        Err(why) => Err(Error::new(format!("`{}` holds no authority: {why}", path.display()))),
    }
}

impl Prepared {
    /// The kubeconfig with a token.
    pub(super) fn output(&self, token: Secret) -> Output {
        Output {
            name: self.wanted.owner.cluster.clone(),
            server: self.wanted.server.clone(),
            server_name: self.server_name.clone(),
            authorities: self.trust.authorities().map(<[u8]>::to_vec),
            proxy: self.proxy.clone(),
            namespace: self.wanted.uses.default_namespace.clone(),
            credential: match &self.token_path {
                Some(path) => OutputCredential::TokenWithFile(token, path.clone()),
                None => OutputCredential::Token(token),
            },
        }
    }

    /// The cluster as the master sees it, with a token.
    pub(super) fn endpoint(&self, token: &Secret) -> Endpoint {
        Endpoint {
            server: self.wanted.server.expose().to_owned(),
            trust: access::trust(&self.trust),
            server_name: self.server_name.clone(),
            proxy: self.proxy.as_ref().and_then(Secret::expose_text).map(str::to_owned),
            compression: Compression::Gzip,
            login: cluster::Login {
                token: token.expose_text().map(|token| token.trim().to_owned()),
                ..cluster::Login::default()
            },
        }
    }
}
