//! What is going to be done, before anything is done.

use serde_json::Value;

use super::copying::Own;
use super::identity::{Identity, Object, Owner};
use super::judge::{Outcome, State};
use super::operator::TokenMode;
use super::owner::{Found, Refused, Way, found};
use super::record::{Kind, Record};
use super::rights::{Profile, Right, Tasks, Use};
use super::secret::Life;
use super::survey::Survey;
use crate::kubeconfig::address::Server;

/// What is wanted for one resource manager.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Its place in `additional_resource_managers`; also the folder under which the chart mounts its Secret.
    pub index: usize,
    /// Whom it is for.
    pub owner: Owner,
    /// The context that leads there.
    pub context: String,
    /// The server as it is stored.
    pub server: Server,
    /// SHA-256 of the first authority that is stored; empty for those of the system.
    pub authority: String,
    /// What decides on its rights.
    pub uses: Use,
    /// Which rights are granted; none when somebody else has granted them.
    pub profile: Option<Profile>,
    /// Who the master is there.
    pub identity: Identity,
    /// What kind of credential is made.
    pub mode: TokenMode,
    /// The Secret on the default cluster.
    pub secret: String,
    /// Whether that can be changed once it is there.
    pub life: Life,
    /// The key of the kubeconfig in it.
    pub key: String,
    /// The key of the token, when it can be changed without a restart.
    pub token_key: Option<String>,
    /// Checks that are passed over.
    pub skipped: Vec<String>,
    /// What is known of the context's own credential, when that is taken over and none is made.
    pub own: Option<Own>,
}

impl Wanted {
    /// Who the master is there, as far as is known before anybody is asked.
    #[must_use]
    pub fn who(&self) -> String {
        self.own.as_ref().map_or_else(|| self.identity.username(), |own| own.user.clone())
    }
}

/// What becomes of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is made.
    Create,
    /// It is changed.
    Change,
    /// It is as it should be.
    Same,
    /// It may not be touched.
    Blocked,
}

/// Whether a credential is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credential {
    /// The stored one is good for another while.
    Keep,
    /// A new one is made, for this reason.
    Make(String),
}

/// What is going to be done for one resource manager.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What is wanted.
    pub wanted: Wanted,
    /// What becomes of the objects on the additional cluster.
    pub objects: Vec<(Object, Change)>,
    /// Whether a credential is made.
    pub credential: Credential,
    /// How the Secret is written, or why not.
    pub way: Result<Way, Refused>,
    /// What was looked at.
    pub outcomes: Vec<Outcome>,
    /// What the operator may not do of what is needed.
    pub lacking: Vec<Right>,
    /// Secrets of before that nothing mounts any more, which go with their credentials.
    pub outlived: Vec<String>,
}

impl Entry {
    /// What becomes of the Secret.
    #[must_use]
    pub fn secret(&self) -> Change {
        match (&self.way, &self.credential) {
            (Err(_), _) => Change::Blocked,
            (Ok(Way::Create), _) => Change::Create,
            (Ok(Way::Change), Credential::Keep) => Change::Same,
            (Ok(_), _) => Change::Change,
        }
    }

    /// Whether something stands in the way.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.way.is_err()
            || !self.lacking.is_empty()
            || self.objects.iter().any(|(_, change)| *change == Change::Blocked)
            || self.outcomes.iter().any(|outcome| outcome.state == State::Failed)
    }

    /// Whether there is anything to do.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.secret() == Change::Same
            && self.outlived.is_empty()
            && self.objects.iter().all(|(_, change)| *change == Change::Same)
    }
}

/// What becomes of an object, by what is there.
#[must_use]
pub fn change(object: &Object, there: Option<&Value>, owner: &Owner) -> Change {
    let Some(there) = there else { return Change::Create };
    match found(Some(there), owner) {
        Found::Ours if holds(there, &object.manifest) => Change::Same,
        Found::Ours => Change::Change,
        _ => Change::Blocked,
    }
}

/// Whether a value holds all that another one says; lists have to be equal.
fn holds(there: &Value, wanted: &Value) -> bool {
    match (there, wanted) {
        (Value::Object(there), Value::Object(wanted)) => {
            wanted.iter().all(|(key, wanted)| there.get(key).is_some_and(|there| holds(there, wanted)))
        }
        (there, wanted) => there == wanted,
    }
}

