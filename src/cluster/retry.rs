//! Whether to ask again, and when: a server that is busy is given the time that it wants, within ours.

use std::time::Duration;

/// How often one question is asked at most.
const MOST: u32 = 8;
/// The first wait of our own, doubled each time.
const FIRST: Duration = Duration::from_millis(250);
/// The longest wait of our own.
const LONGEST: Duration = Duration::from_secs(8);

/// How a question went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The server is too busy, or not quite there yet: 429, 503, 504. It may say when to come again.
    Busy(Option<Duration>),
    /// Something broke, which may have been chance: 500, 502, a connection that ended early.
    Broken,
    /// It would be the same again.
    Lasting,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Ask again after this time.
    Wait(Duration),
    /// It is no use.
    GiveUp,
    /// The server wants us back later than there is time.
    TooLate(Duration),
}

/// What to do after a question went wrong for the nth time, from 1, with so much time left.
pub(super) fn next(times: u32, trouble: Trouble, left: Duration) -> Next {
    let own = LONGEST.min(FIRST * 2_u32.saturating_pow(times.saturating_sub(1)));
    let (most, wait) = match trouble {
        Trouble::Lasting => return Next::GiveUp,
        Trouble::Broken => (3, own),
        Trouble::Busy(asked) => (MOST, asked.map_or(own, |asked| asked.max(FIRST))),
    };
    match wait < left {
        _ if times >= most => Next::GiveUp,
        true => Next::Wait(wait),
        false => Next::TooLate(wait),
    }
}

/// The time that a `Retry-After` header means: seconds, or a date, which is measured from the server's own `Date`.
/// Anything else is no wish.
pub(super) fn retry_after(header: &str, date: Option<&str>) -> Option<Duration> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(header.parse().unwrap_or(u64::from(u32::MAX))));
    }
    let when = httpdate::parse_http_date(header).ok()?;
    let now = httpdate::parse_http_date(date?).ok()?;
    when.duration_since(now).ok()
}

#[cfg(test)]
mod tests {
    use super::{Next, Trouble, next, retry_after};
    use std::time::Duration;

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn waits_grow_and_end() {
        let waits: Vec<Next> = (1..=8).map(|times| next(times, Trouble::Busy(None), MINUTE)).collect();
        let expected = [250, 500, 1000, 2000, 4000, 8000, 8000].map(|ms| Next::Wait(Duration::from_millis(ms)));
        assert_eq!(waits[..7], expected);
        assert_eq!(waits[7], Next::GiveUp);
        assert_eq!(next(3, Trouble::Broken, MINUTE), Next::GiveUp);
        assert_eq!(next(1, Trouble::Lasting, MINUTE), Next::GiveUp);
    }

    #[test]
    fn the_server_is_obeyed_within_the_time_that_there_is() {
        let asks = |seconds| next(1, Trouble::Busy(Some(Duration::from_secs(seconds))), MINUTE);
        assert_eq!(asks(7), Next::Wait(Duration::from_secs(7)));
        assert_eq!(asks(0), Next::Wait(Duration::from_millis(250)), "never at once");
        assert_eq!(asks(86400), Next::TooLate(Duration::from_secs(86400)));
    }

    #[test]
    fn the_header_is_seconds_or_a_date() {
        let now = Some("Wed, 21 Oct 2015 07:28:00 GMT");
        let table = [
            ("1", now, Some(1)),
            (" 5 ", None, Some(5)),
            ("99999999999999999999", now, Some(u64::from(u32::MAX))),
            ("Wed, 21 Oct 2015 07:29:00 GMT", now, Some(60)),
            ("Wed, 21 Oct 2015 07:29:00 GMT", None, None),
            ("Wed, 21 Oct 2015 07:27:00 GMT", now, None),
            ("-1", now, None),
            ("soon", now, None),
            ("", now, None),
        ];
        for (header, date, seconds) in table {
            assert_eq!(retry_after(header, date), seconds.map(Duration::from_secs), "{header}");
        }
    }
}
