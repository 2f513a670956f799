//! Parentheses: groups, and everything that begins with `(?`.

use super::groups::{MOST_GROUPS, Width};
use super::tokens::{self, quoted, shown};
use super::{Item, Kind, Parser, Scope};
use crate::yaml::scalar::python_int;

/// What a parenthesis was.
pub(super) enum Read {
    /// A part of the pattern.
    Item(Item),
    /// A comment.
    Nothing,
    /// Flags for the whole pattern.
    Flags,
}

/// The flag `a`.
pub(super) const ASCII: u8 = 1;
/// The flag `L`.
pub(super) const LOCALE: u8 = 2;
/// The flag `t`, which can only be set for the whole pattern.
const TEMPLATE: u8 = 4;
/// The flag `x`.
const VERBOSE: u8 = 8;
const TYPES: u8 = ASCII | LOCALE;

fn flag(token: &[u8]) -> Option<u8> {
    Some(match token {
        b"a" => ASCII,
        b"L" => LOCALE,
        b"t" => TEMPLATE,
        b"x" => VERBOSE,
        b"i" => 16,
        b"m" => 32,
        b"s" => 64,
        b"u" => 128,
        _ => return None,
    })
}

/// Whether bytes read as Latin-1 are a name to Python.
fn is_identifier(name: &[u8]) -> bool {
    let letter = |byte: u8| byte == b'_' || char::from(byte).is_alphabetic();
    let later = |byte: &u8| letter(*byte) || byte.is_ascii_digit() || *byte == 0xB7;
    name.first().is_some_and(|first| letter(*first)) && name.iter().all(later)
}

impl<'p> Parser<'p> {
    /// Reads a parenthesis behind its `(`.
    pub(super) fn parenthesis(&mut self, scope: Scope) -> tokens::Read<Read> {
        let start = self.tokens.tell() - 1;
        let inner = Scope { depth: scope.depth + 1, is_first: false, ..scope };
        if !self.tokens.skip(b'?')? {
            return self.group(None, start, inner);
        }
        let token = self.required()?;
        match token {
            b"P" => self.named(start, inner),
            b":" | b">" => self.plain_group(start, inner),
            b"#" => self.comment(start),
            b"=" | b"!" => self.look(start, inner),
            b"<" => {
                let token = self.required()?;
                if !matches!(token, b"=" | b"!") {
                    let words = format!("unknown extension ?<{}", shown(token));
                    return Err(self.tokens.fault(&words, token.len() + 2));
                }
                self.look_behind(start, inner)
            }
            b"(" => self.conditional(start, inner),
            _ if flag(token).is_some() || token == b"-" => self.flags(token, start, scope),
            _ => {
                let words = format!("unknown extension ?{}", shown(token));
                Err(self.tokens.fault(&words, token.len() + 1))
            }
        }
    }

