//! What a run reads from and writes to, passed in and never global.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal as _, Read, Write};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::error::Error;
use crate::redaction::{Redacting, Secrets};
use crate::report::{self, Project};

/// What is at the other end of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    /// A person at a terminal.
    Terminal,
    /// A file, a pipe or nothing.
    Other,
}

/// Whether to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColorChoice {
    /// As the environment wishes, else on terminals only.
    #[default]
    Auto,
    /// Colour.
    Always,
    /// Do not.
    Never,
}

/// What the environment says about colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorWish {
    /// Nothing.
    Unsaid,
    /// `CLICOLOR_FORCE` is set.
    Forced,
    /// `NO_COLOR` is set, or the terminal is dumb.
    Unwanted,
}

/// Whether anything is said besides the answer: notes, and on terminals how far things are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chatter {
    /// Yes.
    #[default]
    Wanted,
    /// No, with `--quiet`.
    Unwanted,
}

/// The streams of a run and what is known of their other ends.
pub struct Io<'a> {
    /// Read for `-`.
    pub stdin: &'a mut dyn Read,
    /// The product: reports, lists, scripts.
    pub stdout: &'a mut dyn Write,
    /// Notes and errors.
    pub stderr: &'a mut dyn Write,
    /// What standard input comes from.
    pub stdin_peer: Peer,
    /// What standard output goes to.
    pub stdout_peer: Peer,
    /// What standard error goes to.
    pub stderr_peer: Peer,
    /// What the environment says about colour.
    pub color_wish: ColorWish,
    /// Whether anything is said besides the answer.
    pub chatter: Chatter,
    /// Columns of the terminal; 80 where there is none.
    pub width: usize,
    /// The variables of the environment that are text.
    pub variables: Vec<(String, String)>,
    /// Secrets that the run has come to know; both output streams cover them.
    pub secrets: Secrets,
    /// Where the run takes place.
    pub project: Project,
    /// When it takes place, in seconds since 1970.
    pub now: i64,
}

impl<'a> Io<'a> {
    /// Streams with programs at their other ends, nothing in the environment, and the beginning of 1970.
    #[must_use]
    pub fn unattended(stdin: &'a mut dyn Read, stdout: &'a mut dyn Write, stderr: &'a mut dyn Write) -> Self {
        Self {
            stdin,
            stdout,
            stderr,
            stdin_peer: Peer::Other,
            stdout_peer: Peer::Other,
            stderr_peer: Peer::Other,
            color_wish: ColorWish::Unsaid,
            chatter: Chatter::default(),
            width: 80,
            variables: Vec::new(),
            secrets: Secrets::default(),
            project: Project::default(),
            now: 0,
        }
    }
}

impl Io<'_> {
    /// The same streams with another standard input.
    #[must_use]
    pub fn reading<'b>(&'b mut self, stdin: &'b mut dyn Read) -> Io<'b> {
        Io {
            stdin,
            stdout: &mut *self.stdout,
            stderr: &mut *self.stderr,
            secrets: self.secrets.clone(),
            project: self.project.clone(),
            variables: self.variables.clone(),
            ..*self
        }
    }

    /// A variable of the environment that is set to something.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// Whether to colour standard output.
    #[must_use]
    pub fn colors(&self, choice: ColorChoice) -> bool {
        self.colors_for(choice, self.stdout_peer)
    }

    /// Whether to colour standard error.
    #[must_use]
    pub fn colors_errors(&self, choice: ColorChoice) -> bool {
        self.colors_for(choice, self.stderr_peer)
    }

    fn colors_for(&self, choice: ColorChoice, peer: Peer) -> bool {
        match (choice, self.color_wish) {
            (ColorChoice::Always, _) | (ColorChoice::Auto, ColorWish::Forced) => true,
            (ColorChoice::Never, _) | (ColorChoice::Auto, ColorWish::Unwanted) => false,
            (ColorChoice::Auto, ColorWish::Unsaid) => peer == Peer::Terminal,
        }
    }

    /// Tells the user something that is not part of the product. A reader that went away does not
    /// matter here.
    pub fn note(&mut self, label: &str, text: impl Display) {
        let text = format!("{label}: {}", report::line(&text.to_string()));
        // A line each for programs; people see where it ends.
        let text = if self.stderr_peer == Peer::Terminal { report::wrapped(&text, self.width) } else { text };
        // In one piece: standard error is not buffered.
        let _ = self.stderr.write_all((text + "\n").as_bytes());
    }

    /// Tells what may be of use beside the answer, if that is wanted.
    pub fn remark(&mut self, text: impl Display) {
        if self.chatter == Chatter::Wanted {
            self.note("note", text);
        }
    }

    /// The same about a command to copy, which stays one line on terminals, too.
    pub fn instruct(&mut self, label: &str, command: impl Display) {
        let _ = self.stderr.write_all(format!("{label}: {}\n", report::line(&command.to_string())).as_bytes());
    }

    /// Tells what went wrong and how to go on.
    pub fn complain(&mut self, error: &Error) {
        let bold = self.colors_for(ColorChoice::Auto, self.stderr_peer);
        let (on, off) = if bold { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(self.stderr, "{on}error{off}: {}", report::line(&error.to_string()));
        if let Some(hint) = error.hint() {
            let _ = writeln!(self.stderr, "  help: {}", report::line(hint));
        }
    }
}

