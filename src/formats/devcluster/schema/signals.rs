//! Names of signals, as Python 3.11 knows them on Linux.

use super::check::Checks;
use crate::python::PyValue;

/// The names of signals, without `SIG`.
pub const SIGNALS: &[&str] = &[
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
    "PROF", "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
    "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
];

/// Checks the `kill_signal` of a stage of a class.
pub(super) fn check(checks: &mut Checks<'_>, value: Option<&PyValue>, class: &str) {
    let Some(value) = value else { return };
    let known = value.as_str().is_some_and(|text| SIGNALS.contains(&text.strip_prefix("SIG").unwrap_or(text)));
    if !known {
        let text = value.to_text();
        let words = format!("{class}.kill_signal must be a valid signal name, like 'KILL' or 'SIGKILL', not '{text}'");
        let message = format!("`{text}` is no name of a signal");
        checks.bad(value.span, words, message, "write a name in capitals, such as `TERM` or `SIGKILL`");
    }
}
