//! The command of a cloud that writes a kubeconfig: run once, within a time, and ended with all that it has started.

use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread::sleep;
use std::time::{Duration, Instant};

use self::interrupts::Interrupts;
use crate::kubeconfig::provider::Provider;

/// The most of its words that is taken in, in bytes.
const LARGEST: u64 = 1 << 16;
/// The most of its words that is passed on, in characters.
const MOST: usize = 300;
/// How often it is looked at.
const TICK: Duration = Duration::from_millis(20);
/// With what these programs begin a line that says why they ended.
const COMPLAINTS: [&str; 4] = ["ERROR: ", "An error occurred ", "Unable to locate credentials", "aws: "];

/// Runs several, all at the same time, each with a file of its own to write to and within the same time. What came of
/// each is in their order: it is not there, fails, takes too long, or the user has had enough.
#[must_use]
pub fn pull(targets: &[(&Provider, &Path)], time: Duration) -> Vec<Result<(), String>> {
    // One for all: whoever ends first must not let go of a signal that would leave the others' files behind.
    let interrupts = &Interrupts::hold();
    std::thread::scope(|scope| {
        let run = |&(provider, kubeconfig): &(&Provider, &Path)| {
            let (provider, kubeconfig) = (provider.clone(), kubeconfig.to_owned());
            scope.spawn(move || run(&provider, &kubeconfig, time, interrupts))
        };
        let running: Vec<_> = targets.iter().map(run).collect();
        let answers = running.into_iter().map(std::thread::ScopedJoinHandle::join);
        answers.map(|answer| answer.unwrap_or_else(|_| Err("nobody waited for its command".to_owned()))).collect()
    })
}

/// Runs one. It sees our environment but for `KUBECONFIG`, and no terminal. Of its words only the last complaint is
/// passed on, when it fails; whoever shows it has to make it harmless.
fn run(provider: &Provider, kubeconfig: &Path, time: Duration, interrupts: &Interrupts) -> Result<(), String> {
    let name = provider.program();
    let mut command = Command::new(name);
    command
        .args(provider.arguments(&kubeconfig.to_string_lossy()))
        .env("KUBECONFIG", kubeconfig)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    // Such programs are often scripts that start the real one: a group of its own can be ended as a whole.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("{name} is not installed, or not in PATH"),
        _ => format!("{name} cannot be run: {error}"),
    })?;
    let words = listen(&mut child);
    let until = Instant::now() + time;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => {
                // What it has started may hold the pipe open; nobody waits for that.
                let said = words.recv_timeout(Duration::from_secs(1)).unwrap_or_default();
                let said = complaint(&said).map(|said| format!(": {said}")).unwrap_or_default();
                return Err(format!("{name} failed with {status}{said}"));
            }
            Ok(None) if interrupts.is_over() => {
                end(&mut child);
                return Err(format!("{name} was interrupted"));
            }
            Ok(None) if Instant::now() >= until => {
                end(&mut child);
                return Err(format!("{name} took longer than {} s", time.as_secs()));
            }
            Ok(None) => sleep(TICK),
            Err(error) => {
                end(&mut child);
                return Err(format!("{name}: {error}"));
            }
        }
    }
}

fn listen(child: &mut Child) -> Receiver<Vec<u8>> {
    let (send, receive) = mpsc::channel();
    if let Some(output) = child.stderr.take() {
        std::thread::spawn(move || {
            let mut said = Vec::new();
            let mut output = output;
            let _ = output.by_ref().take(LARGEST).read_to_end(&mut said);
            let _ = send.send(said);
            // It must not wait for a reader of the rest.
            let _ = std::io::copy(&mut output, &mut std::io::sink());
        });
    }
    receive
}

/// The last line that says why it ended, not too much of it. Anything else might be a piece of what it wrote.
fn complaint(said: &[u8]) -> Option<String> {
    let said = String::from_utf8_lossy(said);
    let line = said.lines().map(str::trim).rfind(|line| COMPLAINTS.iter().any(|start| line.starts_with(start)))?;
    let mut kept: String = line.chars().take(MOST).collect();
    if kept.len() < line.len() {
        kept.push('…');
    }
    Some(kept)
}

/// Ends it, with everything that it has started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Signals that end a run: held while there is something to clear away.
#[cfg(unix)]
mod interrupts {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::flag;

    pub(super) struct Interrupts {
        seen: Arc<AtomicBool>,
        /// Whether signals do what they always do.
        is_idle: Arc<AtomicBool>,
    }

    impl Interrupts {
        /// Holds them until it is dropped.
        pub(super) fn hold() -> Self {
            let held = Self { seen: Arc::default(), is_idle: Arc::default() };
            for signal in [SIGHUP, SIGINT, SIGTERM] {
                // Where it cannot be held, it does what it always does.
                let _ = flag::register_conditional_default(signal, Arc::clone(&held.is_idle));
                let _ = flag::register(signal, Arc::clone(&held.seen));
            }
            held
        }

        /// Whether one came.
        pub(super) fn is_over(&self) -> bool {
            self.seen.load(Ordering::Relaxed)
        }
    }

    impl Drop for Interrupts {
        fn drop(&mut self) {
            self.is_idle.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(not(unix))]
mod interrupts {
    pub(super) struct Interrupts;

    impl Interrupts {
        pub(super) fn hold() -> Self {
            Self
        }

        pub(super) fn is_over(&self) -> bool {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, complaint};

    #[test]
    fn only_complaints_are_passed_on() {
        assert_eq!(complaint(b"token: canary\n"), None);
        assert_eq!(complaint(b"ERROR: one\nERROR: two\n  canary\n").as_deref(), Some("ERROR: two"));
        assert_eq!(complaint(&b"ERROR: x".repeat(1000)).unwrap().chars().count(), MOST + 1);
    }
}
