//! What must stay secret, covered: in excerpts by its place, in messages by its text.

use std::borrow::Cow;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;

use crate::source::{SourceMap, Span};

/// What stands for each column of a secret.
pub(super) const COVER: char = '•';

/// The shortest secret that is looked for in what a mend writes, in bytes.
const SHORT: usize = 3;

/// The shortest piece of a line that PyYAML shows and that is looked for in the file, in bytes.
const PIECE: usize = 4;

/// The bytes of a file that must not be shown.
pub(super) struct Secrets<'a> {
    sources: &'a SourceMap,
    /// By source and start, without overlaps.
    spans: Vec<Span>,
    /// Their texts.
    texts: Vec<&'a str>,
    /// Those that are so peculiar that they give themselves away wherever they stand.
    telling: Option<AhoCorasick>,
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
        let bare = |&span: &Span| sources.slice(span).trim_matches(['"', '\'', '*', '&', ' ']);
        let is_secret = |text: &&str| text.len() >= SHORT && !is_variable(text);
        let mut texts: Vec<&str> = secrets.iter().map(bare).filter(is_secret).collect();
        texts.sort_unstable();
        texts.dedup();
        let telling: Vec<&str> = texts.iter().copied().filter(|text| is_telling(text)).collect();
        Self { sources, spans, texts, telling: finder(&telling) }
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
        let text = if self.spans.is_empty() { Cow::Borrowed(text) } else { self.shown_lines(text) };
        let Some(telling) = self.telling.as_ref().filter(|telling| telling.is_match(&*text)) else {
            return text;
        };
        Cow::Owned(replaced(&text, telling))
    }

    /// A line with every secret covered that stands in it, also those that are ordinary words.
    pub(super) fn covered_all(&self, text: &str) -> String {
        let here: Vec<&str> = self.texts.iter().copied().filter(|secret| text.contains(secret)).collect();
        finder(&here).map_or_else(|| text.to_owned(), |here| replaced(text, &here))
    }

    /// A message of PyYAML shows a piece of a line of the file above a `^`: there a secret is known by its place.
    fn shown_lines<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut covered = Cow::Borrowed(text);
        for (line, under) in text.lines().zip(text.lines().skip(1)) {
            let piece = line.trim();
            let piece = piece.strip_prefix("... ").unwrap_or(piece);
            let piece = piece.strip_suffix(" ...").unwrap_or(piece);
            if under.trim() == "^"
                && piece.len() >= PIECE
                && let Some(hidden) = self.of_piece(piece)
            {
                covered = Cow::Owned(covered.replace(piece, &hidden));
            }
        }
        covered
    }

    /// A piece of a line with its secrets covered, where it stands in the file with secrets in it.
    fn of_piece(&self, piece: &str) -> Option<String> {
        self.sources.iter().find_map(|(id, file)| {
            let places = memmem::find_iter(file.text().as_bytes(), piece);
            let spans = places
                .filter_map(|at| Some(Span::new(id, u32::try_from(at).ok()?, u32::try_from(at + piece.len()).ok()?)));
            let span = spans.take(1_000).find(|span| self.within(*span).next().is_some())?;
            let mut hidden = String::new();
            let mut at = span.start;
            for secret in self.within(span) {
                hidden.push_str(file.text().get(at as usize..secret.start.max(at) as usize).unwrap_or(""));
                let (start, end) = (secret.start.max(span.start), secret.end.min(span.end));
                let inner = file.text().get(start as usize..end as usize).unwrap_or("");
                hidden.extend(inner.chars().map(|_| COVER));
                at = end;
            }
            hidden.push_str(file.text().get(at as usize..span.end as usize).unwrap_or(""));
            Some(hidden)
        })
    }
}

/// What finds the longest of several texts; `None` where there is nothing to find.
fn finder(texts: &[&str]) -> Option<AhoCorasick> {
    let builder = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(texts).ok();
    if texts.is_empty() { None } else { builder() }
}

fn replaced(text: &str, finder: &AhoCorasick) -> String {
    let mut out = String::with_capacity(text.len());
    finder.replace_all_with(text, &mut out, |_, secret, out| {
        out.extend(secret.chars().map(|_| COVER));
        true
    });
    out
}

/// The name of a variable of the environment, which stands for a secret and is none.
fn is_variable(text: &str) -> bool {
    let Some(name) = text.strip_prefix('$') else { return false };
    let name = name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name);
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.contains('_')
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

fn is_telling(text: &str) -> bool {
    text.len() >= 8 && text.len() <= 16 * 1024 && !text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::Secrets;
    use crate::source::{SourceMap, Span};

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
