//! The last writer before the streams: it covers every secret that is known to the run, however it is written down.
//!
//! Nothing relies on it. Everything that prints leaves secrets out by itself; what is covered here is a mistake, and counted
//! as one: a run of a debug build ends with a panic, so that no test passes in which anything was covered.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aho_corasick::{AhoCorasick, MatchKind};
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in the place of a secret.
pub const COVER: &str = "[redacted]";
/// Shorter texts stand everywhere without being anybody's secret; in bytes.
const SHORTEST: usize = 8;
/// Lines of keys and certificates that are looked for by themselves, in bytes.
const LINE: usize = 32;

/// The secrets of a run, shared by its streams.
#[derive(Clone, Default)]
pub struct Secrets(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// Every form of every secret.
    forms: Vec<Vec<u8>>,
    /// What finds them; made anew when there are more of them.
    finder: Option<Arc<Finder>>,
    /// How often something was covered.
    covered: usize,
    /// Whether what is written was asked for, secrets and all.
    is_open: bool,
}

/// Whether more of a text comes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    Comes,
    Nothing,
}

struct Finder {
    automaton: AhoCorasick,
    forms: Vec<Vec<u8>>,
    longest: usize,
}

impl Secrets {
    /// Takes note of a secret. Very short ones are passed over.
    pub fn know(&self, secret: &[u8]) {
        let mut state = self.lock();
        for form in forms(secret) {
            if !state.forms.contains(&form) {
                state.forms.push(form);
                state.finder = None;
            }
        }
    }

    /// How often something was covered.
    #[must_use]
    pub fn covered(&self) -> usize {
        self.lock().covered
    }

    /// Writes what the user has asked for, secrets and all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn reveal(&self, out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
        out.flush()?;
        self.lock().is_open = true;
        let written = out.write_all(bytes).and_then(|()| out.flush());
        self.lock().is_open = false;
        written
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What finds them; nothing while there are none, or while everything is to be written.
    fn finder(&self) -> Option<Arc<Finder>> {
        let mut state = self.lock();
        if state.is_open { None } else { state.finder() }
    }
}

impl State {
    fn finder(&mut self) -> Option<Arc<Finder>> {
        if self.forms.is_empty() {
            return None;
        }
        if self.finder.is_none() {
            self.finder = Finder::new(&self.forms).map(Arc::new);
        }
        self.finder.clone()
    }
}

/// The ways in which a secret may be written down.
fn forms(secret: &[u8]) -> Vec<Vec<u8>> {
    let secret = secret.trim_ascii();
    let mut forms = Vec::new();
    if secret.len() < SHORTEST {
        return forms;
    }
    forms.push(secret.to_vec());
    // What is PEM comes in lines, and may be printed with other line breaks.
    let is_long = |line: &&[u8]| line.len() >= LINE && !line.starts_with(b"-----");
    forms.extend(secret.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(is_long).map(<[u8]>::to_vec));
    for before in 0..3 {
        forms.push(encoded(secret, before, &STANDARD_NO_PAD));
        forms.push(encoded(secret, before, &URL_SAFE_NO_PAD));
    }
    if let Ok(text) = std::str::from_utf8(secret) {
        forms.push(utf8_percent_encode(text, NON_ALPHANUMERIC).to_string().into_bytes());
        forms.push(text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").into_bytes());
    }
    forms.sort();
    forms.dedup();
    forms
}

/// The characters of base64 that depend on the secret alone, when so many bytes stand before it.
fn encoded(secret: &[u8], before: usize, engine: &impl base64::Engine) -> Vec<u8> {
    let mut bytes = vec![0; before];
    bytes.extend(secret);
    let whole = bytes.len() * 8 / 6;
    let text = engine.encode(&bytes).into_bytes();
    let start = (before * 8).div_ceil(6);
    text.get(start..whole).unwrap_or_default().to_vec()
}

impl Finder {
    fn new(forms: &[Vec<u8>]) -> Option<Self> {
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms).ok()?;
        let longest = forms.iter().map(Vec::len).max().unwrap_or(0);
        Some(Self { automaton, forms: forms.to_vec(), longest })
    }

    /// Where the end of a text begins that may be the beginning of a secret.
    fn hold(&self, text: &[u8]) -> usize {
        let first = text.len().saturating_sub(self.longest.saturating_sub(1));
        let begins = |at: &usize| {
            let end = text.get(*at..).unwrap_or_default();
            self.forms.iter().any(|form| form.len() > end.len() && form.starts_with(end))
        };
        (first..text.len()).find(begins).unwrap_or(text.len())
    }

    /// Covers what is in a text; gives back what can be written, how much of the text that is, and how often something was
    /// covered.
    fn cover(&self, text: &[u8], rest: Rest) -> (Vec<u8>, usize, usize) {
        let (mut out, mut at, mut times) = (Vec::with_capacity(text.len()), 0, 0);
        let held = |text: &[u8]| if rest == Rest::Comes { self.hold(text) } else { text.len() };
        let mut hold = held(text);
        while let Some(found) = self.automaton.find(text.get(at..).unwrap_or_default()) {
            let (start, end) = (at + found.start(), at + found.end());
            // What begins before may turn out to be longer.
            if start >= hold {
                break;
            }
            out.extend(text.get(at..start).unwrap_or_default());
            out.extend(COVER.as_bytes());
            (at, times) = (end, times + 1);
            hold = at + held(text.get(at..).unwrap_or_default());
        }
        out.extend(text.get(at..hold).unwrap_or_default());
        (out, hold, times)
    }
}

