//! `detctl secrets rotate` on real planes: what the API servers make of old and new tokens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;

use super::World;
use crate::plane::client::{Client, Login, wait_for};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options};
use crate::program::Ran;
use crate::trial::say;

impl World {
    fn rotation_line(&self, more: &[&str]) -> Vec<String> {
        let names = [format!("--namespace={}", self.namespace), format!("--release={}", self.release)];
        let start =
            ["secrets", "rotate", "--kubeconfig=kubeconfig", "--default-context=main", "--map=west=west", "--yes"];
        start.iter().chain(more).map(|text| (*text).to_owned()).chain(names).collect()
    }

    fn rotate(&self, more: &[&str]) -> Ran {
        let line = self.rotation_line(more);
        let ran = self.folder.run(&line.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(self.main.api.get(&self.path("west-kubeconfig")).status, 200, "{ran:#?}");
        assert!(!ran.stdout.contains(&self.token()) && !ran.stderr.contains(&self.token()), "a token is shown");
        ran
    }

    /// The Deployment of the master as the chart has it. No controller makes its pods here.
    fn deploy(&self) {
        let labels = json!({"app": format!("determined-master-{}", self.release)});
        let template = json!({"metadata": {"labels": labels}, "spec": {
            "containers": [{"name": "master", "image": "example.invalid/master", "volumeMounts": [
                {"name": "additionalrm-kubeconfig0", "mountPath": "/mount/determined/secrets/0/", "readOnly": true}]}],
            "volumes": [{"name": "additionalrm-kubeconfig0", "secret": {"secretName": "west-kubeconfig"}}],
        }});
        let deployment = json!({
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": format!("determined-master-deployment-{}", self.release)},
            "spec": {"selector": {"matchLabels": labels}, "template": template},
        });
        let path = format!("/apis/apps/v1/namespaces/{}/deployments", self.namespace);
        self.main.api.post(&path, &deployment).expect(201);
    }

    /// The master's pod, ready; in place of the one that was there.
    fn start_master(&self) {
        let path = format!("/api/v1/namespaces/{}/pods", self.namespace);
        for pod in self.main.api.get(&path).items() {
            let name = pod["metadata"]["name"].as_str().unwrap();
            self.main.api.delete(&format!("{path}/{name}?gracePeriodSeconds=0")).expect(200);
        }
        // Kubernetes counts in seconds.
        std::thread::sleep(Duration::from_millis(1100));
        let labels = json!({"app": format!("determined-master-{}", self.release)});
        let pod = json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "master-", "labels": labels},
            "spec": {"containers": [{"name": "master", "image": "example.invalid/master"}]}});
        let pod = self.main.api.post(&path, &pod).expect(201);
        let name = pod["metadata"]["name"].as_str().unwrap();
        let ready = json!({"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}});
        self.main.api.patch(&format!("{path}/{name}/status"), &ready).expect(200);
    }

    fn as_token(&self, token: &str) -> Client {
        self.west.client(&Login::Token(token.to_owned()))
    }
}

/// What every stored identity may do.
const JOBS: &str = "/apis/batch/v1/jobs";

pub(crate) fn old_and_new_tokens_overlap() {
    for mode in [&["--token-mode=secret"][..], &["--token-mode=request", "--ttl=24h"]] {
        let world = World::new();
        let created = world.create(&[&["--yes"], mode].concat()).exits_with(0);
        say(&format!("{mode:?}: create took {:?}", created.took));
        world.deploy();
        world.start_master();
        let old = world.as_stored();
        old.get(JOBS).expect(200);
        let stored = world.rotate(&[]).exits_with(3);
        say(&format!("{mode:?}: rotate took {:?}", stored.took));
        assert!(stored.stdout.contains("started before and may use it"), "{stored:#?}");
        let new = world.as_stored();
        // Longer than an API server remembers a token.
        std::thread::sleep(Duration::from_secs(12));
        old.get(JOBS).expect(200);
        new.get(JOBS).expect(200);
        world.start_master();
        let done = world.rotate(&[]).exits_with(0);
        assert!(done.stdout.contains("the old one is taken back"), "{done:#?}");
        let since = Instant::now();
        wait_for("the old token to be refused", || (old.get(JOBS).status == 401).then_some(()));
        say(&format!("{mode:?}: 401 after {:?}", since.elapsed()));
        new.get(JOBS).expect(200);
        assert_eq!(world.credentials().len(), 1);
    }
}

