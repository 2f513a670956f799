//! Somebody's own credential, taken over from a context: only by choice, and only what works in the master's pod
//! (credentials facts §2.5).

use super::checks;
use super::judge::{NOTICE, Outcome, State, masters};
use super::owner::Refused;
use super::record::Kind;
use super::survey::Proof;
use crate::kubeconfig::{Access, OutputCredential, Remark, Secret, certificate, jwt};

/// A credential that dies sooner is of no use to a master, which reads it once, when it starts; in seconds.
const SHORTEST: i64 = 24 * 3600;

/// What is known of somebody's own credential. Nothing secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// A token or a certificate.
    pub kind: Kind,
    /// Whose it is, as far as it tells by itself; the user's name in the kubeconfig otherwise.
    pub user: String,
    /// The groups that it tells of.
    pub groups: Vec<String>,
    /// The fingerprint of a certificate.
    pub id: String,
    /// Until when it holds, in seconds since 1970.
    pub not_after: Option<i64>,
    /// What the user should know of how it was come by.
    pub remarks: Vec<&'static str>,
}

/// The credential of a context, as it can be stored: one of its own, nothing beside it.
///
/// # Errors
/// When the context has none that would work, or none that should be stored.
pub fn own(access: &Access) -> Result<(OutputCredential, Own), Refused> {
    let login = &access.login;
    let refused = |why: &str| {
        let message = format!("the credential of context `{}` cannot be taken over: {why}", access.context);
        Err(Refused { message, help: "let an identity be minted: leave out --auth copy".to_owned() })
    };
    if login.impersonation.is_some() {
        return refused("it acts as somebody else");
    }
    let mut remarks = Vec::new();
    if access.remarks.iter().any(|remark| matches!(remark, Remark::TokenFromFile(..))) {
        remarks.push("it was read from a file, and is stored as it is now");
    }
    // An API server asks for the certificate first, so that is who one is.
    if let Some((pem, key)) = &login.certificate {
        if login.token.is_some() {
            remarks.push("the token beside its certificate is not stored");
        }
        return match certificate::key_pair(pem, key) {
            Ok(found) => Ok((OutputCredential::Certificate(pem.clone(), key.clone()), of_certificate(found, remarks))),
            Err(why) => refused(&why),
        };
    }
    if let Some(token) = &login.token {
        let token = Secret::new(token.expose_text().unwrap_or_default().trim());
        let own = of_token(&token, &access.user, remarks);
        return Ok((OutputCredential::Token(token), own));
    }
    if login.exec.is_some() {
        return refused("it is handed out by a plugin, which the master's image does not have");
    }
    if login.provider.is_some() {
        return refused("it is handed out by a provider inside the client library");
    }
    if login.basic.is_some() {
        return refused("it is a name with a password, which API servers have given up");
    }
    refused("it has none")
}

fn of_certificate(found: certificate::Certificate, remarks: Vec<&'static str>) -> Own {
    Own {
        kind: Kind::CopiedCertificate,
        user: found.common_name,
        groups: found.organizations,
        id: found.fingerprint,
        not_after: Some(found.not_after),
        remarks,
    }
}

fn of_token(token: &Secret, user: &str, remarks: Vec<&'static str>) -> Own {
    let claims = jwt::claims(token);
    let subject = claims.as_ref().and_then(|claims| claims.subject.clone());
    Own {
        kind: Kind::CopiedToken,
        user: subject.unwrap_or_else(|| user.to_owned()),
        groups: Vec::new(),
        id: String::new(),
        not_after: claims.and_then(|claims| claims.expires),
        remarks,
    }
}

impl Own {
    /// What can be told of it before anybody is asked.
    #[must_use]
    pub fn outcomes(&self, now: i64, date: fn(i64) -> String) -> Vec<Outcome> {
        vec![self.warning(), masters(&self.groups), self.lifetime(now, date)]
    }

    fn warning(&self) -> Outcome {
        let fate = match self.kind {
            Kind::CopiedCertificate => "; a certificate cannot be taken back before it ends",
            _ => "",
        };
        let more: String = self.remarks.iter().map(|remark| format!("; {remark}")).collect();
        let words = format!("it is the one of {}: whoever reads the Secret can act as {0}{fate}{more}", self.user);
        Outcome::new(&checks::OWN, State::Warned, words)
    }

