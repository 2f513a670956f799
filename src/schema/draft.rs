//! Tables of Go types → definitions of a JSON Schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::block::{Block, Spelling, other_spellings, reference};
use super::words::Shape;
use super::{scalars, words};
use crate::decode::schema::{Field, Own, Special, Struct, Trait, Type, Union, Variant};
use crate::formats::master;
use crate::release::Release;

/// A schema on its way: one definition for each struct and kind of place.
#[derive(Debug)]
pub(super) struct Draft {
    release: Release,
    definitions: Map<String, Value>,
    /// The definition of what was met already.
    names: BTreeMap<(usize, Place), String>,
}

/// What the way to a block makes of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Whether unknown keys are errors.
    pub(super) rejects: bool,
    /// Whether numbers become text where text is wanted.
    converts: bool,
    /// Keys outside of lists lose their case, and nulls vanish there.
    pub(super) folds: bool,
    /// The keys to it, while flags may still come.
    path: Vec<&'static str>,
}

impl Place {
    /// The document root.
    pub(super) fn root() -> Self {
        Self { rejects: true, converts: true, folds: true, path: Vec::new() }
    }

    /// In a decoder of its own.
    fn apart(&self) -> Self {
        Self { rejects: false, converts: false, path: Vec::new(), ..self.clone() }
    }

    fn below(&self, field: &Field) -> Self {
        let mut below = self.clone();
        below.converts = self.converts && field.trait_ != Trait::Embedded;
        // Pod specs are put back as they were written.
        below.folds = self.folds && !field.key.ends_with("_pod_spec");
        below.path.push(field.key);
        below
    }

    fn in_list(&self) -> Self {
        Self { folds: false, path: Vec::new(), ..self.clone() }
    }

    /// For looking up definitions: the path matters only as far as flags are concerned.
    fn key(&self) -> Self {
        let mut key = self.clone();
        let leads_to_flags = ["log", "db", "security", "webhooks", "telemetry"];
        if self.path.first().is_none_or(|first| !leads_to_flags.contains(first)) {
            key.path.clear();
        }
        key
    }
}

impl Draft {
    pub(super) fn new(release: Release) -> Self {
        Self { release, definitions: scalars::definitions(), names: BTreeMap::new() }
    }

    /// A schema of texts that PyYAML reads and writes before the master does.
    pub(super) fn read_by_python(release: Release) -> Self {
        let mut draft = Self::new(release);
        scalars::read_by_python(&mut draft.definitions);
        draft
    }

    /// Adds definitions that come from elsewhere.
    pub(super) fn define(&mut self, definitions: Map<String, Value>) {
        self.definitions.extend(definitions);
    }

    pub(super) fn into_definitions(self) -> Map<String, Value> {
        self.definitions
    }

    /// The schema of a type at a place.
    fn of(&mut self, ty: &'static Type, place: &Place) -> Value {
        if place.folds && master::is_flag(&place.path) {
            return scalar("scalar", place);
        }
        match ty {
            Type::Bool => scalar("truth", place),
            Type::Int { .. } => scalar("whole", place),
            Type::Float { .. } => scalar("number", place),
            Type::Text { .. } if place.converts => scalar("text-or-number", place),
            Type::Text { .. } => scalar("text", place),
            Type::List { item, .. } => self.list(item, place),
            Type::Map { value, .. } => {
                let mut inside = place.clone();
                inside.path.clear();
                json!({ "type": ["object", "null"], "additionalProperties": self.of(value, &inside) })
            }
            Type::Struct(of) => self.structure(of, place),
            Type::Pointer(to) => self.of(to, place),
            Type::Own(own) => self.own(own, place),
            Type::Union(union) => self.union(union, union.tag, place),
            Type::Special(special) => self.special(*special, place),
            Type::Any => json!(true),
        }
    }

    fn list(&mut self, item: &'static Type, place: &Place) -> Value {
        let mut list = json!({ "type": ["array", "null"], "items": self.of(item, &place.in_list()) });
        if place.folds {
            scalars::or_empty(&mut list);
        }
        list
    }

    fn own(&mut self, own: &'static Own, place: &Place) -> Value {
        let inside = self.structure(own.of, &place.apart());
        match own.short_form {
            None => inside,
            Some(_) => json!({ "anyOf": [inside, { "type": "string", "pattern": "^[^:]*:[^:]*(:[^:]*)?$" }] }),
        }
    }

