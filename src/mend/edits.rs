//! Replacements of bytes: applied, kept apart, and followed.

use std::collections::BTreeMap;

use crate::diagnostic::Edit;

/// A text with edits, which are in order; `None` where they overlap or do not fit the text.
pub(super) fn apply(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut out = String::with_capacity(text.len() + edits.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut at = 0;
    for edit in edits {
        out.push_str(text.get(at..edit.span.start as usize)?);
        out.push_str(&edit.replacement);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// Where bytes stand after edits.
pub(super) struct Shift<'a> {
    edits: &'a [&'a Edit],
    /// How much longer the text has become behind each edit.
    grown: Vec<i64>,
}

impl<'a> Shift<'a> {
    /// Follows edits that are in order.
    pub(super) fn new(edits: &'a [&'a Edit]) -> Self {
        let mut sum = 0_i64;
        let grown = edits.iter().map(|edit| {
            let length = i64::try_from(edit.replacement.len()).unwrap_or(i64::MAX);
            sum = sum.saturating_add(length - i64::from(edit.span.len()));
            sum
        });
        Self { grown: grown.collect(), edits }
    }

    /// Where a byte stands; what was replaced stands where the replacement starts.
    pub(super) fn place(&self, byte: u32) -> u32 {
        let behind = self.edits.partition_point(|edit| edit.span.end <= byte);
        let grown = behind.checked_sub(1).and_then(|at| self.grown.get(at)).copied().unwrap_or(0);
        let start = self.edits.get(behind).map_or(byte, |edit| edit.span.start.min(byte));
        u32::try_from(i64::from(start) + grown).unwrap_or(u32::MAX)
    }
}

/// Bytes that some edit replaces, or before which it puts something.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Start to end, without overlaps.
    ranges: BTreeMap<u32, u32>,
}

impl Taken {
    /// Takes the bytes of these edits, unless one of them is taken.
    pub(super) fn take(&mut self, edits: &[Edit]) -> bool {
        let is_free = edits.iter().all(|edit| self.is_free(edit));
        if is_free {
            self.ranges.extend(edits.iter().map(|edit| (edit.span.start, edit.span.end)));
        }
        is_free
    }

    fn is_free(&self, edit: &Edit) -> bool {
        let before = self.ranges.range(..=edit.span.start).next_back();
        let after = self.ranges.range(edit.span.start..).next();
        let touches = |(start, end): (&u32, &u32)| {
            let both_have_width = start < end && !edit.span.is_empty();
            let apart = *end <= edit.span.start || edit.span.end <= *start;
            // Something put between two bytes has no order with an edit that ends or starts there.
            let aside = *end < edit.span.start || edit.span.end < *start;
            if both_have_width { !apart } else { !aside }
        };
        !before.is_some_and(touches) && !after.is_some_and(touches)
    }
}

#[cfg(test)]
mod tests {
    use super::{Shift, Taken, apply};
    use crate::diagnostic::Edit;
    use crate::source::{SourceId, Span};

    fn edit(start: u32, end: u32, replacement: &str) -> Edit {
        Edit { span: Span::new(SourceId::default(), start, end), replacement: replacement.to_owned() }
    }

    #[test]
    fn edits_change_their_bytes_and_no_others() {
        let (a, b, c) = (edit(0, 1, "xyz"), edit(2, 2, "-"), edit(3, 5, ""));
        assert_eq!(apply("abcdef", &[&a, &b, &c]).as_deref(), Some("xyzb-cf"));
        let edits = [&a, &b, &c];
        let shift = Shift::new(&edits);
        let places: Vec<u32> = (0..6).map(|byte| shift.place(byte)).collect();
        assert_eq!(places, [0, 3, 5, 6, 6, 6]);
        assert_eq!(apply("abc", &[&edit(0, 2, ""), &edit(1, 3, "")]), None);
        assert_eq!(apply("abc", &[&edit(2, 9, "")]), None);
    }

    #[test]
    fn edits_that_touch_are_told() {
        let table = [
            (edit(0, 2, ""), edit(2, 4, ""), true),
            (edit(0, 3, ""), edit(2, 4, ""), false),
            (edit(2, 4, ""), edit(0, 9, ""), false),
            (edit(0, 2, ""), edit(2, 2, "x"), false),
            (edit(2, 2, "x"), edit(2, 2, "y"), false),
            (edit(1, 1, "x"), edit(2, 2, "y"), true),
        ];
        for (first, second, free) in table {
            let mut taken = Taken::default();
            assert!(taken.take(std::slice::from_ref(&first)));
            assert_eq!(taken.take(std::slice::from_ref(&second)), free, "{first:?} {second:?}");
        }
    }
}
