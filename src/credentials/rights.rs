//! What the master does on a cluster: one row for each verb, with what happens without it (live-master-facts §3, §3.1).

/// One thing that the master does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// The API group; empty for the core.
    pub group: &'static str,
    /// The resource in plural, with its subresource behind a slash.
    pub resource: &'static str,
    /// The verb.
    pub verb: &'static str,
    /// Where.
    pub scope: Scope,
    /// How badly it is needed.
    pub need: Need,
    /// What happens without it.
    pub without: &'static str,
}

/// Where a right is needed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// In the whole cluster.
    Cluster,
    /// In this namespace.
    Namespace(String),
}

/// How badly a right is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// The master ends without it.
    Start,
    /// Tasks fail, or are not seen, without it.
    Run,
    /// Something is worse without it.
    Optional,
}

/// Which rights to grant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// What the master was seen to need, and no more.
    #[default]
    Minimal,
    /// What the Helm chart grants on the default cluster.
    Chart,
}

/// In which namespaces tasks run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tasks {
    /// In these; the default namespace is always one of them.
    In(Vec<String>),
    /// In all, also in ones that the master makes for workspaces.
    Everywhere,
}

/// What of a resource manager decides which rights it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// `default_namespace`, if it is set; else the master uses `default`, without looking whether it is there.
    pub default_namespace: Option<String>,
    /// In which namespaces tasks run.
    pub tasks: Tasks,
    /// The namespace of the Gateway, if there is an internal task gateway.
    pub gateway: Option<String>,
}

impl Use {
    /// By what a configuration says: an empty default namespace is none, as for the master.
    #[must_use]
    pub fn of(default_namespace: &str, tasks: Tasks, gateway: Option<&str>) -> Self {
        let default_namespace = Some(default_namespace).filter(|name| !name.is_empty());
        Self { default_namespace: default_namespace.map(str::to_owned), tasks, gateway: gateway.map(str::to_owned) }
    }

    /// The namespaces in which tasks run, each once, the default one first.
    #[must_use]
    pub fn namespaces(&self) -> Vec<String> {
        let mut found = vec![self.default_namespace.clone().unwrap_or_else(|| "default".to_owned())];
        if let Tasks::In(others) = &self.tasks {
            for other in others {
                if !found.contains(other) {
                    found.push(other.clone());
                }
            }
        }
        found
    }
}

type Row = (&'static str, &'static str, &'static str, Need, &'static str);

/// In the whole cluster, whatever the namespaces of tasks are.
const CLUSTER: [Row; 6] = [
    ("batch", "jobs", "list", Need::Start, "the master ends: `error listing existing pods: … jobs.batch is forbidden`"),
    ("", "nodes", "list", Need::Run, "its pools show 0 slots; tasks still run"),
    ("", "nodes", "watch", Need::Run, "it does not hear of nodes that come and go"),
    ("scheduling.k8s.io", "priorityclasses", "create", Need::Run, "pods have no priority class, and nobody says so"),
    ("scheduling.k8s.io", "priorityclasses", "delete", Need::Run, "priority classes accumulate"),
    ("", "pods", "list", Need::Optional, "slots that pods of other namespaces use look free"),
];

/// In every namespace of tasks.
const TASKS: [Row; 13] = [
    ("batch", "jobs", "list", Need::Start, "the master ends: `error listing existing pods: … jobs.batch is forbidden`"),
    ("batch", "jobs", "watch", Need::Run, "a task that ended keeps its state until the master lists again"),
    ("batch", "jobs", "create", Need::Run, "no task starts: `error creating job`"),
    ("batch", "jobs", "delete", Need::Run, "killing a task has no effect, and its pods keep their GPUs"),
    ("", "pods", "list", Need::Start, "the master ends: `failed to get system pods: pods is forbidden`"),
    ("", "pods", "watch", Need::Run, "states of tasks arrive late"),
    ("", "pods/log", "get", Need::Run, "there are no task logs"),
    ("", "configmaps", "list", Need::Start, "the master ends: `error listing existing config maps`"),
    ("", "configmaps", "create", Need::Run, "no task starts: `error creating configMap`"),
    ("", "configmaps", "delete", Need::Run, "config maps accumulate"),
    ("", "events", "list", Need::Start, "the master ends: `events is forbidden`"),
    ("", "events", "watch", Need::Run, "events of tasks are not seen"),
    (
        "",
        "namespaces",
        "get",
        Need::Start,
        "the master ends: `error verifying default namespace existence`; with a binding, workspaces cannot use the namespace",
    ),
];