    fn special(&mut self, special: Special, place: &Place) -> Value {
        match special {
            Special::Duration => scalar("duration", place),
            Special::Quantity => json!({ "type": ["string", "number", "null"], "examples": ["500m", "4Gi"] }),
            Special::IntOrString => json!({ "type": ["string", "integer", "null"] }),
            Special::Time | Special::QuotedInt => scalar("text", place),
            Special::RawObject => json!(true),
            Special::Bytes => json!({ "type": ["string", "array", "null"] }),
            Special::RuntimeItem | Special::RuntimeItems => self.any_of(special.types(), place),
            Special::Devices | Special::BindMounts | Special::LogPolicies | Special::LogAction => {
                self.any_of(special.types(), place)
            }
        }
    }

    fn any_of(&mut self, types: &'static [&'static Type], place: &Place) -> Value {
        let mut all: Vec<Value> = types.iter().map(|ty| self.of(ty, &place.apart())).collect();
        if all.len() == 1 { all.swap_remove(0) } else { json!({ "anyOf": all }) }
    }

    /// A reference to the definition of a struct, which is made at the first need.
    pub(super) fn structure(&mut self, of: &'static Struct, place: &Place) -> Value {
        let id = (std::ptr::from_ref(of).addr(), place.key());
        if let Some(name) = self.names.get(&id) {
            return reference(name);
        }
        let name = self.free_name(of.go);
        self.names.insert(id, name.clone());
        // Keeps the name while the parts are made, which may come back here.
        self.definitions.insert(name.clone(), Value::Null);
        let mut block = Block::new(place, of);
        self.add_fields(&mut block, of, place);
        self.add_converted(&mut block, of, place);
        self.definitions.insert(name.clone(), block.finish());
        reference(&name)
    }

    fn add_fields(&mut self, block: &mut Block, of: &'static Struct, place: &Place) {
        let release = self.release;
        for field in of.fields.iter().filter(|field| field.is_known_to(release)) {
            let schema = self.of(field.ty, &place.below(field));
            let schema = words::described(schema, of.go, field.key, release);
            block.add(field.key, schema, Spelling::Any);
        }
    }

    /// Keys that the master converts before it decodes; it looks for them outside of lists only.
    fn add_converted(&mut self, block: &mut Block, of: &'static Struct, place: &Place) {
        for row in words::converted(of.go, self.release).filter(|_| place.folds) {
            let schema = match row.shape {
                Shape::Any => json!(true),
                Shape::Scheduler => words::old_scheduler(),
                Shape::Provisioner => self.provisioner(place),
            };
            block.add(row.key, row.described(schema), Spelling::Any);
        }
    }

    /// The `provider` of a pool, with its tag under the old name.
    fn provisioner(&mut self, place: &Place) -> Value {
        let pools = master::table().field("resource_pools", self.release).map(|field| field.ty);
        let provider = match pools {
            Some(Type::List { item, .. }) => item.fields_of().and_then(|pool| pool.field("provider", self.release)),
            _ => None,
        };
        match provider.map(|field| field.ty) {
            Some(Type::Pointer(Type::Union(union)) | Type::Union(union)) => {
                self.union(union, "provider", &place.apart())
            }
            _ => json!(true),
        }
    }

    /// The schema of a setting by its path, keys joined with dots; nothing where no table holds it.
    pub(super) fn setting(&mut self, path: &str) -> Option<Value> {
        let mut place = Place::root();
        let mut structs = vec![master::table()];
        let mut steps = path.split('.').peekable();
        while let Some(step) = steps.next() {
            let release = self.release;
            let of = structs.iter().find(|of| of.field(step, release).is_some())?;
            let field = of.field(step, release)?;
            place = place.below(field);
            if steps.peek().is_none() {
                return Some(words::described(self.of(field.ty, &place), of.go, field.key, release));
            }
            structs = inside(field.ty);
        }
        None
    }

    /// An additional resource manager with its pools, with further keys in the manager.
    pub(super) fn additional_manager(&mut self, further: &[(&str, &str)]) -> Value {
        let list = master::table().field("additional_resource_managers", self.release).map(|field| field.ty);
        let Some(Type::List { item, .. }) = list else {
            return json!(true);
        };
        let place = Place { folds: false, converts: false, ..Place::root() };
        let element = self.of(item, &place);
        let mut element = self.target(&element);
        let manager = element.pointer("/properties/resource_manager").cloned().unwrap_or_default();
        let mut manager = self.target(&manager);
        for branch in manager.pointer_mut("/allOf").and_then(Value::as_array_mut).into_iter().flatten() {
            for (key, meaning) in further {
                if let Some(Value::Object(known)) = branch.pointer_mut("/then/properties") {
                    known.insert((*key).to_owned(), json!({ "$ref": "#/$defs/scalar", "description": meaning }));
                }
            }
        }
        // The chart adds the path of a kubeconfig to each, which only managers on Kubernetes know.
        if let Some(tag) = manager.pointer_mut("/properties/type/enum") {
            *tag = json!(["kubernetes"]);
        }
        if let Some(members) = manager.as_object_mut() {
            members.insert("required".to_owned(), json!(["type"]));
            members.insert("type".to_owned(), json!("object"));
        }
        if let Some(place) = element.pointer_mut("/properties/resource_manager") {
            *place = manager;
        }
        if let Some(members) = element.as_object_mut() {
            members.insert("additionalProperties".to_owned(), json!({ "deprecated": true }));
            members.insert("patternProperties".to_owned(), json!({}));
            members.insert("required".to_owned(), json!(["resource_manager"]));
        }
        element
    }

    /// The definition that a reference leads to.
    fn target(&self, schema: &Value) -> Value {
        let name = schema.get("$ref").and_then(Value::as_str).and_then(|name| name.strip_prefix("#/$defs/"));
        name.and_then(|name| self.definitions.get(name)).cloned().unwrap_or(Value::Bool(true))
    }

    fn free_name(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        let mut number = 1;
        while self.definitions.contains_key(&name) {
            number += 1;
            name = format!("{wanted}-{number}");
        }
        name
    }

    /// One block for each tag, and one without a tag.
    fn union(&mut self, union: &'static Union, tag: &'static str, place: &Place) -> Value {
        let id = (std::ptr::from_ref(union).addr(), place.key());
        if let Some(name) = self.names.get(&id) {
            return reference(name);
        }
        let name = self.free_name(union.common.go);
        self.names.insert(id, name.clone());
        self.definitions.insert(name.clone(), Value::Null);
        let known = |variant: &&Variant| variant.period.is_none_or(|period| period.contains(self.release));
        let variants: Vec<&'static Variant> = union.variants.iter().filter(known).collect();
        let mut tags: Vec<Value> = variants.iter().map(|variant| variant.tag.into()).collect();
        let mut branches = Vec::new();
        for variant in variants {
            let is_tagged = json!({ "properties": { tag: { "const": variant.tag } }, "required": [tag] });
            branches.push(json!({ "if": is_tagged, "then": self.block_of(union, Some(variant), tag, place) }));
        }
        let untagged = self.block_of(union, None, tag, place);
        let has_no_tag = match place.folds {
            true => {
                tags.push(Value::Null);
                json!({
                    "properties": { tag: { "type": "null" } },
                    "propertyNames": { "not": { "pattern": other_spellings(tag) } },
                })
            }
            false => json!({ "not": { "required": [tag] } }),
        };
        branches.push(json!({ "if": has_no_tag, "then": untagged }));
        let tagged = words::described(json!({ "enum": tags }), union.common.go, tag, self.release);
        let schema = json!({ "type": ["object", "null"], "properties": { tag: tagged }, "allOf": branches });
        self.definitions.insert(name.clone(), schema);
        reference(&name)
    }

    fn block_of(
        &mut self,
        union: &'static Union,
        variant: Option<&'static Variant>,
        tag: &'static str,
        place: &Place,
    ) -> Value {
        let mut block = Block::of_union(place);
        block.add(tag, json!(true), if place.folds { Spelling::Any } else { Spelling::Exact });
        if let Some(of) = variant.and_then(|variant| variant.ty.fields_of()) {
            self.add_part(&mut block, of, place);
            self.add_converted(&mut block, of, place);
        }
        self.add_part(&mut block, union.common, place);
        block.finish()
    }

    fn add_part(&mut self, block: &mut Block, of: &'static Struct, place: &Place) {
        let inside = place.apart();
        let release = self.release;
        for field in of.fields.iter().filter(|field| field.is_known_to(release)) {
            let schema = words::described(self.of(field.ty, &inside.below(field)), of.go, field.key, release);
            block.add(field.key, schema, if place.folds { Spelling::Any } else { Spelling::Exact });
        }
    }
}

/// The structs whose keys may be written in a value of this type.
fn inside(ty: &'static Type) -> Vec<&'static Struct> {
    match ty {
        Type::Pointer(to) => inside(to),
        Type::Union(union) => {
            // The chart writes managers of one type only.
            let (wanted, others): (Vec<&Variant>, Vec<&Variant>) =
                union.variants.iter().partition(|variant| variant.tag == "kubernetes");
            let variants = wanted.into_iter().chain(others).filter_map(|variant| variant.ty.fields_of());
            std::iter::once(union.common).chain(variants).collect()
        }
        other => other.fields_of().into_iter().collect(),
    }
}

/// A scalar; outside of lists an empty mapping is as good as nothing.
fn scalar(name: &str, place: &Place) -> Value {
    if place.folds { reference(&format!("{name}{}", scalars::OUTSIDE)) } else { reference(name) }
}
