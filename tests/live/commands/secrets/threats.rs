//! Threats (credentials facts §4) on real planes, each by its number. What each one must leave behind is looked at, not only
//! what is said.

use serde_json::{Value, json};

use super::{World, certificate, context, kubeconfig};
use crate::failing::FailingServer;
use crate::failing::faults::{self, Fault};
use crate::harness::access;
use crate::plane::access::{Subject, rule};
use crate::plane::client::{Client, Login, wait_for};
use crate::plane::keys::Validity;
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options};
use crate::program::{Folder, Ran, contexts, script};

impl World {
    /// Nothing was written on the default cluster, and no token is left on the other.
    #[track_caller]
    fn has_nothing(&self, why: &str) {
        let path = format!("/api/v1/namespaces/{}/secrets", self.namespace);
        assert!(self.main.api.get(&path).items().is_empty(), "{why}");
        assert!(self.credentials().is_empty(), "{why}");
    }

    /// Adds a context to the kubeconfig.
    fn add(&self, contexts: &[Value]) {
        let own = [
            context("main", &self.main, certificate(self.main.admin())),
            context("west", &self.west, certificate(self.west.admin())),
        ];
        std::fs::write(self.folder.path("kubeconfig"), kubeconfig(&[&own[..], contexts].concat())).unwrap();
    }

    /// Another run that is blocked by a check, which is told in the plan or after it.
    #[track_caller]
    fn is_blocked(&self, context: &str, more: &[&str], words: &str) -> Ran {
        let ran = self.create_from(context, &[&["--yes"][..], more].concat()).exits_with(1);
        assert!(ran.stdout.contains(words), "{words}: {ran:#?}");
        self.has_nothing(words);
        ran
    }
}

/// A client certificate of a plane's user, as the user of a context.
fn user(plane: &ControlPlane, name: &str) -> Value {
    match plane.user(name) {
        Login::Certificate(signed) => certificate(&signed),
        _ => unreachable!("users have certificates"),
    }
}

/// Whom a server takes a client for.
fn whoami(client: &Client) -> Value {
    let review = json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"});
    client.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", &review).expect(201)["status"]["userInfo"].clone()
}

fn may(client: &Client, group: &str, resource: &str, verb: &str) -> bool {
    let review = json!({
        "apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": {"group": group, "resource": resource, "verb": verb}},
    });
    let answer = client.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", &review).expect(201);
    answer["status"]["allowed"] == true
}

pub(crate) fn t8_only_the_minted_identity_is_stored() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    let stored: Value = serde_json::from_str(&world.stored("west-kubeconfig", "config")).unwrap();
    let user = stored["users"][0]["user"].as_object().unwrap();
    assert_eq!(user.keys().collect::<Vec<_>>(), ["token"], "the certificate of the context is not beside it");
    let client = world.as_stored();
    let account = format!("system:serviceaccount:{}:detctl-{}-west", world.accounts(), world.release);
    assert_eq!(whoami(&client)["username"], account);
    let rbac = "rbac.authorization.k8s.io";
    for (group, resource, verb) in [
        ("", "secrets", "get"),
        ("", "secrets", "list"),
        (rbac, "clusterroles", "escalate"),
        (rbac, "clusterroles", "bind"),
        ("", "users", "impersonate"),
        ("", "serviceaccounts", "impersonate"),
    ] {
        assert!(!may(&client, group, resource, verb), "{verb} {resource}");
    }
    // An identity that somebody has given more is not stored.
    let other = World::new();
    let binding = json!({
        "metadata": {"name": format!("{}-more", other.release)},
        "roleRef": {"apiGroup": rbac, "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "Group", "name": format!("system:serviceaccounts:{}", other.accounts()), "apiGroup": rbac}],
    });
    let bindings = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings";
    other.west.api.post(bindings, &binding).expect(201);
    other.is_blocked("west", &[], "excess: it may get secrets in the whole cluster");
    other.west.api.delete(&format!("{bindings}/{}-more", other.release)).expect(200);
}

