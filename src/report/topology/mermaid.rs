//! A flowchart for pages that draw mermaid, such as pull requests.

use std::fmt::Write as _;

use super::picture::Picture;

/// The chart; `flowchart` is its first word.
#[must_use]
pub fn mermaid(picture: &Picture<'_>) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for cluster in &picture.clusters {
        let place = if cluster.marks_remote { format!(" · {}", cluster.locality.as_str()) } else { String::new() };
        let title = quoted(&format!("{}{place}", cluster.title()));
        let _ = writeln!(text, "  subgraph m{}[\"{title}\"]", cluster.index);
        for (at, card) in cluster.cards.iter().enumerate() {
            let mut words = vec![quoted(if card.name.is_empty() { "(no name)" } else { &card.name })];
            words.extend(card.badge.label().map(quoted));
            words.extend(card.slots_per_pod.map(|slots| quoted(&format!("{slots} slots per pod"))));
            words.extend(card.capacity.as_ref().map(|capacity| quoted(&capacity.said())));
            let _ = writeln!(text, "    m{}p{at}[\"{}\"]", cluster.index, words.join("<br>"));
        }
        if cluster.cards.is_empty() {
            let _ = writeln!(text, "    m{}none[\"no pools\"]", cluster.index);
        }
        text.push_str("  end\n");
    }
    defaults(picture, &mut text);
    text
}

/// Arrows from requests that name no pool.
fn defaults(picture: &Picture<'_>, text: &mut String) {
    let Some(default) = picture.clusters.first() else { return };
    let ways = [("compute", "no pool, with slots"), ("aux", "no pool, no slots")];
    for (id, words) in ways {
        let is = |badge: super::Badge| if id == "compute" { badge.compute } else { badge.aux };
        if let Some(at) = default.cards.iter().position(|card| is(card.badge)) {
            let _ = writeln!(text, "  {id}([\"{words}\"]) --> m{}p{at}", default.index);
        }
    }
}

/// Text that mermaid shows as it is: everything but letters, digits, spaces and a few signs is written as the number
/// of its character, which neither mermaid, nor its Markdown, nor a browser takes for syntax.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ' ' | '.' | ',' | '-' | '/' | ':' | '(' | ')' | '·' => quoted.push(character),
            _ if character.is_alphanumeric() => quoted.push(character),
            _ => {
                let _ = write!(quoted, "#{};", u32::from(character));
            }
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_in_a_name_is_syntax() {
        let table = [
            ("a100", "a100"),
            ("a\"]; click x", "a#34;#93;#59; click x"),
            ("<b>", "#60;b#62;"),
            ("`x` _y_ *z*", "#96;x#96; #95;y#95; #42;z#42;"),
            ("#35;", "#35;35#59;"),
        ];
        for (text, expected) in table {
            assert_eq!(super::quoted(text), expected);
        }
    }
}
