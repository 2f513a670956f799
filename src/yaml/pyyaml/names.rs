//! Anchors, aliases, tags and directives.

use super::characters::{Mark, is_blank_or_end, is_space_or_end, is_word};
use super::{Context, Scanner};
use crate::source::encoding::utf8_error;
use crate::yaml::problem::{Problem, Scan};
use crate::yaml::scanner::Kind;

const IN_DIRECTIVE: &str = "while scanning a directive";
const ALPHANUMERIC: &str = "expected alphabetic or numeric character";

/// What a URI is part of, which shows in PyYAML's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Tag,
    Directive,
}

impl Part {
    fn scanning(self) -> &'static str {
        match self {
            Self::Tag => "while scanning a tag",
            Self::Directive => IN_DIRECTIVE,
        }
    }

    fn parsing(self) -> &'static str {
        match self {
            Self::Tag => "while parsing a tag",
            Self::Directive => "while parsing a directive",
        }
    }
}

impl Scanner<'_> {
    /// Reads `&name` or `*name`.
    pub(super) fn fetch_name(&mut self, kind: Kind, doing: &'static str) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.characters.mark();
        self.characters.skip();
        let name = self.characters.take_while(is_word);
        let next = self.characters.peek();
        if name.is_empty() || !(is_blank_or_end(next) || "?:,]}%@`".contains(next)) {
            return Err(self.but_found(Problem::BadAnchorName, Some((doing, Some(start))), ALPHANUMERIC));
        }
        self.push(kind, start, name.into());
        Ok(())
    }

    pub(super) fn fetch_tag(&mut self) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.characters.mark();
        let (handle, suffix) = match self.characters.peek_at(1) {
            '<' => (String::new(), self.read_verbatim_tag(start)?),
            next if is_blank_or_end(next) => {
                self.characters.skip();
                (String::new(), "!".to_owned())
            }
            _ => self.read_short_tag(start)?,
        };
        if !is_space_or_end(self.characters.peek()) {
            let context = Some((Part::Tag.scanning(), Some(start)));
            return Err(self.but_found(Problem::MissingTagEnd, context, "expected ' '"));
        }
        let kind = Kind::Tag { handle: handle.len() };
        self.push(kind, start, (handle + &suffix).into());
        Ok(())
    }

    /// Reads `!<uri>`.
    fn read_verbatim_tag(&mut self, start: Mark) -> Scan<String> {
        self.characters.skip_many(2);
        let suffix = self.read_uri(Part::Tag, start)?;
        if self.characters.peek() != '>' {
            let context = Some((Part::Tag.parsing(), Some(start)));
            return Err(self.but_found(Problem::UnclosedTag, context, "expected '>'"));
        }
        self.characters.skip();
        Ok(suffix)
    }

    /// Reads `!handle!suffix` or `!suffix`; any further `!` in the word makes the first part a handle.
    fn read_short_tag(&mut self, start: Mark) -> Scan<(String, String)> {
        let has_handle = self.word_holds_mark();
        let handle = if has_handle {
            self.read_handle(Part::Tag, start)?
        } else {
            self.characters.skip();
            "!".to_owned()
        };
        Ok((handle, self.read_uri(Part::Tag, start)?))
    }

    /// Whether a second `!` stands before the next space.
    fn word_holds_mark(&self) -> bool {
        let mut rest = self.characters.rest().chars().skip(1);
        rest.find(|&next| next == '!' || next == '\r' || is_space_or_end(next)) == Some('!')
    }

    /// Reads `!`, letters, and a second `!` unless a space follows the first.
    fn read_handle(&mut self, part: Part, start: Mark) -> Scan<String> {
        let context = Some((part.scanning(), Some(start)));
        let from = self.characters.at();
        if self.characters.peek() != '!' {
            return Err(self.but_found(Problem::MissingTagMark, context, "expected '!'"));
        }
        self.characters.skip();
        if self.characters.peek() != ' ' {
            self.characters.take_while(is_word);
            if self.characters.peek() != '!' {
                return Err(self.but_found(Problem::MissingTagMark, context, "expected '!'"));
            }
            self.characters.skip();
        }
        Ok(self.characters.since(from).to_owned())
    }

    /// Reads the characters of a URI, `%` escapes undone.
    fn read_uri(&mut self, part: Part, start: Mark) -> Scan<String> {
        let mut uri = String::new();
        let fits = |next: char| is_word(next) || (next != '\0' && ";/?:@&=+$,.!~*'()[]".contains(next));
        loop {
            uri.push_str(self.characters.take_while(fits));
            if self.characters.peek() != '%' {
                break;
            }
            self.read_uri_escapes(part, start, &mut uri)?;
        }
        if uri.is_empty() {
            let context = Some((part.parsing(), Some(start)));
            return Err(self.but_found(Problem::MissingTagUri, context, "expected URI"));
        }
        Ok(uri)
    }

    /// Reads as many `%` escapes as follow each other.
    fn read_uri_escapes(&mut self, part: Part, start: Mark, uri: &mut String) -> Scan<()> {
        let context = Some((part.scanning(), Some(start)));
        let first = self.characters.at();
        let mut octets = Vec::new();
        while self.characters.peek() == '%' {
            self.characters.skip();
            let digit = |ahead| self.characters.peek_at(ahead).to_digit(16);
            let (Some(high), Some(low)) = (digit(0), digit(1)) else {
                let found = self.characters.peek_at(usize::from(digit(0).is_some()));
                let expected = "expected URI escape sequence of 2 hexadecimal numbers";
                return Err(self.failure(Problem::MissingTagOctet, context, super::but_found(expected, found)));
            };
            octets.push(u8::try_from(high << 4 | low).unwrap_or(0));
            self.characters.skip_many(2);
        }
        match String::from_utf8(octets) {
            Ok(text) => uri.push_str(&text),
            Err(error) => {
                let words = utf8_error(error.as_bytes()).unwrap_or_default();
                return Err(self.failure_at(Problem::BadTagLeadingOctet, context, words, first));
            }
        }
        Ok(())
    }

    pub(super) fn fetch_directive(&mut self) -> Scan<()> {
        self.end_blocks()?;
        let start = self.characters.mark();
        let context = Some((IN_DIRECTIVE, Some(start)));
        self.characters.skip();
        let name = self.characters.take_while(is_word);
        if name.is_empty() {
            return Err(self.but_found(Problem::MissingDirectiveName, context, ALPHANUMERIC));
        }
        if !is_space_or_end(self.characters.peek()) {
            return Err(self.but_found(Problem::BadDirectiveName, context, ALPHANUMERIC));
        }
        let (kind, text) = match name {
            "YAML" => (self.read_version(context)?, String::new()),
            "TAG" => self.read_tag_directive(start)?,
            _ => (Kind::OtherDirective, String::new()),
        };
        let end = self.characters.at();
        if kind == Kind::OtherDirective {
            self.characters.skip_to_line_end();
        }
        self.skip_rest_of_line(context)?;
        self.push_to(kind, start, end, text.into());
        Ok(())
    }

    /// Reads ` 1.1`.
    fn read_version(&mut self, context: Context) -> Scan<Kind> {
        self.characters.skip_spaces();
        let major = self.read_version_number(context)?;
        if self.characters.peek() != '.' {
            return Err(self.but_found(Problem::MissingVersionDot, context, "expected a digit or '.'"));
        }
        self.characters.skip();
        let minor = self.read_version_number(context)?;
        if !is_space_or_end(self.characters.peek()) {
            return Err(self.but_found(Problem::MissingVersion, context, "expected a digit or ' '"));
        }
        Ok(Kind::VersionDirective { major, minor })
    }

    /// Reads digits; what no version has, such as 1000, is 255.
    fn read_version_number(&mut self, context: Context) -> Scan<u8> {
        let digits = self.characters.take_while(|next| next.is_ascii_digit());
        if digits.is_empty() {
            return Err(self.but_found(Problem::MissingVersion, context, "expected a digit"));
        }
        Ok(digits.parse().unwrap_or(u8::MAX))
    }

    /// Reads ` !handle! prefix`.
    fn read_tag_directive(&mut self, start: Mark) -> Scan<(Kind, String)> {
        let context = Some((IN_DIRECTIVE, Some(start)));
        self.characters.skip_spaces();
        let handle = self.read_handle(Part::Directive, start)?;
        if self.characters.peek() != ' ' {
            return Err(self.but_found(Problem::MissingTagPrefixSpace, context, "expected ' '"));
        }
        self.characters.skip_spaces();
        let prefix = self.read_uri(Part::Directive, start)?;
        if !is_space_or_end(self.characters.peek()) {
            return Err(self.but_found(Problem::MissingTagEnd, context, "expected ' '"));
        }
        Ok((Kind::TagDirective { handle: handle.len() }, handle + &prefix))
    }
}
