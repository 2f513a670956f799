//! The parts of the context that is used, one after the other.

use super::surroundings::{Surroundings, known_plugin};
use super::{Fate, Part, Reason, Stanza, stanza};
use crate::kubeconfig::address::{Reach, Server, reach};
use crate::kubeconfig::confirm::FileAnswer;
use crate::kubeconfig::jwt::{self, Claims};
use crate::kubeconfig::model::{Cluster, Context, Exec, Kubeconfig, Named, Placed, User};
use crate::kubeconfig::select::is_omitted;
use crate::kubeconfig::{Secret, certificate, go_url};
use crate::source::Span;

/// Looks through the context that a kubeconfig chooses.
pub(super) fn look(config: &Kubeconfig, surroundings: &dyn Surroundings, now: i64) -> Vec<Stanza> {
    let mut seen = Seen { config, surroundings, now, stanzas: Vec::new() };
    seen.context();
    seen.stanzas
}

/// The context while it is looked through.
struct Seen<'a> {
    config: &'a Kubeconfig,
    surroundings: &'a dyn Surroundings,
    now: i64,
    stanzas: Vec<Stanza>,
}

impl Seen<'_> {
    fn push(&mut self, part: Part, span: impl Into<Option<Span>>, fate: Fate, reasons: impl Into<Vec<Reason>>) {
        self.stanzas.push(stanza(part, span, fate, reasons));
    }

    fn context(&mut self) {
        let config = self.config;
        let name = config.current_context.as_ref();
        let text = name.map_or("", |name| name.value.as_str());
        let others = config.contexts.keys().filter(|other| *other != text).cloned().collect();
        self.push(Part::Context(text.to_owned(), others), name.map(|name| name.span), Fate::Works, []);
        let Some(context) = config.contexts.get(text) else { return };
        let find =
            |reference: &Option<Placed<String>>| reference.as_ref().map(|name| name.value.clone()).unwrap_or_default();
        let is_secure = match config.clusters.get(&find(&context.item.cluster)) {
            Some(cluster) => self.cluster(&cluster.item),
            None => return,
        };
        self.user(context, config.users.get(&find(&context.item.user)), is_secure);
        if let Some(namespace) = &context.item.namespace {
            self.push(Part::Namespace(namespace.value.clone()), namespace.span, Fate::Unused, []);
        }
    }

    /// Whether the server is spoken to in TLS.
    fn cluster(&mut self, cluster: &Cluster) -> bool {
        let text = cluster.server.as_ref().map_or("", |server| server.value.expose());
        // Without a server everything else is still worth a look.
        let is_secure = text.is_empty() || text.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"));
        if let Some(server) = &cluster.server {
            self.server(server, is_secure);
        }
        if let Some(name) = &cluster.server_name {
            self.push(Part::ServerName(name.value.clone()), name.span, Fate::Works, []);
        }
        if is_secure {
            self.trust(cluster);
        }
        if let Some(proxy) = &cluster.proxy {
            let text = proxy.value.expose_text().unwrap_or_default();
            let host = Server::new(text).host().unwrap_or_default();
            let leads = reach(&host);
            let fate = if self.leads_astray(leads) { Fate::Ends } else { Fate::Works };
            self.push(Part::Proxy(go_url::covered(text)), proxy.span, fate, [Reason::Leads(leads)]);
        }
        is_secure
    }

    fn leads_astray(&self, leads: Reach) -> bool {
        self.surroundings.is_pod()
            && matches!(leads, Reach::Loopback | Reach::Unspecified | Reach::LinkLocal | Reach::HostAlias)
    }

    fn server(&mut self, server: &Placed<Server>, is_secure: bool) {
        let leads = server.value.host().map_or(Reach::Name, |host| reach(&host));
        let (fate, mut reasons) = if !is_secure {
            (Fate::Ends, vec![Reason::PlainHttp, Reason::Leads(leads)])
        } else if self.leads_astray(leads) {
            (Fate::Ends, vec![Reason::Leads(leads)])
        } else if self.surroundings.is_pod() && leads == Reach::OwnCluster {
            (Fate::Unwise, vec![Reason::Leads(leads)])
        } else {
            (Fate::Works, vec![Reason::Leads(leads)])
        };
        if server.value.has_userinfo() {
            reasons.push(Reason::Userinfo);
        }
        self.push(Part::Server(server.value.clone()), server.span, fate, reasons);
    }

    fn trust(&mut self, cluster: &Cluster) {
        if let Some(insecure) = &cluster.insecure {
            self.push(Part::NoVerification, insecure.span, Fate::Unwise, []);
        }
        if let Some(path) = &cluster.authority {
            self.file(Part::AuthorityFile(path.value.clone()), path);
        }
        match &cluster.authority_data {
            Some(data) => {
                let found = certificate::authorities(&data.value).unwrap_or_default();
                let last = found.iter().map(|certificate| certificate.not_after).max();
                let (fate, reasons) = self.until(last);
                self.push(Part::Authorities(found), data.span, fate, reasons);
            }
            None if cluster.insecure.is_none() && cluster.authority.is_none() => {
                self.push(Part::SystemAuthorities, None, Fate::Works, []);
            }
            None => {}
        }
    }

    fn file(&mut self, part: Part, path: &Placed<String>) {
        let there = Reason::OpenedThere(path.value.clone());
        let fate = match self.surroundings.read(&path.value) {
            FileAnswer::Content(_) => Fate::Works,
            FileAnswer::Unknown => Fate::Depends,
            FileAnswer::Refused(_) => Fate::Ends,
        };
        self.push(part, path.span, fate, [there]);
    }

    fn until(&self, end: Option<i64>) -> (Fate, Vec<Reason>) {
        match end {
            Some(end) if end <= self.now => (Fate::Ends, vec![Reason::Over(end)]),
            Some(end) => (Fate::Works, vec![Reason::Until(end)]),
            None => (Fate::Works, Vec::new()),
        }
    }

    fn user(&mut self, context: &Named<Context>, user: Option<&Named<User>>, is_secure: bool) {
        let before = self.stanzas.len();
        let nobody = User::default();
        let item = user.map_or(&nobody, |user| &user.item);
        if is_secure {
            self.token(item);
            self.certificate(item);
            if item.username.is_some() || item.password.is_some() {
                let place =
                    item.username.as_ref().map(|name| name.span).or(item.password.as_ref().map(|text| text.span));
                self.push(Part::Basic, place, Fate::Ends, [Reason::GivenUp]);
            }
            self.plugins(item);
        }
        if self.stanzas.len() == before {
            let place = user.map(|user| user.span).or(context.item.user.as_ref().map(|name| name.span));
            self.push(Part::Anonymous, place, Fate::Ends, [Reason::Nobody]);
        }
        if let Some(other) = &item.impersonate {
            let reasons = [Reason::NeedsImpersonate];
            self.push(Part::Impersonation(other.value.clone()), other.span, Fate::Unwise, reasons);
        }
    }

    fn token(&mut self, user: &User) {
        let beats = user.token_file.as_ref().map(|path| (path, self.surroundings.read(&path.value)));
        if let Some(token) = &user.token {
            let (claims, fate, reasons) = self.judge_token(&token.value);
            // A file that can be read wins over it.
            let is_beaten = matches!(beats, Some((_, FileAnswer::Content(_))));
            let fate = if is_beaten { Fate::Unused } else { fate };
            self.push(Part::Token(claims), token.span, fate, reasons);
        }
        let Some((path, answer)) = beats else { return };
        let (anew, absent) = match user.token {
            Some(_) => (Reason::ReadAnew, Fate::Unused),
            None => (Reason::ReadAnewFromStart, Fate::Ends),
        };
        let fate = match &answer {
            FileAnswer::Content(_) => Fate::Works,
            FileAnswer::Unknown => Fate::Depends,
            FileAnswer::Refused(_) => absent,
        };
        let mut reasons = vec![Reason::OpenedThere(path.value.clone()), anew];
        if let FileAnswer::Content(token) = &answer {
            let trimmed = Secret::new(token.expose_text().unwrap_or_default().trim());
            reasons.extend(self.judge_token(&trimmed).2);
        }
        self.push(Part::TokenFile(path.value.clone()), path.span, fate, reasons);
    }

    fn judge_token(&self, token: &Secret) -> (Option<Claims>, Fate, Vec<Reason>) {
        let claims = jwt::claims(token);
        let control = token.expose().iter().any(|&byte| (byte < 0x20 && byte != b'\t') || byte == 0x7f);
        let (fate, reasons) = match &claims {
            _ if control => (Fate::Ends, vec![Reason::Unsendable]),
            _ if is_omitted(token.expose()) => (Fate::Ends, vec![Reason::Omitted]),
            Some(Claims { expires: Some(end), .. }) => self.until(Some(*end)),
            Some(_) => (Fate::Works, vec![Reason::Endless]),
            None => (Fate::Works, Vec::new()),
        };
        (claims, fate, reasons)
    }

    fn certificate(&mut self, user: &User) {
        for path in [&user.certificate, &user.private_key].into_iter().flatten() {
            if user.certificate.is_some() || user.certificate_data.is_some() {
                self.file(Part::KeyFile(path.value.clone()), path);
            }
        }
        let (Some(data), Some(key)) = (&user.certificate_data, &user.private_key_data) else { return };
        let Ok(found) = certificate::key_pair(&data.value, &key.value) else {
            self.push(Part::Certificate(None), data.span, Fate::Works, []);
            return;
        };
        let (mut fate, mut reasons) = self.until(Some(found.not_after));
        reasons.push(Reason::Irrevocable);
        if found.organizations.iter().any(|group| group == "system:masters") {
            reasons.push(Reason::Masters);
            fate = fate.max(Fate::Unwise);
        }
        self.push(Part::Certificate(Some(Box::new(found))), data.span, fate, reasons);
    }

    fn plugins(&mut self, user: &User) {
        let has_other = user.token.is_some()
            || user.token_file.is_some()
            || user.certificate.is_some()
            || user.certificate_data.is_some()
            || user.username.is_some();
        if let Some(exec) = &user.exec {
            let (fate, reasons) =
                if has_other { (Fate::Unused, vec![Reason::NeverAsked]) } else { self.plugin(&exec.value) };
            self.push(Part::Plugin(known_plugin(&exec.value)), exec.span, fate, reasons);
        }
        if let Some(provider) = &user.auth_provider {
            self.push(Part::Provider(provider.value.name.clone()), provider.span, Fate::Unwise, [Reason::Forgets]);
        }
    }

    fn plugin(&self, exec: &Exec) -> (Fate, Vec<Reason>) {
        let command = exec.command.as_ref().map_or("", |command| command.value.as_str());
        match self.surroundings.has_program(command) {
            Some(false) => (Fate::Ends, vec![Reason::ProgramMissing]),
            Some(true) if self.surroundings.is_pod() => (Fate::Unwise, vec![Reason::ProgramRuns]),
            Some(true) | None => (Fate::Works, vec![Reason::ProgramRuns]),
        }
    }
}
