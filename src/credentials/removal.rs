//! What there is to delete of an identity, by what was noted when it was made.

use super::identity::{Identity, Owner, Reference, core};
use super::plan::uses_of;
use super::record::Record;
use super::rights::granted;
use super::roles::roles;

/// The objects on the additional cluster, those that give rights first, the ServiceAccount last. Nothing for a credential
/// that was somebody's own.
#[must_use]
pub fn remote(record: &Record, owner: &Owner) -> Vec<Reference> {
    let Some((namespace, account)) =
        record.account().filter(|_| record.kind.is_some_and(super::record::Kind::is_minted))
    else {
        return Vec::new();
    };
    let identity = Identity { owner: owner.clone(), namespace: namespace.to_owned(), account: account.to_owned() };
    let rights = uses_of(&record.rights).and_then(|(uses, profile)| Some(granted(&uses, profile?))).unwrap_or_default();
    let mut found: Vec<Reference> =
        identity.role_objects(&roles(&rights)).into_iter().map(|object| object.reference).collect();
    // A binding before the role that it names.
    found.sort_by_key(|reference| !reference.kind.ends_with("Binding"));
    let previous = record.previous.iter().map(|former| former.credential.as_str());
    let credentials = std::iter::once(record.credential.as_str()).chain(previous);
    found.extend(credentials.filter_map(|credential| {
        let (namespace, name) = credential.split_once('/')?;
        Some(core("Secret", "secrets", namespace, name))
    }));
    found.push(identity.reference());
    found
}

#[cfg(test)]
mod tests {
    use super::remote;
    use crate::credentials::identity::Owner;
    use crate::credentials::record::{Former, Kind, Record};

    #[test]
    fn bindings_go_first_and_the_account_last() {
        let owner = Owner { release: "det".into(), cluster: "west".into() };
        let record = Record {
            identity: "system:serviceaccount:sys:detctl-det-west".into(),
            kind: Some(Kind::TokenSecret),
            credential: "sys/detctl-det-west-1".into(),
            rights: "minimal:tasks".into(),
            previous: vec![Former { credential: "sys/detctl-det-west-0".into(), uid: "u".into() }],
            ..Record::default()
        };
        let titles: Vec<String> = remote(&record, &owner).iter().map(|reference| reference.title()).collect();
        assert_eq!(
            titles,
            [
                "ClusterRoleBinding detctl-det-west",
                "RoleBinding tasks/detctl-det-west",
                "ClusterRole detctl-det-west",
                "Role tasks/detctl-det-west",
                "Secret sys/detctl-det-west-1",
                "Secret sys/detctl-det-west-0",
                "ServiceAccount sys/detctl-det-west",
            ]
        );
        let copied = Record { kind: Some(Kind::CopiedToken), ..record };
        assert!(remote(&copied, &owner).is_empty(), "somebody's own identity is left alone");
    }
}
