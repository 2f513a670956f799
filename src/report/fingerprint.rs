//! What a finding is recognised by in the next run, when the lines above it are others.

use std::collections::BTreeMap;
use std::hash::Hasher as _;

use fnv::FnvHasher;

use super::Entry;
use super::covering::Secrets;
use crate::source::{SourceFile, SourceId, Span};

/// The fingerprints of one report, each different from all others.
#[derive(Debug, Default)]
pub(super) struct Fingerprints {
    seen: BTreeMap<u64, u32>,
}

impl Fingerprints {
    /// The rule, the path and the text of the line, without its indentation; for the second of two that are equal in
    /// all that, also its number.
    pub(super) fn of(&mut self, entry: &Entry<'_>, path: &str, secrets: &Secrets<'_>) -> String {
        let line = entry.finding.primary().map(|span| {
            let file = entry.file.sources.file(span.source);
            masked_line(file, span.source, file.lines().line_of(span.start), secrets)
        });
        let parts = [entry.finding.rule, path, line.as_deref().unwrap_or_default().trim()];
        let count = self.seen.entry(hash(&parts, 0)).or_default();
        *count += 1;
        format!("{:016x}", hash(&parts, *count))
    }
}

fn hash(parts: &[&str], number: u32) -> u64 {
    let mut hasher = FnvHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(&[0]);
    }
    hasher.write(&number.to_be_bytes());
    hasher.finish()
}

/// A line without what must stay secret: not even a hash may be made of that.
fn masked_line(file: &SourceFile, id: SourceId, number: u32, secrets: &Secrets<'_>) -> String {
    let range = file.lines().line_range(file.text(), number);
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    secrets.masked(file.text(), Span::new(id, offset(range.start), offset(range.end)))
}

#[cfg(test)]
mod tests {
    use super::hash;

    /// Fingerprints are kept by other programs: they must never change.
    #[test]
    fn the_hash_is_the_same_for_ever() {
        assert_eq!(hash(&["duplicate-pool-name", "master.yaml", "- pool_name: a100"], 1), 15_719_231_787_102_411_572);
    }
}
