//! One context out of a kubeconfig, with nothing left that points anywhere else: `kubectl config view --minify --flatten`,
//! and what that leaves undone.

use super::Secret;
use super::address::Server;
use super::certificate::{self, Certificate};
use super::client::{Client, confirm};
use super::confirm::{FileAnswer, Files, NoFiles};
use super::model::{AuthProvider, Cluster, Context, Exec, Extra, Kubeconfig, Named, Placed, User};
use crate::source::Span;

/// What `kubectl config view` writes in place of data, decoded: that text is base64.
const OMITTED: &[u8] = &[0x0c, 0x04, 0xc0, 0xf8, 0xe3, 0x08, 0x4d, 0x31, 0x03];

/// One context, ready to be used.
#[derive(Clone, Debug)]
pub struct Access {
    /// Its name.
    pub context: String,
    /// The name of its user.
    pub user: String,
    /// The server.
    pub server: Server,
    /// The name that the server's certificate must bear.
    pub server_name: Option<String>,
    /// By what the server is known.
    pub trust: Trust,
    /// The proxy on the way; may hold a password.
    pub proxy: Option<Secret>,
    /// Whether answers must come uncompressed.
    pub is_uncompressed: bool,
    /// Who one is.
    pub login: Login,
    /// What client-go would make of it.
    pub client: Client,
    /// What was decided on the way.
    pub remarks: Vec<Remark>,
}

/// By what a server is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By the authorities that the system trusts.
    System,
    /// By these authorities, PEM.
    Authorities(Vec<u8>),
    /// By nothing.
    Anything,
}

impl Trust {
    /// The authorities, PEM, where a kubeconfig names its own.
    #[must_use]
    pub fn authorities(&self) -> Option<&[u8]> {
        match self {
            Self::Authorities(pem) => Some(pem),
            Self::System | Self::Anything => None,
        }
    }

    /// The certificates of these authorities; none where they cannot be read.
    #[must_use]
    pub fn certificates(&self) -> Vec<Certificate> {
        self.authorities().and_then(|pem| certificate::authorities(pem).ok()).unwrap_or_default()
    }
}

/// Who one is.
#[derive(Clone, Debug, Default)]
pub struct Login {
    /// A bearer token.
    pub token: Option<Secret>,
    /// A certificate, PEM, with its key.
    pub certificate: Option<(Vec<u8>, Secret)>,
    /// A name and a password.
    pub basic: Option<(String, Secret)>,
    /// A program that hands out credentials.
    pub exec: Option<Exec>,
    /// A provider inside the client library.
    pub provider: Option<AuthProvider>,
    /// Whom to impersonate.
    pub impersonation: Option<Impersonation>,
}

/// Somebody to act as.
#[derive(Clone, Debug, Default)]
pub struct Impersonation {
    /// The name.
    pub user: String,
    /// The uid.
    pub uid: Option<String>,
    /// The groups.
    pub groups: Vec<String>,
    /// Anything else.
    pub extra: Extra,
}

/// Something that was decided and that the user may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remark {
    /// Data and file for the same thing: the data was taken.
    DataOverFile(&'static str, Span),
    /// A token was read from a file; it is what it was at that moment.
    TokenFromFile(String, Span),
}

/// Why a context cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub kind: RefusalKind,
    /// Where.
    pub span: Option<Span>,
    /// What is wrong, in one clause.
    pub message: String,
}

/// The kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RefusalKind {
    /// There is no such context.
    NoContext,
    /// The context names a cluster that is not there, or none.
    NoCluster,
    /// The context names a user that is not there, or none.
    NoUser,
    /// A file cannot be read.
    File,
    /// What stands there was written by `kubectl config view` in place of data.
    Sentinel,
    /// The server is not `https://…`.
    NotHttps,
    /// client-go refuses it.
    ClientGo,
}

