//! Fixes carried out: which of them go together, and whether what comes out is better than what was there.
//!
//! A text is mended in rounds. In each the fixes that do not touch each other are applied together, the result is
//! judged like any text, and kept only if no verdict is worse and every finding that was mended is gone. Where it is
//! not, halves are tried, until the fix that spoils it is found and left out. Bytes that no edit names stay as they are.

mod edits;
mod verdict;

use std::collections::BTreeSet;

use crate::diagnostic::{Applicability, Edit, Finding};
use crate::judge::Judgement;
use crate::source::SourceId;

/// What to mend.
pub struct Task<'a> {
    /// The text in which edits are made, as it is named in the spans of all judgements.
    pub target: SourceId,
    /// How sure a fix has to be; [`Applicability::Unsafe`] takes all.
    pub level: Applicability,
    /// Whether findings of a rule are to be mended.
    pub wants: &'a dyn Fn(&str) -> bool,
    /// What becomes of a text; `None` when that cannot be told.
    pub judge: &'a dyn Fn(&str) -> Option<Judgement>,
}

/// A text with its mends.
#[derive(Debug)]
pub struct Mended {
    /// The text.
    pub text: String,
    /// What becomes of it.
    pub judgement: Judgement,
    /// The rule of each finding that was mended, with what was done.
    pub done: Vec<(&'static str, String)>,
    /// The same of fixes that would have made it worse, or not better, and of those beyond what can be tried.
    pub declined: Vec<(&'static str, String)>,
}

/// Fixes can uncover what they hide: more rounds than nested mistakes need.
const ROUNDS: usize = 16;

/// How many texts are judged before the fixes that are left are left out: enough to find a handful of fixes
/// that spoil thousands of others.
const ATTEMPTS: usize = 96;

impl Task<'_> {
    /// Mends a text whose judgement is known.
    #[must_use]
    pub fn mend(&self, text: &str, judgement: Judgement) -> Mended {
        let mut mended = Mended { text: text.to_owned(), judgement, done: Vec::new(), declined: Vec::new() };
        let mut attempts = 0;
        for _ in 0..ROUNDS {
            let candidates = self.candidates(&mended.judgement);
            let mut round =
                Round { task: self, before: &mended, kept: Vec::new(), best: None, declined: Vec::new(), attempts };
            round.add(apart(candidates));
            let Round { kept, best, declined, attempts: so_far, .. } = round;
            attempts = so_far;
            let words = |fixes: Vec<Candidate>| fixes.into_iter().flat_map(|fix| fix.words()).collect::<Vec<_>>();
            mended.declined = words(declined);
            let Some((text, judgement)) = best else { break };
            (mended.text, mended.judgement) = (text, judgement);
            mended.done.extend(words(kept));
        }
        mended
    }

    /// The fixes that are asked for, in the order of their places, equal ones as one.
    fn candidates(&self, judgement: &Judgement) -> Vec<Candidate> {
        let mut all: Vec<Candidate> = Vec::new();
        let wanted = judgement.findings.iter().filter(|finding| (self.wants)(finding.rule));
        let mut fixes: Vec<Candidate> = wanted.filter_map(|finding| self.candidate(finding)).collect();
        fixes.sort_by(|a, b| a.edits.iter().map(key).cmp(b.edits.iter().map(key)));
        for fix in fixes {
            match all.last_mut() {
                Some(last) if last.edits == fix.edits => last.mends.extend(fix.mends),
                _ => all.push(fix),
            }
        }
        all
    }

    fn candidate(&self, finding: &Finding) -> Option<Candidate> {
        let fix = finding.fix.as_ref()?;
        let sure = self.level == Applicability::Unsafe || fix.applicability == Applicability::Safe;
        let here = fix.edits.iter().all(|edit| edit.span.source == self.target);
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| edit.span);
        let start = finding.primary().filter(|span| span.source == self.target)?.start;
        let mend = Mend { rule: finding.rule, start, title: fix.title.clone() };
        (sure && here && !edits.is_empty()).then(|| Candidate { edits, mends: vec![mend] })
    }
}

/// By place, then by text, so that the same findings give the same text whatever their order.
fn key(edit: &Edit) -> (u32, u32, &str) {
    (edit.span.start, edit.span.end, &edit.replacement)
}

/// One fix with the findings that it mends.
#[derive(Clone, Debug)]
struct Candidate {
    /// In order.
    edits: Vec<Edit>,
    mends: Vec<Mend>,
}

impl Candidate {
    fn words(self) -> impl Iterator<Item = (&'static str, String)> {
        self.mends.into_iter().map(|mend| (mend.rule, mend.title))
    }
}

/// A finding that a fix mends.
#[derive(Clone, Debug)]
struct Mend {
    rule: &'static str,
    /// Where the finding starts.
    start: u32,
    title: String,
}

/// Of fixes that touch each other the first; the others may have their turn in the next round.
fn apart(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut taken = edits::Taken::default();
    candidates.into_iter().filter(|candidate| taken.take(&candidate.edits)).collect()
}

/// One round: the largest set of fixes that holds.
struct Round<'a> {
    task: &'a Task<'a>,
    before: &'a Mended,
    kept: Vec<Candidate>,
    best: Option<(String, Judgement)>,
    declined: Vec<Candidate>,
    /// How many texts were judged, in this round and those before.
    attempts: usize,
}

impl Round<'_> {
    /// Adds a group of fixes as a whole, or as much of it as holds.
    fn add(&mut self, mut group: Vec<Candidate>) {
        if group.is_empty() {
            return;
        }
        if self.attempts == ATTEMPTS {
            self.declined.append(&mut group);
            return;
        }
        self.attempts += 1;
        let together: Vec<&Candidate> = self.kept.iter().chain(&group).collect();
        if let Some(better) = self.attempt(&together) {
            self.best = Some(better);
            self.kept.append(&mut group);
        } else if group.len() == 1 {
            self.declined.append(&mut group);
        } else {
            let rest = group.split_off(group.len() / 2);
            self.add(group);
            self.add(rest);
        }
    }

    /// The text with these fixes, if it is better.
    fn attempt(&self, fixes: &[&Candidate]) -> Option<(String, Judgement)> {
        let mut all: Vec<&Edit> = fixes.iter().flat_map(|fix| &fix.edits).collect();
        all.sort_by_key(|edit| edit.span);
        let text = edits::apply(&self.before.text, &all)?;
        let judgement = (self.task.judge)(&text)?;
        if verdict::is_worse(&self.before.judgement, &judgement) {
            return None;
        }
        let still: BTreeSet<(&str, u32)> = judgement
            .findings
            .iter()
            .filter_map(|finding| {
                Some((finding.rule, finding.primary().filter(|s| s.source == self.task.target)?.start))
            })
            .collect();
        let shift = edits::Shift::new(&all);
        let gone = |mend: &Mend| !still.contains(&(mend.rule, shift.place(mend.start)));
        fixes.iter().flat_map(|fix| &fix.mends).all(gone).then_some((text, judgement))
    }
}