/// For namespaces that the master makes for workspaces.
const WORKSPACES: [Row; 5] = [
    ("", "namespaces", "create", Need::Run, "no namespace is made for a workspace"),
    ("", "namespaces", "delete", Need::Run, "the namespace of a workspace stays behind"),
    ("", "resourcequotas", "list", Need::Run, "no quota is set for a workspace"),
    ("", "resourcequotas", "create", Need::Run, "no quota is set for a workspace"),
    ("", "resourcequotas", "patch", Need::Optional, "the quota of a workspace cannot be changed"),
];

/// For an internal task gateway, in every namespace of tasks (facts §6.5; the chart grants none of it).
const PROXIED: [Row; 6] = [
    ("", "services", "list", Need::Start, "the master ends: `listing existing services`"),
    ("", "services", "create", Need::Run, "notebooks and TensorBoards cannot be reached"),
    ("", "services", "delete", Need::Run, "services accumulate"),
    ("gateway.networking.k8s.io", "tcproutes", "list", Need::Start, "the master ends: `listing existing services`"),
    ("gateway.networking.k8s.io", "tcproutes", "create", Need::Run, "notebooks and TensorBoards cannot be reached"),
    ("gateway.networking.k8s.io", "tcproutes", "delete", Need::Run, "routes accumulate, and ports with them"),
];

/// For an internal task gateway, in the namespace of the Gateway.
const GATEWAY: [Row; 2] = [
    ("gateway.networking.k8s.io", "gateways", "get", Need::Start, "the master ends: `listing gateway ports`"),
    ("gateway.networking.k8s.io", "gateways", "update", Need::Run, "notebooks and TensorBoards cannot be reached"),
];

/// What the chart's ClusterRole grants (facts §6.5, templates/master-permissions.yaml).
const CHART: [(&str, &[&str], &[&str]); 7] = [
    (
        "",
        &["pods", "pods/status", "pods/log", "configmaps", "namespaces", "resourcequotas"],
        &["create", "get", "list", "delete"],
    ),
    ("", &["services", "resourcequotas"], &["get", "list"]),
    ("", &["pods", "resourcequotas"], &["watch", "patch"]),
    ("", &["events"], &["list", "watch"]),
    ("", &["nodes"], &["list", "watch", "patch"]),
    ("scheduling.k8s.io", &["priorityclasses"], &["create", "get", "list", "delete"]),
    ("batch", &["jobs"], &["create", "get", "list", "delete", "watch"]),
];

fn right((group, resource, verb, need, without): Row, scope: Scope) -> Right {
    Right { group, resource, verb, scope, need, without }
}

/// What the master needs, row by row. This is what is proven, whatever is granted.
#[must_use]
pub fn needed(of: &Use) -> Vec<Right> {
    let mut rights: Vec<Right> = CLUSTER.into_iter().map(|row| right(row, Scope::Cluster)).collect();
    let everywhere = of.tasks == Tasks::Everywhere;
    let places: Vec<Scope> =
        if everywhere { vec![Scope::Cluster] } else { of.namespaces().into_iter().map(Scope::Namespace).collect() };
    for (at, place) in places.iter().enumerate() {
        // Nobody looks whether `default` is there when no default namespace is set.
        let is_unset = at == 0 && of.default_namespace.is_none() && !everywhere;
        let wanted = |row: &Row| !is_unset || (row.1, row.2) != ("namespaces", "get");
        rights.extend(TASKS.into_iter().filter(wanted).map(|row| right(row, place.clone())));
        if of.gateway.is_some() {
            rights.extend(PROXIED.into_iter().map(|row| right(row, place.clone())));
        }
    }
    if everywhere {
        rights.extend(WORKSPACES.into_iter().map(|row| right(row, Scope::Cluster)));
    }
    if let Some(namespace) = &of.gateway {
        rights.extend(GATEWAY.into_iter().map(|row| right(row, Scope::Namespace(namespace.clone()))));
    }
    rights.sort_by(|a, b| (&a.scope, a.need).cmp(&(&b.scope, b.need)));
    dedup(rights)
}

