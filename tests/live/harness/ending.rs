//! Planes go away with all that they started: when they are dropped, when a test panics, when a run is killed.

use std::io::{BufRead as _, BufReader, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use crate::plane::client::wait_for;
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options};

/// The argument that makes this program start a plane, tell of it, and wait to be killed.
pub(crate) const HOLD: &str = "--hold-a-plane";

/// What [`HOLD`] does.
pub(crate) fn hold() -> ExitCode {
    let plane = ControlPlane::start(&Options::new(Version::Newer));
    let ids: Vec<String> = plane.processes().iter().map(ToString::to_string).collect();
    let _ = writeln!(std::io::stdout(), "{}\n{}", plane.folder().display(), ids.join(" "));
    std::thread::sleep(Duration::from_secs(300));
    ExitCode::FAILURE
}

/// A process that has ended and was not yet asked for its end counts as gone.
fn is_alive(id: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &id.to_string()]).output().unwrap();
    let state = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    !state.is_empty() && !state.starts_with('Z')
}

fn are_gone(ids: &[u32], folder: &Path) -> bool {
    !ids.iter().any(|id| is_alive(*id)) && !folder.exists()
}

pub(crate) fn a_panic_leaves_nothing_behind() {
    let mut left: Option<(Vec<u32>, PathBuf)> = None;
    let result = catch_unwind(AssertUnwindSafe(|| {
        let plane = ControlPlane::start(&Options::new(Version::Newer));
        let ids = plane.processes();
        assert!(ids.len() == 3 && ids.iter().all(|id| is_alive(*id)));
        left = Some((ids, plane.folder().to_owned()));
        std::panic::resume_unwind(Box::new("a test that fails"));
    }));
    assert!(result.is_err());
    let (ids, folder) = left.unwrap();
    assert!(are_gone(&ids, &folder));
}

pub(crate) fn a_killed_run_leaves_nothing_behind() {
    let mut run = Command::new(std::env::current_exe().unwrap())
        .arg(HOLD)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(run.stdout.take().unwrap()).lines().map(Result::unwrap);
    let folder = PathBuf::from(lines.next().unwrap());
    let ids: Vec<u32> = lines.next().unwrap().split(' ').map(|id| id.parse().unwrap()).collect();
    assert!(folder.is_dir() && ids.iter().all(|id| is_alive(*id)));
    run.kill().unwrap();
    run.wait().unwrap();
    wait_for("the guardian to clean up", || are_gone(&ids, &folder).then_some(()));
}
