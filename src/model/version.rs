//! Releases of the master.

use std::fmt;
use std::str::FromStr;

/// A release of Determined, such as `0.38.1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// First number.
    pub major: u16,
    /// Second number.
    pub minor: u16,
    /// Third number.
    pub patch: u16,
}

impl Default for Version {
    fn default() -> Self {
        Self {
            major: 0,
            minor: 38,
            patch: 1,
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no release such as {}", Self::default());
        let mut numbers = text
            .strip_prefix('v')
            .unwrap_or(text)
            .split('.')
            .map(str::parse::<u16>);
        let mut next = || numbers.next().and_then(Result::ok).ok_or_else(wrong);
        let version = Self {
            major: next()?,
            minor: next()?,
            patch: next()?,
        };
        if numbers.next().is_some() {
            Err(wrong())
        } else {
            Ok(version)
        }
    }
}
