//! The order in which go-yaml v2 writes keys.

use std::cmp::Ordering;

/// The order of go-yaml's keys: numbers within by their value, letters after other characters.
pub(super) fn natural(a: &str, b: &str) -> Ordering {
    // Most keys part at a letter.
    if let Some((ours, theirs)) = a.chars().zip(b.chars()).find(|(ours, theirs)| ours != theirs)
        && ours.is_alphabetic()
        && theirs.is_alphabetic()
    {
        return ours.cmp(&theirs);
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let is_digit = |c: char| c.is_ascii_digit();
    let mut digits = false;
    for at in 0..a.len().min(b.len()) {
        let (ours, theirs) = (a[at], b[at]);
        if ours == theirs {
            digits = is_digit(ours);
            continue;
        }
        match (ours.is_alphabetic(), theirs.is_alphabetic()) {
            (true, true) => return ours.cmp(&theirs),
            (true, false) => return if digits { Ordering::Less } else { Ordering::Greater },
            (false, true) => return if digits { Ordering::Greater } else { Ordering::Less },
            (false, false) => {}
        }
        let leads = |c: &char| is_digit(*c);
        let zero = ours == '0' || theirs == '0';
        let filled = zero && a[..at].iter().rev().take_while(|c| leads(c)).any(|c| *c != '0');
        let run = |of: &[char]| {
            let count = of[at..].iter().take_while(|c| leads(c)).count();
            let start = i64::from(filled);
            let number = of[at..at + count].iter().fold(start, |number, c| {
                number.wrapping_mul(10).wrapping_add(i64::from(u32::from(*c) - u32::from('0')))
            });
            (number, count)
        };
        return run(&a).cmp(&run(&b)).then(ours.cmp(&theirs));
    }
    a.len().cmp(&b.len())
}
