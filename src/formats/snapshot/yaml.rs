//! YAML snapshots: lists or documents, read whole. The kinds are looked up first, so that the second
//! reading knows what to expect and its errors carry the place.

use std::fmt;

use serde::Deserialize;
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny};

use super::json::another_kind;
use super::object::{Whole, absorb, kind_of};
use super::{ReadError, plain};
use crate::model::inventory::InventoryBuilder;

#[derive(Deserialize)]
struct Outline {
    kind: Option<String>,
    items: Option<Vec<ItemOutline>>,
}

#[derive(Deserialize)]
struct ItemOutline {
    kind: Option<String>,
}

/// Reads every document of a YAML text.
pub(super) fn read(text: &str, builder: &mut InventoryBuilder) -> Result<(), ReadError> {
    let mut outlines = Vec::new();
    for document in serde_yaml::Deserializer::from_str(text) {
        outlines.push(Option::<Outline>::deserialize(document).map_err(placed)?);
    }
    let mut any = false;
    for (document, outline) in serde_yaml::Deserializer::from_str(text).zip(&outlines) {
        // A document without content, as after a last `---`, says nothing.
        let Some(outline) = outline else { continue };
        any = true;
        read_document(document, outline, builder).map_err(placed)?;
    }
    if any { Ok(()) } else { Err(ReadError { line: 1, column: 1, message: "the snapshot is empty".to_owned() }) }
}

fn read_document<'de, D: Deserializer<'de>>(
    document: D,
    outline: &Outline,
    builder: &mut InventoryBuilder,
) -> Result<(), D::Error> {
    let kind = outline.kind.as_deref().unwrap_or("");
    match (&outline.items, kind_of(kind)) {
        (Some(items), _) if kind.ends_with("List") => {
            let implied = kind.strip_suffix("List").unwrap_or("");
            document.deserialize_map(ListVisitor { items, implied, builder })
        }
        (_, Some(kind)) => absorb(Some(kind), Whole::new(document), builder),
        (_, None) if kind.is_empty() => Err(de::Error::custom("an object without `kind`")),
        (_, None) => Err(de::Error::custom(another_kind(kind))),
    }
}

/// Reads the items of a list whose kinds are known.
struct ListVisitor<'a> {
    items: &'a [ItemOutline],
    implied: &'a str,
    builder: &'a mut InventoryBuilder,
}

impl<'de> de::Visitor<'de> for ListVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a List")
    }

    fn visit_map<A: de::MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "items" {
                map.next_value_seed(&mut self)?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        for outline in self.items {
            let name = outline.kind.as_deref().unwrap_or(self.implied);
            if name.is_empty() {
                return Err(de::Error::custom("an object without `kind`"));
            }
            items.next_element_seed(ItemSeed { name, builder: &mut *self.builder })?;
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for &mut ListVisitor<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(ListVisitor { items: self.items, implied: self.implied, builder: self.builder })
    }
}

struct ItemSeed<'a> {
    name: &'a str,
    builder: &'a mut InventoryBuilder,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        absorb(kind_of(self.name), Whole::new(deserializer), self.builder)
    }
}

/// The place of an error, taken out of its text.
pub(super) fn placed(error: serde_yaml::Error) -> ReadError {
    let (line, column) = error.location().map_or((0, 0), |place| (place.line() as u64, place.column() as u64));
    ReadError { line, column, message: plain(&error.to_string()) }
}
