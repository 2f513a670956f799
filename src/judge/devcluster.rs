//! A devcluster file: what devcluster says of it, and per master stage what the master says.

use super::follow;
use super::{Effective, Judgement, Model, Options, configuration, kept};
use crate::diagnostic::Finding;
use crate::formats::devcluster::{self, Written};
use crate::formats::master;
use crate::model::verdict::{Configuration, Kind, Verdict};
use crate::rules::{self, Context, Sifted};
use crate::source::{SourceId, SourceMap, Span};

/// Judges a devcluster file. The configurations that devcluster would write are added to the sources.
pub(super) fn judge(sources: &mut SourceMap, id: SourceId, why_kind: String, options: &Options) -> Judgement {
    let outcome = devcluster::load(sources, id, &options.environment);
    let mut findings = rules::check_devcluster(&outcome.reading);
    let own = configuration(&findings, None);
    let mut secrets = outcome.secrets.clone();
    secrets.extend(outcome.reading.secrets.iter().copied());
    let mut configurations = Vec::new();
    let mut models = Vec::new();
    for written in &outcome.masters {
        let (configuration, found, model) = stage(sources, id, written, options, &mut secrets);
        models.extend(model.into_iter().map(|model| Model { configuration: configurations.len(), ..model }));
        configurations.push(configuration);
        findings.extend(found.into_iter().filter(|finding| !findings.contains(finding)).collect::<Vec<_>>());
    }
    if own.verdict != Verdict::Accepts || configurations.is_empty() {
        configurations = vec![own];
        models.clear();
    }
    let Sifted { shown, suppressed } = rules::suppress(sources, id, rules::as_python, findings);
    Judgement { kind: Kind::Devcluster, configurations, findings: shown, suppressed, models, secrets, why_kind }
}

/// One master stage: the master reads what devcluster writes, and what it says goes back into the devcluster file.
fn stage(
    sources: &mut SourceMap,
    id: SourceId,
    written: &Written,
    options: &Options,
    secrets: &mut Vec<Span>,
) -> (Configuration, Vec<Finding>, Vec<Model>) {
    let name = format!("{}.conf of {}", written.name, sources.file(id).name());
    let conf = sources.add(name, written.text.clone());
    let (tree, syntax) = master::read(conf, &written.text);
    let loaded = master::load(conf, &written.text, &tree, syntax, options.release);
    let context = Context::new(sources, &tree, &loaded);
    let findings = follow::check(&context, Kind::Devcluster, options);
    let hidden = loaded.secrets.iter().copied().chain(rules::misspelt_secrets(&context));
    secrets.extend(hidden.flat_map(|span| [span, written.origins.span(span)]));
    let wanted = loaded.config.as_ref().filter(|_| options.effective == Effective::Shown);
    let resolved = wanted.map(master::resolved::resolved);
    let mut configuration = configuration(&findings, resolved);
    configuration.stage = Some(written.name.clone());
    let findings = findings.into_iter().map(|finding| moved(sources, written, finding, conf)).collect();
    let model = kept(options, loaded.config.as_ref(), 0, Some((conf, written.origins.clone())));
    (configuration, findings, model)
}

/// A finding about the written configuration, at home in the devcluster file. What fell together on the way is marked
/// once, and quotes are not offered where devcluster took them away.
fn moved(sources: &SourceMap, written: &Written, finding: Finding, conf: SourceId) -> Finding {
    let mut finding = written.origins.finding(finding, conf);
    let mut places = Vec::new();
    finding.labels.retain(|label| {
        let is_new = !places.contains(&label.span);
        places.push(label.span);
        is_new
    });
    let is_retyped = finding.primary().is_some_and(|place| written.retyped.contains(&place));
    if is_retyped && finding.load.is_some() {
        finding.help = Some("choose another value: quotes do not survive devcluster".into());
        finding.fix = None;
    }
    match finding.primary().is_some_and(|place| sources.slice(place).contains('$')) {
        true => rules::explain_variable(finding),
        false => finding,
    }
}
