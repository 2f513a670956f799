//! Whatever the text, the tree keeps its promises. More texts by `DETCTL_FUZZ=100000`.

use detctl::source::{SourceFile, Span};
use detctl::yaml::{NodeId, NodeKind};

use super::recorded::records;
use super::{children, nodes, read};

/// Texts without a wish for more.
const TEXTS: usize = 1_000;

/// What goes into a text.
const PIECES: [&str; 64] = [
    ":",
    ": ",
    ":\n",
    "- ",
    "-\n",
    "? ",
    "\n",
    "\n  ",
    "\n\t",
    " ",
    "\t",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    "\"",
    "#",
    " # c\n",
    "|\n",
    "|-\n  ",
    ">2\n",
    "&a ",
    "*a",
    "!!int ",
    "!",
    "!<x>",
    "%YAML 1.1\n",
    "%TAG !e! x\n",
    "---\n",
    "...\n",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{a0}",
    "\u{feff}",
    "\0",
    "\u{7f}",
    "ä",
    "\u{1f680}",
    "@",
    "`",
    "~",
    "<<: *a\n",
    "\\",
    "\"\\x41\"",
    "\"\\ud83d\"",
    "{{ .x }}",
    "a: b",
    "- a\n",
    "k:\n  ",
    "[a, b]",
    "{a: b}",
    "? a\n: b\n",
    "\"a\":b",
    "'x':",
    "a\n",
    "---",
    "=",
    "1_0",
    "''",
    "\\\n",
];

/// A small source of numbers, the same on every machine.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A recorded text with one to four changes, or a heap of pieces.
fn mutation(dice: &mut Dice, seeds: &[String]) -> String {
    if dice.below(3) == 0 {
        return (0..=dice.below(14)).map(|_| PIECES[dice.below(PIECES.len())]).collect();
    }
    let mut text = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(4) {
        let start = boundary(&text, dice.below(text.len() + 1));
        let end = boundary(&text, (start + dice.below(6)).min(text.len())).max(start);
        match dice.below(4) {
            0 => text.truncate(start),
            1 => text.replace_range(start..end, ""),
            2 => text.replace_range(start..end, PIECES[dice.below(PIECES.len())]),
            _ => text.insert_str(start, PIECES[dice.below(PIECES.len())]),
        }
    }
    text
}

pub(crate) fn texts() -> Vec<String> {
    let count = std::env::var("DETCTL_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(TEXTS);
    let records = records("hand.ndjson.gz").into_iter().chain(records("random.ndjson.gz"));
    let seeds: Vec<String> = records.map(|record| record["yaml"].as_str().unwrap().to_owned()).collect();
    let mut dice = Dice(1);
    (0..count).map(|_| mutation(&mut dice, &seeds)).collect()
}

/// Whether a span lies in the text, on character boundaries.
pub(crate) fn is_exact(file: &SourceFile, span: Span) -> bool {
    file.text().get(span.start as usize..span.end as usize).is_some()
}

fn holds(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[test]
fn every_span_is_exact_and_inside_its_parent() {
    for text in texts() {
        let (map, id, parsed) = read(&text);
        let file = map.file(id);
        for node in nodes(&parsed.tree) {
            let properties = node.tag().map(|tag| tag.span).into_iter().chain(node.anchor());
            for span in properties.chain([node.span]) {
                assert!(is_exact(file, span), "{span:?} in {text:?}");
            }
            for child in children(node) {
                let inner = parsed.tree.node(child).span;
                assert!(holds(node.span, inner), "{inner:?} in {:?} of {text:?}", node.span);
            }
        }
        for document in parsed.tree.documents() {
            assert!(is_exact(file, document.span), "{:?} in {text:?}", document.span);
            let root = document.root.map(|root| parsed.tree.node(root).span);
            assert!(root.is_none_or(|root| holds(document.span, root)), "{root:?} in {text:?}");
        }
        for error in parsed.error.iter().chain(&parsed.later) {
            assert!(is_exact(file, error.span), "{error:?} in {text:?}");
        }
    }
}

#[test]
fn comments_and_plain_words_are_what_their_spans_show() {
    for text in texts() {
        let (map, _, parsed) = read(&text);
        let mut end = 0;
        for comment in parsed.tree.comments() {
            assert!(map.slice(comment.span).starts_with('#'), "{comment:?} in {text:?}");
            assert!(end <= comment.span.start, "{comment:?} in {text:?}");
            end = comment.span.end;
        }
        for node in nodes(&parsed.tree) {
            let shown = map.slice(node.span);
            match node.kind {
                NodeKind::Scalar { text: word, style: detctl::yaml::ScalarStyle::Plain } if !word.contains(' ') => {
                    assert!(
                        shown == &**word || shown.contains(['\r', '\n', '\u{85}', '\u{2028}']),
                        "{node:?} in {text:?}"
                    );
                }
                NodeKind::Alias { target } => {
                    assert!(target < &NodeId::from_index(parsed.tree.len()), "{node:?} in {text:?}");
                    assert!(shown.starts_with('*'), "{node:?} in {text:?}");
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_same_text_reads_the_same() {
    for text in texts() {
        let (_, _, first) = read(&text);
        let (_, _, second) = read(&text);
        assert_eq!(format!("{first:?}"), format!("{second:?}"), "{text:?}");
        assert!(first.error.is_none_or(|error| error.go_yaml.is_some()), "{text:?}");
    }
}
