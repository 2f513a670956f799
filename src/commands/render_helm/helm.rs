//! The `helm` of this machine, asked what a chart makes of values.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::Error;
use crate::formats::helm_values::Request;
use crate::source::load::reason;

/// What `helm template` writes, or why it does not: the values go in by standard input, so no file lies about.
///
/// # Errors
/// When it cannot be asked: there is no chart, or no `helm`.
pub(super) fn template(
    chart: &Path,
    release: &Request,
    values: &str,
    given: &[String],
) -> Result<Result<String, String>, Error> {
    if !chart.exists() {
        return Err(Error::new(format!("cannot verify: there is no chart at `{}`", chart.display())));
    }
    let mut command = Command::new("helm");
    command.args(["template", &release.release]).arg(chart).args(["--namespace", &release.namespace, "--values", "-"]);
    for given in given {
        command.args(["--set", given]);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| {
        let hint = "--verify-with-helm runs the `helm` that the search path finds; install it, or leave the option out";
        Error::with_hint(format!("cannot run `helm`: {}", reason(&error)), Some(hint.to_owned()))
    })?;
    if let Some(mut stdin) = child.stdin.take() {
        // Where it stops before it has read all, its own words say why.
        let _ = stdin.write_all(values.as_bytes());
    }
    let ran = child.wait_with_output().map_err(|error| Error::new(format!("cannot run `helm`: {}", reason(&error))))?;
    if !ran.status.success() {
        let said = String::from_utf8_lossy(&ran.stderr);
        let words = said.trim().trim_start_matches("Error: ");
        // The system's words tell the exit code, or the signal.
        return Ok(Err(if words.is_empty() { format!("it said nothing, {}", ran.status) } else { words.to_owned() }));
    }
    String::from_utf8(ran.stdout).map(Ok).map_err(|_| Error::new("`helm` wrote no UTF-8".to_owned()))
}
