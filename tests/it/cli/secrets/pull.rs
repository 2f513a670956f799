//! `detctl secrets create --pull`, with programs that stand in for those of the clouds.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::{Duration, Instant};

use crate::support::{Place, Ran, command};

const OWN: &str = "apiVersion: v1\nkind: Config\ncurrent-context: main\ncontexts:\n- {name: main, context: {cluster: c, user: u}}\n\
    clusters:\n- {name: c, cluster: {server: 'https://127.0.0.1:1'}}\nusers:\n- {name: u, user: {token: canary-token}}\n";

/// What a cloud writes.
const PULLED: &str = "apiVersion: v1\nkind: Config\ncurrent-context: gke_p_l_west\ncontexts:\n\
    - {name: gke_p_l_west, context: {cluster: w, user: w}}\n\
    clusters:\n- {name: w, cluster: {server: 'https://127.0.0.1:2'}}\nusers:\n- {name: w, user: {token: canary-pulled}}\n";

/// Tells what it was given and what it sees.
const RECORDS: &str = "#!/bin/sh\n{ echo \"${0##*/} $*\"; stat -c '%a %s' \"$KUBECONFIG\"; stat -c %a \"${KUBECONFIG%/*}\"; \
    readlink /proc/self/fd/0; } >> record\n";

