//! Anchors, aliases, tags and directives.

use super::reader::is_word;
use super::{Kind, Mark, Scanner};
use crate::yaml::problem::{Problem, Scan};

/// Most digits of a part of a version.
const MAX_VERSION_DIGITS: usize = 2;

impl Scanner<'_> {
    /// Reads `&name` or `*name`.
    pub(super) fn fetch_name(&mut self, kind: Kind) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.skip_ascii(1);
        let name = self.read_word()?;
        let ends = self.reader.is_space(0) || b"?:,]}%@`".contains(&self.reader.byte(0));
        if name.is_empty() || !ends {
            return Err(self.failure(Problem::BadAnchorName, start.byte));
        }
        self.push(kind, start, name.into());
        Ok(())
    }

    /// Reads letters, digits, `_` and `-`.
    fn read_word(&mut self) -> Scan<String> {
        let start = self.reader.at();
        self.reader.need(1)?;
        while is_word(self.reader.byte(0)) {
            self.reader.skip_ascii(1);
            self.reader.need(1)?;
        }
        Ok(self.reader.since(start).to_owned())
    }

    pub(super) fn fetch_tag(&mut self) -> Scan<()> {
        self.save_candidate()?;
        self.key_allowed = false;
        let start = self.reader.mark();
        self.reader.need(2)?;
        let (handle, suffix) = if self.reader.byte(1) == b'<' {
            (String::new(), self.read_verbatim_tag(start)?)
        } else {
            self.read_short_tag(start)?
        };
        self.reader.need(1)?;
        if !self.reader.is_space(0) {
            return Err(self.failure(Problem::MissingTagEnd, start.byte));
        }
        let kind = Kind::Tag { handle: handle.len() };
        self.push(kind, start, (handle + &suffix).into());
        Ok(())
    }

    /// Reads `!<uri>`.
    fn read_verbatim_tag(&mut self, start: Mark) -> Scan<String> {
        self.reader.skip_ascii(2);
        let suffix = self.read_uri(start)?.ok_or_else(|| self.failure(Problem::MissingTagUri, start.byte))?;
        if self.reader.byte(0) != b'>' {
            return Err(self.failure(Problem::UnclosedTag, start.byte));
        }
        self.reader.skip_ascii(1);
        Ok(suffix)
    }

    /// Reads `!handle!suffix`, `!suffix` or `!`, which has no handle.
    fn read_short_tag(&mut self, start: Mark) -> Scan<(String, String)> {
        let head = self.read_handle(start, Problem::MissingTagMark)?;
        let rest = self.read_uri(start)?;
        if head.len() > 1 && head.ends_with('!') {
            let suffix = rest.ok_or_else(|| self.failure(Problem::MissingTagUri, start.byte))?;
            return Ok((head, suffix));
        }
        let suffix = head.trim_start_matches('!').to_owned() + &rest.unwrap_or_default();
        if suffix.is_empty() {
            return Ok((String::new(), "!".to_owned()));
        }
        Ok(("!".to_owned(), suffix))
    }

    /// Reads `!`, letters, and perhaps a second `!`.
    fn read_handle(&mut self, start: Mark, otherwise: Problem) -> Scan<String> {
        self.reader.need(1)?;
        if self.reader.byte(0) != b'!' {
            return Err(self.failure(otherwise, start.byte));
        }
        let from = self.reader.at();
        self.reader.skip_ascii(1);
        self.read_word()?;
        if self.reader.byte(0) == b'!' {
            self.reader.skip_ascii(1);
        }
        Ok(self.reader.since(from).to_owned())
    }

    /// Reads the characters of a URI, `%` escapes undone; `None` if there are none.
    fn read_uri(&mut self, start: Mark) -> Scan<Option<String>> {
        let mut uri = Vec::new();
        self.reader.need(1)?;
        loop {
            match self.reader.byte(0) {
                b'%' => self.read_uri_escape(start, &mut uri)?,
                byte if is_word(byte) || b";/?:@&=+$,.!~*'()[]".contains(&byte) => {
                    uri.push(byte);
                    self.reader.skip_ascii(1);
                }
                _ => break,
            }
            self.reader.need(1)?;
        }
        Ok((!uri.is_empty()).then(|| String::from_utf8_lossy(&uri).into_owned()))
    }

    /// Reads the `%` escapes of one character.
    fn read_uri_escape(&mut self, start: Mark, uri: &mut Vec<u8>) -> Scan<()> {
        let mut left = None;
        while left != Some(0) {
            self.reader.need(3)?;
            let digit = |ahead| char::from(self.reader.byte(ahead)).to_digit(16);
            let octet = match (self.reader.byte(0), digit(1), digit(2)) {
                (b'%', Some(high), Some(low)) => u8::try_from(high << 4 | low).unwrap_or(0),
                _ => return Err(self.failure(Problem::MissingTagOctet, start.byte)),
            };
            left = Some(match (left, octet) {
                (None, 0..0x80) => 0,
                (None, 0xc0..0xe0) => 1,
                (None, 0xe0..0xf0) => 2,
                (None, 0xf0..0xf8) => 3,
                (None, _) => return Err(self.failure(Problem::BadTagLeadingOctet, start.byte)),
                (Some(left), 0x80..0xc0) => left - 1,
                (Some(_), _) => return Err(self.failure(Problem::BadTagTrailingOctet, start.byte)),
            });
            uri.push(octet);
            self.reader.skip_ascii(3);
        }
        Ok(())
    }

    pub(super) fn fetch_directive(&mut self) -> Scan<()> {
        self.end_blocks()?;
        let start = self.reader.mark();
        self.reader.skip_ascii(1);
        let name = self.read_word()?;
        if name.is_empty() {
            return Err(self.failure(Problem::MissingDirectiveName, start.byte));
        }
        if !self.reader.is_space(0) {
            return Err(self.failure(Problem::BadDirectiveName, start.byte));
        }
        let (kind, text) = match name.as_str() {
            "YAML" => (self.read_version(start)?, String::new()),
            "TAG" => self.read_tag_directive(start)?,
            _ => return Err(self.failure(Problem::UnknownDirective, start.byte)),
        };
        let end = self.reader.at();
        self.skip_rest_of_line(start)?;
        self.push_to(kind, start, end, text.into());
        Ok(())
    }

    /// Reads ` 1.1`.
    fn read_version(&mut self, start: Mark) -> Scan<Kind> {
        self.reader.need(1)?;
        self.skip_blanks()?;
        let major = self.read_version_number(start)?;
        if self.reader.byte(0) != b'.' {
            return Err(self.failure(Problem::MissingVersionDot, start.byte));
        }
        self.reader.skip_ascii(1);
        let minor = self.read_version_number(start)?;
        Ok(Kind::VersionDirective { major, minor })
    }

    fn read_version_number(&mut self, start: Mark) -> Scan<u8> {
        self.reader.need(1)?;
        let mut number = 0;
        let mut digits = 0;
        while self.reader.byte(0).is_ascii_digit() {
            digits += 1;
            if digits > MAX_VERSION_DIGITS {
                return Err(self.failure(Problem::LongVersion, start.byte));
            }
            number = number * 10 + (self.reader.byte(0) - b'0');
            self.reader.skip_ascii(1);
            self.reader.need(1)?;
        }
        if digits == 0 {
            return Err(self.failure(Problem::MissingVersion, start.byte));
        }
        Ok(number)
    }

    /// Reads ` !handle! prefix`.
    fn read_tag_directive(&mut self, start: Mark) -> Scan<(Kind, String)> {
        self.reader.need(1)?;
        self.skip_blanks()?;
        let handle = self.read_handle(start, Problem::MissingTagMark)?;
        if handle.len() > 1 && !handle.ends_with('!') {
            return Err(self.failure(Problem::MissingTagMark, start.byte));
        }
        self.reader.need(1)?;
        if !super::reader::is_blank(self.reader.byte(0)) {
            return Err(self.failure(Problem::MissingTagPrefixSpace, start.byte));
        }
        self.skip_blanks()?;
        let prefix = self.read_uri(start)?.ok_or_else(|| self.failure(Problem::MissingTagUri, start.byte))?;
        self.reader.need(1)?;
        if !self.reader.is_space(0) {
            return Err(self.failure(Problem::MissingTagEnd, start.byte));
        }
        Ok((Kind::TagDirective { handle: handle.len() }, handle + &prefix))
    }
}
