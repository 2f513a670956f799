//! Why a text could not be read, for people: the cause rather than the place where reading stopped,
//! and how to mend it.

use super::problem::{Failure, Problem};

/// What to tell a person about a failure.
#[derive(Debug)]
pub(super) struct Explanation {
    /// What is wrong, in one clause.
    pub(super) message: String,
    /// First byte of the place to show.
    pub(super) start: u32,
    /// End of that place.
    pub(super) end: u32,
    /// How to mend it.
    pub(super) help: Option<String>,
}

const TAB: &str = "a tab is used for indentation";
const TAB_HELP: &str = "replace the tab with spaces: YAML is indented with spaces only";
const QUOTE_HELP: &str = "put the value in quotes";
const TEMPLATE_HELP: &str = "`{{` looks like a template that has not been rendered: render it first, for example with `helm template`";

/// Explains a failure of reading `text`.
pub(super) fn explain(text: &str, failure: &Failure) -> Explanation {
    let scene = Scene { text, failure };
    let mut explanation = scene.explain();
    if scene.is_template() {
        explanation.help = Some(TEMPLATE_HELP.to_owned());
    }
    explanation
}

/// A failure in its text.
struct Scene<'t> {
    text: &'t str,
    failure: &'t Failure,
}

/// A line of the text, without its break.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: u32,
    text: &'t str,
}

fn narrow(wide: usize) -> u32 {
    u32::try_from(wide).unwrap_or(u32::MAX)
}

impl<'t> Scene<'t> {
    fn explain(&self) -> Explanation {
        match &self.failure.problem {
            Problem::ControlCharacter => self.control_character(),
            Problem::StartsNoToken => self.starts_no_token(),
            Problem::TabInBlockScalar | Problem::TabInPlainScalar => self.character(TAB, TAB_HELP),
            Problem::MissingColon => self.missing_colon(),
            Problem::EntryNotAllowed => self.character(
                "a list entry cannot start here",
                "start the list on a line of its own, below its key; quote the value if it only begins with `- `",
            ),
            Problem::KeyNotAllowed => self.character("a `?` key cannot start here", QUOTE_HELP),
            Problem::ValueNotAllowed => self.second_colon(),
            Problem::MissingContent | Problem::UnclosedSequence | Problem::UnclosedMapping => self.brackets(),
            Problem::MissingEntry => self.misplaced_line(
                "this is no entry of the list",
                "all entries of a list start with `- ` in the same column",
            ),
            Problem::MissingKey => self.missing_key(),
            Problem::UnclosedQuotes => self.open_quotes("this quote is never closed"),
            Problem::MarkerInQuotes => self.open_quotes("this quote is still open where the document ends"),
            Problem::UnknownEscape | Problem::MissingHexDigits | Problem::BadEscapedCharacter => self.escape(),
            Problem::MissingLineEnd => self.missing_line_end(),
            Problem::BadAnchorName => self.bad_anchor(),
            Problem::ZeroIndentation => self.character(
                "a block of text cannot be indented by 0 columns",
                "remove the digit: the indentation is found out",
            ),
            Problem::UnknownAnchor(name) => self.place(
                format!("no anchor `&{name}` stands above this alias"),
                format!("define `&{name}` further up, or quote the value if it begins with a `*` of its own"),
            ),
            Problem::TooDeepForGoYaml => self.limit("collections are nested more than 10,000 deep".to_owned()),
            Problem::TooDeep(depth) => self.limit(format!("collections are nested more than {depth} deep")),
            Problem::TooLong => self.limit("the text has 4 GiB or more".to_owned()),
            other => self.tag_or_directive(other),
        }
    }

