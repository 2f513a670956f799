//! `detctl secrets` on made-up clusters that keep what they are given: what is broken halfway, and what comes of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::failing::faults::Fault;
use crate::failing::keeper::Keeper;
use crate::failing::{FailingServer, Request};
use crate::program::{Folder, Ran, contexts};
use crate::trial::say;

pub(super) const SECRETS: &str = "/api/v1/namespaces/det/secrets";
pub(super) const HOLDS: &str = "/api/v1/namespaces/determined-system/secrets";
const PODS: &str = "/api/v1/namespaces/det/pods";
const DEPLOYMENT: &str = "/apis/apps/v1/namespaces/det/deployments/determined-master-deployment-det";

/// A default cluster and additional ones.
pub(super) struct Kept {
    pub(super) main: Keeper,
    pub(super) additional: Vec<(&'static str, Keeper)>,
}

/// What requests to the default cluster meet.
pub(super) type Script = Box<dyn Fn(&Request) -> Option<Fault> + Send>;

/// The same with servers, for as long as it is there.
pub(super) struct Served {
    pub(super) folder: Folder,
    script: Arc<Mutex<Script>>,
    _servers: Vec<FailingServer>,
}

impl Kept {
    pub(super) fn new(names: &[&'static str]) -> Self {
        let additional = names.iter().map(|name| (*name, Keeper::new(name, &["tasks"]))).collect();
        let kept = Self { main: Keeper::new("main", &["det"]), additional };
        let volume = |at: usize, name: &str| json!({"name": format!("v{at}"), "secret": {"secretName": format!("{name}-kubeconfig")}});
        let mount =
            |at: usize| json!({"name": format!("v{at}"), "mountPath": format!("/mount/determined/secrets/{at}/")});
        kept.main.put(
            DEPLOYMENT,
            json!({
                "metadata": {"name": "determined-master-deployment-det"},
                "spec": {"selector": {"matchLabels": {"app": "master"}}, "template": {"spec": {
                    "volumes": names.iter().enumerate().map(|(at, name)| volume(at, name)).collect::<Vec<_>>(),
                    "containers": [{"volumeMounts": (0..names.len()).map(mount).collect::<Vec<_>>()}],
                }}},
            }),
        );
        kept
    }

    pub(super) fn west(&self) -> &Keeper {
        &self.additional[0].1
    }

    /// Servers for all.
    pub(super) fn serve(&self) -> Served {
        let script: Arc<Mutex<Script>> = Arc::new(Mutex::new(Box::new(|_| None)));
        let asked = Arc::clone(&script);
        let main = FailingServer::keeping(&self.main, move |request| asked.lock().unwrap()(request));
        let others: Vec<FailingServer> =
            self.additional.iter().map(|(_, keeper)| FailingServer::keeping(keeper, |_| None)).collect();
        let mut named: Vec<(&str, &FailingServer)> = vec![("main", &main)];
        named.extend(self.additional.iter().map(|(name, _)| *name).zip(&others));
        let folder = Folder::new().with("kubeconfig", &contexts(&named));
        Served { folder, script, _servers: std::iter::once(main).chain(others).collect() }
    }

    /// The master as it has just started, or long ago.
    pub(super) fn start_pod(&self, created: Option<&str>) {
        for name in self.main.names(PODS) {
            self.main.remove(&format!("{PODS}/{name}"));
        }
        let mut pod = json!({
            "metadata": {"name": "master-0", "labels": {"app": "master"}},
            "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]},
        });
        if let Some(created) = created {
            pod["metadata"]["creationTimestamp"] = json!(created);
        }
        self.main.put(&format!("{PODS}/master-0"), pod);
    }

    pub(super) fn secret(&self, name: &str) -> Value {
        self.main.get(&format!("{SECRETS}/{name}-kubeconfig")).unwrap()
    }

    pub(super) fn config(&self, name: &str) -> Value {
        let text = STANDARD.decode(self.secret(name)["data"]["config"].as_str().unwrap()).unwrap();
        serde_json::from_slice(&text).unwrap()
    }

    pub(super) fn token(&self, name: &str) -> String {
        self.config(name)["users"][0]["user"]["token"].as_str().unwrap().to_owned()
    }

    fn previous(&self, name: &str) -> Option<String> {
        self.secret(name)["metadata"]["annotations"]["detctl.dev/previous"].as_str().map(str::to_owned)
    }
}

pub(super) fn line<'a>(command: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let start = ["secrets", command, "--kubeconfig=kubeconfig", "--default-context=main", "--namespace=det"];
    [&start[..], &["--release=det"], more].concat()
}

pub(super) const WRITE: [&str; 2] = ["--yes", "--skip-check=address"];

impl Served {
    /// What requests to the default cluster meet from now on.
    pub(super) fn meets(&self, script: impl Fn(&Request) -> Option<Fault> + Send + 'static) {
        *self.script.lock().unwrap() = Box::new(script);
    }

