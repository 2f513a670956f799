//! Words of command lines that people copy into a shell.

use std::fmt::Write as _;

/// A word as every shell of POSIX takes it for itself. Control characters and breaks of lines, which would end a line of a
/// comment, too, stand in `$'…'`, which bash, zsh and ksh know.
#[must_use]
pub fn word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-.,/:=@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    if text.chars().any(breaks) {
        return escaped(text);
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Whether a character is none to see, or ends a line for YAML.
fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn escaped(text: &str) -> String {
    let mut word = "$'".to_owned();
    for c in text.chars() {
        match c {
            '\'' | '\\' => word.extend(['\\', c]),
            c if breaks(c) => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(word, "\\{byte:03o}");
                }
            }
            c => word.push(c),
        }
    }
    word.push('\'');
    word
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn words_stay_what_they_are() {
        let rows = [
            ("west", "west"),
            ("gke_west/eu:1", "gke_west/eu:1"),
            ("", "''"),
            ("a b", "'a b'"),
            ("$(id)", "'$(id)'"),
            ("it's", r"'it'\''s'"),
            ("~/x", "'~/x'"),
            ("a\nb'\\", r"$'a\012b\'\\'"),
            ("a\u{2028}", r"$'a\342\200\250'"),
        ];
        for (text, expected) in rows {
            assert_eq!(word(text), expected);
        }
    }
}
