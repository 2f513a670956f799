//! Text as Python's `int()` reads it.

use crate::yaml::scalar::repr_text;

/// Most digits that Python converts between text and integer.
const MAX_DIGITS: usize = 4_300;

/// Why a text is no integer: the exception's name and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberError {
    /// `ValueError`.
    pub exception: &'static str,
    /// Python's words.
    pub words: String,
}

/// The integer of base 10 that a text holds, in decimal.
///
/// # Errors
/// The words of Python's `ValueError`.
pub fn int_from_text(text: &str) -> Result<String, NumberError> {
    let fail = |words| Err(NumberError { exception: "ValueError", words });
    let misfit = || fail(format!("invalid literal for int() with base 10: {}", repr_text(text)));
    let trimmed = text.trim();
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let parts: Vec<&str> = unsigned.split('_').collect();
    if parts.iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return misfit();
    }
    let digits = parts.concat();
    if digits.len() > MAX_DIGITS {
        let count = digits.len();
        return fail(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {count} digits; use \
             sys.set_int_max_str_digits() to increase the limit"
        ));
    }
    let digits = digits.trim_start_matches('0');
    Ok(match digits {
        "" => "0".to_owned(),
        _ if trimmed.starts_with('-') => format!("-{digits}"),
        _ => digits.to_owned(),
    })
}
