//! Bytes → text, as a YAML reader sees them: UTF-8, or UTF-16 behind a byte order mark.

/// What was made of the bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decoded {
    /// They are UTF-8.
    Utf8(String),
    /// They are UTF-16 behind a byte order mark, whose first byte stands behind the text; the text is the same in UTF-8.
    Utf16(String, u8),
    /// They are neither.
    Broken(Broken),
}

/// Bytes that are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The bytes with a `?` for each one that belongs to no character: every offset is that of the
    /// file. For broken UTF-16 the converted text.
    pub stand_in: String,
    /// The first byte that fits nowhere, counted from 0 in `stand_in`.
    pub offset: u32,
    /// How many bytes from there on make up the misfit; at least one, less only at the end.
    pub len: u32,
    /// What go-yaml v2 says about them, such as `invalid leading UTF-8 octet`.
    pub go_yaml: &'static str,
    /// What Python's decoder says about them, or PyYAML; `None` for UTF-16 that is UTF-8 as well.
    pub python: Option<String>,
    /// What the file probably is.
    pub guess: Guess,
}

/// What bytes that are not UTF-8 probably are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// UTF-16 without a byte order mark, or broken.
    Utf16,
    /// UTF-32.
    Utf32,
    /// One byte per character, as old Windows and Latin-1 editors write.
    SingleByte,
    /// UTF-8 that ends inside a character.
    CutOff,
    /// No text at all.
    Binary,
}

impl Guess {
    /// For people, to follow "the file looks like".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf16 => "UTF-16 without a byte order mark",
            Self::Utf32 => "UTF-32",
            Self::SingleByte => "a single-byte encoding such as Windows-1252 or Latin-1",
            Self::CutOff => "UTF-8 that was cut off inside a character",
            Self::Binary => "binary data",
        }
    }
}

/// Reads the bytes as a YAML reader does.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Decoded {
    match bytes.get(..2) {
        Some([0xFF, 0xFE]) if bytes.get(2..4) != Some(&[0, 0]) => utf16(&bytes, u16::from_le_bytes),
        Some([0xFE, 0xFF]) => utf16(&bytes, u16::from_be_bytes),
        _ => match String::from_utf8(bytes) {
            Ok(text) if looks_like_utf16(head(text.as_bytes())) => Decoded::Broken(nul_filled(text)),
            Ok(text) => Decoded::Utf8(text),
            Err(error) => Decoded::Broken(broken_utf8(&error.into_bytes())),
        },
    }
}

/// ASCII in UTF-16 is UTF-8 as well, full of NUL.
fn nul_filled(text: String) -> Broken {
    let at = text.bytes().position(|byte| byte == 0).unwrap_or(0);
    let position = text.get(..at).unwrap_or_default().chars().count();
    let python = format!("unacceptable character #x0000: special characters are not allowed\n  position {position}");
    Broken {
        stand_in: text,
        offset: offset(at),
        len: 1,
        go_yaml: "control characters are not allowed",
        python: Some(python),
        guess: Guess::Utf16,
    }
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..4096).unwrap_or(bytes)
}

fn looks_like_utf16(head: &[u8]) -> bool {
    let nuls = head.iter().filter(|&&byte| byte == 0).count();
    head.len() > 3 && nuls * 3 > head.len()
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().skip(1).map(|&pair| unit(pair));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut first_misfit = None;
    for decoded in char::decode_utf16(units) {
        let character = decoded.unwrap_or_else(|error| {
            let low = (0xDC00..=0xDFFF).contains(&error.unpaired_surrogate());
            let says = if low { "unexpected low surrogate area" } else { "expected low surrogate area" };
            first_misfit.get_or_insert((text.len(), says));
            '?'
        });
        text.push(character);
    }
    if !rest.is_empty() {
        first_misfit.get_or_insert((text.len(), "incomplete UTF-16 character"));
    }
    match first_misfit {
        None => Decoded::Utf16(text, bytes.first().copied().unwrap_or(0)),
        Some((at, go_yaml)) => {
            let len = u32::from(at < text.len());
            let (python, guess) = (utf8_error(bytes), Guess::Utf16);
            Decoded::Broken(Broken { stand_in: text, offset: offset(at), len, go_yaml, python, guess })
        }
    }
}

