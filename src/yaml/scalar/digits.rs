//! Reading runs of digits off the front of a text.

/// Takes from `least` to `most` ASCII digits off the front, as many as there are.
pub(super) fn take(text: &mut &str, least: usize, most: usize) -> Option<u32> {
    let length = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if length < least {
        return None;
    }
    let (digits, rest) = text.split_at_checked(length)?;
    *text = rest;
    digits.parse().ok()
}

/// Takes one character of `set` off the front.
pub(super) fn take_one(text: &mut &str, set: &[char]) -> Option<char> {
    let first = text.chars().next().filter(|first| set.contains(first))?;
    *text = text.get(first.len_utf8()..)?;
    Some(first)
}

/// Days of a month from 1 to 12 in the Gregorian calendar.
pub(super) fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
