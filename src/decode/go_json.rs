//! encoding/json as the released master has it (Go 1.22; facts §1.5, §12).
//!
//! One [`Run`] stands for one call of `json.Unmarshal`. Errors come in two sorts: *soft* ones (a wrong
//! type, an unknown key) are remembered and decoding goes on; *hard* ones, the results of a type's own
//! `UnmarshalJSON`, end the run. The first hard error wins, else the first soft one. Here every run goes
//! on to its end, so that nothing wrong stays unsaid, but only the winner bears the master's words.

use super::decoded::{Decoded, Entry, Record};
use super::problem::{Known, Problem, ProblemKind};
use super::schema::{Field, Own, Struct, Trait, Type, Union, Variant};
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
}

/// Decodes a root value into a struct as `ghodss/yaml` does with `DisallowUnknownFields`, with the keys of a
/// release.
#[must_use]
pub fn decode(root: &Value, of: &'static Struct, release: Release) -> Outcome {
    let mut decoder = Decoder::new(release);
    let mut run = Run {
        strict: Strictness::Strict,
        numbers: Numbers::BecomeText,
        ..Run::default()
    };
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
    Outcome {
        record,
        problems: decoder.problems,
        reported,
        secrets: decoder.secrets,
    }
}

/// Whether unknown keys are errors in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Strictness {
    Strict,
    #[default]
    Lenient,
}

/// What becomes of a number or truth value where text is wanted (§1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Numbers {
    BecomeText,
    #[default]
    AreErrors,
}

/// The state of one `json.Unmarshal`.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) strict: Strictness,
    pub(super) numbers: Numbers,
    struct_name: Option<&'static str>,
    fields: Vec<String>,
    hard: Option<Fault>,
    soft: Option<Fault>,
}

/// An error on its way up.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) candidates: Vec<Candidate>,
    /// The struct and field path that a type error names; outer runs replace it by theirs.
    place: Option<(&'static str, String)>,
}

/// One error that may be the one reported.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) problem: usize,
    words: Words,
}

#[derive(Clone, Debug)]
enum Words {
    Type { found: String, wanted: &'static str },
    Fixed(String),
}

impl Candidate {
    fn text(&self, fault: &Fault) -> String {
        match (&self.words, &fault.place) {
            (Words::Fixed(text), _) => text.clone(),
            (Words::Type { found, wanted }, Some((name, fields))) => {
                format!(
                    "json: cannot unmarshal {found} into Go struct field {name}.{fields} of type {wanted}"
                )
            }
            (Words::Type { found, wanted }, None) => {
                format!("json: cannot unmarshal {found} into Go value of type {wanted}")
            }
        }
    }
}

impl Fault {
    pub(super) fn fixed(problem: usize, text: String) -> Self {
        Self {
            candidates: vec![Candidate {
                problem,
                words: Words::Fixed(text),
            }],
            place: None,
        }
    }

    /// One of several texts, chosen at random by the master; `None` without any.
    pub(super) fn any_of(texts: Vec<(usize, String)>) -> Option<Self> {
        let candidates: Vec<Candidate> = texts
            .into_iter()
            .map(|(problem, text)| Candidate {
                problem,
                words: Words::Fixed(text),
            })
            .collect();
        (!candidates.is_empty()).then_some(Self {
            candidates,
            place: None,
        })
    }

    /// `errors.Wrap`: the text is settled now, outer runs no longer add their place.
    pub(super) fn wrap(self, prefix: &str) -> Self {
        let candidates = self
            .candidates
            .iter()
            .map(|candidate| Candidate {
                problem: candidate.problem,
                words: Words::Fixed(format!("{prefix}: {}", candidate.text(&self))),
            })
            .collect();
        Self {
            candidates,
            place: None,
        }
    }
}

impl Run {
    pub(super) fn lenient() -> Self {
        Self::default()
    }

    pub(super) fn result(self) -> Option<Fault> {
        self.hard.or(self.soft)
    }

    pub(super) fn failed(&self) -> bool {
        self.hard.is_some() || self.soft.is_some()
    }

