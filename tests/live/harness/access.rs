//! Who may what: 401, 403, the one right that was given, and tokens that end.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::plane::access::{Subject, rule};
use crate::plane::client::{Client, Login, wait_for};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, shared};

pub(crate) fn strangers_are_turned_away() {
    let plane = shared(Version::Newer);
    let token = Login::Token("not-a-token".to_owned());
    assert_eq!(plane.client(&token).get("/api/v1/namespaces/default").expect(401)["reason"], "Unauthorized");
    let nobody = plane.client(&Login::Nobody).get("/api/v1/namespaces/default");
    assert!(nobody.message().contains("\"system:anonymous\" cannot get"), "{nobody}");
    assert_eq!(nobody.status, 403);
}

pub(crate) fn a_user_can_do_what_was_granted() {
    let plane = shared(Version::Newer);
    let namespace = plane.namespace("rights");
    let name = format!("reader-of-{namespace}");
    let reader = plane.client(&plane.user(&name));
    let pods = format!("/api/v1/namespaces/{namespace}/pods");
    let refused = reader.get(&pods);
    assert_eq!(refused.status, 403);
    let text = format!(
        "pods is forbidden: User \"{name}\" cannot list resource \"pods\" in API group \"\" in the namespace \"{namespace}\""
    );
    assert_eq!(refused.message(), text);
    plane.grant(&Subject::user(&name), Some(&namespace), &[rule("", &["pods"], &["list"])]);
    wait_for("the right to be known", || (reader.get(&pods).status == 200).then_some(()));
    assert_eq!(reader.get(&format!("{pods}/any")).status, 403, "list is not get");
    assert_eq!(reader.get("/api/v1/pods").status, 403, "one namespace is not all");
    let seen: Vec<Value> = plane.audit().into_iter().filter(|event| event["user"]["username"] == *name).collect();
    let listed = |status: u64| {
        let listed = |event: &&Value| {
            event["verb"] == "list"
                && event["objectRef"]["namespace"] == *namespace
                && event["responseStatus"]["code"] == status
        };
        seen.iter().filter(listed).count()
    };
    assert!(listed(403) >= 1 && listed(200) >= 1, "the audit log knows it: {seen:?}");
}

pub(crate) fn a_deleted_token_is_refused_after_a_while() {
    let plane = shared(Version::Newer);
    let namespace = plane.namespace("revoked");
    let token = plane.token_secret(&namespace, "default", "long-lived");
    let client = plane.client(&Login::Token(token));
    let path = format!("/api/v1/namespaces/{namespace}");
    assert_eq!(client.get(&path).status, 403, "known, without rights");
    plane.api.delete(&format!("{path}/secrets/long-lived")).expect(200);
    let since = Instant::now();
    assert_eq!(client.get(&path).status, 403, "the server remembers tokens for ten seconds");
    wait_for("the token to be refused", || (client.get(&path).status == 401).then_some(()));
    assert!(since.elapsed() > Duration::from_secs(2), "{:?}", since.elapsed());
}

/// What the master needs of a cluster at least, with everything working (live facts §3.2).
pub(crate) fn smallest() -> (Vec<Value>, Vec<Value>) {
    let cluster = vec![
        rule("batch", &["jobs"], &["list"]),
        rule("", &["nodes"], &["list", "watch"]),
        rule("scheduling.k8s.io", &["priorityclasses"], &["create", "delete"]),
    ];
    let namespaced = vec![
        rule("batch", &["jobs"], &["list", "watch", "create", "delete"]),
        rule("", &["pods"], &["list", "watch"]),
        rule("", &["pods/log"], &["get"]),
        rule("", &["configmaps"], &["list", "create", "delete"]),
        rule("", &["events"], &["list", "watch"]),
        rule("", &["namespaces"], &["get"]),
    ];
    (cluster, namespaced)
}

/// Every verb on every resource that the rules name, and some that they do not.
const RESOURCES: &[(&str, &str)] = &[
    ("batch", "jobs"),
    ("", "nodes"),
    ("scheduling.k8s.io", "priorityclasses"),
    ("", "pods"),
    ("", "pods/log"),
    ("", "configmaps"),
    ("", "events"),
    ("", "namespaces"),
    ("", "secrets"),
    ("", "services"),
];
const VERBS: &[&str] = &["get", "list", "watch", "create", "update", "patch", "delete"];

fn has(rules: &[Value], group: &str, resource: &str, verb: &str) -> bool {
    let holds = |list: &Value, wanted: &str| list.as_array().unwrap().iter().any(|item| item == wanted);
    rules.iter().any(|rule| {
        holds(&rule["apiGroups"], group) && holds(&rule["resources"], resource) && holds(&rule["verbs"], verb)
    })
}

