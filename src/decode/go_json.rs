//! encoding/json as the released master has it (Go 1.22; facts §1.5, §12).
//!
//! One `Run` stands for one call of `json.Unmarshal`. Errors come in two sorts: *soft* ones (a wrong
//! type, an unknown key) are remembered and decoding goes on; *hard* ones, the results of a type's own
//! `UnmarshalJSON`, end the run. The first hard error wins, else the first soft one. Here every run goes
//! on to its end, so that nothing wrong stays unsaid, but only the winner bears the master's words.

use std::fmt::Write as _;
use std::sync::Arc;

use super::decoded::{Decoded, Entry, Record};
use super::problem::{Known, Problem, ProblemKind};
use super::run::{Candidate, Fault, Numbers, Run, Strictness, Words};
use super::schema::{Field, Own, Struct, Trait, Type};
use super::{scalars, special};
use crate::release::Release;
use crate::source::Span;
use crate::value::{Member, Object, Value, ValueKind, go_text};

/// All that came of decoding a value.
#[derive(Debug)]
pub struct Outcome {
    /// What could be read.
    pub record: Record,
    /// Everything that does not fit, in the order of the decoder.
    pub problems: Vec<Problem>,
    /// The problems of which the master reports one: the expected one first, more where its choice is
    /// random. Indices into `problems`; empty when it decodes.
    pub reported: Vec<usize>,
    /// Values that must never be shown.
    pub secrets: Vec<Span>,
    /// Keys that mean one field in two spellings.
    pub collisions: Vec<Collision>,
}

/// A field that is given twice, by keys that differ in case only (facts §1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Collision {
    /// The key that counts.
    pub winner: Span,
    /// The key that does not.
    pub loser: Span,
}

/// Decodes a root value into a struct as `ghodss/yaml` does with `DisallowUnknownFields`, with the keys of a
/// release.
#[must_use]
pub fn decode(root: &Value, of: &'static Struct, release: Release) -> Outcome {
    let run = Run { strict: Strictness::Strict, numbers: Numbers::BecomeText, ..Run::default() };
    finish(root, of, Decoder::new(release), run)
}

fn finish(root: &Value, of: &'static Struct, mut decoder: Decoder, mut run: Run) -> Outcome {
    let record = match &root.kind {
        ValueKind::Object(object) => decoder.record(&mut run, root.span, object, of),
        _ => Record::new(of, root.span),
    };
    let mut reported = Vec::new();
    if let Some(fault) = run.result() {
        for candidate in &fault.candidates {
            let problem = &mut decoder.problems[candidate.problem];
            problem.texts.push(candidate.text(&fault));
            if !reported.contains(&candidate.problem) {
                reported.push(candidate.problem);
            }
        }
    }
    let Decoder { problems, secrets, collisions, .. } = decoder;
    Outcome { record, problems, reported, secrets, collisions }
}

/// Decodes a root value into a struct as encoding/json does by itself: keys that it does not know are passed over.
#[must_use]
pub fn decode_leniently(root: &Value, of: &'static Struct) -> Outcome {
    finish(root, of, Decoder::default(), Run::lenient())
}

/// Decodes a root value into a struct as apimachinery does: keys in their exact spelling, others passed over, numbers no
/// texts.
#[must_use]
pub fn decode_kubernetes(root: &Value, of: &'static Struct) -> Outcome {
    let decoder = Decoder { spelling: Spelling::Exact, ..Decoder::default() };
    finish(root, of, decoder, Run::lenient())
}

/// How keys find their fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Spelling {
    /// In any case, an exact match first.
    #[default]
    Folded,
    /// Letter by letter.
    Exact,
}

/// The whole of a decoding: what was found, and where it stands now.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pub(super) problems: Vec<Problem>,
    pub(super) secrets: Vec<Span>,
    pub(super) release: Release,
    collisions: Vec<Collision>,
    spelling: Spelling,
    path: String,
}

impl Decoder {
    pub(super) fn new(release: Release) -> Self {
        Self { release, ..Self::default() }
    }

    /// Notes a problem and returns its index.
    pub(super) fn problem(&mut self, kind: ProblemKind, span: Span, key: Option<Span>) -> usize {
        let path = self.path.clone();
        self.problems.push(Problem { kind, span, key, path, texts: Vec::new() });
        self.problems.len() - 1
    }

