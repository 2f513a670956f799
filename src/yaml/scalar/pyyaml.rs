//! PyYAML 6 `safe_load`, which reads devcluster files (YAML 1.1, with numbers of base 60).

use super::py_time::Moment;

/// Most digits that Python converts between text and integer.
const MAX_DIGITS: usize = 4_300;

/// The value of a plain scalar as Python has it.
#[derive(Clone, Debug, PartialEq)]
pub enum PyScalar {
    /// `None`
    Null,
    /// `True` or `False`
    Bool(bool),
    /// An integer of any size, in decimal.
    Int(String),
    /// A floating point number.
    Float(f64),
    /// A date or a moment, as PyYAML writes it: `2001-12-14 21:59:43.100000-05:00`.
    Timestamp(String),
    /// Bytes, behind `!!binary`.
    Bytes(Vec<u8>),
    /// Text.
    String(String),
}

/// Why Python has no value for a plain scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PyError {
    /// The exception's class, such as `ConstructorError` or `ValueError`.
    pub exception: &'static str,
    /// Its text, without PyYAML's lines about the place.
    pub message: String,
}

impl PyError {
    pub(super) fn value(message: impl Into<String>) -> Self {
        Self { exception: "ValueError", message: message.into() }
    }

    pub(super) fn constructor(message: impl Into<String>) -> Self {
        Self { exception: "ConstructorError", message: message.into() }
    }

    fn no_constructor(tag: &str) -> Self {
        Self::constructor(format!("could not determine a constructor for the tag 'tag:yaml.org,2002:{tag}'"))
    }
}

/// The value of a plain scalar without a tag, as a value; `<<` as a key merges instead.
///
/// # Errors
/// `=` and `<<`, dates that do not exist and numbers that Python refuses.
pub fn pyyaml(text: &str) -> Result<PyScalar, PyError> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(PyScalar::Null),
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Ok(PyScalar::Bool(true));
        }
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Ok(PyScalar::Bool(false));
        }
        "=" => return Err(PyError::no_constructor("value")),
        "<<" => return Err(PyError::no_constructor("merge")),
        _ => {}
    }
    if let Some(value) = float(text) {
        return Ok(PyScalar::Float(value));
    }
    if let Some(value) = integer(text) {
        return value.map(PyScalar::Int);
    }
    match Moment::read(text) {
        Some(moment) => moment.write().map(PyScalar::Timestamp),
        None => Ok(PyScalar::String(text.to_owned())),
    }
}

/// Splits a sign off.
fn signed(text: &str) -> (f64, &str) {
    match text.strip_prefix(['+', '-']) {
        Some(rest) if text.starts_with('-') => (-1.0, rest),
        Some(rest) => (1.0, rest),
        None => (1.0, text),
    }
}

fn is_number(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_digit()) && bytes.all(|byte| byte.is_ascii_digit() || byte == b'_')
}

fn is_fraction(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
}

/// A part of a number of base 60 behind its first colon.
fn is_sixtieth(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9'])
}

fn float(text: &str) -> Option<f64> {
    let (sign, unsigned) = signed(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => return Some(sign * f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(f64::NAN),
        _ => {}
    }
    let (whole, rest) = unsigned.split_once('.')?;
    if whole.contains(':') {
        return is_fraction(rest).then(|| sexagesimal(whole, unsigned)).flatten().map(|value| sign * value);
    }
    let (fraction, exponent) = match rest.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (rest, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']);
        digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
    });
    // Without a whole part there may be no sign.
    let fits = if whole.is_empty() {
        is_number(fraction) && unsigned.len() == text.len()
    } else {
        is_number(whole) && is_fraction(fraction)
    };
    if !(fits && exponent_fits) {
        return None;
    }
    unsigned.replace('_', "").parse().ok().map(|value: f64| sign * value)
}

