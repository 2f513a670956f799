//! Where a text goes that a command writes: into a file, or to standard output.

use std::path::Path;

use crate::error::Error;
use crate::io::Io;
use crate::source::load::{self, reason};
use crate::source::save;

/// The file to write into; `-` is standard output, as it is standard input elsewhere.
pub(super) fn file(output: Option<&Path>) -> Option<&Path> {
    output.filter(|path| *path != Path::new("-"))
}

/// The configuration must not be overwritten with what is made of it.
///
/// # Errors
/// When both are one file.
pub(super) fn refuse_clash(output: Option<&Path>, config: &Path) -> Result<(), Error> {
    if file(output).is_some_and(|output| load::is_same_file(output, config)) {
        let hint = "give --output a file of its own".to_owned();
        return Err(Error::with_hint(format!("`{}` is the configuration itself", config.display()), Some(hint)));
    }
    Ok(())
}

/// Writes the text.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(output: Option<&Path>, text: &str, io: &mut Io<'_>) -> Result<(), Error> {
    match file(output) {
        Some(path) => save::replace_itself(path, text.as_bytes())
            .map_err(|error| Error::new(format!("cannot write `{}`: {}", path.display(), reason(&error)))),
        None => Ok(io.stdout.write_all(text.as_bytes())?),
    }
}