pub(crate) fn t9_masters_are_never_copied() {
    let world = World::new();
    let ran = world.is_blocked("west", &["--auth=copy"], "system:masters");
    assert!(ran.stdout.contains("failed  masters"), "{ran:#?}");
    let ran = world.create(&["--yes", "--auth=copy", "--skip-check=masters"]).exits_with(2);
    assert!(ran.stderr.contains("never passed over"), "{ran:#?}");
    world.has_nothing("masters");
}

/// What a cloud's command writes is used like any context, with programs that stand in for it.
pub(crate) fn a_pulled_context_is_used() {
    let world = World::new();
    let west = kubeconfig(&[context("gke_p_l_west", &world.west, certificate(world.west.admin()))]);
    std::fs::write(world.folder.path("pulled"), west).unwrap();
    std::fs::create_dir(world.folder.path("bin")).unwrap();
    script(&world.folder.path("bin/gcloud"), "cat pulled > \"$KUBECONFIG\"");
    let path = format!("{}:/usr/bin:/bin", world.folder.path("bin").display());
    let accounts = world.accounts();
    let line = [
        "secrets",
        "create",
        "--kubeconfig=kubeconfig",
        "--cluster-name=west",
        "--pull=west=gke:p/l/west",
        "--default-context=main",
        "--namespace",
        &world.namespace,
        "--release",
        &world.release,
        "--default-namespace",
        &world.tasks,
        "--sa-namespace",
        &accounts,
        "--skip-check=address",
        "--yes",
    ];
    let ran = world.folder.run_with(&line, &[("PATH", &path)]).exits_with(0);
    assert!(ran.stdout.starts_with("west  runs: gcloud container clusters get-credentials west "), "{ran:#?}");
    assert!(ran.stdout.contains("west  stored"), "{ran:#?}");
    assert_eq!(world.secret("west-kubeconfig")["metadata"]["annotations"]["detctl.dev/context"], "gke_p_l_west");
    assert_eq!(world.as_stored().get("/apis/batch/v1/jobs").status, 200);
}

/// Somebody's own certificate with just the rights of a master.
pub(crate) fn a_credential_is_taken_over_by_choice() {
    let world = World::new();
    let name = format!("jane-{}", world.release);
    world.add(&[context("jane", &world.west, user(&world.west, &name))]);
    let (mut everywhere, there) = access::smallest();
    everywhere.extend([rule("", &["namespaces"], &["get"]), rule("", &["pods"], &["list"])]);
    world.west.grant(&Subject::user(&name), None, &everywhere);
    world.west.grant(&Subject::user(&name), Some(&world.tasks), &there);
    let copy = |more: &[&str]| world.create_from("jane", &[&["--auth=copy", "--yes"], more].concat());
    let ran = copy(&[]).exits_with(0);
    assert!(ran.stdout.contains(&format!("the credential of {name}")), "{ran:#?}");
    assert!(ran.stdout.contains("warning own") && ran.stdout.contains("cannot be taken back"), "{ran:#?}");
    let (before, stored) = (world.secret("west-kubeconfig"), world.stored("west-kubeconfig", "config"));
    let config: Value = serde_json::from_str(&stored).unwrap();
    let user = config["users"][0]["user"].as_object().unwrap();
    assert_eq!(user.keys().collect::<Vec<_>>(), ["client-certificate-data", "client-key-data"]);
    let annotations = &before["metadata"]["annotations"];
    assert_eq!(annotations["detctl.dev/credential-kind"], "copied-certificate");
    assert_eq!(annotations["detctl.dev/identity"], name);
    assert!(annotations["detctl.dev/not-after"].is_string());
    assert!(world.credentials().is_empty(), "nothing is made");
    let again = copy(&[]).exits_with(0);
    assert!(again.stdout.contains("west  nothing to do"), "{again:#?}");
    assert_eq!(world.secret("west-kubeconfig"), before);
    let list = world.look("list", &[]).exits_with(0);
    assert!(list.stdout.contains(&name), "{list:#?}");
    let check = world.look("check", &[]).exits_with(0);
    assert!(check.stdout.contains(": 0 failed"), "{check:#?}");
    let gone = world.look("delete", &["--cluster-name=west", "--context=jane", "--yes"]).exits_with(0);
    assert_eq!(world.main.api.get(&world.path("west-kubeconfig")).status, 404, "{gone:#?}");
    // A minted one takes the place of a copied one, and the other way round.
    copy(&[]).exits_with(0);
    world.create(&["--yes"]).exits_with(0);
    assert_eq!(
        world.secret("west-kubeconfig")["metadata"]["annotations"]["detctl.dev/credential-kind"],
        "token-secret"
    );
}