    pub(super) fn create(&self, name: &str) -> Ran {
        let (cluster, context) = (format!("--cluster-name={name}"), format!("--context={name}"));
        let more = [&cluster, &context, "--default-namespace=tasks", WRITE[0], WRITE[1]];
        self.folder.run(&line("create", &more))
    }

    fn rotate(&self, more: &[&str]) -> Ran {
        let ran = self.folder.run(&line("rotate", &[&WRITE[..], more].concat()));
        assert!(!ran.stdout.contains("token-of-") && !ran.stderr.contains("token-of-"), "a token is shown: {ran:#?}");
        ran
    }
}

const WEST: &str = "--map=west=west";

/// Kubernetes counts in seconds.
fn next_second() {
    std::thread::sleep(Duration::from_millis(1100));
}

pub(crate) fn the_old_token_counts_until_the_master_has_started_anew() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    let old = kept.token("west");
    kept.start_pod(Some("2026-01-01T00:00:00Z"));
    let plan = served.rotate(&[WEST, "--dry-run=client"]).exits_with(0);
    assert!(plan.stdout.contains("when the master has started anew"), "{plan:#?}");
    let tried = served.rotate(&[WEST, "--dry-run=server"]).exits_with(0);
    assert!(tried.stdout.contains("tried; nothing was kept"), "{tried:#?}");
    assert_eq!((kept.token("west"), kept.west().names(HOLDS).len()), (old.clone(), 1));

    let stored = served.rotate(&[WEST]).exits_with(3);
    assert!(stored.stdout.contains("pod master-0 started before and may use it"), "{stored:#?}");
    assert!(stored.stdout.contains("rollout restart deployment/determined-master-deployment-det"), "{stored:#?}");
    let new = kept.token("west");
    assert!(new != old && kept.west().takes(&old) && kept.west().takes(&new));
    // A second run makes no third one.
    served.rotate(&[WEST]).exits_with(3);
    assert_eq!((kept.token("west"), kept.west().names(HOLDS).len()), (new.clone(), 2));
    let check = served.folder.run(&line("check", &[]));
    assert!(check.stdout.contains("warning replaced") && check.code == Some(0), "{check:#?}");

    next_second();
    kept.start_pod(None);
    let done = served.rotate(&[WEST, "--format=json"]).exits_with(0).json();
    assert_eq!((&done["clusters"][0]["task"], &done["clusters"][0]["result"]), (&"finish".into(), &"finished".into()));
    assert!(!kept.west().takes(&old) && kept.west().takes(&new));
    assert_eq!((kept.token("west"), kept.previous("west")), (new, None));
}

pub(crate) fn the_master_is_started_anew_once_for_all_clusters() {
    let kept = Kept::new(&["west", "east"]);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let served = kept.serve();
    served.meets(move |request| {
        let is_restart = request.method == "PATCH" && request.path.contains("/deployments/");
        count.fetch_add(usize::from(is_restart), Ordering::Relaxed);
        None
    });
    served.create("west").exits_with(0);
    served.create("east").exits_with(0);
    kept.start_pod(Some("2026-01-01T00:00:00Z"));
    let old = [kept.token("west"), kept.token("east")];
    served.rotate(&[WEST, "--map=east=east", "--restart"]).exits_with(0);
    assert_eq!(asked.load(Ordering::Relaxed), 1);
    for ((name, keeper), old) in kept.additional.iter().zip(&old) {
        assert!(!keeper.takes(old) && keeper.takes(&kept.token(name)) && kept.previous(name).is_none(), "{name}");
    }
    // A token that has leaked goes at once.
    let leaked = kept.token("west");
    served.rotate(&[WEST, "--revoke"]).exits_with(0);
    assert!(!kept.west().takes(&leaked) && kept.west().takes(&kept.token("west")));
}