/// Takes one context.
///
/// # Errors
/// Every reason why it cannot be used.
pub fn select(config: &Kubeconfig, name: &str, files: &dyn Files) -> Result<Access, Vec<Refusal>> {
    let (context, cluster, user) = minify(config, name)?;
    let mut flat = Flat { files, refusals: Vec::new(), remarks: Vec::new() };
    let (cluster_item, user_item) = (flat.cluster(&cluster.item), flat.user(&user.item));
    flat.sentinels(&cluster_item, &user_item);
    match &cluster_item.server {
        Some(server) if !server.value.expose().get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://")) => {
            let message =
                format!("its server `{}` is not https://…: client-go sends no credential there", server.value);
            flat.refuse(RefusalKind::NotHttps, server.span, message);
        }
        _ => {}
    }
    if !flat.refusals.is_empty() {
        return Err(flat.refusals);
    }
    let single = single(name, (context, cluster, user), cluster_item.clone(), user_item.clone());
    match confirm(&single, &NoFiles) {
        Ok(client) => Ok(access(name, context, (cluster_item, user_item), client, flat.remarks)),
        Err(stop) => Err(stop
            .faults
            .into_iter()
            .map(|fault| Refusal { kind: RefusalKind::ClientGo, span: fault.span, message: fault.words })
            .collect()),
    }
}

type Parts<'a> = (&'a Named<Context>, &'a Named<Cluster>, &'a Named<User>);

fn minify<'a>(config: &'a Kubeconfig, name: &str) -> Result<Parts<'a>, Vec<Refusal>> {
    let Some(context) = config.contexts.get(name) else {
        let message = format!("there is no context `{name}`");
        return Err(vec![Refusal { kind: RefusalKind::NoContext, span: None, message }]);
    };
    let mut refusals = Vec::new();
    let mut missing = |kind, what: &str, reference: Option<&Placed<String>>| {
        let (span, message) = match reference {
            Some(reference) => (reference.span, format!("its {what} `{}` is in none of the files", reference.value)),
            None => (context.span, format!("it names no {what}")),
        };
        refusals.push(Refusal { kind, span: Some(span), message });
    };
    let find = |reference: &Option<Placed<String>>| reference.as_ref().map(|name| name.value.clone());
    let cluster = find(&context.item.cluster).and_then(|name| config.clusters.get(&name));
    let user = find(&context.item.user).and_then(|name| config.users.get(&name));
    if cluster.is_none() {
        missing(RefusalKind::NoCluster, "cluster", context.item.cluster.as_ref());
    }
    if user.is_none() {
        missing(RefusalKind::NoUser, "user", context.item.user.as_ref());
    }
    match (cluster, user) {
        (Some(cluster), Some(user)) => Ok((context, cluster, user)),
        _ => Err(refusals),
    }
}

struct Flat<'a> {
    files: &'a dyn Files,
    refusals: Vec<Refusal>,
    remarks: Vec<Remark>,
}

impl Flat<'_> {
    fn refuse(&mut self, kind: RefusalKind, span: Span, message: impl Into<String>) {
        self.refusals.push(Refusal { kind, span: Some(span), message: message.into() });
    }

    fn cluster(&mut self, cluster: &Cluster) -> Cluster {
        let data = cluster.authority_data.clone();
        let file = self.file("certificate-authority", cluster.authority.as_ref(), data.is_some());
        let authority_data = data.or(file.map(|file| bytes(&file)));
        Cluster { authority: None, authority_data, ..cluster.clone() }
    }

    fn user(&mut self, user: &User) -> User {
        let certificate = user.certificate_data.clone();
        let key = user.private_key_data.clone();
        let certificate_file = self.file("client-certificate", user.certificate.as_ref(), certificate.is_some());
        let key_file = self.file("client-key", user.private_key.as_ref(), key.is_some());
        // client-go lets a token file win over an inline token, where it can be read.
        let token_file = match &user.token_file {
            Some(path) => match (self.files.read(&path.value), &user.token) {
                (FileAnswer::Content(token), _) => {
                    self.remarks.push(Remark::TokenFromFile(path.value.clone(), path.span));
                    let token = token.expose_text().map_or_else(|| token.clone(), |text| Secret::new(text.trim()));
                    Some(Placed { value: token, key: path.key, span: path.span })
                }
                (_, Some(_)) => None,
                (answer, None) => {
                    self.unreadable("tokenFile", path, &answer);
                    None
                }
            },
            None => None,
        };
        User {
            certificate: None,
            certificate_data: certificate.or(certificate_file.map(|file| bytes(&file))),
            private_key: None,
            private_key_data: key.or(key_file),
            token: token_file.or(user.token.clone()),
            token_file: None,
            ..user.clone()
        }
    }

    fn file(&mut self, what: &'static str, path: Option<&Placed<String>>, has_data: bool) -> Option<Placed<Secret>> {
        let path = path?;
        if has_data {
            self.remarks.push(Remark::DataOverFile(what, path.span));
            return None;
        }
        match self.files.read(&path.value) {
            FileAnswer::Content(value) => Some(Placed { value, key: path.key, span: path.span }),
            answer => {
                self.unreadable(what, path, &answer);
                None
            }
        }
    }

    fn unreadable(&mut self, what: &str, path: &Placed<String>, answer: &FileAnswer) {
        let why = match answer {
            FileAnswer::Refused(why) => why.as_str(),
            FileAnswer::Content(_) | FileAnswer::Unknown => "it is on another machine",
        };
        self.refuse(RefusalKind::File, path.span, format!("its `{what}` `{}` cannot be read: {why}", path.value));
    }

    fn sentinels(&mut self, cluster: &Cluster, user: &User) {
        let omitted = is_omitted;
        let found = [
            (
                "certificate-authority-data",
                cluster.authority_data.as_ref().map(|data| (omitted(&data.value), data.span)),
            ),
            ("client-certificate-data", user.certificate_data.as_ref().map(|data| (omitted(&data.value), data.span))),
            ("client-key-data", user.private_key_data.as_ref().map(|data| (omitted(data.value.expose()), data.span))),
            ("token", user.token.as_ref().map(|token| (omitted(token.value.expose()), token.span))),
            ("password", user.password.as_ref().map(|password| (omitted(password.value.expose()), password.span))),
        ];
        for (what, found) in found {
            if let Some((true, span)) = found {
                let message = format!(
                    "its `{what}` is what `kubectl config view` writes in place of it; with `--raw` it writes the data itself"
                );
                self.refuse(RefusalKind::Sentinel, span, message);
            }
        }
    }
}

