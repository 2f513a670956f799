//! A finding and its excerpt in the form that miette draws.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::diagnostic::{Finding, Severity};
use crate::report::excerpt::Excerpt;

/// A finding as miette wants it.
#[derive(Debug)]
pub(super) struct Drawing<'a> {
    pub(super) finding: &'a Finding,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) labels: Vec<String>,
    pub(super) excerpt: Excerpt,
}

impl fmt::Display for Drawing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing<'_> {}

impl Diagnostic for Drawing<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let labels = self.finding.labels.iter().zip(&self.labels).zip(&self.excerpt.marks);
        Some(Box::new(labels.map(|((label, text), mark)| {
            let text = (!text.is_empty()).then(|| text.clone());
            let span = SourceSpan::new(mark.range.start.into(), mark.range.len());
            if label.primary {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })))
    }
}

/// Answers with the whole block that holds the span. Unlike miette's own sources it does not read the
/// text from the start, and spans of two blocks have no common contents, so that miette cannot print
/// all that lies between them.
impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let block = self.blocks.iter().find(|block| block.range.start <= start && end <= block.range.end);
        let block = block.filter(|block| start < block.range.end).ok_or(MietteError::OutOfBounds)?;
        let mark = self.marks.iter().find(|mark| mark.range == (start..end));
        let position = mark.map(|mark| mark.position);
        let (line, column) = match position {
            // Without context miette asks where a label is.
            Some(position) if before == 0 => (position.line, position.column),
            _ => (block.first_line, 1),
        };
        let data = self.text.as_bytes().get(block.range.clone()).ok_or(MietteError::OutOfBounds)?;
        Ok(Box::new(MietteSpanContents::new_named(
            block.name.clone(),
            data,
            SourceSpan::new(block.range.start.into(), block.range.len()),
            line.saturating_sub(1) as usize,
            column.saturating_sub(1) as usize,
            block.line_count as usize,
        )))
    }
}
