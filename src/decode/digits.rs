//! Decimal numbers of any length, for the little arithmetic that quantities need.

/// A number that is not negative: decimal digits, and how many of them stand behind the point (negative for zeros that
/// are left out before it).
#[derive(Clone, Debug)]
pub(super) struct Digits {
    /// Highest first, without leading zeros; empty for zero.
    digits: Vec<u8>,
    places: i64,
}

impl Digits {
    /// A number from its ASCII digits.
    pub(super) fn new(text: &str, places: i64) -> Self {
        let digits = text.trim_start_matches('0').bytes().map(|byte| byte.saturating_sub(b'0')).collect();
        Self { digits, places }
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times a power of ten.
    pub(super) fn shift(&mut self, power: i64) {
        self.places -= power;
    }

    /// Times a small number.
    pub(super) fn multiply(&mut self, by: u32) {
        let mut carry = 0u32;
        for digit in self.digits.iter_mut().rev() {
            let product = u32::from(*digit) * by + carry;
            *digit = u8::try_from(product % 10).unwrap_or(0);
            carry = product / 10;
        }
        while carry > 0 {
            self.digits.insert(0, u8::try_from(carry % 10).unwrap_or(0));
            carry /= 10;
        }
    }

    /// Cuts what is behind so many places, away from zero.
    pub(super) fn round_up(&mut self, places: i64) {
        let Ok(excess) = usize::try_from(self.places - places) else {
            return;
        };
        if excess == 0 || self.is_zero() {
            return;
        }
        let kept = self.digits.len().saturating_sub(excess);
        let lost = self.digits.iter().skip(kept).any(|digit| *digit != 0);
        self.digits.truncate(kept);
        self.places = places;
        if lost {
            self.increment();
        }
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < 9 {
                *digit += 1;
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
    }

    /// How many digits stand before the point.
    fn magnitude(&self) -> i64 {
        i64::try_from(self.digits.len()).unwrap_or(i64::MAX).saturating_sub(self.places)
    }

    pub(super) fn is_above(&self, other: &Self) -> bool {
        if self.is_zero() || self.magnitude() != other.magnitude() {
            return !self.is_zero() && self.magnitude() > other.magnitude();
        }
        let length = self.digits.len().max(other.digits.len());
        let padded =
            |digits: &[u8]| digits.iter().copied().chain(std::iter::repeat(0)).take(length).collect::<Vec<u8>>();
        padded(&self.digits) > padded(&other.digits)
    }

    pub(super) fn is_at_least(&self, bound: u64) -> bool {
        !Self::new(&bound.to_string(), 0).is_above(self)
    }

    /// The value, when it is whole and fits.
    pub(super) fn whole(&self) -> Option<u64> {
        let trimmed = self.trimmed();
        if trimmed.places > 0 {
            return None;
        }
        let value =
            trimmed.digits.iter().try_fold(0u64, |value, digit| value.checked_mul(10)?.checked_add((*digit).into()))?;
        10u64.checked_pow(u32::try_from(-trimmed.places).ok()?)?.checked_mul(value)
    }

    /// Digits and a power of ten that is a multiple of three, with as few digits as that takes.
    pub(super) fn in_thousands(&self) -> (String, i64) {
        let Self { mut digits, places } = self.trimmed();
        let mut exponent = -places;
        while exponent % 3 != 0 {
            digits.push(0);
            exponent -= 1;
        }
        (digits.iter().map(|digit| char::from(b'0' + digit)).collect(), exponent)
    }

    fn trimmed(&self) -> Self {
        let mut trimmed = self.clone();
        while trimmed.digits.last() == Some(&0) {
            trimmed.digits.pop();
            trimmed.places -= 1;
        }
        trimmed
    }
}