    /// Reads a value as a type, in a run.
    pub(super) fn value(&mut self, run: &mut Run, value: &Value, key: Option<Span>, ty: &'static Type) -> Decoded {
        match ty {
            Type::Pointer(_) if value.is_null() => Decoded::Null,
            Type::Pointer(to) => self.value(run, value, key, to),
            Type::Own(own) => self.own(run, value, key, own),
            Type::Union(union) => self.union(run, value, key, union),
            Type::Special(special) => special::decode(self, run, value, key, *special),
            Type::Any => Decoded::raw(value),
            _ if value.is_null() => Decoded::Null,
            Type::Struct(of) => match &value.kind {
                ValueKind::Object(object) => Decoded::Record(Arc::new(self.record(run, value.span, object, of))),
                _ => self.mismatch(run, value, key, value.json_kind().to_owned(), ty),
            },
            Type::List { item, .. } => self.list(run, value, key, ty, item),
            Type::Map { value: of, .. } => self.map(run, value, key, ty, of),
            Type::Bool | Type::Int { .. } | Type::Float { .. } | Type::Text { .. } => {
                match scalars::decode(value, ty, run.numbers) {
                    Ok(decoded) => decoded,
                    Err(found) => self.mismatch(run, value, key, found, ty),
                }
            }
        }
    }

    pub(super) fn mismatch(
        &mut self,
        run: &mut Run,
        value: &Value,
        key: Option<Span>,
        found: String,
        ty: &'static Type,
    ) -> Decoded {
        self.mismatch_named(run, value, key, found, ty.go())
    }

    /// A soft type error with the type's name given.
    pub(super) fn mismatch_named(
        &mut self,
        run: &mut Run,
        value: &Value,
        key: Option<Span>,
        found: String,
        wanted: &'static str,
    ) -> Decoded {
        let kind = ProblemKind::WrongType { found: found.clone(), wanted };
        let problem = self.problem(kind, value.span, key);
        run.save(Fault { candidates: vec![Candidate { problem, words: Words::Type { found, wanted } }], place: None });
        Decoded::Broken
    }

    fn list(
        &mut self,
        run: &mut Run,
        value: &Value,
        key: Option<Span>,
        ty: &'static Type,
        item: &'static Type,
    ) -> Decoded {
        let ValueKind::Array(items) = &value.kind else {
            return self.mismatch(run, value, key, value.json_kind().to_owned(), ty);
        };
        let mut entries = Vec::with_capacity(items.len());
        for (at, element) in items.iter().enumerate() {
            let length = self.enter_item(at);
            let decoded = self.value(run, element, None, item);
            let decoded = zero_for_null(decoded, item, element.span);
            self.path.truncate(length);
            entries.push(Entry { key: None, span: element.span, value: decoded });
        }
        Decoded::List(entries)
    }

    fn map(
        &mut self,
        run: &mut Run,
        value: &Value,
        key: Option<Span>,
        ty: &'static Type,
        of: &'static Type,
    ) -> Decoded {
        let ValueKind::Object(object) = &value.kind else {
            return self.mismatch(run, value, key, value.json_kind().to_owned(), ty);
        };
        let mut entries = Vec::with_capacity(object.members().len());
        for member in object.members() {
            let length = self.enter(&member.key);
            let decoded = self.value(run, &member.value, Some(member.key_span), of);
            let decoded = zero_for_null(decoded, of, member.value.span);
            self.path.truncate(length);
            let entry = Entry { key: Some(member.key_span), span: member.value.span, value: decoded };
            entries.push((member.key.to_string(), entry));
        }
        Decoded::Map(entries.into())
    }

    /// Reads the members of a mapping into the fields of a struct, sorted by key.
    pub(super) fn record(&mut self, run: &mut Run, span: Span, object: &Object, of: &'static Struct) -> Record {
        let mut record = Record::with_capacity(of, span, object.members().len());
        for member in object.members() {
            match self.field_of(of, &member.key) {
                Some(field) => self.field(run, &mut record, member, field, of.name),
                None => self.unknown(run, member, of),
            }
        }
        record
    }

