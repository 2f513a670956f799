//! A stored kubeconfig, read as the master reads it.

use super::access::stored_endpoint;
use crate::cluster::{self, Endpoint, Kept};
use crate::kubeconfig::{Access, NoFiles, Output, OutputCredential, Secret, Trust, load, select};
use crate::source::SourceMap;

/// What is stored.
pub(super) struct Opened {
    /// The server, and who one is there.
    access: Access,
    /// The file that wins over the token.
    pub(super) token_file: Option<String>,
    /// For people.
    namespace: Option<String>,
}

impl Opened {
    /// Reads what a key holds; `None` where it is no kubeconfig that can be used.
    pub(super) fn of(kept: &Kept, key: &str) -> Option<Self> {
        let text = kept.get(key)?.expose_text()?;
        let config = load(SourceMap::new().add("stored", ""), text).config;
        let name = config.current_context.as_ref()?.value.clone();
        let access = select(&config, &name, &NoFiles).ok()?;
        let context = &config.contexts.get(&name)?.item;
        let user = context.user.as_ref().and_then(|user| config.users.get(&user.value));
        let token_file = user.and_then(|user| user.item.token_file.as_ref()).map(|path| path.value.clone());
        let namespace = context.namespace.as_ref().map(|namespace| namespace.value.clone());
        Some(Self { access, token_file, namespace })
    }

    /// The token in it.
    pub(super) fn token(&self) -> Option<&Secret> {
        self.access.login.token.as_ref()
    }

    /// The server, without secrets.
    pub(super) fn server(&self) -> &crate::kubeconfig::address::Server {
        &self.access.server
    }

    /// By what the server is known.
    pub(super) fn trust(&self) -> &Trust {
        &self.access.trust
    }

    /// The server, asked with a token.
    pub(super) fn endpoint(&self, token: &Secret) -> Endpoint {
        let token = token.expose_text().map(|token| token.trim().to_owned());
        stored_endpoint(&self.access, cluster::Login { token, ..cluster::Login::default() })
    }

    /// The same kubeconfig with another credential.
    pub(super) fn output(&self, credential: OutputCredential) -> Output {
        Output {
            name: self.access.context.clone(),
            server: self.access.server.clone(),
            server_name: self.access.server_name.clone(),
            authorities: self.access.trust.authorities().map(<[u8]>::to_vec),
            proxy: self.access.proxy.clone(),
            namespace: self.namespace.clone(),
            credential,
        }
    }
}
