//! Members of a mapping in the order in which Go writes and reads them: sorted by the bytes of the key.

use ecow::EcoString;

use super::Value;
use crate::source::Span;

/// One key with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The key as a string (`1` is "1", `yes` is "true", §1.1).
    pub key: EcoString,
    /// Where the key was written.
    pub key_span: Span,
    /// What it holds.
    pub value: Value,
}

/// A mapping without equal keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    members: Box<[Member]>,
}

impl Object {
    /// Keeps the last of equal keys, as Go's maps do.
    #[must_use]
    pub fn from_written(mut members: Vec<Member>) -> Self {
        let sorted = members.is_sorted_by(|a, b| a.key < b.key);
        if !sorted {
            members.sort_by(|a, b| a.key.cmp(&b.key));
            members.reverse();
            members.dedup_by(|later, kept| later.key == kept.key);
            members.reverse();
        }
        Self { members: members.into_boxed_slice() }
    }

    /// The members, sorted by key.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The members, sorted by key, to keep.
    #[must_use]
    pub fn into_members(self) -> Vec<Member> {
        self.members.into_vec()
    }

    /// Whether there is no member.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The member of exactly this key.
    #[must_use]
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.index(key).ok().and_then(|at| self.members.get(at))
    }

    /// The value of exactly this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.member(key).map(|member| &member.value)
    }

    /// The value of exactly this key, to change.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        let at = self.index(key).ok()?;
        self.members.get_mut(at).map(|member| &mut member.value)
    }

    /// Takes a member out.
    pub fn remove(&mut self, key: &str) -> Option<Member> {
        let at = self.index(key).ok()?;
        let mut members = std::mem::take(&mut self.members).into_vec();
        let member = members.remove(at);
        self.members = members.into_boxed_slice();
        Some(member)
    }

    /// Puts a member in, in place of one with the same key.
    pub fn insert(&mut self, member: Member) {
        match self.index(&member.key) {
            Ok(at) => self.members[at] = member,
            Err(at) => {
                let mut members = std::mem::take(&mut self.members).into_vec();
                members.insert(at, member);
                self.members = members.into_boxed_slice();
            }
        }
    }

    fn index(&self, key: &str) -> Result<usize, usize> {
        self.members.binary_search_by(|member| (*member.key).cmp(key))
    }
}
