//! `detctl validate` follows kubeconfigs that work here: what of them the master cannot use, it tells without asking.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

use crate::plane::access::{Subject, rule};
use crate::plane::kubeconfig::{Kubeconfig, Stanza, Trust};
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, shared};
use crate::program::{Folder, Ran};

const CONFIG: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
  determined_master_host: det.example.org
  determined_master_port: 8080
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 8
      kubeconfig_path: /west.kubeconfig
      determined_master_host: det.example.org
      determined_master_port: 8080
    resource_pools:
      - pool_name: west-pool
";

/// The rules about kubeconfigs that find something, in order.
fn rules(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    let findings = report["findings"].as_array().unwrap().iter();
    let rules = findings.map(|finding| finding["rule"].as_str().unwrap().to_owned());
    rules.filter(|rule| rule.starts_with("kubeconfig-")).collect()
}

/// Whether kubectl reaches the plane with it.
fn works(plane: &ControlPlane, folder: &Folder) -> bool {
    let mut command = Command::new(plane.program("kubectl"));
    command.args(["get", "namespaces", "--request-timeout=10s", "--kubeconfig"]).arg(folder.path("west.kubeconfig"));
    let output =
        command.env_clear().env("HOME", plane.folder()).env("PATH", "/usr/bin:/bin").stdin(Stdio::null()).output();
    output.unwrap().status.success()
}

pub(crate) fn kubeconfigs_of_a_live_plane_are_followed() {
    let plane = shared(Version::Newer);
    let namespace = plane.namespace("followed");
    let _ = plane.token(&namespace, "master");
    let token = plane.token_secret(&namespace, "master", "lasting");
    plane.grant(&Subject::account(&namespace, "master"), None, &[rule("", &["namespaces"], &["list"])]);
    let folder = Folder::new().with("master.yaml", CONFIG).with("token", &token);
    let script = format!(
        "#!/bin/sh\necho '{{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\",\
         \"status\":{{\"token\":\"{token}\"}}}}'\n"
    );
    let folder = folder.with("plugin", &script);
    fs::set_permissions(folder.path("plugin"), fs::Permissions::from_mode(0o755)).unwrap();
    // What works on this machine, and what of it works in the master: the plane's address is this machine's own, so
    // that is found each time.
    for (name, stanza, found) in [
        ("token", Stanza::Token(token.clone()), &["kubeconfig-server"][..]),
        ("token file", Stanza::TokenFile("token".into()), &["kubeconfig-files", "kubeconfig-server"]),
        ("plugin", Stanza::Exec(folder.path("plugin")), &["kubeconfig-plugin", "kubeconfig-server"]),
        ("certificate", Stanza::CertificateData(plane.admin().clone()), &["kubeconfig-server"]),
    ] {
        fs::write(folder.path("west.kubeconfig"), plane.kubeconfig(stanza).yaml()).unwrap();
        assert!(works(&plane, &folder), "{name}");
        let ran = folder.run(&["validate", "--format=json", "--kubeconfig-root=.", "master.yaml"]);
        assert_eq!(rules(&ran), found, "{name}: {ran:?}");
        assert!(!ran.stdout.contains(&token), "{name}");
    }
    // The same with a name that leads elsewhere, and with what cannot work anywhere.
    let elsewhere =
        Kubeconfig { server: "https://west.example.org:6443".to_owned(), ..plane.kubeconfig(Stanza::Token(token)) };
    fs::write(folder.path("west.kubeconfig"), elsewhere.yaml()).unwrap();
    assert_eq!(rules(&folder.run(&["validate", "--format=json", "--kubeconfig-root=.", "master.yaml"])), [""; 0]);
    let nobody = Kubeconfig { trust: Trust::Data("no certificate".to_owned()), ..elsewhere };
    fs::write(folder.path("west.kubeconfig"), nobody.yaml()).unwrap();
    assert_eq!(
        rules(&folder.run(&["validate", "--format=json", "--kubeconfig-root=.", "master.yaml"])),
        ["kubeconfig-unusable"]
    );
    let asked = plane
        .audit()
        .into_iter()
        .filter(|event| event["userAgent"].as_str().is_some_and(|agent| agent.contains("detctl")));
    assert_eq!(asked.count(), 0, "nothing was asked");
}
