//! A flowchart for pages that draw mermaid, such as pull requests.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::picture::{ClusterView, Picture, counted_i64};
use super::remarks::Remark;
use super::text::{badge_words, label};

/// The chart; `flowchart` is its first word.
#[must_use]
pub fn mermaid(picture: &Picture<'_>) -> String {
    let mut text = "flowchart LR\n".to_owned();
    for cluster in &picture.clusters {
        let place = if cluster.marks_remote { format!(" · {}", cluster.locality.as_str()) } else { String::new() };
        let title = quoted(&format!("{}{place}", cluster.title()));
        let _ = writeln!(text, "  subgraph m{}[\"{title}\"]", cluster.index);
        for (at, card) in cluster.cards.iter().enumerate() {
            let mut words = vec![quoted(card.title())];
            words.extend(card.badge.label().map(|label| quoted(&badge_words(label, card))));
            words.extend(card.slots_per_pod.map(|slots| quoted(&format!("{} per pod", counted_i64(slots, "slot")))));
            words.extend(card.capacity.as_ref().map(|capacity| quoted(&capacity.said())));
            words.extend(card.remarks.iter().map(remark));
            let _ = writeln!(text, "    m{}p{at}[\"{}\"]", cluster.index, words.join("<br>"));
        }
        if cluster.cards.is_empty() {
            let _ = writeln!(text, "    m{}none[\"no pools\"]", cluster.index);
        }
        settings(cluster, &mut text);
        text.push_str("  end\n");
    }
    requests(picture, &mut text);
    text
}

/// What is known of a resource manager beside its pools, in one box.
fn settings(cluster: &ClusterView, text: &mut String) {
    let facts = cluster.facts.iter().filter(|fact| SHOWN.contains(&fact.key));
    let facts = facts.map(|fact| quoted(&format!("{}: {}", label(fact.key), fact.shown)));
    let read = cluster.read.iter().map(|read| quoted(&format!("nodes and pods: {read}")));
    let words: Vec<String> = facts.chain(read).chain(cluster.remarks.iter().map(remark)).collect();
    if !words.is_empty() {
        let _ = writeln!(text, "    m{}about>\"{}\"]", cluster.index, words.join("<br>"));
    }
}

/// Settings that a chart has room for.
const SHOWN: [&str; 4] = ["kubeconfig_path", "master_address", "default_namespace", "internal_task_gateway"];

fn remark(remark: &Remark) -> String {
    quoted(&format!("{}: {}", remark.severity.as_str(), remark.rule))
}

/// Arrows from requests that name no pool, and those that are refused.
fn requests(picture: &Picture<'_>, text: &mut String) {
    if let Some(words) = &picture.refusal {
        let _ = writeln!(text, "  refusal{{{{\"{}\"}}}}", quoted(&format!("not in effect: {words}")));
    }
    let mut ways: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    let mut refused = Vec::new();
    for row in picture.routes.iter().take_while(|row| row.named.is_none()) {
        match row.place {
            Some(place) => ways.entry(place).or_default().push(quoted(&row.request)),
            None => refused.push(quoted(&row.request)),
        }
    }
    for (at, ((manager, pool), requests)) in ways.iter().enumerate() {
        let _ = writeln!(text, "  r{at}([\"{}\"]) --> m{manager}p{pool}", requests.join("<br>"));
    }
    let pools = picture.routes.iter().filter(|row| row.named.is_some() && row.refusal.is_some());
    refused.extend(pools.map(|row| quoted(&row.request)));
    if !refused.is_empty() {
        let _ = writeln!(text, "  refused[\"refused\"]\n  no([\"{}\"]) --x refused", refused.join("<br>"));
    }
}

/// Text that mermaid shows as it is: everything but letters, digits, spaces and a few signs is written as the number
/// of its character, which neither mermaid, nor its Markdown, nor a browser takes for syntax. mermaid looks for formulas,
/// icons and line breaks after it has read the numbers; a sign without width stands between what makes one.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    let mut last = ' ';
    for character in text.chars() {
        if matches!((last, character), ('$', '$') | (':', 'f') | ('\\', _)) {
            quoted.push(JOINER);
        }
        last = character;
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

/// Has no width and means nothing.
const JOINER: char = '\u{2060}';

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
            ("$$x$$", "#36;\u{2060}#36;x#36;\u{2060}#36;"),
            ("fa:fa-car", "fa:\u{2060}fa-car"),
            ("a\\nb", "a#92;\u{2060}nb"),
        ];
        for (text, expected) in table {
            assert_eq!(super::quoted(text), expected);
        }
    }
}
