//! How much of something stands before a byte of a text, without reading all that is before it.

/// Bytes between two numbers that are kept.
pub(super) const CHUNK: usize = 4096;

/// Numbers for each [`CHUNK`] of a text; what is between two of them is counted when it is asked for.
#[derive(Debug)]
pub(super) struct Counts {
    /// Before each chunk, and in the whole.
    sums: Vec<u32>,
    /// Counts in a piece, wherever it is cut.
    count: fn(&[u8]) -> u32,
}

impl Counts {
    /// Reads the text once.
    pub(super) fn new(text: &[u8], count: fn(&[u8]) -> u32) -> Self {
        let mut sums = vec![0];
        let mut sum = 0;
        for chunk in text.chunks(CHUNK) {
            sum += count(chunk);
            sums.push(sum);
        }
        Self { sums, count }
    }

    /// How much stands before a byte of the same text.
    pub(super) fn before(&self, text: &[u8], byte: usize) -> u32 {
        let chunk = byte / CHUNK;
        let known = self.sums.get(chunk).copied().unwrap_or(0);
        known + (self.count)(text.get(chunk * CHUNK..byte).unwrap_or(&[]))
    }
}
