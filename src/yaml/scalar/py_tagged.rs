//! PyYAML's scalars with their tags and styles: the constructors of `SafeLoader`.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::py_time::Moment;
use super::pyyaml::{PyError, PyScalar, decimal, pyyaml};
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
        _ => Err(PyError::constructor(format!("could not determine a constructor for the tag '{tag}'"))),
    }
}

fn truth(text: &str) -> Result<PyScalar, PyError> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "on" => Ok(PyScalar::Bool(true)),
        "no" | "false" | "off" => Ok(PyScalar::Bool(false)),
        other => Err(PyError { exception: "KeyError", message: format!("'{other}'") }),
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
    let (radix, digits) = match digits.as_bytes() {
        [] => return Err(no_character()),
        [b'0', b'b', ..] => (2, digits.get(2..).unwrap_or_default()),
        [b'0', b'x', ..] => (16, digits.get(2..).unwrap_or_default()),
        [b'0', _, ..] => (8, &*digits),
        _ if digits.contains(':') => (60, &*digits),
        _ => (10, &*digits),
    };
    let misfit =
        |part: &str, radix: u32| PyError::value(format!("invalid literal for int() with base {radix}: '{part}'"));
    let checked = if radix == 60 { 10 } else { radix };
    let parts = digits.split(if radix == 60 { ':' } else { '\0' });
    for part in parts.map(|part| (part, part.trim())) {
        if part.1.is_empty() || !part.1.chars().all(|digit| digit.is_digit(checked)) {
            return Err(misfit(part.0, checked));
        }
    }
    let value = decimal(digits.trim(), radix)?;
    let is_negative = is_negative && value != "0";
    Ok(PyScalar::Int(if is_negative { format!("-{value}") } else { value }))
}

fn float(text: &str) -> Result<PyScalar, PyError> {
    let (is_negative, digits) = signed(&text.to_lowercase())?;
    let sign = if is_negative { -1.0 } else { 1.0 };
    match &*digits {
        ".inf" => return Ok(PyScalar::Float(sign * f64::INFINITY)),
        ".nan" => return Ok(PyScalar::Float(f64::NAN)),
        _ => {}
    }
    let misfit = |part: &str| PyError::value(format!("could not convert string to float: '{part}'"));
    let mut value = 0.0;
    let mut base = 1.0;
    for part in digits.rsplit(':') {
        value += part.trim().parse::<f64>().map_err(|_| misfit(part))? * base;
        base *= 60.0;
    }
    Ok(PyScalar::Float(sign * value))
}

/// Python passes over what is no letter of the alphabet, and wants its padding.
fn binary(text: &str) -> Result<PyScalar, PyError> {
    let failed = |what: &str| PyError::constructor(format!("failed to decode base64 data: {what}"));
    let padded = match text.find('=') {
        Some(_) => text.trim_end(),
        None => text,
    };
    let letters: String = padded.chars().filter(|next| next.is_ascii_alphanumeric() || "+/".contains(*next)).collect();
    if let Some((at, other)) = text.char_indices().find(|(_, next)| !next.is_ascii()) {
        let at = text.get(..at).unwrap_or_default().chars().count();
        let code = u32::from(other);
        let shown = if code <= 0xFF { format!("\\x{code:02x}") } else { format!("\\u{code:04x}") };
        return Err(PyError::constructor(format!(
            "failed to convert base64 data into ascii: 'ascii' codec can't encode character '{shown}' in position {at}: \
             ordinal not in range(128)"
        )));
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
