//! Comments that suppress findings: `# detctl: ignore[rule, rule] reason`.
//!
//! At the end of a line such a comment concerns that line, on a line of its own the next line that says something, and
//! before everything else the whole file. Only what is shown depends on it: verdicts are worked out before.

use std::collections::{BTreeMap, BTreeSet};

use super::{suppression_syntax, suppression_unknown_rule, suppression_unused};
use crate::diagnostic::{Finding, Phase};
use crate::model::verdict::Kind;
use crate::source::{SourceId, SourceMap, Span};
use crate::yaml::Tree;
use crate::yaml::parse::{Limits, parse, parse_pyyaml};

/// What suppressions leave.
#[derive(Debug, Default)]
pub struct Sifted {
    /// What is shown, with what is wrong with the suppressions themselves.
    pub shown: Vec<Finding>,
    /// What some suppression concerns.
    pub suppressed: Vec<Finding>,
}

/// The word that every suppression starts with.
const MARK: &str = "detctl:";

/// How a text is read for its comments: as those read it who use it.
pub(crate) type Reader = fn(SourceId, &str) -> Tree;

/// As the master and Helm do.
#[must_use]
pub fn as_go(id: SourceId, text: &str) -> Tree {
    parse(id, text, Limits::default()).tree
}

/// As devcluster does; what it cannot read is read as far as it goes.
#[must_use]
pub fn as_python(id: SourceId, text: &str) -> Tree {
    parse_pyyaml(id, text).unwrap_or_else(|_| as_go(id, text))
}

/// Sifts the findings of one text, which is read again for its comments when there may be suppressions in it.
pub(crate) fn suppress(sources: &SourceMap, id: SourceId, reader: Reader, findings: Vec<Finding>) -> Sifted {
    let file = sources.file(id).text();
    if !file.contains(MARK) {
        return Sifted { shown: findings, suppressed: Vec::new() };
    }
    let tree = &reader(id, file);
    let text = Text { sources, id, tree };
    let mut sifted = Sifted::default();
    let mut names = Vec::new();
    for comment in tree.comments() {
        match directive(sources.slice(comment.span)) {
            None => {}
            Some(Err(fault)) => sifted.shown.push(suppression_syntax::finding(fault.span_in(comment.span), fault.what)),
            Some(Ok(words)) => text.names(comment.span, &words, &mut names),
        }
    }
    if names.is_empty() {
        sifted.shown.extend(findings);
        return sifted;
    }
    let mut by_scope: BTreeMap<(&str, Scope), Vec<usize>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        by_scope.entry((name.rule, name.scope)).or_default().push(at);
    }
    // What nobody got to look at may hold what a suppression waits for.
    let is_whole = !findings.iter().filter_map(|finding| finding.load.as_ref()).any(|load| load.phase <= Phase::Parse);
    let mut used = BTreeSet::new();
    for finding in findings {
        let concerned = text.scopes(&finding).into_iter().filter_map(|scope| by_scope.get(&(finding.rule, scope)));
        let concerned: Vec<usize> = concerned.flatten().copied().collect();
        let list = if concerned.is_empty() { &mut sifted.shown } else { &mut sifted.suppressed };
        list.push(finding);
        used.extend(concerned);
    }
    for (at, name) in names.iter_mut().enumerate() {
        name.used = !is_whole || used.contains(&at);
    }
    sifted.shown.extend(names.iter().filter_map(|name| text.complaint(name)));
    sifted
}

/// Sifts findings that came later: what is wrong with the suppressions themselves has been told.
#[must_use]
pub fn suppress_later(sources: &SourceMap, kind: Kind, findings: Vec<Finding>) -> Sifted {
    let reader = if kind == Kind::Devcluster { as_python } else { as_go };
    let ids: BTreeSet<SourceId> = findings.iter().filter_map(Finding::primary).map(|span| span.source).collect();
    let mut all = Sifted { shown: findings, suppressed: Vec::new() };
    for id in ids {
        let sifted = suppress(sources, id, reader, all.shown);
        all.shown = sifted.shown.into_iter().filter(|finding| !finding.rule.starts_with("suppression-")).collect();
        all.suppressed.extend(sifted.suppressed);
    }
    all
}

/// A rule that a suppression names.
struct Name<'a> {
    span: Span,
    rule: &'a str,
    scope: Scope,
    used: bool,
}

/// What a suppression concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scope {
    /// The whole file.
    File,
    /// A line, from 1.
    Line(u32),
}

struct Text<'a> {
    sources: &'a SourceMap,
    id: SourceId,
    tree: &'a Tree,
}

impl<'a> Text<'a> {
    fn names(&self, comment: Span, words: &[Word], names: &mut Vec<Name<'a>>) {
        let scope = self.scope(comment);
        for word in words {
            let span = word.span_in(comment);
            names.push(Name { span, rule: self.sources.slice(span), scope, used: false });
        }
    }