pub(crate) fn a_token_in_a_file_overlaps_for_as_long_as_measured() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    world.deploy();
    world.start_master();
    world.rotate(&["--rotation=live"]).exits_with(3);
    world.start_master();
    world.rotate(&[]).exits_with(0);
    let old = world.as_stored();
    let begun = Instant::now();
    let watched = old.clone();
    let refused = std::thread::spawn(move || {
        while watched.get(JOBS).status == 200 && begun.elapsed() < Duration::from_secs(180) {
            std::thread::sleep(Duration::from_millis(200));
        }
        begun.elapsed()
    });
    let ran = world.rotate(&["--overlap=70s"]).exits_with(0);
    let refused = refused.join().unwrap();
    say(&format!("live: rotate took {:?}, the old token counted for {refused:?}", ran.took));
    assert!(refused >= Duration::from_secs(70) && refused < Duration::from_secs(180), "{refused:?}");
    assert_eq!(world.stored("west-kubeconfig", &format!("token.detctl-{}-west", world.release)), world.token());
    world.as_stored().get(JOBS).expect(200);
}

pub(crate) fn two_runs_at_once_leave_one_credential() {
    let world = World::new();
    let twice = |line: &[String]| {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let mut codes: Vec<Option<i32>> = std::thread::scope(|scope| {
            let runs = [scope.spawn(|| world.folder.run(&line)), scope.spawn(|| world.folder.run(&line))];
            runs.map(|run| run.join().unwrap().code).to_vec()
        });
        codes.sort_unstable();
        codes
    };
    world.create(&["--yes"]).exits_with(0);
    world.deploy();
    world.start_master();
    for _ in 0..3 {
        let old = world.token();
        let codes = twice(&world.rotation_line(&[]));
        // One stores; the other is refused, or comes later and finds that the old one still counts.
        assert!(codes == [Some(1), Some(3)] || codes == [Some(3), Some(3)], "{codes:?}");
        assert_ne!(world.token(), old);
        // Nobody has taken back what is stored.
        std::thread::sleep(Duration::from_secs(12));
        world.as_stored().get(JOBS).expect(200);
        world.as_token(&old).get(JOBS).expect(200);
        assert_eq!(world.credentials().len(), 2);
        world.start_master();
        world.rotate(&[]).exits_with(0);
        assert_eq!(world.credentials().len(), 1);
    }
}

pub(crate) fn a_run_that_is_killed_at_any_moment_is_gone_on_with() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    world.deploy();
    world.start_master();
    let line = world.rotation_line(&["--revoke"]);
    let line: Vec<&str> = line.iter().map(String::as_str).collect();
    let whole = world.folder.run(&line).exits_with(0).took;
    for part in 1..=16 {
        let mut child = world.folder.start(&line);
        std::thread::sleep(whole * part / 16);
        child.kill().unwrap();
        child.wait().unwrap();
        world.rotate(&["--revoke"]).exits_with(0);
        assert_eq!(world.credentials().len(), 1, "killed after {part}/16");
        world.as_stored().get(JOBS).expect(200);
    }
    std::thread::sleep(Duration::from_secs(12));
    world.as_stored().get(JOBS).expect(200);
    say(&format!("a whole rotation takes {whole:?}"));
}

pub(crate) fn what_is_fixed_is_replaced_by_choice_and_what_leaks_is_removed() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    world.deploy();
    world.start_master();
    let path = world.path("west-kubeconfig");
    let leak = "kubectl.kubernetes.io/last-applied-configuration";
    world.main.api.patch(&path, &json!({"metadata": {"annotations": {leak: "canary"}}})).expect(200);
    let ran = world.rotate(&["--revoke"]).exits_with(0);
    assert!(world.secret("west-kubeconfig")["metadata"]["annotations"][leak].is_null(), "it leaks");
    assert!(!ran.stdout.contains("canary") && !ran.stderr.contains("canary"), "{ran:#?}");

    world.main.api.patch(&path, &json!({"immutable": true})).expect(200);
    let before = world.secret("west-kubeconfig");
    let refused = world.rotate(&["--revoke"]).exits_with(1);
    assert!(refused.stdout.contains("it is immutable: --replace deletes it"), "{refused:#?}");
    assert_eq!(world.secret("west-kubeconfig"), before);
    world.rotate(&["--revoke", "--dry-run=server", "--replace"]).exits_with(0);
    assert_eq!(world.secret("west-kubeconfig"), before);
    world.rotate(&["--revoke", "--replace"]).exits_with(0);
    assert_ne!(world.secret("west-kubeconfig")["metadata"]["uid"], before["metadata"]["uid"]);
    world.as_stored().get(JOBS).expect(200);
    assert_eq!(world.credentials().len(), 1);
}

