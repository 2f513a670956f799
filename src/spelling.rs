//! Did-you-mean: the known word nearest to a misspelt one.

/// The candidate that `word` most likely stands for: equal but for case and separators, few letters away for its
/// length, or the only one that goes on where `word` ends (`kubeconfig` for `kubeconfig_path`). Of equally near
/// candidates the first one counts.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = squeeze(word);
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    let mut nearest: Option<(usize, &'a str)> = None;
    let mut longer = Vec::new();
    for candidate in candidates {
        let distance = strsim::osa_distance(&folded, &squeeze(candidate));
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
