//! Values of the chart: judged as Helm and the master will take them, every finding in the author's own bytes.

use crate::diagnostic::{Edit, Ending, Finding, LoadFailure, Phase, Severity};
use crate::formats::helm_values::given::{self, Table};
use crate::formats::helm_values::{self, Blocks, Rendered, Request, Secrets, grafts, kubeconfig_secrets, layers};
use crate::formats::master;
use crate::model::chart::{Chart, Reread, Stop};
use crate::model::load::Loaded;
use crate::model::verdict::{Configuration, Kind, Resolved};
use crate::rules::{self, Context};
use crate::source::{SourceId, SourceMap, Span};
use crate::value::{ValueKind, from_tree};
use crate::yaml::Tree;
use crate::yaml::parse::SyntaxError;

use super::follow;
use super::{Effective, Judgement, Model, Models, Options, SHALLOW, configuration, kept, stack};

/// What becomes of values.
pub(super) struct Answer {
    pub(super) configuration: Configuration,
    pub(super) findings: Vec<Finding>,
    pub(super) suppressed: Vec<Finding>,
    pub(super) models: Vec<Model>,
    pub(super) secrets: Vec<Span>,
}

/// One file of values that was read.
pub(super) struct Layer {
    pub(super) id: SourceId,
    pub(super) tree: Tree,
    pub(super) syntax: Option<SyntaxError>,
}

/// Judges files of values that make one deployment, the later ones laid over the earlier ones.
pub fn judge_layers(sources: &mut SourceMap, ids: &[SourceId], options: &Options) -> Judgement {
    let mut layers = Vec::new();
    let mut is_shallow = true;
    for id in ids {
        let (tree, syntax) = master::read(*id, sources.file(*id).text());
        is_shallow &= tree.is_shallow(SHALLOW);
        layers.push(Layer { id: *id, tree, syntax });
    }
    let answer = if is_shallow {
        judge(sources, &layers, options)
    } else {
        stack::with_room(|| judge(sources, &layers, options)).unwrap_or_else(|| Answer {
            configuration: configuration(&[], None),
            findings: Vec::new(),
            suppressed: Vec::new(),
            models: Vec::new(),
            secrets: Vec::new(),
        })
    };
    let mut judgement = answer.judgement("--values".to_owned());
    judgement.cover(sources);
    judgement
}

impl Answer {
    pub(super) fn judgement(self, why_kind: String) -> Judgement {
        let Self { configuration, findings, suppressed, models, secrets } = self;
        Judgement {
            kind: Kind::HelmValues,
            configurations: vec![configuration],
            findings,
            suppressed,
            models,
            secrets,
            why_kind,
        }
    }
}

/// Judges files of values, the later ones laid over the earlier ones; comments in each hide findings in it.
pub(super) fn judge(sources: &mut SourceMap, layers: &[Layer], options: &Options) -> Answer {
    let mut answer = look(sources, layers, options);
    for layer in layers {
        let sifted = rules::suppress(sources, layer.id, rules::as_go, std::mem::take(&mut answer.findings));
        answer.findings = sifted.shown;
        answer.suppressed.extend(sifted.suppressed);
    }
    answer
}

