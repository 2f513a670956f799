//! `--fix` and `--diff`: mending what was judged, and where the mended texts go.

use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::load::{self, Batch};
use crate::diagnostic::Applicability;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::judge::Options;
use crate::mend::{Mended, Task};
use crate::report::{self, Judged, Selection, Style};
use crate::source::load::{LIMIT, STDIN};
use crate::source::save;

/// What to do about findings besides reporting them.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("mending").args(["fix", "diff"]).multiple(true)))]
pub(super) struct Fixes {
    /// Mend what can be mended safely, and write the files; of - the mended text is printed
    #[arg(long)]
    fix: bool,
    /// With --fix or --diff: also mend by good guesses
    #[arg(long, requires = "mending")]
    unsafe_fixes: bool,
    /// Print what --fix would change as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
}

/// What a run does about findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// Reports them.
    Check,
    /// Shows what fixes would change.
    Diff(Applicability),
    /// Writes what fixes change.
    Fix(Applicability),
}

impl Fixes {
    /// A diff writes nothing, even beside `--fix`.
    pub(super) fn mode(&self) -> Mode {
        let level = if self.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
        match (self.diff, self.fix) {
            (true, _) => Mode::Diff(level),
            (false, true) => Mode::Fix(level),
            (false, false) => Mode::Check,
        }
    }
}

/// Standard input that will be printed again: kept byte for byte, for the case that nothing can be mended.
#[derive(Debug)]
pub(super) struct Piped {
    bytes: Vec<u8>,
}

impl Piped {
    /// Reads it, when fixes are written and it is among the paths.
    ///
    /// # Errors
    /// Several files of values that make one deployment are not mended.
    pub(super) fn read(
        mode: &Mode,
        paths: &[PathBuf],
        layers: &[PathBuf],
        io: &mut Io<'_>,
    ) -> Result<Option<Self>, Error> {
        if *mode != Mode::Check && layers.len() > 1 {
            let hint = "name the files one by one, without -f".to_owned();
            return Err(Error::with_hint("several files of values at once are not mended", Some(hint)));
        }
        if !matches!(mode, Mode::Fix(_)) || !paths.iter().chain(layers).any(|path| path == Path::new("-")) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&mut *io.stdin).take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(Error::with_hint("standard input is larger than what detctl reads (64 MiB)", None));
        }
        Ok(Some(Self { bytes }))
    }

    pub(super) fn stdin(&self) -> &[u8] {
        &self.bytes
    }
}

/// What came of mending.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Done {
    /// Findings that are gone.
    pub(super) findings: usize,
    /// Files that could not be written.
    pub(super) unwritten: usize,
}

/// What mending depends on.
pub(super) struct Run<'a> {
    pub(super) selection: &'a Selection,
    pub(super) options: &'a Options,
    pub(super) style: &'a Style,
}

impl Run<'_> {
    /// Mends the files and writes them.
    pub(super) fn fix(
        &self,
        batch: &mut Batch,
        level: Applicability,
        piped: Option<&Piped>,
        io: &mut Io<'_>,
    ) -> Result<Done, Error> {
        let mut done = Done::default();
        let mut printed = piped.map(|piped| piped.bytes.clone());
        for judged in &mut batch.judged {
            let Some((before, mended)) = self.mend(judged, level) else { continue };
            self.tell(&judged.path, &mended, io);
            if mended.done.is_empty() {
                continue;
            }
            let Some(again) = load::judge_again(judged, &mended.text, self.options) else { continue };
            if judged.path == STDIN {
                printed = Some(mended.text.into_bytes());
            } else if let Err(error) = save::exchange(Path::new(&judged.path), &before, &mended.text) {
                done.unwritten += 1;
                io.complain(&Error::with_hint(format!("cannot write `{}`: {error}", judged.path), None));
                continue;
            }
            done.findings += mended.done.len();
            *judged = again;
        }
        if let Some(text) = printed {
            io.stdout.write_all(&text)?;
        }
        Ok(done)
    }

    /// Prints what would change.
    pub(super) fn diff(&self, batch: &Batch, level: Applicability, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let (mut findings, mut files) = (0, 0);
        for judged in &batch.judged {
            let Some((_, mended)) = self.mend(judged, level) else { continue };
            self.tell(&judged.path, &mended, io);
            if mended.done.is_empty() {
                continue;
            }
            let Some(again) = load::judge_again(judged, &mended.text, self.options) else { continue };
            findings += mended.done.len();
            files += 1;
            match report::diff::write(judged, &again, self.style.ink, io.stdout) {
                Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
                written => written?,
            }
        }
        if self.style.detail > report::Detail::Quiet {
            let s = |count| if count == 1 { "" } else { "s" };
            let text = format!("{findings} finding{} in {files} file{} would be fixed", s(findings), s(files));
            // Where both streams are one, the sentence stands below the diff.
            io.stdout.flush()?;
            io.note("note", text);
        }
        Ok(match (batch.errors.is_empty(), files) {
            (false, _) => Outcome::Failure,
            (true, 0) => Outcome::Success,
            (true, _) => Outcome::No,
        })
    }

    /// The text of a judged file and the same mended; `None` where there is nothing to mend, or no place to write.
    fn mend(&self, judged: &Judged, level: Applicability) -> Option<(String, Mended)> {
        // A file in UTF-16 would become one in UTF-8.
        let is_as_read = judged.judgement.findings.iter().all(|finding| finding.rule != "not-utf8");
        let is_fixable = judged.judgement.findings.iter().any(|finding| finding.fix.is_some());
        let (target, source) = judged.sources.iter().next().filter(|_| is_as_read && is_fixable)?;
        let again = |text: &str| load::judge_again(judged, text, self.options).map(|judged| judged.judgement);
        let task = Task { target, level, wants: &|rule| self.selection.shows(rule), judge: &again };
        let before = source.text().to_owned();
        let mended = task.mend(&before, judged.judgement.clone());
        Some((before, mended))
    }

    /// Which fixes were made, for those who want to know, and which were not.
    fn tell(&self, path: &str, mended: &Mended, io: &mut Io<'_>) {
        if self.style.detail >= report::Detail::Verbose {
            for (rule, title) in &mended.done {
                io.note("note", format_args!("{path}: {rule}: {title}"));
            }
        }
        if self.style.detail > report::Detail::Quiet {
            for (rule, title) in &mended.declined {
                let why = "the result would be no better";
                io.note("note", format_args!("{path}: {rule}: the fix \"{title}\" was left out, {why}"));
            }
        }
    }
}