pub(crate) fn t11_the_wrong_cluster_is_refused() {
    let world = World::new();
    // All that the master needs is there: the only thing amiss is which cluster it is.
    let namespace = json!({"metadata": {"name": world.tasks}});
    world.main.api.post("/api/v1/namespaces", &namespace).expect(201);
    // The default cluster itself, by its own context and by another one.
    world.add(&[context("main-again", &world.main, certificate(world.main.admin()))]);
    for context in ["main", "main-again"] {
        let ran = world.create_from(context, &["--yes"]).exits_with(1);
        assert!(ran.stdout.contains("it is the same cluster as the default cluster"), "{ran:#?}");
        assert_eq!(ran.stdout.matches("  failed  ").count(), 1, "{ran:#?}");
        world.has_nothing(context);
        let accounts = format!("/api/v1/namespaces/{}", world.accounts());
        assert_eq!(world.main.api.get(&accounts).status, 404, "nothing is made there either");
    }
    world.main.api.delete(&format!("/api/v1/namespaces/{}", world.tasks)).expect(200);
}

pub(crate) fn t12_jobs_of_another_determined_are_not_lost() {
    let world = World::new();
    let jobs = format!("/apis/batch/v1/namespaces/{}/jobs", world.tasks);
    let job = json!({
        "metadata": {"name": "theirs", "labels": {"determined": "x"}},
        "spec": {"suspend": true, "template": {"spec": {
            "restartPolicy": "Never", "containers": [{"name": "a", "image": "example.invalid/a"}],
        }}},
    });
    world.west.api.post(&jobs, &job).expect(201);
    world.is_blocked("west", &[], "the master would delete Job theirs in");
    let ran = world.create(&["--yes", "--skip-check=foreign-jobs"]).exits_with(0);
    assert!(ran.stdout.contains("skipped"), "{ran:#?}");
    let annotations = &world.secret("west-kubeconfig")["metadata"]["annotations"];
    assert!(annotations["detctl.dev/skipped-checks"].as_str().unwrap().contains("foreign-jobs"));
}

pub(crate) fn t13_a_server_that_cannot_prove_itself_gets_no_token() {
    let world = World::new();
    let with = |name: &str, key: &str, value: Value| {
        let mut context = context(name, &world.west, certificate(world.west.admin()));
        context[key] = value;
        context
    };
    let authority = context("x", &world.main, json!({}))["certificate-authority-data"].clone();
    world.add(&[
        with("wrong-authority", "certificate-authority-data", authority),
        with("wrong-name", "tls-server-name", json!("elsewhere.example.invalid")),
        with("right-name", "tls-server-name", json!("localhost")),
    ]);
    for name in ["wrong-authority", "wrong-name"] {
        let ran = world.create_from(name, &["--yes"]).exits_with(1);
        assert!(ran.stdout.contains("  failed  tls: "), "{name}: {ran:#?}");
        world.has_nothing(name);
    }
    // Right for the operator and wrong for the master: it is the stored one that counts.
    let stored = "the new credential does not work: tls: ";
    world.is_blocked("west", &["--tls-server-name=elsewhere.example.invalid"], stored);
    let expired = FailingServer::start(Fault::ExpiredCertificate);
    std::fs::write(world.folder.path("ca.crt"), expired.authority()).unwrap();
    world.is_blocked("west", &["--ca-file=ca.crt"], stored);
    let mut over = with("expired", "server", json!(expired.url));
    over["certificate-authority-data"] = json!(base64(expired.authority()));
    world.add(&[over]);
    world.is_blocked("expired", &[], "  failed  tls: ");
    world.add(&[with("right-name", "tls-server-name", json!("localhost"))]);
    world.create_from("right-name", &["--yes"]).exits_with(0);
    let stored: Value = serde_json::from_str(&world.stored("west-kubeconfig", "config")).unwrap();
    assert_eq!(stored["clusters"][0]["cluster"]["tls-server-name"], "localhost");
}

