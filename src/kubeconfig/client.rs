//! The client that the master would build: `RESTConfigFromKubeConfig`, then `HTTPClientFor`, then the URL of the first
//! call.

use super::Secret;
use super::address::Server;
use super::certificate::{self, Certificate};
use super::confirm::{self, Called, FileAnswer, Files};
use super::fault::{Fault, FaultKind};
use super::go_url;
use super::model::{AuthProvider, Cluster, Context, Kubeconfig, Named, Placed, User};
use crate::value::go_text;

/// Protocols of plugins that client-go v0.28.3 speaks.
const PROTOCOLS: [&str; 2] = ["client.authentication.k8s.io/v1beta1", "client.authentication.k8s.io/v1"];

/// Where the master would stop.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Every reason, in client-go's order.
    pub faults: Vec<Fault>,
    /// What client-go prints of them.
    pub words: String,
    at_load: bool,
}

impl Stop {
    /// Whether the configuration is refused, so that the master's `error building kubernetes config: ` stands before the
    /// words; else the client cannot be built of it: `failed to initialize kubernetes clientSet: `.
    #[must_use]
    pub fn is_load(&self) -> bool {
        self.at_load
    }

    fn load(fault: Fault) -> Self {
        Self { at_load: true, ..Self::one(fault) }
    }

    fn one(fault: Fault) -> Self {
        Self { words: fault.words.clone(), faults: vec![fault], at_load: false }
    }
}

/// How the master would talk to the cluster.
#[derive(Clone, Debug)]
pub struct Client {
    /// The server as client-go keeps it; without a scheme it is `http`.
    pub server: Server,
    /// Whether it talks TLS. If not, nothing else of the cluster or the user counts but impersonation.
    pub is_secure: bool,
    /// Whether the server's certificate is not looked at.
    pub is_insecure: bool,
    /// The certificates that the server's must come from; none for those of the system, or when a file that cannot be
    /// seen from here holds them.
    pub authorities: Vec<Certificate>,
    /// The name that the server's certificate must bear.
    pub server_name: Option<String>,
    /// What it shows; several where the server decides, none for an anonymous client.
    pub credentials: Vec<Credential>,
    /// Whom it impersonates.
    pub impersonates: Option<String>,
    /// Files that must be there when the master starts, and could not be looked at.
    pub needs: Vec<Placed<String>>,
}

/// What a client shows to be let in.
#[derive(Clone, Debug)]
pub enum Credential {
    /// A bearer token.
    Token(Secret),
    /// A token that is read anew every minute; the inline one counts where the file cannot be read.
    TokenFile {
        /// The file.
        path: String,
        /// What it held, or the inline token; `None` if neither can be told.
        token: Option<Secret>,
    },
    /// A client certificate; `None` if its file cannot be seen from here.
    Certificate(Option<Box<Certificate>>),
    /// Name and password.
    Basic,
    /// Whatever a program hands out.
    Plugin(String),
    /// Whatever a provider inside the library hands out.
    Provider(String),
}

/// What the master makes of the current context.
///
/// # Errors
/// The words with which it ends.
pub fn confirm(config: &Kubeconfig, files: &dyn Files) -> Result<Client, Stop> {
    let chosen = config.current_context.as_ref();
    // Without a choice a context without a name is taken, if there is one.
    let context = config.contexts.get(chosen.map_or("", |name| name.value.as_str()));
    let nameless = (User::default(), Cluster::default());
    let user = called(context, &config.users, &nameless.0, |context| context.user.as_ref());
    let cluster = called(context, &config.clusters, &nameless.1, |context| context.cluster.as_ref());
    let mut faults = Vec::new();
    if let (Some(name), None) = (chosen, context) {
        let words = format!("context was not found for specified context: {}", name.value);
        faults.push(Fault::new(FaultKind::ContextMissing, name.span, words));
    }
    faults.extend(confirm::user(&user, files));
    faults.extend(confirm::cluster(&cluster, files));
    usable(faults)?;
    build(user.item, cluster.item, files)
}

