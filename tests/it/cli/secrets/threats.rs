//! Threats (credentials facts §4) that need no cluster, each by its number.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use detctl::credentials::judge::{self, InUse, State};
use detctl::credentials::survey::{Survey, TaskSpace};
use detctl::kubeconfig::Trust;

use crate::support::{Place, Ran};

/// A secret that no form hides.
const CANARY: &str = "Canary~/?token+9d1c";

/// Whatever shows it: raw, base64, percent-encoded, decimal bytes.
fn shows(printed: &str) -> Option<String> {
    let decimal: Vec<String> = CANARY.bytes().map(|byte| byte.to_string()).collect();
    let forms = [
        CANARY.to_owned(),
        STANDARD.encode(CANARY).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(CANARY),
        utf8_percent_encode(CANARY, NON_ALPHANUMERIC).to_string(),
        decimal.join(", "),
        "Canary".to_owned(),
    ];
    forms.into_iter().find(|form| printed.contains(form))
}

#[track_caller]
fn assert_hidden(ran: &Ran) {
    assert_eq!(shows(&ran.to_string()), None, "{ran}");
}

/// A kubeconfig with a canary wherever a secret may stand; `§` is the user of `west`, `proxy` its proxy.
fn kubeconfig(user: &str, proxy: &str) -> String {
    let encoded = STANDARD.encode(CANARY);
    format!(
        "contexts:\n- {{name: main, context: {{cluster: c, user: u}}}}\n- {{name: west, context: {{cluster: w, user: w}}}}\n\
         clusters:\n- {{name: c, cluster: {{server: 'https://127.0.0.1:1'}}}}\n- {{name: w, cluster: {{server: \
         'https://127.0.0.1:2'{proxy}}}}}\nusers:\n- {{name: u, user: {{token: '{CANARY}'}}}}\n- {{name: w, user: {user}}}\n\
         - {{name: other, user: {{username: a, password: '{CANARY}', client-key-data: {encoded}}}}}\n"
    )
}

const CREATE: [&str; 9] = [
    "secrets",
    "create",
    "--kubeconfig=k",
    "--namespace=det",
    "--release=det",
    "--cluster-name=west",
    "--context=west",
    "--default-context=main",
    "--timeout=3",
];

