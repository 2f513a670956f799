//! Values as Helm's `toYaml` and `toJson` write them: the layout of go-yaml v2, line for line.

mod graft;
mod json_way;
mod order;
mod style;

pub(super) use graft::graft;
use order::natural;
use style::{Look, Style, escaped, is_break, is_printable, number_text, style};

use super::given::{Given, GivenKind, Table};
use super::sheet::Sheet;
use crate::source::Span;
use crate::value::go_text;

/// Lines are folded at the first blank beyond this column.
const WIDTH: usize = 80;
/// A longer key is no simple one.
const SIMPLE_KEY: usize = 128;

/// Writes a value as JSON on one line.
pub(super) fn json(value: Option<&Given>, sheet: &mut Sheet) {
    let Some(value) = value else { return sheet.fixed("null") };
    match &value.kind {
        GivenKind::List(items) => {
            sheet.fixed("[");
            for (at, item) in items.iter().enumerate() {
                sheet.fixed(if at > 0 { "," } else { "" });
                json(Some(item), sheet);
            }
            sheet.fixed("]");
        }
        GivenKind::Table(table) => {
            sheet.fixed("{");
            for (at, (key, item)) in table.iter().enumerate() {
                sheet.fixed(if at > 0 { "," } else { "" });
                if json_way::disturbs(key) {
                    sheet.doubt(item.key);
                }
                sheet.from(&json_string(key), item.key);
                sheet.fixed(":");
                json(Some(item), sheet);
            }
            sheet.fixed("}");
        }
        GivenKind::Text(text) => {
            if json_way::disturbs(text) {
                sheet.doubt(value.place);
            }
            sheet.from(&json_string(text), value.place);
        }
        GivenKind::Float(number) => sheet.from(&go_text::json_number(*number), value.place),
        GivenKind::Null => sheet.from("null", value.place),
        GivenKind::Bool(_) | GivenKind::Int(_) => sheet.from(&value.printed(), value.place),
    }
}

fn json_string(text: &str) -> String {
    let mut out = String::new();
    crate::value::write_json_string(text, &mut out);
    out
}

/// Whether `toYaml` gives a text back as it was; otherwise it changes it, or loses the whole value that holds it.
pub(super) fn comes_back(text: &str) -> bool {
    json_way::back(text).as_deref() == Some(text)
}

/// Writes a value as YAML on lines of its own, `indent` blanks deep, without some of its keys.
pub(super) fn yaml(value: Option<&Given>, without: &[&str], indent: usize, sheet: &mut Sheet) {
    let mut emitter = Emitter { pad: indent, ..Emitter::default() };
    match value.map(|value| &value.kind) {
        None => emitter.plain("null", None),
        Some(GivenKind::Table(table)) => emitter.table(table, without),
        Some(_) => emitter.node(value.unwrap_or(&NOTHING), Around::Root),
    }
    if emitter.outcome.is_refused {
        // Helm drops the fault, and the value with it.
        (emitter.out, emitter.pieces) = (String::new(), Vec::new());
    }
    let mut text = &*emitter.out;
    if emitter.column == 0 {
        // The last line break goes, with the indentation of a line that does not come.
        text = text.rfind('\n').and_then(|at| text.get(..at)).unwrap_or(text);
    }
    sheet.fixed("\n");
    for _ in 0..indent {
        sheet.fixed(" ");
    }
    if emitter.outcome.is_doubtful {
        sheet.doubt(None);
    }
    sheet.pieces(text, &emitter.pieces);
}

static NOTHING: Given = Given { kind: GivenKind::Null, key: None, place: None };

/// What a node is a part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Root,
    List,
    Table,
    Key,
}

struct Emitter {
    /// Blanks in front of every line but the first, beyond the column.
    pad: usize,
    out: String,
    pieces: Vec<(usize, usize, Span)>,
    column: usize,
    indent: Option<usize>,
    /// Whether a blank was written last, and whether only indentation was on this line.
    whitespace: bool,
    indention: bool,
    outcome: Outcome,
}

/// What there is to say of the text beside its letters.
#[derive(Default)]
struct Outcome {
    /// Whether some text does not come through JSON.
    is_refused: bool,
    /// Whether there is a line break that other programs may take for none.
    is_doubtful: bool,
}

impl Default for Emitter {
    fn default() -> Self {
        Self {
            pad: 0,
            out: String::new(),
            pieces: Vec::new(),
            column: 0,
            indent: None,
            whitespace: true,
            indention: true,
            outcome: Outcome::default(),
        }
    }
}

impl Emitter {
    fn node(&mut self, value: &Given, around: Around) {
        match &value.kind {
            GivenKind::List(items) => self.list(items, around),
            GivenKind::Table(table) => self.table(table, &[]),
            GivenKind::Text(text) => self.text(text, value.place, around),
            GivenKind::Null => self.plain("null", value.place),
            GivenKind::Bool(_) | GivenKind::Int(_) => self.plain(&value.printed(), value.place),
            GivenKind::Float(number) => self.plain(&number_text(*number), value.place),
        }
    }

    fn list(&mut self, items: &[Given], around: Around) {
        if items.is_empty() {
            self.indicator("[]", true, false);
            return;
        }
        let before = self.indent;
        let is_flush = around == Around::Table && !self.indention;
        self.indent = Some(before.map_or(0, |indent| if is_flush { indent } else { indent + 2 }));
        for item in items {
            self.write_indent();
            self.indicator("-", true, true);
            self.node(item, Around::List);
        }
        self.indent = before;
    }

