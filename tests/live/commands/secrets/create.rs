//! `detctl secrets create`.

use serde_json::json;

use super::World;
use crate::harness::access;

pub(crate) fn what_is_stored_works_and_a_second_run_changes_nothing() {
    let world = World::new();
    let ran = world.create(&["--yes"]).exits_with(0);
    assert!(ran.stdout.contains("west  stored, and proven as it was read back"), "{ran:#?}");
    assert!(ran.stdout.contains("kubeconfig_secret_name: west-kubeconfig"), "{ran:#?}");
    // The stored identity can do what the master does, and nothing else.
    let stored = world.as_stored();
    let tasks = &world.tasks;
    access::can_what_the_master_needs(&stored, tasks);
    stored.get(&format!("/api/v1/namespaces/{tasks}/secrets")).expect(403);
    stored.get("/api/v1/namespaces").expect(403);
    let before = (world.secret("west-kubeconfig"), world.credentials());
    assert_eq!(before.1.len(), 1);
    let writes = |world: &World| {
        let audit = world.main.audit().into_iter().chain(world.west.audit());
        audit
            .filter(|event| ["patch", "create", "delete"].contains(&event["verb"].as_str().unwrap_or("")))
            .filter(|event| !event["objectRef"]["resource"].as_str().unwrap_or("").starts_with("selfsubject"))
            .filter(|event| event["userAgent"].as_str().is_some_and(|agent| !agent.contains("kube-controller")))
            .filter(|event| {
                event["user"]["username"] == "admin" && event["objectRef"]["namespace"] == world.accounts().as_str()
            })
            .count()
    };
    let written = writes(&world);
    let again = world.create(&["--yes"]).exits_with(0);
    assert!(again.stdout.contains("west  nothing to do"), "{again:#?}");
    assert_eq!((world.secret("west-kubeconfig"), world.credentials()), before);
    assert_eq!(writes(&world), written);
    assert!(!ran.stdout.contains(&world.token()) && !again.stdout.contains(&world.token()));
    let annotations = &before.0["metadata"]["annotations"];
    assert_eq!(
        annotations["detctl.dev/identity"],
        format!("system:serviceaccount:{}:detctl-{}-west", world.accounts(), world.release)
    );
    assert_eq!(annotations["detctl.dev/skipped-checks"], "address");
    assert_eq!(json!(before.0["type"]), "Opaque");
}
