//! Tagged structs, the master's `union` package (facts §1.5).

use std::sync::Arc;

use super::decoded::{Decoded, Entry, Record};
use super::go_json::Decoder;
use super::problem::{Known, ProblemKind};
use super::run::{Fault, Run};
use super::schema::{Struct, Type, Union, Variant};
use crate::source::Span;
use crate::value::{Member, Object, Value, ValueKind};

impl Decoder {
    pub(super) fn union(
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
                return Decoded::Record(Arc::new(Record::new(union.common, value.span)));
            }
            _ => {
                let found = value.json_kind().to_owned();
                let broken = self.mismatch_named(&mut run, value, key, found, "map[string]interface {}");
                self.finish(outer, run, None);
                return broken;
            }
        };
        let (record, fault) = self.tagged(value, object, union);
        // Without a variant and with a fault nobody can tell what the block was meant to be.
        let told = record.variant.is_some() || fault.is_none();
        if let Some(fault) = fault {
            outer.stop(fault);
        }
        if told { Decoded::Record(Arc::new(record)) } else { Decoded::Broken }
    }

    /// The parts of a union in the master's order: tag, variant, keys, common fields.
    fn tagged(&mut self, value: &Value, object: &Object, union: &'static Union) -> (Record, Option<Fault>) {
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
            let mut decoded = self.variant(&mut run, value, object, variant.ty);
            keep(run.result());
            // Where the tag stands; no table of a variant has it.
            if let Some(member) = object.member(union.tag).filter(|_| decoded.entry(union.tag).is_none()) {
                let (key, span) = (Some(member.key_span), member.value.span);
                decoded.set(union.tag, Entry { key, span, value: Decoded::Text(variant.tag.into()) });
            }
            record.variant = Some((variant, Arc::new(decoded)));
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

    fn variant(&mut self, run: &mut Run, value: &Value, object: &Object, ty: &'static Type) -> Record {
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

    fn tag(&mut self, object: &Object, union: &'static Union) -> Result<Option<&'static Variant>, Fault> {
        let Some(member) = object.member(union.tag) else {
            return Ok(None);
        };
        let span = member.value.span;
        let Some(text) = member.value.as_str() else {
            let kind = ProblemKind::WrongTag { found: None, union };
            let problem = self.problem(kind, span, Some(member.key_span));
            return Err(Fault::fixed(problem, format!("{} must be a string: got string", union.tag)));
        };
        let release = self.release;
        let known = |variant: &&Variant| variant.period.is_none_or(|period| period.contains(release));
        match union.variants.iter().filter(known).find(|variant| variant.tag == text) {
            Some(variant) => Ok(Some(variant)),
            None => {
                let kind = ProblemKind::WrongTag { found: Some(text.to_owned()), union };
                let problem = self.problem(kind, span, Some(member.key_span));
                Err(Fault::fixed(problem, format!("unexpected {}: {text}", union.tag)))
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
        let strangers: Vec<&Member> = object.members().iter().filter(|member| !keys.contains(&&*member.key)).collect();
        if strangers.is_empty() {
            return None;
        }
        let texts = strangers.iter().map(|member| format!("json: unknown field \"{}\"", member.key));
        let texts: Vec<String> = texts.collect();
        let mut candidates = Vec::new();
        if has_variant || union.variants.is_empty() {
            for (member, text) in strangers.iter().zip(texts) {
                let kind = ProblemKind::RejectedKey { key: member.key.to_string(), known };
                candidates.push((self.problem(kind, member.key_span, Some(member.key_span)), text));
            }
        } else {
            // Without a tag every key is unknown: one finding says so, at the first key.
            let span = strangers.first().map(|member| member.key_span)?;
            let problem = self.problem(ProblemKind::MissingTag { union }, span, Some(span));
            candidates.extend(texts.into_iter().map(|text| (problem, text)));
        }
        Fault::any_of(candidates)
    }
}

static EMPTY: Struct = Struct { name: "", go: "", fields: &[] };
