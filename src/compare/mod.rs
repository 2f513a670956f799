//! Two configurations compared by meaning: which resource managers and pools there are, what they are set to, and where
//! requests go. Names tell what is the same; the order of the file does not matter.

mod effective;
mod matching;
mod mounts;
pub mod routes;
pub mod settings;
mod sides;
mod walk;

use crate::formats::helm_values::kubeconfig_secrets::Named;
use crate::model::MultiRm;
use crate::model::config::{Manager, Pool};
use crate::model::verdict::Json;
use effective::Effective;
use matching::Pairs;
use routes::Destination;
use settings::{differences, is_effective, json, setting_of};
pub use sides::{Content, Side};
use sides::{pool_side, side, side_at, side_of};
use walk::beneath;

/// All that differs.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// What differs, resource managers in the order of the first, then those that only the second has, then the root.
    pub changes: Vec<Change>,
    /// Requests that do not go where they went.
    pub routes: Vec<routes::Moved>,
}

impl Comparison {
    /// Whether the files say the same.
    #[must_use]
    pub fn is_equal(&self) -> bool {
        self.caused_by(Cause::Files).next().is_none()
    }

    /// The changes that come from something.
    pub fn caused_by(&self, cause: Cause) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.cause == cause)
    }
}

/// Something that differs.
#[derive(Clone, Debug)]
pub struct Change {
    /// What became of it.
    pub sort: Sort,
    /// What it is about.
    pub subject: Subject,
    /// How it stands in the first; nothing where it is not there.
    pub before: Option<Side>,
    /// How it stands in the second; nothing where it is not there.
    pub after: Option<Side>,
    /// What it does to requests: indices into [`Comparison::routes`].
    pub routes: Vec<usize>,
    /// How a request is cut otherwise, where it is.
    pub cut: Option<routes::Cut>,
    /// What it comes from.
    pub cause: Cause,
}

/// What a change comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The files say so.
    Files,
    /// The chart sets it so, whatever the values are.
    Chart,
    /// A secret that is left out of values, and given when Helm is run.
    LeftOut,
}

/// What became of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Only the second has it.
    Added,
    /// Only the first has it.
    Removed,
    /// A resource manager with another name, known by its pools or by being the default one.
    Renamed,
    /// A pool of another resource manager, or a resource manager that became the default one or is it no longer.
    Moved,
    /// A setting with another value.
    Set,
}

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A resource manager, by the name that it has, or had.
    Manager(String),
    /// A pool, and the name of its resource manager.
    Pool(String, String),
    /// Something beside resource managers.
    Root,
}

/// Compares two configurations.
#[must_use]
pub fn compare(before: &MultiRm, after: &MultiRm) -> Comparison {
    compared(before, after, None)
}

/// Compares two sets of values, each with the Secrets that it names for its additional managers.
#[must_use]
pub fn compare_values((before, first): (&MultiRm, &[Named]), (after, second): (&MultiRm, &[Named])) -> Comparison {
    compared(before, after, Some([first, second]))
}

fn compared(before: &MultiRm, after: &MultiRm, named: Option<[&[Named]; 2]>) -> Comparison {
    let routes = routes::moved(before, after);
    let (first, second) = (Effective::of(before), Effective::of(after));
    let mut work = Work { before, after, first, second, named, routes: &routes, changes: Vec::new() };
    work.managers(&Pairs::of(before, after));
    work.root();
    let changes = work.changes;
    Comparison { changes, routes }
}

struct Work<'c> {
    before: &'c MultiRm,
    after: &'c MultiRm,
    first: Effective,
    second: Effective,
    /// The Secrets that both name, where both are values.
    named: Option<[&'c [Named]; 2]>,
    routes: &'c [routes::Moved],
    changes: Vec<Change>,
}