    fn place(&self) -> Option<(&'static str, String)> {
        self.struct_name.map(|name| (name, self.fields.join(".")))
    }

    pub(super) fn save(&mut self, mut fault: Fault) {
        if self.hard.is_none() && self.soft.is_none() {
            fault.place = self.place();
            self.soft = Some(fault);
        }
    }

    pub(super) fn stop(&mut self, mut fault: Fault) {
        if self.hard.is_none() {
            if let Some(place) = self.place() {
                fault.place = Some(place);
            }
            self.hard = Some(fault);
        }
    }
}

/// The whole of a decoding: what was found, and where it stands now.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    pub(super) problems: Vec<Problem>,
    pub(super) secrets: Vec<Span>,
    pub(super) release: Release,
    path: String,
}

impl Decoder {
    pub(super) fn new(release: Release) -> Self {
        Self {
            release,
            ..Self::default()
        }
    }

    /// Notes a problem and returns its index.
    pub(super) fn problem(&mut self, kind: ProblemKind, span: Span, key: Option<Span>) -> usize {
        let path = self.path.clone();
        self.problems.push(Problem {
            kind,
            span,
            key,
            path,
            texts: Vec::new(),
        });
        self.problems.len() - 1
    }

    /// Reads a value as a type, in a run.
    pub(super) fn value(
        &mut self,
        run: &mut Run,
        value: &Value,
        key: Option<Span>,
        ty: &'static Type,
    ) -> Decoded {
        match ty {
            Type::Pointer(_) if value.is_null() => Decoded::Null,
            Type::Pointer(to) => self.value(run, value, key, to),
            Type::Own(own) => self.own(run, value, key, own),
            Type::Union(union) => self.union(run, value, key, union),
            Type::Special(special) => special::decode(self, run, value, key, *special),
            Type::Any => special::raw(value),
            _ if value.is_null() => Decoded::Null,
            Type::Struct(of) => match &value.kind {
                ValueKind::Object(object) => {
                    Decoded::Record(Box::new(self.record(run, value.span, object, of)))
                }
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
        let kind = ProblemKind::WrongType {
            found: found.clone(),
            wanted,
        };
        let problem = self.problem(kind, value.span, key);
        run.save(Fault {
            candidates: vec![Candidate {
                problem,
                words: Words::Type { found, wanted },
            }],
            place: None,
        });
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
            entries.push(Entry {
                key: None,
                span: element.span,
                value: decoded,
            });
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
            let entry = Entry {
                key: Some(member.key_span),
                span: member.value.span,
                value: decoded,
            };
            entries.push((member.key.to_string(), entry));
        }
        Decoded::Map(entries)
    }

    /// Reads the members of a mapping into the fields of a struct, sorted by key.
    pub(super) fn record(
        &mut self,
        run: &mut Run,
        span: Span,
        object: &Object,
        of: &'static Struct,
    ) -> Record {
        let mut record = Record::new(of, span);
        for member in object.members() {
            match of.field(&member.key, self.release) {
                Some(field) => self.field(run, &mut record, member, field, of.name),
                None => self.unknown(run, member, of),
            }
        }
        record
    }

    /// Reads those members that belong to one part of a union; the others belong to another part, or are
    /// reported by [`Self::check_fields`].
    fn part(&mut self, run: &mut Run, span: Span, object: &Object, of: &'static Struct) -> Record {
        let mut record = Record::new(of, span);
        for member in object.members() {
            if let Some(field) = of.field(&member.key, self.release) {
                self.field(run, &mut record, member, field, of.name);
            }
        }
        record
    }

    /// [`Self::part`] for values with one part per device type.
    pub(super) fn runtime_part(
        &mut self,
        run: &mut Run,
        span: Span,
        object: &Object,
        of: &'static Struct,
    ) -> Record {
        self.part(run, span, object, of)
    }

    /// Reports keys that none of several structs knows, as dropped.
    pub(super) fn report_strangers(&mut self, object: &Object, parts: &[&'static Struct]) {
        for member in object.members() {
            if let (true, Some(of)) = (
                parts
                    .iter()
                    .all(|of| of.field(&member.key, self.release).is_none()),
                parts.first(),
            ) {
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
        run.fields.push(field.key.to_owned());
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
        let keeps_old = matches!(value, Decoded::Null) && !matches!(field.ty, Type::Pointer(_));
        if !(keeps_old && record.entry(field.key).is_some()) {
            record.set(
                field.key,
                Entry {
                    key: Some(member.key_span),
                    span: member.value.span,
                    value,
                },
            );
        }
    }

    fn unknown(&mut self, run: &mut Run, member: &Member, of: &'static Struct) {
        let key = member.key.to_string();
        let known = Known::Struct(of, self.release);
        match run.strict {
            Strictness::Lenient => {
                self.problem(
                    ProblemKind::DroppedKey { key, known },
                    member.key_span,
                    Some(member.key_span),
                );
            }
            Strictness::Strict => {
                let text = format!("json: unknown field {}", go_text::quoted(&key));
                let kind = ProblemKind::RejectedKey { key, known };
                let problem = self.problem(kind, member.key_span, Some(member.key_span));
                run.save(Fault::fixed(problem, text));
            }
        }
    }

    fn own(
        &mut self,
        outer: &mut Run,
        value: &Value,
        key: Option<Span>,
        own: &'static Own,
    ) -> Decoded {
        let short = if value.is_null() {
            Some("")
        } else {
            value.as_str()
        };
        if let (Some(form), Some(text)) = (own.short_form, short) {
            return special::short_form(self, outer, value, key, form, text, own.of);
        }
        let mut run = Run::lenient();
        let decoded = match &value.kind {
            ValueKind::Object(object) => {
                Decoded::Record(Box::new(self.record(&mut run, value.span, object, own.of)))
            }
            ValueKind::Null => Decoded::Record(Box::new(Record::new(own.of, value.span))),
            _ => self.mismatch_named(
                &mut run,
                value,
                key,
                value.json_kind().to_owned(),
                own.of.go,
            ),
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

    fn union(
        &mut self,
        outer: &mut Run,
        value: &Value,
        key: Option<Span>,
        union: &'static Union,
    ) -> Decoded {
        let mut run = Run::lenient();
        let object = match &value.kind {
            ValueKind::Object(object) => object,
            ValueKind::Null => {
                return Decoded::Record(Box::new(Record::new(union.common, value.span)));
            }
            _ => {
                let found = value.json_kind().to_owned();
                let broken =
                    self.mismatch_named(&mut run, value, key, found, "map[string]interface {}");
                self.finish(outer, run, None);
                return broken;
            }
        };
        let (record, fault) = self.tagged(value, object, union);
        if let Some(fault) = fault {
            outer.stop(fault);
        }
        Decoded::Record(Box::new(record))
    }

    /// The parts of a union in the master's order: tag, variant, keys, common fields.
    fn tagged(
        &mut self,
        value: &Value,
        object: &Object,
        union: &'static Union,
    ) -> (Record, Option<Fault>) {
        let mut record = Record::new(union.common, value.span);
        let mut first: Option<Fault> = None;
        let mut keep = |fault: Option<Fault>| {
            if first.is_none() {
                first = fault;
            }
        };
        let tag = self.tag(object, union);
        let variant = match tag {
            Ok(variant) => variant,
            Err(fault) => {
                keep(Some(fault));
                None
            }
        };
        if let Some(variant) = variant {
            let mut run = Run::lenient();
            let decoded = self.variant(&mut run, value, object, variant.ty);
            keep(run.result());
            record.variant = Some((variant, Box::new(decoded)));
        }
        let known = Known::Union(union, variant.map(|variant| variant.tag), self.release);
        let wrong_tag = variant.is_none() && object.get(union.tag).is_some();
        if !wrong_tag {
            keep(self.check_fields(object, union, known, variant.is_some()));
        }
        let mut run = Run::lenient();
        let common = self.part(&mut run, value.span, object, union.common);
        keep(run.result().map(|fault| match union.wrap {
            Some(prefix) => fault.wrap(prefix),
            None => fault,
        }));
        let variant = record.variant.take();
        record = common;
        record.variant = variant;
        (record, first)
    }

    fn variant(
        &mut self,
        run: &mut Run,
        value: &Value,
        object: &Object,
        ty: &'static Type,
    ) -> Record {
        match ty {
            Type::Own(own) => {
                let mut inner = Run::lenient();
                let record = self.part(&mut inner, value.span, object, own.of);
                self.finish(run, inner, own.wrap);
                record
            }
            Type::Struct(of) => self.part(run, value.span, object, of),
            _ => Record::new(ty.fields_of().unwrap_or(&EMPTY), value.span),
        }
    }

    fn tag(
        &mut self,
        object: &Object,
        union: &'static Union,
    ) -> Result<Option<&'static Variant>, Fault> {
        let Some(member) = object.member(union.tag) else {
            return Ok(None);
        };
        let span = member.value.span;
        let Some(text) = member.value.as_str() else {
            let kind = ProblemKind::WrongTag { found: None, union };
            let problem = self.problem(kind, span, Some(member.key_span));
            return Err(Fault::fixed(
                problem,
                format!("{} must be a string: got string", union.tag),
            ));
        };
        let release = self.release;
        let known =
            |variant: &&Variant| variant.period.is_none_or(|period| period.contains(release));
        match union
            .variants
            .iter()
            .filter(known)
            .find(|variant| variant.tag == text)
        {
            Some(variant) => Ok(Some(variant)),
            None => {
                let kind = ProblemKind::WrongTag {
                    found: Some(text.to_owned()),
                    union,
                };
                let problem = self.problem(kind, span, Some(member.key_span));
                Err(Fault::fixed(
                    problem,
                    format!("unexpected {}: {text}", union.tag),
                ))
            }
        }
    }

    fn check_fields(
        &mut self,
        object: &Object,
        union: &'static Union,
        known: Known,
        has_variant: bool,
    ) -> Option<Fault> {
        let keys = known.keys();
        let strangers: Vec<&Member> = object
            .members()
            .iter()
            .filter(|member| !keys.contains(&&*member.key))
            .collect();
        if strangers.is_empty() {
            return None;
        }
        let texts = strangers
            .iter()
            .map(|member| format!("json: unknown field \"{}\"", member.key));
        let texts: Vec<String> = texts.collect();
        let mut candidates = Vec::new();
        if has_variant || union.variants.is_empty() {
            for (member, text) in strangers.iter().zip(texts) {
                let kind = ProblemKind::RejectedKey {
                    key: member.key.to_string(),
                    known,
                };
                candidates.push((
                    self.problem(kind, member.key_span, Some(member.key_span)),
                    text,
                ));
            }
        } else {
            // Without a tag every key is unknown: one finding says so, at the first key.
            let span = strangers.first().map(|member| member.key_span)?;
            let problem = self.problem(ProblemKind::MissingTag { union }, span, Some(span));
            candidates.extend(texts.into_iter().map(|text| (problem, text)));
        }
        Fault::any_of(candidates)
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
        self.path.push_str(&format!("[{at}]"));
        length
    }
}

/// A null item of a list or mapping is the zero value of its type.
fn zero_for_null(decoded: Decoded, ty: &'static Type, span: Span) -> Decoded {
    match (decoded, ty) {
        (Decoded::Null, Type::Text { .. }) => Decoded::Text(String::new()),
        (Decoded::Null, Type::Int { .. }) => Decoded::Int(0),
        (Decoded::Null, Type::Float { .. }) => Decoded::Float(0.0),
        (Decoded::Null, Type::Bool) => Decoded::Bool(false),
        (Decoded::Null, Type::Struct(of)) => Decoded::Record(Box::new(Record::new(of, span))),
        (decoded, _) => decoded,
    }
}

static EMPTY: Struct = Struct {
    name: "",
    go: "",
    fields: &[],
};
