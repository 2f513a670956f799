//! Values of the Determined chart 0.38: what Helm makes of them, down to the `master.yaml` that the master reads.
//!
//! texts → Helm's layers → the chart's defaults → the templates → `master.yaml`, every piece of it with the way back to
//! the bytes of the values. The chart itself is data, in [`chart`]; `engine` goes through it as Helm does and stops
//! where Helm stops, with Helm's words.

pub mod chart;
mod demands;
mod engine;
pub mod given;
mod go_yaml;
pub mod grafts;
pub mod kubeconfig_secrets;
pub mod layers;
mod looks;
mod lookup;
mod manifest;
mod reread;
mod secrets;
pub mod set;
mod sheet;

use chart::Reading;
use engine::Engine;
use given::Table;

use super::mapped::Origins;
use crate::model::chart::{Chart, Reread, Stop};
use crate::source::{SourceMap, Span};
use crate::value::Value;

pub use secrets::secrets;

/// Whether a text in a value that the chart prints with `toYaml` comes back as it was. Helm passes such values through JSON,
/// and YAML does not read every character that JSON writes.
#[must_use]
pub fn comes_back(text: &str) -> bool {
    go_yaml::comes_back(text)
}

/// What Helm knows besides the values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The name of the release.
    pub release: String,
    /// The namespace of the release.
    pub namespace: String,
    /// Whether there is such a release already.
    pub state: State,
    /// What `--set` and `--set-string` say, in the order in which Helm takes them.
    pub set: Vec<set::Set>,
    /// What becomes of secrets that the chart demands and the values do not hold.
    pub secrets: Secrets,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            release: "determined".to_owned(),
            namespace: "default".to_owned(),
            state: State::New,
            set: Vec::new(),
            secrets: Secrets::Demanded,
        }
    }
}

/// Secrets that are not in the values, as they are given when Helm is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// Helm stops for them.
    #[default]
    Demanded,
    /// Something stands for each: [`crate::model::confidential::STAND_IN`].
    Assumed,
}

/// Whether a release exists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// It does not: Helm asks for everything that a first installation needs.
    #[default]
    New,
    /// It does, and is upgraded.
    Installed,
}

/// The `master.yaml` of a release.
#[derive(Debug)]
pub struct Rendered {
    /// Its text.
    pub text: String,
    /// The way back to the values.
    pub origins: Origins,
    /// Texts that stand in it without quotes, and read as something else.
    pub reread: Vec<Reread>,
    /// The blocks that are not in the text, when they were not to be written.
    pub blocks: Vec<Value>,
}

/// What becomes of blocks that the chart prints with `toYaml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blocks {
    /// They are written.
    Written,
    /// Those that come back from the text as they were are left out of it and handed on; a word stands in the text for each.
    HandedOn,
}

/// What can be told from values as they were written.
pub fn look(values: &Table, chart: &mut Chart) {
    looks::look(values, chart);
}

/// What the chart makes of values that the chart's own have been filled into; `whole` is where everything goes that
/// nobody wrote.
///
/// # Errors
/// Where Helm stops: the first fault in its order.
pub fn render(
    request: &Request,
    values: &Table,
    sources: &SourceMap,
    whole: Span,
    blocks: Blocks,
) -> Result<Rendered, Stop> {
    let mut engine = Engine::new(request, values, blocks);
    let mut sheets = Vec::new();
    for template in chart::objects::TEMPLATES {
        sheets.push((template, engine.template(template)?));
    }
    // Helm reads the files again in the order of their names.
    sheets.sort_by_key(|(template, _)| template.name);
    let mut master = None;
    let mut blocks = Vec::new();
    for (template, sheet) in &mut sheets {
        if !sheet.grafts.is_empty() {
            if sheet.is_doubtful() {
                // The text as it is decides what becomes of it.
                return render(request, values, sources, whole, Blocks::Written);
            }
            blocks = std::mem::take(&mut sheet.grafts);
        }
        let content = match template.reading {
            Reading::Unread => continue,
            Reading::Yaml if !sheet.is_doubtful() => continue,
            Reading::Block if !sheet.is_doubtful() => None,
            Reading::Yaml | Reading::Block => Some(manifest::read(template.name, sheet)?),
        };
        if template.reading == Reading::Block {
            master = Some(match content.flatten() {
                Some(text) => sheet.master_as_read(&text, sources, whole),
                None => sheet.master(sources, whole),
            });
        }
    }
    let (text, origins) = master.unwrap_or_else(|| super::mapped::Writer::default().finish(whole));
    Ok(Rendered { text, origins, reread: reread::reread(&engine.unquoted, sources), blocks })
}
