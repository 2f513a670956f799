//! Lists, page by page: the next one is fetched while this one is taken in, and then it is dropped.

use std::fmt::Write as _;
use std::io::{BufReader, Read};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::MultiGzDecoder;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::mpsc::{Receiver, channel};

use super::failure::{Failure, Why};
use super::resources::Resource;
use super::session::Session;
use crate::formats::snapshot::{self, Page, Saver, read_list, read_page};
use crate::model::inventory::InventoryBuilder;

/// Objects of a page. More make fewer requests, and larger bursts for the API server.
const LIMIT: usize = 500;

/// The inventory that several lists go into, and the snapshot that is saved of them.
pub(super) struct Taken {
    pub(super) builder: InventoryBuilder,
    pub(super) saver: Option<Saver>,
}

/// Both, beside what else is going on.
pub(super) type Shared = Arc<Mutex<Taken>>;

/// What to list.
#[derive(Clone)]
pub(super) struct Listing {
    /// Which objects.
    pub(super) resource: &'static Resource,
    /// Of one namespace, or of all.
    pub(super) namespace: Option<String>,
    /// Which of them, by their fields; empty for all.
    pub(super) fields: String,
}

/// What a list was like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// How many objects it had.
    pub items: u64,
    /// How many pages.
    pub pages: u64,
    /// The version of the cluster that it shows.
    pub resource_version: String,
    /// Whether a part of it shows a later moment than the first, as the API server did not keep that one.
    pub is_blurred: bool,
}

impl Listing {
    /// All of a resource.
    pub(super) fn all(resource: &'static Resource) -> Self {
        Self { resource, namespace: None, fields: String::new() }
    }

    /// All of a resource in one namespace.
    pub(super) fn of_namespace(resource: &'static Resource, namespace: &str) -> Self {
        Self { resource, namespace: Some(namespace.to_owned()), fields: String::new() }
    }

    /// Those of them whose fields are so.
    pub(super) fn with_fields(self, fields: impl Into<String>) -> Self {
        Self { fields: fields.into(), ..self }
    }

    /// Where these objects are listed, with one parameter.
    fn path(&self, parameter: &str) -> String {
        let mut path = format!("{}?{parameter}", self.resource.path(self.namespace.as_deref()));
        if !self.fields.is_empty() {
            let _ = write!(path, "&fieldSelector={}", utf8_percent_encode(&self.fields, NON_ALPHANUMERIC));
        }
        path
    }

    fn page(&self, next: Option<&str>) -> String {
        let mut path = self.path(&format!("limit={LIMIT}"));
        if let Some(next) = next {
            let _ = write!(path, "&continue={}", utf8_percent_encode(next, NON_ALPHANUMERIC));
        }
        path
    }