    fn table(&mut self, table: &Table, without: &[&str]) {
        let mut keys: Vec<(&str, &Given)> =
            table.iter().map(|(key, value)| (&**key, value)).filter(|(key, _)| !without.contains(key)).collect();
        if keys.is_empty() {
            self.indicator("{}", true, false);
            return;
        }
        keys.sort_by(|a, b| natural(a.0, b.0));
        let before = self.indent;
        self.indent = Some(before.map_or(0, |indent| indent + 2));
        for (key, value) in keys {
            self.outcome.is_refused |= !json_way::is_found(key);
            self.write_indent();
            if key.len() <= SIMPLE_KEY && !key.contains(is_break) {
                self.text(key, value.key, Around::Key);
                self.indicator(":", false, false);
            } else {
                self.indicator("?", true, true);
                self.text(key, value.key, Around::Table);
                self.write_indent();
                self.indicator(":", true, true);
            }
            self.node(value, Around::Table);
        }
        self.indent = before;
    }

    fn text(&mut self, text: &str, place: Option<Span>, around: Around) {
        let text = &*json_way::back(text).unwrap_or_else(|| {
            self.outcome.is_refused = true;
            text.into()
        });
        let look = Look::at(text);
        let style = style(text, &look, around);
        let before = self.indent;
        self.indent = Some(before.map_or(2, |indent| indent + 2));
        let may_fold = around != Around::Key;
        if !self.whitespace {
            self.put(' ');
        }
        let start = self.out.len();
        match style {
            Style::Plain => self.folded(text, None, may_fold),
            Style::Single => self.folded(text, Some('\''), may_fold),
            Style::Double => self.double(text, may_fold),
            Style::Literal => self.literal(text),
        }
        self.pieces.extend(place.map(|place| (start, self.out.len(), place)));
        self.indent = before;
    }

    fn plain(&mut self, text: &str, place: Option<Span>) {
        if !self.whitespace {
            self.put(' ');
        }
        let start = self.out.len();
        text.chars().for_each(|c| self.put(c));
        (self.whitespace, self.indention) = (false, false);
        self.pieces.extend(place.map(|place| (start, self.out.len(), place)));
    }

    /// Plain or in single quotes: a lone blank beyond the width becomes a line break.
    fn folded(&mut self, text: &str, quote: Option<char>, may_fold: bool) {
        quote.into_iter().for_each(|quote| self.put(quote));
        let (mut after_blank, mut after_break) = (false, false);
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if is_break(c) {
                self.put_other_break(c);
                after_break = true;
                continue;
            }
            if c == ' ' {
                let is_last = characters.peek().is_none();
                let folds = may_fold && !after_blank && self.column > WIDTH && !text[at + 1..].starts_with(' ');
                if folds && (quote.is_none() || at > 0 && !is_last) {
                    self.write_indent();
                } else {
                    self.put(c);
                }
            } else {
                if std::mem::take(&mut after_break) {
                    self.write_indent();
                }
                if quote == Some(c) {
                    self.put(c);
                }
                self.put(c);
                self.indention = false;
            }
            after_blank = c == ' ';
        }
        quote.into_iter().for_each(|quote| self.put(quote));
        (self.whitespace, self.indention) = (false, false);
    }

    fn double(&mut self, text: &str, may_fold: bool) {
        self.put('"');
        let mut after_blank = false;
        // go-yaml looks for the mark at the start of the text whenever it looks for one, and then escapes everything.
        let is_marked = text.starts_with('\u{feff}');
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            if is_marked || !is_printable(c) || is_break(c) || matches!(c, '"' | '\\' | '\u{feff}') {
                escaped(c).chars().for_each(|c| self.put(c));
            } else if c == ' ' && may_fold && !after_blank && self.column > WIDTH && at > 0 && next.is_some() {
                self.write_indent();
                if next == Some(' ') {
                    self.put('\\');
                }
            } else {
                self.put(c);
            }
            after_blank = c == ' ';
        }
        self.put('"');
        (self.whitespace, self.indention) = (false, false);
    }

    fn literal(&mut self, text: &str) {
        self.put('|');
        if text.starts_with(' ') || text.starts_with(is_break) {
            self.put('2');
        }
        let mut end = text.chars().rev();
        match (end.next().is_some_and(is_break), end.next().is_none_or(is_break)) {
            (false, _) => self.put('-'),
            (true, true) => self.put('+'),
            (true, false) => {}
        }
        self.put_break();
        (self.whitespace, self.indention) = (true, true);
        let mut after_break = true;
        for c in text.chars() {
            if c == '\n' {
                self.put_break();
                self.indention = true;
            } else if is_break(c) {
                self.put_other_break(c);
            } else {
                if after_break {
                    self.write_indent();
                }
                self.put(c);
                self.indention = false;
            }
            after_break = is_break(c);
        }
        // What follows starts on a line of its own.
        self.whitespace = true;
    }

    fn indicator(&mut self, text: &str, needs_blank: bool, keeps_indention: bool) {
        if needs_blank && !self.whitespace {
            self.put(' ');
        }
        text.chars().for_each(|c| self.put(c));
        self.whitespace = false;
        self.indention &= keeps_indention;
    }

    fn write_indent(&mut self) {
        let indent = self.indent.unwrap_or(0);
        if !self.indention || self.column > indent || self.column == indent && !self.whitespace {
            self.put_break();
        }
        while self.column < indent {
            self.put(' ');
        }
        (self.whitespace, self.indention) = (true, true);
    }

    fn put(&mut self, c: char) {
        self.out.push(c);
        self.column += 1;
    }

    /// A line break that is copied; what is indented by lines does not see it.
    fn put_other_break(&mut self, c: char) {
        self.out.push(c);
        self.column = 0;
        (self.indention, self.outcome.is_doubtful) = (true, true);
    }

    fn put_break(&mut self) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', self.pad));
        self.column = 0;
    }
}
