//! What PyYAML says of a text that it cannot read, in pieces: whoever shows it adds the places.

use std::borrow::Cow;

/// An exception of PyYAML's reader, scanner, parser or composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PyFault {
    /// Its class, such as `ScannerError`.
    pub exception: &'static str,
    /// What PyYAML was doing, and the byte where that had begun.
    pub context: Option<(Cow<'static, str>, Option<u32>)>,
    /// What is wrong.
    pub problem: String,
    /// The byte of the place; `None` where the words tell it, or there is none.
    pub at: Option<u32>,
}