fn look(sources: &mut SourceMap, layers: &[Layer], options: &Options) -> Answer {
    let near = Span::empty(layers.last().map(|layer| layer.id).unwrap_or_default(), 0);
    let mut chart = Chart { near, ..Chart::default() };
    let files: Vec<SourceId> = layers.iter().map(|layer| layer.id).collect();
    let mut values = Table::new();
    let (mut findings, mut secrets) = (Vec::new(), Vec::new());
    for layer in layers {
        match read(sources, layer, options, &mut findings) {
            Some(table) => {
                secrets.extend(helm_values::secrets(&table));
                layers::merge(&mut values, table, "", &mut chart.contradictions);
            }
            None => {
                let configuration = configuration(&findings, None);
                return Answer { configuration, findings, suppressed: Vec::new(), models: Vec::new(), secrets };
            }
        }
    }
    let rendered = match set(sources, &options.request, &mut values) {
        Ok(()) => {
            helm_values::look(&values, &mut chart);
            layers::fill(&mut values);
            if options.request.secrets == Secrets::Assumed {
                layers::assume(&mut values, options.request.state);
            }
            // A model that is kept is kept with its text.
            let blocks = if options.models == Models::Kept { Blocks::Written } else { Blocks::HandedOn };
            judge_rendered(sources, &values, near, blocks, options)
        }
        Err(stop) => Err(stop),
    };
    if !options.request.set.is_empty() {
        // What the arguments brought is in the values now.
        secrets.extend(helm_values::secrets(&values));
    }
    let mut outcome = Outcome::default();
    match rendered {
        Err(stop) => chart.stop = Some(stop),
        Ok((rendered, judged)) => {
            outcome = judged;
            let mut found = std::mem::take(&mut outcome.findings);
            secrets.append(&mut outcome.secrets);
            chart.reread = rendered.reread;
            chart.reread.retain(|reread| !is_told(&mut found, reread) && reread.is_text);
            findings.extend(found.into_iter().map(|finding| {
                let written = finding.primary().map_or("", |span| sources.slice(span));
                rules::quote_again(finding, written)
            }));
        }
    }
    let nothing = (Tree::default(), Loaded { release: options.release, ..Loaded::default() });
    let context = Context::new(sources, &nothing.0, &nothing.1).with_chart(&chart);
    findings.extend(rules::check(&context));
    findings.extend(rules::check_layers(&context));
    for finding in &mut findings {
        // An argument is no file that could be mended.
        let is_file = |edit: &Edit| files.contains(&edit.span.source);
        let _ = finding.fix.take_if(|fix| !fix.edits.iter().all(is_file));
    }
    let Outcome { resolved, mut models, .. } = outcome;
    for model in &mut models {
        model.kubeconfigs = kubeconfig_secrets::in_table(&values);
    }
    Answer { configuration: configuration(&findings, resolved), findings, suppressed: Vec::new(), models, secrets }
}

/// Whether the master refuses a text that the chart prints without quotes; its finding tells of that then.
fn is_told(findings: &mut [Finding], reread: &Reread) -> bool {
    let is_broken = |finding: &Finding| finding.rule == "invalid-yaml" && reread.breaks;
    // The master names the first of its faults only; the others are as true.
    let told = findings.iter_mut().find(|finding| {
        finding.severity == Severity::Error && (finding.primary() == Some(reread.place) || is_broken(finding))
    });
    told.map(|finding| *finding = rules::explain_unquoted(finding.clone(), reread)).is_some()
}

/// Lays the arguments over the values; their texts become sources of their own.
fn set(sources: &mut SourceMap, request: &Request, values: &mut Table) -> Result<(), Stop> {
    request.set.iter().try_for_each(|set| {
        let source = sources.add(set.option(), set.text.clone());
        set.apply(source, values)
    })
}

/// Checks a file by itself; the answer is what it gives, when it can be read.
fn read(sources: &SourceMap, layer: &Layer, options: &Options, findings: &mut Vec<Finding>) -> Option<Table> {
    let Layer { id, tree, syntax } = layer;
    let mut loaded = Loaded { syntax: syntax.clone(), release: options.release, ..Loaded::default() };
    let root = tree.documents().first().and_then(|document| document.root).filter(|_| syntax.is_none());
    let mut table = Some(Table::new());
    match root.map(|root| from_tree(tree, sources.file(*id).text(), root)) {
        None => {}
        Some(Err(failure)) => loaded.failure = Some(failure),
        Some(Ok(value)) => {
            let (kind, span) = (value.json_kind(), value.span);
            match value.kind {
                ValueKind::Object(object) => table = Some(given::table(object)),
                ValueKind::Null => {}
                _ => loaded.root_kind = Some((kind, span)),
            }
        }
    }
    let own = rules::check(&Context::new(sources, tree, &loaded));
    let name = sources.file(*id).name();
    findings.extend(own.into_iter().map(|finding| in_helms_words(finding, name)));
    let is_broken = loaded.syntax.is_some() || loaded.failure.is_some() || loaded.root_kind.is_some();
    table.take_if(|_| !is_broken)
}

