//! What to say of files that opened and are no text that can be judged.

use crate::diagnostic::{Effect, Finding, Label, Severity};
use crate::judge::Judgement;
use crate::model::verdict::{Configuration, Kind, Phase, Verdict};
use crate::report::Judged;
use crate::rules;
use crate::source::encoding::{Broken, Guess, utf8_error};
use crate::source::load::LIMIT;
use crate::source::{SourceId, SourceMap, Span};

/// A file beyond [`LIMIT`]: what its reader makes of it stays unknown.
pub(super) fn too_large(path: String, size: Option<u64>, kind: Option<Kind>) -> Judged {
    const MIB: u64 = 1024 * 1024;
    let size = size.map_or_else(String::new, |size| format!(" ({} MiB)", size / MIB));
    let finding = Finding {
        rule: "file-too-large",
        severity: Severity::Error,
        effect: Effect::Degrades,
        message: format!(
            "the file is larger{size} than the {} MiB that detctl reads, so it was not checked",
            LIMIT / MIB
        ),
        labels: Vec::new(),
        help: Some("a configuration has some kilobytes: is this the right file?".into()),
        facts: &[],
        fix: None,
        load: None,
    };
    let configuration = configuration(Verdict::Unknown, Vec::new());
    let judgement = judgement(kind.unwrap_or(Kind::Master), configuration, finding);
    Judged { path, sources: SourceMap::new(), judgement }
}

/// A file whose bytes are no characters. go-yaml stops there, and so do Helm, which reads with the same
/// library, and Python.
pub(super) fn not_utf8(path: String, broken: &Broken, kind: Kind) -> Judged {
    let mut sources = SourceMap::new();
    let id = sources.add(path.clone(), broken.stand_in.clone());
    let span = Span::new(id, broken.offset, broken.offset + broken.len);
    let (verdict, messages) = match kind {
        Kind::Master => (
            Verdict::Refuses,
            vec![format!(
                "unmarshalling yaml configuration file: error converting YAML to JSON: yaml: {}",
                broken.go_yaml
            )],
        ),
        Kind::HelmValues => (Verdict::HelmFails, Vec::new()),
        Kind::Devcluster => (Verdict::DevclusterFails, broken.python.iter().cloned().collect()),
    };
    let finding = Finding {
        rule: "not-utf8",
        severity: Severity::Error,
        effect: Effect::Refuses,
        message: format!("the file is not UTF-8: byte {} fits no character", broken.offset),
        labels: vec![Label { span, text: "the first byte that does not fit".into(), primary: true }],
        help: Some(help(broken.guess).into()),
        facts: facts("not-utf8"),
        fix: None,
        load: None,
    };
    let mut judgement = judgement(kind, configuration(verdict, messages), finding);
    judgement.cover(&sources);
    Judged { path, sources, judgement }
}

/// UTF-16 behind a byte order mark is legal YAML, and go-yaml reads it; hardly anything else on the way
/// of a configuration does, and devcluster ends at the mark, whose first byte is `mark`.
pub(super) fn from_utf16(mut judged: Judged, mark: u8) -> Judged {
    if judged.judgement.kind == Kind::Devcluster {
        let broken = Broken {
            stand_in: String::new(),
            offset: 0,
            len: 0,
            go_yaml: "",
            python: utf8_error(&[mark]),
            guess: Guess::Utf16,
        };
        return not_utf8(judged.path, &broken, Kind::Devcluster);
    }
    if judged.sources.iter().next().is_none() {
        judged.sources.add(judged.path.clone(), "");
    }
    let Some(id) = judged.sources.iter().next().map(|(id, _)| id) else {
        return judged;
    };
    judged.sources.mark_utf16(id);
    judged.judgement.findings.push(utf16_finding(id));
    judged
}

fn utf16_finding(id: SourceId) -> Finding {
    Finding {
        rule: "not-utf8",
        severity: Severity::Warning,
        effect: Effect::Degrades,
        message: "the file is UTF-16; the master reads it, but kubectl, Helm templates and most editors do not"
            .to_owned(),
        labels: vec![Label { span: Span::empty(id, 0), text: "".into(), primary: true }],
        help: Some("save it as UTF-8".into()),
        facts: facts("not-utf8"),
        fix: None,
        load: None,
    }
}

fn facts(rule: &str) -> &'static [&'static str] {
    rules::find(rule).map_or(&[], |rule| rule.facts)
}

fn help(guess: Guess) -> String {
    let what = guess.as_str();
    match guess {
        Guess::Binary => format!("it looks like {what}: is this the right file?"),
        Guess::CutOff => format!("it looks like {what}: fetch it again"),
        Guess::Utf16 | Guess::Utf32 | Guess::SingleByte => {
            format!("it looks like {what}: save it as UTF-8")
        }
    }
}

fn configuration(verdict: Verdict, messages: Vec<String>) -> Configuration {
    let phase = if verdict == Verdict::DevclusterFails { Phase::Yaml } else { Phase::Parse };
    Configuration { stage: None, verdict, phase, messages, resolved: None }
}

fn judgement(kind: Kind, configuration: Configuration, finding: Finding) -> Judgement {
    Judgement {
        kind,
        configurations: vec![configuration],
        findings: vec![finding],
        suppressed: Vec::new(),
        models: Vec::new(),
        secrets: Vec::new(),
        why_kind: "it cannot be read, so its kind is a guess".to_owned(),
    }
}
