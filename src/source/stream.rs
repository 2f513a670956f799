//! Opens texts that are too large to be kept whole.

use std::io::{self, Read};
use std::path::Path;

/// Opens a file for reading from front to back; `-` is standard input.
///
/// # Errors
/// The file does not exist or may not be read.
pub fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(std::fs::File::open(path)?))
}