pub(crate) fn a_token_in_a_file_needs_no_restart() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    kept.start_pod(Some("2026-01-01T00:00:00Z"));
    // The first time the running master does not know the file.
    served.rotate(&[WEST, "--rotation=live"]).exits_with(3);
    next_second();
    kept.start_pod(None);
    served.rotate(&[WEST]).exits_with(0);
    let file = "/mount/determined/secrets/0/token.detctl-det-west";
    let user = &kept.config("west")["users"][0]["user"];
    assert_eq!(user["tokenFile"], file);
    let old = kept.token("west");
    // From now on it reads it.
    let kept_west = kept.west().clone();
    let begun = Instant::now();
    let watched = old.clone();
    let revoked = std::thread::spawn(move || {
        while kept_west.takes(&watched) && begun.elapsed() < Duration::from_secs(120) {
            std::thread::sleep(Duration::from_millis(50));
        }
        begun.elapsed()
    });
    let ran = served.rotate(&[WEST, "--overlap=70s"]).exits_with(0);
    let overlap = revoked.join().unwrap();
    assert!(overlap >= Duration::from_secs(70) && ran.took < Duration::from_secs(100), "{overlap:?} {ran:#?}");
    let new = kept.token("west");
    let data = &kept.secret("west")["data"];
    assert_eq!(data["token.detctl-det-west"], STANDARD.encode(&new));
    assert!(new != old && kept.west().takes(&new) && !kept.west().takes(&old));
    // A run of `create` leaves it as it is.
    let same = served.create("west").exits_with(0);
    assert!(same.stdout.contains("nothing to do"), "{same:#?}");
    // A Deployment that mounts it in another way does not read it anew.
    let mut deployment = kept.main.get(DEPLOYMENT).unwrap();
    deployment["spec"]["template"]["spec"]["containers"][0]["volumeMounts"][0]["subPath"] = json!("config");
    kept.main.put(DEPLOYMENT, deployment);
    let refused = served.rotate(&[WEST, "--rotation=live"]).exits_with(1);
    assert!(refused.stdout.contains("--rotation live cannot be: the master's Deployment mounts"), "{refused:#?}");
    let waits = served.rotate(&[WEST]).exits_with(3);
    assert!(waits.stdout.contains("has to start anew this time"), "{waits:#?}");
}

/// T18: a run is killed before or after it has stored anything; the next one goes on.
pub(crate) fn t18_a_run_that_was_killed_is_gone_on_with() {
    for after in 0..=2 {
        let kept = Kept::new(&["west", "east"]);
        let served = kept.serve();
        served.create("west").exits_with(0);
        served.create("east").exits_with(0);
        kept.start_pod(Some("2026-01-01T00:00:00Z"));
        let old = [kept.token("west"), kept.token("east")];
        let (written, hangs) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (count, hang) = (Arc::clone(&written), Arc::clone(&hangs));
        served.meets(move |request| {
            let is_write = request.method == "PATCH" && request.path.contains("/secrets/");
            if !is_write || request.path.contains("dryRun") || count.fetch_add(1, Ordering::Relaxed) < after {
                return None;
            }
            hang.fetch_add(1, Ordering::Relaxed);
            Some(Fault::HangBeforeHeaders)
        });
        let arguments = line("rotate", &[&WRITE[..], &[WEST, "--map=east=east"]].concat());
        let mut child = served.folder.start(&arguments);
        // With both stored it waits for nothing: it ends by itself.
        crate::plane::client::wait_for("the run to hang or end", || {
            (hangs.load(Ordering::Relaxed) > 0 || child.try_wait().unwrap().is_some()).then_some(())
        });
        child.kill().unwrap();
        child.wait().unwrap();
        served.meets(|_| None);
        let stored = old.iter().zip(["west", "east"]).filter(|(old, name)| kept.token(name) != **old).count();
        assert_eq!(stored, after);
        if after < 2 {
            let check = served.folder.run(&line("check", &["--map=east=east"]));
            assert!(check.stdout.contains("warning orphans"), "{check:#?}");
        }
        let again = served.rotate(&[WEST, "--map=east=east", "--restart"]).exits_with(0);
        assert_eq!(again.stdout.contains("which a run had left behind, has been taken back"), after < 2, "{again:#?}");
        for ((name, keeper), old) in kept.additional.iter().zip(&old) {
            assert!(!keeper.takes(old) && keeper.takes(&kept.token(name)), "{name} after {after}");
            assert_eq!((keeper.names(HOLDS).len(), kept.previous(name)), (1, None), "{name} after {after}");
        }
    }
}

