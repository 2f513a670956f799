//! Questions to one API server: asked again where that helps, within the deadline, answered whole or not at all.

use std::io::Read as _;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use http::response::Parts;
use http::{Method, Request};
use http_body_util::BodyExt as _;
use kube::Client;
use kube::client::Body;
use tokio::sync::mpsc::Sender;
use tokio::time::{Instant, sleep, timeout_at};

use super::endpoint::{Compression, Endpoint};
use super::failure::{Failure, Speaker, Why, seconds_in};
use super::retry::{self, Next, Trouble};

/// The largest answer that is read, unpacked: 256 MiB. A page of 500 pods has about 3.
const LARGEST: usize = 256 << 20;
/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(15);

/// The media type of questions that change nothing.
const JSON: &str = "application/json";

/// A question.
pub(super) struct Sent<'a> {
    pub(super) method: Method,
    pub(super) path: &'a str,
    /// Nothing where nothing is sent.
    pub(super) body: &'a [u8],
    pub(super) media: &'static str,
}

/// A conversation with one API server.
#[derive(Clone)]
pub(super) struct Session {
    client: Client,
    compression: Compression,
    speech: Speech,
    deadline: Instant,
}

/// Whether a connection is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Speech {
    /// By TLS.
    Tls,
    /// Not.
    Plain,
}

/// An answer that went wrong, and what may help.
struct Setback {
    failure: Failure,
    trouble: Trouble,
}

impl Session {
    /// Makes the client; nothing is sent yet.
    pub(super) fn open(endpoint: &Endpoint, deadline: Instant) -> Result<Self, Failure> {
        let client = endpoint.client(CONNECT)?;
        let speech = if endpoint.server.starts_with("http://") { Speech::Plain } else { Speech::Tls };
        Ok(Self { client, compression: endpoint.compression, speech, deadline })
    }

    /// The same with less time: so much, and no more than half of what there is.
    pub(super) fn hurried(&self, most: Duration) -> Self {
        let now = Instant::now();
        let half = self.deadline.saturating_duration_since(now) / 2;
        Self { deadline: now + most.min(half), ..self.clone() }
    }

    /// The body of a JSON answer. `asked` names the question for people.
    pub(super) async fn get(&self, path: &str, asked: &str) -> Result<Vec<u8>, Failure> {
        self.ask(&Sent { method: Method::GET, path, body: &[], media: JSON }, asked).await
    }

    /// The same after sending JSON.
    pub(super) async fn post(&self, path: &str, body: &[u8], asked: &str) -> Result<Vec<u8>, Failure> {
        self.ask(&Sent { method: Method::POST, path, body, media: JSON }, asked).await
    }

    /// The body of the JSON answer to anything.
    pub(super) async fn ask(&self, sent: &Sent<'_>, asked: &str) -> Result<Vec<u8>, Failure> {
        let (mut times, mut before) = (0, None);
        loop {
            times += 1;
            let answer = timeout_at(self.deadline, self.once(sent)).await;
            let Setback { mut failure, trouble } = match answer {
                Ok(Ok(answer)) => return Ok(answer),
                Ok(Err(setback)) => setback,
                // What was in the way before tells more than that there is no time left.
                Err(_) => {
                    return Err(before.unwrap_or_else(|| Failure::before(Why::TimeOut, "")).asking(asked));
                }
            };
            let left = self.deadline.saturating_duration_since(Instant::now());
            match retry::next(times, trouble, left) {
                Next::Wait(wait) => {
                    before = Some(failure);
                    sleep(wait).await;
                }
                Next::GiveUp => return Err(failure.asking(asked)),
                Next::TooLate(wait) => {
                    // A wait of our own is no wish of the server.
                    if let (Why::Busy { again }, Trouble::Busy(Some(_))) = (&mut failure.why, trouble) {
                        *again = Some(wait);
                    }
                    return Err(failure.asking(asked));
                }
            }
        }
    }

    /// Begins the JSON answer to a question that changes nothing; its body comes piece by piece.
    pub(super) async fn begin(&self, path: &str, asked: &str) -> Result<Stream, Failure> {
        let sent = Sent { method: Method::GET, path, body: &[], media: JSON };
        let begun = timeout_at(self.deadline, self.send(&sent)).await;
        let begun = begun.map_err(|_| Failure::before(Why::TimeOut, "").asking(asked))?;
        let (head, mut body) = begun.map_err(|setback| setback.failure.asking(asked))?;
        if !head.status.is_success() {
            let text = collect(&mut body).await.unwrap_or_default();
            return Err(Setback::of_status(head.status.as_u16(), &head.headers, &text).failure.asking(asked));
        }
        let is_packed = is_packed(&head.headers).map_err(|failure| failure.asking(asked))?;
        is_json(&head.headers).map_err(|failure| failure.asking(asked))?;
        Ok(Stream { body, is_packed, deadline: self.deadline })
    }

    async fn once(&self, sent: &Sent<'_>) -> Result<Vec<u8>, Setback> {
        let (head, mut body) = self.send(sent).await?;
        let body = collect(&mut body).await?;
        let body = if is_packed(&head.headers).map_err(Setback::lasting)? { unpack(body).await? } else { body };
        if !head.status.is_success() {
            return Err(self.plainly(Setback::of_status(head.status.as_u16(), &head.headers, &body)));
        }
        is_json(&head.headers).map(|()| body).map_err(Setback::lasting)
    }