/// How a set of rights is called in a record, so that another one is known to be another.
#[must_use]
pub fn rights_id(uses: &Use, profile: Option<Profile>) -> String {
    let name = match profile {
        Some(Profile::Minimal) => "minimal",
        Some(Profile::Chart) => "chart",
        None => "none",
    };
    let places = match uses.tasks {
        Tasks::Everywhere => "*".to_owned(),
        // One that is not set is not looked for by the master, which needs no right to do so.
        Tasks::In(_) if uses.default_namespace.is_none() => {
            std::iter::once(String::new()).chain(uses.namespaces().into_iter().skip(1)).collect::<Vec<_>>().join(",")
        }
        Tasks::In(_) => uses.namespaces().join(","),
    };
    let gateway = uses.gateway.as_ref().map(|namespace| format!(" gateway:{namespace}")).unwrap_or_default();
    format!("{name}:{places}{gateway}")
}

/// The use that a set of rights was worked out from, and how much was granted for it: no profile when somebody else has
/// granted them. Nothing when nothing is known of what is needed.
#[must_use]
pub fn uses_of(rights_id: &str) -> Option<(Use, Option<Profile>)> {
    let (places, gateway) = match rights_id.split_once(" gateway:") {
        Some((places, gateway)) => (places, Some(gateway.to_owned())),
        None => (rights_id, None),
    };
    let (profile, names) = match places.split_once(':')? {
        ("minimal", names) => (Some(Profile::Minimal), names),
        ("chart", names) => (Some(Profile::Chart), names),
        ("none", names) => (None, names),
        _ => return None,
    };
    if names == "*" {
        return Some((Use { default_namespace: None, tasks: Tasks::Everywhere, gateway }, profile));
    }
    let mut names = names.split(',').map(str::to_owned);
    let default_namespace = names.next().filter(|name| !name.is_empty());
    Some((Use { default_namespace, tasks: Tasks::In(names.collect()), gateway }, profile))
}

/// Why a stored credential is not good for another while, if it is not. What a server says to it is found out elsewhere.
#[must_use]
pub fn outdated(
    record: &Record,
    wanted: &Wanted,
    survey: &Survey,
    account_uid: Option<&str>,
    now: i64,
) -> Option<String> {
    let kind = match wanted.mode {
        TokenMode::Secret => Kind::TokenSecret,
        TokenMode::Request(_) => Kind::TokenRequest,
    };
    let table = [
        (survey.uid.as_deref() != Some(record.cluster_uid.as_str()), "the stored one is of another cluster"),
        (record.identity != wanted.identity.username(), "the stored one is of another identity"),
        (account_uid != Some(record.identity_uid.as_str()), "its ServiceAccount was made anew"),
        (record.server != wanted.server.to_string(), "the server has another address"),
        (record.authority != wanted.authority, "the server has another authority"),
        (record.kind != Some(kind), "another kind of credential is asked for"),
        (record.key != wanted.key, "another key is asked for"),
        (record.token_key != wanted.token_key, "another way to rotate is asked for"),
        // They are noted at the Secret, for those who check or delete.
        (record.rights != rights_id(&wanted.uses, wanted.profile), "other rights are asked for"),
        (record.not_after.is_some_and(|end| is_late(end, record, now)), "the stored one ends soon"),
    ];
    table.into_iter().find(|(is_so, _)| *is_so).map(|(_, why)| why.to_owned())
}

