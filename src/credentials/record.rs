//! What is written beside a kubeconfig: annotations that tell where it leads, whose it is and until when it holds. Never
//! anything secret, nor a digest of anything secret.

use std::collections::BTreeMap;

/// The prefix of all annotations.
const PREFIX: &str = "detctl.dev/";
/// The shape of the annotations.
const SCHEMA: &str = "1";

/// What is known of a stored kubeconfig.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The context that it was made with.
    pub context: String,
    /// The server, without name and password.
    pub server: String,
    /// The uid of the namespace `kube-system` there: the cluster's identity.
    pub cluster_uid: String,
    /// SHA-256 of the first authority; empty for those of the system.
    pub authority: String,
    /// `system:serviceaccount:NAMESPACE:NAME`, or the subject of a certificate.
    pub identity: String,
    /// The uid of the ServiceAccount.
    pub identity_uid: String,
    /// What kind of credential it is.
    pub kind: Option<Kind>,
    /// The Secret on the additional cluster that the credential hangs on.
    pub credential: String,
    /// The uid of that Secret, the number of a token, or of a certificate.
    pub credential_id: String,
    /// Until when it holds, in seconds since 1970; no end without.
    pub not_after: Option<i64>,
    /// How long it was asked to hold, in seconds.
    pub requested: Option<i64>,
    /// The key of the kubeconfig in the Secret.
    pub key: String,
    /// The key of the token file, when it can be changed without a restart.
    pub token_key: Option<String>,
    /// Which rights it was made with.
    pub rights: String,
    /// Checks that were passed over.
    pub skipped: Vec<String>,
    /// The version of detctl.
    pub version: String,
    /// When it was made, in seconds since 1970.
    pub created: Option<i64>,
    /// Credentials of before that still count, as a master that has not started since uses them.
    pub previous: Vec<Former>,
    /// Since when kubeconfigs with the same token file have been stored, by the clock of the API server; empty where the
    /// master has to start anew.
    pub live_since: String,
}

/// A credential that has been replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The Secret on the additional cluster that it hangs on, as `NAMESPACE/NAME`.
    pub credential: String,
    /// The uid of that Secret.
    pub uid: String,
}

/// Kinds of credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A token of a Secret, without an end.
    TokenSecret,
    /// A token that was asked for, bound to a Secret.
    TokenRequest,
    /// Somebody's own token.
    CopiedToken,
    /// Somebody's own certificate.
    CopiedCertificate,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 4] = [Self::TokenSecret, Self::TokenRequest, Self::CopiedToken, Self::CopiedCertificate];

    /// The word in the annotation.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TokenSecret => "token-secret",
            Self::TokenRequest => "token-request",
            Self::CopiedToken => "copied-token",
            Self::CopiedCertificate => "copied-certificate",
        }
    }

    /// Whether it belongs to an identity that was made for the master.
    #[must_use]
    pub fn is_minted(self) -> bool {
        matches!(self, Self::TokenSecret | Self::TokenRequest)
    }
}

impl Record {
    /// The annotations.
    #[must_use]
    pub fn annotations(&self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut put = |key: &str, value: String| {
            if !value.is_empty() {
                found.insert(format!("{PREFIX}{key}"), value);
            }
        };
        put("schema", SCHEMA.to_owned());
        put("context", self.context.clone());
        put("server", self.server.clone());
        put("cluster-uid", self.cluster_uid.clone());
        put("authority-sha256", self.authority.clone());
        put("identity", self.identity.clone());
        put("identity-uid", self.identity_uid.clone());
        put("credential-kind", self.kind.map_or("", Kind::as_str).to_owned());
        put("credential", self.credential.clone());
        put("credential-id", self.credential_id.clone());
        put("not-after", self.not_after.map(|at| at.to_string()).unwrap_or_default());
        put("requested-seconds", self.requested.map(|at| at.to_string()).unwrap_or_default());
        put("key", self.key.clone());
        put("token-key", self.token_key.clone().unwrap_or_default());
        put("rights", self.rights.clone());
        put("skipped-checks", self.skipped.join(","));
        put("version", self.version.clone());
        put("created", self.created.map(|at| at.to_string()).unwrap_or_default());
        let former = |former: &Former| format!("{}={}", former.credential, former.uid);
        put("previous", self.previous.iter().map(former).collect::<Vec<_>>().join(","));
        put("live-since", self.live_since.clone());
        found
    }

