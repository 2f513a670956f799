//! What a text becomes on its way through JSON: Helm writes a value as JSON and reads that as YAML before it writes YAML.

use std::borrow::Cow;

/// Most characters between the start of a key and its colon that YAML reads, quotes included.
const MAX_KEY: usize = 1024;

/// The line break of YAML 1.1 that JSON writes as it is.
const NEXT_LINE: char = '\u{85}';

/// A text as it comes back; `None` when YAML refuses it, and with it the whole value.
pub(super) fn back(text: &str) -> Option<Cow<'_, str>> {
    // In ASCII, JSON escapes all that YAML minds but one.
    if text.is_ascii() {
        return (!text.contains('\x7f')).then_some(Cow::Borrowed(text));
    }
    if text.chars().any(is_forbidden) {
        return None;
    }
    if text.contains(NEXT_LINE) { folded(text).map(Cow::Owned) } else { Some(Cow::Borrowed(text)) }
}

/// Whether YAML finds the colon behind a key, which has to stand on its line.
pub(super) fn is_found(key: &str) -> bool {
    if key.contains(NEXT_LINE) {
        return false;
    }
    // No character takes more than six in JSON.
    if key.len() <= MAX_KEY / 6 - 2 {
        return true;
    }
    let mut written = String::new();
    crate::value::write_json_string(key, &mut written);
    written.chars().count() <= MAX_KEY
}

/// Whether a file in which the JSON stands is something else for it, or cannot be read.
pub(super) fn disturbs(text: &str) -> bool {
    text.chars().any(|next| next == NEXT_LINE || is_forbidden(next))
}

fn is_forbidden(next: char) -> bool {
    matches!(next, '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}') && next != NEXT_LINE
}

/// Lines put together as between double quotes: white space around a break goes, a lone break is a blank.
fn folded(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0;
    for (at, line) in text.split(NEXT_LINE).enumerate() {
        if at > 0 {
            breaks += 1;
            let separates = line.starts_with("---") || line.starts_with("...");
            if separates && line.get(3..).is_some_and(|rest| rest.starts_with(' ')) {
                return None;
            }
        }
        let content = if at > 0 { line.trim_start_matches(' ') } else { line };
        if content.is_empty() && at > 0 {
            continue;
        }
        write_breaks(&mut out, breaks);
        breaks = 0;
        out.push_str(content);
    }
    write_breaks(&mut out, breaks);
    Some(out)
}

fn write_breaks(out: &mut String, breaks: usize) {
    if breaks == 0 {
        return;
    }
    out.truncate(out.trim_end_matches(' ').len());
    match breaks {
        1 => out.push(' '),
        more => out.extend(std::iter::repeat_n('\n', more - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::back;

    /// As Helm 3.22 prints them.
    #[test]
    fn texts_come_back_as_helm_shows_them() {
        let table = [
            ("a\u{85}b", Some("a b")),
            ("\u{85}", Some(" ")),
            ("a \u{85} b", Some("a b")),
            ("a\u{85}", Some("a ")),
            ("\u{85} a", Some(" a")),
            ("a\u{85}\u{85}b", Some("a\nb")),
            ("a\u{7f}", None),
            ("\u{9f}", None),
            ("\u{a0}", Some("\u{a0}")),
            ("a\nb", Some("a\nb")),
        ];
        for (text, wanted) in table {
            assert_eq!(back(text).as_deref(), wanted, "{text:?}");
        }
    }
}
