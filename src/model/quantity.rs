//! Kubernetes resource quantities, exactly: decimals, binary and decimal suffixes, exponents.
//!
//! A quantity is a fixed-point number with nine decimal places, as the API server keeps it: finer
//! fractions are rounded away from zero, and numbers beyond 2⁶³−1 are cut there.

use std::fmt;

/// Billionths per unit.
const NANO: i128 = 1_000_000_000;
/// The largest magnitude that the API server keeps.
const LIMIT: i128 = i64::MAX as i128 * NANO;

/// How a quantity was written, which decides how it is written back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// `k`, `M`, … or no suffix.
    #[default]
    Decimal,
    /// `Ki`, `Mi`, ….
    Binary,
    /// `e3`.
    Exponent,
}

/// An exact amount of some resource, in the resource's base unit (cores, bytes, pieces).
#[derive(Clone, Copy, Debug, Default)]
pub struct Quantity {
    nano: i128,
    notation: Notation,
}

/// Why a text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// There is no number in it.
    NoNumber,
    /// What follows the number is none of the known suffixes.
    UnknownSuffix,
}

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self { nano: 0, notation: Notation::Decimal };

    /// A whole number of base units.
    #[must_use]
    pub fn whole(units: i64) -> Self {
        Self { nano: i128::from(units) * NANO, notation: Notation::Decimal }
    }

    /// Thousandths of a base unit.
    #[must_use]
    pub const fn from_milli(milli: i64) -> Self {
        Self { nano: milli as i128 * (NANO / 1000), notation: Notation::Decimal }
    }

    /// Reads a quantity as the API server does.
    ///
    /// # Errors
    /// [`QuantityError`] when the text is not a number followed by a known suffix.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let (negative, rest) = match text.as_bytes().first() {
            Some(b'-') => (true, &text[1..]),
            Some(b'+') => (false, &text[1..]),
            _ => (false, text),
        };
        let end = rest.bytes().position(|b| !b.is_ascii_digit() && b != b'.').unwrap_or(rest.len());
        let (number, suffix) = rest.split_at(end);
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
            return Err(QuantityError::NoNumber);
        }
        let (scale, notation) = Scale::parse(suffix).ok_or(QuantityError::UnknownSuffix)?;
        let nano = scale.apply(whole, fraction);
        Ok(Self { nano: if negative { -nano } else { nano }, notation })
    }

    /// So many times the amount.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self { nano: self.nano.saturating_mul(i128::from(count)), ..self }
    }

    /// Whether it is exactly nothing.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.nano == 0
    }

    /// Whether it is below nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.nano < 0
    }

    /// Whole units, rounded up.
    #[must_use]
    pub fn units(self) -> i64 {
        ceil_to_i64(self.nano, NANO)
    }

    /// Thousandths of a unit, rounded up.
    #[must_use]
    pub fn milli(self) -> i64 {
        ceil_to_i64(self.nano, NANO / 1000)
    }

    /// How many times `other` goes into it; infinite for nothing.
    #[must_use]
    pub fn ratio_to(self, other: Self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a ratio is compared and shown, never counted with")]
        let ratio = self.nano as f64 / other.nano as f64;
        ratio
    }

    /// The same amount with at most three decimal places, rounded up: how the API server stores the
    /// resources of a pod.
    #[must_use]
    pub fn rounded_to_milli(self) -> Self {
        let step = NANO / 1000;
        let rest = self.nano.rem_euclid(step);
        let nano = if rest == 0 { self.nano } else { self.nano - rest + step };
        Self { nano, ..self }
    }
}

impl std::ops::Add for Quantity {
    type Output = Self;

    /// The exact sum. It keeps the notation of the first amount that is not zero.
    fn add(self, other: Self) -> Self {
        let notation = if self.nano == 0 { other.notation } else { self.notation };
        Self { nano: self.nano.saturating_add(other.nano), notation }
    }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.nano == other.nano
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.nano.cmp(&other.nano)
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNumber => "not a quantity: no number",
            Self::UnknownSuffix => "not a quantity: unknown suffix (known: n u m k M G T P E, Ki Mi Gi Ti Pi Ei, e3)",
        })
    }
}

impl std::error::Error for QuantityError {}

