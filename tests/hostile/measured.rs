//! What a run of the program costs.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use tempfile::TempDir;

/// A run that takes longer hangs.
const ENDLESS: Duration = Duration::from_secs(30);

/// One run.
#[derive(Debug)]
pub(crate) struct Cost {
    /// Processor time, of the program and of the system on its behalf.
    pub(crate) processor: Duration,
    /// The peak of the memory, in KiB. It is that of the largest run so far, which is as good for a limit that holds for all.
    pub(crate) memory: u64,
    /// The exit code.
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

    /// Runs the program on the file.
    pub(crate) fn run(&self, arguments: &[&str]) -> Cost {
        let before = processor();
        let mut child = Command::new(env!("CARGO_BIN_EXE_detctl"))
            .args(arguments)
            .arg("a.yaml")
            .current_dir(self.dir.path())
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
        Cost { processor: processor() - before, memory: memory.try_into().unwrap(), code }
    }
}

/// The processor time of all children that have ended.
fn processor() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let microseconds = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Duration::from_micros(microseconds.iter().sum::<i64>().try_into().unwrap())
}
