//! Lists as API servers send them: all of one kind, with a head that says where the list goes on.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::io::Read;

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde::{Deserialize, de};

use super::ReadError;
use super::json::placed;
use super::object::{Source, absorb};
use crate::model::inventory::{InventoryBuilder, Kind};

/// What a list says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The version of the cluster that it shows.
    pub resource_version: String,
    /// Where the list goes on; nothing on the last page.
    pub next: Option<String>,
    /// About how many objects are still to come; only servers that were given no selector tell.
    pub remaining: Option<u64>,
    /// How many objects there were.
    pub items: u64,
}

/// Reads a page that is there whole. `list` is the kind that it has to be of, such as `PodList`; its items are of
/// `kind`.
///
/// # Errors
/// The text is not well-formed, is something else than such a list, or holds an object that is of the wrong shape or
/// there already. Objects before that one have been taken in.
pub fn read_page(text: &[u8], list: &str, kind: Kind, builder: &mut InventoryBuilder) -> Result<Page, ReadError> {
    let mut text = serde_json::Deserializer::from_slice(text);
    let page = read(&mut text, list, kind, builder);
    page.and_then(|page| text.end().map(|()| page)).map_err(|error| placed(error, 1, 1))
}

/// Reads a list as it comes in, one object at a time.
///
/// # Errors
/// As [`read_page`], or the input breaks off.
pub fn read_list(input: impl Read, list: &str, kind: Kind, builder: &mut InventoryBuilder) -> Result<Page, ReadError> {
    let mut text = serde_json::Deserializer::from_reader(input);
    let page = read(&mut text, list, kind, builder);
    page.and_then(|page| text.end().map(|()| page)).map_err(|error| placed(error, 1, 1))
}

/// Where a list goes on, if its head stands before its items, as API servers write it. Nothing else is read.
#[must_use]
pub fn peek_next(text: &[u8]) -> Option<String> {
    let found = Cell::new(None);
    // Once the head is found the rest is of no interest; the error only ends the reading.
    let _ = serde_json::Deserializer::from_slice(text).deserialize_map(Peek { found: &found });
    found.into_inner()
}

struct Peek<'a> {
    found: &'a Cell<Option<String>>,
}

impl<'de> Visitor<'de> for Peek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match &*key {
                "metadata" => {
                    let head = map.next_value::<Option<Head>>()?.unwrap_or_default();
                    self.found.set(head.next.filter(|next| !next.is_empty()));
                    break;
                }
                "items" => break,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Err(A::Error::custom("found"))
    }
}

