//! Opens texts that are too large to be kept whole.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Opens a file for reading from front to back; `-` is standard input, which comes as `stdin`.
///
/// # Errors
/// The file does not exist, may not be read, or is no file (a folder, a device, a pipe without a writer).
pub fn open<'r>(path: &Path, stdin: &'r mut dyn Read) -> io::Result<Box<dyn Read + 'r>> {
    if path == Path::new("-") {
        return Ok(Box::new(stdin));
    }
    let kind = std::fs::metadata(path)?.file_type();
    if !kind.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    Ok(Box::new(File::open(path)?))
}
