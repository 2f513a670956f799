//! Snapshots that are saved as they are read: of each object what some rule asks for, and nothing else.
//!
//! The structs that objects are read into say what that is: a member that none of them asks for is left out. So no
//! environment variable, no annotation and no argument of a container is ever written.

use std::io::{self, Write as _};

use serde::Deserialize;
use serde::de::{DeserializeOwned, Error as _};
use serde_json::{Map, Value, json};

use super::ReadError;
use super::json::placed;
use super::object::{RECORD, Source, absorb};
use super::page::Page;
use crate::model::inventory::{InventoryBuilder, Kind, Record};
use crate::source::save::Incoming;

/// Writes a snapshot, object by object.
#[derive(Debug)]
pub struct Saver {
    out: Incoming,
    objects: u64,
    /// The first thing that went wrong.
    fault: Option<io::Error>,
}

impl Saver {
    /// A snapshot that is about to come.
    #[must_use]
    pub fn new(out: Incoming) -> Self {
        Self { out, objects: 0, fault: None }
    }

    /// Writes what there is to say of the reading.
    pub fn record(&mut self, record: &Record) {
        match serde_json::to_value(record) {
            Ok(Value::Object(members)) => self.write(RECORD, members),
            Ok(_) => {}
            Err(error) => self.fault = Some(error.into()),
        }
    }

    /// Forgets what has been written: everything comes again.
    pub fn start_anew(&mut self) {
        self.objects = 0;
        self.fault = self.out.start_anew().err();
    }

    /// Ends the snapshot and puts it in its place.
    ///
    /// # Errors
    /// When it, or something before it, could not be written.
    pub fn finish(mut self) -> io::Result<()> {
        let end = if self.objects == 0 { "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[]}\n" } else { "\n]}\n" };
        match self.fault {
            Some(fault) => Err(fault),
            None => self.out.write_all(end.as_bytes()).and_then(|()| self.out.keep()),
        }
    }

    fn write(&mut self, kind: &str, members: Map<String, Value>) {
        let before = if self.objects == 0 { "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[\n" } else { ",\n" };
        self.objects += 1;
        let mut object = Map::new();
        object.insert("kind".to_owned(), kind.into());
        object.extend(members);
        if self.fault.is_none() {
            let written = self.out.write_all(before.as_bytes());
            let written = written.and_then(|()| Ok(serde_json::to_writer(&mut self.out, &object)?));
            self.fault = written.err();
        }
    }

    /// Reads a page as [`super::read_page`] does, and writes what was of use in it.
    ///
    /// # Errors
    /// As there. What cannot be written is told by [`Self::finish`].
    pub fn read_page(
        &mut self,
        text: &[u8],
        list: &str,
        kind: Kind,
        builder: &mut InventoryBuilder,
    ) -> Result<Page, ReadError> {
        self.page(text, list, kind, builder).map_err(|error| placed(error, 1, 1))
    }

    fn page(
        &mut self,
        text: &[u8],
        list: &str,
        kind: Kind,
        builder: &mut InventoryBuilder,
    ) -> Result<Page, serde_json::Error> {
        let whole: Whole = serde_json::from_slice(text)?;
        if whole.kind != list {
            return Err(serde_json::Error::custom(format!("this is a {}, not a {list}", whole.kind)));
        }
        let items = whole.items.unwrap_or_default();
        let count = items.len() as u64;
        let name = list.strip_suffix("List").unwrap_or(list);
        for item in items {
            let mut asked = Asked { object: item, ignored: Vec::new() };
            absorb(Some(kind), &mut asked, builder)?;
            self.write(name, asked.members());
        }
        Ok(whole.metadata.page(count))
    }
}

#[derive(Deserialize)]
struct Whole {
    #[serde(default)]
    kind: String,
    #[serde(default, deserialize_with = "crate::model::pod::nullable")]
    metadata: super::page::Head,
    items: Option<Vec<Value>>,
}

/// An object that notes what of it nobody asks for.
struct Asked {
    object: Value,
    ignored: Vec<Vec<Step>>,
}

/// A step into an object.
enum Step {
    Member(String),
    Item(usize),
}

impl Asked {
    /// What was asked for.
    fn members(mut self) -> Map<String, Value> {
        // Of what is only counted the name is left.
        if self.ignored.iter().any(Vec::is_empty) {
            let name = self.object["metadata"]["name"].take();
            self.object = json!({ "metadata": { "name": name } });
            self.ignored.clear();
        }
        for path in &self.ignored {
            remove(&mut self.object, path);
        }
        match self.object {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }
}

/// Takes out a member; an item is only emptied, as its place may count.
fn remove(within: &mut Value, path: &[Step]) {
    match path {
        [] => {}
        [Step::Member(name)] => {
            if let Some(members) = within.as_object_mut() {
                members.remove(name);
            }
        }
        [Step::Item(at)] => {
            if let Some(item) = within.get_mut(*at) {
                *item = Value::Object(Map::new());
            }
        }
        [step, rest @ ..] => {
            let inner = match step {
                Step::Member(name) => within.get_mut(name),
                Step::Item(at) => within.get_mut(*at),
            };
            if let Some(inner) = inner {
                remove(inner, rest);
            }
        }
    }
}

impl Source for &mut Asked {
    type Error = serde_json::Error;

    fn read<T: DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        let Asked { object, ignored } = self;
        serde_ignored::deserialize(&*object, |path| ignored.push(steps(&path)))
    }
}

fn steps(path: &serde_ignored::Path<'_>) -> Vec<Step> {
    use serde_ignored::Path;
    match path {
        Path::Root => Vec::new(),
        Path::Seq { parent, index } => and(parent, Step::Item(*index)),
        Path::Map { parent, key } => and(parent, Step::Member(key.clone())),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => steps(parent),
    }
}

fn and(parent: &serde_ignored::Path<'_>, step: Step) -> Vec<Step> {
    let mut all = steps(parent);
    all.push(step);
    all
}