fn called<'a, T>(
    context: Option<&'a Named<Context>>,
    entries: &'a std::collections::BTreeMap<String, Named<T>>,
    nothing: &'a T,
    name: fn(&Context) -> Option<&Placed<String>>,
) -> Called<'a, T> {
    let name = context.and_then(|context| name(&context.item));
    let text = name.map_or("", |name| name.value.as_str());
    match entries.get(text) {
        Some(entry) => Called { name: text, item: &entry.item, span: Some(entry.span) },
        None => {
            let span = name.map(|name| name.span).or(context.map(|context| context.span));
            Called { name: text, item: nothing, span }
        }
    }
}

/// A lone missing cluster has words of its own; several faults stand in brackets, each text once.
fn usable(faults: Vec<Fault>) -> Result<(), Stop> {
    let words = match faults.as_slice() {
        [] => return Ok(()),
        [only] if only.kind == FaultKind::NoCluster => {
            "no configuration has been provided, try setting KUBERNETES_MASTER environment variable".to_owned()
        }
        [only] => only.words.clone(),
        several => {
            let mut texts: Vec<&str> = Vec::new();
            for fault in several {
                if !texts.contains(&fault.words.as_str()) {
                    texts.push(&fault.words);
                }
            }
            match texts.as_slice() {
                [only] => (*only).to_owned(),
                texts => format!("[{}]", texts.join(", ")),
            }
        }
    };
    Err(Stop { words: format!("invalid configuration: {words}"), faults, at_load: true })
}

fn build(user: &User, cluster: &Cluster, files: &dyn Files) -> Result<Client, Stop> {
    let server = cluster.server.as_ref().map_or("", |server| server.value.expose());
    let is_secure = base_url(server, Scheme::Plain).is_ok_and(|url| url.scheme == "https");
    let mut client = Client {
        server: Server::new(without_query(server)),
        is_secure,
        is_insecure: false,
        authorities: Vec::new(),
        server_name: None,
        credentials: Vec::new(),
        impersonates: user.impersonate.as_ref().map(|name| name.value.clone()),
        needs: Vec::new(),
    };
    if is_secure {
        client.is_insecure = cluster.insecure.is_some();
        client.server_name = cluster.server_name.as_ref().map(|name| name.value.clone());
        let token = token(user, files, &mut client)?;
        provider(user)?;
        trust(cluster, files, &mut client)?;
        let pair = pair(user, files, &mut client)?;
        shown(user, token, pair, &mut client)?;
    }
    let default = if client.is_insecure || !client.authorities.is_empty() { Scheme::Secure } else { Scheme::Plain };
    match base_url(client.server.expose(), default) {
        Ok(_) => Ok(client),
        Err(words) => {
            let span = cluster.server.as_ref().map(|server| server.span);
            Err(Stop::one(Fault::new(FaultKind::BadServer, span, words)))
        }
    }
}

/// What a server without a scheme is taken for.
#[derive(Clone, Copy)]
enum Scheme {
    Plain,
    Secure,
}

/// `rest.DefaultServerURL`
fn base_url(server: &str, default: Scheme) -> Result<go_url::GoUrl, String> {
    if let Ok(url) = go_url::parse(server)
        && !url.scheme.is_empty()
        && !url.host.is_empty()
    {
        return Ok(url);
    }
    let prefix = match default {
        Scheme::Plain => "http://",
        Scheme::Secure => "https://",
    };
    let whole = format!("{prefix}{server}");
    let url = go_url::parse(&whole)
        .map_err(|error| format!("parse {}: {error}", go_text::quoted(&go_url::covered(&whole))))?;
    if url.path.is_empty() || url.path == "/" {
        Ok(url)
    } else {
        Err(format!("host must be a URL or a host:port pair: {}", go_text::quoted(&go_url::covered(server))))
    }
}

