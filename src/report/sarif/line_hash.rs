//! The hash by which GitHub follows an alert from one commit to the next.
//!
//! GitHub's upload makes it up itself where a log lacks it, and complains where a log has another one; the plain API does
//! neither. So it is made here in the same way: each line is hashed with what follows it, 100 UTF-16 units without
//! blanks and tabs, as a polynomial in 37 modulo 2^64, and equal hashes are numbered in order.

use std::collections::BTreeMap;

const WINDOW: usize = 100;
const BASE: u64 = 37;
/// What stands for the end of the file.
const END: u16 = u16::MAX;

/// The hashes of all lines, the first at index 0. A line ends at LF, CRLF or CR.
pub(super) fn line_hashes(text: &str) -> Vec<String> {
    let (units, starts) = squeezed(text);
    // A window that reaches beyond the end is filled up with zeros.
    let unit = |at: usize| units.get(at).copied().map_or(0, u64::from);
    let top = BASE.wrapping_pow(u32::try_from(WINDOW).unwrap_or(u32::MAX));
    let mut hash = (0..WINDOW).fold(0, |hash, at| push(hash, unit(at)));
    let mut at = 0;
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    let numbered = starts.into_iter().map(|start| {
        while at < start {
            hash = push(hash, unit(at + WINDOW)).wrapping_sub(top.wrapping_mul(unit(at)));
            at += 1;
        }
        let count = counts.entry(hash).or_default();
        *count += 1;
        format!("{hash:x}:{count}")
    });
    numbered.collect()
}

fn push(hash: u64, unit: u64) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(unit)
}

/// The text as it is hashed, and where its lines start in that.
fn squeezed(text: &str) -> (Vec<u16>, Vec<usize>) {
    let mut units = Vec::with_capacity(text.len() + 1);
    let mut starts = vec![0];
    let mut after_return = false;
    for unit in text.encode_utf16() {
        let is_line_feed = unit == u16::from(b'\n');
        let is_return = unit == u16::from(b'\r');
        let is_blank = unit == u16::from(b' ') || unit == u16::from(b'\t');
        let is_passed_over = is_blank || (after_return && is_line_feed);
        after_return = is_return;
        if is_passed_over {
            continue;
        }
        units.push(if is_return { u16::from(b'\n') } else { unit });
        if is_return || is_line_feed {
            starts.push(units.len());
        }
    }
    units.push(END);
    (units, starts)
}

#[cfg(test)]
mod tests {
    use super::line_hashes;

    /// The examples that GitHub publishes with its upload.
    #[test]
    fn the_hashes_are_those_of_github() {
        assert_eq!(line_hashes(""), ["c129715d7a2bc9a3:1"]);
        let hashes = line_hashes(" a\nb\n  \t\tc\n d");
        assert_eq!(hashes, ["271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"]);
        let expected = [
            "e9496ae3ebfced30:1",
            "fb7c023a8b9ccb3f:1",
            "ce8ba1a563dcdaca:1",
            "e20e36e16fcb0cc8:1",
            "b3edc88f2938467e:1",
            "c8e28b0b4002a3a0:1",
            "c129715d7a2bc9a3:1",
        ];
        for line_break in ["\n", "\r", "\r\n"] {
            let text = " hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n".replace('\n', line_break);
            assert_eq!(line_hashes(&text), expected, "{line_break:?}");
        }
    }

    #[test]
    fn equal_lines_are_numbered() {
        let lines = format!("{}b\n", "a\n".repeat(100));
        let hashes = line_hashes(&lines);
        assert!(hashes.first() == hashes.get(1).map(|hash| hash.replace(":2", ":1")).as_ref(), "{hashes:?}");
    }
}
