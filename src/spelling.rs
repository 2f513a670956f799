//! Did-you-mean: the known word nearest to a misspelt one.

/// The candidate that `word` most likely stands for: equal but for case and separators, or few letters away for its
/// length. Of equally near candidates the first one counts.
#[must_use]
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let squeeze = |text: &str| text.to_lowercase().replace(['_', '-'], "");
    let folded = squeeze(word);
    let allowed = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&folded, &squeeze(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
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
        ];
        for (word, expected) in table {
            assert_eq!(closest(word, known), expected, "{word}");
        }
    }
}
