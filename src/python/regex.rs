//! Regular expressions as Python's `re` reads them.

/// Whether Python compiles a pattern.
///
/// # Errors
/// Python's words.
pub fn check(pattern: &[u8]) -> Result<(), String> {
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(byte) = pattern.get(at) {
        match byte {
            b'\\' => at += 1,
            b'(' => open.push(at),
            b')' if open.pop().is_none() => return Err(format!("unbalanced parenthesis at position {at}")),
            _ => {}
        }
        at += 1;
    }
    match open.last() {
        Some(at) => Err(format!("missing ), unterminated subpattern at position {at}")),
        None => Ok(()),
    }
}
