//! What becomes of stored credentials with time: the checks of an audit, which changes nothing.

use super::checks::{self, Check};
use super::judge::{self, Outcome, State};
use super::record::Record;
use super::rights::{Right, needed};
use super::survey::{Proof, TaskSpace};
use crate::credentials::plan::uses_of;
use crate::kubeconfig::certificate::Certificate;

/// When it is, and how far ahead is looked, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// Seconds since 1970.
    pub now: i64,
    /// How long a credential has to hold yet.
    pub within: i64,
    /// How a moment is written.
    pub date: fn(i64) -> String,
}

/// Whether the credential holds for as long as is looked ahead.
#[must_use]
pub fn lifetime(record: &Record, moment: Moment) -> Outcome {
    let check = &checks::LIFETIME;
    let Moment { now, within, date } = moment;
    let rotate = "make a new one: detctl secrets rotate";
    match record.not_after {
        None => Outcome::new(check, State::Passed, "it has no end"),
        Some(end) if end <= now => {
            Outcome::new(check, State::Failed, format!("it has ended at {}", date(end))).helped(rotate)
        }
        Some(end) if end <= now.saturating_add(within) => {
            Outcome::new(check, State::Failed, format!("only until {}", date(end))).helped(rotate)
        }
        Some(end) => Outcome::new(check, State::Passed, format!("until {}", date(end))),
    }
}

/// The rights that a stored credential needs, whoever has granted them; none where nobody noted what it is for.
#[must_use]
pub fn rights(record: &Record) -> Vec<Right> {
    uses_of(&record.rights).map(|(uses, _)| needed(&uses)).unwrap_or_default()
}

/// Whether tasks run beside the Secret: by what values say, else by what stands there now.
#[must_use]
pub fn tasks_apart(told: Option<&str>, seen: Option<&TaskSpace>, namespace: &str) -> Outcome {
    let check = &checks::TASKS_APART;
    if let Some(told) = told {
        return judge::tasks_apart(&[told.to_owned()], namespace);
    }
    match seen.and_then(|seen| seen.marked.as_deref()) {
        Some([]) => Outcome::new(check, State::Passed, format!("no task is in {namespace} now")),
        Some(_) => judge::tasks_apart(&[namespace.to_owned()], namespace),
        None => Outcome::new(check, State::Unknown, format!("jobs in {namespace} may not be listed"))
            .helped("--values FILE tells where tasks run"),
    }
}

/// What the server says of the credential, held against what was noted when it was made.
#[must_use]
pub fn proven(record: &Record, proof: &Proof, authorities: &[Certificate], moment: Moment) -> Vec<Outcome> {
    let needed = rights(record).len();
    let mut outcomes = vec![judge::tls(), identity(record, proof), judge::masters(&proof.groups)];
    if needed > 0 {
        outcomes.extend(judge::rights(&proof.lacking, needed));
    }
    outcomes.push(judge::excess(&proof.excess));
    outcomes.push(judge::tls_expiry(&proof.served, authorities, moment.now, moment.date));
    outcomes
}

fn identity(record: &Record, proof: &Proof) -> Outcome {
    let check: &'static Check = &checks::IDENTITY;
    let is_noted = !record.identity.is_empty();
    match (&proof.username, &proof.uid) {
        (None, _) => {
            Outcome::new(check, State::Warned, "the server is older than 1.28 and does not tell whom it takes it for")
        }
        (Some(name), _) if !is_noted => Outcome::new(check, State::Passed, name.clone()),
        (Some(name), _) if *name != record.identity => {
            Outcome::new(check, State::Failed, format!("the server takes it for {name}, not for {}", record.identity))
        }
        (Some(name), Some(uid)) if !record.identity_uid.is_empty() && *uid != record.identity_uid => Outcome::new(
            check,
            State::Failed,
            format!("{name}, but another one of that name: it was made anew, or another cluster answers"),
        ),
        (Some(name), _) => Outcome::new(check, State::Passed, name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, lifetime, proven, rights, tasks_apart};
    use crate::credentials::judge::State;
    use crate::credentials::record::Record;
    use crate::credentials::survey::{Proof, TaskSpace};

    const MOMENT: Moment = Moment { now: 1_000, within: 100, date: |at| at.to_string() };

    #[test]
    fn lifetimes() {
        for (end, state) in [
            (None, State::Passed),
            (Some(1_101), State::Passed),
            (Some(1_100), State::Failed),
            (Some(1_000), State::Failed),
            (Some(i64::MIN), State::Failed),
        ] {
            let record = Record { not_after: end, ..Record::default() };
            assert_eq!(lifetime(&record, MOMENT).state, state, "{end:?}");
        }
        let ever = Moment { within: i64::MAX, ..MOMENT };
        assert_eq!(lifetime(&Record { not_after: Some(5_000), ..Record::default() }, ever).state, State::Failed);
    }

    #[test]
    fn rights_are_those_of_the_record() {
        let of = |rights_id: &str| rights(&Record { rights: rights_id.into(), ..Record::default() }).len();
        assert!(of("minimal:det") > 10 && of("minimal:*") > of("minimal:det"));
        assert!(of("minimal:det gateway:gw") > of("minimal:det"));
        assert_eq!(of("none:det"), of("minimal:det"), "whoever has granted them");
        assert_eq!((of("none"), of(""), of("other:det")), (0, 0, 0));
    }

    /// T25: values say where tasks may run; without, what runs there tells.
    #[test]
    fn t25_an_audit_tells_of_tasks_beside_the_secret() {
        let seen = |marked: Option<&[&str]>| TaskSpace {
            name: "det".into(),
            is_there: Some(true),
            marked: marked.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
        };
        let state = |told, seen: &TaskSpace| tasks_apart(told, Some(seen), "det").state;
        assert_eq!(state(Some("det"), &seen(Some(&[]))), State::Warned);
        assert_eq!(state(Some("tasks"), &seen(Some(&["Job a"]))), State::Passed);
        assert_eq!(state(None, &seen(Some(&["Job a"]))), State::Warned);
        assert_eq!(state(None, &seen(Some(&[]))), State::Passed);
        assert_eq!(state(None, &seen(None)), State::Unknown);
        assert_eq!(tasks_apart(None, None, "det").state, State::Unknown);
    }

    #[test]
    fn another_identity_is_told() {
        let record = Record { identity: "a".into(), identity_uid: "1".into(), ..Record::default() };
        let seen =
            |name: &str, uid: &str| Proof { username: Some(name.into()), uid: Some(uid.into()), ..Proof::default() };
        let state = |proof: &Proof| proven(&record, proof, &[], MOMENT)[1].state;
        assert_eq!(state(&seen("a", "1")), State::Passed);
        assert_eq!(state(&seen("a", "2")), State::Failed);
        assert_eq!(state(&seen("b", "1")), State::Failed);
        assert_eq!(state(&Proof::default()), State::Warned);
    }
}