    fn required(&mut self) -> tokens::Read<&'p [u8]> {
        let token = self.tokens.take()?;
        token.ok_or_else(|| self.tokens.fault("unexpected end of pattern", 0))
    }

    fn close(&mut self, start: usize) -> tokens::Read<()> {
        if self.tokens.skip(b')')? {
            return Ok(());
        }
        Err(self.tokens.fault_at("missing ), unterminated subpattern", start))
    }

    fn group(&mut self, name: Option<&[u8]>, start: usize, inner: Scope) -> tokens::Read<Read> {
        let group = self.groups.open(name, &self.tokens)?;
        let width = self.branches(inner)?;
        self.close(start)?;
        self.groups.close(group, width);
        Ok(Read::Item(Item { kind: Kind::Other, width }))
    }

    fn plain_group(&mut self, start: usize, inner: Scope) -> tokens::Read<Read> {
        let width = self.branches(inner)?;
        self.close(start)?;
        Ok(Read::Item(Item { kind: Kind::Other, width }))
    }

    fn look(&mut self, start: usize, inner: Scope) -> tokens::Read<Read> {
        self.branches(inner)?;
        self.close(start)?;
        Ok(Read::Item(Item { kind: Kind::Other, width: Width::default() }))
    }

    fn look_behind(&mut self, start: usize, inner: Scope) -> tokens::Read<Read> {
        let outer = self.groups.look_behind;
        self.groups.look_behind = outer.or(Some(self.groups.next()));
        let width = self.branches(inner)?;
        self.groups.look_behind = outer;
        self.close(start)?;
        self.varying_look_behind |= width.least != width.most;
        Ok(Read::Item(Item { kind: Kind::Other, width: Width::default() }))
    }

    fn comment(&mut self, start: usize) -> tokens::Read<Read> {
        loop {
            match self.tokens.take()? {
                None => return Err(self.tokens.fault_at("missing ), unterminated comment", start)),
                Some(b")") => return Ok(Read::Nothing),
                Some(_) => {}
            }
        }
    }

    /// `(?P<name>…)` and `(?P=name)`.
    fn named(&mut self, start: usize, inner: Scope) -> tokens::Read<Read> {
        if self.tokens.skip(b'<')? {
            let name = self.tokens.take_until(b'>', "group name")?;
            self.check_name(name)?;
            return self.group(Some(name), start, inner);
        }
        if !self.tokens.skip(b'=')? {
            let token = self.required()?;
            let words = format!("unknown extension ?P{}", shown(token));
            return Err(self.tokens.fault(&words, token.len() + 2));
        }
        let name = self.tokens.take_until(b')', "group name")?;
        self.check_name(name)?;
        let group = self.group_named(name)?;
        let Some(width) = self.groups.width(group) else {
            return Err(self.tokens.fault("cannot refer to an open group", name.len() + 1));
        };
        self.groups.check_look_behind(group as u64, &self.tokens)?;
        Ok(Read::Item(Item { kind: Kind::Other, width }))
    }

    fn check_name(&self, name: &[u8]) -> tokens::Read<()> {
        if is_identifier(name) {
            return Ok(());
        }
        Err(self.tokens.fault(&format!("bad character in group name {}", quoted(name)), name.len() + 1))
    }

    fn group_named(&self, name: &[u8]) -> tokens::Read<usize> {
        let unknown = || self.tokens.fault(&format!("unknown group name {}", quoted(name)), name.len() + 1);
        self.groups.named(name).ok_or_else(unknown)
    }

    /// `(?(1)yes|no)`.
    fn conditional(&mut self, start: usize, inner: Scope) -> tokens::Read<Read> {
        let name = self.tokens.take_until(b')', "group name")?;
        let group = if is_identifier(name) { self.group_named(name)? as u64 } else { self.group_number(name)? };
        self.groups.check_look_behind(group, &self.tokens)?;
        let yes = self.sequence(inner)?;
        let no = if self.tokens.skip(b'|')? { Some(self.sequence(inner)?) } else { None };
        if no.is_some() && self.tokens.is_one_of(b"|") {
            return Err(self.tokens.fault("conditional backref with more than two branches", 0));
        }
        self.close(start)?;
        let width = yes.or(no.unwrap_or_default());
        Ok(Read::Item(Item { kind: Kind::Other, width }))
    }

    fn group_number(&mut self, name: &[u8]) -> tokens::Read<u64> {
        let text: String = name.iter().copied().map(char::from).collect();
        let number = python_int(&text, 10).ok().filter(|number| !number.starts_with('-'));
        let Some(number) = number else {
            return Err(self.tokens.fault(&format!("bad character in group name {}", quoted(name)), name.len() + 1));
        };
        let group = number.parse().unwrap_or(u64::MAX);
        if group == 0 {
            return Err(self.tokens.fault("bad group number", name.len() + 1));
        }
        if group >= MOST_GROUPS {
            return Err(self.tokens.fault(&format!("invalid group reference {number}"), name.len() + 1));
        }
        if self.groups.asked.iter().all(|(asked, _)| *asked != group) {
            self.groups.asked.push((group, self.tokens.tell() - name.len() - 1));
        }
        Ok(group)
    }

    /// `(?i)`, `(?i:…)`, `(?-i:…)`.
    fn flags(&mut self, first: &'p [u8], start: usize, scope: Scope) -> tokens::Read<Read> {
        let (added, end) = if first == b"-" { (0, first) } else { self.added_flags(first)? };
        if end == b")" {
            if !scope.is_first {
                let words = "global flags not at the start of the expression";
                return Err(self.tokens.fault_at(words, start));
            }
            self.verbose |= added & VERBOSE != 0;
            self.types |= added & TYPES;
            return Ok(Read::Flags);
        }
        if added & TEMPLATE != 0 {
            return Err(self.tokens.fault("bad inline flags: cannot turn on global flag", 1));
        }
        let removed = if end == b"-" { self.removed_flags()? } else { 0 };
        if removed & TEMPLATE != 0 {
            return Err(self.tokens.fault("bad inline flags: cannot turn off global flag", 1));
        }
        if added & removed != 0 {
            return Err(self.tokens.fault("bad inline flags: flag turned on and off", 1));
        }
        let verbose = (scope.verbose || added & VERBOSE != 0) && removed & VERBOSE == 0;
        self.plain_group(start, Scope { verbose, depth: scope.depth + 1, is_first: false })
    }

    /// The flags from `first` on, and what ends them.
    fn added_flags(&mut self, first: &'p [u8]) -> tokens::Read<(u8, &'p [u8])> {
        let (mut added, mut token) = (0, first);
        loop {
            let flag = self.flag(token, "missing -, : or )")?;
            if token == b"u" {
                let words = "bad inline flags: cannot use 'u' flag with a bytes pattern";
                return Err(self.tokens.fault(words, 0));
            }
            added |= flag;
            if flag & TYPES != 0 && added & TYPES != flag {
                let words = "bad inline flags: flags 'a', 'u' and 'L' are incompatible";
                return Err(self.tokens.fault(words, 0));
            }
            token = match self.tokens.take()? {
                None => return Err(self.tokens.fault("missing -, : or )", 0)),
                Some(end @ (b")" | b"-" | b":")) => return Ok((added, end)),
                Some(token) => token,
            };
        }
    }

    /// The flags behind a `-`, up to the colon.
    fn removed_flags(&mut self) -> tokens::Read<u8> {
        let mut removed = 0;
        let mut missing = "missing flag";
        loop {
            let token = self.tokens.take()?;
            let token = token.ok_or_else(|| self.tokens.fault(missing, 0))?;
            if removed != 0 && token == b":" {
                return Ok(removed);
            }
            let flag = self.flag(token, missing)?;
            if flag & TYPES != 0 || token == b"u" {
                let words = "bad inline flags: cannot turn off flags 'a', 'u' and 'L'";
                return Err(self.tokens.fault(words, 0));
            }
            removed |= flag;
            missing = "missing :";
        }
    }

    fn flag(&self, token: &[u8], missing: &str) -> tokens::Read<u8> {
        flag(token).ok_or_else(|| {
            let is_letter = token.iter().all(|byte| char::from(*byte).is_alphabetic());
            self.tokens.fault(if is_letter { "unknown flag" } else { missing }, token.len())
        })
    }
}
