//! The binary: argv in, exit code out.

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser;
use detctl::commands::capacity::{self, CapacityArgs, CapacityOutcome};

#[derive(Parser)]
enum Cli {
    Capacity(CapacityArgs),
}

fn main() -> ExitCode {
    let Cli::Capacity(args) = Cli::parse();
    match capacity::run(&args, &mut std::io::stdout().lock()) {
        Ok(CapacityOutcome::AllFit) => ExitCode::SUCCESS,
        Ok(CapacityOutcome::Fewer) => ExitCode::from(1),
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "error: {error}");
            ExitCode::from(2)
        }
    }
}
