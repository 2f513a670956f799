//! The command lines of a plane's programs.

use std::path::Path;

/// What all of them have to know.
pub(crate) struct Layout<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) address: &'a str,
    pub(crate) port: u16,
    pub(crate) etcd: u16,
    pub(crate) etcd_peers: u16,
}

impl Layout<'_> {
    fn file(&self, name: &str) -> String {
        self.folder.join(name).display().to_string()
    }

    pub(crate) fn etcd(&self) -> Vec<String> {
        let clients = format!("http://{}:{}", self.address, self.etcd);
        let peers = format!("http://{}:{}", self.address, self.etcd_peers);
        vec![
            format!("--data-dir={}", self.file("etcd")),
            format!("--listen-client-urls={clients}"),
            format!("--advertise-client-urls={clients}"),
            format!("--listen-peer-urls={peers}"),
            format!("--initial-advertise-peer-urls={peers}"),
            format!("--initial-cluster=default={peers}"),
            // What it keeps is thrown away anyhow.
            "--unsafe-no-fsync".to_owned(),
            "--log-level=warn".to_owned(),
        ]
    }

    pub(crate) fn api_server(&self, admission_off: &[&str]) -> Vec<String> {
        let mut off = vec!["TaintNodesByCondition"];
        off.extend(admission_off);
        vec![
            format!("--etcd-servers=http://{}:{}", self.address, self.etcd),
            format!("--bind-address={}", self.address),
            format!("--secure-port={}", self.port),
            format!("--tls-cert-file={}", self.file("server.crt")),
            format!("--tls-private-key-file={}", self.file("server.key")),
            format!("--client-ca-file={}", self.file("ca.crt")),
            "--authorization-mode=Node,RBAC".to_owned(),
            "--service-cluster-ip-range=10.96.0.0/16".to_owned(),
            "--endpoint-reconciler-type=none".to_owned(),
            "--service-account-issuer=https://kubernetes.default.svc".to_owned(),
            format!("--service-account-key-file={}", self.file("accounts.pub")),
            format!("--service-account-signing-key-file={}", self.file("accounts.key")),
            // No controller looks after nodes here, so nothing would take the taint away.
            format!("--disable-admission-plugins={}", off.join(",")),
            format!("--audit-policy-file={}", self.file("audit-policy.yaml")),
            format!("--audit-log-path={}", self.file("audit.log")),
            "--audit-log-mode=blocking".to_owned(),
        ]
    }

    pub(crate) fn controllers(&self, which: &[&str]) -> Vec<String> {
        vec![
            format!("--kubeconfig={}", self.file("controllers.kubeconfig")),
            format!("--controllers={}", which.join(",")),
            format!("--service-account-private-key-file={}", self.file("accounts.key")),
            format!("--root-ca-file={}", self.file("ca.crt")),
            "--leader-elect=false".to_owned(),
            "--secure-port=0".to_owned(),
            "--kube-api-qps=500".to_owned(),
            "--kube-api-burst=500".to_owned(),
        ]
    }

    pub(crate) fn scheduler(&self) -> Vec<String> {
        vec![format!("--config={}", self.file("scheduler.yaml")), "--secure-port=0".to_owned()]
    }
}

pub(crate) const AUDIT_POLICY: &str = "\
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages: [RequestReceived]
rules:
- level: Metadata
";

/// The default profile; only the client's pace is raised.
pub(crate) fn scheduler_configuration(kubeconfig: &Path) -> String {
    format!(
        "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\nclientConnection:\n  \
         kubeconfig: {}\n  qps: 1000\n  burst: 1000\nleaderElection:\n  leaderElect: false\n",
        kubeconfig.display()
    )
}
