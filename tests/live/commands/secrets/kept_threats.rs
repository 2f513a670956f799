//! Threats (credentials facts §4) on made-up clusters that keep what they are given: no real API server has a part in them.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::kept::{HOLDS, Kept, SECRETS, Served, WRITE, configuration, line};
use crate::failing::faults::Fault;
use crate::plane::client::wait_for;
use crate::program::Ran;
use detctl::kubeconfig::{Credential, FileAnswer, Files, Secret, confirm, load};
use detctl::source::SourceId;

const WEST: [&str; 3] = ["--cluster-name=west", "--context=west", "--default-namespace=tasks"];

/// What a system does to a program that writes more into a file than it may.
const SIGXFSZ: i32 = 25;

impl Served {
    fn create_west(&self, more: &[&str]) -> Ran {
        self.folder.run(&line("create", &[&WEST[..], &WRITE, more].concat()))
    }

    /// A run that may write so many bytes into a file, and is killed when it writes more; what it makes is open to everybody
    /// unless it sees to that.
    fn killed_when_writing(&self, blocks: u32, more: &[&str]) -> ExitStatus {
        let script = format!("umask 000; ulimit -f {blocks}; exec {} \"$@\"", env!("CARGO_BIN_EXE_detctl"));
        let line = line("create", &[&WEST[..], &WRITE, more].concat());
        let mut command = Command::new("sh");
        command.args([&["-c", &script, "detctl"][..], &line].concat()).current_dir(self.folder.path("."));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
    }

    /// What is in the folder, with its mode.
    fn files(&self) -> BTreeMap<String, u32> {
        let entry = |entry: std::fs::DirEntry| {
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            (entry.file_name().into_string().unwrap(), mode)
        };
        std::fs::read_dir(self.folder.path(".")).unwrap().map(|it| entry(it.unwrap())).collect()
    }
}

pub(crate) fn t6_a_run_that_is_killed_in_the_middle_of_a_write_leaves_nothing_half_written() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    let print = ["-o", "yaml", "--show-secrets", "--output-file=new.yaml"];
    let before = served.files();
    for blocks in [0, 1] {
        let ended = served.killed_when_writing(blocks, &print);
        assert_eq!(ended.signal(), Some(SIGXFSZ), "{ended:?}");
        let left: Vec<(String, u32)> =
            served.files().into_iter().filter(|(name, _)| !before.contains_key(name)).collect();
        assert!(left.iter().all(|(name, mode)| name.starts_with(".detctl-") && *mode == 0o600), "{left:?}");
    }
    served.create_west(&print).exits_with(0);
    assert_eq!(served.files()["new.yaml"], 0o600);
    let written = std::fs::read_to_string(served.folder.path("new.yaml")).unwrap();
    assert!(written.starts_with("apiVersion: ") && written.contains("  \"config\": "), "{} bytes", written.len());
    assert!(kept.main.names(SECRETS).is_empty());

    // The values of the chart, after the Secret has been stored.
    let values = format!(
        "{}additional_resource_managers:\n- resource_manager: {{cluster_name: west}}\n",
        "# mine\n".repeat(200)
    );
    std::fs::write(served.folder.path("values.yaml"), &values).unwrap();
    let name = ["--write-values=values.yaml"];
    assert_eq!(served.killed_when_writing(1, &name).signal(), Some(SIGXFSZ));
    assert_eq!(kept.main.names(SECRETS), ["west-kubeconfig"]);
    assert_eq!(std::fs::read_to_string(served.folder.path("values.yaml")).unwrap(), values);
    let again = served.create_west(&name).exits_with(0);
    assert!(again.stdout.contains("nothing to do"), "{again:#?}");
    let after = std::fs::read_to_string(served.folder.path("values.yaml")).unwrap();
    assert!(after.contains("kubeconfig_secret_name: west-kubeconfig") && after.starts_with("# mine\n"), "{after}");
}

/// The files that the master sees: Secrets as the chart mounts them, by their place in the list.
struct Mounted(BTreeMap<String, Vec<u8>>);

impl Mounted {
    fn new(secrets: &[&Value]) -> Self {
        let mut files = BTreeMap::new();
        for (at, secret) in secrets.iter().enumerate() {
            for (key, value) in secret["data"].as_object().unwrap() {
                let content = STANDARD.decode(value.as_str().unwrap()).unwrap();
                files.insert(format!("/mount/determined/secrets/{at}/{key}"), content);
            }
        }
        Self(files)
    }

