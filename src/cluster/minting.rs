//! The identity and its credential on an additional cluster: made, waited for, taken back.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::endpoint::Endpoint;
use super::failure::{Failure, Why};
use super::objects::{Conflicts, Writing, exactly, uid_of};
use super::session::Session;
use crate::credentials::identity::{Identity, Object, Reference};
use crate::credentials::operator::TokenMode;
use crate::kubeconfig::{Secret, jwt};

/// What is to be made.
#[derive(Clone)]
pub struct ToMint {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// Whose it is.
    pub identity: Identity,
    /// The namespace, if it has to be made.
    pub namespace: Option<Object>,
    /// The ServiceAccount, unless an existing one is used.
    pub account: Option<Object>,
    /// Roles and bindings.
    pub roles: Vec<Object>,
    /// What kind of credential.
    pub mode: TokenMode,
    /// The Secret that a new credential hangs on; none when the stored credential is kept.
    pub secret: Option<Object>,
    /// Whether to keep anything.
    pub writing: Writing,
}

/// What was made.
#[derive(Clone, Debug)]
pub struct Minted {
    /// The token.
    pub token: Secret,
    /// The uid of the ServiceAccount.
    pub account_uid: String,
    /// The Secret that it hangs on.
    pub credential: Reference,
    /// The uid of that Secret.
    pub credential_uid: String,
    /// Until when it holds, in seconds since 1970.
    pub not_after: Option<i64>,
}

impl Minted {
    /// The way to take it back from the cluster that it was made on.
    #[must_use]
    pub fn to_revoke(&self, endpoint: &Endpoint) -> ToRevoke {
        ToRevoke { endpoint: endpoint.clone(), credential: self.credential.clone(), uid: self.credential_uid.clone() }
    }
}

/// Between two looks at a Secret that is to be filled: at first, and at most.
const FIRST_WAIT: Duration = Duration::from_millis(50);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// Makes it. `None` when nothing was to be kept.
pub(super) async fn mint(target: ToMint, deadline: Instant) -> Result<Option<Minted>, Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    let writing = target.writing;
    if let Some(namespace) = &target.namespace {
        session.apply(&namespace.reference, &namespace.manifest, writing, Conflicts::Stop).await?;
    }
    // In a namespace that is only tried nothing else can be tried.
    let is_nowhere = target.namespace.is_some() && writing == Writing::Dry;
    if let (Some(account), false) = (&target.account, is_nowhere) {
        session.apply(&account.reference, &account.manifest, writing, Conflicts::Stop).await?;
    }
    for object in &target.roles {
        apply_role(&session, object, writing).await?;
    }
    let Some(object) = &target.secret else { return Ok(None) };
    if writing == Writing::Dry {
        // A Secret for a token that is only tried would be refused where the account is only tried.
        if !is_nowhere && target.mode != TokenMode::Secret {
            session.apply(&object.reference, &object.manifest, writing, Conflicts::Stop).await?;
        }
        return Ok(None);
    }
    let account = session.object(&target.identity.reference()).await?;
    let account = account.ok_or_else(|| {
        Failure::before(Why::NotFound, "there is no such ServiceAccount").asking(&target.identity.reference().title())
    })?;
    // Made, never changed: of two runs within a second only one gets the name, and none takes back what is the other's.
    let secret = session.make(&object.reference, &object.manifest).await?;
    let credential_uid = uid_of(&secret);
    let (token, not_after) = match target.mode {
        TokenMode::Secret => (filled(&session, &object.reference, secret, deadline).await?, None),
        TokenMode::Request(seconds) => {
            requested(&session, &target.identity, (&object.reference.name, &credential_uid), seconds).await?
        }
    };
    let credential = object.reference.clone();
    Ok(Some(Minted { token, account_uid: uid_of(&account), credential, credential_uid, not_after }))
}

/// The role of a binding never changes: one that leads elsewhere is deleted and made anew.
async fn apply_role(session: &Session, object: &Object, writing: Writing) -> Result<(), Failure> {
    let wanted = &object.manifest["roleRef"];
    if wanted.is_object()
        && let Some(there) = session.object(&object.reference).await?
        && there["roleRef"] != *wanted
    {
        session.delete(&object.reference, exactly(&there), writing).await?;
        if writing == Writing::Dry {
            return Ok(());
        }
    }
    session.apply(&object.reference, &object.manifest, writing, Conflicts::Stop).await.map(|_| ())
}

/// Waits until the token controller has filled a Secret.
async fn filled(
    session: &Session,
    reference: &Reference,
    mut secret: Value,
    deadline: Instant,
) -> Result<Secret, Failure> {
    let mut wait = FIRST_WAIT;
    loop {
        let data = &secret["data"];
        if let (Some(token), Some(_)) = (data["token"].as_str(), data["ca.crt"].as_str()) {
            let token =
                STANDARD.decode(token).map_err(|_| Failure::before(Why::Malformed, "its token is no base64"))?;
            return Ok(Secret::new(token));
        }
        if Instant::now() + wait >= deadline {
            let words = "no token was put into it in time: is the token controller of kube-controller-manager running, with \
                         --service-account-private-key-file and --root-ca-file?";
            return Err(Failure::before(Why::TimeOut, words).asking(&reference.title()));
        }
        sleep(wait).await;
        wait = LONGEST_WAIT.min(wait * 2);
        secret = session.object(reference).await?.ok_or_else(|| {
            let words =
                "it was deleted while we waited; the token controller does so when the ServiceAccount is missing";
            Failure::before(Why::NotFound, words).asking(&reference.title())
        })?;
    }
}

/// Asks for a token that dies with a Secret.
async fn requested(
    session: &Session,
    identity: &Identity,
    (secret, uid): (&str, &str),
    seconds: i64,
) -> Result<(Secret, Option<i64>), Failure> {
    let request = json!({
        "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest",
        "spec": {
            "expirationSeconds": seconds,
            "boundObjectRef": {
                "kind": "Secret", "apiVersion": "v1", "name": secret, "uid": uid,
            },
        },
    });
    let path = format!("{}/token", identity.reference().path());
    let answer = session.create(&path, &request, "token request").await?;
    let token = answer["status"]["token"].as_str().map(|token| Secret::new(token.as_bytes()));
    let token =
        token.ok_or_else(|| Failure::before(Why::Malformed, "there is no token in it").asking("token request"))?;
    let end = jwt::claims(&token).and_then(|claims| claims.expires);
    Ok((token, end))
}

/// A credential to take back.
#[derive(Clone)]
pub struct ToRevoke {
    /// The cluster, with the credentials of whoever runs detctl.
    pub endpoint: Endpoint,
    /// The Secret that it hangs on.
    pub credential: Reference,
    /// The uid of that Secret.
    pub uid: String,
}

/// Takes it back: an API server stops taking the token within some seconds.
pub(super) async fn revoke(target: ToRevoke, deadline: Instant) -> Result<(), Failure> {
    let session = Session::open(&target.endpoint, deadline)?;
    session.delete(&target.credential, (&target.uid, None), Writing::Real).await
}
