//! For people.

use std::fmt::Write as _;

use textwrap::{WordSeparator, WordSplitter};

use super::{Judged, words};
use crate::kubeconfig::worth::{End, Fate, Stanza, Verdict};
use crate::report::plain::line;

/// The judgement, verdict first.
#[must_use]
pub fn human(judged: &Judged<'_>, width: usize) -> String {
    let mut text = format!("{}: {}\n\n", line(judged.path), verdict(judged));
    for stanza in &judged.worth.stanzas {
        part(&mut text, judged, stanza, width);
    }
    if let Verdict::Ends(end) = &judged.worth.verdict {
        last_words(&mut text, judged, end, width);
    }
    text
}

fn verdict(judged: &Judged<'_>) -> String {
    let place = judged.place;
    match &judged.worth.verdict {
        Verdict::Starts => format!("nothing in it keeps a master {place} from starting"),
        Verdict::StartsWith(paths) => {
            format!("a master {place} starts with it if {} there: {}", is_are(paths.len()), line(&paths.join(", ")))
        }
        Verdict::Ends(end) => format!("a master {place} ends {}", words::phase(end.phase)),
    }
}

fn is_are(count: usize) -> &'static str {
    if count == 1 { "this file is" } else { "these files are" }
}

fn part(text: &mut String, judged: &Judged<'_>, stanza: &Stanza, width: usize) {
    let (name, what) = words::part(&stanza.part);
    let place = stanza.span.map(|span| {
        let position = judged.sources.file(span.source).position(span.start);
        format!("  {}:{}", position.line, position.column)
    });
    let fate = words::fate(stanza.fate);
    let _ = writeln!(text, "  {fate:<8}{name:<15}{what}{}", place.unwrap_or_default());
    for reason in stanza.reasons.iter().filter_map(words::reason) {
        indented(text, &reason, width);
    }
}

fn indented(text: &mut String, reason: &str, width: usize) {
    let indent = " ".repeat(25);
    let options = textwrap::Options::new(width.clamp(60, 110)).initial_indent(&indent).subsequent_indent(&indent);
    // Paths and names stay in one piece.
    let options =
        options.break_words(false).word_separator(WordSeparator::AsciiSpace).word_splitter(WordSplitter::NoHyphenation);
    let _ = writeln!(text, "{}", textwrap::fill(reason, options));
}

fn last_words(text: &mut String, judged: &Judged<'_>, end: &End, width: usize) {
    for fault in end.faults.iter().filter(|fault| !is_told(judged, &fault.words)) {
        if let Some(span) = fault.span {
            let position = judged.sources.file(span.source).position(span.start);
            let _ = writeln!(text, "  {:<8}{}:{}", words::fate(Fate::Ends), position.line, position.column);
            indented(text, &line(&fault.words), width);
        }
    }
    let _ = writeln!(text, "\n  The master says:");
    for said in words::last_line(end).lines() {
        let _ = writeln!(text, "    {}", line(said));
    }
}

/// Whether a part bears the words already.
fn is_told(judged: &Judged<'_>, told: &str) -> bool {
    use crate::kubeconfig::worth::Reason;
    judged
        .worth
        .stanzas
        .iter()
        .flat_map(|stanza| &stanza.reasons)
        .any(|reason| *reason == Reason::Refused(told.to_owned()))
}
