//! PEM as Go's encoding/pem finds it: text around the blocks is passed over, broken blocks too.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The word in `-----BEGIN …-----`.
    pub(super) label: String,
    /// Whether it has headers.
    pub(super) has_headers: bool,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// All blocks, in order.
pub(super) fn blocks(bytes: &[u8]) -> Vec<Block> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        let label = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----"));
        let Some(label) = label else { continue };
        let end = format!("-----END {label}-----");
        let mut ahead = lines.clone();
        let inside: Vec<&str> = ahead.by_ref().take_while(|line| *line != end).collect();
        // A block that does not end is none; another may begin inside it.
        if text.contains(&end) && inside.iter().all(|line| !line.starts_with("-----")) {
            if let Some(block) = block(label, &inside) {
                found.push(block);
            }
            lines = ahead;
        }
    }
    found
}

/// A block as text, in lines of 64 characters.
pub(super) fn text(block: &Block) -> Vec<u8> {
    let body = STANDARD.encode(&block.bytes);
    let mut text = format!("-----BEGIN {}-----\n", block.label);
    for line in body.as_bytes().chunks(64) {
        text.push_str(&String::from_utf8_lossy(line));
        text.push('\n');
    }
    text.push_str(&format!("-----END {}-----\n", block.label));
    text.into_bytes()
}

fn block(label: &str, lines: &[&str]) -> Option<Block> {
    let headers = lines.iter().take_while(|line| line.contains(':')).count();
    let body: String =
        lines.iter().skip(headers).flat_map(|line| line.chars()).filter(|c| !c.is_whitespace()).collect();
    Some(Block { label: label.to_owned(), has_headers: headers > 0, bytes: STANDARD.decode(body).ok()? })
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn text_around_is_passed_over_and_broken_blocks_are_skipped() {
        let text = "# x\n-----BEGIN A-----\naGk=\n-----END A-----\n-----BEGIN B-----\n%%\n-----END B-----\n\
                    -----BEGIN C-----\n-----BEGIN D-----\nk: v\n\naGk=\n-----END D-----\n";
        let found: Vec<(String, bool, Vec<u8>)> =
            blocks(text.as_bytes()).into_iter().map(|block| (block.label, block.has_headers, block.bytes)).collect();
        assert_eq!(found, [("A".to_owned(), false, b"hi".to_vec()), ("D".to_owned(), true, b"hi".to_vec())]);
    }
}
