//! Regular expressions as Python 3.11's `re` reads them, of bytes: whether a pattern compiles, and what is said if not.

mod escapes;
mod extensions;
mod groups;
mod tokens;

use self::escapes::{Member, in_set, outside_sets};
use self::groups::{Groups, Width};
use self::tokens::{Read, Tokens, shown};

/// Numbers of repetitions from here on are too large.
const MOST_REPEATS: u64 = 4_294_967_295;

/// Deepest nesting that is followed; Python's own stack ends not much deeper.
const DEPTH: usize = 200;

/// A part of a pattern, for what may stand behind it.
#[derive(Clone, Copy, Debug)]
struct Item {
    kind: Kind,
    width: Width,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `^`, `\b`: nothing that can be repeated.
    Place,
    /// What is repeated already.
    Repeat,
    Other,
}

/// What holds in a part of a pattern.
#[derive(Clone, Copy, Debug)]
struct Scope {
    /// White space and comments are passed over.
    verbose: bool,
    depth: usize,
    /// The very first branch, which may start with flags for all.
    is_first: bool,
}

/// Whether Python compiles a pattern.
///
/// # Errors
/// Python's words.
pub fn check(pattern: &[u8]) -> Result<(), String> {
    let mut parser = Parser {
        tokens: Tokens::new(pattern)?,
        groups: Groups::default(),
        verbose: false,
        types: 0,
        varying_look_behind: false,
    };
    parser.branches(Scope { verbose: false, depth: 0, is_first: true })?;
    if parser.types == extensions::ASCII | extensions::LOCALE {
        return Err("ASCII and LOCALE flags are incompatible".to_owned());
    }
    if parser.tokens.peek().is_some() {
        return Err(parser.tokens.fault("unbalanced parenthesis", 0));
    }
    let missing = parser.groups.asked.iter().find(|(group, _)| *group >= parser.groups.next() as u64);
    if let Some((group, at)) = missing {
        return Err(parser.tokens.fault_at(&format!("invalid group reference {group}"), *at));
    }
    if parser.varying_look_behind {
        return Err("look-behind requires fixed-width pattern".to_owned());
    }
    Ok(())
}

/// The reading of one pattern.
struct Parser<'p> {
    tokens: Tokens<'p>,
    groups: Groups,
    /// Whether `x` was set for the whole pattern.
    verbose: bool,
    /// The flags about types of characters that were set for the whole pattern.
    types: u8,
    varying_look_behind: bool,
}

impl<'p> Parser<'p> {
    /// Reads `a|b|c`.
    fn branches(&mut self, scope: Scope) -> Read<Width> {
        let mut scope = scope;
        let mut width = self.sequence(scope)?;
        while self.tokens.skip(b'|')? {
            if scope.depth == 0 {
                scope.verbose = self.verbose;
            }
            scope.is_first = false;
            width = width.or(self.sequence(scope)?);
        }
        Ok(width)
    }

    /// Reads up to a `|`, a `)` or the end.
    fn sequence(&mut self, scope: Scope) -> Read<Width> {
        if scope.depth > DEPTH {
            return Err("maximum recursion depth exceeded".to_owned());
        }
        let mut scope = scope;
        let mut items: Vec<Item> = Vec::new();
        while let Some(token) = self.tokens.peek().filter(|token| !matches!(token, [b'|' | b')'])) {
            self.tokens.take()?;
            if scope.verbose && self.skips(token)? {
                continue;
            }
            match token {
                [b'\\', ..] => items.push(outside_sets(&mut self.tokens, token, &self.groups)?),
                [b'['] => items.push(self.set()?),
                [b'*' | b'+' | b'?' | b'{'] => self.repeat(token, &mut items)?,
                [b'('] => {
                    let inner = Scope { is_first: scope.is_first && items.is_empty(), ..scope };
                    match self.parenthesis(inner)? {
                        extensions::Read::Item(item) => items.push(item),
                        extensions::Read::Nothing => {}
                        extensions::Read::Flags => scope.verbose = self.verbose,
                    }
                }
                [b'^' | b'$'] => items.push(Item { kind: Kind::Place, width: Width::default() }),
                _ => items.push(Item { kind: Kind::Other, width: Width::ONE }),
            }
        }
        Ok(items.iter().fold(Width::default(), |sum, item| sum.plus(item.width)))
    }

