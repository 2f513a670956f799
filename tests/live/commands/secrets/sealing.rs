//! What `create -o` prints, in the hands of the programs that it is printed for: `.ci/sealing` names them. Without, this is
//! left out, and says so.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::kept::{Kept, WRITE, line};
use crate::program::Folder;
use crate::trial::say;

/// A program that the environment names.
fn program(variable: &str) -> Option<PathBuf> {
    std::env::var_os(variable).map(PathBuf::from)
}

/// Runs a program with a text as its input, in a folder; what it prints.
fn through(folder: &Folder, program: &PathBuf, arguments: &[&str], key: &str, input: &str) -> String {
    let mut child = Command::new(program)
        .args(arguments)
        .current_dir(folder.path("."))
        .env_clear()
        .envs([("SOPS_AGE_KEY_FILE", key), ("HOME", "."), ("PATH", "/usr/bin:/bin")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Sealed and opened again it is the same; what is sealed shows nothing.
pub(crate) fn what_is_printed_can_be_sealed() {
    let named = ["DETCTL_KUBESEAL", "DETCTL_SOPS", "DETCTL_AGE_KEYGEN"].map(program);
    let [Some(kubeseal), Some(sops), Some(keygen)] = named else {
        say("kubeseal and SOPS were left out: .ci/sealing finds or builds them");
        return;
    };
    let kept = Kept::new(&["west"]);
    let served = kept.serve();
    let print = |form: &str| {
        let west = ["--cluster-name=west", "--context=west", "--default-namespace=tasks", "--show-secrets", "-o", form];
        served.folder.run(&line("create", &[&west[..], &WRITE].concat())).exits_with(0).stdout
    };
    let folder = &served.folder;
    let openssl = PathBuf::from("openssl");
    let make = "req -x509 -nodes -newkey rsa:2048 -keyout seal.key -out seal.crt -days 9 -subj /CN=sealing";
    through(folder, &openssl, &make.split(' ').collect::<Vec<_>>(), "", "");
    through(folder, &keygen, &["-o", "age.key"], "", "");
    let key = std::fs::read_to_string(folder.path("age.key")).unwrap();
    let recipient = key.lines().find_map(|line| line.strip_prefix("# public key: ")).unwrap();
    for form in ["yaml", "json"] {
        let printed = print(form);
        let data = data_of(&printed);
        let hides = |sealed: &str| {
            assert!(!sealed.contains(data["config"].as_str().unwrap()), "{} bytes", sealed.len());
        };
        let sealed = through(folder, &kubeseal, &["--cert", "seal.crt", "--format", form], "", &printed);
        assert!(sealed.contains("SealedSecret") && sealed.contains("west-kubeconfig"));
        hides(&sealed);
        std::fs::write(folder.path("sealed"), &sealed).unwrap();
        let open = ["--recovery-unseal", "--recovery-private-key", "seal.key", "--format", form];
        assert!(data_of(&through(folder, &kubeseal, &open, "", &sealed)) == data, "kubeseal gives back something else");

        let kinds = ["--input-type", form, "--output-type", form];
        let encrypt = ["encrypt", "--age", recipient, "--encrypted-regex", "^(data|stringData)$", "/dev/stdin"];
        let encrypted = through(folder, &sops, &[&encrypt[..5], &kinds, &encrypt[5..]].concat(), "age.key", &printed);
        assert!(encrypted.contains("west-kubeconfig") && encrypted.contains("ENC[AES256_GCM"));
        hides(&encrypted);
        let decrypt = [&["decrypt"][..], &kinds, &["/dev/stdin"]].concat();
        let opened = through(folder, &sops, &decrypt, "age.key", &encrypted);
        assert!(data_of(&opened) == data, "SOPS gives back something else");
    }
    say("kubeseal and SOPS took what was printed and gave it back");
}

/// The data of a Secret, in YAML or JSON.
fn data_of(text: &str) -> Value {
    let secret: Value = match serde_json::from_str(text) {
        Ok(secret) => secret,
        Err(_) => yaml(text),
    };
    assert_eq!((&secret["kind"], &secret["metadata"]["namespace"]), (&"Secret".into(), &"det".into()));
    secret["data"].clone()
}

/// As much YAML as these programs write of a Secret.
fn yaml(text: &str) -> Value {
    let mut secret = serde_json::json!({"metadata": {}, "data": {}});
    let mut block = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && *line != "---") {
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.trim().trim_matches('"'), value.trim().trim_matches('"'));
        let depth = line.len() - line.trim_start().len();
        match (depth, value) {
            (0, "") => name.clone_into(&mut block),
            (0, _) => secret[name] = value.into(),
            (2 | 4, value) if block == "data" || (block == "metadata" && !value.is_empty()) => {
                secret[&block][name] = value.into();
            }
            _ => {}
        }
    }
    secret
}
