//! `--set` and `--set-string`, in the order in which Helm takes them.

use crate::formats::helm_values::set::{Set, Typing};

/// Both, for commands that read one file of values.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Sets {
    /// In values: set others on top, as Helm does: a.b=1,c[0].d=x; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// The same, with every value as text; may be repeated
    #[arg(long, value_name = "NAME=VALUE")]
    set_string: Vec<String>,
}

impl Sets {
    /// All of them, in order.
    pub(super) fn all(&self) -> Vec<Set> {
        sets(&self.set, &self.set_string)
    }
}

/// What both say: Helm takes all of the one before any of the other.
pub(super) fn sets(guessed: &[String], texts: &[String]) -> Vec<Set> {
    let all =
        |texts: &[String], typing| texts.iter().map(|text| Set { text: text.clone(), typing }).collect::<Vec<_>>();
    [all(guessed, Typing::Guessed), all(texts, Typing::Text)].concat()
}
