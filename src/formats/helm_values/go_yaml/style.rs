//! How go-yaml v2 chooses to write a text.

use super::Around;
use crate::value::go_text;
use crate::yaml::ScalarStyle;
use crate::yaml::scalar::{Scalar, go_yaml_v2, go_yaml_v2_tagged};

/// How a number looks after it went through JSON.
pub(super) fn number_text(number: f64) -> String {
    match go_yaml_v2(&go_text::json_number(number)) {
        Scalar::Int(whole) => whole.to_string(),
        _ => go_text::float_g64(number),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

pub(super) fn style(text: &str, look: &Look, around: Around) -> Style {
    if text.contains('\n') {
        let fits = look.allows_block && around != Around::Key;
        return if fits { Style::Literal } else { Style::Double };
    }
    if is_retyped(text) {
        return Style::Double;
    }
    match (look.allows_plain, look.allows_single) {
        (true, _) => Style::Plain,
        (false, true) => Style::Single,
        (false, false) => Style::Double,
    }
}

/// Whether go-yaml would read the plain text as something else.
fn is_retyped(text: &str) -> bool {
    // Words with a meaning have five letters at most; numbers and moments start with a digit, sign or dot.
    if text.len() > 5 && text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return false;
    }
    !matches!(go_yaml_v2(text), Scalar::String(_))
        || go_yaml_v2_tagged(Some("tag:yaml.org,2002:timestamp"), text, ScalarStyle::Plain).is_ok()
        || is_sexagesimal(text)
}

/// YAML 1.1 takes `1:30.5` for a number, which go-yaml minds when it writes: `^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$`.
fn is_sexagesimal(text: &str) -> bool {
    let body = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (body, fraction) = body.split_once('.').unwrap_or((body, ""));
    let mut parts = body.split(':');
    let first = parts.next().unwrap_or("");
    let mut count = 0;
    let groups = parts.all(|part| {
        count += 1;
        let digits = part.as_bytes();
        matches!(digits, [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
    });
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    groups && count > 0 && first.starts_with(|c: char| c.is_ascii_digit()) && is_number(first) && is_number(fraction)
}

/// What a text allows.
pub(super) struct Look {
    allows_plain: bool,
    allows_single: bool,
    allows_block: bool,
}

impl Look {
    pub(super) fn at(text: &str) -> Self {
        let blank_at_end = text.ends_with(' ');
        let around = text.starts_with(' ') || text.starts_with(is_break) || blank_at_end || text.ends_with(is_break);
        let mut before = None;
        let (mut break_blank, mut blank_break, mut breaks, mut special) = (false, false, false, false);
        for c in text.chars() {
            special |= !is_printable(c);
            breaks |= is_break(c);
            break_blank |= c == ' ' && before.is_some_and(is_break);
            blank_break |= is_break(c) && before == Some(' ');
            before = Some(c);
        }
        let broken = blank_break || special;
        Self {
            allows_plain: !around && !break_blank && !broken && !breaks && !has_indicator(text),
            allows_single: !break_blank && !broken,
            allows_block: !blank_at_end && !broken && !text.is_empty(),
        }
    }
}

fn has_indicator(text: &str) -> bool {
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    let mut at = 0;
    if text.starts_with("---") || text.starts_with("...") {
        return true;
    }
    while let Some(c) = characters.next() {
        let before_blank = characters.peek().is_none_or(|next| matches!(next, ' ' | '\t'));
        let found = match c {
            '#' | ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`'
                if at == 0 =>
            {
                true
            }
            '?' | '-' if at == 0 => before_blank,
            ':' => before_blank,
            '#' => matches!(before, ' ' | '\t') || is_break(before),
            _ => false,
        };
        if found {
            return true;
        }
        (before, at) = (c, at + 1);
    }
    false
}

pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// What go-yaml writes without an escape: nothing beyond 16 bits.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

pub(super) fn escaped(c: char) -> String {
    let short = match c {
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '"' | '\\' => c,
        '\u{85}' => 'N',
        '\u{a0}' => '_',
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        _ => {
            return match u32::from(c) {
                code @ ..=0xff => format!("\\x{code:02X}"),
                code @ ..=0xffff => format!("\\u{code:04X}"),
                code => format!("\\U{code:08X}"),
            };
        }
    };
    format!("\\{short}")
}