fn broken_utf8(bytes: &[u8]) -> Broken {
    let (at, len) = first_misfit(bytes);
    let mut stand_in = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        stand_in.push_str(chunk.valid());
        stand_in.extend(chunk.invalid().iter().map(|_| '?'));
    }
    // go-yaml reads on from the start, so a control character before the misfit stops it first.
    let control = bytes.get(..at).unwrap_or(bytes).iter().any(|&byte| is_forbidden_control(byte));
    let go_yaml =
        if control { "control characters are not allowed" } else { go_yaml_words(bytes.get(at..).unwrap_or(&[])) };
    let (python, guess) = (utf8_error(bytes), guess(bytes, at + len as usize));
    Broken { stand_in, offset: offset(at), len, go_yaml, python, guess }
}

/// What Python's decoder says of bytes that are not UTF-8; `None` when they are.
#[must_use]
pub fn utf8_error(bytes: &[u8]) -> Option<String> {
    let error = std::str::from_utf8(bytes).err()?;
    let start = error.valid_up_to();
    let first = bytes.get(start).copied().unwrap_or(0);
    let (length, reason) = match error.error_len() {
        None => (bytes.len() - start, "unexpected end of data"),
        Some(length) if matches!(first, 0x80..=0xC1 | 0xF5..) => (length, "invalid start byte"),
        Some(length) => (length, "invalid continuation byte"),
    };
    Some(if length == 1 {
        format!("'utf-8' codec can't decode byte 0x{first:02x} in position {start}: {reason}")
    } else {
        let last = start + length - 1;
        format!("'utf-8' codec can't decode bytes in position {start}-{last}: {reason}")
    })
}

fn first_misfit(bytes: &[u8]) -> (usize, u32) {
    let mut at = 0;
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            return (at, offset(chunk.invalid().len()));
        }
    }
    (at, 0)
}

/// The control characters that YAML 1.1 leaves out of its character set.
fn is_forbidden_control(byte: u8) -> bool {
    byte == 0x7F || (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
}

/// The reader of go-yaml v2.4.0 takes the length of a character from its first byte, then looks at the
/// bytes that follow, then at the value (observed by running it).
fn go_yaml_words(bytes: &[u8]) -> &'static str {
    let first = bytes.first().copied().unwrap_or(0);
    let width = match first {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF7 => 4,
        _ => return "invalid leading UTF-8 octet",
    };
    let Some(rest) = bytes.get(1..width) else {
        return "incomplete UTF-8 octet sequence";
    };
    if rest.iter().any(|byte| byte & 0xC0 != 0x80) {
        return "invalid trailing UTF-8 octet";
    }
    let second = rest.first().copied().unwrap_or(0);
    match (first, second) {
        (0xC0 | 0xC1, _) | (0xE0, 0x80..=0x9F) | (0xF0, 0x80..=0x8F) => "invalid length of a UTF-8 sequence",
        _ => "invalid Unicode character",
    }
}

fn guess(bytes: &[u8], misfit_end: usize) -> Guess {
    let head = head(bytes);
    let controls = head.iter().filter(|&&byte| is_forbidden_control(byte)).count();
    if head.starts_with(&[0xFF, 0xFE, 0, 0]) || head.starts_with(&[0, 0, 0xFE, 0xFF]) {
        Guess::Utf32
    } else if looks_like_utf16(head) {
        Guess::Utf16
    } else if controls > head.len() / 64 {
        Guess::Binary
    } else if misfit_end == bytes.len() && is_cut_off(bytes) {
        Guess::CutOff
    } else {
        Guess::SingleByte
    }
}

