//! Nodes → lines, in block style with two blanks a level.

use super::Node;
use super::scalar::{number, word};

/// The line or lines `key: value`, the last without a break.
#[must_use]
pub fn block(key: &str, node: &Node) -> String {
    let mut out = String::new();
    member(key, node, 0, &mut out);
    out
}

/// The lines of a node without a key, further lines indented by so many blanks.
#[must_use]
pub fn lines(node: &Node, indent: usize) -> String {
    let mut out = String::new();
    content(node, indent, &mut out);
    out
}

/// A member of a block, further lines indented by so many blanks.
#[must_use]
pub fn indented(key: &str, node: &Node, indent: usize) -> String {
    let mut out = String::new();
    member(key, node, indent, &mut out);
    out
}

/// A node on one line, for the inside of brackets and braces.
#[must_use]
pub fn flow(node: &Node) -> String {
    match node {
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(members) => {
            let member = |(key, value): &(String, Node)| format!("{}: {}", word(key), flow(value));
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        scalar => lines(scalar, 0),
    }
}

/// Keys beyond this length stand behind a `?`: readers look for the colon of a simple key within 1,024 characters.
const LONGEST_KEY: usize = 1_000;

fn member(key: &str, node: &Node, indent: usize, out: &mut String) {
    let shown = word(key);
    if shown.chars().count() > LONGEST_KEY {
        out.push_str("? ");
        out.push_str(&shown);
        line(indent, out);
        out.push(':');
        // Below a key of its own a list must not stand at the level of the colon.
        if matches!(node, Node::List(_)) && node.is_block() {
            line(indent + STEP, out);
            return content(node, indent + STEP, out);
        }
    } else {
        out.push_str(&shown);
        out.push(':');
    }
    if node.is_block() {
        line(indent + STEP, out);
        content(node, indent + STEP, out);
    } else {
        out.push(' ');
        content(node, indent, out);
    }
}

/// Columns of a level.
const STEP: usize = 2;

fn line(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// A node at the place where the pen is; further lines start at `indent`.
fn content(node: &Node, indent: usize, out: &mut String) {
    match node {
        Node::Null => out.push_str("null"),
        Node::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Node::Number(value) => out.push_str(&number(*value)),
        Node::Text(text) => out.push_str(&word(text)),
        Node::List(items) if items.is_empty() => out.push_str("[]"),
        Node::Map(members) if members.is_empty() => out.push_str("{}"),
        Node::List(items) => {
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    line(indent, out);
                }
                out.push_str("- ");
                content(item, indent + STEP, out);
            }
        }
        Node::Map(members) => {
            for (at, (key, value)) in members.iter().enumerate() {
                if at > 0 {
                    line(indent, out);
                }
                member(key, value, indent, out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, block};

    #[test]
    fn blocks() {
        let pool = Node::Map(vec![
            ("pool_name".to_owned(), Node::text("on")),
            ("empty".to_owned(), Node::List(Vec::new())),
            ("nested".to_owned(), Node::List(vec![Node::List(vec![Node::Null, Node::Bool(true)])])),
        ]);
        let node = Node::List(vec![pool, Node::Map(Vec::new())]);
        assert_eq!(
            block("resourcePools", &node),
            "resourcePools:\n  - pool_name: \"on\"\n    empty: []\n    nested:\n      - - null\n        - true\n  - {}"
        );
    }
}