/// `190:20:30.15`, whose part before the point is `whole`.
fn sexagesimal(whole: &str, text: &str) -> Option<f64> {
    let mut parts = whole.split(':');
    if !(is_number(parts.next()?) && parts.all(is_sixtieth)) {
        return None;
    }
    let mut value = 0.0;
    let mut base = 1.0;
    for part in text.replace('_', "").rsplit(':') {
        value += part.parse::<f64>().ok()? * base;
        base *= 60.0;
    }
    Some(value)
}

/// The integer that a text is, in decimal; `None` if it is no integer.
fn integer(text: &str) -> Option<Result<String, PyError>> {
    let (_, unsigned) = signed(text);
    let all = |digits: &str, set: &str| !digits.is_empty() && digits.chars().all(|digit| set.contains(digit));
    let (radix, digits) = if let Some(digits) = unsigned.strip_prefix("0b").filter(|digits| all(digits, "01_")) {
        (2, digits)
    } else if let Some(digits) = unsigned.strip_prefix("0x").filter(|digits| all(digits, "0123456789abcdefABCDEF_")) {
        (16, digits)
    } else if let Some(digits) = unsigned.strip_prefix('0').filter(|digits| all(digits, "01234567_")) {
        (8, digits)
    } else if unsigned == "0" || (is_number(unsigned) && !unsigned.starts_with('0')) {
        (10, unsigned)
    } else if is_sexagesimal_integer(unsigned) {
        (60, unsigned)
    } else {
        return None;
    };
    let digits = digits.replace('_', "");
    if digits.is_empty() && radix != 8 {
        return Some(Err(PyError::value(format!("invalid literal for int() with base {radix}: ''"))));
    }
    let sign = if text.starts_with('-') { "-" } else { "" };
    Some(decimal(&digits, radix).map(|value| if value == "0" { value } else { format!("{sign}{value}") }))
}

fn is_sexagesimal_integer(text: &str) -> bool {
    let mut parts = text.split(':');
    let first = parts.next().unwrap_or_default();
    is_number(first) && !first.starts_with('0') && parts.all(is_sixtieth)
}

/// Digits of a base as a decimal number. Parts of base 60 stand between colons.
pub(super) fn decimal(digits: &str, radix: u32) -> Result<String, PyError> {
    let too_long = || {
        let count = digits.len();
        PyError::value(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {count} digits; use \
             sys.set_int_max_str_digits() to increase the limit"
        ))
    };
    // No base has more than four digits for one decimal digit.
    if digits.len() > 4 * MAX_DIGITS || (radix == 10 && digits.len() > MAX_DIGITS) {
        return Err(too_long());
    }
    let mut value = Decimal::default();
    let (first, rest) = if radix == 60 { digits.split_once(':').unwrap_or((digits, "")) } else { ("", digits) };
    for digit in first.chars() {
        value.push(10, digit.to_digit(10).unwrap_or(0));
    }
    if radix == 60 {
        for part in rest.split(':') {
            value.push(60, part.parse().unwrap_or(0));
        }
    } else {
        for digit in rest.chars() {
            value.push(radix, digit.to_digit(radix).unwrap_or(0));
        }
    }
    let text = value.write();
    if text.len() > MAX_DIGITS { Err(too_long()) } else { Ok(text) }
}

/// A natural number in groups of nine decimal digits, lowest first.
#[derive(Default)]
struct Decimal(Vec<u32>);

impl Decimal {
    const GROUP: u64 = 1_000_000_000;

    /// Multiplies by a base and adds a digit.
    fn push(&mut self, radix: u32, digit: u32) {
        let mut carry = u64::from(digit);
        for group in &mut self.0 {
            let value = u64::from(*group) * u64::from(radix) + carry;
            *group = u32::try_from(value % Self::GROUP).unwrap_or(0);
            carry = value / Self::GROUP;
        }
        if carry > 0 {
            self.0.push(u32::try_from(carry).unwrap_or(0));
        }
    }

    fn write(&self) -> String {
        let mut groups = self.0.iter().rev();
        let first = groups.next().map_or_else(|| "0".to_owned(), u32::to_string);
        groups.fold(first, |text, group| format!("{text}{group:09}"))
    }
}