    /// What it is called in messages.
    pub(super) fn name(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("list of {} in namespace {namespace}", self.resource.plural),
            None => format!("list of {}", self.resource.plural),
        }
    }

    /// Reads the whole list into the inventory. `seen` hears of each page.
    ///
    /// When it fails, pages before that have been taken in.
    pub(super) async fn read(
        &self,
        session: &Session,
        into: &Shared,
        seen: &mut (dyn FnMut(&Page) + Send),
    ) -> Result<Listed, Failure> {
        let name = self.name();
        let mut listed = Listed::default();
        let mut fetched = session.get(&self.page(None), &name).await;
        let mut has_moved = true;
        loop {
            let text = match fetched {
                Ok(text) => text,
                // The rest as it is now is better than all of it again: the API server has enough to do.
                // It may get too old again, page after page; but it has to get on.
                Err(Failure { why: Why::Expired { next: Some(next) }, .. }) if has_moved => {
                    listed.is_blurred = true;
                    has_moved = false;
                    fetched = session.get(&self.page(Some(&next)), &name).await;
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let next = next_of(&text);
            let ahead = next.map(|next| {
                let (session, path, name) = (session.clone(), self.page(Some(&next)), name.clone());
                tokio::spawn(async move { session.get(&path, &name).await })
            });
            let page = self.take_in(text, into, &name).await?;
            has_moved = true;
            listed.items += page.items;
            listed.pages += 1;
            if listed.pages == 1 {
                listed.resource_version.clone_from(&page.resource_version);
            }
            seen(&page);
            fetched = match (ahead, page.next) {
                (None, None) => return Ok(listed),
                (Some(ahead), Some(_)) => {
                    ahead.await.unwrap_or_else(|_| Err(Failure::before(Why::Broken, "").asking(&name)))
                }
                (None, Some(next)) => session.get(&self.page(Some(&next)), &name).await,
                (Some(_), None) => return Err(Failure::before(Why::Malformed, "it has two heads").asking(&name)),
            };
        }
    }

    /// Reads the whole list as one answer of the server's cache, or nothing.
    pub(super) async fn read_at_once(&self, session: &Session, into: &Shared) -> Result<Listed, Failure> {
        let name = self.name();
        let stream = session.begin(&self.path("resourceVersion=0"), &name).await?;
        let (sender, receiver) = channel(8);
        let (list, kind) = (self.resource.list, self.resource.kind);
        let mut builder = into.lock().unwrap_or_else(PoisonError::into_inner).builder.clone();
        let is_packed = stream.is_packed;
        let read = tokio::task::spawn_blocking(move || {
            let pieces = Pieces { receiver, piece: Vec::new(), at: 0 };
            let page = match is_packed {
                true => read_list(BufReader::new(MultiGzDecoder::new(pieces)), list, kind, &mut builder),
                false => read_list(BufReader::new(pieces), list, kind, &mut builder),
            };
            builder.was_read(kind);
            page.map(|page| (page, builder))
        });
        stream.pass_on(sender, &name).await?;
        let malformed = |words: String| Failure::before(Why::Malformed, words).asking(&name);
        let read = read.await.map_err(|_| malformed(String::new()))?;
        let (page, builder) = read.map_err(|error| malformed(error.message))?;
        if page.next.is_some() {
            return Err(malformed("it goes on, although it was to be whole".to_owned()));
        }
        into.lock().unwrap_or_else(PoisonError::into_inner).builder = builder;
        Ok(Listed { items: page.items, pages: 1, resource_version: page.resource_version, is_blurred: false })
    }

    /// Reads as much of the list as is permitted.
    pub(super) async fn read_if_permitted(&self, session: &Session, into: &Shared) -> Result<(), Failure> {
        match self.read(session, into, &mut |_| {}).await {
            Err(failure) if failure.why != Why::Forbidden => Err(failure),
            _ => Ok(()),
        }
    }

    /// Takes a page in, beside what else is going on.
    async fn take_in(&self, text: Vec<u8>, into: &Shared, name: &str) -> Result<Page, Failure> {
        let (resource, into) = (self.resource, Arc::clone(into));
        let read = tokio::task::spawn_blocking(move || {
            let mut taken = into.lock().unwrap_or_else(PoisonError::into_inner);
            let Taken { builder, saver } = &mut *taken;
            let page = match saver {
                None => read_page(&text, resource.list, resource.kind, builder),
                Some(saver) => saver.read_page(&text, resource.list, resource.kind, builder),
            };
            if page.is_ok() {
                builder.was_read(resource.kind);
            }
            page
        });
        let malformed = |words: String| Failure::before(Why::Malformed, words).asking(name);
        match read.await {
            Ok(Ok(page)) => Ok(page),
            Ok(Err(error)) => {
                Err(malformed(format!("line {}, column {}: {}", error.line, error.column, error.message)))
            }
            Err(_) => Err(malformed(String::new())),
        }
    }
}

/// A body that comes in pieces, for a reader on another thread.
struct Pieces {
    receiver: Receiver<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.piece.len() {
            self.piece = self.receiver.blocking_recv().unwrap_or_default();
            self.at = 0;
        }
        let mut left = self.piece.get(self.at..).unwrap_or_default();
        let read = left.read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Where a list goes on, by its head: API servers write it before the items, so that it costs next to nothing.
fn next_of(text: &[u8]) -> Option<String> {
    snapshot::peek_next(text)
}
