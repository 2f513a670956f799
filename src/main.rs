//! The binary: argv in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    let outcome = detctl::io::with_process(|io| detctl::run(std::env::args_os(), io));
    ExitCode::from(outcome.code())
}
