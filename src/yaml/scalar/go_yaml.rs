//! go-yaml v2.4.0, which reads master.yaml, and Helm values through sigs.k8s.io/yaml (facts §1.1).

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::Scalar;
use super::go_time::is_timestamp;
use crate::yaml::tree::ScalarStyle;

const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// The tags that go-yaml looks at; the text behind any other tag stays text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Str,
    Bool,
    Int,
    Float,
    Null,
    Timestamp,
}

impl Asked {
    fn of(tag: &str) -> Option<Self> {
        Some(match tag.strip_prefix(YAML_TAGS)? {
            "str" => Self::Str,
            "bool" => Self::Bool,
            "int" => Self::Int,
            "float" => Self::Float,
            "null" => Self::Null,
            "timestamp" => Self::Timestamp,
            _ => return None,
        })
    }
}

/// The value of a plain scalar without a tag. `<<` is text here; whether it merges depends on its
/// being a key, which the caller knows.
#[must_use]
pub fn go_yaml_v2(text: &str) -> Scalar {
    go_yaml_v2_no_text(text).unwrap_or_else(|| Scalar::String(text.to_owned()))
}

/// The same, where it is something else than text.
#[must_use]
pub fn go_yaml_v2_no_text(text: &str) -> Option<Scalar> {
    known_word(text).or_else(|| number(text))
}

/// The value of a scalar with the tag and in the style it was written. `tag` is the full name, as
/// in [`Tag::name`](crate::yaml::Tag).
///
/// # Errors
/// The words of go-yaml for a text that does not fit its tag, such as
/// ``yaml: cannot decode !!str `x` as a !!int``.
pub fn go_yaml_v2_tagged(tag: Option<&str>, text: &str, style: ScalarStyle) -> Result<Scalar, String> {
    let string = || Scalar::String(text.to_owned());
    let Some(tag) = tag else {
        return Ok(if style == ScalarStyle::Plain { go_yaml_v2(text) } else { string() });
    };
    if tag.strip_prefix(YAML_TAGS) == Some("binary") {
        return binary(text).map(Scalar::String);
    }
    let Some(asked) = Asked::of(tag) else {
        return Ok(string());
    };
    let found = if asked == Asked::Str { string() } else { go_yaml_v2(text) };
    let misfit = |kind: &str| {
        let asked = tag.strip_prefix(YAML_TAGS).unwrap_or(tag);
        Err(format!("yaml: cannot decode !!{kind} `{text}` as a !!{asked}"))
    };
    match (asked, found) {
        (Asked::Timestamp, Scalar::String(text)) if is_timestamp(&text) => Ok(Scalar::String(text)),
        (Asked::Float, Scalar::Int(int)) if i64::try_from(int).is_ok() =>
        {
            #[expect(clippy::cast_precision_loss, reason = "as go-yaml converts it")]
            Ok(Scalar::Float(int as f64))
        }
        (Asked::Str, found @ Scalar::String(_))
        | (Asked::Bool, found @ Scalar::Bool(_))
        | (Asked::Int, found @ Scalar::Int(_))
        | (Asked::Float, found @ Scalar::Float(_))
        | (Asked::Null, found @ Scalar::Null) => Ok(found),
        (_, Scalar::Null) => misfit("null"),
        (_, Scalar::Bool(_)) => misfit("bool"),
        (_, Scalar::Int(_)) => misfit("int"),
        (_, Scalar::Float(_)) => misfit("float"),
        (_, Scalar::String(_)) => misfit("str"),
    }
}

fn known_word(text: &str) -> Option<Scalar> {
    Some(match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => Scalar::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => Scalar::Bool(false),
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        ".nan" | ".NaN" | ".NAN" => Scalar::Float(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Scalar::Float(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Scalar::Float(f64::NEG_INFINITY),
        _ => return None,
    })
}

fn number(text: &str) -> Option<Scalar> {
    match text.bytes().next()? {
        b'.' => {
            let digits = has_underscores_between_digits(text).then(|| text.replace('_', ""))?;
            float(&digits)
        }
        b'+' | b'-' | b'0'..=b'9' => {
            let plain = text.replace('_', "");
            integer(&plain).or_else(|| float(&plain)).or_else(|| odd_binary(&plain))
        }
        _ => None,
    }
}

/// Go's rule for underscores in a number without a prefix.
fn has_underscores_between_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut underscores = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'_');
    underscores.all(|(at, _)| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
}

/// Go's `strconv.ParseInt` and then `ParseUint`, base 0, 64 bits.
fn integer(text: &str) -> Option<Scalar> {
    let (sign, digits) = match text.as_bytes().first()? {
        b'-' => (-1, text.get(1..)?),
        b'+' => (1, text.get(1..)?),
        _ => (1, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, digits.get(2..)?),
        [b'0', b'o' | b'O', _, ..] => (8, digits.get(2..)?),
        [b'0', b'b' | b'B', _, ..] => (2, digits.get(2..)?),
        [b'0', _, ..] => (8, digits.get(1..)?),
        _ => (10, digits),
    };
    let magnitude = magnitude(digits, radix)?;
    let value = sign * i128::from(magnitude);
    let unsigned = digits.len() == text.len() || text.starts_with(|first: char| first.is_ascii_digit());
    (i64::try_from(value).is_ok() || unsigned).then_some(Scalar::Int(value))
}

/// Digits without a sign, up to 64 bits.
fn magnitude(digits: &str, radix: u32) -> Option<u64> {
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, within the range of a float.
fn float(text: &str) -> Option<Scalar> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digit = !whole.is_empty() || !fraction.is_empty();
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    if !(has_digit && is_digits(whole) && is_digits(fraction) && exponent_fits) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some(Scalar::Float(value))
}

/// What go-yaml still takes for binary: a second sign behind `0b`.
fn odd_binary(text: &str) -> Option<Scalar> {
    let digits = text.strip_prefix("0b")?;
    i64::from_str_radix(digits, 2).ok().map(|value| Scalar::Int(value.into()))
}

/// The bytes of `!!binary` as the JSON encoder writes them: what is no UTF-8 becomes U+FFFD.
fn binary(text: &str) -> Result<String, String> {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::RequireCanonical);
    let digits = text.replace(['\r', '\n'], "");
    let bytes = GeneralPurpose::new(&STANDARD, config)
        .decode(digits)
        .map_err(|_| "yaml: !!binary value contains invalid base64 data".to_owned())?;
    let mut decoded = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        decoded.push_str(chunk.valid());
        decoded.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    Ok(decoded)
}
