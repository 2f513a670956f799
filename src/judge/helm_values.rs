//! Values of the chart: judged as Helm and the master will take them, every finding in the author's own bytes.

use crate::diagnostic::{Ending, Finding, LoadFailure, Phase};
use crate::formats::helm_values::given::{self, Table};
use crate::formats::helm_values::{self, Rendered, layers};
use crate::formats::master;
use crate::model::chart::Chart;
use crate::model::load::Loaded;
use crate::model::verdict::Configuration;
use crate::rules::{self, Context};
use crate::source::{SourceId, SourceMap, Span};
use crate::value::{ValueKind, from_tree};
use crate::yaml::Tree;
use crate::yaml::parse::SyntaxError;

use super::{Effective, Options, configuration};

/// What becomes of values.
pub(super) struct Answer {
    pub(super) configuration: Configuration,
    pub(super) findings: Vec<Finding>,
    pub(super) secrets: Vec<Span>,
}

/// One file of values that was read.
pub(super) struct Layer {
    pub(super) id: SourceId,
    pub(super) tree: Tree,
    pub(super) syntax: Option<SyntaxError>,
}

/// Judges files of values, the later ones laid over the earlier ones.
pub(super) fn judge(sources: &mut SourceMap, layers: Vec<Layer>, options: &Options) -> Answer {
    let near = Span::empty(layers.last().map(|layer| layer.id).unwrap_or_default(), 0);
    let mut chart = Chart { near, ..Chart::default() };
    let mut values = Table::new();
    let mut findings = Vec::new();
    for layer in layers {
        match read(sources, &layer, options, &mut findings) {
            Some(table) => layers::merge(&mut values, table, "", &mut chart.contradictions),
            None => return Answer { configuration: configuration(&findings, None), findings, secrets: Vec::new() },
        }
    }
    layers::fill(&mut values);
    let rendered = helm_values::render(&options.request, &values, sources, near);
    let (rendered, stop) = match rendered {
        Ok(rendered) => (Some(rendered), None),
        Err(stop) => (None, Some(stop)),
    };
    chart.stop = stop;
    let nothing = (Tree::default(), Loaded { release: options.release, ..Loaded::default() });
    findings.extend(rules::check(&Context::new(sources, &nothing.0, &nothing.1).with_chart(&chart)));
    let Some(rendered) = rendered else {
        return Answer { configuration: configuration(&findings, None), findings, secrets: Vec::new() };
    };
    master_of(sources, &rendered, options, findings)
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
    if let Some(LoadFailure { phase, ending, words, .. }) = &mut finding.load {
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
fn master_of(sources: &mut SourceMap, rendered: &Rendered, options: &Options, mut findings: Vec<Finding>) -> Answer {
    let id = sources.add(MASTER_YAML, rendered.text.clone());
    let (tree, syntax) = master::read(id, &rendered.text);
    let loaded = master::load(id, &rendered.text, &tree, syntax, options.release);
    let context = Context::new(sources, &tree, &loaded);
    let found = rules::check(&context);
    let mut secrets = rules::misspelt_secrets(&context);
    secrets.extend(&loaded.secrets);
    findings.extend(found.into_iter().map(|finding| rendered.origins.finding(finding, id)));
    let wanted = loaded.config.as_ref().filter(|_| options.effective == Effective::Shown);
    let configuration = configuration(&findings, wanted.map(master::resolved::resolved));
    let secrets = secrets.into_iter().map(|span| rendered.origins.span(span)).collect();
    Answer { configuration, findings, secrets }
}

/// The name of the text that the chart writes.
const MASTER_YAML: &str = "master.yaml";
