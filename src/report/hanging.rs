//! Lines under a title: wrapped to the width of the terminal, the rest of each under its beginning.

use textwrap::{Options, WordSeparator, WordSplitter, wrap};

use super::plain::line;

/// Words after what stands before them, with a line break at the end of each line. Names are not broken, so that they can
/// be copied.
pub(super) fn hanging(width: usize, first: &str, others: &str, words: &str) -> String {
    let options = Options::new(width.clamp(40, 160))
        .initial_indent(first)
        .subsequent_indent(others)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    let mut text = String::new();
    for piece in wrap(&line(words), options) {
        text.push_str(piece.trim_end());
        text.push('\n');
    }
    text
}