/// Less than a third of its time is left.
fn is_late(end: i64, record: &Record, now: i64) -> bool {
    let whole = record.created.map_or(0, |created| end - created);
    end - now < whole / 3
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Change, Wanted, change, outdated, rights_id, uses_of};
    use crate::credentials::identity::{Identity, Owner};
    use crate::credentials::operator::TokenMode;
    use crate::credentials::record::{Kind, Record};
    use crate::credentials::rights::{Profile, Tasks, Use, needed};
    use crate::credentials::secret::Life;
    use crate::credentials::survey::Survey;
    use crate::kubeconfig::address::Server;

    fn wanted() -> Wanted {
        let owner = Owner { release: "det".into(), cluster: "west".into() };
        let identity = Identity { namespace: "sys".into(), account: owner.name(), owner: owner.clone() };
        Wanted {
            index: 0,
            owner,
            context: "west".into(),
            server: Server::new("https://a"),
            authority: "f".into(),
            uses: Use { default_namespace: Some("det".into()), tasks: Tasks::In(Vec::new()), gateway: None },
            profile: Some(Profile::Minimal),
            identity,
            mode: TokenMode::Request(3600),
            secret: "west-kubeconfig".into(),
            life: Life::Mutable,
            key: "config".into(),
            token_key: None,
            skipped: Vec::new(),
            own: None,
        }
    }

    fn record() -> Record {
        Record {
            server: "https://a".into(),
            cluster_uid: "u".into(),
            authority: "f".into(),
            identity: wanted().identity.username(),
            identity_uid: "i".into(),
            kind: Some(Kind::TokenRequest),
            key: "config".into(),
            rights: "minimal:det".into(),
            not_after: Some(3700),
            created: Some(100),
            ..Record::default()
        }
    }

    #[test]
    fn a_credential_is_kept_as_long_as_nothing_has_changed() {
        let survey = Survey { uid: Some("u".into()), ..Survey::default() };
        let why = |record: &Record, wanted: &Wanted, now| outdated(record, wanted, &survey, Some("i"), now);
        assert_eq!(why(&record(), &wanted(), 200), None);
        assert_eq!(why(&record(), &wanted(), 2501).as_deref(), Some("the stored one ends soon"));
        let other = Wanted { server: Server::new("https://b"), ..wanted() };
        assert_eq!(why(&record(), &other, 200).as_deref(), Some("the server has another address"));
        let other = Wanted { mode: TokenMode::Secret, ..wanted() };
        assert_eq!(why(&record(), &other, 200).as_deref(), Some("another kind of credential is asked for"));
        let more = Use { tasks: Tasks::In(vec!["more".into()]), ..wanted().uses };
        let other = Wanted { uses: more, ..wanted() };
        assert_eq!(why(&record(), &other, 200).as_deref(), Some("other rights are asked for"));
        let moved = Record { cluster_uid: "x".into(), ..record() };
        assert_eq!(why(&moved, &wanted(), 200).as_deref(), Some("the stored one is of another cluster"));
        assert!(outdated(&record(), &wanted(), &survey, None, 200).is_some());
    }

    #[test]
    fn objects_are_left_alone_when_they_hold_what_they_should() {
        let wanted = wanted();
        let account = wanted.identity.account_object();
        let mut there = account.manifest.clone();
        there["metadata"]["uid"] = json!("x");
        assert_eq!(change(&account, None, &wanted.owner), Change::Create);
        assert_eq!(change(&account, Some(&there), &wanted.owner), Change::Same);
        there["automountServiceAccountToken"] = json!(true);
        assert_eq!(change(&account, Some(&there), &wanted.owner), Change::Change);
        there["metadata"]["labels"] = json!({});
        assert_eq!(change(&account, Some(&there), &wanted.owner), Change::Blocked);
    }

    #[test]
    fn sets_of_rights_have_names() {
        let uses = wanted().uses;
        assert_eq!(rights_id(&uses, Some(Profile::Minimal)), "minimal:det");
        assert_eq!(rights_id(&uses, None), "none:det");
        let more = Use { tasks: Tasks::Everywhere, gateway: Some("gw".into()), ..uses };
        assert_eq!(rights_id(&more, Some(Profile::Chart)), "chart:* gateway:gw");
    }

    /// What is asked of a stored credential later is what it was made with, also where no default namespace is set.
    #[test]
    fn names_of_rights_lead_back_to_what_is_needed() {
        for default_namespace in [None, Some("det".to_owned()), Some("default".to_owned())] {
            for tasks in [Tasks::Everywhere, Tasks::In(vec![]), Tasks::In(vec!["default".into(), "a".into()])] {
                for gateway in [None, Some("gw".to_owned())] {
                    for profile in [None, Some(Profile::Minimal), Some(Profile::Chart)] {
                        let uses = Use {
                            default_namespace: default_namespace.clone(),
                            tasks: tasks.clone(),
                            gateway: gateway.clone(),
                        };
                        let id = rights_id(&uses, profile);
                        let (read, of) = uses_of(&id).unwrap();
                        assert_eq!((needed(&read), of), (needed(&uses), profile), "{id}");
                    }
                }
            }
        }
        // Records of before, where nobody noted what is needed.
        assert_eq!(uses_of("none"), None);
    }
}
