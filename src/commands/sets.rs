//! `--set` and `--set-string`, in the order in which Helm takes them.

use crate::formats::helm_values::set::{Set, Typing};

/// What both say: Helm takes all of the one before any of the other.
pub(super) fn sets(guessed: &[String], texts: &[String]) -> Vec<Set> {
    let all =
        |texts: &[String], typing| texts.iter().map(|text| Set { text: text.clone(), typing }).collect::<Vec<_>>();
    [all(guessed, Typing::Guessed), all(texts, Typing::Text)].concat()
}