/// Whether the last character starts well and only lacks bytes.
fn is_cut_off(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Broken, Decoded, Guess, decode, utf8_error};

    fn broken(bytes: &[u8]) -> Broken {
        match decode(bytes.to_vec()) {
            Decoded::Broken(broken) => broken,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn misfits_are_named_in_the_words_of_go_yaml() {
        let table: [(&[u8], u32, u32, &str); 10] = [
            (b"a: 1\nb: caf\xe9\nc: 2\n", 11, 1, "invalid trailing UTF-8 octet"),
            (b"a: 1\nb: \x80\n", 8, 1, "invalid leading UTF-8 octet"),
            (b"a: 1\nb: \xff\n", 8, 1, "invalid leading UTF-8 octet"),
            (b"a: \xc0\x80\n", 3, 1, "invalid length of a UTF-8 sequence"),
            (b"a: \xed\xa0\x80\n", 3, 1, "invalid Unicode character"),
            (b"a: \xf4\x90\x80\x80\n", 3, 1, "invalid Unicode character"),
            (b"a: \xe2\x82", 3, 2, "incomplete UTF-8 octet sequence"),
            (b"\0a: \xff\n", 4, 1, "control characters are not allowed"),
            (b"\xff\xfea\x00:\x00 ", 2, 0, "incomplete UTF-16 character"),
            (b"\xff\xfea\x00:\x00 \x00\x00\xd8a\x00", 3, 1, "expected low surrogate area"),
        ];
        for (bytes, offset, len, go_yaml) in table {
            let found = broken(bytes);
            assert_eq!((found.offset, found.len, found.go_yaml), (offset, len, go_yaml), "{bytes:?}");
        }
    }

    #[test]
    fn misfits_are_named_in_the_words_of_python() {
        let table: [(&[u8], Option<&str>); 6] = [
            (b"a\xc3\xa4", None),
            (b"\xff\xfea", Some("byte 0xff in position 0: invalid start byte")),
            (b"caf\xe9\n", Some("byte 0xe9 in position 3: invalid continuation byte")),
            (b"\xe2\x82a", Some("bytes in position 0-1: invalid continuation byte")),
            (b"a\xe2\x82", Some("bytes in position 1-2: unexpected end of data")),
            (b"a\xe2", Some("byte 0xe2 in position 1: unexpected end of data")),
        ];
        for (bytes, words) in table {
            let words = words.map(|words| format!("'utf-8' codec can't decode {words}"));
            assert_eq!(utf8_error(bytes), words, "{bytes:?}");
        }
    }

    #[test]
    fn what_the_file_is_gets_guessed() {
        let table: [(&[u8], Guess); 6] = [
            (b"a\x00:\x00 \x001\x00\n\x00", Guess::Utf16),
            (b"name: caf\xe9\n", Guess::SingleByte),
            (b"name: caf\xc3", Guess::CutOff),
            (b"\x1f\x8b\x08\x00\x00\x00\x01\x02\xff\xfe", Guess::Binary),
            (b"\xff\xfe\x00\x00a\x00\x00\x00", Guess::Utf32),
            (b"\xffa\x00:\x00 \x001\x00", Guess::Utf16),
        ];
        for (bytes, guess) in table {
            assert_eq!(broken(bytes).guess, guess, "{bytes:?}");
        }
    }

    #[test]
    fn offsets_in_the_stand_in_are_those_of_the_file() {
        let bytes = b"a: \xe9\xe8\nb: \xc3\xa4\xff";
        let found = broken(bytes);
        assert_eq!(found.stand_in, "a: ??\nb: ä?");
        assert_eq!(found.stand_in.len(), bytes.len());
    }

    #[test]
    fn utf16_behind_a_mark_is_converted() {
        let little: Vec<u8> = "\u{feff}a: ä🚀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}a: ä🚀\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [little, big] {
            let mark = bytes[0];
            assert_eq!(decode(bytes), Decoded::Utf16("a: ä🚀\n".to_owned(), mark));
        }
    }
}