/// The checks that no threat is about, each of them failing.
pub(crate) fn checks_fail_where_they_should() {
    let world = World::new();
    let line = world.create_line("west", &["--yes"]);
    let unskipped: Vec<&str> =
        line.iter().map(String::as_str).filter(|word| !word.starts_with("--skip-check")).collect();
    let ran = world.folder.run(&unskipped).exits_with(1);
    assert!(ran.stdout.contains("is the machine itself; inside the master's pod, the pod"), "{ran:#?}");
    world.has_nothing("address");
    let absent = "--default-namespace=nowhere";
    let other: Vec<&str> =
        line.iter().map(|word| if word == &world.tasks { "nowhere" } else { word.as_str() }).collect();
    let ran = world.folder.run(&other).exits_with(1);
    assert!(ran.stdout.contains("failed  namespace     there is no namespace nowhere"), "{absent}: {ran:#?}");
    world.has_nothing("namespace");
    // A certificate that ends soon is told of.
    let west = world.west.client(&Login::Certificate(world.west.admin().clone()));
    let soon = FailingServer::in_front_with(west, Validity::EndsSoon);
    let mut near = context("near", &world.west, json!({"token": "x"}));
    near["server"] = json!(soon.url);
    near["certificate-authority-data"] = json!(base64(soon.authority()));
    world.add(&[near]);
    let ran = world.create_from("near", &["--dry-run=client"]).exits_with(0);
    assert!(ran.stdout.contains("warning tls-expiry    only until "), "{ran:#?}");
    // A gateway that is configured, and of which the cluster knows nothing.
    let master = format!(
        "resource_manager: {{type: kubernetes, cluster_name: main, max_slots_per_pod: 1}}\nresource_pools: [{{pool_name: \
         default}}]\nadditional_resource_managers:\n- resource_manager:\n    {{type: kubernetes, cluster_name: west, \
         max_slots_per_pod: 1, kubeconfig_path: /k, default_namespace: {}, determined_master_host: h, \
         determined_master_port: 1, internal_task_gateway: {{gateway_name: gw, gateway_namespace: gw, gateway_ip: 1.2.3.4}}}}\n  \
         resource_pools: [{{pool_name: west}}]\n",
        world.tasks
    );
    std::fs::write(world.folder.path("master.yaml"), master).unwrap();
    let gateway = ["create", "master.yaml", "--map=west=west", "--skip-check=address"];
    let ran = world.look(gateway[0], &[&gateway[1..], &["--sa-namespace", &world.accounts(), "--yes"]].concat());
    assert!(ran.stdout.contains("failed  gateway       the cluster has no gateway.networking.k8s.io/v1"), "{ran:#?}");
    world.has_nothing("gateway");
}

pub(crate) fn t14_insecure_is_refused() {
    let world = World::new();
    let mut insecure = context("insecure", &world.west, certificate(world.west.admin()));
    insecure["insecure-skip-tls-verify"] = json!(true);
    insecure["certificate-authority-data"] = Value::Null;
    world.add(&[insecure]);
    let ran = world.is_blocked("insecure", &[], "the context says insecure-skip-tls-verify");
    assert!(ran.stdout.contains("failed  insecure"), "{ran:#?}");
    // With an authority it is stored, and looked at.
    std::fs::write(world.folder.path("ca.crt"), world.west.authority()).unwrap();
    world.create_from("insecure", &["--yes", "--ca-file=ca.crt"]).exits_with(0);
    assert!(!world.stored("west-kubeconfig", "config").contains("insecure"));
}

