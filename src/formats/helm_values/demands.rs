//! What the chart demands in steps of its own.

use super::engine::Engine;
use super::given::{Given, GivenKind};
use crate::model::chart::Stop;

impl Engine<'_> {
    pub(super) fn password(&self) -> Result<(), Stop> {
        if !self.is_database_new() {
            return Ok(());
        }
        let candidates = ["initialUserPassword", "defaultPassword"];
        let mut given = None;
        for path in candidates {
            given = given.or(self.get(path)?.filter(|value| value.is_filled()).map(|value| (value, path)));
        }
        let Some((value, path)) = given else {
            let words = "An initial password for admin and determined users is required!";
            return Err(self.fail(words, self.near("initialUserPassword"), "initialUserPassword"));
        };
        let length = match &value.kind {
            GivenKind::Text(text) => text.len(),
            GivenKind::List(items) => items.len(),
            GivenKind::Table(table) => table.len(),
            _ => {
                let words = format!("error calling len: len of type {}", value.go_type());
                return Err(self.shape(&words, value.anchor(), path));
            }
        };
        let fails = |words: &str| Err(self.fail(words, value.anchor(), path));
        if length <= 7 {
            return fails("initialUserPassword must have at least 8 characters");
        }
        let text = self.text_of(Some(value), path)?;
        match text {
            _ if !text.contains(|c: char| c.is_ascii_uppercase()) => {
                fails("initialUserPassword must include an uppercase letter")
            }
            _ if !text.contains(|c: char| c.is_ascii_lowercase()) => {
                fails("initialUserPassword must include a lowercase letter")
            }
            _ if !text.contains(|c: char| c.is_ascii_digit()) => fails("initialUserPassword must include a number"),
            _ => Ok(()),
        }
    }

    pub(super) fn pool_metadata(&self) -> Result<(), Stop> {
        let pools = self.demand("resourcePools", "A valid .Values.resourcePools entry required!")?;
        let names = self.pool_names(pools)?;
        let metadata = self.demand(METADATA, "A valid .Values.genai.extraResourcePoolMetadata entry required!")?;
        let stranger = match &metadata.kind {
            GivenKind::Table(table) => table.iter().find(|(key, _)| !names.contains(&&***key)),
            // The index of a list is no name.
            GivenKind::List(items) => {
                return items.first().map_or(Ok(()), |item| Err(self.stranger("%!s(int=0)", item)));
            }
            _ => {
                let words = format!("range can't iterate over {}", metadata.printed());
                return Err(self.shape(&words, metadata.anchor(), METADATA));
            }
        };
        stranger.map_or(Ok(()), |(key, value)| Err(self.stranger(key, value)))
    }

    /// The names of all pools, which a template of their own puts together.
    fn pool_names<'a>(&self, pools: &'a Given) -> Result<Vec<&'a str>, Stop> {
        let path = "resourcePools";
        let wrong = |words: &str, of: &Given| {
            Err(self.shape(
                &format!("error calling include: _helpers.tpl: {words}"),
                of.anchor().or(pools.anchor()),
                path,
            ))
        };
        let items: Vec<&Given> = match &pools.kind {
            GivenKind::List(items) => items.iter().collect(),
            GivenKind::Table(table) => table.values().collect(),
            GivenKind::Int(..=0) => Vec::new(),
            GivenKind::Int(_) => return wrong("can't evaluate field pool_name in type int64", pools),
            _ => return wrong(&format!("range can't iterate over {}", pools.printed()), pools),
        };
        let mut names = Vec::new();
        for item in items {
            match &item.kind {
                GivenKind::Table(table) => names.extend(table.get("pool_name").and_then(Given::as_text)),
                GivenKind::Null => return wrong("nil pointer evaluating interface {}.pool_name", item),
                _ => return wrong("can't evaluate field pool_name in type interface {}", item),
            }
        }
        Ok(names)
    }

    fn stranger(&self, name: &str, value: &Given) -> Stop {
        let words = format!(
            ".Values.genai.extraResourcePoolMetadata defines a resource_pool '{name}' which is not present in the \
             .Values.resourcePools"
        );
        self.fail(&words, value.anchor(), METADATA)
    }
}

const METADATA: &str = "genai.extraResourcePoolMetadata";
