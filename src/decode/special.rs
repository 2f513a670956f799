//! Types whose `UnmarshalJSON` follows no common pattern (`model/*.go`, `expconf/*.go`, apimachinery; facts §2.3,
//! §2.6, §13).

use std::sync::Arc;

use super::decoded::{Decoded, Entry, Record};
use super::go_json::Decoder;
use super::problem::ProblemKind;
use super::run::{Fault, Run};
use super::schema::{Field, Own, ShortForm, Special, Struct, Type};
use super::{duration, literals, log_policies, quantity};
use crate::release::Release;
use crate::source::Span;
use crate::value::{Value, ValueKind, go_text, json_text};

pub(super) fn decode(
    decoder: &mut Decoder,
    outer: &mut Run,
    value: &Value,
    key: Option<Span>,
    special: Special,
) -> Decoded {
    match special {
        Special::Duration => duration_value(decoder, outer, value, key),
        Special::RuntimeItem => runtime(decoder, outer, value, key, &ITEM),
        Special::RuntimeItems => runtime(decoder, outer, value, key, &ITEMS),
        Special::Devices => wrapped_list(decoder, outer, value, key, &DEVICES),
        Special::BindMounts => wrapped_list(decoder, outer, value, key, &BIND_MOUNTS),
        Special::LogPolicies => log_policies::policies(decoder, outer, value, key),
        Special::LogAction => log_policies::action(decoder, outer, value, key),
        Special::Quantity => quantity_value(decoder, outer, value, key),
        Special::IntOrString => int_or_string(decoder, outer, value, key),
        Special::Time => time(decoder, outer, value, key),
        Special::RawObject => Decoded::raw(value),
        Special::QuotedInt => literals::quoted_int(decoder, outer, value, key),
        Special::Bytes => literals::bytes(decoder, outer, value, key),
    }
}

impl Special {
    /// The types that its decoder takes the one or the other of, in decoders of their own; none where it reads texts or
    /// numbers by rules that no table holds.
    #[must_use]
    pub fn types(self) -> &'static [&'static Type] {
        match self {
            Self::RuntimeItem => {
                static TYPES: [&Type; 3] = [&STRING, &Type::Struct(&ITEM_STRUCT), &Type::Struct(&ITEM_COMPAT)];
                &TYPES
            }
            Self::RuntimeItems => {
                static TYPES: [&Type; 3] = [&STRINGS, &Type::Struct(&ITEMS_STRUCT), &Type::Struct(&ITEMS_COMPAT)];
                &TYPES
            }
            Self::Devices => {
                static TYPES: [&Type; 1] = [&DEVICE_LIST];
                &TYPES
            }
            Self::BindMounts => {
                static TYPES: [&Type; 1] = [&BIND_MOUNT_LIST];
                &TYPES
            }
            Self::LogPolicies => {
                static TYPES: [&Type; 1] = [&log_policies::LIST];
                &TYPES
            }
            Self::LogAction => {
                static TYPES: [&Type; 2] = [&log_policies::ACTION_TEXT, &log_policies::LEGACY_TYPE];
                &TYPES
            }
            _ => &[],
        }
    }
}

/// Notes text that a type cannot read and ends the run.
pub(super) fn unreadable(
    decoder: &mut Decoder,
    outer: &mut Run,
    value: &Value,
    key: Option<Span>,
    what: &'static str,
    text: String,
) -> Decoded {
    let problem = decoder.problem(ProblemKind::Unreadable { what }, value.span, key);
    outer.stop(Fault::fixed(problem, text));
    Decoded::Broken
}

fn duration_value(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    const WHAT: &str = "a duration such as 30s or 5m";
    let Some(text) = value.as_str() else {
        let text = format!("invalid duration: {}", json_text(value));
        return unreadable(decoder, outer, value, key, WHAT, text);
    };
    match duration::parse(text) {
        Ok(nanoseconds) => Decoded::Int(nanoseconds),
        Err(error) => {
            let text = format!("error parsing duration: {error}");
            unreadable(decoder, outer, value, key, WHAT, text)
        }
    }
}

static STRING: Type = Type::Text { go: "string" };
static STRINGS: Type = Type::List { item: &STRING, go: "[]string" };

