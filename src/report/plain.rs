//! Text from a file, made harmless: nothing in it can move the cursor, change colours, turn the writing
//! direction or hide itself, and what must stay secret is covered.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

use crate::source::{SourceMap, Span};

/// What stands for each column of a secret.
pub(super) const COVER: char = '•';

/// The visible stand-in of a character that must not reach a terminal as it is.
pub(super) fn harmless(character: char) -> Option<char> {
    match u32::from(character) {
        code @ 0..0x20 => char::from_u32(0x2400 + code),
        0x7F => Some('\u{2421}'),
        // C1 controls, Arabic letter mark, zero-width and directional marks, line and paragraph
        // separators, embeddings, isolates, invisible operators, byte order mark, annotations, tags.
        0x80..=0x9F
        | 0x61C
        | 0x180E
        | 0x200B..=0x200F
        | 0x2028..=0x202E
        | 0x2060..=0x206F
        | 0xFEFF
        | 0xFFF9..=0xFFFB
        | 0xE0000..=0xE0FFF => Some('\u{FFFD}'),
        _ => None,
    }
}

/// Columns that a harmless character takes.
pub(super) fn width(character: char) -> usize {
    character.width().unwrap_or(1)
}

/// A text of one or more lines, its line breaks kept and everything else made harmless.
#[must_use]
pub fn lines(text: &str) -> Cow<'_, str> {
    replaced(text, |character| if character == '\n' { None } else { harmless(character) })
}

/// A text as one line.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    replaced(text, |character| if character == '\n' { Some(' ') } else { harmless(character) })
}

fn replaced(text: &str, by: impl Fn(char) -> Option<char>) -> Cow<'_, str> {
    if text.chars().all(|character| by(character).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| by(character).unwrap_or(character)).collect())
}

/// The bytes of a file that must not be shown.
pub(super) struct Secrets<'a> {
    /// By source and start, without overlaps.
    spans: Vec<Span>,
    /// Their texts, where one is so peculiar that it gives itself away wherever it stands.
    telling: Vec<&'a str>,
}

impl<'a> Secrets<'a> {
    /// The secrets of one judged file.
    pub(super) fn new(sources: &'a SourceMap, secrets: &[Span]) -> Self {
        let mut sorted: Vec<Span> = secrets.iter().copied().filter(|span| !span.is_empty()).collect();
        sorted.sort();
        let mut spans: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match spans.last_mut() {
                Some(last) if last.source == span.source && span.start <= last.end => {
                    *last = last.to(span);
                }
                _ => spans.push(span),
            }
        }
        let texts = secrets.iter().map(|&span| sources.slice(span).trim_matches(['"', '\'', '*', '&']));
        let mut telling: Vec<&str> = texts.filter(|text| is_telling(text)).collect();
        telling.sort_unstable_by_key(|text| std::cmp::Reverse((text.len(), *text)));
        telling.dedup();
        Self { spans, telling }
    }

    /// The covered parts of `span`, in order.
    pub(super) fn within(&self, span: Span) -> impl Iterator<Item = Span> {
        let first = self.spans.partition_point(|secret| (secret.source, secret.end) <= (span.source, span.start));
        self.spans
            .get(first..)
            .unwrap_or(&[])
            .iter()
            .copied()
            .take_while(move |secret| secret.source == span.source && secret.start < span.end)
    }

    /// A stretch of a text with one [`COVER`] for each secret in it, however long; line breaks stay.
    pub(super) fn masked(&self, text: &str, span: Span) -> String {
        let mut masked = String::new();
        let mut at = span.start;
        for secret in self.within(span) {
            masked.push_str(text.get(at as usize..secret.start.max(at) as usize).unwrap_or(""));
            masked.push(COVER);
            let hidden = text.get(at.max(secret.start) as usize..secret.end as usize).unwrap_or("");
            masked.extend(hidden.chars().filter(|character| matches!(character, '\n' | '\r')));
            at = secret.end;
        }
        masked.push_str(text.get(at as usize..span.end.max(at) as usize).unwrap_or(""));
        self.covered(&masked).into_owned()
    }

    /// A message with the secrets in it covered. A secret that is an ordinary word, such as `postgres`,
    /// is left alone: covering it everywhere would tell more than it hides.
    pub(super) fn covered<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(text);
        for secret in &self.telling {
            if text.contains(secret) {
                let cover: String = secret.chars().map(|_| COVER).collect();
                text = Cow::Owned(text.replace(secret, &cover));
            }
        }
        text
    }
}

fn is_telling(text: &str) -> bool {
    text.len() >= 8 && text.len() <= 16 * 1024 && !text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Secrets, line, lines};
    use crate::source::{SourceMap, Span};

    #[test]
    fn terminals_are_not_at_the_mercy_of_the_file() {
        let table = [
            ("plain", "plain"),
            ("a\u{1b}[31mb", "a␛[31mb"),
            ("a\u{7f}\u{9b}b", "a␡\u{FFFD}b"),
            ("x\u{202E}y\u{2066}z\u{200B}", "x\u{FFFD}y\u{FFFD}z\u{FFFD}"),
            ("ä 日本 🚀", "ä 日本 🚀"),
        ];
        for (text, expected) in table {
            assert_eq!(line(text), expected);
        }
        assert_eq!(line("a\nb"), "a b");
        assert_eq!(lines("a\nb\r"), "a\nb␍");
    }

    #[test]
    fn peculiar_secrets_are_covered_in_messages_and_ordinary_words_are_not() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "p: hunter2-Canary\nq: postgres\n");
        let secrets = [Span::new(id, 3, 17), Span::new(id, 21, 29)];
        let secrets = Secrets::new(&sources, &secrets);
        assert_eq!(secrets.covered("bad `hunter2-Canary` of postgres"), "bad `••••••••••••••` of postgres");
    }

    #[test]
    fn secrets_that_touch_a_range_are_found() {
        let mut sources = SourceMap::new();
        let id = sources.add("a.yaml", "0123456789");
        let spans = [Span::new(id, 6, 8), Span::new(id, 1, 3), Span::new(id, 2, 5), Span::empty(id, 9)];
        let secrets = Secrets::new(&sources, &spans);
        let found =
            |start, end| secrets.within(Span::new(id, start, end)).map(|s| (s.start, s.end)).collect::<Vec<_>>();
        assert_eq!(found(0, 10), [(1, 5), (6, 8)]);
        assert_eq!(found(4, 6), [(1, 5)]);
        assert_eq!(found(8, 10), []);
    }
}
