//! Two notations of encoding/json: numbers that must stand in quotes (`json:",string"`) and bytes in base64.

use super::decoded::{Decoded, Entry};
use super::go_json::Decoder;
use super::problem::ProblemKind;
use super::run::{Fault, Run};
use crate::source::Span;
use crate::value::{Value, ValueKind, go_text};

/// Whether an error lets the decoder go on.
#[derive(Clone, Copy)]
enum Sort {
    Soft,
    Hard,
}

/// An `int64` that the JSON must hold as text; only null may stand without quotes.
pub(super) fn quoted_int(decoder: &mut Decoder, run: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    let text = match &value.kind {
        ValueKind::Null => return Decoded::Null,
        ValueKind::String(text) => text,
        _ => return misused(decoder, run, value, key, (Sort::Soft, "unquoted value")),
    };
    let shown = go_text::quoted(text);
    match text.bytes().next() {
        Some(b'n') if &**text == "null" => Decoded::Null,
        None | Some(b'n' | b't' | b'f') => misused(decoder, run, value, key, (Sort::Soft, &shown)),
        Some(b'"') if serde_json::from_str::<String>(text).is_ok() => {
            decoder.mismatch_named(run, value, key, "string".to_owned(), "int64")
        }
        Some(b'-' | b'0'..=b'9') => match text.parse() {
            Ok(number) => Decoded::Int(number),
            Err(_) => decoder.mismatch_named(run, value, key, format!("number {text}"), "int64"),
        },
        Some(_) => misused(decoder, run, value, key, (Sort::Hard, &shown)),
    }
}

fn misused(
    decoder: &mut Decoder,
    run: &mut Run,
    value: &Value,
    key: Option<Span>,
    (sort, shown): (Sort, &str),
) -> Decoded {
    let text = format!("json: invalid use of ,string struct tag, trying to unmarshal {shown} into int64");
    let kind = ProblemKind::Unreadable { what: "a whole number in quotes" };
    let fault = Fault::fixed(decoder.problem(kind, value.span, key), text);
    match sort {
        Sort::Soft => run.save(fault),
        Sort::Hard => run.stop(fault),
    }
    Decoded::Broken
}

/// `[]byte`: text in base64, or a list of numbers below 256.
pub(super) fn bytes(decoder: &mut Decoder, run: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    match &value.kind {
        ValueKind::Null => Decoded::Null,
        ValueKind::String(text) => match first_corrupt_byte(text.as_bytes()) {
            None => Decoded::Text(text.clone()),
            Some(at) => {
                let kind = ProblemKind::Unreadable { what: "base64" };
                let problem = decoder.problem(kind, value.span, key);
                run.save(Fault::fixed(problem, format!("illegal base64 data at input byte {at}")));
                Decoded::Broken
            }
        },
        ValueKind::Array(items) => Decoded::List(items.iter().map(|item| byte(decoder, run, item)).collect()),
        _ => decoder.mismatch_named(run, value, key, value.json_kind().to_owned(), "[]uint8"),
    }
}

fn byte(decoder: &mut Decoder, run: &mut Run, item: &Value) -> Entry {
    let value = match &item.kind {
        ValueKind::Null => Decoded::Int(0),
        ValueKind::Number(number) => {
            let text = go_text::json_number(*number);
            match text.parse::<u8>() {
                Ok(byte) => Decoded::Int(i64::from(byte)),
                Err(_) => decoder.mismatch_named(run, item, None, format!("number {text}"), "uint8"),
            }
        }
        _ => decoder.mismatch_named(run, item, None, item.json_kind().to_owned(), "uint8"),
    };
    Entry { key: None, span: item.span, value }
}

/// Where Go's base64 decoder stops, if it does; line breaks it skips.
fn first_corrupt_byte(text: &[u8]) -> Option<usize> {
    let digits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    let mut inked = text.iter().copied().enumerate().filter(|(_, byte)| !matches!(byte, b'\n' | b'\r'));
    let mut in_group = 0;
    loop {
        match inked.next() {
            None if in_group == 0 => return None,
            None => return Some(text.len() - in_group),
            Some((_, byte)) if digits(byte) => in_group = (in_group + 1) % 4,
            Some((_, b'=')) if in_group == 3 => return inked.next().map(|(at, _)| at),
            Some((_, b'=')) if in_group == 2 => {
                return match inked.next() {
                    None => Some(text.len()),
                    Some((_, b'=')) => inked.next().map(|(at, _)| at),
                    Some((at, _)) => Some(at - 1),
                };
            }
            Some((at, _)) => return Some(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_corrupt_byte;

    #[test]
    fn base64_as_go_reads_it() {
        for good in ["", "aGk=", "YQ==", "YWJj", "YW\nJj\n", "YQ=\r\n="] {
            assert_eq!(first_corrupt_byte(good.as_bytes()), None, "{good:?}");
        }
        for (bad, at) in [("%%%", 0), ("a", 0), ("abc", 0), ("abcd=", 4), ("ab=", 3), ("ab=c", 2), ("YQ==x", 4)] {
            assert_eq!(first_corrupt_byte(bad.as_bytes()), Some(at), "{bad:?}");
        }
    }
}
