//! Keys of dictionaries: which are equal, and how they sort.

use std::cmp::Ordering;

use super::{PyKind, PyValue};

/// What makes keys equal: numbers of one value are one key whatever their type, a NaN equals nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    None,
    Number(String),
    NotANumber(usize),
    Text(String),
    Bytes(Vec<u8>),
    Date(String),
    DateTime(String),
}

impl PyValue {
    /// Its identity as a key; `None` for what Python cannot hash. `unique` tells one NaN from another.
    pub(super) fn key(&self, unique: usize) -> Option<Key> {
        Some(match &self.kind {
            PyKind::None => Key::None,
            PyKind::Bool(value) => Key::Number(u8::from(*value).to_string()),
            PyKind::Int(digits) => Key::Number(digits.clone()),
            PyKind::Float(number) if number.is_nan() => Key::NotANumber(unique),
            // Exact, as every float is a finite decimal; -0.0 is 0.
            PyKind::Float(number) if *number == 0.0 => Key::Number("0".to_owned()),
            PyKind::Float(number) => Key::Number(number.to_string()),
            PyKind::Str(text) => Key::Text(text.clone()),
            PyKind::Bytes(bytes) => Key::Bytes(bytes.clone()),
            PyKind::Date(iso) => Key::Date(iso.clone()),
            PyKind::DateTime(iso) => Key::DateTime(iso.clone()),
            PyKind::List(_) | PyKind::Pair(_) | PyKind::Dict(_) | PyKind::Set(_) => return None,
        })
    }

    /// Which comes first; `None` where Python has no order, which is a `TypeError` there.
    fn compare(&self, other: &Self) -> Option<Ordering> {
        match (&self.kind, &other.kind) {
            (PyKind::Str(one), PyKind::Str(other)) => Some(one.cmp(other)),
            (PyKind::Bytes(one), PyKind::Bytes(other)) => Some(one.cmp(other)),
            (PyKind::Date(one), PyKind::Date(other)) => Some(one.cmp(other)),
            (PyKind::DateTime(one), PyKind::DateTime(other)) => compare_moments(one, other),
            _ => {
                let (one, other) = (self.number()?, other.number()?);
                Some(one.partial_cmp(&other).unwrap_or(Ordering::Equal))
            }
        }
    }

    fn number(&self) -> Option<f64> {
        match &self.kind {
            PyKind::Bool(value) => Some(f64::from(u8::from(*value))),
            PyKind::Int(digits) => digits.parse().ok(),
            PyKind::Float(number) => Some(*number),
            _ => None,
        }
    }

    /// Sorts keys as `sorted()` does.
    ///
    /// # Errors
    /// When two of them cannot be compared; the order is then as it was.
    #[expect(clippy::result_unit_err, reason = "there is nothing more to say")]
    pub fn sort<T>(items: &mut [T], key: impl Fn(&T) -> &Self) -> Result<(), ()> {
        let Some(first) = items.first().map(&key).cloned() else { return Ok(()) };
        // All that compare with the first one compare with each other.
        if items.len() > 1 && items.iter().any(|item| key(item).compare(&first).is_none()) {
            return Err(());
        }
        items.sort_by(|one, other| key(one).compare(key(other)).unwrap_or(Ordering::Equal));
        Ok(())
    }
}

/// Moments with and without a zone have no order; those with one go by the instant.
fn compare_moments(one: &str, other: &str) -> Option<Ordering> {
    let split = |iso: &str| {
        let zone = iso.get(10..).and_then(|time| time.find(['+', '-'])).map(|at| at + 10);
        (
            iso.get(..zone.unwrap_or(iso.len())).unwrap_or(iso).to_owned(),
            zone.and_then(|at| iso.get(at..)).map(str::to_owned),
        )
    };
    let ((one, one_zone), (other, other_zone)) = (split(one), split(other));
    (one_zone.is_some() == other_zone.is_some()).then(|| one.cmp(&other))
}