pub(crate) fn t15_a_token_counts_on_its_own_cluster_alone() {
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    let elsewhere = world.main.client(&Login::Token(world.token()));
    assert_eq!(elsewhere.get("/apis/batch/v1/jobs").status, 401);
    let stored: Value = serde_json::from_str(&world.stored("west-kubeconfig", "config")).unwrap();
    assert_eq!(stored["clusters"].as_array().unwrap().len(), 1);
    assert_eq!(stored["clusters"][0]["cluster"]["server"], world.west.server.as_str());
    assert!(stored["users"][0]["user"]["tokenFile"].is_null(), "no path that another index could hit");
}

/// A kubeconfig whose `main` is a server in front of the default cluster.
fn behind(world: &World, server: &FailingServer) {
    let mut through = context("main", &world.main, json!({"token": "x"}));
    through["server"] = json!(server.url);
    through["certificate-authority-data"] = json!(base64(server.authority()));
    let west = context("west", &world.west, certificate(world.west.admin()));
    std::fs::write(world.folder.path("kubeconfig"), kubeconfig(&[through, west])).unwrap();
}

fn base64(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
}

/// As the documentation page has it, but with `apply`, which keeps a copy of everything in an annotation.
pub(crate) fn t16_and_t21_what_was_made_by_hand_is_taken_over_by_choice() {
    let world = World::new();
    let by_hand = json!({
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": {"name": "west-kubeconfig", "namespace": world.namespace},
        "data": {"config": base64("canary-config"), "other": base64("canary-other")},
    });
    std::fs::write(world.folder.path("hand.yaml"), by_hand.to_string()).unwrap();
    let applied = std::process::Command::new(world.main.program("kubectl"))
        .args(["--kubeconfig=kubeconfig", "--context=main", "apply", "-f", "hand.yaml"])
        .current_dir(world.folder.path("."))
        .output()
        .unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    let before = world.secret("west-kubeconfig");
    assert!(before.to_string().contains("last-applied-configuration"), "{before}");
    let refused = world.create(&["--yes"]).exits_with(1);
    assert!(refused.stdout.contains("it was not made by detctl"), "{refused:#?}");
    assert_eq!((world.secret("west-kubeconfig"), world.credentials().len()), (before.clone(), 0));

    let ran = world.create(&["--yes", "--adopt"]).exits_with(0);
    for words in [
        "what it holds goes: config (13 bytes), other (12 bytes); kubectl apply has left a copy of it in an annotation",
        "note: west: what was in the Secret before counts on until you revoke it",
    ] {
        assert!(ran.stdout.contains(words), "{ran:#?}");
    }
    let after = world.secret("west-kubeconfig");
    assert_eq!(after["metadata"]["uid"], before["metadata"]["uid"]);
    assert_eq!(after["data"].as_object().unwrap().keys().collect::<Vec<_>>(), ["config"]);
    assert!(!after.to_string().contains("last-applied-configuration") && !format!("{ran:?}").contains("canary"));
    world.as_stored().get("/apis/batch/v1/jobs").expect(200);

    // A copy of the new one is found and comes to nothing.
    let leak = "kubectl.kubernetes.io/last-applied-configuration";
    let copied = json!({"metadata": {"annotations": {leak: world.stored("west-kubeconfig", "config")}}});
    world.main.api.patch(&world.path("west-kubeconfig"), &copied).expect(200);
    let check = world.look("check", &[]).exits_with(0);
    assert!(check.stdout.contains("warning copies        kubectl apply has left a copy of it"), "{check:#?}");
    let leaked = world.token();
    let again = world.create(&["--yes"]).exits_with(0);
    assert!(again.stdout.contains("a new credential: kubectl apply has left a copy of the stored one"), "{again:#?}");
    assert!(world.secret("west-kubeconfig")["metadata"]["annotations"][leak].is_null() && world.token() != leaked);
}

