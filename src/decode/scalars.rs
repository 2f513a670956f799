//! Scalars into Go's basic types.

use super::decoded::Decoded;
use super::run::Numbers;
use super::schema::Type;
use crate::value::{Value, ValueKind, go_text};

/// Reads a scalar; an error is what JSON calls the thing that is there instead.
pub(super) fn decode(value: &Value, ty: &'static Type, numbers: Numbers) -> Result<Decoded, String> {
    let decoded = match (ty, &value.kind) {
        (Type::Bool, ValueKind::Bool(truth)) => Some(Decoded::Bool(*truth)),
        (Type::Text { .. }, ValueKind::String(text)) => Some(Decoded::Text(text.clone())),
        (Type::Text { .. }, ValueKind::Bool(truth)) if numbers == Numbers::BecomeText => {
            Some(Decoded::Text(if *truth { "true".into() } else { "false".into() }))
        }
        (Type::Text { .. }, ValueKind::Number(number)) if numbers == Numbers::BecomeText => {
            Some(Decoded::Text(as_text(*number).into()))
        }
        (Type::Text { .. }, ValueKind::Int(number)) if numbers == Numbers::BecomeText => {
            Some(Decoded::Text(number.to_string().into()))
        }
        (Type::Int { bits, .. }, ValueKind::Number(number)) => return whole(&go_text::json_number(*number), *bits),
        (Type::Int { bits, .. }, ValueKind::Int(number)) => return whole(&number.to_string(), *bits),
        (Type::Float { bits, .. }, ValueKind::Number(number)) => return float(*number, *bits),
        _ => None,
    };
    decoded.ok_or_else(|| value.json_kind().to_owned())
}

/// ghodss/yaml reads the JSON once more as YAML: what still looks like an integer is printed as one.
fn as_text(number: f64) -> String {
    let text = go_text::json_number(number);
    match (text.parse::<i64>(), text.parse::<u64>()) {
        (Ok(whole), _) => whole.to_string(),
        (_, Ok(whole)) => whole.to_string(),
        _ => go_text::float_g32(number),
    }
}

fn whole(text: &str, bits: u8) -> Result<Decoded, String> {
    let parsed = text.parse::<i64>().ok().filter(|whole| {
        let bound = 1i128 << (bits - 1);
        (-bound..bound).contains(&i128::from(*whole))
    });
    parsed.map(Decoded::Int).ok_or(format!("number {text}"))
}

fn float(number: f64, bits: u8) -> Result<Decoded, String> {
    #[expect(clippy::cast_possible_truncation, reason = "Go narrows here, and so decides about overflow")]
    let narrow = f64::from(number as f32);
    match bits {
        32 if narrow.is_infinite() => Err(format!("number {}", go_text::json_number(number))),
        32 => Ok(Decoded::Float(narrow)),
        _ => Ok(Decoded::Float(number)),
    }
}
