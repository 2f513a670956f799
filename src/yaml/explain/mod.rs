//! Why a text could not be read, for people: the cause rather than the place where reading stopped,
//! and how to mend it.

mod scene;
mod structure;

use self::scene::{Scene, narrow};
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
const TEMPLATE_HELP: &str = "`{{` looks like a template that has not been rendered: \
    render it first, for example with `helm template`";
const ENTRY_HELP: &str = "start the list on a line of its own, below its key; \
    quote a value that only begins with `- `";
const BLOCK_TEXT_HELP: &str = "start the text on the next line, indented further; \
    quote a value that only begins with `|` or `>`";

/// Explains a failure of reading `text`.
pub(super) fn explain(text: &str, failure: &Failure) -> Explanation {
    let scene = Scene { text, failure };
    let mut explanation = scene.explain();
    if scene.is_template() {
        explanation.help = Some(TEMPLATE_HELP.to_owned());
    }
    explanation
}

impl Scene<'_> {
    fn explain(&self) -> Explanation {
        match &self.failure.problem {
            Problem::ControlCharacter => self.control_character(),
            Problem::StartsNoToken => self.starts_no_token(),
            Problem::TabInBlockScalar | Problem::TabInPlainScalar => self.character(TAB, TAB_HELP),
            Problem::MissingColon => self.missing_colon(),
            Problem::EntryNotAllowed => self.character("a list entry cannot start here", ENTRY_HELP),
            Problem::KeyNotAllowed => self.character("a `?` key cannot start here", QUOTE_HELP),
            Problem::ValueNotAllowed => self.second_colon(),
            Problem::MissingContent | Problem::UnclosedSequence | Problem::UnclosedMapping => self.brackets(),
            Problem::MissingEntry => self.misplaced_line("this is no entry of the list"),
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
                format!("define `&{name}` further up, or put a value that begins with `*` in quotes"),
            ),
            Problem::DuplicateAnchor(name) => self.place(
                format!("a second anchor `&{name}` in one document"),
                "give the two anchors different names: PyYAML takes each name once",
            ),
            Problem::TooDeepForPython => self.limit("collections are nested deeper than Python's stack".to_owned()),
            Problem::TooDeepForGoYaml => self.limit("collections are nested more than 10,000 deep".to_owned()),
            Problem::TooDeep(depth) => self.limit(format!("collections are nested more than {depth} deep")),
            Problem::TooLong => self.limit("the text has 4 GiB or more".to_owned()),
            other => self.tag_or_directive(other),
        }
    }

    fn control_character(&self) -> Explanation {
        let code = self.first_char(self.failure.start).map_or(0, u32::from);
        let help = match code {
            0 => "remove it; a text in UTF-16 has to be saved as UTF-8".to_owned(),
            _ => format!("remove it, or write it as `\\u{code:04x}` between double quotes"),
        };
        self.place(format!("the character U+{code:04X} is not allowed in YAML"), help)
    }

    fn starts_no_token(&self) -> Explanation {
        match self.first_char(self.failure.start) {
            Some('\t') => {
                let tabs = self.from(self.failure.start).bytes().take_while(|&byte| byte == b'\t').count();
                let range = (self.failure.start, self.failure.start + narrow(tabs));
                self.explanation(range, TAB, TAB_HELP)
            }
            Some(found @ ('|' | '>')) => self.character(
                &format!("a block of text (`{found}`) cannot stand between brackets"),
                "put the text in quotes",
            ),
            Some('`') => self.character("a value cannot start with a backtick", QUOTE_HELP),
            Some(found) => self.character(&format!("a value cannot start with `{found}`"), QUOTE_HELP),
            None => self.character("a value is missing", QUOTE_HELP),
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
        let before = self.text.get(..self.failure.start as usize).unwrap_or_default();
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
        let sequence: String =
            sequence.chars().take(length).take_while(|&next| !next.is_control() && next != '"').collect();
        let range = (narrow(start), narrow(start + sequence.len()));
        let (message, help) = match self.failure.problem {
            Problem::UnknownEscape => (
                format!("`{sequence}` is no escape that YAML knows"),
                "write `\\\\` for a backslash; between single quotes it stands for itself",
            ),
            Problem::MissingHexDigits => (
                format!("`{sequence}` needs {} hexadecimal digits", length - 2),
                "complete the digits, or write `\\\\` for a backslash",
            ),
            _ => (
                format!("`{sequence}` stands for no character"),
                "write the character itself; beyond U+FFFF use `\\U` and eight digits",
            ),
        };
        self.explanation(range, message, help)
    }

    fn missing_line_end(&self) -> Explanation {
        match self.first_char(self.failure.cause) {
            Some('%') => {
                self.character("a directive ends here and something follows it", "give the directive a line of its own")
            }
            _ => self.character("no text may follow `|` or `>` on the same line", BLOCK_TEXT_HELP),
        }
    }

    fn bad_anchor(&self) -> Explanation {
        let (message, help) = match self.first_char(self.failure.cause) {
            Some('*') => ("this is no well-formed alias", "put a value that begins with `*` in quotes"),
            _ => ("this is no well-formed anchor", "put a value that begins with `&` in quotes"),
        };
        self.explanation((self.failure.cause, self.failure.start.max(self.failure.cause + 1)), message, help)
    }

    /// About tags, and about the lines with `%` at the start of a text.
    fn tag_or_directive(&self, problem: &Problem) -> Explanation {
        let end = self.failure.end.max(self.failure.start).max(self.failure.cause + 1);
        let range = (self.failure.cause, end);
        let directive = "a line that begins with `%` is a directive: remove it, or put a value in quotes";
        let (message, help) = match problem {
            Problem::IncompatibleVersion => {
                let help = "remove the directive: the master reads YAML 1.1 and accepts no other version";
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
            Problem::UnknownDirective | Problem::MissingDirectiveName | Problem::BadDirectiveName => {
                ("this is no directive that YAML knows", directive)
            }
            _ if self.first_char(self.failure.cause) == Some('%') => ("this directive is not well-formed", directive),
            Problem::UndefinedTagHandle => (
                "the handle of this tag is not declared",
                "declare it with `%TAG`, or put a value that begins with `!` in quotes",
            ),
            _ => ("this tag is not well-formed", "put a value that begins with `!` in quotes"),
        };
        self.explanation(range, message, help)
    }
}
