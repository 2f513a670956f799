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
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let microseconds = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Duration::from_micros(microseconds.iter().sum::<i64>().try_into().unwrap())
}
