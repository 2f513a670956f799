//! What each reader makes of a plain scalar.

/// The value of a scalar.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// null
    Null,
    /// true or false
    Bool(bool),
    /// An integer that fits 64 bits, signed or unsigned.
    Int(i128),
    /// A floating point number, infinities and NaN included.
    Float(f64),
    /// Text.
    String(String),
}

/// Temporary.
pub fn go_yaml_v2_tagged(tag: Option<&str>, text: &str, style: super::ScalarStyle) -> Result<Scalar, String> {
    if style != super::ScalarStyle::Plain || tag.is_some() { return Ok(Scalar::String(text.to_owned())); }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Scalar::Null,
        "y"|"Y"|"yes"|"Yes"|"YES"|"true"|"True"|"TRUE"|"on"|"On"|"ON" => Scalar::Bool(true),
        "n"|"N"|"no"|"No"|"NO"|"false"|"False"|"FALSE"|"off"|"Off"|"OFF" => Scalar::Bool(false),
        _ => if let Ok(i) = text.parse::<i128>() { Scalar::Int(i) } else if text.starts_with(|c:char| c.is_ascii_digit()) && let Ok(f) = text.parse::<f64>() { Scalar::Float(f) } else { Scalar::String(text.to_owned()) }
    })
}
