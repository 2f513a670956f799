//! The prologue that all commands share: paths → judged files.

use std::path::PathBuf;

use rayon::prelude::*;

use super::unreadable;
use crate::formats::Detection;
use crate::io::Io;
use crate::judge::{self, Models, Options};
use crate::model::verdict::Kind;
use crate::report::Judged;
use crate::source::SourceMap;
use crate::source::encoding::{Broken, Decoded, Guess};
use crate::source::load::{self, Content, LoadError, Origin, Place, Problem, Target};

/// All inputs of a run, each in exactly one of the lists, in the order of the input.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// What was judged.
    pub(super) judged: Vec<Judged>,
    /// What is plainly no configuration.
    pub(super) skipped: Vec<Skipped>,
    /// What could not be read.
    pub(super) errors: Vec<LoadError>,
}

/// A file that was passed over.
#[derive(Debug)]
pub(super) struct Skipped {
    /// The path as the user wrote it.
    pub(super) path: String,
    /// How the user came to name it.
    pub(super) origin: Origin,
    /// Why, to follow "passed over: ".
    pub(super) why: String,
}

enum Answer {
    Judged(Judged),
    Skipped(Skipped),
    Failed(LoadError),
}

/// Reads and judges all files behind the paths, several at a time. Without `kind`, files that are
/// plainly no configuration are passed over.
pub(super) fn judge_all(paths: &[PathBuf], kind: Option<Kind>, options: &Options, io: &mut Io<'_>) -> Batch {
    let (targets, errors) = load::expand(paths);
    let answers: Vec<Option<Answer>> = targets
        .par_iter()
        .map(|target| match &target.place {
            Place::File(path) => Some(answer(target, load::read_file(path), kind, options)),
            Place::Stdin => None,
        })
        .collect();
    let mut batch = Batch { errors, ..Batch::default() };
    for (target, answered) in targets.iter().zip(answers) {
        batch.take(answered.unwrap_or_else(|| answer(target, load::read_stdin(io.stdin), kind, options)));
    }
    batch
}

/// Reads and judges files of values that make one deployment. When one of them cannot be read, the others alone would be
/// another deployment.
pub(super) fn judge_layers(paths: &[PathBuf], options: &Options, io: &mut Io<'_>) -> Batch {
    let mut batch = Batch::default();
    let mut sources = SourceMap::new();
    let mut ids = Vec::new();
    let kind = Some(Kind::HelmValues);
    for path in paths {
        let is_stdin = path.as_os_str() == "-";
        let place = if is_stdin { Place::Stdin } else { Place::File(path.clone()) };
        match if is_stdin { load::read_stdin(io.stdin) } else { load::read_file(path) } {
            Err(error) => batch.errors.push(error),
            Ok(Content::TooLarge(size)) => batch.judged.push(unreadable::too_large(place.name(), size, kind)),
            Ok(Content::Read(Decoded::Utf8(text) | Decoded::Utf16(text, _))) => {
                ids.push(sources.add(place.name(), text));
            }
            Ok(Content::Read(Decoded::Broken(broken))) => {
                batch.judged.push(unreadable::not_utf8(place.name(), &broken, Kind::HelmValues));
            }
        }
    }
    if let (true, Some(last)) = (ids.len() == paths.len(), ids.last()) {
        let path = sources.file(*last).name().to_owned();
        let judgement = judge::judge_layers(&mut sources, &ids, options);
        batch.judged.push(slim(Judged { path, sources, judgement }, options));
    }
    batch
}

impl Batch {
    /// Both one after the other.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.judged.extend(other.judged);
        self.skipped.extend(other.skipped);
        self.errors.extend(other.errors);
        self
    }

    fn take(&mut self, answer: Answer) {
        match answer {
            Answer::Judged(judged) => self.judged.push(judged),
            Answer::Skipped(skipped) => self.skipped.push(skipped),
            Answer::Failed(error) => self.errors.push(error),
        }
    }
}

