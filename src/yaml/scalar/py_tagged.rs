//! PyYAML's scalars with their tags and styles: the constructors of `SafeLoader`.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::py_int::{negative, python_float, python_int};
use super::py_text::{SURROGATES, repr_text};
use super::py_time::Moment;
use super::pyyaml::{PyError, PyScalar, pyyaml};
use crate::yaml::tree::ScalarStyle;

const YAML_TAGS: &str = "tag:yaml.org,2002:";

/// The value of a scalar with the tag and in the style it was written. `tag` is the full name, as in
/// [`Tag::name`](crate::yaml::Tag); a lone `!` is no tag to PyYAML, and makes any style a plain one.
///
/// # Errors
/// The exception that PyYAML or Python raises for a text that does not fit its tag.
pub fn pyyaml_tagged(tag: Option<&str>, text: &str, style: ScalarStyle) -> Result<PyScalar, PyError> {
    let Some(tag) = tag else {
        return if style == ScalarStyle::Plain { pyyaml(text) } else { Ok(PyScalar::String(text.to_owned())) };
    };
    match tag.strip_prefix(YAML_TAGS) {
        Some("null") => Ok(PyScalar::Null),
        Some("str") => Ok(PyScalar::String(text.to_owned())),
        Some("bool") => truth(text),
        Some("int") => integer(text),
        Some("float") => float(text),
        Some("binary") => binary(text),
        Some("timestamp") => match Moment::read_loosely(text) {
            Some(moment) => moment.write().map(PyScalar::Timestamp),
            None => Err(PyError {
                exception: "AttributeError",
                message: "'NoneType' object has no attribute 'groupdict'".to_owned(),
            }),
        },
        _ => Err(PyError::constructor(format!("could not determine a constructor for the tag {}", repr_text(tag)))),
    }
}

fn truth(text: &str) -> Result<PyScalar, PyError> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" => Ok(PyScalar::Bool(true)),
        "no" | "false" | "off" => Ok(PyScalar::Bool(false)),
        other => Err(PyError { exception: "KeyError", message: repr_text(other) }),
    }
}

fn no_character() -> PyError {
    PyError { exception: "IndexError", message: "string index out of range".to_owned() }
}

/// Sign and digits of a number without its underscores.
fn signed(text: &str) -> Result<(bool, String), PyError> {
    let text = text.replace('_', "");
    if text.is_empty() {
        return Err(no_character());
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(&text).to_owned();
    Ok((text.starts_with('-'), unsigned))
}

fn integer(text: &str) -> Result<PyScalar, PyError> {
    let (is_negative, digits) = signed(text)?;
    let value = match digits.as_bytes() {
        [] => return Err(no_character()),
        b"0" => "0".to_owned(),
        [b'0', b'b', ..] => python_int(digits.get(2..).unwrap_or_default(), 2)?,
        [b'0', b'x', ..] => python_int(digits.get(2..).unwrap_or_default(), 16)?,
        [b'0', ..] => python_int(&digits, 8)?,
        _ if digits.contains(':') => sixtieths(&digits)?,
        _ => python_int(&digits, 10)?,
    };
    Ok(PyScalar::Int(if is_negative { negative(value) } else { value }))
}

/// `1:30` and the like; parts of any size and sign.
fn sixtieths(digits: &str) -> Result<String, PyError> {
    let parts = digits.split(':').map(|part| python_int(part, 10)).collect::<Result<Vec<_>, _>>()?;
    let sum = parts.iter().try_fold(0_i128, |sum, part| sum.checked_mul(60)?.checked_add(part.parse().ok()?));
    let too_long = || PyError::value("this number is longer than detctl reads");
    sum.map(|sum| sum.to_string()).ok_or_else(too_long)
}

fn float(text: &str) -> Result<PyScalar, PyError> {
    let (is_negative, digits) = signed(&text.to_lowercase())?;
    let sign = if is_negative { -1.0 } else { 1.0 };
    match &*digits {
        ".inf" => return Ok(PyScalar::Float(sign * f64::INFINITY)),
        ".nan" => return Ok(PyScalar::Float(f64::NAN)),
        _ => {}
    }
    let parts = digits.split(':').map(python_float).collect::<Result<Vec<_>, _>>()?;
    let mut value = 0.0;
    let mut base = 1.0;
    for part in parts.iter().rev() {
        value += part * base;
        base *= 60.0;
    }
    Ok(PyScalar::Float(sign * value))
}

/// The words for text that is not ASCII: the first run of such characters.
fn not_ascii(text: &str) -> Option<String> {
    let at = text.chars().position(|next| !next.is_ascii())?;
    let count = text.chars().skip(at).take_while(|next| !next.is_ascii()).count();
    let first = text.chars().nth(at).map_or(0, u32::from);
    let which = match (count, first) {
        (1, 0..=0xFF) => format!("character '\\x{first:02x}' in position {at}"),
        (1, 0..=0xFFFF) => format!("character '\\u{first:04x}' in position {at}"),
        (1, _) if SURROGATES.contains(&first) => {
            format!("character '\\u{:04x}' in position {at}", first - SURROGATES.start() + 0xD800)
        }
        (1, _) => format!("character '\\U{first:08x}' in position {at}"),
        _ => format!("characters in position {at}-{}", at + count - 1),
    };
    Some(format!(
        "failed to convert base64 data into ascii: 'ascii' codec can't encode {which}: ordinal not in range(128)"
    ))
}

/// Python passes over what is no letter of the alphabet, and wants its padding.
fn binary(text: &str) -> Result<PyScalar, PyError> {
    let failed = |what: &str| PyError::constructor(format!("failed to decode base64 data: {what}"));
    let padded = match text.find('=') {
        Some(_) => text.trim_end(),
        None => text,
    };
    let letters: String = padded.chars().filter(|next| next.is_ascii_alphanumeric() || "+/".contains(*next)).collect();
    if let Some(words) = not_ascii(text) {
        return Err(PyError::constructor(words));
    }
    let padding = text.bytes().filter(|&byte| byte == b'=').count();
    match letters.len() % 4 {
        1 => {
            let count = letters.len();
            let what = format!(
                "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
            );
            return Err(failed(&what));
        }
        2 if padding < 2 => return Err(failed("Incorrect padding")),
        3 if padding < 1 => return Err(failed("Incorrect padding")),
        _ => {}
    }
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::RequireNone)
        .with_decode_allow_trailing_bits(true);
    let engine = GeneralPurpose::new(&STANDARD, config);
    engine.decode(letters).map(PyScalar::Bytes).map_err(|_| failed("Incorrect padding"))
}
