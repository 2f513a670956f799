//! Kubeconfigs that resource managers name, as far as they could be read.
//!
//! No byte of them is shown: findings point at the setting that names the file, and tell the line in it.

use jiff::Timestamp;

use super::Context;
use crate::kubeconfig::Loading;
use crate::kubeconfig::address::Server;
use crate::kubeconfig::worth::{Stanza, Worth};
use crate::model::Setting;
use crate::model::config::Manager;
use crate::source::{SourceFile, Span};

/// Where the master runs that will read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a pod.
    Pod,
    /// On this machine, as devcluster starts it.
    Here,
    /// Nobody can tell.
    Unknown,
}

/// A file that a resource manager names.
#[derive(Debug)]
pub struct Followed {
    /// The index of the resource manager.
    pub manager: usize,
    /// Where the file was looked for.
    pub path: String,
    /// Where the master runs.
    pub place: Place,
    /// What was found.
    pub found: Found,
}

/// What was found in place of a file.
#[derive(Debug)]
pub enum Found {
    /// Nothing, where all files of the master's machine were said to be.
    Missing,
    /// A text.
    Text(Box<Text>),
}

/// A kubeconfig with all that is known of it.
#[derive(Debug)]
pub struct Text {
    /// Its text.
    pub file: SourceFile,
    /// What it says.
    pub loading: Loading,
    /// What a master makes of it.
    pub worth: Worth,
    /// The API server that the master would talk to, with the fingerprints of its authorities.
    pub server: Option<(Server, Vec<String>)>,
    /// When it was looked at, in seconds since 1970.
    pub now: i64,
}

/// A kubeconfig beside the resource manager that names it.
pub(super) struct Named<'a> {
    pub(super) manager: &'a Manager,
    /// Where the file is named.
    pub(super) setting: &'a Setting<String>,
    pub(super) followed: &'a Followed,
    pub(super) text: &'a Text,
}

impl Named<'_> {
    /// The file, with the line and column of a place in it.
    pub(super) fn at(&self, span: Option<Span>) -> String {
        let path = harmless(&self.followed.path);
        match span.map(|span| self.text.file.position(span.start)) {
            Some(position) => format!("{path}:{}:{}", position.line, position.column),
            None => path,
        }
    }

    pub(super) fn stanzas(&self) -> impl Iterator<Item = &Stanza> {
        self.text.worth.stanzas.iter()
    }
}

/// All kubeconfigs that were read.
pub(super) fn named<'a>(cx: &Context<'a>, followed: &'a [Followed]) -> impl Iterator<Item = Named<'a>> {
    let managers = cx.managers();
    followed.iter().filter_map(move |followed| {
        let manager = managers.get(followed.manager)?;
        let setting = &manager.kubernetes()?.kubeconfig_path;
        match &followed.found {
            Found::Text(text) => Some(Named { manager, setting, followed, text }),
            Found::Missing => None,
        }
    })
}

/// Words of another program in one line.
pub(super) fn harmless(words: &str) -> String {
    let visible: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.trim_end_matches('.').trim().to_owned()
}

/// The day of a moment in seconds since 1970.
pub(super) fn day(seconds: i64) -> String {
    let moment = Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |moment| moment.to_string());
    moment.split('T').next().unwrap_or(&moment).to_owned()
}
