//! How far clusters are read, on a terminal.

use std::time::Duration;

use crate::cluster::Progress;
use crate::io::{Chatter, Io, Peer};
use crate::report::line;

/// Nobody is told of what is quickly done.
const QUICK: Duration = Duration::from_millis(400);
/// How often it is written anew.
const PAUSE: Duration = Duration::from_millis(200);
/// Cells of a bar.
const CELLS: u64 = 16;

/// A line on a terminal that is written over and over, and gone at the end.
pub(super) struct Meter<'m, 'i> {
    io: &'m mut Io<'i>,
    names: Vec<String>,
    written: Option<Duration>,
}

impl<'m, 'i> Meter<'m, 'i> {
    /// For clusters of these names.
    pub(super) fn new(io: &'m mut Io<'i>, names: Vec<String>) -> Self {
        Self { io, names, written: None }
    }

    /// Shows how far they are, if somebody is there to see it.
    pub(super) fn show(&mut self, progress: &[Progress], elapsed: Duration) {
        let is_soon = self.written.is_some_and(|written| elapsed.saturating_sub(written) < PAUSE);
        let is_seen = self.io.stderr_peer == Peer::Terminal && self.io.chatter == Chatter::Wanted;
        if !is_seen || elapsed < QUICK || is_soon {
            return;
        }
        self.written = Some(elapsed);
        let text = text(&self.names, progress, elapsed, self.io.width);
        let _ = write!(self.io.stderr, "\r{text}\u{1b}[K");
        let _ = self.io.stderr.flush();
    }
}

impl Drop for Meter<'_, '_> {
    fn drop(&mut self) {
        if self.written.is_some() {
            let _ = write!(self.io.stderr, "\r\u{1b}[K");
            let _ = self.io.stderr.flush();
        }
    }
}

/// What is shown: each cluster that is not done, and how many objects come in a second.
fn text(names: &[String], progress: &[Progress], elapsed: Duration, width: usize) -> String {
    let total: u64 = progress.iter().map(|one| one.total).sum();
    let rate = u128::from(total) * 1000 / elapsed.as_millis().max(1);
    let parts: Vec<String> = names.iter().zip(progress).filter_map(|(name, one)| part(name, one)).collect();
    let mut text = match parts.is_empty() {
        true => format!("waiting for {}", names.iter().map(|name| line(name)).collect::<Vec<_>>().join(", ")),
        false => format!("reading {} · {}/s", parts.join(" · "), grouped(rate)),
    };
    if text.chars().count() >= width {
        text = text.chars().take(width.saturating_sub(2)).chain(['…']).collect();
    }
    text
}

fn part(name: &str, progress: &Progress) -> Option<String> {
    let kind = several(&progress.kind?.to_string().to_lowercase());
    let (name, objects) = (line(name), grouped(progress.objects.into()));
    Some(match progress.expected.filter(|expected| *expected > progress.objects) {
        Some(expected) => {
            let full = progress.objects * CELLS / expected;
            let bar: String = (0..CELLS).map(|cell| if cell < full { '━' } else { '─' }).collect();
            format!("{name} {bar} {objects} of {} {kind}", grouped(expected.into()))
        }
        None if progress.objects == 0 => format!("{name} {kind}"),
        None => format!("{name} {objects} {kind}"),
    })
}

/// The plural of a word.
fn several(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if word.ends_with('s') => format!("{word}es"),
        None => format!("{word}s"),
    }
}

/// Digits in groups of three.
fn grouped(number: u128) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::inventory::Kind;

    #[test]
    fn only_a_terminal_that_wants_it_sees_it() {
        let shown = |stderr_peer, chatter| {
            let mut stderr = Vec::new();
            let (mut stdin, mut stdout) = (std::io::empty(), Vec::new());
            let io = Io::unattended(&mut stdin, &mut stdout, &mut stderr);
            let mut io = Io { stderr_peer, chatter, ..io };
            Meter::new(&mut io, vec!["main".to_owned()]).show(&[Progress::default()], Duration::from_secs(1));
            String::from_utf8_lossy(&stderr).into_owned()
        };
        let line = "\r\u{1b}[K";
        assert_eq!(shown(Peer::Terminal, Chatter::Wanted), format!("\rwaiting for main\u{1b}[K{line}"));
        assert_eq!(shown(Peer::Terminal, Chatter::Unwanted), "");
        assert_eq!(shown(Peer::Other, Chatter::Wanted), "");
    }

    #[test]
    fn kinds_have_plurals() {
        let told = Kind::ALL.map(|kind| several(&kind.to_string().to_lowercase()));
        for word in ["pods", "priorityclasses", "deviceclasses", "admission policies", "resourcequotas"] {
            assert!(told.iter().any(|told| told == word), "{word}: {told:?}");
        }
    }

    #[test]
    fn a_line_says_how_far_each_cluster_is() {
        let names = ["main".to_owned(), "west".to_owned(), "done".to_owned()];
        let reading = Progress { kind: Some(Kind::Pod), objects: 52_000, expected: Some(150_000), total: 57_000 };
        let other = Progress { kind: Some(Kind::Node), objects: 12, expected: None, total: 12 };
        let all = [reading, other, Progress::default()];
        let told = text(&names, &all, Duration::from_secs(2), 100);
        assert_eq!(told, "reading main ━━━━━─────────── 52,000 of 150,000 pods · west 12 nodes · 28,506/s");
        let none = [Progress::default(); 3];
        assert_eq!(text(&names, &none, Duration::from_secs(2), 100), "waiting for main, west, done");
        assert_eq!(text(&names, &all, Duration::from_secs(2), 20).chars().count(), 19);
    }
}
