//! Did-you-mean: the known word nearest to a misspelt one.

/// The candidate that `word` most likely stands for: equal but for case and separators, few letters away for its
/// length, or the only one that goes on where `word` ends (`kubeconfig` for `kubeconfig_path`). Of equally near
/// candidates the first one counts.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = squeeze(word);
    let letters = Letters::of(folded.chars());
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    let mut nearest: Option<(usize, &'a str)> = None;
    let mut longer = Vec::new();
    for candidate in candidates {
        let distance = match letters.differ_by(candidate) > allowed {
            true => usize::MAX,
            false => strsim::osa_distance(&folded, &squeeze(candidate)),
        };
        if distance <= allowed && nearest.is_none_or(|(least, _)| distance < least) {
            nearest = Some((distance, candidate));
        }
        let rest = candidate.strip_prefix(word).filter(|_| word.len() >= 5);
        longer.extend(rest.filter(|rest| rest.starts_with(['_', '-'])).map(|_| candidate));
    }
    match (nearest, &*longer) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

/// How many letters were mistaken, case and separators left aside.
#[must_use]
pub fn distance(word: &str, meant: &str) -> usize {
    strsim::osa_distance(&squeeze(word), &squeeze(meant))
}

fn squeeze(text: &str) -> String {
    text.to_lowercase().replace(['_', '-'], "")
}

/// How often letters are in a word, wherever they stand; some share a count.
struct Letters([u16; 32]);

impl Letters {
    fn of(letters: impl Iterator<Item = char>) -> Self {
        let mut counts = [0_u16; 32];
        for letter in letters {
            if let Some(count) = counts.get_mut(u32::from(letter) as usize % 32) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// The least number of mistakes between a folded word and a candidate, told without a look at the order of letters:
    /// each mistake brings or takes one letter, or both.
    fn differ_by(&self, candidate: &str) -> usize {
        // The lower case of other letters may be longer.
        if !candidate.is_ascii() {
            return 0;
        }
        let folded = candidate.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).map(|byte| lower(byte).into());
        let other = Self::of(folded);
        let (mut more, mut fewer) = (0, 0);
        for (own, other) in self.0.iter().zip(other.0) {
            more += usize::from(own.saturating_sub(other));
            fewer += usize::from(other.saturating_sub(*own));
        }
        more.max(fewer)
    }
}

/// Whether a name contains one of some words, separators and case aside; the words are in lower case. Names are many and
/// words few, so that nothing is copied.
#[must_use]
pub fn contains_one(name: &str, words: &[&str]) -> bool {
    let bit = |byte: u8| 1_u64.checked_shl(u32::from(byte & 63)).unwrap_or(0);
    let firsts = words.iter().filter_map(|word| word.bytes().next()).fold(0, |bits, first| bits | bit(first));
    let bytes = name.as_bytes();
    (0..bytes.len()).filter(|at| firsts & bit(bytes[*at] | 0x20) != 0).any(|at| {
        words.iter().any(|word| {
            let mut ours = bytes[at..].iter().copied().filter(is_letter).map(lower);
            word.bytes().all(|byte| ours.next() == Some(byte))
        })
    })
}

/// Whether a name ends with one of some words, separators and case aside.
#[must_use]
pub fn ends_with_one(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| {
        let mut ours = name.bytes().rev().filter(is_letter).map(lower);
        word.bytes().rev().all(|byte| ours.next() == Some(byte))
    })
}

/// Whether a byte is no separator.
fn is_letter(byte: &u8) -> bool {
    !matches!(byte, b'_' | b'-' | b'.')
}

fn lower(byte: u8) -> u8 {
    byte.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Letters, closest, contains_one, distance, ends_with_one, squeeze};

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["duplicate-pool-name", "not-utf8", "unknown-key"];
        let table = [
            ("duplicate-pool-names", Some("duplicate-pool-name")),
            ("Not-UTF8", Some("not-utf8")),
            ("unkown-key", Some("unknown-key")),
            ("key", None),
            ("", None),
            ("unknown", Some("unknown-key")),
            ("dupl", None),
        ];
        for (word, expected) in table {
            assert_eq!(closest(word, known), expected, "{word}");
        }
    }

    /// What is passed over for its letters is too far away.
    #[test]
    fn letters_never_tell_too_many_mistakes() {
        let words =
            ["", "a", "Öl", "max_slots_per_pod", "maxSlotsPerPod", "slots-per-pod", "pool_name", "loop_mane", "ﬀ", "İ"];
        for word in words {
            for candidate in words {
                let least = Letters::of(squeeze(word).chars()).differ_by(candidate);
                assert!(least <= distance(word, candidate), "{word} {candidate}");
            }
        }
        assert_eq!(Letters::of("abc".chars()).differ_by("x_y-z"), 3);
    }

    #[test]
    fn words_within_names() {
        let words = ["passw", "clientsecret"];
        for name in ["password", "DB_PassWord", "client-secret", "x_client_SECRET_y", "pas_s-w"] {
            assert!(contains_one(name, &words), "{name}");
        }
        for name in ["", "pass", "client", "words", "clientsecre", "ü"] {
            assert!(!contains_one(name, &words), "{name}");
        }
        assert!(ends_with_one("Client-Secret_Name", &["name"]) && !ends_with_one("names", &["name", "path"]));
    }
}