    fn scope(&self, comment: Span) -> Scope {
        let file = self.sources.file(self.id);
        let line = file.lines().line_of(comment.start);
        let range = file.lines().line_range(file.text(), line);
        let before = file.text().get(range.start..comment.start as usize).unwrap_or("");
        if !before.trim_start_matches('\u{feff}').trim().is_empty() {
            return Scope::Line(line);
        }
        let content = self.tree.documents().first().and_then(|document| document.root);
        match content.map(|root| self.tree.node(root).span.start) {
            Some(start) if start < comment.start => Scope::Line(self.next_line_with_content(line)),
            _ => Scope::File,
        }
    }

    fn next_line_with_content(&self, line: u32) -> u32 {
        let file = self.sources.file(self.id);
        let says_something = |line: &u32| {
            let text = file.text().get(file.lines().line_range(file.text(), *line)).unwrap_or("").trim();
            !text.is_empty() && !text.starts_with('#')
        };
        (line + 1..=file.lines().len()).find(says_something).unwrap_or(line)
    }

    /// The scopes that a finding is in.
    fn scopes(&self, finding: &Finding) -> Vec<Scope> {
        match finding.primary() {
            None => vec![Scope::File],
            // A file of values of the same deployment has comments of its own.
            Some(span) if span.source != self.id => Vec::new(),
            Some(span) => vec![Scope::File, Scope::Line(self.sources.file(self.id).lines().line_of(span.start))],
        }
    }

    fn complaint(&self, name: &Name<'_>) -> Option<Finding> {
        if super::find(name.rule).is_none() {
            return Some(suppression_unknown_rule::finding(name.span, name.rule));
        }
        // Clusters are not always looked at.
        let waits = super::seen::RULES.iter().any(|rule| rule.id == name.rule);
        (!name.used && !waits).then(|| suppression_unused::finding(name.span, name.rule, name.scope))
    }
}

/// A part of a comment, in bytes from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    start: usize,
    end: usize,
}

impl Word {
    fn span_in(self, comment: Span) -> Span {
        let at = |offset: usize| comment.start + u32::try_from(offset).unwrap_or(0);
        Span::new(comment.source, at(self.start), at(self.end))
    }
}

/// What is wrong with a suppression, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fault {
    what: &'static str,
    place: Word,
}

impl Fault {
    fn span_in(self, comment: Span) -> Span {
        self.place.span_in(comment)
    }
}

/// The names in a comment that speaks to detctl; `None` for any other comment.
fn directive(comment: &str) -> Option<Result<Vec<Word>, Fault>> {
    let rest = comment.trim_start_matches('#').trim_start().strip_prefix(MARK)?;
    Some(names(comment, rest.trim_start()))
}

/// The names in `rest`, which is the end of the comment.
fn names(comment: &str, rest: &str) -> Result<Vec<Word>, Fault> {
    let at = |part: &str| comment.len() - part.len();
    let whole = |what| Fault { what, place: Word { start: 0, end: comment.trim_end().len() } };
    let Some(rest) = rest.strip_prefix("ignore") else {
        return Err(whole("after `detctl:` only `ignore[RULE]` is known"));
    };
    let Some(list) = rest.trim_start().strip_prefix('[') else {
        return Err(whole("the rules have to follow in brackets, `ignore[RULE]`"));
    };
    let Some((inside, _reason)) = list.split_once(']') else {
        return Err(whole("the bracket is not closed"));
    };
    let mut start = at(list);
    let mut words = Vec::new();
    for part in inside.split(',') {
        let name = part.trim();
        let from = start + (part.len() - part.trim_start().len());
        if name.is_empty() {
            return Err(whole("between the brackets a rule is missing"));
        }
        if name.contains(char::is_whitespace) {
            let place = Word { start: from, end: from + name.len() };
            return Err(Fault { what: "rules are divided by commas", place });
        }
        words.push(Word { start: from, end: from + name.len() });
        start += part.len() + 1;
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::directive;

    #[test]
    fn names_are_found_with_their_places() {
        let table: [(&str, &[&str]); 5] = [
            ("# detctl: ignore[a]", &["a"]),
            ("#detctl:ignore[ a-b ,c ] because", &["a-b", "c"]),
            ("## detctl: ignore [a] [b]", &["a"]),
            ("# nothing", &[]),
            ("# see detctl: ignore[a]", &[]),
        ];
        for (comment, expected) in table {
            let words = directive(comment).map_or_else(Vec::new, |words| words.unwrap());
            let names: Vec<&str> = words.iter().map(|word| &comment[word.start..word.end]).collect();
            assert_eq!(names, expected, "{comment}");
        }
    }

    #[test]
    fn what_speaks_to_detctl_and_makes_no_sense_is_a_fault() {
        for comment in [
            "# detctl: ignore",
            "# detctl: ignor[a]",
            "# detctl: ignore[",
            "# detctl: ignore[]",
            "# detctl: ignore[a,]",
            "# detctl: ignore[a b]",
            "# detctl:",
        ] {
            assert!(matches!(directive(comment), Some(Err(_))), "{comment}");
        }
    }
}