fn answer(target: &Target, read: Result<Content, LoadError>, kind: Option<Kind>, options: &Options) -> Answer {
    match read {
        Err(error) => Answer::Failed(error),
        Ok(Content::TooLarge(size)) => Answer::Judged(unreadable::too_large(target.place.name(), size, kind)),
        Ok(Content::Read(Decoded::Utf8(text))) => judge(target, text, kind, options),
        Ok(Content::Read(Decoded::Utf16(text, mark))) => match judge(target, text, kind, options) {
            Answer::Judged(judged) => Answer::Judged(unreadable::from_utf16(judged, mark)),
            other => other,
        },
        Ok(Content::Read(Decoded::Broken(broken))) => judge_broken(target, &broken, kind, options),
    }
}

fn judge(target: &Target, text: String, kind: Option<Kind>, options: &Options) -> Answer {
    let path = target.place.name();
    let mut sources = SourceMap::new();
    let id = sources.add(path.clone(), text);
    let judged = |judgement, sources| slim(Judged { path: target.place.name(), sources, judgement }, options);
    match judge::judge(&mut sources, id, kind, options) {
        Ok(judgement) => Answer::Judged(judged(judgement, sources)),
        Err(Detection::Ambiguous(kinds)) => {
            let (why, hint) = Detection::doubt(&kinds);
            Answer::Failed(LoadError { path, problem: Problem::Unclear(why, hint) })
        }
        // Whoever names a template wants to hear that it is one; a folder of a chart is full of them.
        Err(Detection::Template) if target.origin == Origin::Named => {
            let text = sources.file(id).text().to_owned();
            judge(target, text, Some(Kind::Master), options)
        }
        Err(detection) => Answer::Skipped(Skipped { path, origin: target.origin, why: why(detection) }),
    }
}

/// A further text of a file that was judged, judged as the first one was.
pub(super) fn judge_again(first: &Judged, text: &str, options: &Options) -> Option<Judged> {
    let mut sources = SourceMap::new();
    let id = sources.add(first.path.clone(), text);
    let judgement = judge::judge(&mut sources, id, Some(first.judgement.kind), options).ok()?;
    Some(Judged { path: first.path.clone(), sources, judgement })
}

/// Whoever names a file that is no text wants to hear of it; in a folder only one matters that looks
/// like a configuration apart from the misfit, or may be one in an encoding that hides it.
fn judge_broken(target: &Target, broken: &Broken, kind: Option<Kind>, options: &Options) -> Answer {
    match (judge(target, broken.stand_in.clone(), kind, options), target.origin) {
        (Answer::Skipped(skipped), Origin::Walked) if !is_wide(broken.guess) => Answer::Skipped(skipped),
        (Answer::Judged(Judged { judgement, .. }), _) => {
            Answer::Judged(unreadable::not_utf8(target.place.name(), broken, judgement.kind))
        }
        (Answer::Skipped(_) | Answer::Failed(_), _) => {
            Answer::Judged(unreadable::not_utf8(target.place.name(), broken, Kind::Master))
        }
    }
}

fn is_wide(guess: Guess) -> bool {
    matches!(guess, Guess::Utf16 | Guess::Utf32)
}

fn why(detection: Detection) -> String {
    match detection {
        Detection::None(why) | Detection::Plain(_, why) | Detection::Likely(_, why) => why,
        Detection::Template => "it is a template that has not been rendered".to_owned(),
        Detection::Ambiguous(_) => "its kind cannot be told".to_owned(),
    }
}

/// A text that no finding and no message points into is not kept, so that memory grows with what there
/// is to report and not with what was read.
fn slim(mut judged: Judged, options: &Options) -> Judged {
    let judgement = &judged.judgement;
    let silent = judgement.configurations.iter().all(|configuration| configuration.messages.is_empty());
    // Whoever keeps the model goes on with the text.
    let silent = silent && options.models == Models::Dropped;
    if judgement.findings.is_empty() && judgement.suppressed.is_empty() && silent {
        judged.sources = SourceMap::new();
        judged.judgement.secrets = Vec::new();
    }
    judged
}