impl Work<'_> {
    fn managers(&mut self, pairs: &Pairs<'_>) {
        for manager in &self.before.managers {
            match pairs.after(manager.index).and_then(|index| self.after.managers.get(index)) {
                Some(other) => self.both(manager, other, pairs),
                None => {
                    self.alone(Sort::Removed, manager);
                    self.pools_left_over(manager, pairs);
                }
            }
        }
        for manager in self.after.managers.iter().filter(|manager| pairs.is_new(manager.index)) {
            self.alone(Sort::Added, manager);
            // Its new pools come with it; those of others came from there.
            for (pool, from, manager_before) in pairs.pools_from_elsewhere(manager) {
                self.pool_moved((manager_before, from), (manager, pool));
            }
        }
    }

    /// Pools of a manager that is gone, which others have now; those of new managers are told with these.
    fn pools_left_over(&mut self, manager: &Manager, pairs: &Pairs<'_>) {
        for pool in &manager.pools {
            let place = pairs.pool_after(&pool.name.value).filter(|(manager, _)| !pairs.is_new(*manager));
            let other = place.and_then(|(manager, at)| Some((self.after.managers.get(manager)?, at)));
            if let Some((other, new)) = other.and_then(|(other, at)| Some((other, other.pools.get(at)?))) {
                self.pool_moved((manager, pool), (other, new));
            }
        }
    }

    /// A manager that only one of the two has, with the pools that only it has.
    fn alone(&mut self, sort: Sort, manager: &Manager) {
        let pools = manager.pools.iter().map(|pool| Json::String(pool.name.value.clone())).collect();
        let side = Side {
            bytes: manager.span,
            content: Content::Open,
            place: manager.span,
            is_written: true,
            setting: manager.block(),
            value: Json::Object(vec![
                ("type".into(), Json::String(manager.kind.as_str().to_owned())),
                ("resource_pools".into(), Json::Array(pools)),
            ]),
        };
        let (before, after) = if sort == Sort::Added { (None, Some(side)) } else { (Some(side), None) };
        let name = &manager.cluster_name.value;
        let routes = self.touching(
            |end| end.is_on(name),
            |request| manager.pools.iter().any(|pool| request == Some(&pool.name.value)),
        );
        self.push(sort, Subject::Manager(name.clone()), before, after, routes);
    }

    fn both(&mut self, one: &Manager, other: &Manager, pairs: &Pairs<'_>) {
        let subject = Subject::Manager(other.cluster_name.value.clone());
        let name = |manager: &Manager, of: &MultiRm| {
            side(of, &manager.block(), "cluster_name", Json::String(manager.cluster_name.value.clone()))
        };
        if one.cluster_name.value != other.cluster_name.value {
            let (old, new) = (&one.cluster_name.value, &other.cluster_name.value);
            let routes = self.touching(|end| end.is_on(old) || end.is_on(new), |_| false);
            self.push(
                Sort::Renamed,
                subject.clone(),
                Some(name(one, self.before)),
                Some(name(other, self.after)),
                routes,
            );
        }
        if (one.index == 0) != (other.index == 0) {
            let routes = self.touching(|_| false, |request| request.is_none());
            let role = |manager: &Manager| Side {
                bytes: manager.span,
                content: Content::Open,
                place: manager.span,
                is_written: true,
                setting: manager.block(),
                value: Json::String(if manager.index == 0 { "default" } else { "additional" }.to_owned()),
            };
            self.push(Sort::Moved, subject.clone(), Some(role(one)), Some(role(other)), routes);
        }
        self.settings(one, other, &subject);
        for pool in &one.pools {
            self.pool(one, pool, pairs);
        }
        for (at, pool) in other.pools.iter().enumerate().filter(|(_, pool)| pairs.is_new_pool(&pool.name.value)) {
            let place = pool_side(other, at, pool);
            let routes = self.touching(|_| false, |request| request == Some(&pool.name.value));
            self.push(Sort::Added, of_pool(pool, other), None, Some(place), routes);
        }
    }

    fn settings(&mut self, one: &Manager, other: &Manager, subject: &Subject) {
        let (first, second) = (self.first.get(one.index, None), self.second.get(other.index, None));
        let mut found = Vec::new();
        json(String::new(), first, second, &mut found);
        if self.mounts(one, other, subject) {
            found.retain(|(path, ..)| path != "kubeconfig_path");
        }
        let is_retyped = one.kind.as_str() != other.kind.as_str();
        for (path, first, second) in found {
            let full = |manager: &Manager| format!("resource_managers[{}].{path}", manager.index);
            let before = side_at(self.before, &full(one), first);
            let after = side_at(self.after, &full(other), second);
            // What each type implies follows from the type.
            if is_retyped && path != "type" && !before.is_written && !after.is_written {
                continue;
            }
            let routes = match path.as_str() {
                "default_aux_resource_pool" | "default_compute_resource_pool" => {
                    self.touching(|_| false, |request| request.is_none())
                }
                _ => Vec::new(),
            };
            self.push(Sort::Set, subject.clone(), Some(before), Some(after), routes);
            if path == "max_slots_per_pod"
                && let Some(change) = self.changes.last_mut()
            {
                change.cut = routes::cut((self.before, one, 0), (self.after, other, 0));
            }
        }
        self.beside(subject, &one.block(), &other.block());
    }

    /// What differs in two blocks besides the effective configurations.
    fn beside(&mut self, subject: &Subject, one: &str, other: &str) {
        for difference in beneath(self.before, one, self.after, other) {
            if is_effective(&difference.setting) {
                continue;
            }
            let inner = difference.setting.strip_prefix(one).unwrap_or_default();
            let before = side_of(self.before, &difference.setting, difference.before);
            let after = side_of(self.after, &format!("{other}{inner}"), difference.after);
            self.push(Sort::Set, subject.clone(), Some(before), Some(after), Vec::new());
        }
    }

    fn pool(&mut self, one: &Manager, pool: &Pool, pairs: &Pairs<'_>) {
        let Some((manager, at)) = pairs.pool_after(&pool.name.value) else {
            let place = one.pools.iter().position(|other| std::ptr::eq(other, pool)).unwrap_or(0);
            let routes = self.touching(|_| false, |request| request == Some(&pool.name.value));
            self.push(Sort::Removed, of_pool(pool, one), Some(pool_side(one, place, pool)), None, routes);
            return;
        };
        let Some(other) = self.after.managers.get(manager) else { return };
        let Some(new) = other.pools.get(at) else { return };
        if pairs.after(one.index) != Some(manager) && !pairs.is_new(manager) {
            self.pool_moved((one, pool), (other, new));
        } else if pairs.after(one.index) == Some(manager) {
            self.pool_settings((one, pool), (other, new));
        }
    }

    fn pool_moved(&mut self, (one, pool): (&Manager, &Pool), (other, new): (&Manager, &Pool)) {
        let at =
            |manager: &Manager, pool: &Pool| manager.pools.iter().position(|one| std::ptr::eq(one, pool)).unwrap_or(0);
        let (before, after) = (pool_side(one, at(one, pool), pool), pool_side(other, at(other, new), new));
        let routes = self.touching(|_| false, |request| request == Some(&pool.name.value));
        self.push(Sort::Moved, of_pool(new, other), Some(before), Some(after), routes);
        self.pool_settings((one, pool), (other, new));
    }

    fn pool_settings(&mut self, (one, pool): (&Manager, &Pool), (other, new): (&Manager, &Pool)) {
        let at =
            |manager: &Manager, pool: &Pool| manager.pools.iter().position(|one| std::ptr::eq(one, pool)).unwrap_or(0);
        let (first, second) = (at(one, pool), at(other, new));
        let mut found = Vec::new();
        let values = (self.first.get(one.index, Some(first)), self.second.get(other.index, Some(second)));
        json(String::new(), values.0, values.1, &mut found);
        for (path, old, now) in found {
            let full = |manager: &Manager, pool: usize| {
                format!("resource_managers[{}].resource_pools[{pool}].{path}", manager.index)
            };
            let before = side_at(self.before, &full(one, first), old);
            let after = side_at(self.after, &full(other, second), now);
            self.push(Sort::Set, of_pool(new, other), Some(before), Some(after), Vec::new());
            if path.ends_with("max_slots_per_pod")
                && let Some(change) = self.changes.last_mut()
            {
                change.cut = routes::cut((self.before, one, first), (self.after, other, second));
            }
        }
        let block = |manager: &Manager, pool: usize| {
            setting_of(&format!("resource_managers[{}].resource_pools[{pool}]", manager.index))
        };
        self.beside(&of_pool(new, other), &block(one, first), &block(other, second));
    }

    /// Everything beside resource managers.
    fn root(&mut self) {
        let of_managers = ["resource_manager", "resource_pools", "additional_resource_managers"];
        for difference in differences(self.before, self.after) {
            let first = difference.setting.split(['.', '[']).next().unwrap_or_default();
            if of_managers.contains(&first) || difference.path.starts_with("resource_managers") {
                continue;
            }
            let before = side_of(self.before, &difference.setting, difference.before);
            let after = side_of(self.after, &difference.setting, difference.after);
            // What nobody wrote in either follows from something that is told already.
            if before.is_written || after.is_written {
                self.push(Sort::Set, Subject::Root, Some(before), Some(after), Vec::new());
            }
        }
    }

    /// The moved requests that end in a way, or name a pool in a way.
    fn touching(&self, ends: impl Fn(&Destination) -> bool, names: impl Fn(Option<&String>) -> bool) -> Vec<usize> {
        let touches = |moved: &routes::Moved| ends(&moved.before) || ends(&moved.after) || names(moved.request.named());
        self.routes.iter().enumerate().filter(|(_, moved)| touches(moved)).map(|(at, _)| at).collect()
    }

    fn push(&mut self, sort: Sort, subject: Subject, before: Option<Side>, after: Option<Side>, routes: Vec<usize>) {
        self.changes.push(Change { sort, subject, before, after, routes, cut: None, cause: Cause::Files });
    }
}

fn of_pool(pool: &Pool, manager: &Manager) -> Subject {
    Subject::Pool(pool.name.value.clone(), manager.cluster_name.value.clone())
}
