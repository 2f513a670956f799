//! Which texts go-yaml v2 takes for a moment. It keeps them as text, so only `!!timestamp` shows it.

use super::digits::{days_in, take, take_one};

/// Whether one of go-yaml's four layouts fits: date; date, `T` or `t`, time, zone; date, blanks,
/// time.
pub(super) fn is_timestamp(text: &str) -> bool {
    let mut rest = text;
    let Some(()) = date(&mut rest) else {
        return false;
    };
    if rest.is_empty() {
        return true;
    }
    let fits = match take_one(&mut rest, &['T', 't', ' ']) {
        Some(' ') => {
            rest = rest.trim_start_matches(' ');
            time(&mut rest)
        }
        Some(_) => time(&mut rest).and_then(|()| zone(&mut rest)),
        None => None,
    };
    fits.is_some() && rest.is_empty()
}

fn below(value: u32, bound: u32) -> Option<()> {
    (value < bound).then_some(())
}

fn date(rest: &mut &str) -> Option<()> {
    let year = take(rest, 4, 4)?;
    take_one(rest, &['-'])?;
    let month = take(rest, 1, 2).filter(|month| (1..=12).contains(month))?;
    take_one(rest, &['-'])?;
    let day = take(rest, 1, 2)?;
    (1..=days_in(year, month)).contains(&day).then_some(())
}

fn time(rest: &mut &str) -> Option<()> {
    below(take(rest, 1, 2)?, 24)?;
    take_one(rest, &[':'])?;
    below(take(rest, 1, 2)?, 60)?;
    take_one(rest, &[':'])?;
    below(take(rest, 1, 2)?, 60)?;
    if let Some(fraction) = rest.strip_prefix(['.', ','])
        && fraction.starts_with(|first: char| first.is_ascii_digit())
    {
        *rest = fraction.trim_start_matches(|next: char| next.is_ascii_digit());
    }
    Some(())
}

fn zone(rest: &mut &str) -> Option<()> {
    if take_one(rest, &['Z', '+', '-'])? == 'Z' {
        return Some(());
    }
    below(take(rest, 2, 2)?, 25)?;
    take_one(rest, &[':'])?;
    below(take(rest, 2, 2)?, 61)
}
