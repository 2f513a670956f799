//! Secrets in the arguments of programs: behind an option that tells, in one line of a shell or each in a line of its own.

use std::ops::Range;

use memchr::memmem;

use super::tells;

/// How far behind a program its options are looked for, in bytes.
const REACH: usize = 512;

/// The longest option or value that is looked at, in bytes.
const LONGEST: usize = 4096;

/// Programs and commands whose `-p` is a password.
const LOGINS: [&str; 4] = ["login", "mysql", "mariadb", "sshpass"];

/// All of them, by their bytes. The text may be a shell's, or a list of YAML or JSON.
#[must_use]
pub fn secrets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    if is_word(text) {
        return behind_p(text, 0).filter(|_| text.starts_with("-p")).into_iter().collect();
    }
    found.extend(memmem::find_iter(bytes, "--").filter_map(|at| behind_long(text, at)));
    found.extend(memmem::find_iter(bytes, "-p").filter_map(|at| behind_p(text, at)));
    found.extend(memmem::find_iter(bytes, "-u").filter_map(|at| behind_user(text, at)));
    found.extend(memmem::find_iter(bytes, "earer").filter_map(|at| behind_bearer(text, at)));
    for login in LOGINS {
        found.extend(memmem::find_iter(bytes, login).flat_map(|at| behind_login(text, at, login)));
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|next, one| next.start < one.end);
    found
}

/// Whether a text is a single word, as most are: it can be an option with its value, and holds no other secret.
#[must_use]
pub fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/'))
}

/// Which of the arguments of a program hold a secret, each by itself or because of the one before it.
#[must_use]
pub fn among<'t>(arguments: impl Iterator<Item = &'t str> + Clone) -> Vec<usize> {
    if !arguments.clone().any(|argument| argument.contains('-')) {
        return Vec::new();
    }
    // As a shell would have them; nothing in an argument ends it.
    let mut text = String::new();
    let mut starts = Vec::new();
    for argument in arguments {
        starts.push(text.len());
        text.push('\u{1}');
        text.push_str(argument);
        text.push('\u{1}');
        text.push(' ');
    }
    let item = |range: Range<usize>| starts.partition_point(|start| *start <= range.start).saturating_sub(1);
    let mut found: Vec<usize> = secrets(&text).into_iter().map(item).collect();
    found.dedup();
    found
}

/// Whether an option may start here.
fn is_start(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.chars().next_back().is_none_or(is_between))
}

/// What stands around arguments.
fn is_between(letter: char) -> bool {
    letter.is_whitespace() || is_quote(letter) || matches!(letter, ',' | '[' | ']' | '(' | ';' | '&' | '|')
}

fn is_quote(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '`' | '\u{1}')
}

/// `--password x`; what follows an equals sign is told by its name.
fn behind_long(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at + 2..)?;
    let length =
        rest.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let name = rest.get(..length)?;
    let is_user = matches!(name, "user" | "proxy-user");
    if !is_start(text, at) || !(is_user || tells(name)) {
        return None;
    }
    let value = argument(text, at + 2 + length)?;
    if is_user { behind_colon(text, value) } else { Some(value) }
}

/// `-px`, which is no word and no port.
fn behind_p(text: &str, at: usize) -> Option<Range<usize>> {
    let value = is_start(text, at).then(|| attached(text, at + 2)).flatten()?;
    let word = text.get(value.clone())?;
    let is_word = word.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'='));
    let is_port = word.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'/' | b'-'));
    (!is_word && !is_port).then_some(value)
}

/// `curl -u name:x`.
fn behind_user(text: &str, at: usize) -> Option<Range<usize>> {
    let value = is_start(text, at).then(|| argument(text, at + 2).or_else(|| attached(text, at + 2))).flatten()?;
    behind_colon(text, value)
}

fn behind_colon(text: &str, value: Range<usize>) -> Option<Range<usize>> {
    let colon = text.get(value.clone())?.find(':')?;
    let start = value.start + colon + 1;
    (start < value.end).then_some(start..value.end)
}

/// `Bearer x`.
fn behind_bearer(text: &str, at: usize) -> Option<Range<usize>> {
    let is_word =
        at.checked_sub(1).and_then(|before| text.as_bytes().get(before)).is_some_and(|b| matches!(b, b'b' | b'B'));
    let after = at + "earer".len();
    let length = text.get(after..)?.bytes().take_while(|byte| *byte == b' ').count();
    if !is_word || length == 0 {
        return None;
    }
    // A sentence about bearers is none.
    attached(text, after + length).filter(|value| value.len() > 3)
}

