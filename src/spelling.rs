//! Did-you-mean: the known word nearest to a misspelt one.

/// The candidate that `word` most likely stands for: equal but for case and separators, few letters away for its
/// length, or the only one that goes on where `word` ends (`kubeconfig` for `kubeconfig_path`). Of equally near
/// candidates the first one counts.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = squeeze(word);
    let length = folded.chars().count();
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    let mut nearest: Option<(usize, &'a str)> = None;
    let mut longer = Vec::new();
    for candidate in candidates {
        let distance = match differs_by(length, candidate) > allowed {
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

/// The least number of letters between a folded word of `length` letters and a candidate, told by its length alone.
fn differs_by(length: usize, candidate: &str) -> usize {
    // The lower case of other letters may be longer.
    if !candidate.is_ascii() {
        return 0;
    }
    length.abs_diff(candidate.bytes().filter(|byte| !matches!(byte, b'_' | b'-')).count())
}

#[cfg(test)]
mod tests {
    use super::closest;

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
}