/// Where there is a path, the query is dropped; `url.ParseRequestURI` knows no fragment and takes it for a part of the path.
fn without_query(server: &str) -> String {
    let end = server.find('?').unwrap_or(server.len());
    let kept = server.get(..end).unwrap_or(server).replace('#', "%23");
    match go_url::parse(&kept) {
        Ok(url)
            if url.path.len() > 1 && url.opaque.is_empty() && (!url.scheme.is_empty() || server.starts_with('/')) =>
        {
            kept
        }
        _ => server.to_owned(),
    }
}

/// Reads the token file unless there is an inline token.
fn token(user: &User, files: &dyn Files, client: &mut Client) -> Result<Option<Credential>, Stop> {
    let inline = user.token.as_ref().map(|token| token.value.clone());
    let Some(file) = &user.token_file else {
        return Ok(inline.map(Credential::Token));
    };
    let path = file.value.clone();
    if inline.is_some() {
        let token = match files.read(&path) {
            FileAnswer::Content(content) => Some(trimmed(&content)).filter(|token| !token.is_empty()).or(inline),
            FileAnswer::Refused(_) => inline,
            FileAnswer::Unknown => inline,
        };
        return Ok(Some(Credential::TokenFile { path, token }));
    }
    let token = match files.read(&path) {
        FileAnswer::Refused(why) => {
            let verb = if why == "is a directory" { "read" } else { "open" };
            let words = format!("{verb} {path}: {why}");
            return Err(Stop::load(Fault::new(FaultKind::FileUnreadable, file.span, words)));
        }
        FileAnswer::Content(content) if content.is_empty() => {
            let words = format!("read empty token from file {}", go_text::quoted(&path));
            return Err(Stop::one(Fault::new(FaultKind::EmptyTokenFile, file.span, words)));
        }
        FileAnswer::Content(content) => Some(trimmed(&content)),
        FileAnswer::Unknown => {
            client.needs.push(file.clone());
            None
        }
    };
    Ok(Some(Credential::TokenFile { path, token }))
}

fn trimmed(secret: &Secret) -> Secret {
    secret.expose_text().map_or_else(|| secret.clone(), |text| Secret::new(text.trim()))
}

/// Plugins and providers are looked at before anything of TLS.
fn provider(user: &User) -> Result<(), Stop> {
    if let Some(exec) = &user.exec {
        let version = exec.value.api_version.as_ref().map_or("", |version| version.value.as_str());
        if !PROTOCOLS.contains(&version) {
            let words = format!("exec plugin: invalid apiVersion {}", go_text::quoted(version));
            return Err(Stop::one(Fault::new(FaultKind::ExecVersion, exec.span, words)));
        }
    }
    match &user.auth_provider {
        Some(provider) => match refusal(&provider.value) {
            Some(words) => Err(Stop::one(Fault::new(FaultKind::AuthProvider, provider.span, words))),
            None => Ok(()),
        },
        None => Ok(()),
    }
}

/// `gcp` and `azure` are stubs that only say where to look; `oidc` asks for two settings.
fn refusal(provider: &AuthProvider) -> Option<String> {
    let lacks = |key: &str| !provider.config.iter().any(|(name, value)| name == key && !value.is_empty());
    match provider.name.as_str() {
        "gcp" => Some(
            "The gcp auth plugin has been removed.\nPlease use the \"gke-gcloud-auth-plugin\" kubectl/client-go \
             credential plugin instead.\nSee https://cloud.google.com/blog/products/containers-kubernetes/\
             kubectl-auth-changes-in-gke for further details"
                .to_owned(),
        ),
        "azure" => Some(
            "The azure auth plugin has been removed.\nPlease use the https://github.com/Azure/kubelogin \
             kubectl/client-go credential plugin instead.\nSee https://kubernetes.io/docs/reference/\
             access-authn-authz/authentication/#client-go-credential-plugins for further details"
                .to_owned(),
        ),
        "oidc" => {
            ["idp-issuer-url", "client-id"].into_iter().find(|key| lacks(key)).map(|key| format!("Must provide {key}"))
        }
        other => Some(format!("no Auth Provider found for name {}", go_text::quoted(other))),
    }
}

