//! The keys that the chart reads, worked out from its steps: what no step names is dropped without a word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::defaults::{DEFAULTS, Default, Preset};
use super::objects::TEMPLATES;
use super::{Step, Test};

/// Keys that only lines read which the steps leave out.
const MORE: &[&str] = &[
    "createNonNamespacedObjects",
    "useNodePortForMaster",
    "openshiftRoute.enabled",
    "db.useNodePortForDB",
    "db.restoreSnapshotSuffix",
    "global",
];

/// The keys of every mapping that the chart looks into, by the path of the mapping; that of the values is empty, that of
/// an element of `additional_resource_managers` is `@`.
pub static KNOWN: LazyLock<BTreeMap<String, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut known = Known(BTreeMap::new());
    MORE.iter().for_each(|path| known.path(path));
    TEMPLATES.iter().for_each(|template| known.steps(template.steps));
    known.defaults("", DEFAULTS);
    let mut known = known.0;
    // What stands below an additional manager is handed on whole.
    let _ = known.remove("@.resource_manager");
    known
});

struct Known(BTreeMap<String, BTreeSet<&'static str>>);

impl Known {
    fn path(&mut self, path: &'static str) {
        let mut parent = String::new();
        for name in path.split('.') {
            if name != "@" {
                let _ = self.0.entry(parent.clone()).or_default().insert(name);
            }
            if !parent.is_empty() {
                parent.push('.');
            }
            parent.push_str(name);
        }
    }

    fn defaults(&mut self, parent: &str, defaults: &'static [Default]) {
        for (key, preset) in defaults {
            let _ = self.0.entry(parent.to_owned()).or_default().insert(key);
            if let Preset::Table(inner) = preset {
                let path = if parent.is_empty() { (*key).to_owned() } else { format!("{parent}.{key}") };
                self.defaults(&path, inner);
            }
        }
    }

    fn steps(&mut self, steps: &'static [Step]) {
        for step in steps {
            match step {
                Step::Put(put) => self.path(put.from),
                Step::Row(row) => self.path(row.put.from),
                Step::When(test, yes, no) => {
                    self.test(test);
                    self.steps(yes);
                    self.steps(no);
                }
                Step::Each(path, steps) => {
                    self.path(path);
                    self.steps(steps);
                }
                Step::Demand(path, _) | Step::Trim(path, _) => self.path(path),
                Step::Section(_, paths) => paths.iter().for_each(|path| self.path(path)),
                Step::Password => ["initialUserPassword", "defaultPassword"].iter().for_each(|path| self.path(path)),
                Step::PoolMetadata => self.path("genai.extraResourcePoolMetadata"),
                Step::MasterConfig => self.steps(super::master::MASTER_CONFIG.steps),
                Step::Text(_)
                | Step::Release
                | Step::Namespace
                | Step::QuotedNamespace
                | Step::Index
                | Step::Refuse(_)
                | Step::BlockStart
                | Step::BlockEnd => {}
            }
        }
    }

    fn test(&mut self, test: &'static Test) {
        match test {
            Test::Filled(path)
            | Test::FilledWithin(path)
            | Test::Is(path, _)
            | Test::IsTrimmed(path, _)
            | Test::IsOr(path, _, _)
            | Test::DiffersOr(path, _, _) => self.path(path),
            Test::All(tests) | Test::Any(tests) => tests.iter().for_each(|test| self.test(test)),
            Test::Not(test) => self.test(test),
            Test::Upgrade | Test::NewDatabase => {}
        }
    }
}

/// The value that fills a setting of the master, when there is one: the rows read the other way round.
#[must_use]
pub fn value_for(setting: &str) -> Option<&'static str> {
    fn within(steps: &'static [Step], setting: &str) -> Option<&'static str> {
        steps.iter().find_map(|step| match step {
            Step::Row(row) if row.to == setting => Some(row.put.from),
            Step::When(_, yes, no) => within(yes, setting).or_else(|| within(no, setting)),
            _ => None,
        })
    }
    within(super::master::MASTER_CONFIG.steps, setting)
}
