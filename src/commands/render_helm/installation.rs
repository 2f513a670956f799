//! How Helm knows values: the release, and what is set on top of a file.

use super::words;
use crate::commands::configuration;
use crate::commands::sets::Sets;
use crate::formats::helm_values::Request;

/// What Helm knows besides a file of values.
#[derive(Clone, Debug, clap::Args)]
pub(in crate::commands) struct Installation {
    /// The name that the Helm release has, or will have
    #[arg(long, value_name = "NAME", default_value = "determined", value_parser = words::release)]
    release: String,
    /// The namespace that the Helm release has, or will have
    #[arg(long, value_name = "NAMESPACE", default_value = "default", value_parser = words::namespace)]
    namespace: String,
    #[command(flatten)]
    sets: Sets,
}

impl Installation {
    /// How values are read: of a release that is there, with something in place of the secrets that are given to Helm.
    pub(in crate::commands) fn of_input(&self) -> Request {
        Request { set: self.sets.all(), ..self.named(configuration::assumed()) }
    }

    /// What the values that are written will be installed as.
    pub(super) fn of_output(&self) -> Request {
        self.named(Request::default())
    }

    fn named(&self, request: Request) -> Request {
        Request { release: self.release.clone(), namespace: self.namespace.clone(), ..request }
    }
}