fn ceil_to_i64(nano: i128, step: i128) -> i64 {
    let floor = nano.div_euclid(step);
    let ceiling = if nano.rem_euclid(step) == 0 { floor } else { floor + 1 };
    i64::try_from(ceiling).unwrap_or(if nano < 0 { i64::MIN } else { i64::MAX })
}

/// What a suffix multiplies with.
enum Scale {
    /// Ten to the power of.
    Ten(i32),
    /// Two to the power of.
    Two(u32),
}

impl Scale {
    fn parse(suffix: &str) -> Option<(Self, Notation)> {
        let decimal = |power| Some((Self::Ten(power), Notation::Decimal));
        let binary = |power| Some((Self::Two(power), Notation::Binary));
        match suffix {
            "n" => decimal(-9),
            "u" => decimal(-6),
            "m" => decimal(-3),
            "" => decimal(0),
            "k" => decimal(3),
            "M" => decimal(6),
            "G" => decimal(9),
            "T" => decimal(12),
            "P" => decimal(15),
            "E" => decimal(18),
            "Ki" => binary(10),
            "Mi" => binary(20),
            "Gi" => binary(30),
            "Ti" => binary(40),
            "Pi" => binary(50),
            "Ei" => binary(60),
            _ => {
                let digits = suffix.strip_prefix(['e', 'E'])?;
                let power: i32 = digits.parse().ok()?;
                Some((Self::Ten(power), Notation::Exponent))
            }
        }
    }

    /// `whole.fraction` scaled, in billionths: rounded up, cut at the limit.
    fn apply(&self, whole: &str, fraction: &str) -> i128 {
        match *self {
            Self::Ten(power) => decimal_nano(whole, fraction, power.saturating_add(9)),
            Self::Two(power) => {
                // A binary suffix needs no more than 19 digits before the cut, and 2⁶⁰ · 10⁹ leaves
                // room for 20 digits of mantissa only when it is split in whole and fraction.
                let whole_nano = decimal_nano(whole, "", 0).saturating_mul(NANO << power);
                let fraction_nano = binary_fraction(fraction, power);
                whole_nano.saturating_add(fraction_nano).min(LIMIT)
            }
        }
    }
}

/// `whole.fraction · 10^power`, rounded up to an integer, cut at the limit.
fn decimal_nano(whole: &str, fraction: &str, power: i32) -> i128 {
    let mut value: i128 = 0;
    let mut rounded_off = false;
    let places = i64::from(power) + i64::try_from(whole.len()).unwrap_or(i64::MAX);
    for (at, digit) in whole.bytes().chain(fraction.bytes()).enumerate() {
        if i64::try_from(at).unwrap_or(i64::MAX) < places {
            value = value.saturating_mul(10).saturating_add(i128::from(digit - b'0'));
        } else {
            rounded_off |= digit != b'0';
        }
    }
    let given = i64::try_from(whole.len() + fraction.len()).unwrap_or(i64::MAX);
    for _ in given..places.min(given.saturating_add(64)) {
        value = value.saturating_mul(10);
    }
    value.saturating_add(i128::from(rounded_off)).min(LIMIT)
}

/// `0.fraction · 2^power` in billionths, rounded up; digits past the twelfth only round.
fn binary_fraction(fraction: &str, power: u32) -> i128 {
    const DIGITS: usize = 12;
    let mut value: i128 = 0;
    for digit in fraction.bytes().chain(std::iter::repeat(b'0')).take(DIGITS) {
        value = value * 10 + i128::from(digit - b'0');
    }
    let beyond = fraction.bytes().skip(DIGITS).any(|digit| digit != b'0');
    let scaled = (value + i128::from(beyond)).saturating_mul(1_i128 << power);
    let step = 10_i128.pow(3);
    scaled / step + i128::from(scaled % step != 0)
}

impl fmt::Display for Quantity {
    /// The canonical form, which is what messages of the API server quote: `500m`, `4`, `1536Mi`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nano == 0 {
            return f.write_str("0");
        }
        let small = self.nano.abs() < 1024 * NANO;
        let whole = self.nano % NANO == 0;
        if self.notation == Notation::Binary && !small && whole {
            return write_binary(f, self.nano / NANO);
        }
        let exponent = if self.notation == Notation::Exponent { Notation::Exponent } else { Notation::Decimal };
        write_decimal(f, self.nano, exponent)
    }
}

