//! Findings beside what they concern: the pool that holds their place, else the resource manager.

use super::Scene;
use super::picture::{Spot, sees_settings};
use crate::diagnostic::{Finding, Severity};
use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};
use crate::report::covering::Secrets;
use crate::report::line;
use crate::source::Span;

/// A finding in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The rule.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub spot: Option<Spot>,
}

/// Findings that have not found their place yet.
pub(super) struct Remarks {
    /// By place.
    open: Vec<Open>,
}

/// A finding that waits for its place.
struct Open {
    place: Option<Span>,
    remark: Option<Remark>,
    /// Whether the place is the finding's own; else it is another that the finding concerns, too.
    is_own: bool,
}

impl Remarks {
    /// The findings of a configuration; those who see only cards see none.
    pub(super) fn new(scene: &Scene<'_>) -> Self {
        if !sees_settings(scene.viewer) {
            return Self { open: Vec::new() };
        }
        let secrets = Secrets::new(scene.sources, scene.secrets);
        let mut findings: Vec<&Finding> = scene.findings.iter().collect();
        findings.sort_by_key(|finding| (finding.primary(), finding.rule));
        let remark = |finding: &Finding| Remark {
            rule: finding.rule,
            severity: finding.severity,
            message: line(&secrets.covered(&finding.message)).into_owned(),
            spot: finding.primary().map(|span| Spot::of(scene, span)),
        };
        let mut open = Vec::new();
        for finding in findings {
            let remark = remark(finding);
            for label in finding.labels.iter().filter(|label| Some(label.span) != finding.primary()) {
                open.push(Open { place: Some(label.span), remark: Some(remark.clone()), is_own: false });
            }
            open.push(Open { place: finding.primary(), remark: Some(remark), is_own: true });
        }
        open.sort_by_key(|open| open.place);
        Self { open }
    }

    /// Those that start within a pool's block; a pool that nobody wrote has none.
    pub(super) fn of_pool(&mut self, scene: &Scene<'_>, pool: &Pool) -> Vec<Remark> {
        if pool.name.is_written() || pool.name.is_broken() {
            self.within(scene.model.home(pool.span))
        } else {
            Vec::new()
        }
    }

    /// Those that start within a resource manager's block, once those of its pools are taken.
    pub(super) fn of_manager(&mut self, scene: &Scene<'_>, manager: &Manager) -> Vec<Remark> {
        region(scene.config, manager).map_or_else(Vec::new, |region| self.within(scene.model.home(region)))
    }

    /// Those that remain.
    pub(super) fn rest(self) -> Vec<Remark> {
        self.open.into_iter().filter(|open| open.is_own).filter_map(|open| open.remark).collect()
    }

    /// The findings are in order of their places, so only those at the span are looked at.
    fn within(&mut self, span: Span) -> Vec<Remark> {
        let mut found: Vec<Remark> = Vec::new();
        let first = self.open.partition_point(|open| open.place < Some(Span { end: 0, ..span }));
        for open in self.open.iter_mut().skip(first) {
            match open.place {
                Some(place) if place.source == span.source && place.start < span.end => {
                    // Two places of one finding in one block are told once.
                    found.extend(open.remark.take().filter(|remark| !found.contains(remark)));
                }
                _ => break,
            }
        }
        found
    }
}

/// Where a resource manager was written: its block at the root, or its element of the list.
fn region(config: &MultiRm, manager: &Manager) -> Option<Span> {
    let Some(additional) = manager.index.checked_sub(1) else {
        return config.root.entry("resource_manager").map(|entry| entry.key.unwrap_or(entry.span).to(entry.span));
    };
    let list = config.root.list("additional_resource_managers")?;
    list.get(additional).map(|element| element.span)
}
