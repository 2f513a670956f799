//! Texts made to hurt, shown to the program as it is released: each ends within 100 ms of processor time and 200 MiB of
//! memory, with an answer.
//!
//! Where something takes longer, the machine is asked how fast it is at that moment, by a piece of work that is always the
//! same: machines that are shared are several times as slow at times.
//!
//! Builds without optimizations and systems that do not tell the peak of a child's memory leave the tests out.

#![allow(clippy::unwrap_used, reason = "a test stops at what is not as it should be")]

mod measured;
mod texts;

use std::io::Write as _;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use measured::{Cost, Place};

/// Processor time that an answer may take, in milliseconds.
const MILLISECONDS: u128 = 100;

/// Memory that an answer may take, in MiB.
const MEBIBYTES: u64 = 200;

/// Runs of which the fastest counts, as other programs share the machine.
const RUNS: usize = 3;

/// The same where all of them were too slow.
const MORE_RUNS: usize = 9;

/// How each text is asked for: as every kind, for people and for machines, and mended.
const ASKED: &[&[&str]] = &[
    &["validate", "--kind=master"],
    &["validate", "--kind=master", "--format=json"],
    &["validate", "--kind=master", "--diff", "--unsafe-fixes"],
    &["validate", "--kind=helm-values"],
    &["validate", "--kind=devcluster"],
    &["convert", "--to=helm-values"],
    &["topology"],
];

fn main() -> ExitCode {
    if measured::is_between() {
        return ExitCode::SUCCESS;
    }
    let left_out = if cfg!(debug_assertions) && !measured::is_named() {
        Some("not a release build")
    } else if cfg!(not(target_os = "linux")) {
        Some("not Linux")
    } else {
        None
    };
    let mut arguments = Arguments::from_args();
    // One at a time: the costs of children come in one sum.
    arguments.test_threads = Some(1);
    let trials = texts::ALL.iter().map(|(name, text)| trial(name, *text, left_out)).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let Some(why) = left_out {
        let _ = writeln!(
            std::io::stderr(),
            "{} hostile texts were left out: {why}. cargo test --release --test hostile times them",
            texts::ALL.len()
        );
    }
    conclusion.exit_code()
}

fn trial(name: &'static str, text: fn() -> Vec<u8>, left_out: Option<&str>) -> Trial {
    let trial = Trial::test(name, move || {
        let place = Place::with(&text());
        let missed: Vec<String> = ASKED.iter().filter_map(|arguments| missed(&place, arguments)).collect();
        if missed.is_empty() { Ok(()) } else { Err(missed.join("\n").into()) }
    });
    match left_out {
        Some(why) => trial.with_kind(format!("left out, {why}")).with_ignored_flag(true),
        None => trial,
    }
}

/// What is wrong with the answer to one text.
fn missed(place: &Place, arguments: &[&str]) -> Option<String> {
    let mut costs: Vec<Cost> = (0..RUNS).map(|_| place.run(arguments)).collect();
    let is_slow = |costs: &[Cost]| costs.iter().all(|cost| cost.processor.as_millis() >= MILLISECONDS);
    let mut slowness = 1.0;
    if is_slow(&costs) {
        costs.extend((0..MORE_RUNS).map(|_| place.run(arguments)));
        slowness = measured::slowness();
    }
    let fastest = costs.iter().min_by_key(|cost| cost.processor).unwrap();
    let asked = arguments.join(" ");
    let code = fastest.code;
    if !matches!(code, Some(0..=2)) {
        return Some(format!("{asked}: ended with {code:?}"));
    }
    let (time, memory) = (fastest.processor.div_f64(slowness).as_millis(), fastest.memory / 1024);
    let missed = time >= MILLISECONDS || memory >= MEBIBYTES;
    missed.then(|| {
        format!("{asked}: {time} ms and {memory} MiB, on a machine {slowness:.1} times as slow as it should be")
    })
}