/// What is wrong with the text itself stops Helm, long before there is a master.
fn in_helms_words(mut finding: Finding, name: &str) -> Finding {
    if let Some(LoadFailure { phase, ending, words, .. }) = finding.load.as_deref_mut() {
        *phase = Phase::Render;
        if *ending == Ending::Message {
            *ending = Ending::HelmFails;
        }
        for words in words {
            let rest = words.strip_prefix("unmarshalling yaml configuration file: ").unwrap_or(words);
            *words = format!("failed to parse {name}: {rest}");
        }
    }
    finding
}

/// What the master makes of the rendered text.
#[derive(Default)]
struct Outcome {
    findings: Vec<Finding>,
    /// What must not be seen.
    secrets: Vec<Span>,
    resolved: Option<Resolved>,
    models: Vec<Model>,
}

/// Renders values and judges what comes of it. Where blocks are handed on, that has to be the whole story: whatever is wrong
/// is told from the text.
fn judge_rendered(
    sources: &mut SourceMap,
    values: &Table,
    near: Span,
    blocks: Blocks,
    options: &Options,
) -> Result<(Rendered, Outcome), Stop> {
    let rendered = helm_values::render(&options.request, values, sources, near, blocks)?;
    if rendered.blocks.is_empty() {
        let outcome = master_of(sources, &rendered, options);
        return Ok((rendered, outcome));
    }
    match master_of_parts(sources, &rendered, options) {
        Some(outcome) => Ok((rendered, outcome)),
        None => judge_rendered(sources, values, near, Blocks::Written, options),
    }
}

fn master_of(sources: &mut SourceMap, rendered: &Rendered, options: &Options) -> Outcome {
    let id = sources.add(MASTER_YAML, rendered.text.clone());
    let (tree, syntax) = master::read(id, &rendered.text);
    let loaded = master::load(id, &rendered.text, &tree, syntax, options.release);
    told(sources, (id, rendered), (&tree, &loaded), options)
}

/// The same for a text that lacks blocks; nothing when there is more to say of it than remarks.
fn master_of_parts(sources: &mut SourceMap, rendered: &Rendered, options: &Options) -> Option<Outcome> {
    let id = sources.add(PARTS, rendered.text.clone());
    let (tree, syntax) = master::read(id, &rendered.text);
    let mut value = master::value(id, &rendered.text, &tree).ok().filter(|_| syntax.is_none())?;
    let mut blocks: Vec<_> = rendered.blocks.iter().cloned().map(Some).collect();
    grafts::put_in(&mut value, &rendered.text, &mut blocks);
    let loaded = master::follow(Ok(value), options.release);
    if !loaded.problems.is_empty() || blocks.iter().any(Option::is_some) {
        return None;
    }
    let outcome = told(sources, (id, rendered), (&tree, &loaded), options);
    let is_remark = |finding: &Finding| finding.load.is_none() && finding.fix.is_none();
    outcome.findings.iter().all(is_remark).then_some(outcome)
}

/// What there is to tell of a loaded text, at the places in the values.
fn told(
    sources: &SourceMap,
    (id, rendered): (SourceId, &Rendered),
    (tree, loaded): (&Tree, &Loaded),
    options: &Options,
) -> Outcome {
    let context = Context::new(sources, tree, loaded);
    let found = follow::check(&context, Kind::HelmValues, options);
    let hidden = loaded.secrets.iter().copied().chain(rules::misspelt_secrets(&context));
    let home = |span: Span| if span.source == id { rendered.origins.span(span) } else { span };
    // What the chart writes twice is no fault of the values; what they hold twice was found in them.
    let found = found.into_iter().filter(|finding| finding.rule != "duplicate-key");
    let found =
        found.map(|finding| if finding.rule == "invalid-yaml" { rules::explain_broken(finding) } else { finding });
    let wanted = loaded.config.as_ref().filter(|_| options.effective == Effective::Shown);
    Outcome {
        secrets: hidden.map(home).collect(),
        resolved: wanted.map(master::resolved::resolved),
        models: kept(options, loaded.config.as_ref(), 0, Some((id, rendered.origins.clone()))),
        findings: found.map(|finding| rendered.origins.finding(finding, id)).collect(),
    }
}

/// The name of the text that the chart writes.
const MASTER_YAML: &str = "master.yaml";
/// The name of the same text without blocks that are handed on beside it.
const PARTS: &str = "master.yaml without its blocks";
