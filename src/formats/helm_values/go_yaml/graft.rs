//! Values that come through Helm's `toYaml` and the master's reader as they were: these need not be written and read again.
//!
//! Most blocks of values are names and numbers. Whatever could come back as something else, or not at all, goes the whole way.

use crate::formats::helm_values::given::{Given, GivenKind, Table};
use crate::value::{Member, Object, Value, ValueKind};
use crate::yaml::NodeId;

/// Numbers below this are written digit by digit.
const PLAIN: f64 = 1e15;

/// The value as the master reads it, without some of its keys; `None` when that is not certain.
pub(in crate::formats::helm_values) fn graft(value: &Given, without: &[&str]) -> Option<Value> {
    let kind = match &value.kind {
        GivenKind::Null => ValueKind::Null,
        GivenKind::Bool(truth) => ValueKind::Bool(*truth),
        GivenKind::Float(number) => number_of(*number)?,
        #[expect(clippy::cast_precision_loss, reason = "far below the numbers where bits are lost")]
        GivenKind::Int(number) => number_of(*number as f64)?,
        GivenKind::Text(text) => ValueKind::String(Some(text.clone()).filter(|text| is_tame(text))?),
        GivenKind::List(items) => ValueKind::Array(items.iter().map(|item| graft(item, &[])).collect::<Option<_>>()?),
        GivenKind::Table(table) => ValueKind::Object(object(table, without)?),
    };
    Some(Value { span: value.place?, node: NodeId::default(), kind })
}

fn object(table: &Table, without: &[&str]) -> Option<Object> {
    let members = table.iter().filter(|(key, _)| !without.contains(&&***key)).map(|(key, value)| {
        let is_key = is_tame(key) && key.as_str() != "<<";
        is_key.then_some(())?;
        Some(Member { key: key.clone(), key_span: value.key?, value: graft(value, &[])? })
    });
    Some(Object::from_written(members.collect::<Option<_>>()?))
}

fn number_of(number: f64) -> Option<ValueKind> {
    (number.fract() == 0.0 && number.abs() < PLAIN).then_some(ValueKind::Number(number))
}

/// Whether a text is one line of ASCII that no step between author and master changes.
fn is_tame(text: &str) -> bool {
    let bytes = text.as_bytes();
    let at_ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte != b' ');
    bytes.len() <= LONGEST
        && bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && at_ends(bytes.first())
        && at_ends(bytes.last())
        && !text.contains('<')
}

/// Longer texts are folded, and longer keys written in another way.
const LONGEST: usize = 64;