    /// Server and token of the resource manager at a place.
    fn used(&self, at: usize) -> (String, String) {
        let text = String::from_utf8(self.0[&format!("/mount/determined/secrets/{at}/config")].clone()).unwrap();
        let client = confirm(&load(SourceId::default(), &text).config, self).unwrap();
        let [Credential::TokenFile { token: Some(token), .. }] = client.credentials.as_slice() else {
            panic!("{:?}", client.credentials)
        };
        (client.server.expose().to_owned(), token.expose_text().unwrap().to_owned())
    }
}

impl Files for Mounted {
    fn read(&self, path: &str) -> FileAnswer {
        match self.0.get(path) {
            Some(content) => FileAnswer::Content(Secret::new(content.as_slice())),
            None => FileAnswer::Refused("no such file or directory".to_owned()),
        }
    }
}

pub(crate) fn t15_a_token_file_leads_to_no_other_cluster() {
    let kept = Kept::new(&["west", "east"]);
    let served = kept.serve();
    std::fs::write(served.folder.path("master.yaml"), configuration(&["west", "east"])).unwrap();
    served.folder.run(&line("create", &[&["master.yaml", "--rotation=live"], &WRITE[..]].concat())).exits_with(0);
    let (west, east) = (kept.secret("west"), kept.secret("east"));
    let own = |name: &str| {
        let server = kept.config(name)["clusters"][0]["cluster"]["server"].as_str().unwrap().to_owned();
        (server, kept.token(name))
    };
    assert_ne!(own("west"), own("east"));
    // In place, in another order, and with a place between that was not there before.
    let other = json!({"data": {"x": "eA=="}});
    for order in [vec![&west, &east], vec![&east, &west], vec![&other, &west, &east], vec![&east, &other, &west]] {
        let mounted = Mounted::new(&order);
        for (at, secret) in order.iter().enumerate().filter(|(_, secret)| **secret != &other) {
            let name = if *secret == &west { "west" } else { "east" };
            assert_eq!(mounted.used(at), own(name), "{name} at {at}");
        }
    }
    // It is the file that counts where it is found.
    let mut rotated = west.clone();
    rotated["data"]["token.detctl-det-west"] = json!(STANDARD.encode("newer"));
    assert_eq!(Mounted::new(&[&rotated]).used(0).1, "newer");
    assert_eq!(Mounted::new(&[&east, &rotated]).used(1), own("west"));
}

pub(crate) fn t16_what_belongs_to_somebody_else_stays_as_it_is() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create_west(&[]).exits_with(0);
    let ours = kept.secret("west");
    let path = format!("{SECRETS}/west-kubeconfig");
    let marked = |metadata: Value, rest: Value| {
        let mut secret =
            json!({"type": "Opaque", "data": {"config": "dGhlaXJz", "more": "dGhlaXJz"}, "metadata": metadata});
        rest.as_object().unwrap().iter().for_each(|(key, value)| secret[key] = value.clone());
        secret["metadata"]["name"] = json!("west-kubeconfig");
        secret
    };
    let labels = |key: &str, value: &str| json!({"labels": {key: value}});
    let mut other = ours["metadata"]["labels"].clone();
    other["detctl.dev/cluster-name"] = json!("east");
    let owned = json!([{"apiVersion": "external-secrets.io/v1", "kind": "ExternalSecret", "name": "x", "uid": "u"}]);
    let every = ["--adopt", "--replace"];
    let table: [(Value, Value, &[&str], &str); 9] = [
        (json!({}), json!({}), &["--replace"], "it was not made by detctl"),
        (json!({"labels": other}), json!({}), &every, "it belongs to release det, cluster east"),
        (json!({"annotations": {"meta.helm.sh/release-name": "det"}}), json!({}), &every, "the Helm release det"),
        (json!({"ownerReferences": owned}), json!({}), &every, "it belongs to ExternalSecret x"),
        (labels("argocd.argoproj.io/instance", "x"), json!({}), &every, "Argo CD keeps it"),
        (labels("kustomize.toolkit.fluxcd.io/name", "x"), json!({}), &every, "Flux keeps it"),
        (labels("app.kubernetes.io/managed-by", "x"), json!({}), &every, "it belongs to x"),
        (json!({}), json!({"immutable": true}), &["--adopt"], "it is immutable"),
        (json!({}), json!({"type": "kubernetes.io/tls"}), &["--adopt"], "a type never changes"),
    ];
    for (metadata, rest, flags, words) in table {
        kept.main.put(&path, marked(metadata, rest));
        let (before, holds) = (kept.secret("west"), kept.west().names(HOLDS));
        for more in [&[][..], flags] {
            let ran = served.create_west(more).exits_with(1);
            assert!(
                ran.stdout.contains("failed  owner") && (more.is_empty() || ran.stdout.contains(words)),
                "{ran:#?}"
            );
            assert_eq!((kept.secret("west"), kept.west().names(HOLDS)), (before.clone(), holds.clone()), "{words}");
        }
    }
    // By choice, and whole.
    kept.main.put(&path, marked(json!({}), json!({})));
    let uid = kept.secret("west")["metadata"]["uid"].clone();
    let ran = served.create_west(&["--adopt"]).exits_with(0);
    assert!(ran.stdout.contains("what it holds goes: config (6 bytes), more (6 bytes)"), "{ran:#?}");
    assert!(ran.stdout.contains("note: west: what was in the Secret before counts on until you revoke it"), "{ran:#?}");
    let after = kept.secret("west");
    assert_eq!((&after["metadata"]["uid"], &after["metadata"]["labels"]), (&uid, &ours["metadata"]["labels"]));
    assert_eq!(after["data"].as_object().unwrap().keys().collect::<Vec<_>>(), ["config"]);
    kept.main.put(&path, marked(json!({}), json!({"immutable": true})));
    let uid = kept.secret("west")["metadata"]["uid"].clone();
    served.create_west(&["--adopt", "--replace"]).exits_with(0);
    assert_ne!(kept.secret("west")["metadata"]["uid"], uid);
}

