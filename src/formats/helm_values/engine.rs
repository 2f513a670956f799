//! Goes through the chart's templates as Go's template engine does, with its words for what goes wrong.

use super::chart::master::MASTER_CONFIG;
use super::chart::{Need, Print, Put, Row, Step, Template};
use super::given::{Given, GivenKind, Table};
use super::go_yaml;
use super::grafts::Spot;
use super::sheet::{Sheet, Unquoted};
use super::{Blocks, Request};
use crate::model::chart::Stop;
use crate::value::go_text;

/// What the templates are executed with.
pub(super) struct Engine<'a> {
    pub(super) request: &'a Request,
    pub(super) values: &'a Table,
    /// The element that a template is at, with its index or key.
    pub(super) element: Option<(String, &'a Given)>,
    sheet: Sheet,
    /// The master's configuration, once it was written.
    master: Option<Sheet>,
    blocks: Blocks,
    /// Names of the templates around the step, the outermost first.
    pub(super) within: Vec<&'static str>,
    /// Texts that were printed without quotes into the master's configuration.
    pub(super) unquoted: Vec<Unquoted>,
}

/// What stands at a path.
pub(super) type Found<'a> = Result<Option<&'a Given>, Stop>;

impl<'a> Engine<'a> {
    pub(super) fn new(request: &'a Request, values: &'a Table, blocks: Blocks) -> Self {
        Self {
            request,
            values,
            element: None,
            sheet: Sheet::default(),
            master: None,
            blocks,
            within: Vec::new(),
            unquoted: Vec::new(),
        }
    }

    /// What a template writes.
    pub(super) fn template(&mut self, template: &'static Template) -> Result<Sheet, Stop> {
        if let Some(sheet) = self.master.take_if(|_| template.name == MASTER_CONFIG.name) {
            return Ok(sheet);
        }
        self.within = vec![template.name];
        self.steps(template.steps)?;
        Ok(std::mem::take(&mut self.sheet))
    }

    fn steps(&mut self, steps: &'static [Step]) -> Result<(), Stop> {
        steps.iter().try_for_each(|step| self.step(step))
    }

    fn step(&mut self, step: &'static Step) -> Result<(), Stop> {
        match step {
            Step::Text(text) => self.sheet.fixed(text),
            Step::Section(text, paths) => self.section(text, paths),
            Step::Release => self.sheet.fixed(&self.request.release),
            Step::Namespace => self.sheet.fixed(&self.request.namespace),
            Step::QuotedNamespace => self.sheet.fixed(&go_text::quoted(&self.request.namespace)),
            Step::Put(put) => return self.put(put, None),
            Step::Row(row) => return self.row(row),
            Step::When(test, yes, no) => return if self.test(test)? { self.steps(yes) } else { self.steps(no) },
            Step::Each(path, steps) => return self.each(path, steps),
            Step::Index => {
                let index = self.element.as_ref().map_or("", |(index, _)| index).to_owned();
                self.sheet.printed(&index, None, Print::Bare);
            }
            Step::Demand(path, words) => return self.demand(path, words).map(|_| ()),
            Step::Refuse(words) => {
                let place = self.near("checkpointStorage.connection_string");
                return Err(self.fail(words, place, "checkpointStorage"));
            }
            Step::Password => return self.password(),
            Step::PoolMetadata => return self.pool_metadata(),
            Step::Trim(path, before) => {
                let value = self.get(path)?;
                return self.text_of(value, path).map(|_| ()).map_err(|stop| self.told_in(before, stop));
            }
            Step::MasterConfig => return self.master_config(),
            Step::BlockStart => self.sheet.start_block(),
            Step::BlockEnd => self.sheet.end_block(),
        }
        Ok(())
    }

    fn master_config(&mut self) -> Result<(), Stop> {
        let around = std::mem::take(&mut self.sheet);
        self.within.push(MASTER_CONFIG.name);
        self.steps(MASTER_CONFIG.steps)?;
        self.within.pop();
        self.master = Some(std::mem::replace(&mut self.sheet, around));
        Ok(())
    }