/// `-p x` and `-px` somewhere behind a program that takes passwords so.
fn behind_login(text: &str, at: usize, login: &str) -> Vec<Range<usize>> {
    let is_path = |letter: char| is_between(letter) || letter == '/';
    if !text.get(..at).is_some_and(|before| before.chars().next_back().is_none_or(is_path)) {
        return Vec::new();
    }
    let start = at + login.len();
    let reach = ahead(text, start, REACH);
    // The next command of a shell is another's.
    let reach = reach.get(..reach.find([';', '|', '&']).unwrap_or(reach.len())).unwrap_or("");
    let options = memmem::find_iter(reach.as_bytes(), "-p").map(|at| start + at).filter(|at| is_start(text, *at));
    options.filter_map(|at| attached(text, at + 2).or_else(|| argument(text, at + 2))).collect()
}

/// The rest of an argument.
fn attached(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = ahead(text, from, LONGEST);
    let rest =
        rest.get(..rest.find(|letter| is_between(letter) && !matches!(letter, '(' | '&')).unwrap_or(rest.len()))?;
    (!rest.is_empty()).then(|| from..from + rest.len())
}

/// The argument behind an option that ends here: on the same line, or as the next item of a list; no other option.
fn argument(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = ahead(text, from, LONGEST);
    let (mut at, mut last) = (0, ' ');
    let mut is_apart = false;
    for (place, letter) in rest.char_indices() {
        let is_dash =
            letter == '-' && last.is_whitespace() && rest.get(place + 1..).is_some_and(|rest| rest.starts_with(' '));
        if !(letter.is_whitespace() || is_quote(letter) || letter == ',' || is_dash) {
            break;
        }
        is_apart |= letter.is_whitespace() || letter == ',';
        (at, last) = (place + letter.len_utf8(), letter);
    }
    if !is_apart || rest.get(at..)?.starts_with('-') {
        return None;
    }
    let start = from + at;
    let value = rest.get(at..)?;
    let end = match last {
        quote if is_quote(quote) => value.find([quote, '\n']).unwrap_or(value.len()),
        _ => value
            .find(|letter: char| letter.is_whitespace() || is_quote(letter) || ",;])}|".contains(letter))
            .unwrap_or(value.len()),
    };
    (end > 0).then(|| start..start + end)
}

/// The text from a place on, no more than so many bytes.
fn ahead(text: &str, from: usize, length: usize) -> &str {
    let end = (0..=text.len().min(from + length)).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(from..end).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        secrets(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn lines_of_a_shell() {
        let table: [(&str, &[&str]); 20] = [
            ("x --password hunter2 --verbose", &["hunter2"]),
            ("x --password 'hunter 2' y", &["hunter 2"]),
            ("x --password --verbose", &[]),
            ("x --password-file /etc/x", &[]),
            ("docker login -u me -p hunter2 registry", &["hunter2"]),
            ("docker login -u me -phunter2 registry", &["hunter2"]),
            ("docker login registry; mkdir -p /x", &[]),
            ("docker login registry --password-stdin", &[]),
            ("mkdir -p /x && cp -p a b", &[]),
            ("/usr/bin/mysql -phunter2", &["hunter2"]),
            ("mysql -p hunter", &["hunter"]),
            ("x -pHunter", &["Hunter"]),
            ("x -p8080:80 -parallel", &[]),
            ("curl -u me:hunter2 http://x", &["hunter2"]),
            ("curl --user 'me:hunter 2' http://x", &["hunter 2"]),
            ("curl -u me http://x", &[]),
            ("curl -H 'X: Bearer hunter2'", &["hunter2"]),
            ("bearer of news", &[]),
            ("# -- Password of the database", &[]),
            ("ssh-keygen -p", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), expected, "{text:?}");
        }
    }

    #[test]
    fn lists_of_arguments() {
        for text in [
            "args: [\"--password\", \"hunter2\", \"-v\"]",
            "args: [--password, hunter2, -v]",
            "args:\n  - --password\n  - hunter2\n  - -v\n",
            "args:\n  - \"--password\"\n  - 'hunter2'\n",
            "args:\n  - login\n  - -p\n  - hunter2\n",
        ] {
            assert_eq!(found(text), ["hunter2"], "{text:?}");
        }
        let table: [(&[&str], &[usize]); 6] = [
            (&["--password", "hunter 2", "-v"], &[1]),
            (&["docker", "login", "-p", "it's"], &[3]),
            (&["--token", "-v"], &[]),
            (&["sh", "-c", "mysql -phunter2 && true"], &[2]),
            (&["-pHunter2"], &[0]),
            (&["--name", "x", "--token", "y"], &[3]),
        ];
        for (arguments, expected) in table {
            assert_eq!(among(arguments.iter().copied()), expected, "{arguments:?}");
        }
    }
}
