//! Real Kubernetes control planes for tests, without containers and without nodes.
//!
//! # How to use it
//!
//! ```text
//! let plane = ControlPlane::start(&Options::new(Version::Newer).with_scheduler());
//! plane.api.post("/api/v1/nodes", &objects::node("a", json!({"cpu": "8"}))).expect(201);
//! let west = plane.namespace("west");                       // with its default ServiceAccount
//! let token = plane.token(&west, "determined");             // a ServiceAccount and a token of it
//! plane.grant(&Subject::account(&west, "determined"), Some(&west), &[rule]);
//! let seen = plane.client(&Login::Token(token.clone()));    // asks as that account
//! plane.kubeconfig(Stanza::Token(token)).write(&path);      // the same for programs
//! plane.audit()                                             // what was asked, by whom, with what status
//! ```
//!
//! * A plane has its own loopback address, authority, serving certificate and keys; two planes share nothing.
//!   It is usable when `start` returns, after about five seconds on a quiet machine, and takes some 450 MiB.
//! * [`shared`] gives the plane of a release that several tests use: each makes a namespace of its own, and none
//!   makes nodes there. Tests of nodes and pods start their own.
//! * Nothing runs pods: [`kubelet::Kubelet`] sets bound pods Running. A pod that is bound ends by
//!   `DELETE …?gracePeriodSeconds=0` only, and blocks its namespace until then.
//! * When a plane is dropped, also by a panic, its processes are ended and its folder is gone; when the run is
//!   killed, a guardian does the same (see [`processes`]).
//! * A test is a row in the table of `main.rs`, with the releases that it needs. It runs when `DETCTL_LIVE` names
//!   these (`DETCTL_LIVE=all cargo test --test live`); the programs come from `tests/control-plane/build`. Without
//!   that it is listed as left out.
//! * Servers that fail need no plane: see [`crate::failing`].

pub(crate) mod access;
pub(crate) mod client;
mod flags;
pub(crate) mod keys;
pub(crate) mod kubeconfig;
pub(crate) mod kubelet;
pub(crate) mod objects;
mod processes;
pub(crate) mod programs;

use std::fs;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use client::{Client, Login};
use flags::Layout;
use keys::{Authority, Signed, Validity};
use kubeconfig::{Kubeconfig, Stanza, Trust};
use processes::Processes;
use programs::Version;

/// The controllers that most tests need.
const CONTROLLERS: &[&str] = &[
    "serviceaccount-controller",
    "serviceaccount-token-controller",
    "root-ca-certificate-publisher-controller",
    "namespace-controller",
    "resourcequota-controller",
    "garbage-collector-controller",
    "job-controller",
];

/// What a plane is to be.
#[derive(Clone)]
pub(crate) struct Options {
    version: Version,
    programs: Vec<&'static str>,
    controllers: Vec<&'static str>,
    names: Vec<String>,
    admission_off: Vec<&'static str>,
    api_flags: Vec<&'static str>,
}

impl Options {
    /// An API server with its controllers.
    pub(crate) fn new(version: Version) -> Self {
        Self {
            version,
            programs: vec!["etcd", "kube-apiserver", "kube-controller-manager"],
            controllers: CONTROLLERS.to_vec(),
            names: Vec::new(),
            admission_off: Vec::new(),
            api_flags: Vec::new(),
        }
    }

    /// With kube-scheduler in its default profile.
    pub(crate) fn with_scheduler(mut self) -> Self {
        self.programs.push("kube-scheduler");
        self
    }

    /// With one more flag of the API server.
    pub(crate) fn flagged(mut self, flag: &'static str) -> Self {
        self.api_flags.push(flag);
        self
    }

    /// With one more name in the serving certificate.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.names.push(name.to_owned());
        self
    }
}

/// A running control plane.
pub(crate) struct ControlPlane {
    /// Asks as an admin.
    pub(crate) api: Client,
    /// `https://ADDRESS:PORT`
    pub(crate) server: String,
    pub(crate) version: Version,
    authority: Authority,
    admin: Signed,
    // Ended before their folder goes.
    processes: Mutex<Processes>,
    folder: TempDir,
}

impl ControlPlane {
    /// Starts one, and returns when it answers and its controllers have done their first work.
    pub(crate) fn start(options: &Options) -> Self {
        let folder = tempfile::Builder::new().prefix("detctl-plane-").tempdir().unwrap();
        let mut processes = Processes::new(folder.path());
        let address = own_address();
        let [port, etcd, etcd_peers] = free_ports(address);
        let address = address.to_string();
        let server = format!("https://{address}:{port}");
        let authority = Authority::new("plane");
        let admin = authority.client("admin", &["system:masters"]);
        let api = Client::new(&server, authority.certificate(), &Login::Certificate(admin.clone()));
        write_files(folder.path(), &authority, &server, &address, options);
        let layout = Layout { folder: folder.path(), address: &address, port, etcd, etcd_peers };
        for name in &options.programs {
            let arguments = match *name {
                "etcd" => layout.etcd(),
                "kube-apiserver" => {
                    let mut arguments = layout.api_server(&options.admission_off);
                    arguments.extend(options.api_flags.iter().map(|flag| (*flag).to_owned()));
                    arguments
                }
                "kube-scheduler" => layout.scheduler(),
                _ => layout.controllers(&options.controllers),
            };
            // The others would end when there is no API server to ask.
            if !["etcd", "kube-apiserver"].contains(name) {
                until_ready(&api, &mut processes, folder.path());
            }
            processes.start(name, &options.version.program(name), &arguments, folder.path());
        }
        let plane =
            Self { api, server, version: options.version, authority, admin, processes: Mutex::new(processes), folder };
        plane.wait_for_account("default");
        plane
    }