/// The same right twice, as in the whole cluster and once more for the tasks in it, is one.
fn dedup(rights: Vec<Right>) -> Vec<Right> {
    let mut kept: Vec<Right> = Vec::with_capacity(rights.len());
    for right in rights {
        let same = |other: &&Right| {
            (other.group, other.resource, other.verb, &other.scope)
                == (right.group, right.resource, right.verb, &right.scope)
        };
        if kept.iter().find(same).is_none() {
            kept.push(right);
        }
    }
    kept
}

/// What a profile grants.
#[must_use]
pub fn granted(of: &Use, profile: Profile) -> Vec<Right> {
    match profile {
        Profile::Minimal => needed(of),
        Profile::Chart => {
            let needed = needed(of);
            let mut rights = Vec::new();
            for (group, resources, verbs) in CHART {
                for &resource in resources {
                    for &verb in verbs {
                        let reason = needed.iter().find(|n| (n.group, n.resource, n.verb) == (group, resource, verb));
                        let (need, without) = reason
                            .map_or((Need::Optional, "the master was not seen to use it"), |n| (n.need, n.without));
                        rights.push(Right { group, resource, verb, scope: Scope::Cluster, need, without });
                    }
                }
            }
            rights.extend(needed.into_iter().filter(|right| {
                right.group == "gateway.networking.k8s.io" || (right.resource == "services" && right.verb != "get")
            }));
            dedup(rights)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Profile, Scope, Tasks, Use, granted, needed};

    fn of(default_namespace: Option<&str>, tasks: Tasks) -> Use {
        Use { default_namespace: default_namespace.map(str::to_owned), tasks, gateway: None }
    }

    fn texts(of: &Use) -> Vec<String> {
        let text = |right: &super::Right| {
            let place = match &right.scope {
                Scope::Cluster => "*",
                Scope::Namespace(name) => name,
            };
            format!("{place} {}/{} {}", right.group, right.resource, right.verb)
        };
        needed(of).iter().map(text).collect()
    }

    /// live-master-facts §3.2, with the row that shows slots of other namespaces.
    #[test]
    fn the_least_is_what_was_verified_on_a_running_master() {
        let mut found = texts(&of(Some("det"), Tasks::In(Vec::new())));
        found.sort();
        let mut expected = vec![
            "* batch/jobs list",
            "* /nodes list",
            "* /nodes watch",
            "* scheduling.k8s.io/priorityclasses create",
            "* scheduling.k8s.io/priorityclasses delete",
            "* /pods list",
            "det batch/jobs list",
            "det batch/jobs watch",
            "det batch/jobs create",
            "det batch/jobs delete",
            "det /pods list",
            "det /pods watch",
            "det /pods/log get",
            "det /configmaps list",
            "det /configmaps create",
            "det /configmaps delete",
            "det /events list",
            "det /events watch",
            "det /namespaces get",
        ];
        expected.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_namespace_of_tasks_gets_the_same_and_none_gets_it_twice() {
        let found = texts(&of(None, Tasks::In(vec!["a".into(), "default".into(), "a".into()])));
        assert_eq!(found.iter().filter(|text| text.starts_with("a ")).count(), 13);
        assert_eq!(found.iter().filter(|text| text.starts_with("default ")).count(), 12);
        assert!(!found.contains(&"default /namespaces get".to_owned()));
        let everywhere = texts(&of(Some("det"), Tasks::Everywhere));
        assert!(everywhere.iter().all(|text| text.starts_with("* ")));
        assert_eq!(everywhere.iter().filter(|text| *text == "* batch/jobs list").count(), 1);
        for right in ["* /namespaces create", "* /resourcequotas patch", "* /pods/log get"] {
            assert!(everywhere.contains(&right.to_owned()), "{right}");
        }
    }

    #[test]
    fn the_charts_role_lacks_what_a_gateway_needs() {
        let with = Use { gateway: Some("gw".into()), ..of(Some("det"), Tasks::In(Vec::new())) };
        let chart = granted(&with, Profile::Chart);
        let has =
            |resource: &str, verb: &str| chart.iter().any(|right| (right.resource, right.verb) == (resource, verb));
        assert!(has("tcproutes", "create") && has("gateways", "update") && has("services", "delete"));
        assert!(has("pods/status", "create") && has("services", "get"));
        let without = granted(&of(Some("det"), Tasks::In(Vec::new())), Profile::Chart);
        assert!(!without.iter().any(|right| right.group == "gateway.networking.k8s.io"));
        assert!(without.iter().all(|right| right.scope == Scope::Cluster));
    }
}