pub(crate) fn t17_a_change_between_plan_and_write_is_not_lost() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let world = World::new();
    world.create(&["--yes"]).exits_with(0);
    let admin = || world.main.client(&Login::Certificate(world.main.admin().clone()));
    let (meanwhile, path, changed) = (admin(), world.path("west-kubeconfig"), AtomicBool::new(false));
    let theirs = json!({"metadata": {"annotations": {"theirs": "yes"}}});
    let server = FailingServer::in_front_of(admin(), move |request| {
        let writes = request.method == "PATCH" && !request.path.contains("dryRun");
        if writes && !changed.swap(true, Ordering::SeqCst) {
            meanwhile.patch(&path, &theirs).expect(200);
        }
        None
    });
    behind(&world, &server);
    let token = world.token();
    // Another key makes the stored one outdated, so that it has to be written.
    let ran = world.create(&["--yes", "--key=other"]).exits_with(1);
    assert!(ran.stdout.contains("409") || ran.stdout.contains("conflict"), "{ran:#?}");
    assert_eq!(world.token(), token, "what was there is there");
    assert_eq!(world.secret("west-kubeconfig")["metadata"]["annotations"]["theirs"], "yes");
    assert_eq!(world.as_stored().get("/apis/batch/v1/jobs").status, 200, "and works");
}

pub(crate) fn t17_two_runs_at_once_leave_one_good_secret() {
    let world = World::new();
    let codes: Vec<Option<i32>> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..2).map(|_| scope.spawn(|| world.create(&["--yes"]).code)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(codes.contains(&Some(0)), "{codes:?}");
    world.create(&["--yes"]).exits_with(0);
    assert_eq!(world.as_stored().get("/apis/batch/v1/jobs").status, 200);
}

/// Two resource managers on one plane, told apart by their namespaces alone; the default cluster fails at the second Secret.
pub(crate) fn t18_what_was_done_in_part_is_told_and_a_second_run_ends_it() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    let world = World::new();
    let more = world.west.namespace("more");
    let manager = |cluster: &str, namespace: &str| {
        format!(
            "- resource_manager: {{type: kubernetes, cluster_name: {cluster}, max_slots_per_pod: 1, kubeconfig_path: /k, \
             default_namespace: {namespace}, determined_master_host: h, determined_master_port: 1}}\n  resource_pools: \
             [{{pool_name: {cluster}}}]\n"
        )
    };
    let master = format!(
        "resource_manager: {{type: kubernetes, cluster_name: main, max_slots_per_pod: 1}}\nresource_pools: [{{pool_name: \
         default}}]\nadditional_resource_managers:\n{}{}",
        manager("west", &world.tasks),
        manager("east", &more)
    );
    std::fs::write(world.folder.path("master.yaml"), master).unwrap();
    let accounts = world.accounts();
    let create = || {
        world.folder.run(&[
            "secrets",
            "create",
            "master.yaml",
            "--kubeconfig=kubeconfig",
            "--map=west=west",
            "--map=east=west",
            "--default-context=main",
            "--namespace",
            &world.namespace,
            "--release",
            &world.release,
            "--sa-namespace",
            &accounts,
            "--skip-check=address",
            "--skip-check=cluster",
            "--yes",
        ])
    };
    let writes = AtomicUsize::new(0);
    let admin = world.main.client(&Login::Certificate(world.main.admin().clone()));
    let server = FailingServer::in_front_of(admin, move |request| {
        let is_write = request.method == "PATCH" && !request.path.contains("dryRun");
        (is_write && writes.fetch_add(1, Ordering::SeqCst) > 0).then_some(Fault::Forbidden)
    });
    behind(&world, &server);
    let ran = create().exits_with(3);
    assert!(ran.stdout.contains("west  stored") && ran.stdout.contains("east  failed"), "{ran:#?}");
    world.secret("west-kubeconfig");
    assert_eq!(world.main.api.get(&world.path("east-kubeconfig")).status, 404);
    let before = world.secret("west-kubeconfig");
    drop(server);
    world.add(&[]);
    create().exits_with(0);
    world.secret("east-kubeconfig");
    assert_eq!(world.secret("west-kubeconfig"), before, "what was done stays as it is");
    let again = create().exits_with(0);
    assert!(again.stdout.contains("west  nothing to do") && again.stdout.contains("east  nothing to do"), "{again:#?}");
}