fn trust(cluster: &Cluster, files: &dyn Files, client: &mut Client) -> Result<(), Stop> {
    let span =
        cluster.authority_data.as_ref().map(|data| data.span).or(cluster.authority.as_ref().map(|path| path.span));
    let Some(span) = span else { return Ok(()) };
    if let Some(insecure) = &cluster.insecure {
        let words = "specifying a root certificates file with the insecure flag is not allowed";
        return Err(Stop::one(Fault::new(FaultKind::InsecureWithAuthority, insecure.span, words)));
    }
    let bytes = match (&cluster.authority_data, &cluster.authority) {
        (Some(data), _) => data.value.clone(),
        (None, Some(path)) => match files.read(&path.value) {
            FileAnswer::Content(content) => content.expose().to_vec(),
            FileAnswer::Unknown => {
                client.needs.push(path.clone());
                return Ok(());
            }
            FileAnswer::Refused(why) => {
                let words = format!("open {}: {why}", path.value);
                return Err(Stop::one(Fault::new(FaultKind::FileUnreadable, path.span, words)));
            }
        },
        (None, None) => return Ok(()),
    };
    // An empty file means the certificates of the system.
    if bytes.is_empty() {
        return Ok(());
    }
    client.authorities = certificate::authorities(&bytes).map_err(|why| {
        Stop::one(Fault::new(FaultKind::BadAuthority, span, format!("unable to load root certificates: {why}")))
    })?;
    Ok(())
}

/// Whether there is a pair, and its certificate if it can be seen.
type Pair = Option<Option<Box<Certificate>>>;

fn pair(user: &User, files: &dyn Files, client: &mut Client) -> Result<Pair, Stop> {
    let place =
        user.certificate_data.as_ref().map(|data| data.span).or(user.certificate.as_ref().map(|path| path.span));
    let Some(span) = place else { return Ok(None) };
    let mut content = |path: Option<&Placed<String>>| match path.map(|path| (path, files.read(&path.value))) {
        Some((_, FileAnswer::Content(content))) => Some(content),
        Some((path, FileAnswer::Unknown)) => {
            client.needs.push(path.clone());
            None
        }
        _ => None,
    };
    let certificate = match &user.certificate_data {
        Some(data) => Some(Secret::new(data.value.clone())),
        None => content(user.certificate.as_ref()),
    };
    let key = match &user.private_key_data {
        Some(data) => Some(data.value.clone()),
        None => content(user.private_key.as_ref()),
    };
    let (Some(certificate), Some(key)) = (certificate, key) else {
        return Ok(Some(None));
    };
    match certificate::key_pair(certificate.expose(), &key) {
        Ok(certificate) => Ok(Some(Some(Box::new(certificate)))),
        Err(words) => Err(Stop::one(Fault::new(FaultKind::BadKeyPair, span, words))),
    }
}

/// Who comes first: a plugin is asked only where nothing else is there, and a bearer token is set before a provider's.
fn shown(user: &User, token: Option<Credential>, pair: Pair, client: &mut Client) -> Result<(), Stop> {
    let basic = user.username.is_some();
    if let (Some(_), true, Some(file)) = (&token, basic, &user.token_file) {
        let words = "username/password or bearer token may be set, but not both";
        return Err(Stop::one(Fault::new(FaultKind::SeveralMethods, file.span, words)));
    }
    let has_other = token.is_some() || pair.is_some() || basic;
    client.credentials.extend(pair.map(Credential::Certificate));
    client.credentials.extend(token);
    if basic {
        client.credentials.push(Credential::Basic);
    }
    if let (Some(exec), false) = (&user.exec, has_other) {
        let command = exec.value.command.as_ref().map(|command| command.value.clone()).unwrap_or_default();
        client.credentials.push(Credential::Plugin(command));
    }
    if let Some(provider) = &user.auth_provider {
        client.credentials.push(Credential::Provider(provider.value.name.clone()));
    }
    Ok(())
}