/// T19: an API server that gives less than was asked for.
pub(crate) fn a_shortened_lifetime_is_told() {
    let capped = Options::new(Version::Newer).with_flag("--service-account-max-token-expiration=1h");
    let world = World::with(Arc::new(ControlPlane::start(&capped)));
    let asked = ["--yes", "--token-mode=request", "--ttl=720h"];
    let refused = world.create(&asked).exits_with(1);
    assert!(refused.stdout.contains("lifetime: the server gave"), "{refused:#?}");
    assert_eq!(world.main.api.get(&world.path("west-kubeconfig")).status, 404);
    assert!(world.credentials().is_empty(), "the lease stays");
    world.create(&[&asked[..], &["--skip-check=lifetime"]].concat()).exits_with(0);
    world.deploy();
    world.start_master();
    // What was passed over once is noted, and passed over again.
    world.rotate(&["--revoke"]).exits_with(0);
    world.as_stored().get(JOBS).expect(200);
    let record = world.secret("west-kubeconfig")["metadata"]["annotations"].clone();
    let end: i64 = record["detctl.dev/not-after"].as_str().unwrap().parse().unwrap();
    let made: i64 = record["detctl.dev/created"].as_str().unwrap().parse().unwrap();
    assert!((3500..=3700).contains(&(end - made)), "{record}");
    assert_eq!(record["detctl.dev/requested-seconds"], (720 * 3600).to_string());
}

/// A Secret that never changes is one for the API server, too; the next one stands beside it until nothing mounts it.
pub(crate) fn what_never_changes_stands_beside_the_next_one() {
    let world = World::new();
    world.create(&["--yes", "--immutable"]).exits_with(0);
    let names = || -> Vec<String> {
        let items = world.main.api.get(&format!("/api/v1/namespaces/{}/secrets", world.namespace)).items();
        items.iter().map(|item| item["metadata"]["name"].as_str().unwrap().to_owned()).collect()
    };
    let token = |name: &str| {
        let config: serde_json::Value = serde_json::from_str(&world.stored(name, "config")).unwrap();
        config["users"][0]["user"]["token"].as_str().unwrap().to_owned()
    };
    let first = names().remove(0);
    assert!(names().len() == 1 && first.starts_with("west-kubeconfig-"), "{first}");
    let change = world.main.api.patch(&world.path(&first), &json!({"data": {"config": "eA=="}}));
    assert_eq!(change.status, 422, "{change}");
    let old = world.as_token(&token(&first));
    old.get(JOBS).expect(200);
    let same = world.create(&["--yes"]).exits_with(0);
    assert!(same.stdout.contains("nothing to do") && names() == [first.as_str()], "{same:#?}");

    let next = world.create(&["--yes", "--renew"]).exits_with(0);
    assert!(next.stdout.contains(&format!("Secret {first} stays until nothing mounts it")), "{next:#?}");
    let second = names().into_iter().find(|name| *name != first).unwrap();
    old.get(JOBS).expect(200);
    // Nobody can tell what mounts it as long as there is no Deployment.
    world.create(&["--yes"]).exits_with(0);
    assert_eq!(names().len(), 2);
    world.deploy();
    let gone = world.create(&["--yes"]).exits_with(0);
    assert!(gone.stdout.contains(&format!("Secret {first}, which nothing mounts any more, is gone")), "{gone:#?}");
    assert_eq!((names(), world.credentials().len()), (vec![second.clone()], 1));
    wait_for("the old token to be refused", || (old.get(JOBS).status == 401).then_some(()));
    world.as_token(&token(&second)).get(JOBS).expect(200);
}
