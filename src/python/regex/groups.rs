//! The groups of a pattern, and how much text parts of it stand for.

use std::collections::BTreeMap;

use super::tokens::{Read, Tokens, quoted};

/// Most groups that Python numbers.
pub(super) const MOST_GROUPS: u64 = 1_073_741_823;

/// How many bytes a part of a pattern stands for, at least and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Width {
    pub(super) least: u64,
    pub(super) most: u64,
}

impl Width {
    pub(super) const ONE: Self = Self { least: 1, most: 1 };

    pub(super) fn plus(self, other: Self) -> Self {
        Self { least: self.least.saturating_add(other.least), most: self.most.saturating_add(other.most) }
    }

    pub(super) fn or(self, other: Self) -> Self {
        Self { least: self.least.min(other.least), most: self.most.max(other.most) }
    }

    /// As often as `least` to `most` times, `None` without a bound.
    pub(super) fn times(self, least: u64, most: Option<u64>) -> Self {
        let most = match (most, self.most) {
            (_, 0) => 0,
            (None, _) => u64::MAX,
            (Some(times), most) => most.saturating_mul(times),
        };
        Self { least: self.least.saturating_mul(least), most }
    }
}

/// The groups opened so far.
#[derive(Debug, Default)]
pub(super) struct Groups {
    /// The widths of groups from 1; `None` while one is open.
    widths: Vec<Option<Width>>,
    names: BTreeMap<Vec<u8>, usize>,
    /// Number of groups where the outermost look-behind that is open starts.
    pub(super) look_behind: Option<usize>,
    /// Where groups are first asked for by number, ahead of their definition.
    pub(super) asked: Vec<(u64, usize)>,
}

impl Groups {
    /// The number of the next group.
    pub(super) fn next(&self) -> usize {
        self.widths.len() + 1
    }

    pub(super) fn open(&mut self, name: Option<&[u8]>, tokens: &Tokens<'_>) -> Read<usize> {
        let group = self.next();
        self.widths.push(None);
        if let Some(name) = name {
            if let Some(earlier) = self.names.get(name) {
                let words =
                    format!("redefinition of group name {} as group {group}; was group {earlier}", quoted(name));
                return Err(tokens.fault(&words, name.len() + 1));
            }
            self.names.insert(name.to_vec(), group);
        }
        Ok(group)
    }

    pub(super) fn close(&mut self, group: usize, width: Width) {
        if let Some(slot) = self.widths.get_mut(group - 1) {
            *slot = Some(width);
        }
    }

    pub(super) fn named(&self, name: &[u8]) -> Option<usize> {
        self.names.get(name).copied()
    }

    /// The width of a group that is closed.
    pub(super) fn width(&self, group: usize) -> Option<Width> {
        group.checked_sub(1).and_then(|at| self.widths.get(at).copied().flatten())
    }

    /// What a look-behind asks of a group that it refers to.
    pub(super) fn check_look_behind(&self, group: u64, tokens: &Tokens<'_>) -> Read<()> {
        let Some(first) = self.look_behind else { return Ok(()) };
        let group = usize::try_from(group).unwrap_or(usize::MAX);
        if self.width(group).is_none() {
            return Err(tokens.fault("cannot refer to an open group", 0));
        }
        if group >= first {
            return Err(tokens.fault("cannot refer to group defined in the same lookbehind subpattern", 0));
        }
        Ok(())
    }
}