/// T17: what somebody else writes between plan and write stays, and nothing of the run does.
pub(crate) fn t17_nobodys_change_is_lost() {
    let kept = Kept::new(&["west"]);
    // Another run makes it first.
    let (main, done) = (kept.main.clone(), AtomicUsize::new(0));
    let served = kept.serve();
    served.meets(move |request| {
        if request.method == "POST" && request.path.contains("/secrets?") && done.fetch_add(1, Ordering::Relaxed) == 0 {
            main.put(&format!("{SECRETS}/west-kubeconfig"), json!({"metadata": {"name": "theirs"}}));
        }
        None
    });
    let ran = served.create("west").exits_with(1);
    assert!(ran.stdout.contains("it already exists") && ran.stdout.contains("have been taken back"), "{ran:#?}");
    assert_eq!(kept.secret("west")["metadata"]["name"], "theirs");
    assert!(kept.west().names(HOLDS).is_empty());

    // Another run changes it.
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    let (main, old) = (kept.main.clone(), kept.token("west"));
    served.meets(move |request| {
        let is_write = request.method == "PATCH" && request.path.contains("/secrets/west-kubeconfig");
        if is_write && !request.path.contains("dryRun") {
            let path = format!("{SECRETS}/west-kubeconfig");
            main.put(&path, main.get(&path).unwrap());
        }
        None
    });
    let ran = served.rotate(&[WEST]).exits_with(1);
    assert!(ran.stdout.contains("the object has been modified"), "{ran:#?}");
    assert_eq!((kept.token("west"), kept.west().names(HOLDS).len()), (old, 1));
}

pub(crate) fn what_cannot_be_changed_is_replaced_by_choice_only() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    kept.start_pod(Some("2026-01-01T00:00:00Z"));
    let mut secret = kept.secret("west");
    secret["immutable"] = json!(true);
    kept.main.put(&format!("{SECRETS}/west-kubeconfig"), secret.clone());
    let old = kept.token("west");
    let refused = served.rotate(&[WEST]).exits_with(1);
    assert!(refused.stdout.contains("it is immutable: --replace deletes it"), "{refused:#?}");
    served.rotate(&[WEST, "--replace", "--dry-run=server"]).exits_with(0);
    assert_eq!(kept.secret("west")["metadata"]["uid"], secret["metadata"]["uid"]);
    served.rotate(&[WEST, "--replace", "--restart"]).exits_with(0);
    assert_ne!(kept.secret("west")["metadata"]["uid"], secret["metadata"]["uid"]);
    assert!(!kept.west().takes(&old) && kept.west().takes(&kept.token("west")));
}