    fn lifetime(&self, now: i64, date: fn(i64) -> String) -> Outcome {
        let check = &checks::LIFETIME;
        let help = "let an identity be minted: leave out --auth copy";
        match self.not_after {
            None => Outcome::new(check, State::Unknown, "it does not tell until when it holds"),
            Some(end) if end <= now => Outcome::new(check, State::Failed, format!("it has ended at {}", date(end))),
            Some(end) if end - now < SHORTEST => {
                Outcome::new(check, State::Failed, format!("only until {}", date(end))).helped(help)
            }
            Some(end) if end - now < NOTICE => Outcome::new(check, State::Warned, format!("only until {}", date(end))),
            Some(end) => Outcome::new(check, State::Passed, format!("until {}", date(end))),
        }
    }
}

/// Whom the server takes it for: anybody, as nobody else is expected.
#[must_use]
pub fn identity(proof: &Proof) -> Outcome {
    let check = &checks::IDENTITY;
    match &proof.username {
        None => {
            Outcome::new(check, State::Warned, "the server is older than 1.28 and does not tell whom it takes it for")
        }
        Some(name) if name == "system:anonymous" => {
            Outcome::new(check, State::Failed, "the server takes it for nobody in particular")
        }
        Some(name) => Outcome::new(check, State::Passed, name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Own, identity, own};
    use crate::credentials::judge::State;
    use crate::credentials::record::Kind;
    use crate::credentials::survey::Proof;
    use crate::kubeconfig::{NoFiles, load, select};
    use crate::source::SourceId;

    fn taken(user: &str) -> Result<Own, String> {
        let text = format!(
            "contexts: [{{name: w, context: {{cluster: w, user: jane}}}}]\nclusters: [{{name: w, cluster: {{server: \
             'https://a'}}}}]\nusers: [{{name: jane, user: {user}}}]\n"
        );
        let access = select(&load(SourceId::default(), &text).config, "w", &NoFiles).unwrap();
        own(&access).map(|(_, own)| own).map_err(|refused| refused.message)
    }

    #[test]
    fn only_what_works_in_a_pod_is_taken_over() {
        let own = taken("{token: ' t '}").unwrap();
        assert_eq!((own.kind, own.user.as_str(), own.not_after), (Kind::CopiedToken, "jane", None));
        let exec = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Never}}";
        for (user, words) in [
            (exec, "plugin"),
            ("{auth-provider: {name: oidc, config: {idp-issuer-url: 'https://a', client-id: b}}}", "provider"),
            ("{username: a, password: b}", "given up"),
            ("{token: t, as: b}", "acts as somebody else"),
            ("{}", "it has none"),
        ] {
            assert!(taken(user).unwrap_err().contains(words), "{user}");
        }
    }

    #[test]
    fn what_dies_soon_stands_in_the_way() {
        let own = |not_after| Own {
            kind: Kind::CopiedToken,
            user: "jane".into(),
            groups: vec!["a".into()],
            id: String::new(),
            not_after,
            remarks: Vec::new(),
        };
        let day = 24 * 3600;
        for (end, state) in [
            (None, State::Unknown),
            (Some(0), State::Failed),
            (Some(day - 1), State::Failed),
            (Some(2 * day), State::Warned),
            (Some(15 * day), State::Passed),
        ] {
            assert_eq!(own(end).outcomes(0, |at| at.to_string())[2].state, state, "{end:?}");
        }
    }

    /// T9: whom nothing can narrow is never stored.
    #[test]
    fn t9_masters_are_refused_by_what_the_certificate_says() {
        let own = Own {
            kind: Kind::CopiedCertificate,
            user: "root".into(),
            groups: vec!["a".into(), "system:masters".into()],
            id: String::new(),
            not_after: None,
            remarks: Vec::new(),
        };
        let found = own.outcomes(0, |at| at.to_string());
        assert_eq!((found[1].check.id, found[1].state), ("masters", State::Failed));
        // It cannot be passed over either.
        assert_eq!(found[1].clone().skipping(&["masters".to_owned()]).state, State::Failed);
    }

    #[test]
    fn somebody_must_be_known() {
        let of = |name: Option<&str>| identity(&Proof { username: name.map(str::to_owned), ..Proof::default() }).state;
        assert_eq!(of(Some("jane")), State::Passed);
        assert_eq!(of(Some("system:anonymous")), State::Failed);
        assert_eq!(of(None), State::Warned);
    }
}
