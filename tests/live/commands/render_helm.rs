//! `detctl render-helm --master-from-service`: the documentation page's second step, on real API servers.

use std::time::Duration;

use serde_json::{Value, json};

use crate::plane::access::{Subject, rule};
use crate::plane::kubeconfig::Stanza;
use crate::plane::objects::node;
use crate::plane::programs::Version;
use crate::plane::{ControlPlane, Options, shared};
use crate::program::{Folder, Ran};

const CONFIG: &str = "resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 8
      kubeconfig_path: /k/west
    resource_pools:
      - pool_name: west-pool
  - resource_manager:
      type: kubernetes
      cluster_name: east
      max_slots_per_pod: 8
      kubeconfig_path: /k/east
      determined_master_host: own.example.org
      determined_master_port: 8443
    resource_pools:
      - pool_name: east-pool
";

/// The Service of a release, as the chart makes it.
fn service(release: &str, kind: &str, port: u16) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": format!("determined-master-service-{release}")},
        "spec": {"type": kind, "selector": {"app": "x"}, "ports": [{"port": port, "targetPort": 8081}]},
    })
}

struct Asked<'a> {
    folder: Folder,
    namespace: &'a str,
}

impl<'a> Asked<'a> {
    /// As somebody who may read Services of the namespace, and nodes.
    fn of(plane: &ControlPlane, namespace: &'a str) -> Self {
        let token = plane.token(namespace, "reader");
        let subject = Subject::account(namespace, "reader");
        plane.grant(&subject, Some(namespace), &[rule("", &["services"], &["get"])]);
        plane.grant(&subject, None, &[rule("", &["nodes"], &["list"])]);
        let kubeconfig = plane.kubeconfig(Stanza::Token(token)).yaml();
        Self { folder: Folder::new().with("master.yaml", CONFIG).with("kubeconfig", &kubeconfig), namespace }
    }

    fn run(&self, release: &str, more: &[&str]) -> Ran {
        let context = self.context();
        let (release, namespace) = (format!("--release={release}"), format!("--namespace={}", self.namespace));
        let wish = ["render-helm", "master.yaml", "--kubeconfig=kubeconfig", "--master-from-service", &context];
        self.folder.run(&[&wish[..], &[&release, &namespace], more].concat())
    }

    fn context(&self) -> String {
        let text = std::fs::read_to_string(self.folder.path("kubeconfig")).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix("current-context: ")).unwrap();
        line.trim_matches('"').to_owned()
    }
}

pub(crate) fn the_address_is_waited_for_on_the_newer_release() {
    the_address_is_waited_for(Version::Newer);
}

pub(crate) fn the_address_is_waited_for_on_the_older_release() {
    the_address_is_waited_for(Version::Older);
}

fn the_address_is_waited_for(version: Version) {
    let plane = shared(version);
    let namespace = plane.namespace("det");
    let asked = Asked::of(&plane, &namespace);
    let services = format!("/api/v1/namespaces/{namespace}/services");

    let missing = asked.run("det", &[]).exits_with(2);
    assert!(missing.stderr.contains("determined-master-service-det is not there"), "{missing:?}");

    plane.api.post(&services, &service("det", "LoadBalancer", 8080)).expect(201);
    let early = asked.run("det", &["--timeout=6"]).exits_with(2);
    assert!(early.stderr.contains("its load balancer has no address yet"), "{early:?}");
    assert_eq!(early.stdout, "");

    let ran = std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_secs(3));
            let status = json!({"status": {"loadBalancer": {"ingress": [{"ip": "203.0.113.7"}]}}});
            plane.api.patch(&format!("{services}/determined-master-service-det/status"), &status).expect(200);
        });
        asked.run("det", &["-o", "values.yaml"]).exits_with(0)
    });
    let values = std::fs::read_to_string(asked.folder.path("values.yaml")).unwrap();
    assert!(values.contains("determined_master_host: \"203.0.113.7\"\n"), "{values}");
    assert!(values.contains("determined_master_host: own.example.org\n"), "what a manager says itself stays: {values}");
    assert_eq!(values.matches("determined_master_scheme: http\n").count(), 2, "{values}");
    assert!(ran.stderr.contains("the master is at http://203.0.113.7:8080, by its load balancer"), "{ran:?}");
    let line = format!(
        "helm upgrade det CHART --kubeconfig kubeconfig --kube-context {} -n {namespace} -f values.yaml",
        asked.context()
    );
    assert!(ran.stderr.contains(&line), "{ran:?}");

    // TLS by the values that are kept, or by the Service; what was asked for counts more.
    let asked = Asked { folder: asked.folder.with("base.yaml", "tlsSecret: det-tls\n"), namespace: &namespace };
    let tls = asked.run("det", &["--base", "base.yaml"]).exits_with(0);
    assert!(tls.stdout.contains("determined_master_scheme: https\n"), "{tls:?}");
    let told = asked.run("det", &["--base", "base.yaml", "--master-scheme=http"]).exits_with(0);
    assert!(told.stdout.contains("determined_master_scheme: http\n"), "{told:?}");

    plane.api.post(&services, &service("inside", "ClusterIP", 8080)).expect(201);
    let inside = asked.run("inside", &[]).exits_with(2);
    assert!(inside.stderr.contains("of type ClusterIP") && inside.stderr.contains("--master-host"), "{inside:?}");
}

/// Without a load balancer: a port of the nodes. Who may not list nodes is told so.
pub(crate) fn a_node_port_is_reached_by_a_node() {
    let plane = ControlPlane::start(&Options::new(Version::Newer));
    let namespace = plane.namespace("det");
    let asked = Asked::of(&plane, &namespace);
    let services = format!("/api/v1/namespaces/{namespace}/services");
    let made = plane.api.post(&services, &service("det", "NodePort", 8080)).expect(201);
    let port = made["spec"]["ports"][0]["nodePort"].as_u64().unwrap();
    let nobody = asked.run("det", &[]).exits_with(2);
    assert!(nobody.stderr.contains("no node has an address"), "{nobody:?}");
    let mut node = node("a", &json!({"cpu": "8"}));
    node["status"]["addresses"] = json!([{"type": "InternalIP", "address": "10.1.2.3"}]);
    plane.api.post("/api/v1/nodes", &node).expect(201);
    let ran = asked.run("det", &[]).exits_with(0);
    assert!(ran.stdout.contains("determined_master_host: \"10.1.2.3\"\n"), "{ran:?}");
    assert!(ran.stdout.contains(&format!("determined_master_port: {port}\n")), "{ran:?}");
    let token = plane.token(&namespace, "blind");
    plane.grant(&Subject::account(&namespace, "blind"), Some(&namespace), &[rule("", &["services"], &["get"])]);
    let blind = plane.kubeconfig(Stanza::Token(token)).yaml();
    let asked = Asked { folder: asked.folder.with("kubeconfig", &blind), namespace: &namespace };
    let refused = asked.run("det", &[]).exits_with(2);
    assert!(refused.stderr.contains("list of nodes: not permitted (403)"), "{refused:?}");
}
