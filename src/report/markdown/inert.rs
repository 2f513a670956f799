//! Words from files as Markdown that shows them and does nothing else: no markup, no link, no mention of people,
//! issues or commits.
//!
//! Backslashes do not help: mentions are looked for in the text as it is shown. Code is the one place where neither
//! GitHub nor GitLab looks for anything.

use super::super::plain::{harmless, lines};

/// A text as code within a line.
pub(super) fn code(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|character| if character == '\n' { ' ' } else { harmless(character).unwrap_or(character) })
        .collect();
    let ticks = "`".repeat(longest_run(&text) + 1);
    // A blank at both ends is taken off again; it keeps backticks and wanted blanks apart from the fence.
    let edge = |character: char| character == '`' || character == ' ';
    let blank = if text.is_empty() || text.starts_with(edge) || text.ends_with(edge) { " " } else { "" };
    format!("{ticks}{blank}{text}{blank}{ticks}")
}

/// A text of several lines as a block of code.
pub(super) fn fence(text: &str) -> String {
    let text = lines(text).replace('␉', "    ");
    let ticks = "`".repeat(longest_run(&text).max(2) + 1);
    format!("{ticks}text\n{}\n{ticks}\n", text.trim_end_matches('\n'))
}

fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// A sentence of detctl's with words from a file in it. What it quotes becomes code, and so does every other word that
/// could mean something to Markdown.
pub(super) fn prose(text: &str) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while !rest.is_empty() {
        let (piece, after) = next(rest);
        match piece {
            Piece::Blank(blank) => shown.push_str(if blank.is_empty() { "" } else { " " }),
            Piece::Quoted(quoted) => shown.push_str(&code(quoted)),
            Piece::Word(word) => push_word(word, &mut shown),
        }
        rest = after;
    }
    shown
}

enum Piece<'a> {
    Blank(&'a str),
    Quoted(&'a str),
    Word(&'a str),
}

fn next(text: &str) -> (Piece<'_>, &str) {
    for quote in ['`', '"'] {
        let inside = text.strip_prefix(quote);
        if let Some((quoted, after)) = inside.and_then(|inside| inside.split_once(quote)) {
            return (Piece::Quoted(quoted), after);
        }
    }
    let blank = text.len() - text.trim_start().len();
    if blank > 0 {
        let (blank, after) = text.split_at(blank);
        return (Piece::Blank(blank), after);
    }
    let is_end =
        |(at, character): &(usize, char)| character.is_whitespace() || (*at > 0 && matches!(character, '"' | '`'));
    let end = text.char_indices().find(is_end).map_or(text.len(), |(at, _)| at);
    let (word, after) = text.split_at(end);
    (Piece::Word(word), after)
}

/// The marks of a sentence stay outside of the code.
fn push_word(word: &str, shown: &mut String) {
    let core = word.trim_start_matches('(').trim_end_matches([',', '.', ';', ':', ')', '?', '!']);
    if core.is_empty() || is_plain(core) {
        shown.push_str(word);
        return;
    }
    let start = word.find(core).unwrap_or(0);
    shown.push_str(word.get(..start).unwrap_or(""));
    shown.push_str(&code(core));
    shown.push_str(word.get(start + core.len()..).unwrap_or(""));
}

/// Words of letters, single hyphens and the like. Hexadecimal numbers may name commits, and `GH-1` an issue.
fn is_plain(word: &str) -> bool {
    let is_letter =
        |character: char| character.is_alphanumeric() || matches!(character, '-' | '\'' | '’' | '…' | ',' | '.');
    let is_commit = word.len() >= 7 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_issue = word.len() > 3 && word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("gh-"));
    let is_address = word.to_ascii_lowercase().starts_with("www.");
    word.chars().all(is_letter) && !is_commit && !is_issue && !is_address
}

#[cfg(test)]
mod tests {
    use super::{code, fence, prose};

    #[test]
    fn code_holds_whatever_it_is_given() {
        let table = [
            ("a100", "`a100`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            (" a", "`  a `"),
            ("", "`  `"),
            ("a\n<b>|@x", "`a <b>|@x`"),
            ("a\u{202e}b\u{1b}", "`a\u{FFFD}b␛`"),
        ];
        for (text, expected) in table {
            assert_eq!(code(text), expected);
        }
    }

    #[test]
    fn blocks_end_where_they_should() {
        assert_eq!(fence("a\n```\nb\n"), "````text\na\n```\nb\n````\n");
        assert_eq!(fence("\ta\r"), "```text\n    a␍\n```\n");
    }

    #[test]
    fn prose_keeps_words_and_covers_what_could_act() {
        let table = [
            ("pool \"a100\" belongs to two resource managers", "pool `a100` belongs to two resource managers"),
            ("`name` is deprecated", "`name` is deprecated"),
            (
                "resource manager \"a@b\" has no max_slots_per_pod.",
                "resource manager `a@b` has no `max_slots_per_pod`.",
            ),
            ("see #12, @user and <b>", "see `#12`, `@user` and `<b>`"),
            ("an \"open quote", "an `\"open` quote"),
            ("at deadbeef1 GH-12 www.a.b https://a.b", "at `deadbeef1` `GH-12` `www.a.b` `https://a.b`"),
            ("*a* _b_ ~c~ [d](e) !x &amp; \\", "`*a*` `_b_` `~c~` `[d](e` ) `!x` `&amp` ; `\\`"),
        ];
        for (text, expected) in table {
            let expected = expected.replace(" ) ", ") ").replace(" ; ", "; ");
            assert_eq!(prose(text), expected, "{text}");
        }
    }
}