    /// Sends a question and waits for the head of its answer.
    async fn send(&self, sent: &Sent<'_>) -> Result<(Parts, Body), Setback> {
        let Sent { method, path, body, media } = sent;
        let mut request = Request::builder().method(method.clone()).uri(*path).header(ACCEPT, "application/json");
        if self.compression == Compression::Gzip {
            request = request.header(ACCEPT_ENCODING, "gzip");
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, *media);
        }
        let request = request.body(Body::from(body.to_vec()));
        let request =
            request.map_err(|_| Setback::lasting(Failure::before(Why::Endpoint, "the question cannot be sent")))?;
        let answer = self.client.send(request).await;
        let answer = answer.map_err(|error| self.plainly(Setback::of_transport(&error)))?;
        Ok(answer.into_parts())
    }

    /// Servers that speak TLS end a conversation that does not, or say in a sentence that they do.
    fn plainly(&self, mut setback: Setback) -> Setback {
        let Failure { why, speaker, .. } = &setback.failure;
        let is_none = *speaker == Speaker::Other && matches!(why, Why::Broken | Why::Status(400));
        if self.speech == Speech::Plain && is_none {
            setback.failure.why = Why::NotTls;
        }
        setback
    }
}

/// An answer that is on its way.
pub(super) struct Stream {
    body: Body,
    /// Whether it is packed.
    pub(super) is_packed: bool,
    deadline: Instant,
}

impl Stream {
    /// Passes all pieces on, for as long as somebody takes them.
    pub(super) async fn pass_on(mut self, to: Sender<Vec<u8>>, asked: &str) -> Result<(), Failure> {
        loop {
            let frame = timeout_at(self.deadline, self.body.frame()).await;
            match frame.map_err(|_| Failure::before(Why::TimeOut, "").asking(asked))? {
                None => return Ok(()),
                Some(Err(error)) => return Err(Setback::of_transport(&error).failure.asking(asked)),
                Some(Ok(frame)) => {
                    if let Some(data) = frame.data_ref()
                        && to.send(data.to_vec()).await.is_err()
                    {
                        return Ok(());
                    }
                }
            }
        }
    }
}

/// Whether an answer is packed, in the one way that was asked for.
fn is_packed(headers: &HeaderMap) -> Result<bool, Failure> {
    match text(headers, CONTENT_ENCODING) {
        Some("gzip") => Ok(true),
        None | Some("identity") => Ok(false),
        Some(_) => Err(Failure::before(Why::NotKubernetes, "it is packed in a way that was not asked for")),
    }
}

/// Whether an answer is of the type that was asked for.
fn is_json(headers: &HeaderMap) -> Result<(), Failure> {
    match text(headers, CONTENT_TYPE).map(|kind| kind.split(';').next().unwrap_or_default().trim()) {
        Some("application/json") => Ok(()),
        Some("text/html") => Err(Failure::before(Why::NotKubernetes, "it is a web page")),
        _ => Err(Failure::before(Why::NotKubernetes, "it is no JSON")),
    }
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Reads a body to its end.
async fn collect(body: &mut Body) -> Result<Vec<u8>, Setback> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| Setback::of_transport(&error))?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
        if bytes.len() > LARGEST {
            return Err(Setback::too_large());
        }
    }
    Ok(bytes)
}

/// Unpacks a body, beside what else is going on.
async fn unpack(packed: Vec<u8>) -> Result<Vec<u8>, Setback> {
    let unpacked = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::with_capacity(packed.len().saturating_mul(8).min(LARGEST));
        let read = MultiGzDecoder::new(packed.as_slice()).take(LARGEST as u64 + 1).read_to_end(&mut bytes);
        read.map(|_| bytes)
    });
    match unpacked.await {
        Ok(Ok(bytes)) if bytes.len() > LARGEST => Err(Setback::too_large()),
        Ok(Ok(bytes)) => Ok(bytes),
        _ => Err(Setback {
            failure: Failure::before(Why::Broken, "what was packed ends early or is damaged"),
            trouble: Trouble::Broken,
        }),
    }
}

impl Setback {
    fn lasting(failure: Failure) -> Self {
        Self { failure, trouble: Trouble::Lasting }
    }

    fn too_large() -> Self {
        let words = format!("it is larger than {} MiB", LARGEST >> 20);
        Self { failure: Failure::before(Why::Malformed, words), trouble: Trouble::Lasting }
    }

    fn of_transport(error: &(dyn std::error::Error + 'static)) -> Self {
        let failure = Failure::of_transport(error);
        let trouble = if failure.why == Why::Broken { Trouble::Broken } else { Trouble::Lasting };
        Self { failure, trouble }
    }

    fn of_status(code: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let failure = Failure::of_status(code, body);
        let trouble = match code {
            429 | 503 | 504 => {
                let header = text(headers, RETRY_AFTER);
                let wish = header.and_then(|header| retry::retry_after(header, text(headers, DATE)));
                Trouble::Busy(wish.or_else(|| seconds_in(body).map(Duration::from_secs)))
            }
            500 | 502 => Trouble::Broken,
            _ => Trouble::Lasting,
        };
        Self { failure, trouble }
    }
}