/// Killed before the first Secret, between the two, or after both: the next run does what is left, and nothing twice.
pub(crate) fn t18_a_first_run_that_was_killed_is_gone_on_with() {
    for after in 0..=2 {
        let kept = Kept::new(&["west", "east"]);
        let served = kept.serve();
        std::fs::write(served.folder.path("master.yaml"), configuration(&["west", "east"])).unwrap();
        let arguments = line("create", &[&["master.yaml"], &WRITE[..]].concat());
        let (written, hangs) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (count, hang) = (Arc::clone(&written), Arc::clone(&hangs));
        // Where nothing is written any more, reading back hangs.
        served.meets(move |request| {
            let is_secret = request.path.contains("/secrets/") && !request.path.contains("dryRun");
            let is_write = request.method == "PATCH" && is_secret;
            let is_late = match is_write {
                true => count.fetch_add(1, Ordering::SeqCst) >= after,
                false => request.method == "GET" && is_secret && count.load(Ordering::SeqCst) >= 2,
            };
            hang.fetch_add(usize::from(is_late), Ordering::SeqCst);
            is_late.then_some(Fault::HangBeforeHeaders)
        });
        let mut child = served.folder.start(&arguments);
        wait_for("the run to hang", || (hangs.load(Ordering::SeqCst) > 0).then_some(()));
        child.kill().unwrap();
        child.wait().unwrap();
        served.meets(|_| None);
        let filled = |name: &str| {
            kept.main.get(&format!("{SECRETS}/{name}-kubeconfig")).is_some_and(|secret| secret["data"].is_object())
        };
        let before: Vec<bool> = ["west", "east"].map(filled).to_vec();
        assert_eq!(before.iter().filter(|is| **is).count(), after.min(2), "{before:?}");
        let kept_token = filled("west").then(|| kept.token("west"));
        std::thread::sleep(std::time::Duration::from_millis(1100));
        served.folder.run(&arguments).exits_with(0);
        assert!(kept_token.is_none_or(|token| token == kept.token("west")), "what was stored stays");
        for (name, keeper) in &kept.additional {
            assert!(keeper.takes(&kept.token(name)), "{name} after {after}");
            assert_eq!(keeper.names(HOLDS).len(), 1, "what the killed run has made and not stored is taken back");
        }
        let again = served.folder.run(&arguments).exits_with(0);
        assert_eq!(again.stdout.matches("nothing to do").count(), 2, "{again:#?}");
    }
}

pub(crate) fn t25_tasks_beside_the_secret_are_found_later() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create_west(&[]).exits_with(0);
    let values = |name: &str, manager: &str| {
        let secret = "kubeconfig_secret_name: west-kubeconfig, kubeconfig_secret_value: config";
        let text =
            format!("{manager}additional_resource_managers:\n- resource_manager: {{cluster_name: west, {secret}}}\n");
        std::fs::write(served.folder.path(name), text).unwrap();
    };
    values("chart.yaml", "");
    values("beside.yaml", "resourceManager: {defaultNamespace: det}\n");
    values("apart.yaml", "resourceManager: {defaultNamespace: tasks}\n");
    let warns = |more: &[&str]| {
        let ran = served.folder.run(&line("check", more)).exits_with(0);
        ran.stdout.contains("warning tasks-apart   tasks of the default cluster run in det")
    };
    assert!(!warns(&[]), "nothing runs there");
    assert!(warns(&["--values=chart.yaml"]), "the chart puts tasks into the namespace of the release");
    assert!(warns(&["--values=beside.yaml"]) && !warns(&["--values=apart.yaml"]));
    kept.main.put("/apis/batch/v1/namespaces/det/jobs/task", json!({"metadata": {"name": "task"}}));
    assert!(warns(&[]), "what runs there tells without values");
}

