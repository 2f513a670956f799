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
