//! Which quotes a scalar gets.

use super::nodes::ScalarTag;
use crate::yaml::scalar::{PyScalar, pyyaml};

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

/// Where a scalar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A key on the line of its value.
    SimpleKey,
    /// Anything else.
    Other,
}

/// How many lines a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Empty,
    OneLine,
    Lines,
}

/// What PyYAML finds in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Analysis {
    pub(super) shape: Shape,
    allows_plain: bool,
    allows_single: bool,
    allows_block: bool,
}

fn is_blank_or_end(next: Option<&char>) -> bool {
    next.is_none_or(|next| "\0 \t\r\n\u{85}\u{2028}\u{2029}".contains(*next))
}

fn is_break(next: char) -> bool {
    "\n\u{85}\u{2028}\u{2029}".contains(next)
}

impl Analysis {
    pub(super) fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self { shape: Shape::Empty, allows_plain: true, allows_single: true, allows_block: false };
        }
        let characters: Vec<char> = text.chars().collect();
        let is_multiline = characters.iter().any(|next| is_break(*next));
        // Written in ASCII; all else is escaped.
        let is_special = characters.iter().any(|next| !matches!(next, '\n' | ' '..='~'));
        let pair = |one: fn(char) -> bool, other: fn(char) -> bool| {
            characters.windows(2).any(|pair| matches!(pair, [first, second] if one(*first) && other(*second)))
        };
        let break_space = pair(is_break, |next| next == ' ');
        let space_break = pair(|next| next == ' ', is_break);
        let (first, last) = (characters.first().copied().unwrap_or(' '), characters.last().copied().unwrap_or(' '));
        let is_edged = first == ' ' || last == ' ' || is_break(first) || is_break(last);
        let is_bad = space_break || is_special;
        Self {
            shape: if is_multiline { Shape::Lines } else { Shape::OneLine },
            allows_plain: !(is_edged || break_space || is_bad || is_multiline || holds_indicator(&characters)),
            allows_single: !(break_space || is_bad),
            allows_block: !(last == ' ' || is_bad),
        }
    }
}

/// Whether a text cannot stand without quotes in a block because of an indicator.
fn holds_indicator(characters: &[char]) -> bool {
    if matches!(characters, ['-', '-', '-', ..] | ['.', '.', '.', ..]) {
        return true;
    }
    let is_spaced = |at: usize| is_blank_or_end(characters.get(at + 1));
    characters.iter().enumerate().any(|(at, next)| match (at, next) {
        (0, ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`') => true,
        (0, '?' | ':' | '-') => is_spaced(at),
        (_, ':') => is_spaced(at),
        (1.., '#') => is_blank_or_end(characters.get(at - 1)),
        _ => false,
    })
}

/// The style of a scalar, and whether its tag has to be written.
pub(super) fn choose(kind: ScalarTag, text: &str, analysis: Analysis, role: Role) -> (Style, bool) {
    let is_key = role == Role::SimpleKey;
    if kind == ScalarTag::Binary {
        let style = if !is_key && analysis.allows_block { Style::Literal } else { Style::Double };
        return (style, true);
    }
    // Numbers and such are written so that PyYAML reads them back.
    let reads_back = kind != ScalarTag::Str || matches!(pyyaml(text), Ok(PyScalar::String(_)));
    if reads_back && analysis.allows_plain && !(is_key && analysis.shape != Shape::OneLine) {
        return (Style::Plain, false);
    }
    let style = if analysis.allows_single && !(is_key && analysis.shape == Shape::Lines) {
        Style::Single
    } else {
        Style::Double
    };
    (style, kind != ScalarTag::Str)
}
