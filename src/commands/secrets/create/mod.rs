//! `detctl secrets create`: plan, look at every cluster, make identities, try them out, store.

mod arguments;
mod carry_out;
mod copying;
mod fixed;
mod leads;
mod leg;
mod manifests;
mod pull;
mod rotating;
mod survey;
mod values_file;
mod wanted;

use std::io::BufRead as _;

pub(super) use arguments::{Arguments, DryRun, Run, Target};
use carry_out::{Course, carry_out, hand_over};
use survey::{Surveyed, survey};
use values_file::ValuesFile;
use wanted::{All, wanted};

use super::ListFormat;
use super::access::{Contexts, Exec, Used};
use crate::cluster::Writing;
use crate::commands::live;
use crate::credentials::secret::Stored;
use crate::error::{Error, Outcome};
use crate::io::{Io, Peer};
use crate::report::secrets::create::{self as report, Planned, Values};

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    manifests::prepare(arguments, io)?;
    let exec = if arguments.run.no_exec { Exec::Never } else { Exec::Run };
    let contexts = Contexts::read(arguments.run.kubeconfig.as_ref(), exec, arguments.run.timeout, io)?;
    contexts.warn(io);
    let mut all = wanted(arguments, &contexts, io)?;
    let path = arguments.stored.write_values.as_deref();
    let file = path.map(|path| ValuesFile::prepare(path, &values(&all))).transpose()?;
    let default = contexts.take(&arguments.target.default_context, io)?;
    let seen = survey(arguments, &mut all, &default, io.now)
        .map_err(|failure| live::unreadable("default cluster", &failure))?;
    // What never changes has got its name by now.
    let file = path.map(|path| ValuesFile::prepare(path, &values(&all))).transpose()?.or(file);
    let show = Show { arguments, all: &all, seen: &seen, file: file.as_ref(), now: io.now };
    if arguments.run.format == ListFormat::Human {
        show.plan(io)?;
    }
    if show.is_blocked() {
        return show.end(&Course::default(), Outcome::No, io);
    }
    if arguments.stored.output.is_some() {
        return show.print(&default, io);
    }
    let is_done = seen.entries.iter().flatten().all(crate::credentials::plan::Entry::is_done);
    if is_done {
        return show.end(&Course::nothing(&all), Outcome::Success, io);
    }
    let writing = match arguments.run.dry_run {
        Some(DryRun::Client) => return show.end(&Course::default(), Outcome::Success, io),
        Some(DryRun::Server) => Writing::Dry,
        None => Writing::Real,
    };
    if writing == Writing::Real && !arguments.run.yes && !agreed("--dry-run=client", io)? {
        io.note("note", "nothing was written");
        return Ok(Outcome::No);
    }
    let (course, outcome) = carry_out(arguments, &all, &seen, &default, writing, io.now);
    show.end(&course, outcome, io)
}

/// Asks whoever sits at the terminal.
pub(super) fn agreed(plan: &str, io: &mut Io<'_>) -> Result<bool, Error> {
    if io.stdin_peer != Peer::Terminal || io.stderr_peer != Peer::Terminal {
        let hint = format!("add --yes to go on without being asked, or {plan} to see the plan only");
        return Err(Error::with_hint("nobody can be asked whether to go on", Some(hint)));
    }
    // The plan is on standard output, and has to be seen first.
    io.stdout.flush()?;
    write!(io.stderr, "\nGo on? [y/N] ")?;
    io.stderr.flush()?;
    let mut answer = String::new();
    std::io::BufReader::new(&mut *io.stdin).read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// What there is to show.
struct Show<'a> {
    arguments: &'a Arguments,
    all: &'a All,
    seen: &'a Surveyed,
    file: Option<&'a ValuesFile>,
    now: i64,
}

/// What the chart's values have to say of each cluster.
fn values(all: &All) -> Vec<Values> {
    let value = |one: &wanted::Prepared| Values {
        index: one.wanted.index,
        cluster_name: one.wanted.owner.cluster.clone(),
        kubeconfig_secret_name: one.wanted.secret.clone(),
        kubeconfig_secret_value: one.wanted.key.clone(),
    };
    all.clusters.iter().map(value).collect()
}

impl Show<'_> {
    /// The manifests, in place of writing them.
    fn print(&self, default: &Used, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let Self { arguments, all, seen, .. } = *self;
        if !arguments.stored.show_secrets {
            manifests::show(arguments, all, seen, io)?;
            return Ok(Outcome::Success);
        }
        let mut take = |stored: &[Stored]| manifests::hand_over(arguments, stored, io);
        let (course, outcome) = hand_over(arguments, all, seen, default, self.now, &mut take);
        self.end(&course, outcome, io)
    }

    /// Says something, where it is in nobody's way.
    fn say(&self, text: &str, io: &mut Io<'_>) -> Result<(), Error> {
        let out = if self.arguments.stored.output.is_some() { &mut *io.stderr } else { &mut *io.stdout };
        Ok(out.write_all(text.as_bytes())?)
    }

    fn is_blocked(&self) -> bool {
        let is_blocked = |entry: &Result<crate::credentials::plan::Entry, crate::cluster::Failure>| match entry {
            Ok(entry) => entry.is_blocked(),
            Err(_) => true,
        };
        !self.seen.blocked.is_empty() || self.seen.entries.iter().any(is_blocked)
    }

    fn target(&self) -> report::Target<'_> {
        let target = &self.arguments.target;
        report::Target {
            context: &target.default_context,
            namespace: &target.namespace,
            release: &target.release,
            blocked: &self.seen.blocked,
        }
    }

    fn failures(&self) -> Vec<Option<String>> {
        self.seen.entries.iter().map(|entry| entry.as_ref().err().map(crate::cluster::Failure::told)).collect()
    }

    fn planned<'b>(&'b self, failures: &'b [Option<String>]) -> Vec<Planned<'b>> {
        let clusters = self.all.clusters.iter().zip(&self.seen.entries).zip(failures);
        clusters
            .map(|((one, entry), failure)| Planned {
                cluster: &one.wanted.owner.cluster,
                context: &one.wanted.context,
                entry: entry.as_ref().map_err(|_| failure.as_deref().unwrap_or("")),
            })
            .collect()
    }

    fn plan(&self, io: &mut Io<'_>) -> Result<(), Error> {
        let failures = self.failures();
        let text = report::plan(&self.planned(&failures), &self.target());
        self.say(&text, io)
    }

    fn end(&self, course: &Course, outcome: Outcome, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let values = if course.is_stored() { values(self.all) } else { Vec::new() };
        let text = match self.arguments.run.format {
            ListFormat::Json => {
                let failures = self.failures();
                report::json(&self.planned(&failures), &self.target(), &course.done, &values)
                    .map_err(std::io::Error::from)?
            }
            ListFormat::Human => {
                let mut text = report::done(&course.done);
                for note in &course.notes {
                    text.push_str(&format!("  note: {}\n", crate::report::line(note)));
                }
                if course.is_stored() {
                    text.push_str(&report::values(&values));
                    text.push_str(&report::next(&self.target()));
                }
                text
            }
        };
        self.say(&text, io)?;
        match self.file {
            Some(file) if course.is_stored() => {
                let path = file.path().display().to_string();
                match file.write() {
                    Ok(true) => io.note("note", format!("{path} names the Secrets now")),
                    Ok(false) => io.note("note", format!("{path} names the Secrets already")),
                    Err(error) => {
                        // The Secrets are there: the same run again does what is left.
                        io.complain(&error);
                        return Ok(Outcome::Partial);
                    }
                }
            }
            _ => {}
        }
        Ok(outcome)
    }
}
