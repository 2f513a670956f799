//! Whether the file that a stage's configuration goes to can be written.

use crate::yaml::scalar::{repr_text, surrogate_error};

/// How records and detctl call devcluster's own folder.
const DEFAULT_FOLDER: &str = "<default temp dir>";

/// What it is on Linux; where in a path a character stands that no file name can hold depends on it.
const DEFAULT_PATH: &str = "/tmp/devcluster";

/// Longest name of a file on Linux, in bytes.
const LONGEST_NAME: usize = 255;

/// Python's words when the file of a stage's configuration cannot be opened; `None` when it can. Only devcluster's
/// own folder is known to exist, and in it the file `lock`.
pub(super) fn unwritable(folder: Option<&str>, name: &str) -> Option<String> {
    let file = format!("{name}.conf");
    if file.contains('\0') {
        return Some("embedded null byte".to_owned());
    }
    let (folders, last) = file.rsplit_once('/').unwrap_or(("", &file));
    let folder = folder.unwrap_or(DEFAULT_FOLDER);
    let path = match (file.starts_with('/'), folder.ends_with('/')) {
        (true, _) => file.clone(),
        (false, true) => format!("{folder}{file}"),
        (false, false) => format!("{folder}/{file}"),
    };
    if let Some(words) = surrogate_error(&path.replacen(DEFAULT_FOLDER, DEFAULT_PATH, 1)) {
        return Some(words);
    }
    let path = repr_text(&path);
    if last.len() > LONGEST_NAME {
        return Some(format!("[Errno 36] File name too long: {path}"));
    }
    if file.starts_with('/') {
        return None;
    }
    match folders.split('/').find(|part| !matches!(*part, "" | "." | "..")) {
        None => None,
        Some("lock") => Some(format!("[Errno 20] Not a directory: {path}")),
        Some(_) => Some(format!("[Errno 2] No such file or directory: {path}")),
    }
}

#[cfg(test)]
mod tests {
    use super::unwritable;

    #[test]
    fn folders_below_the_temporary_one_do_not_exist() {
        assert_eq!(unwritable(None, "master"), None);
        assert_eq!(unwritable(None, "../m"), None);
        assert_eq!(unwritable(None, "./m"), None);
        let words = "[Errno 2] No such file or directory: '<default temp dir>/a/b.conf'";
        assert_eq!(unwritable(None, "a/b").as_deref(), Some(words));
        assert_eq!(unwritable(Some("t"), "lock/b").as_deref(), Some("[Errno 20] Not a directory: 't/lock/b.conf'"));
    }
}