/// Whether it is what `kubectl config view` writes in place of data.
pub(super) fn is_omitted(bytes: &[u8]) -> bool {
    bytes == OMITTED || bytes == b"DATA+OMITTED" || bytes == b"REDACTED"
}

fn bytes(file: &Placed<Secret>) -> Placed<Vec<u8>> {
    Placed { value: file.value.expose().to_vec(), key: file.key, span: file.span }
}

fn single(name: &str, (context, cluster, user): Parts<'_>, cluster_item: Cluster, user_item: User) -> Kubeconfig {
    let called =
        |reference: &Option<Placed<String>>| reference.as_ref().map_or(String::new(), |name| name.value.clone());
    Kubeconfig {
        clusters: [(
            called(&context.item.cluster),
            Named { item: cluster_item, name: cluster.name, span: cluster.span },
        )]
        .into(),
        users: [(called(&context.item.user), Named { item: user_item, name: user.name, span: user.span })].into(),
        contexts: [(name.to_owned(), context.clone())].into(),
        current_context: Some(Placed { value: name.to_owned(), key: context.name, span: context.name }),
    }
}

fn access(
    name: &str,
    context: &Named<Context>,
    (cluster, user): (Cluster, User),
    client: Client,
    remarks: Vec<Remark>,
) -> Access {
    let text = |placed: Option<Placed<String>>| placed.map(|placed| placed.value);
    let trust = match (cluster.insecure, cluster.authority_data) {
        (Some(_), _) => Trust::Anything,
        (None, Some(data)) => Trust::Authorities(data.value),
        (None, None) => Trust::System,
    };
    let impersonation = user.impersonate.map(|other| Impersonation {
        user: other.value,
        uid: text(user.impersonate_uid),
        groups: user.impersonate_groups.map(|groups| groups.value).unwrap_or_default(),
        extra: user.impersonate_extra.map(|extra| extra.value).unwrap_or_default(),
    });
    let password = user.password.map_or_else(|| Secret::new(""), |password| password.value);
    let login = Login {
        token: user.token.map(|token| token.value),
        certificate: user.certificate_data.zip(user.private_key_data).map(|(c, k)| (c.value, k.value)),
        basic: text(user.username).map(|name| (name, password)),
        exec: user.exec.map(|exec| exec.value),
        provider: user.auth_provider.map(|provider| provider.value),
        impersonation,
    };
    Access {
        context: name.to_owned(),
        user: context.item.user.as_ref().map(|user| user.value.clone()).unwrap_or_default(),
        server: client.server.clone(),
        server_name: text(cluster.server_name),
        trust,
        proxy: cluster.proxy.map(|proxy| proxy.value),
        is_uncompressed: cluster.disable_compression.is_some(),
        login,
        client,
        remarks,
    }
}