    fn explanation(
        &self,
        (start, end): (u32, u32),
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Explanation {
        Explanation {
            message: message.into(),
            start,
            end,
            help: Some(help.into()),
        }
    }

    /// About the place where reading stopped.
    fn place(&self, message: impl Into<String>, help: impl Into<String>) -> Explanation {
        self.explanation((self.failure.start, self.failure.end), message, help)
    }

    /// About the character at which reading stopped.
    fn character(&self, message: &str, help: &str) -> Explanation {
        self.explanation(self.character_at(self.failure.start), message, help)
    }

    fn limit(&self, message: String) -> Explanation {
        let (start, end) = self.character_at(self.failure.start);
        Explanation {
            message,
            start,
            end,
            help: None,
        }
    }

    fn from(&self, at: u32) -> &'t str {
        self.text.get(at as usize..).unwrap_or_default()
    }

    fn first_char(&self, at: u32) -> Option<char> {
        self.from(at).chars().next()
    }

    /// The bytes of the character at `at`; none at the end of the text.
    fn character_at(&self, at: u32) -> (u32, u32) {
        (
            at,
            at + self
                .first_char(at)
                .map_or(0, |found| narrow(found.len_utf8())),
        )
    }

    fn line_at(&self, at: u32) -> Line<'t> {
        let before = self.text.get(..at as usize).unwrap_or_default();
        let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let rest = self.text.get(start..).unwrap_or_default();
        Line {
            start: narrow(start),
            text: rest.split(['\n', '\r']).next().unwrap_or_default(),
        }
    }

    /// Number of the line, from 1.
    fn line_number(&self, at: u32) -> usize {
        let before = self.text.get(..at as usize).unwrap_or_default();
        let crlf = before.matches("\r\n").count();
        1 + before.matches(['\n', '\r']).count() - crlf
    }

    /// What stands before `at` on its line.
    fn before_on_line(&self, at: u32) -> &'t str {
        self.text
            .get(self.line_at(at).start as usize..at as usize)
            .unwrap_or_default()
    }

    fn is_at_end(&self) -> bool {
        self.failure.start as usize >= self.text.trim_end().len()
    }

    /// Whether the fault is plainly one of a template.
    fn is_template(&self) -> bool {
        let is_limit = matches!(
            self.failure.problem,
            Problem::ControlCharacter | Problem::TooDeep(_) | Problem::TooLong
        );
        !is_limit
            && [self.failure.start, self.failure.cause]
                .iter()
                .any(|&at| self.line_at(at).text.contains("{{"))
    }

    fn control_character(&self) -> Explanation {
        let code = self.first_char(self.failure.start).map_or(0, u32::from);
        let help = match code {
            0 => "remove it; a text in UTF-16 has to be saved as UTF-8".to_owned(),
            _ => format!("remove it, or write it as `\\u{code:04x}` between double quotes"),
        };
        self.place(
            format!("the character U+{code:04X} is not allowed in YAML"),
            help,
        )
    }

    fn starts_no_token(&self) -> Explanation {
        match self.first_char(self.failure.start) {
            Some('\t') => {
                let tabs = self
                    .from(self.failure.start)
                    .bytes()
                    .take_while(|&byte| byte == b'\t')
                    .count();
                let range = (self.failure.start, self.failure.start + narrow(tabs));
                self.explanation(range, TAB, TAB_HELP)
            }
            Some(found @ ('|' | '>')) => self.character(
                &format!("a block of text (`{found}`) cannot stand between brackets"),
                "put the text in quotes",
            ),
            Some(found) => {
                self.character(&format!("a value cannot start with `{found}`"), QUOTE_HELP)
            }
            None => self.character("a value is missing", QUOTE_HELP),
        }
    }

    fn missing_colon(&self) -> Explanation {
        let cause = self.failure.cause;
        let line = self
            .from(cause)
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default();
        let key = line.split(" #").next().unwrap_or_default().trim_end();
        let glued = key.find(':').filter(|&colon| {
            colon > 0 && !key.get(colon + 1..).unwrap_or_default().starts_with("//")
        });
        if let Some(colon) = glued {
            let at = cause + narrow(colon);
            let (name, value) = (
                key.get(..colon).unwrap_or_default(),
                key.get(colon + 1..).unwrap_or_default(),
            );
            if !name.contains([' ', '"', '\'', '{', '[']) && !value.is_empty() {
                let help = format!("write `{name}: {value}`");
                return self.explanation((at, at + 1), "there is no space behind this colon", help);
            }
        }
        let help = "write `key: value`; a value that goes on over several lines is indented further than its key";
        self.explanation(
            (cause, cause + narrow(key.len())),
            "there is no `:` behind this key",
            help,
        )
    }

    fn second_colon(&self) -> Explanation {
        let at = self.failure.start;
        if self.before_on_line(at).contains(": ") {
            return self.character(
                "this `:` cannot stand here: the line has a key already",
                "put a value that holds `: ` in quotes, or start the inner key on a line of its own",
            );
        }
        self.character(
            "this `:` cannot stand here: the line belongs to the value above it",
            "end the line above with `:` if it is a key, or indent this line like the keys it belongs to",
        )
    }

    fn missing_key(&self) -> Explanation {
        if !self
            .before_on_line(self.failure.start)
            .trim_start_matches([' ', '-'])
            .is_empty()
        {
            let line = self.line_at(self.failure.start);
            let end = line.start + narrow(line.text.trim_end().len());
            return self.explanation(
                (self.failure.start, end.max(self.failure.start)),
                "there is more text behind the end of a value",
                "put the whole value in quotes; quotes and brackets inside it included",
            );
        }
        self.misplaced_line(
            "this line is no key of the mapping",
            "indent it like the other keys it belongs to",
        )
    }

    /// About a line that does not fit the block that it stands in.
    fn misplaced_line(&self, message: &str, help: &str) -> Explanation {
        let at = self.failure.start;
        let line = self.line_at(at);
        let end = (line.start + narrow(line.text.trim_end().len())).max(at);
        let message = format!(
            "{message} that starts on line {}",
            self.line_number(self.failure.cause)
        );
        self.explanation((at, end), message, help)
    }

    /// About a fault between brackets: the bracket if it is never closed, else the place.
    fn brackets(&self) -> Explanation {
        let cause = self.failure.cause;
        let open = self
            .first_char(cause)
            .filter(|open| matches!(open, '[' | '{'));
        let found = self.first_char(self.failure.start);
        let moved_on = self.line_at(cause).start != self.line_at(self.failure.start).start;
        match (open, found) {
            (Some(open), _)
                if self.is_at_end()
                    || (moved_on && self.failure.problem != Problem::MissingContent) =>
            {
                let close = if open == '[' { ']' } else { '}' };
                let message = format!(
                    "this `{open}` is not closed by line {}",
                    self.line_number(self.failure.start)
                );
                let help = format!(
                    "add `{close}`, or a `,` between two entries; quote a value that begins with `{open}`"
                );
                self.explanation((cause, cause + 1), message, help)
            }
            (Some('['), _) if self.failure.problem != Problem::MissingContent => self.character(
                "a `,` or `]` is missing here",
                "put a `,` between two entries",
            ),
            (Some(_), _) if self.failure.problem != Problem::MissingContent => self.character(
                "a `,` or `}` is missing here",
                "put a `,` between two entries",
            ),
            (Some(_), Some('-')) => self.character(
                "a list entry cannot stand between brackets",
                "write `[a, b]`, or a list without brackets below the key",
            ),
            (_, Some(found)) => self.character(
                &format!("`{found}` stands where a value was expected"),
                "put the value in quotes, or add what is missing",
            ),
            (_, None) => self.character("a value is missing", QUOTE_HELP),
        }
    }

    fn open_quotes(&self, message: &str) -> Explanation {
        let quote = self.first_char(self.failure.cause).unwrap_or('"');
        let help = match quote {
            '\'' => "add the closing `'`; an apostrophe inside is written `''`",
            _ => "add the closing `\"`; a quote inside is written `\\\"`",
        };
        self.explanation(self.character_at(self.failure.cause), message, help)
    }

    fn escape(&self) -> Explanation {
        let before = self
            .text
            .get(..self.failure.start as usize)
            .unwrap_or_default();
        let start = match self.failure.problem {
            Problem::UnknownEscape => before.len(),
            _ => before.rfind('\\').unwrap_or(before.len()),
        };
        let sequence = self.text.get(start..).unwrap_or_default();
        let length = match sequence.as_bytes().get(1) {
            Some(b'x') => 4,
            Some(b'u') => 6,
            Some(b'U') => 10,
            _ => 2,
        };
        let sequence: String = sequence
            .chars()
            .take(length)
            .take_while(|next| !next.is_control())
            .collect();
        let range = (narrow(start), narrow(start + sequence.len()));
        let (message, help) = match self.failure.problem {
            Problem::UnknownEscape => (
                format!("`{sequence}` is no escape that YAML knows"),
                "write `\\\\` for a backslash, or use single quotes, between which it stands for itself",
            ),
            Problem::MissingHexDigits => (
                format!("`{sequence}` needs {} hexadecimal digits", length - 2),
                "complete the digits, or write `\\\\` for a backslash",
            ),
            _ => (
                format!("`{sequence}` stands for no character"),
                "write the character itself; beyond U+FFFF an escape is one `\\U` with eight digits",
            ),
        };
        self.explanation(range, message, help)
    }

    fn missing_line_end(&self) -> Explanation {
        match self.first_char(self.failure.cause) {
            Some('%') => self.character(
                "a directive ends here and something follows it",
                "give the directive a line of its own",
            ),
            _ => self.character(
                "no text may follow `|` or `>` on the same line",
                "start the text on the next line, indented further; or put a value that begins with `|` or `>` in quotes",
            ),
        }
    }

    fn bad_anchor(&self) -> Explanation {
        let (message, help) = match self.first_char(self.failure.cause) {
            Some('*') => (
                "this is no well-formed alias",
                "put a value that begins with `*` in quotes",
            ),
            _ => (
                "this is no well-formed anchor",
                "put a value that begins with `&` in quotes",
            ),
        };
        self.explanation(
            (
                self.failure.cause,
                self.failure.start.max(self.failure.cause + 1),
            ),
            message,
            help,
        )
    }

    /// About tags, and about the lines with `%` at the start of a text.
    fn tag_or_directive(&self, problem: &Problem) -> Explanation {
        let end = self
            .failure
            .end
            .max(self.failure.start)
            .max(self.failure.cause + 1);
        let range = (self.failure.cause, end);
        let directive =
            "a line that begins with `%` is a directive: remove it, or put a value in quotes";
        let (message, help) = match problem {
            Problem::IncompatibleVersion => {
                let help =
                    "remove the directive: the master reads YAML 1.1 and accepts no other version";
                return self.place("this version of YAML is not accepted", help);
            }
            Problem::DuplicateVersion => {
                return self.place("this is the second `%YAML` directive", directive);
            }
            Problem::DuplicateTagHandle => {
                return self.place("this tag handle is declared twice", directive);
            }
            Problem::MissingDocumentStart => {
                return self.character("a directive has to be followed by `---`", directive);
            }
            Problem::UnknownDirective
            | Problem::MissingDirectiveName
            | Problem::BadDirectiveName => ("this is no directive that YAML knows", directive),
            _ if self.first_char(self.failure.cause) == Some('%') => {
                ("this directive is not well-formed", directive)
            }
            Problem::UndefinedTagHandle => (
                "the handle of this tag is not declared",
                "declare it with `%TAG`, or put a value that begins with `!` in quotes",
            ),
            _ => (
                "this tag is not well-formed",
                "put a value that begins with `!` in quotes",
            ),
        };
        self.explanation(range, message, help)
    }
}