/// Runs something with the streams of this process.
pub fn with_process<T>(run: impl FnOnce(&mut Io<'_>) -> T) -> T {
    leave_no_core();
    let (stdin, stdout, stderr) = (io::stdin(), io::stdout(), io::stderr());
    let secrets = Secrets::default();
    let output = io::BufWriter::with_capacity(64 * 1024, stdout.lock());
    let mut output = Redacting::new(output, secrets.clone());
    let mut errors = Redacting::new(stderr.lock(), secrets.clone());
    let mut io = Io {
        stdin_peer: peer(stdin.is_terminal()),
        stdout_peer: peer(stdout.is_terminal()),
        stderr_peer: peer(stderr.is_terminal()),
        stdin: &mut stdin.lock(),
        stdout: &mut output,
        stderr: &mut errors,
        color_wish: color_wish(),
        chatter: Chatter::default(),
        width: width(),
        variables: env::vars_os()
            .filter_map(|(name, value)| name.into_string().ok().zip(value.into_string().ok()))
            .collect(),
        secrets: secrets.clone(),
        project: project(),
        now: now(),
    };
    let outcome = run(&mut io);
    drop(output);
    own_up(secrets.covered(), &mut errors);
    outcome
}

/// A process that crashes leaves all that it holds in a file, tokens and keys too; this one does not, nor do programs
/// that it starts. Where the system does not let it, there is nothing else to do about it.
fn leave_no_core() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let limit = Rlimit { current: Some(0), ..getrlimit(Resource::Core) };
        let _ = setrlimit(Resource::Core, limit);
    }
    // The limit does not count for a program that takes dumps in.
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

/// Something that is secret was on its way out. In builds for tests no run goes well after that.
fn own_up(covered: usize, errors: &mut dyn Write) {
    if covered > 0 {
        let _ =
            writeln!(errors, "error: something secret was about to be shown and was covered; this is a bug in detctl");
        debug_assert_eq!(covered, 0, "something secret was about to be shown");
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0)
}

fn peer(is_terminal: bool) -> Peer {
    if is_terminal { Peer::Terminal } else { Peer::Other }
}

/// The conventions of no-color.org and bixense.com/clicolors.
fn color_wish() -> ColorWish {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    if set("NO_COLOR") {
        ColorWish::Unwanted
    } else if forced {
        ColorWish::Forced
    } else if env::var_os("TERM").is_some_and(|value| value == "dumb") {
        ColorWish::Unwanted
    } else {
        ColorWish::Unsaid
    }
}

/// GitHub and GitLab tell where the checkout is; their reports want paths from there, wherever a step runs.
fn project() -> Project {
    let tops = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"];
    let top = tops.into_iter().filter_map(env::var_os).map(PathBuf::from).find(|top| top.is_absolute());
    Project { here: env::current_dir().ok(), top }
}

fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or(seen).unwrap_or(80).clamp(40, 400)
}

#[cfg(test)]
mod tests {
    use super::{ColorChoice, ColorWish, Io, Peer};

    #[test]
    fn a_note_is_one_line_for_programs_and_fits_a_terminal() {
        let text = "resource manager \"west\": no address of the master; give --master-host and --master-port";
        for (stderr_peer, expected) in [
            (Peer::Other, format!("warning: {text}\n")),
            (
                Peer::Terminal,
                "warning: resource manager \"west\": no\n  address of the master; give\n  --master-host and --master-port\n"
                    .to_owned(),
            ),
        ] {
            let mut stderr = Vec::new();
            let (mut stdin, mut stdout) = (std::io::empty(), Vec::new());
            let io = Io::unattended(&mut stdin, &mut stdout, &mut stderr);
            let mut io = Io { stderr_peer, width: 42, ..io };
            io.note("warning", text);
            io.instruct("note", text);
            let said = String::from_utf8(stderr).unwrap();
            assert_eq!(said, format!("{expected}note: {text}\n"));
            let notes = said.lines().take(said.lines().count() - 1);
            assert!(stderr_peer == Peer::Other || notes.into_iter().all(|line| line.chars().count() <= 42), "{said}");
        }
    }

    #[test]
    fn colour_follows_the_flag_then_the_environment_then_the_terminal() {
        use ColorChoice::{Always, Auto, Never};
        use ColorWish::{Forced, Unsaid, Unwanted};
        let table = [
            (Auto, Unsaid, Peer::Terminal, true),
            (Auto, Unsaid, Peer::Other, false),
            (Auto, Forced, Peer::Other, true),
            (Auto, Unwanted, Peer::Terminal, false),
            (Always, Unwanted, Peer::Other, true),
            (Never, Forced, Peer::Terminal, false),
        ];
        for (choice, color_wish, stdout_peer, expected) in table {
            let (mut stdin, mut stdout, mut stderr) = (std::io::empty(), Vec::new(), Vec::new());
            let io = Io::unattended(&mut stdin, &mut stdout, &mut stderr);
            let io = Io { stdout_peer, color_wish, ..io };
            assert_eq!(io.colors(choice), expected, "{choice:?} {color_wish:?} {stdout_peer:?}");
        }
    }
}