macro_rules! runtime_struct {
    ($name:literal, $ty:expr) => {
        Struct {
            name: $name,
            go: concat!("model.", $name),
            fields: &[
                Field::plain("cpu", "CPU", &$ty),
                Field::plain("cuda", "CUDA", &$ty),
                Field::plain("rocm", "ROCM", &$ty),
            ],
        }
    };
}

/// The two kinds of per-device values: one image, or lists of variables.
struct Runtime {
    plain: &'static Type,
    of: &'static Struct,
    /// For the old key `gpu`, read in a decoder of its own.
    compat: &'static Struct,
    wrap: &'static str,
}

static ITEM_STRUCT: Struct = runtime_struct!("DefaultParser", STRING);
static ITEMS_STRUCT: Struct = runtime_struct!("DefaultParser", STRINGS);
static ITEM_COMPAT: Struct =
    Struct { name: "RuntimeItemCompat", go: "model.RuntimeItemCompat", fields: &[Field::plain("gpu", "GPU", &STRING)] };
static ITEMS_COMPAT: Struct = Struct {
    name: "RuntimeItemsCompat",
    go: "model.RuntimeItemsCompat",
    fields: &[Field::plain("gpu", "GPU", &STRINGS)],
};
static ITEM: Runtime =
    Runtime { plain: &STRING, of: &ITEM_STRUCT, compat: &ITEM_COMPAT, wrap: "failed to parse runtime item" };
static ITEMS: Runtime =
    Runtime { plain: &STRINGS, of: &ITEMS_STRUCT, compat: &ITEMS_COMPAT, wrap: "failed to parse runtime items" };

fn runtime(
    decoder: &mut Decoder,
    outer: &mut Run,
    value: &Value,
    key: Option<Span>,
    shape: &'static Runtime,
) -> Decoded {
    if let Ok(plain) = fits(decoder.release, value, key, shape.plain) {
        return plain;
    }
    let mut run = Run::lenient();
    let ValueKind::Object(object) = &value.kind else {
        let found = value.json_kind().to_owned();
        let broken = decoder.mismatch_named(&mut run, value, key, found, shape.of.go);
        decoder.finish(outer, run, Some(shape.wrap));
        return broken;
    };
    // The old key is known, so it must not count as dropped; a `cuda` beside it makes it so.
    let mut record = decoder.part(&mut run, value.span, object, shape.of);
    decoder.finish(outer, run, Some(shape.wrap));
    let has_cuda = match record.entry("cuda").map(|entry| &entry.value) {
        Some(Decoded::Text(text)) => !text.is_empty(),
        other => matches!(other, Some(Decoded::List(items)) if !items.is_empty()),
    };
    let mut run = Run::lenient();
    if !has_cuda {
        let old = decoder.part(&mut run, value.span, object, shape.compat);
        if let Some(gpu) = old.entry("gpu") {
            record.set("cuda", gpu.clone());
        }
    }
    decoder.report_strangers(object, &[shape.of, shape.compat]);
    decoder.finish(outer, run, Some(shape.wrap));
    Decoded::Record(Arc::new(record))
}

/// The value as a type, or the error that a decoder of its own returns.
pub(super) fn fits(release: Release, value: &Value, key: Option<Span>, ty: &'static Type) -> Result<Decoded, String> {
    let mut trial = Decoder::new(release);
    let mut run = Run::lenient();
    let decoded = trial.value(&mut run, value, key, ty);
    match run.result() {
        None => Ok(decoded),
        Some(fault) => Err(fault.candidates.first().map(|first| first.text(&fault)).unwrap_or_default()),
    }
}

/// A list type that wraps the errors of its items once more.
struct WrappedList {
    ty: &'static Type,
    wrap: &'static str,
}

