//! What a run of the program costs.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use tempfile::TempDir;

/// A run that takes longer hangs.
const ENDLESS: Duration = Duration::from_secs(30);

/// Set for this program when it is to measure one run and nothing else.
const ALONE: &str = "DETCTL_HOSTILE_RUN";

/// Names a program that was built for release, where these tests were not.
const PROGRAM: &str = "DETCTL_HOSTILE_PROGRAM";

/// The program that is measured: the one that is named, else the one that was built with these tests.
fn program() -> PathBuf {
    std::env::var_os(PROGRAM).map_or_else(|| env!("CARGO_BIN_EXE_detctl").into(), PathBuf::from)
}

/// Whether a program is named.
pub(crate) fn is_named() -> bool {
    std::env::var_os(PROGRAM).is_some()
}

/// One run.
#[derive(Debug)]
pub(crate) struct Cost {
    /// Processor time, of the program and of the system on its behalf.
    pub(crate) processor: Duration,
    /// The peak of the memory, in KiB.
    pub(crate) memory: u64,
    /// The exit code; nothing for a run that was ended, by a signal or because it took too long.
    pub(crate) code: Option<i32>,
}

/// A folder with the file, gone after the test.
pub(crate) struct Place {
    dir: TempDir,
}

impl Place {
    pub(crate) fn with(text: &[u8]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a.yaml"), text).unwrap();
        Self { dir }
    }

    /// Runs the program on the file. The system tells the peak of all children that a process ever had, so that each run has
    /// a process of its own between it and the tests.
    pub(crate) fn run(&self, arguments: &[&str]) -> Cost {
        let between = Command::new(std::env::current_exe().unwrap())
            .args(arguments)
            .current_dir(self.dir.path())
            .env_clear()
            .env(ALONE, "1")
            .env(PROGRAM, program())
            .output()
            .unwrap();
        let text = String::from_utf8(between.stdout).unwrap();
        let numbers: Vec<i64> = text.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let [microseconds, memory, code] = numbers[..] else { panic!("{text:?}") };
        Cost {
            processor: Duration::from_micros(microseconds.try_into().unwrap()),
            memory: memory.try_into().unwrap(),
            code: i32::try_from(code).ok().filter(|code| *code >= 0),
        }
    }
}

/// What the piece of work of [`slowness`] takes, built without optimizations, on a machine with two cores to itself.
const WORK: Duration = Duration::from_millis(36);

/// Its steps.
const ROUNDS: usize = 2_000_000;

/// How many times as long as it should this machine takes for something at this moment; at least once.
pub(crate) fn slowness() -> f64 {
    let fastest = (0..5).map(|_| work()).min().unwrap_or(WORK);
    fastest.div_duration_f64(WORK).max(1.0)
}

/// The processor time of a piece of work that is always the same: numbers and memory, as reading a text is.
fn work() -> Duration {
    let start = own_processor();
    let mut table = vec![0_u32; 1 << 18];
    let mut state = 0x9e37_79b9_u32;
    for _ in 0..ROUNDS {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        let slot = &mut table[state as usize & 0x3_ffff];
        *slot = slot.wrapping_add(state).rotate_left(7);
        state ^= *slot;
    }
    std::hint::black_box(&table);
    own_processor().saturating_sub(start)
}

/// The processor time of this process.
fn own_processor() -> Duration {
    spent(UsageWho::RUSAGE_SELF)
}

/// Whether this process is to measure one run: then it has done so, and told.
pub(crate) fn is_between() -> bool {
    if std::env::var_os(ALONE).is_none() {
        return false;
    }
    let mut child = Command::new(program())
        .args(std::env::args_os().skip(1))
        .arg("a.yaml")
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let code = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status.code(),
            None if start.elapsed() > ENDLESS => {
                child.kill().unwrap();
                child.wait().unwrap();
                break None;
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let memory = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss();
    let told = format!("{} {memory} {}\n", processor().as_micros(), code.unwrap_or(-1));
    std::io::stdout().write_all(told.as_bytes()).unwrap();
    true
}

/// The processor time of all children that have ended.
fn processor() -> Duration {
    spent(UsageWho::RUSAGE_CHILDREN)
}

fn spent(who: UsageWho) -> Duration {
    let usage = getrusage(who).unwrap();
    let microseconds = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Duration::from_micros(microseconds.iter().sum::<i64>().try_into().unwrap())
}
