//! What stands behind a backslash, outside of sets and in them.

use super::groups::{Groups, Width};
use super::tokens::{Read, Tokens, shown};
use super::{Item, Kind};

/// A member of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Member {
    /// A byte.
    Byte(u32),
    /// A class of bytes.
    Class,
}

fn is_octal(byte: u8) -> bool {
    (b'0'..=b'7').contains(&byte)
}

fn number(digits: &[u8], radix: u32) -> u32 {
    digits.iter().fold(0, |sum, digit| sum * radix + char::from(*digit).to_digit(radix).unwrap_or(0))
}

fn bad(tokens: &Tokens<'_>, escape: &[u8]) -> String {
    tokens.fault(&format!("bad escape {}", shown(escape)), escape.len())
}

fn outside(tokens: &Tokens<'_>, digits: &[u8]) -> String {
    let words = format!("octal escape value \\{} outside of range 0-0o377", shown(digits));
    tokens.fault(&words, digits.len() + 1)
}

fn hexadecimal(tokens: &mut Tokens<'_>) -> Read<u32> {
    let digits = tokens.take_while(2, |byte| byte.is_ascii_hexdigit())?;
    if digits.len() < 2 {
        let words = format!("incomplete escape \\x{}", shown(digits));
        return Err(tokens.fault(&words, digits.len() + 2));
    }
    Ok(number(digits, 16))
}

/// The byte of an escape of one letter.
fn letter(byte: u8) -> Option<u32> {
    Some(match byte {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => 10,
        b'r' => 13,
        b't' => 9,
        b'v' => 11,
        b'\\' => 92,
        _ => return None,
    })
}

/// An escape in a set.
pub(super) fn in_set(tokens: &mut Tokens<'_>, escape: &[u8]) -> Read<Member> {
    let Some(&byte) = escape.get(1) else { return Err(bad(tokens, escape)) };
    if let Some(code) = letter(byte) {
        return Ok(Member::Byte(code));
    }
    match byte {
        b'd' | b'D' | b's' | b'S' | b'w' | b'W' => Ok(Member::Class),
        b'x' => hexadecimal(tokens).map(Member::Byte),
        b'0'..=b'7' => {
            let more = tokens.take_while(2, is_octal)?;
            let digits = [&[byte], more].concat();
            match number(&digits, 8) {
                code @ 0..=0o377 => Ok(Member::Byte(code)),
                _ => Err(outside(tokens, &digits)),
            }
        }
        _ if byte.is_ascii_alphanumeric() => Err(bad(tokens, escape)),
        _ => Ok(Member::Byte(u32::from(byte))),
    }
}

/// An escape outside of sets.
pub(super) fn outside_sets(tokens: &mut Tokens<'_>, escape: &[u8], groups: &Groups) -> Read<Item> {
    let Some(&byte) = escape.get(1) else { return Err(bad(tokens, escape)) };
    let one = Item { kind: Kind::Other, width: Width::ONE };
    match byte {
        b'A' | b'b' | b'B' | b'Z' => Ok(Item { kind: Kind::Place, width: Width::default() }),
        b'd' | b'D' | b's' | b'S' | b'w' | b'W' => Ok(one),
        _ if letter(byte).is_some() => Ok(one),
        b'x' => hexadecimal(tokens).map(|_| one),
        b'0' => tokens.take_while(2, is_octal).map(|_| one),
        b'1'..=b'9' => reference(tokens, byte, groups),
        _ if byte.is_ascii_alphabetic() => Err(bad(tokens, escape)),
        _ => Ok(one),
    }
}

/// `\1`, or a byte in three octal digits.
fn reference(tokens: &mut Tokens<'_>, first: u8, groups: &Groups) -> Read<Item> {
    let mut digits = vec![first];
    digits.extend(tokens.take_while(1, |byte| byte.is_ascii_digit())?);
    if digits.len() == 2 && digits.iter().all(|byte| is_octal(*byte)) {
        digits.extend(tokens.take_while(1, is_octal)?);
        if digits.len() == 3 {
            let item = Item { kind: Kind::Other, width: Width::ONE };
            return if number(&digits, 8) > 0o377 { Err(outside(tokens, &digits)) } else { Ok(item) };
        }
    }
    let group = number(&digits, 10);
    let at = usize::try_from(group).unwrap_or(usize::MAX);
    if at >= groups.next() {
        return Err(tokens.fault(&format!("invalid group reference {group}"), digits.len()));
    }
    let Some(width) = groups.width(at) else {
        return Err(tokens.fault("cannot refer to an open group", digits.len() + 1));
    };
    groups.check_look_behind(u64::from(group), tokens)?;
    Ok(Item { kind: Kind::Other, width })
}
