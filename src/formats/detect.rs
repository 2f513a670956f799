//! Which kind of file a text is, told from its root keys.

use super::resemblance;
use crate::model::verdict::Kind;
use crate::yaml::parse::SyntaxError;
use crate::yaml::{NodeId, NodeKind, Tree};

/// What a text looks like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detection {
    /// Of this kind, and why.
    Plain(Kind, String),
    /// Of this kind, as far as can be told from a misspelt key, a lone section or a text that is no YAML; and why.
    Likely(Kind, String),
    /// Of none, and why.
    None(String),
    /// Of none before it is rendered: a template.
    Template,
    /// Of one of several, with the key that speaks for each.
    Ambiguous(Vec<(Kind, &'static str)>),
}

impl Detection {
    /// What makes a text ambiguous, and how to say what it is.
    #[must_use]
    pub fn doubt(kinds: &[(Kind, &'static str)]) -> (String, String) {
        let whys: Vec<String> =
            kinds.iter().map(|(kind, key)| format!("`{key}` is a key of {}", kind.in_words())).collect();
        let options: Vec<String> = kinds.iter().map(|(kind, _)| format!("--kind {}", kind.as_str())).collect();
        (whys.join(", "), format!("say which with {}", options.join(" or ")))
    }
}

/// Root keys that only a master's configuration has, squeezed as [`squeeze`] does.
pub(super) const MASTER: &[&str] = &[
    "resource_manager",
    "resource_pools",
    "resource_pool",
    "task_container_defaults",
    "checkpoint_storage",
    "provisioner",
    "__internal",
    "det_cloud",
    "enable_cors",
    "launch_error",
    "tensorboard_timeout",
    "notebook_timeout",
    "retention_policy",
    "feature_switches",
    "reserved_ports",
    "ui_customization",
];

/// Root keys that only values of the Determined chart have.
pub(super) const HELM: &[&str] = &[
    "maxSlotsPerPod",
    "resourceManager",
    "resourcePools",
    "taskContainerDefaults",
    "checkpointStorage",
    "masterPort",
    "imageRegistry",
    "enterpriseEdition",
    "defaultScheduler",
    "defaultAuxResourcePool",
    "defaultComputeResourcePool",
    "slotType",
    "slotResourceRequests",
    "determinedMasterHost",
    "initialUserPassword",
    "defaultPassword",
    "tlsSecret",
    "useNodePortForMaster",
];

/// Keys that point at a deployment of several resource managers in either of the two.
pub(super) const SHARED: &[&str] = &[
    "additional_resource_managers",
    "additional_resource_manager",
    "addtional_resource_managers",
    "addtional_resource_manager",
];

/// Root keys of a master's configuration that other programs use too; two of them together count.
const WEAK: &[&str] = &[
    "db",
    "log",
    "logging",
    "security",
    "telemetry",
    "cache",
    "webhooks",
    "integrations",
    "port",
    "root",
    "cluster_name",
    "scim",
    "saml",
    "oidc",
    "observability",
    "config_file",
    "scheduler",
];

/// Root keys of an experiment's configuration, which also has a `checkpoint_storage`.
const EXPERIMENT: &[&str] = &["searcher", "entrypoint", "hyperparameters"];

/// Tells the kind of a text from its tree, or from the starts of its lines when it has none. A text that is no YAML and
/// has nothing that tells may be anything; the master is asked.
#[must_use]
pub fn detect(tree: &Tree, text: &str, syntax: Option<&SyntaxError>) -> Detection {
    if let Some(why) = other_pipeline(tree) {
        return Detection::None(why);
    }
    let keys = root_keys(tree).unwrap_or_else(|| {
        let lines = text.lines().filter_map(|line| line.split_once(':'));
        lines.map(|(key, _)| key.trim_end()).collect()
    });
    match from_keys(&keys) {
        Detection::Plain(Kind::Master, _) if !has_masters(&keys) && names_secrets(tree) => {
            Detection::Plain(Kind::HelmValues, format!("its additional managers have `{SECRET}`"))
        }
        Detection::None(why) if why == UNTOLD => match (resemblance::resembles(tree, &keys), syntax) {
            (Some(resembled), _) => resembled,
            (None, None) => Detection::None(why),
            (None, Some(_)) if text.contains("{{") => Detection::Template,
            (None, Some(_)) => Detection::Likely(Kind::Master, "it is no YAML, and so its kind is a guess".to_owned()),
        },
        told => told,
    }
}

/// What a manager of the chart has, and one of the master has not: the Secret with its kubeconfig.
const SECRET: &str = "kubeconfig_secret_name";

/// Whether a key is plainly the master's.
fn has_masters(keys: &[&str]) -> bool {
    keys.iter().any(|key| MASTER.contains(&&*key.to_lowercase()))
}

/// Whether an additional manager names the Secret with its kubeconfig, as only values do.
fn names_secrets(tree: &Tree) -> bool {
    let entry = |mapping: NodeId, keys: &[&str]| match tree.node(mapping).kind {
        NodeKind::Mapping { entries, .. } => entries.iter().find_map(|(key, value)| match tree.node(*key).kind {
            NodeKind::Scalar { text, .. } => keys.contains(&&**text).then_some(*value),
            _ => None,
        }),
        _ => None,
    };
    let root = tree.documents().first().and_then(|document| document.root);
    let items = match root.and_then(|root| entry(root, SHARED)).map(|list| tree.node(list).kind) {
        Some(NodeKind::Sequence { items, .. }) => items,
        _ => return false,
    };
    items
        .iter()
        .filter_map(|item| entry(*item, &["resource_manager"]))
        .any(|manager| entry(manager, &[SECRET]).is_some())
}

/// Why a text is of no kind when nothing is known of it.
const UNTOLD: &str = "it has no key that tells a Determined configuration";

/// The keys of the first document's root mapping; `None` when there is no document.
fn root_keys(tree: &Tree) -> Option<Vec<&str>> {
    let root = tree.documents().first()?.root?;
    Some(mapping_keys(tree, root).unwrap_or_default())
}

/// The keys of a mapping that are plain texts.
pub(super) fn mapping_keys(tree: &Tree, node: NodeId) -> Option<Vec<&str>> {
    let NodeKind::Mapping { entries, .. } = tree.node(node).kind else { return None };
    let keys = entries.iter().filter_map(|(key, _)| match tree.node(*key).kind {
        NodeKind::Scalar { text, .. } => Some(&**text),
        _ => None,
    });
    Some(keys.collect())
}

/// Why a text with `stages` is one of the pipelines of other programs: their stages are names, or have `stage` or `jobs`.
fn other_pipeline(tree: &Tree) -> Option<String> {
    let root = tree.documents().first()?.root?;
    let NodeKind::Mapping { entries, .. } = tree.node(root).kind else { return None };
    let text = |id: NodeId| match tree.node(id).kind {
        NodeKind::Scalar { text, .. } => Some(&**text),
        _ => None,
    };
    let (_, stages) = entries.iter().find(|(key, _)| text(*key) == Some("stages"))?;
    let NodeKind::Sequence { items, .. } = tree.node(*stages).kind else { return None };
    let is_name = |item: &NodeId| matches!(tree.node(*item).kind, NodeKind::Scalar { .. });
    if !items.is_empty() && items.iter().all(is_name) {
        return Some("its `stages` are names, as in pipelines of GitLab".to_owned());
    }
    let is_job = |item: &NodeId| match tree.node(*item).kind {
        NodeKind::Mapping { entries, .. } => {
            entries.iter().any(|(key, _)| matches!(text(*key), Some("stage" | "jobs")))
        }
        _ => false,
    };
    items.iter().any(is_job).then(|| "its `stages` have jobs, as in pipelines of Azure".to_owned())
}

pub(super) fn from_keys(keys: &[&str]) -> Detection {
    let find = |list: &[&'static str]| list.iter().copied().find(|known| keys.iter().any(|key| key == known));
    // No known key is that long; a text that is no YAML may hold whole pages before a colon.
    let heads = keys.iter().filter_map(|key| key.split("..").next().filter(|head| head.len() <= 64));
    let folded: Vec<String> = heads.map(str::to_lowercase).collect();
    let fold = |list: &[&'static str]| list.iter().copied().find(|known| folded.iter().any(|key| key == known));
    if keys.contains(&"stages") {
        return Detection::Plain(Kind::Devcluster, "it has `stages`".to_owned());
    }
    if keys.contains(&"apiVersion") && keys.contains(&"kind") {
        return Detection::None("it is a Kubernetes object".to_owned());
    }
    if let Some(key) = find(EXPERIMENT)
        && !keys
            .iter()
            .any(|key| *key != "checkpoint_storage" && [MASTER, HELM, SHARED].iter().any(|known| known.contains(key)))
    {
        return Detection::None(format!("it is the configuration of an experiment: it has `{key}`"));
    }
    let weak: Vec<&str> = WEAK.iter().copied().filter(|known| keys.contains(known)).collect();
    // A key of the other kind that slipped in among many of one kind does not make a doubt.
    let camel = HELM.iter().filter(|known| keys.contains(known)).count();
    let snake = MASTER.iter().filter(|known| keys.contains(known)).count();
    match (fold(MASTER), find(HELM), fold(SHARED)) {
        (Some(key), Some(_), _) if snake > camel => {
            Detection::Plain(Kind::Master, format!("it has the master's key `{key}`"))
        }
        (Some(_), Some(key), _) if camel > snake => {
            Detection::Plain(Kind::HelmValues, format!("it has the chart's key `{key}`"))
        }
        (Some(of_master), Some(of_chart), _) => {
            Detection::Ambiguous(vec![(Kind::Master, of_master), (Kind::HelmValues, of_chart)])
        }
        (Some(key), None, _) => Detection::Plain(Kind::Master, format!("it has the master's key `{key}`")),
        (None, Some(key), _) => Detection::Plain(Kind::HelmValues, format!("it has the chart's key `{key}`")),
        (None, None, Some(key)) => Detection::Plain(Kind::Master, format!("it has `{key}`")),
        (None, None, None) => match weak.as_slice() {
            [first, second, ..] => Detection::Plain(Kind::Master, format!("it has `{first}` and `{second}`")),
            _ => Detection::None(UNTOLD.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;
    use crate::yaml::parse::{Limits, parse};

    fn kind(text: &str) -> Detection {
        let parsed = parse(SourceId::default(), text, Limits::default());
        detect(&parsed.tree, text, parsed.error.as_ref())
    }

    #[test]
    fn keys_tell() {
        let plain = |text: &str| match kind(text) {
            Detection::Plain(kind, _) => Some(kind),
            _ => None,
        };
        let likely = |text: &str| match kind(text) {
            Detection::Likely(kind, _) => Some(kind),
            _ => None,
        };
        assert_eq!(plain("resource_manager:\n  type: kubernetes\n"), Some(Kind::Master));
        assert_eq!(plain("Resource_Manager: {}\n"), Some(Kind::Master));
        assert_eq!(plain("addtional_resource_manager: []\n"), Some(Kind::Master));
        assert_eq!(plain("db: {}\nlog: {}\n"), Some(Kind::Master));
        assert_eq!(plain("maxSlotsPerPod: 4\nadditional_resource_managers: []\n"), Some(Kind::HelmValues));
        let named = "additional_resource_managers: [{resource_manager: {kubeconfig_secret_name: west}}]\n";
        assert_eq!(plain(named), Some(Kind::HelmValues));
        assert_eq!(plain(&format!("resource_manager: {{}}\n{named}")), Some(Kind::Master));
        assert_eq!(plain("stages:\n  - db: {}\n"), Some(Kind::Devcluster));
        assert_eq!(plain("stages: []\n"), Some(Kind::Devcluster));
        assert_eq!(plain("stages:\n  - postgres: {}\n"), Some(Kind::Devcluster));
        assert_eq!(plain("stages: [build, test]\njob: {stage: build}\n"), None);
        assert_eq!(plain("stages:\n  - stage: build\n    jobs: []\n"), None);
        assert_eq!(plain("resource_manager:\n  cluster_name: \"x\n"), Some(Kind::Master));
        assert_eq!(plain("apiVersion: v1\nkind: Pod\n"), None);
        assert_eq!(plain("name: build\non: push\n"), None);
        assert_eq!(plain("checkpoint_storage: {type: shared_fs}\nsearcher: {name: single}\n"), None);
        assert_eq!(plain("searcher: {name: single}\nresource_manager: {type: agent}\n"), Some(Kind::Master));
        for text in [
            "resource_manger:\n  type: kubernetes\n",
            "resource_pols: []\n",
            "additonal_resource_managers: []\n",
            "scheduler:\n  fit: best\n",
            "db:\n  pasword: x\n",
            "- resource_manager: {type: kubernetes}\n",
            "foo: [",
            "[1,2",
        ] {
            assert_eq!(likely(text), Some(Kind::Master), "{text:?}");
        }
        assert_eq!(likely("resourceManger: {}\n"), Some(Kind::HelmValues));
        for text in ["logging:\n  level: {root: INFO}\n", "db: {}\n", "port: 1\n", "a: b\n", "", "[1, 2]"] {
            assert_eq!(likely(text), None, "{text:?}");
        }
        assert_eq!(kind("a: {{ .Values.a }}\n{{ if b }}\n"), Detection::Template);
        let both = Detection::Ambiguous(vec![(Kind::Master, "resource_pools"), (Kind::HelmValues, "maxSlotsPerPod")]);
        assert_eq!(kind("resource_pools: []\nmaxSlotsPerPod: 4\n"), both);
    }
}