/// A folder with the program `name`, which ends with these lines.
fn place(name: &str, lines: &str) -> Place {
    let place = Place::with("k", OWN)
        .and("pulled", PULLED)
        .and(&format!("bin/{name}"), format!("{RECORDS}{lines}\n"))
        .and("tmp/.keep", "");
    fs::set_permissions(place.path(&format!("bin/{name}")), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(place.path("k"), fs::Permissions::from_mode(0o600)).unwrap();
    place
}

const LINE: [&str; 6] =
    ["secrets", "create", "--namespace=det", "--release=det", "--cluster-name=west", "--default-context=main"];

fn pull(place: &Place, more: &[&str]) -> Ran {
    run(place, &[&LINE[..], more].concat())
}

fn run(place: &Place, line: &[&str]) -> Ran {
    let (path, tmp) = (format!("{}:/usr/bin:/bin", place.path("bin").display()), place.path("tmp"));
    let tmp = tmp.to_str().unwrap();
    let own = place.path("k").display().to_string();
    let ran = place.run_with(line, &[("PATH", &path), ("TMPDIR", tmp), ("KUBECONFIG", &own), ("HOME", tmp)], b"");
    assert_eq!(fs::read_to_string(place.path("k")).unwrap(), OWN, "the user's own kubeconfig stays as it is");
    assert_left_alone(place);
    assert!(!ran.to_string().contains("canary"), "{ran}");
    ran
}

/// Nothing stays where temporary files go.
#[track_caller]
fn assert_left_alone(place: &Place) {
    let left: Vec<_> = fs::read_dir(place.path("tmp")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, [".keep"], "what was made is gone");
}

#[test]
fn the_command_of_the_page_is_run_with_a_private_file() {
    for (program, cloud, command) in [
        ("gcloud", "gke:p/l/west", "gcloud container clusters get-credentials west --location l --project p"),
        ("az", "aks:g/west", "az aks get-credentials --resource-group g --name west --file "),
        ("aws", "eks:r/west", "aws eks update-kubeconfig --region r --name west"),
    ] {
        let place = place(program, "cat pulled > \"$KUBECONFIG\"");
        let ran = pull(&place, &[&format!("--pull=west={cloud}")]).exits_with(2);
        assert!(ran.stdout.starts_with(&format!("west  runs: {command}")), "it is shown first: {ran}");
        // It was taken; that nobody listens at the default cluster is what ends the run.
        assert!(ran.stderr.contains("default cluster: "), "{ran}");
        let record = fs::read_to_string(place.path("record")).unwrap();
        let lines: Vec<&str> = record.lines().collect();
        assert!(lines[0].starts_with(command), "{record}");
        assert_eq!(lines[1..], ["600 0", "700", "/dev/null"], "{record}");
        if program == "az" {
            let file = lines[0].rsplit(' ').next().unwrap();
            assert!(file.starts_with(place.path("tmp").to_str().unwrap()), "{record}");
        }
        // One document and nothing else on standard output.
        let ran = pull(&place, &[&format!("--pull=west={cloud}"), "--format=json"]).exits_with(2);
        assert!(ran.stdout.is_empty() && ran.stderr.starts_with("west  runs: "), "{ran}");
    }
}

const MASTER: &str = "resource_manager: {type: kubernetes, cluster_name: main, max_slots_per_pod: 1}\n\
    resource_pools: [{pool_name: default}]\nadditional_resource_managers:\n\
    - resource_manager: {type: kubernetes, cluster_name: west, max_slots_per_pod: 1, kubeconfig_path: /k}\n  resource_pools: [{pool_name: w}]\n\
    - resource_manager: {type: kubernetes, cluster_name: east, max_slots_per_pod: 1, kubeconfig_path: /l}\n  resource_pools: [{pool_name: e}]\n";

/// Several are pulled at the same time: each of these programs goes on only when the other has been started.
#[test]
fn clusters_are_pulled_at_the_same_time() {
    let waits = |other: &str| {
        format!(
            "touch \"started-${{0##*/}}\"\nfor n in $(seq 500); do\n  [ -e started-{other} ] && break\n  sleep \
             0.02\ndone\n[ -e started-{other} ] || exit 7\n"
        )
    };
    for (lines, words) in [
        ("cat pulled > \"$KUBECONFIG\"", "default cluster: "),
        // Both are told, in the order of the clusters.
        ("exit 3", "west: gcloud failed with exit status: 3; east: aws failed with exit status: 3\n"),
    ] {
        let place = place("gcloud", &format!("{}{lines}", waits("aws"))).and("master.yaml", MASTER);
        let aws = place.path("bin/aws");
        fs::write(&aws, format!("{RECORDS}{}{lines}\n", waits("gcloud"))).unwrap();
        fs::set_permissions(&aws, fs::Permissions::from_mode(0o755)).unwrap();
        let pulls = ["--pull=east=eks:r/east", "--pull=west=gke:p/l/west", "--timeout=12"];
        let line = [&["secrets", "create", "master.yaml"], &LINE[2..4], &LINE[5..], &pulls].concat();
        let ran = run(&place, &line).exits_with(2);
        assert!(ran.stderr.contains(words), "{ran}");
        assert!(ran.stdout.starts_with("west  runs: gcloud") && ran.stdout.contains("\neast  runs: aws"), "{ran}");
    }
}

#[test]
fn whatever_goes_wrong_is_told_and_nothing_stays() {
    let both = PULLED.replace("contexts:\n", "contexts:\n- {name: other, context: {cluster: w, user: w}}\n");
    let table = [
        (
            "echo 'token: canary' >&2; printf 'ERROR: (gcloud) no \\033[31maccount\\n' >&2; exit 3",
            "gcloud failed with exit status: 3: ERROR: (gcloud) no ␛[31maccount",
        ),
        ("echo canary; echo canary >&2; exit 4", "gcloud failed with exit status: 4\n"),
        ("kill -9 $$", "gcloud failed with signal: 9"),
        ("exit 0", "gcloud ended well and wrote no kubeconfig"),
        ("rm \"$KUBECONFIG\"", "what gcloud wrote cannot be read"),
        ("rm \"$KUBECONFIG\"; mkdir \"$KUBECONFIG\"", "what gcloud wrote cannot be read"),
        ("rm -r \"${KUBECONFIG%/*}\"", "what gcloud wrote cannot be read"),
        ("head -c 3000 /dev/urandom > \"$KUBECONFIG\"", "what gcloud wrote is no kubeconfig|it is no text in UTF-8"),
        ("echo '{canary: [' > \"$KUBECONFIG\"", "what gcloud wrote is no kubeconfig, line "),
        ("echo 'canary' > \"$KUBECONFIG\"", "what gcloud wrote is no kubeconfig"),
        ("echo 'contexts: []' > \"$KUBECONFIG\"", "gcloud wrote no context"),
        ("sed s/canary-pulled/REDACTED/ pulled > \"$KUBECONFIG\"", "kubectl config view"),
        ("sed s/https/http/ pulled > \"$KUBECONFIG\"", "https"),
        (
            "cat both > \"$KUBECONFIG\"",
            "gcloud wrote several contexts, and which one is meant cannot be told: gke_p_l_west, other",
        ),
        ("sed 's/token: canary-pulled/tokenFile: absent/' pulled > \"$KUBECONFIG\"", "cannot be read"),
        // Programs may fill the pipe, and leave others behind that hold it.
        (
            "yes canary | head -c 300000 >&2; sleep 60 & echo 'ERROR: late' >&2; exit 5",
            "gcloud failed with exit status: 5",
        ),
    ];
    for (lines, words) in table {
        let place = place("gcloud", lines).and("both", &both);
        let ran = pull(&place, &["--pull=west=gke:p/l/west"]).exits_with(2);
        assert!(words.split('|').any(|words| ran.stderr.contains(words)), "{lines}: {ran}");
        assert!(!ran.stderr.contains('\u{1b}'), "{ran}");
    }
    let place = place("other", "");
    let line = [&LINE[..], &["--kubeconfig=k", "--pull=west=gke:p/l/west"]].concat();
    let ran = place.run_with(&line, &[("PATH", place.path("bin").to_str().unwrap())], b"").exits_with(2);
    assert!(ran.stderr.contains("gcloud is not installed, or not in PATH"), "{ran}");
}

#[test]
fn t26_a_command_that_hangs_is_ended_with_all_that_it_has_started() {
    let place = place("gcloud", "sleep 60 & echo $! > child; sleep 60");
    let since = Instant::now();
    let ran = pull(&place, &["--pull=west=gke:p/l/west", "--timeout=1"]).exits_with(2);
    assert!(ran.stderr.contains("gcloud took longer than 1 s"), "{ran}");
    assert!(since.elapsed() < Duration::from_secs(20), "{:?}", since.elapsed());
    assert_is_gone(&place);
}

/// The child that the program has started.
#[track_caller]
fn assert_is_gone(place: &Place) {
    let child = fs::read_to_string(place.path("child")).unwrap();
    let status = format!("/proc/{}/status", child.trim());
    // Whoever takes in orphans may not have done so yet.
    let is_gone = || fs::read_to_string(&status).map_or(true, |status| status.contains("State:\tZ"));
    assert!(
        (0..100).any(|_| is_gone() || {
            std::thread::sleep(Duration::from_millis(20));
            false
        }),
        "{child}"
    );
}

#[test]
fn an_interrupted_run_leaves_nothing_behind() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let place = place("gcloud", "sleep 60 & echo $! > child; sleep 60");
        let path = format!("{}:/usr/bin:/bin", place.path("bin").display());
        let mut child = command(&place.path("."))
            .args(LINE)
            .args(["--kubeconfig=k", "--pull=west=gke:p/l/west", "--timeout=1m"])
            .envs([("PATH", path.as_str()), ("TMPDIR", place.path("tmp").to_str().unwrap())])
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while !place.path("child").exists() {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{signal}");
        assert_left_alone(&place);
        assert_is_gone(&place);
    }
}

