//! Servers that fail, over real TLS, in this process.
//!
//! ```text
//! let server = FailingServer::start(Fault::HangBeforeHeaders);          // every request meets the fault
//! let server = FailingServer::in_front_of(&plane, |request| { … });     // some do, the rest goes through
//! let server = FailingServer::scripted(cluster, |request| { … });       // the rest is answered by a made-up cluster
//! server.url, server.authority()                                        // for a kubeconfig
//! server.requests()                                                     // what was asked
//! ```
//!
//! [`faults::ALL`] is the table. The rule for each command: for every row a clear answer within its deadline, never
//! a wrong yes, nothing half written. A command's test walks the table and holds the command to that.

pub(crate) mod faults;
pub(crate) mod http;
pub(crate) mod keeper;
pub(crate) mod large;
pub(crate) mod scripted;

use std::io::{self, Read as _, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::plane::client::Client;
use crate::plane::keys::{Authority, Signed, Validity};
use faults::Fault;
pub(crate) use http::Request;
use keeper::Keeper;
use large::Large;
use scripted::Scripted;

/// A connection to a client.
pub(crate) type Connection = StreamOwned<ServerConnection, TcpStream>;

/// Which fault a request meets; none, and it goes through to the server behind.
type Script = dyn Fn(&Request) -> Option<Fault> + Send + Sync;

/// A server that fails as asked, until it is dropped.
pub(crate) struct FailingServer {
    /// `https://127.0.0.1:PORT`
    pub(crate) url: String,
    authority: Authority,
    shared: Arc<Shared>,
    address: SocketAddr,
    acceptor: Option<JoinHandle<()>>,
}

/// Who answers what meets no fault.
enum Behind {
    Nobody,
    Plane(Box<Client>),
    Script(Scripted),
    Large(Large),
    Keeper(Keeper),
}

struct Shared {
    script: Box<Script>,
    behind: Behind,
    tls: Arc<ServerConfig>,
    seen: Mutex<Vec<Request>>,
    stop: AtomicBool,
}

impl FailingServer {
    /// Every request meets the same fault.
    pub(crate) fn start(fault: Fault) -> Self {
        Self::launch(fault, Behind::Nobody, Box::new(move |_| Some(fault)))
    }

    /// A proxy: the client behind asks for what meets no fault.
    pub(crate) fn in_front_of(
        behind: Client,
        script: impl Fn(&Request) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        Self::launch(Fault::CloseAtOnce, Behind::Plane(Box::new(behind)), Box::new(script))
    }

    /// The same with a certificate that holds for so long, and nothing that fails.
    pub(crate) fn in_front_with(behind: Client, validity: Validity) -> Self {
        let sign = |authority: &Authority| authority.server(&here(), validity);
        Self::launch_with(sign, Behind::Plane(Box::new(behind)), Box::new(|_| None))
    }

    /// A made-up cluster answers what meets no fault. The certificate is as the fault wants it.
    pub(crate) fn scripted(
        cluster: Scripted,
        certificate: Fault,
        script: impl Fn(&Request) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        Self::launch(certificate, Behind::Script(cluster), Box::new(script))
    }

    /// A made-up cluster of any size, which fails at nothing.
    pub(crate) fn large(cluster: Large) -> Self {
        Self::launch(Fault::CloseAtOnce, Behind::Large(cluster), Box::new(|_| None))
    }

    /// A made-up cluster that keeps what it is given answers what meets no fault.
    pub(crate) fn keeping(keeper: &Keeper, script: impl Fn(&Request) -> Option<Fault> + Send + Sync + 'static) -> Self {
        Self::launch(Fault::CloseAtOnce, Behind::Keeper(keeper.clone()), Box::new(script))
    }

    fn launch(certificate: Fault, behind: Behind, script: Box<Script>) -> Self {
        Self::launch_with(|authority| signed(authority, certificate), behind, script)
    }

    fn launch_with(sign: impl Fn(&Authority) -> Signed, behind: Behind, script: Box<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let authority = Authority::new("failing");
        let tls = Arc::new(tls(&sign(&authority)));
        let shared = Arc::new(Shared { script, behind, tls, seen: Mutex::default(), stop: AtomicBool::new(false) });
        let accepting = Arc::clone(&shared);
        let acceptor = std::thread::spawn(move || accept(&listener, &accepting));
        Self { url: format!("https://{address}"), authority, shared, address, acceptor: Some(acceptor) }
    }

    /// The authority that a client is told to trust, PEM.
    pub(crate) fn authority(&self) -> &str {
        self.authority.certificate()
    }

    /// What was asked, in order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for FailingServer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::Relaxed);
        // Wakes the one who waits for a connection.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn here() -> [String; 1] {
    ["127.0.0.1".to_owned()]
}

fn signed(authority: &Authority, fault: Fault) -> Signed {
    match fault {
        Fault::ExpiredCertificate => authority.server(&here(), Validity::Expired),
        Fault::UnknownAuthority => Authority::new("stranger").server(&here(), Validity::Good),
        Fault::WrongName => authority.server(&["elsewhere.example.invalid".to_owned()], Validity::Good),
        _ => authority.server(&here(), Validity::Good),
    }
}

fn tls(signed: &Signed) -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_slice(signed.certificate.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(signed.key.as_bytes()).unwrap();
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap()
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    let mut workers = Vec::new();
    for stream in listener.incoming().flatten() {
        if shared.stop.load(Ordering::Relaxed) {
            break;
        }
        let shared = Arc::clone(shared);
        workers.push(std::thread::spawn(move || {
            // A client that goes away is what some of the faults are for.
            let _ = serve(stream, &shared);
        }));
    }
    for worker in workers {
        let _ = worker.join();
    }
}

/// Answers the requests of one connection, until one of them ends it.
fn serve(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    // As API servers do: else every answer waits for the acknowledgement of its head.
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_millis(200)))?;
    stream.set_write_timeout(Some(Duration::from_secs(5)))?;
    let connection = ServerConnection::new(Arc::clone(&shared.tls)).map_err(io::Error::other)?;
    let mut connection = StreamOwned::new(connection, stream);
    let going_on = || !shared.stop.load(Ordering::Relaxed);
    while let Some(request) = http::read(&mut connection, &going_on)? {
        shared.seen.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
        match ((shared.script)(&request), &shared.behind) {
            (Some(fault), _) => return fault.answer(&request, &mut connection, &going_on),
            (None, Behind::Plane(behind)) => pass_on(&request, behind, &mut connection)?,
            (None, Behind::Script(cluster)) => cluster.answer(&request).write(&mut connection)?,
            (None, Behind::Large(cluster)) => cluster.answer(&request).write(&mut connection)?,
            (None, Behind::Keeper(keeper)) => keeper.answer(&request).write(&mut connection)?,
            (None, Behind::Nobody) => return Ok(()),
        }
    }
    Ok(())
}

fn pass_on(request: &Request, behind: &Client, connection: &mut impl Write) -> io::Result<()> {
    let body: Option<serde_json::Value> = serde_json::from_slice(&request.body).ok();
    // An apply is one by its media type alone.
    let kind = request.header("content-type").unwrap_or("application/json");
    let sent = body.as_ref().map(|body| (kind, body));
    let reply =
        behind.ask_in(Duration::from_secs(60), &request.method, &request.path, sent).map_err(io::Error::other)?;
    http::Answer::json(reply.status, &reply.body).write(connection)
}

/// Waits until the client goes or the server is to stop.
fn hang(connection: &mut Connection, going_on: &dyn Fn() -> bool) {
    let mut byte = [0];
    while going_on() {
        match connection.read(&mut byte) {
            Ok(0) => return,
            Err(error) if !http::is_only_late(&error) => return,
            Ok(_) | Err(_) => {}
        }
    }
}