    /// Whether a token is passed over where white space and comments are; a comment goes with its line.
    fn skips(&mut self, token: &[u8]) -> Read<bool> {
        match token {
            [b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c] => Ok(true),
            [b'#'] => {
                while self.tokens.take()?.is_some_and(|token| token != [b'\n']) {}
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Reads a set behind its `[`.
    fn set(&mut self) -> Read<Item> {
        let here = self.tokens.tell() - 1;
        self.tokens.skip(b'^')?;
        let mut is_empty = true;
        loop {
            let this = self.member(here)?;
            if this == [b']'] && !is_empty {
                break;
            }
            is_empty = false;
            let low = self.meaning(this)?;
            if !self.tokens.skip(b'-')? {
                continue;
            }
            let that = self.member(here)?;
            if that == [b']'] {
                break;
            }
            let high = self.meaning(that)?;
            let is_range = matches!((low, high), (Member::Byte(low), Member::Byte(high)) if low <= high);
            if !is_range {
                let words = format!("bad character range {}-{}", shown(this), shown(that));
                return Err(self.tokens.fault(&words, this.len() + 1 + that.len()));
            }
        }
        Ok(Item { kind: Kind::Other, width: Width::ONE })
    }

    fn member(&mut self, start: usize) -> Read<&'p [u8]> {
        let token = self.tokens.take()?;
        token.ok_or_else(|| self.tokens.fault_at("unterminated character set", start))
    }

    fn meaning(&mut self, token: &[u8]) -> Read<Member> {
        match token {
            [b'\\', ..] => in_set(&mut self.tokens, token),
            [byte, ..] => Ok(Member::Byte(u32::from(*byte))),
            [] => Ok(Member::Class),
        }
    }

    /// Reads the rest of `*`, `+`, `?` or `{…}`, and repeats the last item.
    fn repeat(&mut self, token: &[u8], items: &mut Vec<Item>) -> Read<()> {
        let here = self.tokens.tell();
        let (least, most) = match token {
            [b'?'] => (0, Some(1)),
            [b'*'] => (0, None),
            [b'+'] => (1, None),
            _ => match self.bounds(here)? {
                Some(bounds) => bounds,
                None => {
                    items.push(Item { kind: Kind::Other, width: Width::ONE });
                    return Ok(());
                }
            },
        };
        let back = self.tokens.tell() - here + token.len();
        let Some(last) = items.last_mut().filter(|last| last.kind != Kind::Place) else {
            return Err(self.tokens.fault("nothing to repeat", back));
        };
        if last.kind == Kind::Repeat {
            return Err(self.tokens.fault("multiple repeat", back));
        }
        *last = Item { kind: Kind::Repeat, width: last.width.times(least, most) };
        if !self.tokens.skip(b'?')? {
            self.tokens.skip(b'+')?;
        }
        Ok(())
    }

    /// Reads `1,2}`; `None` where the `{` stands for itself.
    fn bounds(&mut self, here: usize) -> Read<Option<(u64, Option<u64>)>> {
        if self.tokens.peek() == Some(b"}") {
            return Ok(None);
        }
        let digits = |byte: u8| byte.is_ascii_digit();
        let low = self.tokens.take_while(usize::MAX, digits)?;
        let high = if self.tokens.skip(b',')? { self.tokens.take_while(usize::MAX, digits)? } else { low };
        if !self.tokens.skip(b'}')? {
            self.tokens.seek(here)?;
            return Ok(None);
        }
        let number = |digits: &[u8]| {
            let value =
                digits.iter().fold(0_u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0')));
            let fits = value < MOST_REPEATS;
            if fits { Ok(value) } else { Err("the repetition number is too large".to_owned()) }
        };
        let least = number(low)?;
        let most = if high.is_empty() { None } else { Some(number(high)?) };
        if most.is_some_and(|most| most < least) {
            return Err(self.tokens.fault("min repeat greater than max repeat", self.tokens.tell() - here));
        }
        Ok(Some((least, most)))
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    /// Patterns with what Python 3.11 says of them.
    #[test]
    fn patterns_are_refused_in_the_words_of_python() {
        let table = include_str!("../../../fixtures/python/regular-expressions.tsv");
        for line in table.lines() {
            let (pattern, said) = line.split_once('\t').unwrap();
            let pattern: String = serde_json::from_str(pattern).unwrap();
            let words = check(pattern.as_bytes()).err().unwrap_or_default();
            assert_eq!(words, said, "{pattern}");
        }
    }
}
