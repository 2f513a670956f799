//! `detctl secrets rotate`: new credentials in place of those that are stored, and the old ones taken back in time.
//!
//! What has to be taken back is noted at the Secret in the same write that stores the new credential. So a run can be killed
//! anywhere, and the next one goes on: before the write it makes a credential anew and takes the one that was left behind back; after
//! it, it makes none and only finishes.

mod arguments;
mod carry_out;
mod scene;
mod settle;

pub(super) use arguments::{Arguments, Rotation};
use carry_out::{Course, Trip};
use scene::{Scene, Turn, look};

use super::ListFormat;
use super::access::{Contexts, Exec};
use super::create::{DryRun, agreed};
use crate::credentials::record::Former;
use crate::error::{Error, Outcome};
use crate::io::Io;
use crate::report::secrets::rotate::{self as report, Master, Planned, Stage, Target, Task};

pub(super) fn run(arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let exec = if arguments.run.no_exec { Exec::Never } else { Exec::Run };
    let contexts = Contexts::read(arguments.run.kubeconfig.as_ref(), exec, arguments.run.timeout, io)?;
    contexts.warn(io);
    let default = contexts.take(&arguments.target.default_context, io)?;
    let scene = match look(arguments, &contexts, &default, io)? {
        Ok(scene) => scene,
        Err(missing) => {
            io.complain(&missing);
            return Ok(Outcome::No);
        }
    };
    let show = Show { arguments, scene: &scene };
    if arguments.run.format == ListFormat::Human {
        let text = show.with_plan(report::plan);
        io.stdout.write_all(text.as_bytes())?;
    }
    let nothing = |outcome| Course { done: Vec::new(), notes: Vec::new(), outcome };
    if !scene.blocked.is_empty() || scene.turns.iter().any(Turn::is_blocked) {
        return show.end(&nothing(Outcome::No), io);
    }
    let trip = Trip::new(arguments, &default, &scene, io.now);
    match arguments.run.dry_run {
        Some(DryRun::Client) => return show.end(&nothing(Outcome::Success), io),
        Some(DryRun::Server) => return show.end(&trip.try_out(), io),
        None => {}
    }
    if !arguments.run.yes && !agreed("--dry-run=client", io)? {
        io.note("note", "nothing was written");
        return Ok(Outcome::No);
    }
    let mut trip = trip;
    let course = match trip.renew() {
        Ok(()) => trip.settle(io),
        Err(outcome) => trip.end(outcome),
    };
    show.end(&course, io)
}

/// What there is to show.
struct Show<'a> {
    arguments: &'a Arguments,
    scene: &'a Scene,
}

impl Show<'_> {
    fn target(&self) -> Target<'_> {
        let (target, turn) = (&self.arguments.target, &self.arguments.turn);
        Target {
            context: &target.default_context,
            namespace: &target.namespace,
            release: &target.release,
            blocked: &self.scene.blocked,
            master: match (turn.revoke, turn.restart) {
                (true, _) => Master::Ignore,
                (false, true) => Master::Restart,
                (false, false) => Master::Watch,
            },
        }
    }

    fn with_plan<T>(&self, write: impl FnOnce(&[Planned<'_>], &Target<'_>) -> T) -> T {
        let old: Vec<Vec<Former>> = self.scene.turns.iter().map(old).collect();
        let planned: Vec<Planned<'_>> =
            self.scene.turns.iter().zip(&old).map(|(turn, old)| planned(turn, old)).collect();
        write(&planned, &self.target())
    }

    fn end(&self, course: &Course, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let text = match self.arguments.run.format {
            ListFormat::Json => self
                .with_plan(|planned, target| report::json(planned, target, &course.done, &course.notes))
                .map_err(std::io::Error::from)?,
            ListFormat::Human => {
                let mut text = report::done(&course.done);
                for note in &course.notes {
                    text.push_str(&format!("  note: {}\n", crate::report::line(note)));
                }
                if course.done.iter().any(|done| matches!(done.result, Ok(Stage::Stored(_)))) {
                    text.push_str(&report::next(&self.target()));
                }
                text
            }
        };
        io.stdout.write_all(text.as_bytes())?;
        Ok(course.outcome)
    }
}

/// The credentials that are to be taken back.
fn old(turn: &Turn) -> Vec<Former> {
    match turn.task {
        Task::Renew => turn.record.replaced(),
        Task::Finish => turn.record.previous.clone(),
    }
}

fn planned<'a>(turn: &'a Turn, old: &'a [Former]) -> Planned<'a> {
    Planned {
        cluster: &turn.owner.cluster,
        context: &turn.context,
        server: turn.opened.as_ref().map(|opened| opened.server().to_string()).unwrap_or_default(),
        secret: turn.kept.name(),
        key: &turn.record.key,
        task: turn.task,
        token_file: turn.file.as_ref().map(|file| file.path.as_str()),
        is_live: turn.file.as_ref().is_some_and(|file| !file.since.is_empty()),
        old: old.iter().map(|former| former.credential.as_str()).collect(),
        orphans: turn.orphans.iter().map(|hold| hold.reference.title()).collect(),
        outcomes: &turn.outcomes,
        blocked: &turn.blocked,
        notes: &turn.notes,
    }
}