fn plugin(place: &Place, lines: &str) {
    fs::write(place.path("plugin"), format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(place.path("plugin"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// T1: whatever is wrong around a token, and whatever is taken for a name because of that.
#[test]
fn t1_no_complaint_repeats_a_part_of_the_file() {
    // What stands for a user; `§` is the canary.
    let users = [
        "{token: *§}",
        "{token: *§, x: &§ 1}",
        "{token: !!binary §}",
        "{token: !!float §}",
        "{token: !!int §}",
        "{token: !!bool §}",
        "{token: !!timestamp §}",
        "{token: !§ x}",
        "{token: [§]}",
        "{token: {§: 1}}",
        "{? {token: §} : x}",
        "{? [§] : x}",
        "{<<: §}",
        "{<<: [§]}",
        "{<<: {token: §}, token: [§]}",
        "{token: §, token: §}",
        "{§: 1, §: 2}",
        "{token: \"§}",
        "{token: '§}",
        "{token: \"§\\q\"}",
        "{token: @§}",
        "{token: `§}",
        "{token: %§}",
        "{token: §: §}",
        "{token: §",
        "{token: § # §}",
        "{client-key-data: §}",
        "{client-key-data: '§!', client-certificate-data: '§!'}",
        "{client-key: §, client-key-data: '§!'}",
        "{exec: §}",
        "{exec: {env: §, args: §}}",
        "{exec: {env: [{name: A, value: [§]}], args: [[§]]}}",
        "{auth-provider: {config: §}}",
        "{auth-provider: {name: §, config: {a: {b: §}}}}",
        "{password: {§: [§]}, username: [§]}",
        "{as-groups: §, as-user-extra: §}",
        "[§]",
        "§",
        "{token: §}\n\t§",
        "{token: §}\n--- §: [",
        "{token: §}\n%§",
        "{token: §}\n  §: x",
    ];
    let (mut refused, mut told) = (0, Vec::new());
    for user in users {
        for word in ["Canary-9d1c", "Canary.9d1c", "Canary9"] {
            let place = Place::with("k", kubeconfig(&user.replace('§', word), ""));
            let explain = ["secrets", "explain", "k"];
            let lines = [&CREATE[..], &explain, &[&explain[..], &["--format=json", "-vv", "--master=here"]].concat()];
            for line in lines {
                let ran = place.run_with(line, &[("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full")], b"");
                refused += usize::from(ran.code != Some(0));
                let is_told = ["Canary", "covered"].iter().any(|word| ran.to_string().contains(word));
                if is_told || ran.code.is_none() {
                    told.push(format!("{user}: {ran}"));
                }
            }
        }
    }
    assert!(told.is_empty() && refused > 200, "{refused}: {}", told.join("\n"));
}

const EXEC: &str = "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, interactiveMode: Never, \
    args: ['Canary~/?token+9d1c'], env: [{name: API_TOKEN, value: 'Canary~/?token+9d1c'}]}}";

/// T2: nothing that a plugin was given or says comes out.
#[test]
fn t2_nothing_of_a_plugin_is_repeated() {
    for lines in [
        "echo \"$API_TOKEN $1\"; echo \"$API_TOKEN\" >&2; exit 3",
        "echo \"{$API_TOKEN\"",
        "echo \"{\\\"kind\\\": \\\"$API_TOKEN\\\", \\\"status\\\": {\\\"token\\\": \\\"$API_TOKEN\\\"}}\"",
        "echo '{\"kind\": \"ExecCredential\", \"apiVersion\": \"client.authentication.k8s.io/v1\", \"status\": {\"token\": \"Canary~/?token+9d1c\", \"clientCertificateData\": \"Canary\", \"clientKeyData\": \"Canary\"}}'",
        "sleep 20",
        "kill -9 $$",
    ] {
        let place = Place::with("k", kubeconfig(EXEC, ""));
        plugin(&place, lines);
        let ran = place.run_with(&CREATE, &[("PATH", "/usr/bin:/bin")], b"").exits_with(2);
        assert_hidden(&ran);
        assert!(ran.stdout.is_empty() && !ran.stderr.is_empty(), "{ran}");
    }
}

/// T3: however much is asked for, no command shows a secret.
#[test]
fn t3_no_command_shows_a_secret_however_loud() {
    let place = Place::with("k", kubeconfig(&format!("{{token: '{CANARY}'}}"), ""))
        .and("one", format!("contexts: [{{name: a, context: {{cluster: a, user: a}}}}]\ncurrent-context: a\nclusters: [{{name: a, cluster: {{server: 'https://a'}}}}]\nusers: [{{name: a, user: {{token: '{CANARY}'}}}}]\n"));
    let there = ["--kubeconfig=k", "--namespace=det", "--default-context=main", "--timeout=3"];
    let commands: [&[&str]; 11] = [
        &CREATE,
        &[&CREATE[..], &["--format=json"]].concat(),
        &[&CREATE[..], &["--auth=copy"]].concat(),
        &[&CREATE[..], &["-o", "yaml"]].concat(),
        &[&CREATE[..], &["-o", "json", "--show-secrets", "--yes"]].concat(),
        &[&["secrets", "list"][..], &there].concat(),
        &[&["secrets", "show"][..], &there].concat(),
        &[&["secrets", "check"][..], &there].concat(),
        &[&["secrets", "delete", "--cluster-name=west", "--release=det"][..], &there].concat(),
        &["secrets", "explain", "one"],
        &["secrets", "explain", "one", "--format=json", "--master=here"],
    ];
    for command in commands {
        for loud in [&[][..], &["-vv"]] {
            let environment = [("RUST_LOG", "trace"), ("RUST_BACKTRACE", "full"), ("KUBE_RS_DEBUG", "1")];
            let ran = place.run_with(&[command, loud].concat(), &environment, b"");
            assert!(ran.code.is_some_and(|code| code <= 2), "{command:?}: {ran}");
            assert_hidden(&ran);
            // It came as far as the cluster: nothing else stopped it before.
            assert!(command[1] == "explain" || ran.stderr.contains("default cluster: "), "{command:?}: {ran}");
        }
    }
}

/// T3: a run that crashes leaves no core behind, nor does a plugin; that they may be as large as they like matters nothing.
#[cfg(target_os = "linux")]
#[test]
fn t3_no_core_is_left() {
    let place = Place::with("k", kubeconfig(EXEC, ""));
    plugin(&place, "cat /proc/$PPID/limits /proc/self/limits > limits; kill -ABRT $PPID; sleep 20");
    let script = format!("ulimit -S -c $(ulimit -H -c); exec {} \"$@\"", env!("CARGO_BIN_EXE_detctl"));
    let ran = std::process::Command::new("sh")
        .args([&["-c", &script, "detctl"][..], &CREATE].concat())
        .current_dir(place.path("."))
        .output()
        .unwrap();
    assert!(std::os::unix::process::ExitStatusExt::signal(&ran.status).is_some(), "{ran:?}");
    let limits = fs::read_to_string(place.path("limits")).unwrap();
    let cores: Vec<&str> = limits.lines().filter(|line| line.starts_with("Max core file size")).collect();
    assert_eq!(cores.len(), 2, "{limits}");
    assert!(cores.iter().all(|line| line.split_whitespace().nth(4) == Some("0")), "{cores:?}");
    let left = fs::read_dir(place.path(".")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(left.into_iter().all(|name| !name.starts_with("core")));
}

/// T4: the password of a proxy.
#[test]
fn t4_no_password_of_a_proxy_comes_out() {
    for scheme in ["http", "https", "socks5", "ftp", "gopher", "", "http:"] {
        // In a URL that is none, too.
        for host in ["127.0.0.1:9", "[::1", "a b", "127.0.0.1:99999", "%zz"] {
            let proxy = format!(", proxy-url: '{scheme}://u:Canary-9d1c7@{host}'");
            let place = Place::with(
                "k",
                kubeconfig("{token: t}", &proxy)
                    .replace("'https://127.0.0.1:1'", &format!("'https://127.0.0.1:1'{proxy}")),
            );
            for more in [&[][..], &["--auth=copy"], &["--server-proxy-url=http://u:Canary-9d1c7@a b"]] {
                let ran = place.run(&[&CREATE[..], more].concat()).exits_with(2);
                assert_hidden(&ran);
            }
        }
    }
}

/// T5: nothing secret is in the arguments or the environment of a child, nor in our own arguments.
#[test]
fn t5_no_secret_in_arguments_or_environment() {
    let dumps = "cat /proc/self/cmdline /proc/$$/cmdline /proc/$PPID/cmdline /proc/self/environ > dump; exit 3";
    let place = Place::with("k", kubeconfig(&EXEC.replace("Canary~/?token+9d1c", "own"), ""));
    plugin(&place, dumps);
    place.run_with(&CREATE, &[("PATH", "/usr/bin:/bin")], b"").exits_with(2);
    let dump = String::from_utf8(fs::read(place.path("dump")).unwrap()).unwrap();
    assert!(dump.contains("detctl\0secrets\0create") && dump.contains("KUBERNETES_EXEC_INFO="), "{dump}");
    assert_eq!(shows(&dump), None, "{dump}");
    // The command of a cloud, which runs after other contexts were read.
    let line: Vec<&str> = CREATE.iter().copied().filter(|word| *word != "--context=west").collect();
    let place = place.and("bin/aws", format!("#!/bin/sh\n{dumps}\n"));
    fs::set_permissions(place.path("bin/aws"), fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", place.path("bin").display());
    place.run_with(&[&line[..], &["--pull=west=eks:r/n"]].concat(), &[("PATH", &path)], b"").exits_with(2);
    let dump = String::from_utf8(fs::read(place.path("dump")).unwrap()).unwrap();
    assert!(dump.contains("update-kubeconfig") && dump.contains("KUBECONFIG="), "{dump}");
    assert_eq!(shows(&dump), None, "{dump}");
}

fn space(marked: &[&str]) -> TaskSpace {
    let marked = marked.iter().map(|name| (*name).to_owned()).collect();
    TaskSpace { name: "tasks".to_owned(), is_there: Some(true), marked: Some(marked) }
}

/// T11: the cluster is known by the uid of `kube-system`, and one that cannot be known is not taken for another.
#[test]
fn t11_a_cluster_is_told_from_all_others() {
    let survey = |uid: Option<&str>| Survey { uid: uid.map(str::to_owned), ..Survey::default() };
    let known = [("the default cluster".to_owned(), Some("a".to_owned())), ("east".to_owned(), None)];
    assert_eq!(judge::cluster(&survey(Some("b")), &known).state, State::Passed);
    for same in [survey(Some("a")), survey(None)] {
        assert_eq!(judge::cluster(&same, &known).state, State::Failed);
    }
}

/// T12: what bears the master's label stands in the way, unless this release put it there.
#[test]
fn t12_marked_jobs_stand_in_the_way() {
    assert_eq!(judge::foreign_jobs(&[space(&[])], InUse::No).state, State::Passed);
    assert_eq!(judge::foreign_jobs(&[space(&[]), space(&["Job a"])], InUse::No).state, State::Failed);
    assert_eq!(judge::foreign_jobs(&[space(&["ConfigMap a"])], InUse::No).state, State::Failed);
    assert_eq!(judge::foreign_jobs(&[space(&["Job a"])], InUse::Yes).state, State::Passed);
    let unseen = TaskSpace { marked: None, ..space(&[]) };
    assert_eq!(judge::foreign_jobs(&[unseen], InUse::No).state, State::Unknown);
}

/// T19: a lifetime that the server has shortened is compared with the one that was asked for.
#[test]
fn t19_a_shortened_time_is_seen() {
    let state = |asked, end| judge::lifetime(asked, end, 1_000, |at| at.to_string()).state;
    assert_eq!(state(Some(720), Some(1_720)), State::Passed);
    assert_eq!(state(Some(7_200), Some(4_600)), State::Failed);
    assert_eq!(state(Some(720), Some(900)), State::Failed);
    assert_eq!(state(None, None), State::Passed);
}

/// T25: where tasks run beside the Secret, any of them can mount it.
#[test]
fn t25_tasks_beside_the_secret_are_warned_of() {
    let names = |name: &str| vec!["other".to_owned(), name.to_owned()];
    assert_eq!(judge::tasks_apart(&names("det"), "det").state, State::Warned);
    assert_eq!(judge::tasks_apart(&names("tasks"), "det").state, State::Passed);
}

/// T14: a server whose certificate nobody looks at, said together with an authority.
#[test]
fn t14_insecure_with_an_authority_is_refused() {
    let both = ", insecure-skip-tls-verify: true, certificate-authority-data: Zm91cg==";
    let ran = Place::with("k", kubeconfig("{token: t}", both)).run(&CREATE).exits_with(2);
    assert!(ran.stderr.contains("context `west`") && ran.stderr.contains("insecure"), "{ran}");
    assert_hidden(&ran);
}

/// T14: alone, it is refused before anything is made.
#[test]
fn t14_insecure_alone_is_refused() {
    assert_eq!(judge::insecure(&Trust::Anything).state, State::Failed);
    assert_eq!(judge::insecure(&Trust::Anything).skipping(&["insecure".to_owned()]).state, State::Failed);
    assert_eq!(judge::insecure(&Trust::Authorities(Vec::new())).state, State::Passed);
}

/// T27: what `kubectl config view` writes in place of data is never taken for data.
#[test]
fn t27_what_stands_in_place_of_data_is_refused() {
    for (user, cluster) in [
        ("{token: REDACTED}", ""),
        ("{client-certificate-data: DATA+OMITTED, client-key-data: DATA+OMITTED}", ""),
        ("{client-certificate-data: UkVEQUNURUQ=, client-key-data: UkVEQUNURUQ=}", ""),
        ("{token: t}", ", certificate-authority-data: DATA+OMITTED"),
        ("{token: t}", ", certificate-authority-data: UkVEQUNURUQ="),
    ] {
        let ran = Place::with("k", kubeconfig(user, cluster)).run(&CREATE).exits_with(2);
        assert!(ran.stderr.contains("is what `kubectl config view` writes in place of it"), "{user}{cluster}: {ran}");
        assert!(ran.stderr.contains("k:"), "file and line: {ran}");
        assert_hidden(&ran);
    }
}
