//! One text → everything that can be said of it: kind, verdict, words and findings.

mod devcluster;
mod follow;
mod helm_values;
mod model;
mod stack;
mod verdict;
mod written;

use std::collections::BTreeSet;

use crate::diagnostic::Finding;
use crate::formats::devcluster::Environment;
use crate::formats::helm_values::Request;
use crate::formats::mapped::Origins;
use crate::formats::{Detection, detect, master};
use crate::model::MultiRm;
use crate::model::load::Loaded;
use crate::model::verdict::{Configuration, Kind};
use crate::release::Release;
use crate::rules::{self, Context, Sifted};
use crate::source::{SourceId, SourceMap, Span};
use crate::yaml::parse::SyntaxError;
use crate::yaml::{Outline, Tree};

pub use follow::Follow;
pub use helm_values::judge_layers;
pub use model::{Model, Models};
pub use verdict::configuration;

/// What a judgement depends on besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The release that will read the file.
    pub release: Release,
    /// What Helm knows besides the values of the chart.
    pub request: Request,
    /// Whether effective configurations are worked out, which takes as much memory again as the model.
    pub effective: Effective,
    /// Whether the models behind them are kept.
    pub models: Models,
    /// The variables that devcluster finds in its environment.
    pub environment: Environment,
    /// Whether files behind `kubeconfig_path` are looked at, and how; never, unless it is said.
    pub follow: Option<Follow>,
}

/// Whether a report shows effective configurations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effective {
    /// It does.
    #[default]
    Shown,
    /// It does not.
    Hidden,
}

/// What becomes of a file.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The kind that it was judged as.
    pub kind: Kind,
    /// Its configurations; at least one.
    pub configurations: Vec<Configuration>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// What is wrong with it and hidden by a comment; the verdict takes it into account.
    pub suppressed: Vec<Finding>,
    /// The models behind the configurations that the master decodes, when they were asked for.
    pub models: Vec<Model>,
    /// Bytes to mask in every excerpt.
    pub secrets: Vec<Span>,
    /// Why it was judged as this kind.
    pub why_kind: String,
}

/// Judges one text; what programs in between make of it is added to the sources.
///
/// # Errors
/// When no kind was given and the text does not tell.
pub fn judge(
    sources: &mut SourceMap,
    id: SourceId,
    kind: Option<Kind>,
    options: &Options,
) -> Result<Judgement, Detection> {
    let (tree, syntax) = master::read(id, sources.file(id).text());
    let mut judged = match tree.is_shallow(SHALLOW) {
        true => judge_tree(sources, id, (tree, syntax), kind, options),
        false => stack::with_room(|| judge_tree(sources, id, (tree, syntax), kind, options))
            .unwrap_or_else(|| Err(Detection::None("it could not be judged".to_owned()))),
    };
    if let Ok(judgement) = &mut judged {
        judgement.cover(sources);
    }
    judged
}

impl Judgement {
    /// Masks also what the decoder did not come to.
    pub fn cover(&mut self, sources: &SourceMap) {
        if !self.findings.is_empty() {
            let labels = self.findings.iter().flat_map(|finding| &finding.labels).map(|label| label.span.source);
            let edits = self.findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits);
            let shown: BTreeSet<SourceId> = labels.chain(edits.map(|edit| edit.span.source)).collect();
            let found = written::secrets(sources, shown, &self.secrets);
            self.secrets.extend(found);
        }
    }

    /// Everything to mask when whole texts are shown, where nothing is wrong, too.
    #[must_use]
    pub fn hidden(&self, sources: &SourceMap) -> Vec<Span> {
        let mut all = self.secrets.clone();
        all.extend(written::secrets(sources, sources.iter().map(|(id, _)| id), &self.secrets));
        all
    }
}

/// Nesting that fits any stack.
const SHALLOW: usize = 48;

fn judge_tree(
    sources: &mut SourceMap,
    id: SourceId,
    (tree, syntax): (Tree, Option<SyntaxError>),
    kind: Option<Kind>,
    options: &Options,
) -> Result<Judgement, Detection> {
    let (kind, why_kind) = match kind {
        Some(kind) => (kind, "--kind".to_owned()),
        None => match detect(&tree, sources.file(id).text(), syntax.as_ref()) {
            Detection::Plain(kind, why) | Detection::Likely(kind, why) => (kind, why),
            other => return Err(other),
        },
    };
    match kind {
        Kind::Devcluster => return Ok(devcluster::judge(sources, id, why_kind, options)),
        Kind::HelmValues => {
            let layers = vec![helm_values::Layer { id, tree, syntax }];
            return Ok(helm_values::judge(sources, &layers, options).judgement(why_kind));
        }
        Kind::Master => {}
    }
    let outline = Outline::of(&tree);
    let loaded = match syntax {
        // The tree of a large file is large; it goes before the values are decoded.
        None => {
            let value = master::value(id, sources.file(id).text(), &tree);
            drop(tree);
            master::follow(value, options.release)
        }
        syntax => Loaded { syntax, release: options.release, ..Loaded::default() },
    };
    let context = Context::without_tree(sources, id, outline, &loaded);
    let findings = follow::check(&context, kind, options);
    let misspelt = rules::misspelt_secrets(&context);
    let Loaded { config, mut secrets, .. } = loaded;
    secrets.extend(misspelt);
    let models = kept(options, config.as_ref(), 0, None);
    let resolved = config.filter(|_| options.effective == Effective::Shown).map(|mut config| {
        config.forget_written();
        master::resolved::resolved(&config)
    });
    let configurations = vec![configuration(&findings, resolved)];
    let Sifted { shown, suppressed } = rules::suppress(sources, id, rules::as_go, findings);
    Ok(Judgement { kind, configurations, findings: shown, suppressed, models, secrets, why_kind })
}

/// The model behind a configuration, when it is to be kept.
fn kept(
    options: &Options,
    config: Option<&MultiRm>,
    configuration: usize,
    written: Option<(SourceId, Origins)>,
) -> Vec<Model> {
    let wanted = config.filter(|_| options.models == Models::Kept);
    let kubeconfigs = Vec::new();
    wanted.map(|config| Model { configuration, config: config.clone(), kubeconfigs, written }).into_iter().collect()
}
