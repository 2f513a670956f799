//! What fixes would change, as a unified diff.

use std::borrow::Cow;
use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::covering::{COVER, Secrets};
use super::plain::{line, lines};
use super::{Ink, Judged};
use crate::source::Span;

/// Unchanged lines around each change.
const CONTEXT: usize = 3;

/// Writes how the first text of a file differs from that of the file mended. Secrets in both are covered.
///
/// # Errors
/// When the writer fails.
pub fn write(before: &Judged, after: &Judged, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
    let pen = Pen { ink };
    let name = line(&before.path);
    writeln!(out, "{}", pen.paint("1", &format!("--- {name}")))?;
    writeln!(out, "{}", pen.paint("1", &format!("+++ {name}")))?;
    let hidden = [before.judgement.hidden(&before.sources), after.judgement.hidden(&after.sources)];
    let secrets = Secrets::new(&before.sources, &hidden[0]);
    let (before, after) = (covered(before, &hidden[0]), covered(after, &hidden[1]));
    let diff = TextDiff::from_lines(&before, &after);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        writeln!(out, "{}", pen.paint("36", &hunk.header().to_string()))?;
        for change in hunk.iter_changes() {
            match change.tag() {
                // A secret that got another key by a mend stays one.
                ChangeTag::Insert => pen.line(ChangeTag::Insert, &secrets.covered_all(change.value()), out)?,
                tag => pen.line(tag, change.value(), out)?,
            }
        }
    }
    Ok(())
}

/// The first text of a file, its secrets covered.
fn covered(file: &Judged, hidden: &[Span]) -> String {
    let Some((id, source)) = file.sources.iter().next() else {
        return String::new();
    };
    let text = source.text();
    let whole = Span::new(id, 0, u32::try_from(text.len()).unwrap_or(u32::MAX));
    let secrets = Secrets::new(&file.sources, hidden);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for secret in secrets.within(whole) {
        out.push_str(text.get(at..secret.start as usize).unwrap_or(""));
        let hidden = file.sources.slice(secret).chars();
        out.extend(hidden.map(|character| if matches!(character, '\n' | '\r') { character } else { COVER }));
        at = secret.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    secrets.covered(&out).into_owned()
}

struct Pen {
    ink: Ink,
}

impl Pen {
    fn paint<'t>(&self, code: &str, text: &'t str) -> Cow<'t, str> {
        match self.ink {
            Ink::Colored => Cow::Owned(format!("\u{1b}[{code}m{text}\u{1b}[0m")),
            Ink::Plain => Cow::Borrowed(text),
        }
    }

    fn line(&self, tag: ChangeTag, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let (sign, code) = match tag {
            ChangeTag::Equal => (' ', "0"),
            ChangeTag::Delete => ('-', "31"),
            ChangeTag::Insert => ('+', "32"),
        };
        let bare = text.trim_end_matches(['\n', '\r']);
        let line_break = text.get(bare.len()..).unwrap_or("");
        let shown = format!("{sign}{}", lines(bare));
        let painted = if tag == ChangeTag::Equal { Cow::Borrowed(&*shown) } else { self.paint(code, &shown) };
        write!(out, "{painted}{line_break}")?;
        if line_break.is_empty() {
            write!(out, "\n\\ No newline at end of file\n")?;
        }
        Ok(())
    }
}