#[test]
fn bad_input_is_named_and_nothing_is_run() {
    let table: [(&[&str], &str); 8] = [
        (&["--pull=west=oke:r/n"], "expected gke:PROJECT/LOCATION/NAME, aks:GROUP/NAME or eks:REGION/NAME"),
        (&["--pull=west=eks:r/--kubeconfig"], "`--kubeconfig` is no name"),
        (&["--pull=west=gke:p/n"], "expected gke:PROJECT/LOCATION/NAME"),
        (&["--pull=gke:p/l/n"], "expected CLUSTER=gke:PROJECT/LOCATION/NAME"),
        (&["--pull=east=gke:p/l/n"], "there is no such cluster"),
        (&["--pull=west=gke:p/l/n", "--pull=west=eks:r/n"], "`west` has two contexts"),
        (&["--pull=west=gke:p/l/n", "--context=main"], "`west` has two contexts"),
        (&[], "no context is named for the cluster `west`"),
    ];
    for (more, words) in table {
        let place = place("gcloud", "");
        let ran = pull(&place, more).exits_with(2);
        assert!(ran.stderr.contains(words) && ran.stdout.is_empty(), "{more:?}: {ran}");
        assert!(!place.path("record").exists(), "{more:?}");
    }
}

#[test]
fn a_missing_context_shows_the_line_to_get_it() {
    for (context, line) in [
        (
            "gke_p_us-west1_west",
            "to get it: gcloud container clusters get-credentials west --location us-west1 --project p",
        ),
        ("arn:aws:eks:us-west-2:1:cluster/west", "to get it: aws eks update-kubeconfig --region us-west-2 --name west"),
        ("elsewhere", "to get one: gcloud"),
    ] {
        let ran = pull(&place("gcloud", ""), &["--context", context]).exits_with(2);
        assert!(ran.stderr.contains(line), "{ran}");
    }
}