fn may(client: &Client, namespace: Option<&str>, group: &str, resource: &str, verb: &str) -> bool {
    let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
    let attributes = json!({
        "namespace": namespace, "group": group, "resource": resource, "subresource": subresource, "verb": verb,
    });
    let review = json!({"spec": {"resourceAttributes": attributes}});
    let answer = client.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &review).expect(201);
    answer["status"]["allowed"] == true
}

pub(crate) fn the_smallest_role_can_do_exactly_that() {
    for version in [Version::Newer, Version::Older] {
        smallest_role_on(&shared(version));
    }
}

/// Every verb on every resource is permitted where one of the rules grants it, of the cluster or of the namespace, and
/// nowhere else.
fn can_exactly(client: &Client, namespace: &str, (cluster, namespaced): &(Vec<Value>, Vec<Value>)) {
    for (group, resource) in RESOURCES {
        for verb in VERBS {
            let everywhere = has(cluster, group, resource, verb);
            let here = everywhere || has(namespaced, group, resource, verb);
            assert_eq!(may(client, None, group, resource, verb), everywhere, "{verb} {group}/{resource}");
            assert_eq!(may(client, Some(namespace), group, resource, verb), here, "{verb} {group}/{resource} here");
        }
    }
}

/// The smallest role, and the list of all pods, which is there for slots that others use: what a stored identity has.
pub(crate) fn can_what_the_master_needs(client: &Client, namespace: &str) {
    let (mut cluster, namespaced) = smallest();
    cluster.push(rule("", &["pods"], &["list"]));
    can_exactly(client, namespace, &(cluster, namespaced));
    do_what_the_master_does(client, namespace);
}

fn smallest_role_on(plane: &ControlPlane) {
    let namespace = plane.namespace("smallest");
    let client = plane.client(&Login::Token(plane.token(&namespace, "determined")));
    let account = Subject::account(&namespace, "determined");
    let (cluster, namespaced) = smallest();
    plane.grant(&account, None, &cluster);
    plane.grant(&account, Some(&namespace), &namespaced);
    wait_for("the rights to be known", || {
        let known = may(&client, None, "", "nodes", "list") && may(&client, Some(&namespace), "", "pods", "list");
        known.then_some(())
    });
    can_exactly(&client, &namespace, &(cluster, namespaced));
    do_what_the_master_does(&client, &namespace);
    let user = format!("system:serviceaccount:{namespace}:determined");
    let refused = |event: &Value| event["user"]["username"] == *user && event["responseStatus"]["code"] == 403;
    let refused: Vec<Value> = plane.audit().into_iter().filter(refused).collect();
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(client.get(&format!("/api/v1/namespaces/{namespace}/secrets")).status, 403);
    assert_eq!(client.get("/api/v1/pods").status, 403, "slots of other namespaces are not seen");
}

/// The requests of a start and a task (live facts §3), as far as they need no pod that runs.
fn do_what_the_master_does(client: &Client, namespace: &str) {
    let core = format!("/api/v1/namespaces/{namespace}");
    let jobs = format!("/apis/batch/v1/namespaces/{namespace}/jobs");
    let lists = ["/apis/batch/v1/jobs", &jobs, "/api/v1/nodes"].map(str::to_owned);
    let more = ["pods", "configmaps", "events"].map(|resource| format!("{core}/{resource}"));
    for list in lists.iter().chain(&more) {
        client.get(list).expect(200);
    }
    client.get(&core).expect(200);
    for watched in ["/api/v1/nodes", &jobs, &format!("{core}/pods"), &format!("{core}/events")] {
        client.get(&format!("{watched}?watch=true&timeoutSeconds=1")).expect(200);
    }
    // Permitted, and there is no such pod.
    client.get(&format!("{core}/pods/none/log")).expect(404);
    let class = json!({"metadata": {"name": format!("{namespace}-priorityclass")}, "value": 50});
    let classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
    client.post(classes, &class).expect(201);
    client.post(&format!("{core}/configmaps"), &json!({"metadata": {"name": "task"}})).expect(201);
    let pod = json!({"restartPolicy": "Never", "containers": [{"name": "main", "image": "example.invalid/task"}]});
    client.post(&jobs, &json!({"metadata": {"name": "task"}, "spec": {"template": {"spec": pod}}})).expect(201);
    client.delete(&format!("{jobs}/task?propagationPolicy=Background")).expect(200);
    client.delete(&format!("{core}/configmaps/task")).expect(200);
    client.delete(&format!("{classes}/{namespace}-priorityclass")).expect(200);
}
