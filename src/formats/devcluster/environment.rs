//! The variables that devcluster expands, and files that hold them.

use std::collections::BTreeMap;

/// A longer line without a `=` may be a part of a value that goes over several lines, such as a key.
const LONGEST_WORD: usize = 32;

/// What devcluster would find in its environment.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    values: BTreeMap<String, String>,
    /// Files with lines that are no assignments: the name, the text, and the lines.
    faulty: Vec<(String, String, Vec<Line>)>,
}

/// A line of an env file that is no assignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
    /// What is wrong with it.
    pub message: String,
}

impl Environment {
    /// Sets a variable; the last value counts.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.insert(name.into(), value.into());
    }

    /// The value of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }

    /// Takes over an env file: lines `NAME=VALUE`, empty lines, and comments behind `#`. A value is all behind the
    /// first `=`, quotes included, as for `docker run --env-file`.
    pub fn read_file(&mut self, name: &str, text: &str) {
        let mut bad = Vec::new();
        let mut start = 0;
        for whole in text.split_inclusive('\n') {
            let line = whole.trim_end_matches(['\n', '\r']);
            let trimmed = line.trim_start().trim_start_matches('\u{feff}');
            if let Err(message) = self.read_line(trimmed) {
                let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
                let indent = line.len() - trimmed.len();
                bad.push(Line { start: offset(start + indent), end: offset(start + line.len()), message });
            }
            start += whole.len();
        }
        if !bad.is_empty() {
            self.faulty.push((name.to_owned(), text.to_owned(), bad));
        }
    }

    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        let Some((name, value)) = line.split_once('=') else {
            return Err("this line has no `=`".to_owned());
        };
        if name.is_empty() {
            return Err("no name stands before this `=`".to_owned());
        }
        if let Some(rest) = name.strip_prefix("export ") {
            return Err(format!("`export` belongs to a shell, not into this file: write `{}=…`", rest.trim()));
        }
        if name.contains(char::is_whitespace) {
            return Err(format!("a name cannot hold white space: `{name}`"));
        }
        self.set(name, value);
        Ok(())
    }

    /// What must not be shown of the text of a file: values, and lines that may be a part of one.
    pub(super) fn secrets(text: &str) -> impl Iterator<Item = (u32, u32)> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut start = 0;
        text.split_inclusive('\n').filter_map(move |whole| {
            let line = whole.trim_end_matches(['\n', '\r']);
            let from = start;
            start += whole.len();
            let is_word = |line: &str| {
                line.len() <= LONGEST_WORD && line.chars().all(|c| c.is_ascii_alphanumeric() || " _#".contains(c))
            };
            let hidden = match line.find('=') {
                Some(at) => at + 1..line.len(),
                None if is_word(line) || line.starts_with('#') => return None,
                None => 0..line.len(),
            };
            (!hidden.is_empty()).then(|| (offset(from + hidden.start), offset(from + hidden.end)))
        })
    }

    /// Files with lines that are no assignments: the name, the text, and the lines.
    pub fn faulty(&self) -> impl Iterator<Item = (&str, &str, &[Line])> {
        self.faulty.iter().map(|(name, text, lines)| (&**name, &**text, &**lines))
    }
}
