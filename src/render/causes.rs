//! Why a configuration and values of the chart differ: what the chart does by itself, and secrets that no values hold.

use super::limits;
use crate::compare::{Cause, Change, Comparison, Content, Side, Sort};
use crate::model::MultiRm;
use crate::source::Span;

/// Which of two configurations is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The first.
    Before,
    /// The second.
    After,
}

/// Says of each change what it comes from, when one of the two is values of the chart: `values`, of which `is_written` tells
/// whether a place in `master.yaml` has something behind it that somebody wrote. `other` is the other one.
pub fn trace(comparison: &mut Comparison, values: Which, other: &MultiRm, is_written: impl Fn(Span) -> bool) {
    for change in &mut comparison.changes {
        let Some((own, of_chart)) = sides(change, values) else { continue };
        // The chart has a password of its own for the database.
        let is_left_out = of_chart.content == Content::Blank || !is_written(of_chart.bytes);
        change.cause = if own.content == Content::Secret && is_left_out {
            Cause::LeftOut
        } else if is_of_chart(own, of_chart, other, &is_written) {
            Cause::Chart
        } else {
            Cause::Files
        };
    }
}

/// The same of two sets of values: each may hold secrets that the other leaves out.
pub fn trace_secrets(comparison: &mut Comparison) {
    for change in &mut comparison.changes {
        let contents = sides(change, Which::Before).map(|(one, other)| [one.content, other.content]);
        if let Some([Content::Secret, Content::Blank] | [Content::Blank, Content::Secret]) = contents {
            change.cause = Cause::LeftOut;
        }
    }
}

/// The side that is not of values, and that which is.
fn sides(change: &Change, values: Which) -> Option<(&Side, &Side)> {
    let (Sort::Set, Some(before), Some(after)) = (change.sort, &change.before, &change.after) else { return None };
    Some(if values == Which::After { (before, after) } else { (after, before) })
}

fn is_of_chart(own: &Side, of_chart: &Side, other: &MultiRm, is_written: &dyn Fn(Span) -> bool) -> bool {
    let is_added = !own.is_written && of_chart.is_written && !is_written(of_chart.bytes);
    is_added || limits::forced(&own.setting, &own.value, &of_chart.value, other).is_some()
}
