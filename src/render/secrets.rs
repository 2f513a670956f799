//! What the Secrets with the kubeconfigs of additional managers are called: as a base calls them, else as the configuration
//! does where it was values itself, else as the template says, with a name that no other has.

use std::collections::BTreeSet;

use super::Task;
use super::tree::Origin;
use crate::emit::Node;
use crate::formats::helm_values::kubeconfig_secrets::{Named, Placed};
use crate::model::confidential::is_pasted;
use crate::model::config::Manager;
use crate::naming;

/// A Secret of an additional manager.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Secret {
    /// Its name.
    pub(super) name: Node,
    /// The key in it.
    pub(super) key: Node,
}

/// The Secrets of the additional managers, in their order.
pub(super) fn of(origin: &Origin<'_>, task: &Task<'_>) -> Vec<Secret> {
    let managers: Vec<&Manager> = origin.config.additional().collect();
    let clusters: Vec<&str> = managers.iter().map(|manager| manager.cluster_name.value.as_str()).collect();
    let kept: Vec<[Option<&Node>; 2]> = clusters.iter().map(|cluster| origin.kept.chosen(cluster)).collect();
    let chosen = chosen(&kept, task.named);
    let taken: BTreeSet<&str> = chosen.iter().filter_map(|[name, _]| text(name.as_ref()?)).collect();
    let own = task.secret_names.secrets(&clusters);
    let others: Vec<String> = own
        .iter()
        .zip(&clusters)
        .map(|(own, cluster)| match taken.contains(own.as_str()) {
            true => task.secret_names.secret_beside(cluster, |name| taken.contains(name)),
            false => own.clone(),
        })
        .collect();
    let secret = |((manager, [name, key]), other): ((&Manager, [Option<Node>; 2]), String)| Secret {
        name: name.unwrap_or(Node::Text(other)),
        key: key.unwrap_or_else(|| Node::Text(key_of(manager))),
    };
    managers.into_iter().zip(chosen.iter().cloned()).zip(others).map(secret).collect()
}

/// Names and keys that somebody chose. A base counts first; what it says of one cluster is not another's as well.
fn chosen(kept: &[[Option<&Node>; 2]], named: &[Named]) -> Vec<[Option<Node>; 2]> {
    let own = |at: usize| {
        let named = named.get(at);
        let node = |placed: &Placed| Node::text(&placed.text);
        let is_key = |placed: &&Placed| !is_pasted("kubeconfig_secret_value", &placed.text);
        let key = named.and_then(|named| named.key.as_ref().filter(is_key)).map(node);
        [named.and_then(|named| named.secret.as_ref()).map(node), key]
    };
    let is_anothers = |own: &[Option<Node>; 2]| own[0].is_some() && kept.contains(&own.each_ref().map(Option::as_ref));
    let of = |(at, [name, key]): (usize, &[Option<&Node>; 2])| {
        let own = own(at);
        let is_free = name.is_some() || !is_anothers(&own);
        let [own_name, own_key] = if is_free { own } else { [None, None] };
        [name.cloned().or(own_name), key.cloned().or(own_key)]
    };
    kept.iter().enumerate().map(of).collect()
}

fn text(node: &Node) -> Option<&str> {
    match node {
        Node::Text(text) => Some(text),
        _ => None,
    }
}

/// The key for a kubeconfig that lies where the manager says.
fn key_of(manager: &Manager) -> String {
    naming::secret_key(manager.kubernetes().map_or("", |kubernetes| &kubernetes.kubeconfig_path.value))
}