/// Nobody but the server knows what an identity may do that detctl has not made, or has given no rights.
pub(crate) fn rights_that_somebody_else_has_granted_are_asked_for() {
    let none = ["--service-account=detctl-det-west", "--rbac=none"];
    let copied = ["--auth=copy", "--skip-check=excess"];
    for more in [&none[..], &copied] {
        let kept = Kept::new(&["west"]);
        let account = "/api/v1/namespaces/determined-system/serviceaccounts/detctl-det-west";
        kept.west().put(account, json!({"metadata": {"name": "detctl-det-west"}}));
        let served = kept.serve();
        served.create_west(more).exits_with(0);
        let rights = kept.secret("west")["metadata"]["annotations"]["detctl.dev/rights"].clone();
        assert_eq!(rights, "none:tasks");
        let check = served.folder.run(&line("check", &[])).exits_with(0);
        assert!(check.stdout.contains("1 checked in namespace det: 0 failed"), "{check:#?}");
        let again = served.create_west(more).exits_with(0);
        assert!(again.stdout.contains("nothing to do"), "{again:#?}");
        kept.west().deny("list", "configmaps");
        kept.west().deny("create", "jobs");
        let check = served.folder.run(&line("check", &[])).exits_with(1);
        for words in [
            "failed  rights-start  it lacks list configmaps in tasks",
            "failed  rights-run    it lacks create jobs.batch",
        ] {
            assert!(check.stdout.contains(words), "{check:#?}");
        }
        // A rerun does not call it well either.
        let again = served.create_west(more).exits_with(1);
        assert!(again.stdout.contains("failed  rights-start"), "{again:#?}");
        // Deleted with the roles of nobody.
        let gone = served.folder.run(&line("delete", &["--cluster-name=west", "--context=west", "--dry-run"]));
        assert!(!gone.stdout.contains("Role"), "{gone:#?}");
    }
}

/// Deleted only when neither values nor the master need it, and told to programs, too.
pub(crate) fn what_is_needed_is_not_deleted() {
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    served.create_west(&[]).exits_with(0);
    let named = |name: &str| {
        let text = format!("additional_resource_managers:\n- resource_manager:\n    kubeconfig_secret_name: {name}\n");
        std::fs::write(served.folder.path("values.yaml"), text).unwrap();
    };
    let delete = |more: &[&str]| {
        let start = ["--cluster-name=west", "--context=west", "--yes", "--values=values.yaml", "--format=json"];
        served.folder.run(&line("delete", &[&start[..], more].concat()))
    };
    let refused = |words: &str| {
        let document = delete(&[]).exits_with(1).json();
        assert!(document["refused"].as_str().unwrap().contains(words), "{document}");
        assert_eq!((document["objects"].as_array().unwrap().len(), kept.main.names(SECRETS).len()), (0, 1));
    };
    named("west-kubeconfig");
    refused("values.yaml:3 names the Secret west-kubeconfig");
    named("other");
    refused("Deployment determined-master-deployment-det mounts the Secret west-kubeconfig");
    kept.main.remove("/apis/apps/v1/namespaces/det/deployments/determined-master-deployment-det");
    let plan = delete(&["--dry-run"]).exits_with(0).json();
    assert_eq!((&plan["refused"], &plan["objects"][0]["result"]), (&Value::Null, &"planned".into()));
    assert_eq!(kept.main.names(SECRETS).len(), 1);
    let done = delete(&[]).exits_with(0).json();
    let all = done["objects"].as_array().unwrap();
    assert!(all.len() > 5 && all.iter().all(|one| one["result"] == "deleted" && one["error"].is_null()), "{done}");
    assert_eq!((&all[0]["context"], &all[0]["object"]), (&"main".into(), &"Secret det/west-kubeconfig".into()));
    assert!(kept.main.names(SECRETS).is_empty() && kept.west().names(HOLDS).is_empty());
    let nothing = delete(&[]).exits_with(0).json();
    assert!(nothing["objects"].as_array().unwrap().is_empty() && nothing["refused"].is_null(), "{nothing}");

    // Whoever may not look cannot tell.
    served.create_west(&[]).exits_with(0);
    kept.main.deny("get", "deployments");
    refused("you may not get deployments.apps in det");
}