pub(crate) fn another_cluster_and_a_missing_one_are_refused() {
    let kept = Kept::new(&["west", "east"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    let old = kept.token("west");
    let wrong = served.rotate(&["--map=west=east"]).exits_with(1);
    assert!(wrong.stdout.contains("failed  cluster") && wrong.stdout.contains("choose another context"), "{wrong:#?}");
    let none = served.rotate(&["--map=east=east"]).exits_with(1);
    assert!(none.stderr.contains("detctl has stored no kubeconfig of east for release det"), "{none:#?}");
    assert_eq!((kept.token("west"), kept.west().names(HOLDS).len()), (old, 1));
}

const NAMES: [&str; 8] = ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"];

pub(super) fn configuration(names: &[&str]) -> String {
    let managers = names.iter().map(|name| {
        format!(
            "- resource_manager: {{type: kubernetes, cluster_name: {name}, max_slots_per_pod: 1, default_namespace: tasks, \
             kubeconfig_path: /k/{name}}}\n  resource_pools: [{{pool_name: {name}}}]\n"
        )
    });
    format!(
        "resource_manager: {{type: kubernetes, cluster_name: main, max_slots_per_pod: 1}}\nresource_pools: [{{pool_name: \
         default}}]\nadditional_resource_managers:\n{}",
        managers.collect::<String>()
    )
}

/// The chart mounts each Secret by its place in the list, which only a configuration tells.
pub(crate) fn a_configuration_tells_where_the_token_file_lies() {
    let kept = Kept::new(&["west", "east"]);
    let served = kept.serve();
    let create = |names: &[&str], more: &[&str]| {
        std::fs::write(served.folder.path("master.yaml"), configuration(names)).unwrap();
        served.folder.run(&line("create", &[&["master.yaml"], &WRITE[..], more].concat()))
    };
    let file = |name: &str| kept.config(name)["users"][0]["user"]["tokenFile"].clone();
    create(&["west", "east"], &["--rotation=live"]).exits_with(0);
    assert_eq!(file("east"), "/mount/determined/secrets/1/token.detctl-det-east");
    let east = &kept.secret("east")["data"];
    assert_eq!(east["token.detctl-det-east"], STANDARD.encode(kept.token("east")));
    let again = create(&["west", "east"], &[]).exits_with(0);
    assert_eq!(again.stdout.matches("nothing to do").count(), 2, "{again:#?}");
    // In another order the files lie elsewhere; each name leads to no other cluster's token.
    let turned = create(&["east", "west"], &[]).exits_with(0);
    assert!(turned.stdout.contains("the chart mounts its Secret elsewhere"), "{turned:#?}");
    assert!(turned.stdout.contains("west: the credential of before still counts"), "{turned:#?}");
    assert_eq!(file("west"), "/mount/determined/secrets/1/token.detctl-det-west");
    create(&["east", "west"], &["--rotation=restart"]).exits_with(0);
    assert!(file("west").is_null() && kept.secret("west")["data"].as_object().unwrap().len() == 1);
}

/// Eight clusters take hardly longer than the slowest of them, and one that never answers its own deadline.
pub(crate) fn clusters_are_asked_at_the_same_time() {
    let took = |names: &[&'static str]| {
        let mut kept = Kept::new(names);
        for (name, keeper) in &mut kept.additional {
            keeper.pace = Duration::from_millis(if *name == "a1" { 160 } else { 40 });
        }
        let served = kept.serve();
        std::fs::write(served.folder.path("master.yaml"), configuration(names)).unwrap();
        let ran =
            served.folder.run(&line("create", &["master.yaml", WRITE[0], WRITE[1], "--timeout=60"])).exits_with(0);
        assert_eq!(ran.stdout.matches("stored, and proven as it was read back").count(), names.len(), "{ran:#?}");
        ran.took
    };
    let (slowest, all) = (took(&NAMES[..1]), took(&NAMES));
    say(&format!("one cluster {slowest:?}, eight {all:?}"));
    assert!(all.as_secs_f64() < slowest.as_secs_f64() * 1.5, "one {slowest:?}, eight {all:?}");
}

pub(crate) fn a_dead_cluster_costs_its_own_deadline() {
    let kept = Kept::new(&NAMES[..2]);
    let served = kept.serve();
    let dead = FailingServer::start(Fault::HangBeforeHeaders);
    let main = FailingServer::keeping(&kept.main, |_| None);
    let alive = FailingServer::keeping(kept.west(), |_| None);
    let config = contexts(&[("main", &main), ("a1", &alive), ("a2", &dead)]);
    std::fs::write(served.folder.path("kubeconfig"), config).unwrap();
    std::fs::write(served.folder.path("master.yaml"), configuration(&NAMES[..2])).unwrap();
    let ran = served.folder.run(&line("create", &["master.yaml", WRITE[0], WRITE[1], "--timeout=3"])).exits_with(1);
    say(&format!("a dead cluster with a deadline of 3 s: {:?}", ran.took));
    assert!(ran.stdout.contains("no whole answer in time") && kept.main.names(SECRETS).is_empty(), "{ran:#?}");
    assert!(ran.took < Duration::from_millis(4500), "{:?}", ran.took);
}

/// A Secret that never changes gets a new name with what is in it; the old one goes once nothing mounts it.
pub(crate) fn what_never_changes_gets_a_new_name() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    let values = "additional_resource_managers:\n- resource_manager: {cluster_name: west}\n";
    std::fs::write(served.folder.path("values.yaml"), values).unwrap();
    let create = |more: &[&str]| {
        let west = ["--cluster-name=west", "--context=west", "--default-namespace=tasks", "--write-values=values.yaml"];
        served.folder.run(&line("create", &[&west[..], &WRITE, more].concat()))
    };
    let named = || std::fs::read_to_string(served.folder.path("values.yaml")).unwrap();
    let secret = |name: &str| kept.main.get(&format!("{SECRETS}/{name}")).unwrap();
    let mount = |name: &str| {
        let mut deployment = kept.main.get(DEPLOYMENT).unwrap();
        deployment["spec"]["template"]["spec"]["volumes"][0]["secret"]["secretName"] = json!(name);
        kept.main.put(DEPLOYMENT, deployment);
        let mut pod = kept.main.get(&format!("{PODS}/master-0")).unwrap();
        pod["spec"]["volumes"] = json!([{"name": "v", "secret": {"secretName": name}}]);
        kept.main.put(&format!("{PODS}/master-0"), pod);
    };
    kept.start_pod(None);

    // From one that changes: it stays, with its credential, as long as the master uses it.
    create(&[]).exits_with(0);
    let plain = kept.token("west");
    mount("west-kubeconfig");
    let ran = create(&["--immutable"]).exits_with(0);
    assert!(ran.stdout.contains("note: west: Secret west-kubeconfig stays until nothing mounts it"), "{ran:#?}");
    let names = kept.main.names(SECRETS);
    let first = names.iter().find(|name| *name != "west-kubeconfig").unwrap().clone();
    assert_eq!((names.len(), &secret(&first)["immutable"]), (2, &true.into()));
    assert!(first.starts_with("west-kubeconfig-") && named().contains(&format!("kubeconfig_secret_name: {first}")));
    assert!(kept.west().takes(&plain), "it is in use");

    // The same again changes nothing, also without the flag.
    for more in [&["--immutable"][..], &[]] {
        let same = create(more).exits_with(0);
        assert!(same.stdout.contains("west  nothing to do"), "{same:#?}");
        assert_eq!((kept.main.names(SECRETS), kept.west().takes(&plain)), (names.clone(), true));
    }
    // A chart that names the new one makes the old one go, and its credential with it.
    mount(&first);
    let plan = create(&["--dry-run=client"]).exits_with(0);
    assert!(plan.stdout.contains("- Secret det/west-kubeconfig on main, which nothing mounts any more"), "{plan:#?}");
    assert_eq!(kept.main.names(SECRETS), names);
    let gone = create(&[]).exits_with(0);
    assert!(gone.stdout.contains("Secret west-kubeconfig, which nothing mounts any more, is gone"), "{gone:#?}");
    assert_eq!((kept.main.names(SECRETS), kept.west().takes(&plain)), (vec![first.clone()], false));

    // What is new gets a name of its own, and the old one waits again.
    let check =
        |code: i32| served.folder.run(&line("check", &["--values=values.yaml", "--map=west=west"])).exits_with(code);
    check(0);
    next_second();
    create(&["--renew"]).exits_with(0);
    let second = kept.main.names(SECRETS).into_iter().find(|name| *name != first).unwrap();
    assert!(named().contains(&second) && !named().contains(&first));
    let both = check(0);
    assert!(both.stdout.contains("2 checked") && !both.stdout.contains("orphans"), "{both:#?}");
    let refused = served.rotate(&[WEST]).exits_with(1);
    assert!(refused.stderr.contains("detctl secrets create --immutable --renew"), "{refused:#?}");
    mount(&second);
    create(&[]).exits_with(0);
    assert_eq!((kept.main.names(SECRETS), kept.west().names(HOLDS).len()), (vec![second.clone()], 1));
    let refused = served.rotate(&[WEST, "--replace"]).exits_with(1);
    assert!(refused.stdout.contains("its name goes with what is in it"), "{refused:#?}");
    let held = served.folder.run(&line("delete", &["--cluster-name=west", "--yes"])).exits_with(1);
    assert!(held.stdout.contains(&second), "{held:#?}");
}

/// What may not be listed is not taken for left behind.
pub(crate) fn without_the_right_to_list_nothing_is_swept() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create("west").exits_with(0);
    let old = kept.token("west");
    // Under another name nobody looks for it.
    let mut secret = kept.secret("west");
    secret["metadata"]["name"] = json!("other");
    kept.main.put(&format!("{SECRETS}/other"), secret);
    kept.main.remove(&format!("{SECRETS}/west-kubeconfig"));
    let forbidden =
        |request: &Request| (request.method == "GET" && request.path.contains("/secrets?")).then_some(Fault::Forbidden);
    served.meets(forbidden);
    next_second();
    served.create("west").exits_with(0);
    assert!(kept.west().takes(&old), "another kubeconfig has it");
    // Seen, it is no more taken for left behind.
    served.meets(|_| None);
    next_second();
    kept.main.remove(&format!("{SECRETS}/west-kubeconfig"));
    served.create("west").exits_with(0);
    assert!(kept.west().takes(&old) && kept.west().takes(&kept.token("west")));
    kept.main.remove(&format!("{SECRETS}/other"));
    kept.main.remove(&format!("{SECRETS}/west-kubeconfig"));
    let ran = served.create("west").exits_with(0);
    assert!(
        ran.stdout.contains("which a run had left behind, has been taken back") && !kept.west().takes(&old),
        "{ran:#?}"
    );
}