static DEVICE: Struct = Struct {
    name: "DeviceConfig",
    go: "model.DeviceConfig",
    fields: &[
        Field::plain("host_path", "HostPath", &STRING),
        Field::plain("container_path", "ContainerPath", &STRING),
        Field::plain("mode", "Mode", &STRING),
    ],
};
static DEVICE_OWN: Own = Own { of: &DEVICE, wrap: Some("failed to parse device"), short_form: Some(ShortForm::Device) };
static DEVICE_TYPE: Type = Type::Own(&DEVICE_OWN);
static DEVICE_LIST: Type = Type::List { item: &DEVICE_TYPE, go: "[]model.DeviceConfig" };
static DEVICES: WrappedList = WrappedList { ty: &DEVICE_LIST, wrap: "failed to parse devices" };

static BOOL: Type = Type::Bool;
static BIND_MOUNT: Struct = Struct {
    name: "BindMount",
    go: "model.BindMount",
    fields: &[
        Field::plain("host_path", "HostPath", &STRING),
        Field::plain("container_path", "ContainerPath", &STRING),
        Field::plain("read_only", "ReadOnly", &BOOL),
        Field::plain("propagation", "Propagation", &STRING),
    ],
};
static BIND_MOUNT_OWN: Own = Own { of: &BIND_MOUNT, wrap: Some("failed to parse bind mounts"), short_form: None };
static BIND_MOUNT_TYPE: Type = Type::Own(&BIND_MOUNT_OWN);
static BIND_MOUNT_LIST: Type = Type::List { item: &BIND_MOUNT_TYPE, go: "[]model.BindMount" };
static BIND_MOUNTS: WrappedList = WrappedList { ty: &BIND_MOUNT_LIST, wrap: "failed to parse bind mounts" };

fn wrapped_list(
    decoder: &mut Decoder,
    outer: &mut Run,
    value: &Value,
    key: Option<Span>,
    list: &'static WrappedList,
) -> Decoded {
    let mut run = Run::lenient();
    let decoded = decoder.value(&mut run, value, key, list.ty);
    decoder.finish(outer, run, Some(list.wrap));
    decoded
}

/// `host:container[:mode]`
pub(super) fn short_form(
    decoder: &mut Decoder,
    outer: &mut Run,
    value: &Value,
    key: Option<Span>,
    form: ShortForm,
    text: &str,
    of: &'static Struct,
) -> Decoded {
    match form {
        ShortForm::Device => {
            let parts: Vec<&str> = text.split(':').collect();
            if !(2..=3).contains(&parts.len()) {
                let error = format!("invalid device string: {}", go_text::quoted(text));
                return unreadable(decoder, outer, value, key, "a device as host:container[:mode]", error);
            }
            let mut record = Record::new(of, value.span);
            for (key, part) in ["host_path", "container_path", "mode"].into_iter().zip(parts) {
                let entry = Entry { key: None, span: value.span, value: Decoded::Text(part.into()) };
                record.set(key, entry);
            }
            Decoded::Record(Arc::new(record))
        }
    }
}

fn quantity_value(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    if value.is_null() {
        return Decoded::Text("0".into());
    }
    let text = match &value.kind {
        ValueKind::String(text) => text.to_string(),
        _ => json_text(value),
    };
    match quantity::canonical(text.trim()) {
        Ok(canonical) => Decoded::Text(canonical.into()),
        Err(error) => unreadable(decoder, outer, value, key, "a quantity such as 500m, 2 or 4Gi", error.to_owned()),
    }
}

static INT32: Type = Type::Int { bits: 32, go: "int32" };

fn int_or_string(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    if let Some(text) = value.as_str() {
        return Decoded::Text(text.into());
    }
    let mut run = Run::lenient();
    let decoded = decoder.value(&mut run, value, key, &INT32);
    decoder.finish(outer, run, None);
    match decoded {
        Decoded::Null => Decoded::Int(0),
        other => other,
    }
}

fn time(decoder: &mut Decoder, outer: &mut Run, value: &Value, key: Option<Span>) -> Decoded {
    let mut run = Run::lenient();
    let decoded = decoder.value(&mut run, value, key, &STRING);
    decoder.finish(outer, run, None);
    let Decoded::Text(text) = &decoded else {
        return decoded;
    };
    match super::time::rfc3339(text) {
        Ok(Some(text)) => Decoded::Text(text.into()),
        Ok(None) => Decoded::Null,
        Err(error) => unreadable(decoder, outer, value, key, "a time such as 2026-01-31T12:00:00Z", error),
    }
}
