//! Secrets wherever they stand in the text: by the names of their keys, by their looks, and behind aliases.
//!
//! The decoder knows the secrets that it decodes. Of a broken file nothing is decoded, nor of what is overwritten,
//! commented out or in a later document; an excerpt shows all of these.

mod anchors;
mod lines;
mod names;

use std::ops::Range;

use crate::model::confidential::{arguments, looks};
use crate::source::{SourceId, SourceMap, Span};

/// The secrets in the texts that are shown, besides those that are known.
pub(super) fn secrets(sources: &SourceMap, shown: impl IntoIterator<Item = SourceId>, known: &[Span]) -> Vec<Span> {
    shown.into_iter().flat_map(|id| of_text(id, sources.file(id).text(), known)).collect()
}

fn of_text(id: SourceId, text: &str, known: &[Span]) -> Vec<Span> {
    let lines = lines::Lines::new(text);
    let mut found = names::secrets(&lines);
    found.extend(looks::secrets(text));
    found.extend(arguments::secrets(text));
    let known = known.iter().filter(|span| span.source == id).map(|span| span.start as usize..span.end as usize);
    let aliased = anchors::behind(&lines, &known.chain(found.iter().cloned()).collect::<Vec<_>>());
    found.into_iter().chain(aliased).filter_map(|range| span(id, &range)).collect()
}

fn span(id: SourceId, range: &Range<usize>) -> Option<Span> {
    Some(Span::new(id, u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden<'t>(text: &'t str, known: &[Span]) -> Vec<&'t str> {
        let spans = of_text(SourceId::default(), text, known);
        spans.iter().map(|span| &text[span.start as usize..span.end as usize]).collect()
    }

    #[test]
    fn what_an_alias_stands_for_is_as_secret_as_the_alias() {
        let table: [(&str, &[&str]); 5] = [
            ("x: &p hunter2\npassword: *p\n", &["*p", "hunter2"]),
            ("x: {y: &p hunter2, z: 1}\npassword: *p # it\n", &["*p", "hunter2"]),
            ("x:\n  - &q hunter3\n  - &p [*q]\ntoken: *p\n", &["*p", "[*q]", "hunter3"]),
            ("x: &p |\n  hunter2\n  a: b\ny: &pp 1\npassword: *p", &["*p", "hunter2", "a: b"]),
            ("x: &p hunter2\ny: *p\n", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(hidden(text, &[]), expected, "{text:?}");
        }
        let text = "x: &p hunter2\ny: *p\n";
        assert_eq!(hidden(text, &[Span::new(SourceId::default(), 17, 19)]), ["hunter2"]);
    }
}