pub(crate) fn t19_a_short_time_is_not_taken_silently() {
    let capped = Options::new(Version::Newer).with_flag("--service-account-max-token-expiration=1h");
    let world = World { west: ControlPlane::start(&capped).into(), ..World::new() };
    let world = World { tasks: world.west.namespace("tasks"), ..world };
    world.add(&[]);
    let request = ["--token-mode=request", "--ttl=720h"];
    let ran = world.is_blocked("west", &request, "lifetime: the server gave 36");
    assert!(ran.stdout.contains("s of 2592000 s"), "{ran:#?}");
    let ran = world.create(&[&["--yes", "--skip-check=lifetime"][..], &request].concat()).exits_with(0);
    assert!(ran.stdout.contains("skipped"), "{ran:#?}");
    let end: i64 = world.secret("west-kubeconfig")["metadata"]["annotations"]["detctl.dev/not-after"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert!(end - i64::try_from(now).unwrap() <= 3600, "the time that was given is noted: {end}");
}

pub(crate) fn t20_what_is_revoked_is_refused() {
    for (more, gone) in [
        (&[][..], "the token's Secret"),
        (&["--token-mode=request", "--ttl=24h"], "the Secret that it is bound to"),
        (&[], "the ServiceAccount"),
    ] {
        let world = World::new();
        world.create(&[&["--yes"][..], more].concat()).exits_with(0);
        let stored = world.as_stored();
        stored.get("/apis/batch/v1/jobs").expect(200);
        let accounts = format!("/api/v1/namespaces/{}", world.accounts());
        let path = match gone {
            "the ServiceAccount" => format!("{accounts}/serviceaccounts/detctl-{}-west", world.release),
            _ => format!("{accounts}/secrets/{}", world.credentials()[0]),
        };
        world.west.api.delete(&path).expect(200);
        wait_for(gone, || (stored.get("/apis/batch/v1/jobs").status == 401).then_some(()));
    }
}

pub(crate) fn t22_who_may_not_grant_is_told_all_before_anything_is_written() {
    let world = World::new();
    let name = format!("operator-{}", world.release);
    world.add(&[context("operator", &world.west, user(&world.west, &name))]);
    let subject = Subject::user(&name);
    world.west.grant(
        &subject,
        None,
        &[
            rule("", &["namespaces", "serviceaccounts", "secrets"], &["get", "create", "patch"]),
            rule("", &["configmaps"], &["get", "list"]),
            rule("batch", &["jobs"], &["get", "list"]),
            rule(
                "rbac.authorization.k8s.io",
                &["clusterroles", "clusterrolebindings", "roles", "rolebindings"],
                &["get", "create", "patch"],
            ),
        ],
    );
    let ran = world.is_blocked("operator", &[], "you may not create jobs.batch in");
    for lacking in ["delete jobs.batch", "create configmaps", "get pods/log"] {
        assert!(ran.stdout.contains(lacking), "the list is whole: {lacking}: {ran:#?}");
    }
    let account = format!("/api/v1/namespaces/{}", world.accounts());
    assert_eq!(world.west.api.get(&account).status, 404, "nothing is written there either");
    // Whoever may escalate may grant what they do not have.
    let rbac = rule("rbac.authorization.k8s.io", &["clusterroles", "roles"], &["escalate"]);
    let bind = rule("rbac.authorization.k8s.io", &["clusterroles", "roles"], &["bind"]);
    world.west.grant(&subject, None, &[rbac, bind]);
    wait_for("the right to be known", || (world.create_from("operator", &["--yes"]).code == Some(0)).then_some(()));
}

/// Servers that fail in each way that is known: a clear answer within the time, and nothing stored.
pub(crate) fn t26_no_failing_server_holds_a_run_up() {
    for fault in faults::ALL {
        let server = FailingServer::start(*fault);
        let folder = Folder::new().with("kubeconfig", &contexts(&[("main", &server), ("west", &server)]));
        let hangs = matches!(fault, Fault::HangBeforeHeaders | Fault::HangAfterHeaders | Fault::TooMany("86400"));
        for command in if hangs { &["create", "list", "check"][..] } else { &["create"] } {
            let mut line =
                vec!["secrets", command, "--kubeconfig=kubeconfig", "--default-context=main", "--namespace=det"];
            if *command == "create" {
                line.extend(["--release=det", "--cluster-name=west", "--context=west", "--yes"]);
            }
            line.push("--timeout=2");
            let ran = folder.run(&line);
            assert!(ran.took.as_secs() < 12, "{fault:?} {command}: {ran:#?}");
            assert!(matches!(ran.code, Some(1 | 2)), "{fault:?} {command}: {ran:#?}");
            let writes = server.requests().into_iter().any(|request| request.method == "PATCH");
            assert!(!writes && !ran.stdout.contains("stored"), "{fault:?} {command}: {ran:#?}");
            assert!(!format!("{ran:?}").contains("secret-token"), "{ran:#?}");
        }
    }
}

/// A retry that is asked for in an hour is not waited for, wherever in the run it comes.
pub(crate) fn t26_a_busy_cluster_costs_its_own_time_only() {
    let world = World::new();
    let admin = world.main.client(&Login::Certificate(world.main.admin().clone()));
    let server =
        FailingServer::in_front_of(admin, |request| (request.method == "PATCH").then_some(Fault::TooMany("3600")));
    behind(&world, &server);
    let ran = world.create(&["--yes", "--timeout=10"]).exits_with(1);
    assert!(ran.took.as_secs() < 40 && ran.stdout.contains("failed"), "{ran:#?}");
    world.has_nothing("what was made has been taken back");
}

pub(crate) fn t6_and_t7_manifests_are_printed_where_they_are_asked_for() {
    let world = World::new();
    let plain = world.create(&["-o", "yaml"]).exits_with(0);
    assert!(plain.stdout.starts_with("apiVersion: \"v1\"\nkind: \"Secret\"\n"), "{plain:#?}");
    assert!(plain.stdout.contains(" bytes and a new token>"), "{plain:#?}");
    world.has_nothing("without --show-secrets nothing is made");
    let shown = world.create(&["-o", "yaml", "--show-secrets", "--yes"]).exits_with(0);
    let secrets = format!("/api/v1/namespaces/{}/secrets", world.namespace);
    assert!(world.main.api.get(&secrets).items().is_empty(), "nothing is written there");
    assert_eq!(world.credentials().len(), 1);
    // What was printed is what kubectl takes.
    std::fs::write(world.folder.path("printed.yaml"), &shown.stdout).unwrap();
    let applied = std::process::Command::new(world.main.program("kubectl"))
        .args(["--kubeconfig=kubeconfig", "--context=main", "create", "-f", "printed.yaml"])
        .current_dir(world.folder.path("."))
        .output()
        .unwrap();
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    assert_eq!(world.as_stored().get("/apis/batch/v1/jobs").status, 200);
    assert!(!shown.stderr.contains(&world.token()) && !plain.stdout.contains(&world.token()));
    // What is there already is printed again, and no other token is made.
    let again = world.create(&["-o", "json", "--show-secrets", "--yes", "--output-file=new.json"]).exits_with(0);
    assert!(again.stdout.is_empty() && world.credentials().len() == 1, "{again:#?}");
    let written: Value = serde_json::from_slice(&std::fs::read(world.folder.path("new.json")).unwrap()).unwrap();
    assert_eq!(written["data"], world.secret("west-kubeconfig")["data"]);
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(world.folder.path("new.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