/// A stream that covers the secrets of a run. What may be the beginning of one is held back until more comes, also over
/// [`Write::flush`]; it comes out when the writer goes.
pub struct Redacting<W: Write> {
    out: W,
    secrets: Secrets,
    held: Vec<u8>,
}

impl<W: Write> Redacting<W> {
    /// Around a stream.
    pub fn new(out: W, secrets: Secrets) -> Self {
        Self { out, secrets, held: Vec::new() }
    }

    fn let_go(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        if held.is_empty() {
            return Ok(());
        }
        let mut state = self.secrets.lock();
        let Some(finder) = state.finder() else { return self.out.write_all(&held) };
        let (covered, _, times) = finder.cover(&held, Rest::Nothing);
        state.covered += times;
        self.out.write_all(&covered)
    }
}

impl<W: Write> Write for Redacting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(finder) = self.secrets.finder() else {
            self.let_go()?;
            self.out.write_all(bytes)?;
            return Ok(bytes.len());
        };
        self.held.extend(bytes);
        let (covered, taken, times) = finder.cover(&self.held, Rest::Comes);
        self.held.drain(..taken);
        self.secrets.lock().covered += times;
        self.out.write_all(&covered)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Drop for Redacting<W> {
    fn drop(&mut self) {
        // Nobody is left to hear of a failure.
        let _ = self.let_go().and_then(|()| self.out.flush());
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
    use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

    use super::{COVER, Redacting, Secrets};

    const SECRET: &str = "to/ken?~\u{fc}Canary~~~?>";

    /// What comes out of pieces, and how often something was covered.
    fn written(known: &[&str], pieces: &[&[u8]]) -> (String, usize) {
        let (mut out, secrets) = (Vec::new(), Secrets::default());
        for secret in known {
            secrets.know(secret.as_bytes());
        }
        let mut writer = Redacting::new(&mut out, secrets.clone());
        for piece in pieces {
            writer.write_all(piece).unwrap();
            writer.flush().unwrap();
        }
        drop(writer);
        (String::from_utf8(out).unwrap(), secrets.covered())
    }

    #[test]
    fn every_form_is_covered_wherever_it_is_cut() {
        let mut forms = vec![SECRET.to_owned(), utf8_percent_encode(SECRET, NON_ALPHANUMERIC).to_string()];
        for before in ["", "a", "ab", "abc"] {
            for after in ["", "x", "xy"] {
                let whole = format!("{before}{SECRET}{after}");
                forms.push(STANDARD.encode(&whole));
                forms.push(URL_SAFE_NO_PAD.encode(&whole));
            }
        }
        for form in forms {
            let text = format!("<<{form}>>");
            for at in 0..=text.len() {
                let (one, other) = text.as_bytes().split_at(at);
                let (out, covered) = written(&[SECRET], &[one, other]);
                assert!(covered == 1 && out.contains(COVER), "{text} at {at}: {out}");
                // A character at each end may hold some bits of it.
                assert!(out.starts_with("<<") && out.ends_with(">>") && out.len() <= COVER.len() + 13, "{out}");
            }
            let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
            assert_eq!(written(&[SECRET], &bytes).1, 1, "{text}");
        }
    }

    #[test]
    fn the_longest_of_several_is_covered_and_nothing_else() {
        let known = ["secret-one", "secret-one-and-more", "one-and-more-of-it"];
        for (text, expected, times) in [
            ("a secret-one b", "a [redacted] b", 1),
            ("a secret-one-and-more b", "a [redacted] b", 1),
            ("a secret-one-and-mor", "a [redacted]-and-mor", 1),
            ("secret-onesecret-one", "[redacted][redacted]", 2),
            ("secret-on", "secret-on", 0),
            ("nothing at all", "nothing at all", 0),
        ] {
            for size in 1..=text.len() {
                let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
                assert_eq!(written(&known, &pieces), (expected.to_owned(), times), "{text} by {size}");
            }
        }
    }

    #[test]
    fn a_key_is_covered_line_by_line_and_short_texts_are_left_alone() {
        let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ";
        let key = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
        assert_eq!(written(&[&key], &[body.as_bytes()]), (COVER.to_owned(), 1));
        assert_eq!(written(&[&key], &[key.replace('\n', "\\n").as_bytes()]).1, 1);
        assert_eq!(written(&["a", "1234567"], &[b"a 1234567"]), ("a 1234567".to_owned(), 0));
    }

    #[test]
    fn what_was_asked_for_is_written_as_it_is() {
        let (mut out, secrets) = (Vec::new(), Secrets::default());
        secrets.know(SECRET.as_bytes());
        let mut writer = Redacting::new(&mut out, secrets.clone());
        secrets.reveal(&mut writer, SECRET.as_bytes()).unwrap();
        writer.write_all(SECRET.as_bytes()).unwrap();
        drop(writer);
        assert_eq!((String::from_utf8(out).unwrap(), secrets.covered()), (format!("{SECRET}{COVER}"), 1));
    }
}