fn read<'de, D: Deserializer<'de>>(
    text: D,
    list: &str,
    kind: Kind,
    builder: &mut InventoryBuilder,
) -> Result<Page, D::Error> {
    text.deserialize_map(List { list, kind, builder })
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Head {
    resource_version: Option<String>,
    #[serde(rename = "continue")]
    next: Option<String>,
    remaining_item_count: Option<u64>,
}

impl Head {
    /// The page with this head and so many items.
    pub(super) fn page(self, items: u64) -> Page {
        Page {
            resource_version: self.resource_version.unwrap_or_default(),
            next: self.next.filter(|next| !next.is_empty()),
            remaining: self.remaining_item_count,
            items,
        }
    }
}

struct List<'a> {
    list: &'a str,
    kind: Kind,
    builder: &'a mut InventoryBuilder,
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = Page;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", self.list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page, A::Error> {
        let (mut is_list, mut head, mut items) = (false, Head::default(), None);
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match &*key {
                "kind" => {
                    let kind: String = map.next_value()?;
                    if kind != self.list {
                        return Err(A::Error::custom(format!("this is a {kind}, not a {}", self.list)));
                    }
                    is_list = true;
                }
                "metadata" => head = map.next_value::<Option<Head>>()?.unwrap_or_default(),
                "items" => items = Some(map.next_value_seed(Items { kind: self.kind, builder: self.builder })?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        let Some(items) = items.filter(|_| is_list) else {
            return Err(A::Error::custom(format!("this is no {}", self.list)));
        };
        Ok(head.page(items))
    }
}

struct Items<'a> {
    kind: Kind,
    builder: &'a mut InventoryBuilder,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = u64;

    fn deserialize<D: Deserializer<'de>>(self, text: D) -> Result<u64, D::Error> {
        text.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list's items")
    }

    /// What Go writes for a list that it never made.
    fn visit_unit<E: de::Error>(self) -> Result<u64, E> {
        Ok(0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<u64, A::Error> {
        let mut count = 0;
        loop {
            let mut next = Next { items: &mut items, ended: false, lifetime: std::marker::PhantomData };
            match absorb(Some(self.kind), &mut next, self.builder) {
                Ok(()) => count += 1,
                Err(_) if next.ended => return Ok(count),
                Err(error) => return Err(error),
            }
        }
    }
}

/// The next item of a list.
struct Next<'a, 'de, A> {
    items: &'a mut A,
    /// There was none.
    ended: bool,
    lifetime: std::marker::PhantomData<&'de ()>,
}

impl<'de, A: SeqAccess<'de>> Source for &mut Next<'_, 'de, A> {
    type Error = A::Error;

    fn read<T: DeserializeOwned>(self) -> Result<T, A::Error> {
        let item = self.items.next_element::<T>()?;
        self.ended = item.is_none();
        item.ok_or_else(|| A::Error::custom("the list has ended"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, peek_next, read_list, read_page};
    use crate::model::inventory::{Interest, InventoryBuilder, Kind};
    use crate::model::kubernetes_version::KubernetesVersion;

    fn read(text: &str) -> (Result<Page, String>, u64) {
        let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        let page = read_page(text.as_bytes(), "NodeList", Kind::Node, &mut builder).map_err(|error| error.to_string());
        let mut again = InventoryBuilder::new(KubernetesVersion::default(), Interest::default());
        let streamed =
            read_list(text.as_bytes(), "NodeList", Kind::Node, &mut again).map_err(|error| error.to_string());
        assert_eq!(page, streamed);
        let read = builder.finish().read.get(&Kind::Node).copied().unwrap_or(0);
        (page, read)
    }

    #[test]
    fn a_page_has_a_head_and_items() {
        let text = r#"{"kind":"NodeList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"on",
            "remainingItemCount":3},"items":[{"metadata":{"name":"a"}},{"metadata":{"name":"b"},"status":{}}]}"#;
        assert_eq!(peek_next(text.as_bytes()).as_deref(), Some("on"));
        let page = Page { resource_version: "7".into(), next: Some("on".into()), remaining: Some(3), items: 2 };
        assert_eq!(read(text), (Ok(page), 2));
        let nothing = r#"{"kind":"NodeList","metadata":{"continue":"","resourceVersion":null},"items":null}"#;
        assert_eq!(read(nothing), (Ok(Page::default()), 0));
    }

    #[test]
    fn anything_else_is_refused() {
        let table = [
            (r#"{"kind":"Status","code":500}"#, "this is a Status, not a NodeList", 0),
            (r#"{"kind":"NodeList"}"#, "this is no NodeList", 0),
            (r#"{"items":[]}"#, "this is no NodeList", 0),
            (r#"["not"]"#, "invalid type: sequence, expected a NodeList", 0),
            (r#"{"kind":"NodeList","items":[{"metadata":{"name":"a"}},{"meta"#, "EOF while parsing a string", 1),
            (r#"{"kind":"NodeList","items":[{}]}"#, "Node without metadata.name", 0),
            (r#"{"kind":"NodeList","items":[]} more"#, "trailing characters", 0),
            (
                r#"{"kind":"NodeList","items":[{"metadata":{"name":"a"}},{"metadata":{"name":"a"}}]}"#,
                "duplicate object: Node `a` is there already",
                1,
            ),
        ];
        for (text, words, count) in table {
            assert_eq!(read(text), (Err(words.to_owned()), count), "{text}");
        }
    }
}
