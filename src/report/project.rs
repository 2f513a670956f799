//! Paths in reports that programs read: from the top of the checkout, as CI systems know them.

use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::source::load::STDIN;

/// What may stand in a path of a URI as it is (RFC 3986: unreserved characters, and the slash).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Where a run takes place.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The folder in which it was started, absolute.
    pub here: Option<PathBuf>,
    /// The top of the checkout, absolute, where the CI system tells it.
    pub top: Option<PathBuf>,
}

impl Project {
    /// A path from the top of the checkout, else from the folder of the run, else absolute; with slashes.
    #[must_use]
    pub fn path(&self, written: &str) -> String {
        if written == STDIN {
            return written.to_owned();
        }
        let path = Path::new(written);
        let full = self.here.as_ref().map_or_else(|| path.to_owned(), |here| here.join(path));
        let full = tidy(&full);
        let bases = [self.top.as_deref(), self.here.as_deref()];
        match bases.into_iter().flatten().find_map(|base| full.strip_prefix(tidy(base)).ok()) {
            Some(inside) => slashed(inside),
            None if path.is_absolute() => slashed(&full),
            None => slashed(&tidy(path)),
        }
    }

    /// The same as a reference that a URI parser reads back.
    pub(super) fn uri(&self, written: &str) -> String {
        let path = self.path(written);
        let encoded = utf8_percent_encode(&path, KEPT).to_string();
        match Path::new(&path).is_absolute() {
            true => format!("file://{}{encoded}", if encoded.starts_with('/') { "" } else { "/" }),
            false => encoded,
        }
    }
}

/// Without `.`, and without `..` as far as names are there to take back.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

fn slashed(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}

#[cfg(all(test, unix))]
mod tests {
    use super::Project;

    fn project(here: &str, top: &str) -> Project {
        Project { here: Some(here.into()), top: (!top.is_empty()).then(|| top.into()) }
    }

    #[test]
    fn paths_start_at_the_top_of_the_checkout() {
        let table = [
            ("/repo", "", "./a/../b.yaml", "b.yaml"),
            ("/repo/deploy", "/repo", "b.yaml", "deploy/b.yaml"),
            ("/repo/deploy", "/repo/", "../c/b.yaml", "c/b.yaml"),
            ("/repo", "/repo", "/repo/x/b.yaml", "x/b.yaml"),
            ("/repo", "", "/elsewhere/b.yaml", "/elsewhere/b.yaml"),
            ("/repo", "/other", "b.yaml", "b.yaml"),
            ("/repo", "", "../b.yaml", "../b.yaml"),
            ("/repo", "/repo", "<stdin>", "<stdin>"),
        ];
        for (here, top, written, expected) in table {
            assert_eq!(project(here, top).path(written), expected, "{here} {top} {written}");
        }
        assert_eq!(Project::default().path("./a.yaml"), "a.yaml");
    }

    #[test]
    fn uris_hold_nothing_that_ends_them() {
        let project = project("/repo", "");
        let table = [
            ("a b/ä%20.yaml", "a%20b/%C3%A4%2520.yaml"),
            ("x:y?z#,\\.yaml", "x%3Ay%3Fz%23%2C%5C.yaml"),
            ("/else where/b.yaml", "file:///else%20where/b.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
        ];
        for (written, expected) in table {
            assert_eq!(project.uri(written), expected);
        }
    }
}