    fn field_of(&self, of: &'static Struct, key: &str) -> Option<&'static Field> {
        let found = of.field(key, self.release);
        found.filter(|field| self.spelling == Spelling::Folded || field.key == key)
    }

    /// Reads those members that belong to one part of a union; the others belong to another part, or are
    /// reported by [`Self::check_fields`].
    pub(super) fn part(&mut self, run: &mut Run, span: Span, object: &Object, of: &'static Struct) -> Record {
        let mut record = Record::new(of, span);
        for member in object.members() {
            if let Some(field) = self.field_of(of, &member.key) {
                self.field(run, &mut record, member, field, of.name);
            }
        }
        record.shrink();
        record
    }

    /// Reports keys that none of several structs knows, as dropped.
    pub(super) fn report_strangers(&mut self, object: &Object, parts: &[&'static Struct]) {
        for member in object.members() {
            if let (true, Some(of)) =
                (parts.iter().all(|of| of.field(&member.key, self.release).is_none()), parts.first())
            {
                self.unknown(&mut Run::lenient(), member, of);
            }
        }
    }

    fn field(
        &mut self,
        run: &mut Run,
        record: &mut Record,
        member: &Member,
        field: &'static Field,
        name: &'static str,
    ) {
        let outer_struct = run.struct_name.replace(name);
        let outer_numbers = run.numbers;
        run.fields.push(field.key);
        if field.trait_ == Trait::Embedded {
            run.numbers = Numbers::AreErrors;
        }
        if field.trait_ == Trait::Secret && !member.value.is_null() {
            self.secrets.push(member.value.span);
        }
        let length = self.enter(&member.key);
        let value = self.value(run, &member.value, Some(member.key_span), field.ty);
        self.path.truncate(length);
        run.fields.pop();
        run.struct_name = outer_struct;
        run.numbers = outer_numbers;
        // A null empties pointers, lists and maps; anything else it leaves as it is.
        let empties = matches!(field.ty, Type::Pointer(_) | Type::List { .. } | Type::Map { .. });
        let keeps_old = matches!(value, Decoded::Null) && !empties;
        if keeps_old && let Some(old) = record.entry(field.key) {
            self.collisions.extend(old.key.map(|winner| Collision { winner, loser: member.key_span }));
            return;
        }
        let entry = Entry { key: Some(member.key_span), span: member.value.span, value };
        let before = record.set(field.key, entry);
        self.collisions.extend(before.map(|loser| Collision { winner: member.key_span, loser }));
    }

    fn unknown(&mut self, run: &mut Run, member: &Member, of: &'static Struct) {
        let key = member.key.to_string();
        let known = Known::Struct(of, self.release);
        match run.strict {
            Strictness::Lenient => {
                self.problem(ProblemKind::DroppedKey { key, known }, member.key_span, Some(member.key_span));
            }
            Strictness::Strict => {
                let text = format!("json: unknown field {}", go_text::quoted(&key));
                let kind = ProblemKind::RejectedKey { key, known };
                let problem = self.problem(kind, member.key_span, Some(member.key_span));
                run.save(Fault::fixed(problem, text));
            }
        }
    }

    fn own(&mut self, outer: &mut Run, value: &Value, key: Option<Span>, own: &'static Own) -> Decoded {
        let short = if value.is_null() { Some("") } else { value.as_str() };
        if let (Some(form), Some(text)) = (own.short_form, short) {
            return special::short_form(self, outer, value, key, form, text, own.of);
        }
        let mut run = Run::lenient();
        let decoded = match &value.kind {
            ValueKind::Object(object) => Decoded::Record(Arc::new(self.record(&mut run, value.span, object, own.of))),
            ValueKind::Null => Decoded::Record(Arc::new(Record::new(own.of, value.span))),
            _ => self.mismatch_named(&mut run, value, key, value.json_kind().to_owned(), own.of.go),
        };
        self.finish(outer, run, own.wrap);
        decoded
    }

    /// Ends an inner run: its result is a hard error of the outer one.
    pub(super) fn finish(&mut self, outer: &mut Run, inner: Run, wrap: Option<&str>) {
        if let Some(fault) = inner.result() {
            outer.stop(match wrap {
                Some(prefix) => fault.wrap(prefix),
                None => fault,
            });
        }
    }

    fn enter(&mut self, key: &str) -> usize {
        let length = self.path.len();
        if length > 0 {
            self.path.push('.');
        }
        self.path.push_str(key);
        length
    }

    fn enter_item(&mut self, at: usize) -> usize {
        let length = self.path.len();
        let _ = write!(self.path, "[{at}]");
        length
    }
}

/// A null item of a list or mapping is the zero value of its type.
fn zero_for_null(decoded: Decoded, ty: &'static Type, span: Span) -> Decoded {
    match (decoded, ty) {
        (Decoded::Null, Type::Text { .. }) => Decoded::Text("".into()),
        (Decoded::Null, Type::Int { .. }) => Decoded::Int(0),
        (Decoded::Null, Type::Float { .. }) => Decoded::Float(0.0),
        (Decoded::Null, Type::Bool) => Decoded::Bool(false),
        (Decoded::Null, Type::Struct(of)) => Decoded::Record(Arc::new(Record::new(of, span))),
        (decoded, _) => decoded,
    }
}
