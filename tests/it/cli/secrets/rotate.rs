//! `detctl secrets rotate`, as far as no cluster is needed.

use detctl::report::secrets::rotate::{Done, Master, Planned, Stage, Target, Task, done, json, next, plan};

use crate::support::{Place, Ran};

const KUBECONFIG: &str = "contexts:\n- {name: main, context: {cluster: c, user: u}}\n- {name: west, context: {cluster: c, user: p}}\n\
    clusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\n\
    users:\n- {name: u, user: {token: canary-token}}\n- {name: p, user: {token: canary-other}}\n";

fn rotate(more: &[&str]) -> Ran {
    let line = ["secrets", "rotate", "--kubeconfig=k", "--namespace=det", "--release=det", "--timeout=2s"];
    Place::with("k", KUBECONFIG).run(&[&line[..], more].concat())
}

#[test]
fn bad_input_is_named_and_nothing_is_asked() {
    let one = ["--cluster-name=west", "--context=west", "--default-context=main"];
    let table: [(&[&str], &str); 9] = [
        (&["--default-context=main"], "--cluster-name <NAME>"),
        (&["--cluster-name=west", "--default-context=main"], "--context <CONTEXT>"),
        (&[one[0], one[1], "--default-context=mian"], "there is no context `mian`"),
        (&[one[0], one[1], one[2], "--map=east=west"], "cannot be used with"),
        (&["--map=west", one[2]], "nothing listens"),
        (&[one[0], one[1], one[2], "--overlap=60s"], "expected 70s at least"),
        (&[one[0], one[1], one[2], "--wait=2d"], "expected seconds"),
        (&[one[0], one[1], one[2], "--skip-check=identity"], "never passed over"),
        (&one, "nothing listens"),
    ];
    for (arguments, said) in table {
        let ran = rotate(arguments).exits_with(2);
        assert!(ran.stderr.contains(said) && ran.stdout.is_empty(), "{arguments:?}: {ran}");
        assert!(!ran.to_string().contains("canary"), "{ran}");
    }
}

fn planned(task: Task) -> Planned<'static> {
    Planned {
        cluster: "west\u{1b}[31m",
        context: "gke_west",
        server: "https://west.example.com".to_owned(),
        secret: "west-kubeconfig",
        key: "config",
        task,
        token_file: None,
        is_live: false,
        old: vec!["determined-system/detctl-det-west-1"],
        orphans: vec!["Secret determined-system/detctl-det-west-0".to_owned()],
        outcomes: &[],
        blocked: &[],
        notes: &[],
    }
}

fn target(master: Master) -> Target<'static> {
    Target { context: "main", namespace: "det", release: "det", blocked: &[], master }
}

#[test]
fn the_plan_tells_when_the_old_credential_goes() {
    let text = |task, master| plan(&[planned(task)], &target(master));
    let renew = text(Task::Renew, Master::Watch);
    assert!(renew.contains("+ a new token of the same identity\n  ~ Secret det/west-kubeconfig on main"), "{renew}");
    assert!(renew.contains("detctl-det-west-1 on gke_west: when the master has started anew\n"), "{renew}");
    assert!(renew.contains("detctl-det-west-0 on gke_west: no kubeconfig names it"), "{renew}");
    assert!(renew.ends_with("1 to rotate, 0 to finish, 0 blocked; nothing has been written\n"), "{renew}");
    assert!(!renew.contains('\u{1b}'), "{renew:?}");
    let finish = text(Task::Finish, Master::Restart);
    assert!(finish.contains("a new token is stored already") && finish.contains("which it is made to"), "{finish}");
    assert!(text(Task::Finish, Master::Ignore).contains("at once, also if the master still uses it"));
    let live = Planned { is_live: true, token_file: Some("/mount/determined/secrets/0/t"), ..planned(Task::Renew) };
    let live = plan(&[live], &target(Master::Watch));
    assert!(live.contains("when the master has had time to read the new token"), "{live}");
}

#[test]
fn what_came_of_it_is_told_to_people_and_programs() {
    let of = |result| Done { cluster: "west\u{1b}[31m".to_owned(), result, outcomes: Vec::new() };
    let waits = of(Ok(Stage::Stored("pod m-0 started before and may use it".to_owned())));
    let text = done(&[waits.clone(), of(Ok(Stage::Finished)), of(Err("it broke".to_owned()))]);
    assert!(text.contains("the old one still counts: pod m-0 started before and may use it"), "{text}");
    assert!(text.contains("the old one is taken back") && text.contains("failed: it broke"), "{text}");
    let target = target(Master::Watch);
    assert!(next(&target).contains("rollout restart deployment/determined-master-deployment-det"), "{}", next(&target));
    let document = json(&[planned(Task::Renew)], &target, &[waits], &["a note".to_owned()]).unwrap();
    let document: serde_json::Value = serde_json::from_str(&document).unwrap();
    let one = &document["clusters"][0];
    assert_eq!((&one["task"], &one["result"]), (&"renew".into(), &"stored".into()));
    assert_eq!((&one["needsRestart"], &document["notes"][0]), (&true.into(), &"a note".into()));
}
