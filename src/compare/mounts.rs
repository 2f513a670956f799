//! Secrets with kubeconfigs in two sets of values. Where the chart mounts one follows from the place of its manager in the
//! list, so the names tell what is another, and the paths do not.

use super::{Content, Side, Sort, Subject, Work};
use crate::formats::helm_values::kubeconfig_secrets::{Named, Placed};
use crate::model::confidential::is_pasted;
use crate::model::config::Manager;
use crate::model::told::HIDDEN;
use crate::model::verdict::Json;

impl Work<'_> {
    /// Tells of Secrets and keys that are others; whether they were compared.
    pub(super) fn mounts(&mut self, one: &Manager, other: &Manager, subject: &Subject) -> bool {
        let Some([first, second]) = self.named else { return false };
        let of = |named: &'_ [Named], manager: &Manager| -> [Option<Placed>; 2] {
            let named = manager.index.checked_sub(1).and_then(|at| named.get(at)).cloned();
            named.map_or([None, None], |named| [named.secret, named.key])
        };
        let keys = ["kubeconfig_secret_name", "kubeconfig_secret_value"];
        for ((key, before), after) in keys.into_iter().zip(of(first, one)).zip(of(second, other)) {
            let text = |placed: &Option<Placed>| placed.as_ref().map(|placed| placed.text.clone());
            if text(&before) != text(&after) {
                let (before, after) = (side(one, key, before), side(other, key, after));
                self.push(Sort::Set, subject.clone(), Some(before), Some(after), Vec::new());
            }
        }
        true
    }
}

fn side(manager: &Manager, key: &str, placed: Option<Placed>) -> Side {
    let place = placed.as_ref().map_or(manager.span, |placed| placed.span);
    let (value, content) = match &placed {
        None => (Json::Null, Content::Blank),
        Some(Placed { text, .. }) if is_pasted(key, text) => (Json::String(HIDDEN.to_owned()), Content::Secret),
        Some(Placed { text, .. }) => (Json::String(text.clone()), Content::Open),
    };
    let setting = format!("{}.{key}", manager.block());
    Side { place, is_written: placed.is_some(), setting, value, content, bytes: place }
}
