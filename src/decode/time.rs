//! Times of `metav1.Time`: RFC 3339, as Go's `time.Parse` takes it.

/// Whether a text is a time, else Go's error text.
pub(super) fn rfc3339(text: &str) -> Result<(), String> {
    const LAYOUT: &str = "2006-01-02T15:04:05Z07:00";
    let shape: [(usize, &str, &str); 11] = [
        (4, "dddd", "2006"),
        (1, "-", "-"),
        (2, "dd", "01"),
        (1, "-", "-"),
        (2, "dd", "02"),
        (1, "T", "T"),
        (2, "dd", "15"),
        (1, ":", ":"),
        (2, "dd", "04"),
        (1, ":", ":"),
        (2, "dd", "05"),
    ];
    let mut rest = text;
    for (width, pattern, name) in shape {
        let fits = rest.len() >= width
            && rest.bytes().zip(pattern.bytes()).all(|(c, p)| if p == b'd' { c.is_ascii_digit() } else { c == p });
        if !fits {
            return Err(format!("parsing time \"{text}\" as \"{LAYOUT}\": cannot parse \"{rest}\" as \"{name}\""));
        }
        rest = rest.get(width..).unwrap_or("");
    }
    if let Some(fraction) = rest.strip_prefix('.') {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let offset = rest == "Z"
        || (rest.len() == 6
            && rest.starts_with(['+', '-'])
            && rest.bytes().skip(1).enumerate().all(|(at, c)| if at == 2 { c == b':' } else { c.is_ascii_digit() }));
    if offset {
        return Ok(());
    }
    Err(format!("parsing time \"{text}\" as \"{LAYOUT}\": cannot parse \"{rest}\" as \"Z07:00\""))
}
