//! Child processes that end with us, whatever ends us.
//!
//! A plane that is dropped, also by a panic, ends its processes itself. For a run that is interrupted or
//! killed there is a guardian: a shell that holds the other end of a pipe. It is told the id of each
//! process; when the pipe closes, it ends those processes, removes the folder and goes.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};

const GUARDIAN: &str = r#"
trap '' INT TERM HUP QUIT
started=
while read -r word; do
  case $word in forget) started= ;; *) started="$started $word" ;; esac
done
[ -z "$started" ] || kill -KILL $started 2>/dev/null
for wait in 0.1 0.5 1; do
  rm -rf "$1" 2>/dev/null && break
  sleep $wait
done
"#;

/// Processes that were started for one plane, and its folder.
pub(crate) struct Processes {
    guardian: Child,
    words: Option<ChildStdin>,
    children: Vec<(String, Child)>,
}

impl Processes {
    /// None yet. The folder is removed when we are gone.
    pub(crate) fn new(folder: &Path) -> Self {
        let mut guardian = Command::new("sh")
            .args(["-c", GUARDIAN, "guardian"])
            .arg(folder)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let words = guardian.stdin.take();
        Self { guardian, words, children: Vec::new() }
    }

    /// Starts a program; what it says goes to `NAME.log` in the folder.
    pub(crate) fn start(&mut self, name: &str, program: &Path, arguments: &[String], folder: &Path) {
        let log = File::create(folder.join(format!("{name}.log"))).unwrap();
        let child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .env("HOME", folder)
            .process_group(0)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        self.say(&child.id().to_string());
        self.children.push((name.to_owned(), child));
    }

    /// The name of a process that has ended by itself.
    pub(crate) fn ended<'a>(&'a mut self) -> Option<&'a str> {
        let ended = |(name, child): &'a mut (String, Child)| child.try_wait().unwrap().map(|_| name.as_str());
        self.children.iter_mut().find_map(ended)
    }

    /// The ids of all processes.
    pub(crate) fn ids(&self) -> Vec<u32> {
        self.children.iter().map(|(_, child)| child.id()).collect()
    }

    fn say(&mut self, word: &str) {
        if let Some(words) = &mut self.words {
            writeln!(words, "{word}").unwrap();
        }
    }
}

impl Drop for Processes {
    fn drop(&mut self) {
        // Nothing here outlives the plane, so nothing is asked to end in order.
        for (_, child) in self.children.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
        if let Some(words) = &mut self.words {
            let _ = writeln!(words, "forget");
        }
        self.words = None;
        let _ = self.guardian.wait();
    }
}
