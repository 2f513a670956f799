//! Resources by number, and how much there is of each.

use std::sync::Arc;

/// The index of a resource name in [`ResourceNames`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceId(usize);

/// The resources that occur in an inventory, each once.
#[derive(Clone, Debug, Default)]
pub struct ResourceNames(Vec<Arc<str>>);

impl ResourceNames {
    /// The id of a name, if it occurs.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<ResourceId> {
        self.0.iter().position(|known| **known == *name).map(ResourceId)
    }

    /// The id of a name, new if need be.
    pub fn intern(&mut self, name: &str) -> ResourceId {
        self.find(name).unwrap_or_else(|| {
            self.0.push(name.into());
            ResourceId(self.0.len() - 1)
        })
    }

    /// The name of an id of this table; empty for a foreign one.
    #[must_use]
    pub fn name(&self, id: ResourceId) -> &str {
        self.0.get(id.0).map_or("", |name| name)
    }

    /// Every name with its id.
    pub fn iter(&self) -> impl Iterator<Item = (ResourceId, &str)> {
        self.0.iter().enumerate().map(|(at, name)| (ResourceId(at), &**name))
    }
}

/// An amount per resource, in the scheduler's units: thousandths of a core, bytes, pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AmountTable(Vec<i64>);

impl AmountTable {
    /// The amount of a resource, 0 when none was added.
    #[must_use]
    pub fn get(&self, id: ResourceId) -> i64 {
        self.0.get(id.0).copied().unwrap_or(0)
    }

    /// Adds to a resource; sums stop at the bounds of the type.
    pub fn add(&mut self, id: ResourceId, amount: i64) {
        if self.0.len() <= id.0 {
            self.0.resize(id.0 + 1, 0);
        }
        if let Some(sum) = self.0.get_mut(id.0) {
            *sum = sum.saturating_add(amount);
        }
    }

    /// Adds several resources.
    pub fn add_all(&mut self, amounts: &[(ResourceId, i64)]) {
        for (id, amount) in amounts {
            self.add(*id, *amount);
        }
    }
}
