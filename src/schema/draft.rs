//! Tables of Go types → definitions of a JSON Schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

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
    rejects: bool,
    /// Whether numbers become text where text is wanted.
    converts: bool,
    /// Keys outside of lists lose their case, and nulls vanish there.
    folds: bool,
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

/// Which spellings of a key are read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spelling {
    Any,
    Exact,
}

/// The schema of a mapping with known keys.
struct Block {
    usual: Map<String, Value>,
    others: Map<String, Value>,
    further: Value,
    folds: bool,
}

impl Block {
    fn new(place: &Place, of: &Struct) -> Self {
        let further = match (place.rejects, place.folds) {
            (false, _) => json!({
                "deprecated": true,
                "deprecationMessage": format!("the master does not know this key in {}, and drops it without a word", of.name),
            }),
            (true, true) => reference("nothing"),
            (true, false) => json!(false),
        };
        Self { usual: Map::new(), others: Map::new(), further, folds: place.folds }
    }

    /// Unions reject unknown keys wherever they stand.
    fn of_union(place: &Place) -> Self {
        let further = if place.folds { reference("nothing") } else { json!(false) };
        Self { usual: Map::new(), others: Map::new(), further, folds: place.folds }
    }

    fn add(&mut self, key: &str, schema: Value, spelling: Spelling) {
        if spelling == Spelling::Any {
            let other = match schema.get("$ref") {
                Some(target) => json!({ "$ref": target }),
                None => schema.clone(),
            };
            self.others.insert(other_spellings(key), other);
        }
        self.usual.insert(key.to_owned(), schema);
    }

    fn finish(mut self) -> Value {
        if self.folds {
            // The first sort of key is split into several before anything else happens, the second is lost.
            let known: Vec<String> = self.usual.keys().map(|key| spellings(key)).collect();
            self.others.insert(format!("^({})\\.\\.[^.]+(\\.\\.[^.]+)*$", known.join("|")), json!(true));
            self.others.insert("^[^.]+\\.$".to_owned(), json!(true));
        }
        let mut block = json!({
            "type": ["object", "null"],
            "patternProperties": self.others,
            "additionalProperties": self.further,
        });
        if let Some(members) = block.as_object_mut() {
            if self.folds {
                // A key in lower case loses against the same key in any other spelling, and is not looked at then.
                let names: Map<String, Value> = self.usual.keys().map(|key| (key.clone(), json!(true))).collect();
                let guarded = self.usual.into_iter().map(|(key, schema)| {
                    let is_alone = json!({ "propertyNames": { "not": { "pattern": other_spellings(&key) } } });
                    json!({ "if": is_alone, "then": { "properties": { key: schema } } })
                });
                members.insert("allOf".to_owned(), guarded.collect());
                members.insert("properties".to_owned(), names.into());
            } else {
                members.insert("properties".to_owned(), self.usual.into());
            }
        }
        block
    }
}

/// A pattern for all spellings of a key but the usual one.
fn other_spellings(key: &str) -> String {
    format!("^(?!{key}$){}$", spellings(key))
}

/// The part of a pattern that takes a key in any case. Two letters beyond ASCII fold into it as well.
fn spellings(key: &str) -> String {
    let one = |character: char| match character {
        's' | 'S' => "[sS\u{17f}]".to_owned(),
        'k' | 'K' => "[kK\u{212a}]".to_owned(),
        letter if letter.is_ascii_alphabetic() => {
            format!("[{}{}]", letter.to_ascii_lowercase(), letter.to_ascii_uppercase())
        }
        other => other.to_string(),
    };
    key.chars().map(one).collect()
}

/// A scalar; outside of lists an empty mapping is as good as nothing.
fn scalar(name: &str, place: &Place) -> Value {
    if place.folds { reference(&format!("{name}{}", scalars::OUTSIDE)) } else { reference(name) }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}