fn write_binary(f: &mut fmt::Formatter<'_>, mut units: i128) -> fmt::Result {
    const SUFFIXES: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    let mut at = 0;
    while units % 1024 == 0 && at + 1 < SUFFIXES.len() {
        units /= 1024;
        at += 1;
    }
    write!(f, "{units}{}", SUFFIXES.get(at).unwrap_or(&""))
}

fn write_decimal(f: &mut fmt::Formatter<'_>, mut nano: i128, notation: Notation) -> fmt::Result {
    const SUFFIXES: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    let mut at: usize = 0;
    while nano % 1000 == 0 && at + 1 < SUFFIXES.len() {
        nano /= 1000;
        at += 1;
    }
    let power = i32::try_from(at).unwrap_or(0) * 3 - 9;
    match notation {
        Notation::Exponent if power != 0 => write!(f, "{nano}e{power}"),
        Notation::Exponent => write!(f, "{nano}"),
        Notation::Decimal | Notation::Binary => {
            write!(f, "{nano}{}", SUFFIXES.get(at).unwrap_or(&""))
        }
    }
}

struct QuantityVisitor;

impl serde::de::Visitor<'_> for QuantityVisitor {
    type Value = Quantity;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a quantity such as 500m, 4 or 16Gi")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Quantity, E> {
        let quantity = Quantity::parse(text.trim()).map_err(|e| E::custom(format!("`{text}`: {e}")))?;
        if quantity.is_negative() {
            return Err(E::custom(format!("`{text}`: an amount cannot be below zero")));
        }
        Ok(quantity)
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Quantity, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Quantity, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Quantity, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Quantity, E> {
        Ok(Quantity::ZERO)
    }
}

impl<'de> serde::Deserialize<'de> for Quantity {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(QuantityVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notation_is_exact() {
        let cases = [
            ("0.1", 1, 100, "100m"),
            ("100m", 1, 100, "100m"),
            ("1e3", 1000, 1_000_000, "1e3"),
            ("1E", 1_000_000_000_000_000_000, i64::MAX, "1E"),
            ("1Gi", 1 << 30, 1_073_741_824_000, "1Gi"),
            ("1.5Gi", 3 << 29, 1_610_612_736_000, "1536Mi"),
            ("1024Mi", 1 << 30, 1_073_741_824_000, "1Gi"),
            ("4000", 4000, 4_000_000, "4k"),
            ("5.", 5, 5000, "5"),
            (".5", 1, 500, "500m"),
            ("+2", 2, 2000, "2"),
            ("1n", 1, 1, "1n"),
            ("0.0000000001", 1, 1, "1n"),
            ("-1", -1, -1000, "-1"),
            ("0.5Ki", 512, 512_000, "512"),
            ("0", 0, 0, "0"),
            ("134217728", 134_217_728, 134_217_728_000, "134217728"),
            ("99999999999999999999", i64::MAX, i64::MAX, "9223372036854775807"),
            ("9Ei", i64::MAX, i64::MAX, "9223372036854775807"),
            ("2e-3", 1, 2, "2e-3"),
        ];
        for (text, units, milli, canonical) in cases {
            let quantity = Quantity::parse(text).unwrap();
            assert_eq!(quantity.units(), units, "units of {text}");
            assert_eq!(quantity.milli(), milli, "milli of {text}");
            assert_eq!(quantity.to_string(), canonical, "canonical form of {text}");
        }
    }

    #[test]
    fn what_is_no_quantity() {
        for text in ["", "m", "1Q", "1.2.3", "1ki", "1KI", "--1", "1 Gi", "1e", "0x10", "."] {
            assert!(Quantity::parse(text).is_err(), "{text} was taken");
        }
    }

    #[test]
    fn sums_take_the_notation_of_the_first_amount() {
        let sum = ["0", "1Gi", "512Mi"].iter().fold(Quantity::ZERO, |sum, text| sum + Quantity::parse(text).unwrap());
        assert_eq!(sum.to_string(), "1536Mi");
    }

    #[test]
    fn stored_resources_have_three_decimals() {
        assert_eq!(Quantity::parse("1n").unwrap().rounded_to_milli().to_string(), "1m");
        assert_eq!(Quantity::parse("2500u").unwrap().rounded_to_milli().to_string(), "3m");
    }
}
