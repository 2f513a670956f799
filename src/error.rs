//! How a run ends: well, with "no", or with an error that says what to do.

use std::fmt;
use std::io;

/// How a run ended. The exit codes are the same for every command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The answer is yes, or what was asked for is done: 0.
    Success,
    /// The answer is no: 1.
    No,
    /// The question could not be asked, or not of every input: 2.
    Failure,
    /// Some of it is done, some is not: 3.
    Partial,
}

impl Outcome {
    /// The code that the process exits with.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Success => 0,
            Self::No => 1,
            Self::Failure => 2,
            Self::Partial => 3,
        }
    }
}

/// Why a run could not go on.
#[derive(Debug)]
pub enum Error {
    /// What was asked for makes no sense or cannot be had.
    Refused {
        /// What is wrong, one sentence without a final stop.
        message: String,
        /// How to go on.
        hint: Option<String>,
    },
    /// Writing failed.
    Output(io::Error),
}

impl Error {
    /// An error with a way out.
    pub fn with_hint(message: impl Into<String>, hint: Option<String>) -> Self {
        Self::Refused { message: message.into(), hint }
    }

    /// An error that speaks for itself.
    pub fn new(message: impl Into<String>) -> Self {
        Self::with_hint(message, None)
    }

    /// How to go on, if that can be told.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Refused { hint, .. } => hint.as_deref(),
            Self::Output(_) => None,
        }
    }

    /// Whether the reader of the output went away, as `head` does: no reason to complain.
    #[must_use]
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, .. } => f.write_str(message),
            Self::Output(error) => write!(f, "cannot write the output: {error}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Error, Outcome};
    use std::io;

    #[test]
    fn codes_are_those_of_the_manual() {
        let outcomes = [Outcome::Success, Outcome::No, Outcome::Failure, Outcome::Partial];
        assert_eq!(outcomes.map(Outcome::code), [0, 1, 2, 3]);
    }

    #[test]
    fn only_a_closed_pipe_is_no_complaint() {
        assert!(Error::from(io::Error::from(io::ErrorKind::BrokenPipe)).is_closed_pipe());
        assert!(!Error::from(io::Error::from(io::ErrorKind::StorageFull)).is_closed_pipe());
        assert!(!Error::new("no").is_closed_pipe());
    }
}
