//! What each reader makes of a scalar: the master's go-yaml v2 and devcluster's PyYAML.
//!
//! The same word means different things to them: `y` is a truth value to the master and text to
//! devcluster, `1:30` is text to the master and 90 to devcluster. All 214 words of the recorded
//! table are tested.

mod digits;
mod go_time;
mod go_yaml;
mod py_int;
mod py_tagged;
mod py_text;
mod py_time;
mod pyyaml;

pub use go_yaml::{go_yaml_v2, go_yaml_v2_no_text, go_yaml_v2_tagged};
pub use py_int::{no_integer, python_int};
pub use py_tagged::pyyaml_tagged;
pub(in crate::yaml) use py_text::surrogate;
pub use py_text::{SURROGATES, repr_text, surrogate_error};
pub use pyyaml::{PyError, PyScalar, pyyaml};

/// The value of a scalar as go-yaml v2 decodes it where no type is asked for.
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