    /// What has to be revoked once a new credential is in use: this one and those of before; nothing of somebody's own.
    #[must_use]
    pub fn replaced(&self) -> Vec<Former> {
        let own = Former { credential: self.credential.clone(), uid: self.credential_id.clone() };
        let is_ours = self.kind.is_some_and(Kind::is_minted) && !own.credential.is_empty() && !own.uid.is_empty();
        self.previous.iter().cloned().chain(is_ours.then_some(own)).collect()
    }

    /// Namespace and name of the ServiceAccount; none where the identity is no such one.
    #[must_use]
    pub fn account(&self) -> Option<(&str, &str)> {
        self.identity.strip_prefix("system:serviceaccount:")?.split_once(':')
    }

    /// What is written at an object.
    #[must_use]
    pub fn of(object: &serde_json::Value) -> Self {
        let text = |(key, value): (&String, &serde_json::Value)| Some((key.clone(), value.as_str()?.to_owned()));
        let annotations = object["metadata"]["annotations"].as_object();
        Self::from_annotations(&annotations.into_iter().flatten().filter_map(text).collect())
    }

    /// Reads annotations, as far as they are ours.
    #[must_use]
    pub fn from_annotations(annotations: &BTreeMap<String, String>) -> Self {
        let text = |key: &str| annotations.get(&format!("{PREFIX}{key}")).cloned().unwrap_or_default();
        let number = |key: &str| text(key).parse().ok();
        let kind = text("credential-kind");
        Self {
            context: text("context"),
            server: text("server"),
            cluster_uid: text("cluster-uid"),
            authority: text("authority-sha256"),
            identity: text("identity"),
            identity_uid: text("identity-uid"),
            kind: Kind::ALL.into_iter().find(|known| known.as_str() == kind),
            credential: text("credential"),
            credential_id: text("credential-id"),
            not_after: number("not-after"),
            requested: number("requested-seconds"),
            key: text("key"),
            token_key: Some(text("token-key")).filter(|key| !key.is_empty()),
            rights: text("rights"),
            skipped: text("skipped-checks").split(',').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            version: text("version"),
            created: number("created"),
            previous: text("previous").split(',').filter_map(former).collect(),
            live_since: text("live-since"),
        }
    }
}

fn former(text: &str) -> Option<Former> {
    let (credential, uid) = text.split_once('=')?;
    let is_whole = credential.contains('/') && !uid.is_empty();
    is_whole.then(|| Former { credential: credential.to_owned(), uid: uid.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{Former, Kind, Record};

    #[test]
    fn what_is_written_is_read_again() {
        let record = Record {
            context: "west".into(),
            cluster_uid: "u".into(),
            kind: Some(Kind::TokenRequest),
            not_after: Some(1_800_000_000),
            token_key: Some("token.west".into()),
            skipped: vec!["loopback".into(), "san".into()],
            previous: vec![Former { credential: "sys/a-1".into(), uid: "u1".into() }],
            live_since: "2026-01-01T00:00:00Z".into(),
            ..Record::default()
        };
        let annotations = record.annotations();
        assert_eq!(annotations["detctl.dev/skipped-checks"], "loopback,san");
        assert_eq!(Record::from_annotations(&annotations), record);
        assert_eq!(Record::from_annotations(&Record::default().annotations()), Record::default());
    }

    #[test]
    fn what_is_replaced_is_what_was_made() {
        let former = |name: &str| Former { credential: format!("sys/{name}"), uid: format!("uid-{name}") };
        let record = Record {
            kind: Some(Kind::TokenSecret),
            credential: "sys/b".into(),
            credential_id: "uid-b".into(),
            previous: vec![former("a")],
            ..Record::default()
        };
        assert_eq!(record.replaced(), [former("a"), former("b")]);
        let copied = Record { kind: Some(Kind::CopiedToken), previous: Vec::new(), ..record };
        assert_eq!(copied.replaced(), []);
    }
}
