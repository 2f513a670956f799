//! Our own comments in a file that somebody keeps.

use super::layout::Heading;
use crate::emit;

/// What stands above values that a base lacks.
pub(super) const ADDED: &str = "# Added by `detctl render-helm`";

/// What stands above that.
const DIGEST: &str = "# sha256 of it: ";

/// What editors look for.
const SCHEMA: &str = "# yaml-language-server: $schema=";

/// A base with our own comments brought up to date: what was added, and where the schema lies when it was asked for.
pub(super) fn signed(text: &str, heading: &Heading<'_>) -> String {
    let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let mut signed = mark.to_owned();
    if let Some(schema) = heading.schema.filter(|_| !text.lines().any(|line| line.starts_with(SCHEMA))) {
        signed.push_str(&format!("{SCHEMA}{schema}\n"));
    }
    let mut is_ours = false;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\r', '\n']);
        let end = line.get(content.len()..).unwrap_or("");
        let was_ours = std::mem::replace(&mut is_ours, content.starts_with(ADDED));
        match heading.schema.filter(|_| content.starts_with(SCHEMA)) {
            Some(schema) => signed.push_str(&format!("{SCHEMA}{schema}{end}")),
            None if is_ours => {
                let Heading { name, digest, .. } = heading;
                signed.push_str(&format!("{ADDED} of {}{end}{DIGEST}{digest}{end}", emit::word(name)));
            }
            None if was_ours && content.starts_with(DIGEST) => {}
            None => signed.push_str(line),
        }
    }
    signed
}