    fn section(&mut self, text: &str, paths: &[&'static str]) {
        let place = paths.iter().find_map(|path| self.get(path).ok().flatten().and_then(Given::anchor));
        let word = text.trim_start_matches(['\n', ' ']);
        self.sheet.fixed(text.get(..text.len() - word.len()).unwrap_or(""));
        self.sheet.from(word, place);
    }

    fn row(&mut self, row: &'static Row) -> Result<(), Stop> {
        let Put { from, print, need } = &row.put;
        if matches!(need, Need::Filled) && !self.get(from)?.is_some_and(Given::is_filled) {
            return Ok(());
        }
        let depth = row.to.matches('.').count();
        let key = row.to.rsplit('.').next().unwrap_or(row.to);
        let blanks = 4 + 2 * depth + row.shift;
        self.sheet.fixed("\n");
        self.sheet.fixed(BLANKS.get(..blanks).unwrap_or(""));
        let place = self.get(from)?.and_then(Given::anchor);
        self.sheet.from(key, place);
        self.sheet.fixed(if matches!(print, Print::Yaml(_)) { ":" } else { ": " });
        self.put(&row.put, Some(row.to))
    }

    fn put(&mut self, put: &'static Put, setting: Option<&'static str>) -> Result<(), Stop> {
        let value = match put.need {
            Need::Required(words) => Some(self.demand(put.from, words)?),
            Need::Any | Need::Filled => self.get(put.from)?,
            Need::Or(text) => match self.get(put.from)?.filter(|value| value.is_filled()) {
                Some(value) => Some(value),
                None => {
                    let place = self.get(put.from)?.and_then(|value| value.place);
                    self.sheet.from(text, place);
                    return Ok(());
                }
            },
            Need::OrNull(text) => match self.get(put.from)?.filter(|value| !value.is_null()) {
                Some(value) => Some(value),
                None => {
                    self.sheet.fixed(text);
                    return Ok(());
                }
            },
        };
        self.print(value, put, setting)
    }

    fn print(
        &mut self,
        value: Option<&'a Given>,
        put: &'static Put,
        setting: Option<&'static str>,
    ) -> Result<(), Stop> {
        let place = value.and_then(|value| value.place);
        match put.print {
            Print::Bare => {
                let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(()) };
                if let (Some(place), Some(setting)) = (place, setting) {
                    let text = value.as_text().map(Into::into);
                    self.unquoted.push(Unquoted { place, text, setting, path: put.from });
                }
                self.sheet.printed(&value.printed(), place, Print::Bare);
            }
            Print::Quoted => {
                let Some(value) = value.filter(|value| !value.is_null()) else { return Ok(()) };
                self.sheet.from(&go_text::quoted(&value.printed()), place);
            }
            Print::Json => go_yaml::json(value, &mut self.sheet),
            Print::Yaml(indent) => {
                if put.from == "masterService.annotations" {
                    self.sheet.doubt(value.and_then(Given::anchor));
                }
                if !self.graft(value, Spot::Value, indent) {
                    go_yaml::yaml(value, &[], indent, &mut self.sheet);
                }
            }
            Print::YamlOfManager(indent) => {
                let Some(GivenKind::Table(_)) = value.map(|value| &value.kind) else {
                    let got = value.map_or("interface {}", Given::go_type);
                    let words = format!("wrong type for value; expected map[string]interface {{}}; got {got}");
                    // A single element in place of the list is gone through key by key.
                    let all = self.values.get("additional_resource_managers");
                    let place = all.filter(|all| all.as_table().is_some()).and_then(Given::anchor);
                    return Err(self.shape(&words, place.or_else(|| self.near(put.from)), put.from));
                };
                if !self.graft(value, Spot::Members, indent) {
                    go_yaml::yaml(value, &OF_THE_CHART, indent, &mut self.sheet);
                }
            }
            Print::Lines(indent) => {
                let text = self.text_of(value, put.from)?;
                let pad = format!("\n{}", " ".repeat(indent));
                self.sheet.doubt(place);
                self.sheet.from(&format!("{pad}{}", text.replace('\n', &pad)), place);
            }
        }
        Ok(())
    }

    /// Hands a block of the master's configuration on, when it may be and can be.
    fn graft(&mut self, value: Option<&'a Given>, spot: Spot, indent: usize) -> bool {
        let is_asked = self.blocks == Blocks::HandedOn && self.within.last() == Some(&MASTER_CONFIG.name);
        let without = if spot == Spot::Members { &OF_THE_CHART[..] } else { &[] };
        let Some(block) = value.filter(|_| is_asked).and_then(|value| go_yaml::graft(value, without)) else {
            return false;
        };
        let fits = spot.takes(&block, |member| &*member.key == "kubeconfig_path");
        if fits {
            self.sheet.graft(block, indent, spot);
        }
        fits
    }

    fn each(&mut self, path: &'static str, steps: &'static [Step]) -> Result<(), Stop> {
        let Some(value) = self.get(path)?.filter(|value| !value.is_null()) else { return Ok(()) };
        let elements: Vec<(String, &'a Given)> = match &value.kind {
            GivenKind::List(items) => items.iter().enumerate().map(|(at, item)| (at.to_string(), item)).collect(),
            GivenKind::Table(table) => table.iter().map(|(key, item)| (key.to_string(), item)).collect(),
            GivenKind::Int(count) => {
                let words = format!("can't use {count} to iterate over more than one variable");
                return Err(self.shape(&words, value.anchor(), path));
            }
            _ => {
                let words = format!("range can't iterate over {}", value.printed());
                return Err(self.shape(&words, value.anchor(), path));
            }
        };
        for element in elements {
            self.element = Some(element);
            self.steps(steps)?;
        }
        self.element = None;
        Ok(())
    }

    pub(super) fn demand(&self, path: &'static str, words: &str) -> Result<&'a Given, Stop> {
        let value = self.get(path)?;
        let given = value.filter(|value| !value.is_null() && value.as_text() != Some(""));
        given.ok_or_else(|| self.fail(words, self.near(path), path))
    }
}

/// Keys of an additional resource manager that only the chart reads.
const OF_THE_CHART: [&str; 2] = ["kubeconfig_secret_name", "kubeconfig_secret_value"];

const BLANKS: &str = "                    ";