    /// The certificate of the authority, PEM.
    pub(crate) fn authority(&self) -> &str {
        self.authority.certificate()
    }

    /// The admin's certificate and key.
    pub(crate) fn admin(&self) -> &Signed {
        &self.admin
    }

    /// A client for another login.
    pub(crate) fn client(&self, login: &Login) -> Client {
        Client::new(&self.server, self.authority(), login)
    }

    /// A kubeconfig that trusts the plane by its authority.
    pub(crate) fn kubeconfig(&self, stanza: Stanza) -> Kubeconfig {
        Kubeconfig {
            server: self.server.clone(),
            trust: Trust::Data(self.authority().to_owned()),
            stanza,
            server_name: None,
            namespace: None,
        }
    }

    /// The ids of its processes.
    pub(crate) fn processes(&self) -> Vec<u32> {
        self.processes.lock().unwrap_or_else(PoisonError::into_inner).ids()
    }

    /// A folder for files of tests, gone with the plane.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A program of the plane's release, such as `kubectl`.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.version.program(name)
    }

    /// The audit log: one event for each request that was answered.
    pub(crate) fn audit(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.folder.path().join("audit.log")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn write_files(folder: &Path, authority: &Authority, server: &str, address: &str, options: &Options) {
    let mut names = vec![address.to_owned(), "localhost".to_owned(), "kubernetes.default.svc".to_owned()];
    names.extend(options.names.iter().cloned());
    authority.server(&names, Validity::Good).write(folder, "server");
    fs::write(folder.join("ca.crt"), authority.certificate()).unwrap();
    let (private, public) = keys::signing_keys();
    fs::write(folder.join("accounts.key"), private).unwrap();
    fs::write(folder.join("accounts.pub"), public).unwrap();
    fs::write(folder.join("audit-policy.yaml"), flags::AUDIT_POLICY).unwrap();
    for (file, user) in [("controllers", "system:kube-controller-manager"), ("scheduler", "system:kube-scheduler")] {
        // Without credentials of their own for each controller, they need the rights of all of them.
        let groups: &[&str] = if file == "controllers" { &["system:masters"] } else { &[] };
        let kubeconfig = Kubeconfig {
            server: server.to_owned(),
            trust: Trust::Data(authority.certificate().to_owned()),
            stanza: Stanza::CertificateData(authority.client(user, groups)),
            server_name: None,
            namespace: None,
        };
        kubeconfig.write(&folder.join(format!("{file}.kubeconfig")));
    }
    let scheduler = flags::scheduler_configuration(&folder.join("scheduler.kubeconfig"));
    fs::write(folder.join("scheduler.yaml"), scheduler).unwrap();
}

/// An address that no other plane of this machine is likely to have; on systems with one loopback address, that one.
fn own_address() -> IpAddr {
    static NEXT: AtomicU8 = AtomicU8::new(1);
    let [.., high, low] = std::process::id().to_be_bytes();
    let own = Ipv4Addr::new(127, high, low, NEXT.fetch_add(1, Ordering::Relaxed));
    let usable = TcpListener::bind((own, 0)).is_ok();
    IpAddr::V4(if usable { own } else { Ipv4Addr::LOCALHOST })
}

fn free_ports<const N: usize>(address: IpAddr) -> [u16; N] {
    let held: [TcpListener; N] = std::array::from_fn(|_| TcpListener::bind((address, 0)).unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}

fn until_ready(api: &Client, processes: &mut Processes, folder: &Path) {
    let deadline = Instant::now() + Duration::from_secs(300);
    while !api.ask("GET", "/readyz", None).is_ok_and(|reply| reply.status == 200) {
        let ended = processes.ended().map(str::to_owned);
        assert!(ended.is_none() && Instant::now() < deadline, "not ready, {ended:?} ended:\n{}", logs(folder));
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// The last lines of every log.
fn logs(folder: &Path) -> String {
    let mut shown = String::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "log") && !path.ends_with("audit.log") {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let lines: Vec<&str> = text.lines().collect();
            let last = lines[lines.len().saturating_sub(15)..].join("\n");
            shown.push_str(&format!("── {}\n{last}\n", path.display()));
        }
    }
    shown
}

static SHARED: Mutex<Vec<Arc<ControlPlane>>> = Mutex::new(Vec::new());

/// The plane of a release that tests share: own namespaces, no nodes, no scheduler.
pub(crate) fn shared(version: Version) -> Arc<ControlPlane> {
    let mut planes = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(plane) = planes.iter().find(|plane| plane.version == version) {
        return Arc::clone(plane);
    }
    let plane = Arc::new(ControlPlane::start(&Options::new(version)));
    planes.push(Arc::clone(&plane));
    plane
}

/// Ends the shared planes, after the last test.
pub(crate) fn end_shared() {
    SHARED.lock().unwrap_or_else(PoisonError::into_inner).clear();
}
