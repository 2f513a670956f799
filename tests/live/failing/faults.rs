//! The table of failures, and how each is done.

use std::io::{self, Write as _};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::http::{Answer, Request};
use super::{Connection, hang};

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The connection is closed before anything is said.
    CloseAtOnce,
    /// Nothing is said, for ever.
    HangBeforeHeaders,
    /// The headers come, the body does not.
    HangAfterHeaders,
    /// The body stops in the middle of a page, and the connection ends.
    CutBody,
    /// The first page is whole; the one after it is cut.
    CutSecondPage,
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    /// The list is too old to go on, and there is no way to go on.
    Gone,
    /// The same, with a token for an inconsistent rest.
    GoneWithContinue,
    /// Too many requests, and when to come again, as the header says it.
    TooMany(&'static str),
    Internal,
    Unavailable,
    /// `Too large resource version`: the watch cache lags.
    TooLargeResourceVersion,
    /// A page for people, as proxies send it, with status 200.
    Html,
    /// A list of another type than was asked for.
    WrongContentType,
    /// A list that says that it is text.
    PlainText,
    /// A list of something else.
    OtherKind,
    /// A refusal in a proxy's own words.
    Barrier(u16),
    /// JSON that is not an object of Kubernetes.
    WrongJson,
    /// gzip that ends early.
    CutGzip,
    ExpiredCertificate,
    UnknownAuthority,
    WrongName,
    /// To another path, and from there again.
    Redirect,
    /// To another server.
    RedirectAway,
    /// A list whose body never ends.
    Endless,
    /// Pages without end: every one names another.
    EndlessPages,
}

/// Every row.
pub(crate) const ALL: &[Fault] = &[
    Fault::CloseAtOnce,
    Fault::HangBeforeHeaders,
    Fault::HangAfterHeaders,
    Fault::CutBody,
    Fault::CutSecondPage,
    Fault::Unauthorized,
    Fault::Forbidden,
    Fault::NotFound,
    Fault::Conflict,
    Fault::Gone,
    Fault::GoneWithContinue,
    Fault::TooMany("1"),
    Fault::TooMany("0"),
    Fault::TooMany("86400"),
    Fault::TooMany("Wed, 21 Oct 2099 07:28:00 GMT"),
    Fault::TooMany("Wed, 21 Oct 2015 07:28:00 GMT"),
    Fault::TooMany("-1"),
    Fault::TooMany("soon"),
    Fault::TooMany("99999999999999999999"),
    Fault::Internal,
    Fault::Unavailable,
    Fault::TooLargeResourceVersion,
    Fault::Html,
    Fault::WrongContentType,
    Fault::PlainText,
    Fault::OtherKind,
    Fault::WrongJson,
    Fault::CutGzip,
    Fault::ExpiredCertificate,
    Fault::UnknownAuthority,
    Fault::WrongName,
    Fault::Redirect,
    Fault::RedirectAway,
    Fault::Endless,
    Fault::EndlessPages,
];

/// What an API server says when it says no.
fn status(code: u16, reason: &str, message: &str) -> Value {
    json!({
        "apiVersion": "v1", "kind": "Status", "status": "Failure", "metadata": {},
        "code": code, "reason": reason, "message": message,
    })
}

/// A list of what is asked for, with one object, and perhaps where it goes on.
fn page(request: &Request, next: Option<&str>) -> Value {
    let path = request.path.split('?').next().unwrap_or_default();
    let kind = match path.rsplit('/').next() {
        Some("nodes") => "NodeList",
        Some("pods") => "PodList",
        _ => "NamespaceList",
    };
    json!({
        "apiVersion": "v1", "kind": kind,
        "metadata": {"resourceVersion": "7", "continue": next},
        "items": [{"metadata": {"name": "default"}, "spec": {"containers": []}}],
    })
}

impl Fault {
    /// Does it to one request. The connection is closed afterwards.
    pub(super) fn answer(
        self,
        request: &Request,
        connection: &mut Connection,
        going_on: &dyn Fn() -> bool,
    ) -> io::Result<()> {
        match self {
            Self::CloseAtOnce => Ok(()),
            Self::HangBeforeHeaders => {
                hang(connection, going_on);
                Ok(())
            }
            Self::HangAfterHeaders => {
                Answer::json(200, &page(request, None)).cut(0).write(connection)?;
                hang(connection, going_on);
                Ok(())
            }
            Self::Endless => endless(connection, going_on),
            _ => self.reply(request).write(connection),
        }
    }

    /// The faults that are one answer.
    fn reply(self, request: &Request) -> Answer {
        let goes_on = request.parameter("continue").is_some();
        match self {
            Self::CutBody => Answer::json(200, &page(request, None)).cut(60),
            Self::CutSecondPage if goes_on => Answer::json(200, &page(request, None)).cut(60),
            Self::CutSecondPage | Self::EndlessPages => Answer::json(200, &page(request, Some("more"))),
            Self::Html => Answer::new(200, "text/html", "<html><body>Please sign in</body></html>"),
            Self::WrongContentType => Answer::new(200, "application/vnd.kubernetes.protobuf", "k8s\0\n"),
            Self::PlainText => Answer::new(200, "text/plain", page(request, None).to_string()),
            Self::OtherKind => Answer::json(200, &json!({"apiVersion": "v1", "kind": "ConfigMapList", "items": []})),
            Self::Barrier(code) => Answer::new(code, "text/html", "<html><body>Blocked</body></html>"),
            Self::WrongJson => Answer::json(200, &json!(["not", "a", "list"])),
            Self::CutGzip => {
                let bytes = gzip(&page(request, None));
                let half = bytes.len() / 2;
                // The length is the one of what comes: only the inner format tells that something is missing.
                let cut = bytes.get(..half).unwrap_or_default();
                Answer::new(200, "application/json", cut).with("content-encoding", "gzip")
            }
            Self::Redirect => Answer::new(302, "text/plain", "").with("location", &request.path),
            Self::RedirectAway => {
                Answer::new(307, "text/plain", "").with("location", "https://elsewhere.example.invalid/")
            }
            _ => self.refusal(request),
        }
    }

    /// The faults that are a Status.
    fn refusal(self, request: &Request) -> Answer {
        let gone = "The provided continue parameter is too old to display a consistent list result.";
        let (code, reason, message) = match self {
            Self::Unauthorized => (401, "Unauthorized", "Unauthorized"),
            Self::Forbidden => (403, "Forbidden", "namespaces is forbidden: User \"somebody\" cannot list it"),
            Self::NotFound => (404, "NotFound", "the server could not find the requested resource"),
            Self::Conflict => (409, "Conflict", "the object has been modified"),
            Self::Gone | Self::GoneWithContinue => (410, "Expired", gone),
            Self::TooMany(_) => (429, "TooManyRequests", "too many requests, please try again later"),
            Self::Unavailable => (503, "ServiceUnavailable", "apiserver not ready"),
            Self::TooLargeResourceVersion => {
                (504, "Timeout", "Timeout: Too large resource version: 7058, current: 6704")
            }
            _ => (500, "InternalError", "Internal error occurred: etcdserver: request timed out"),
        };
        let mut body = status(code, reason, message);
        match self {
            // Scripted clusters go on from where they were.
            Self::GoneWithContinue => {
                let token = request.parameter("continue").unwrap_or("rest");
                body["metadata"]["continue"] = percent_decode_str(token).decode_utf8_lossy().into();
            }
            Self::TooLargeResourceVersion => {
                let cause = json!({"reason": "ResourceVersionTooLarge", "message": "Too large resource version"});
                body["details"] = json!({"causes": [cause], "retryAfterSeconds": 1});
            }
            _ => {}
        }
        let answer = Answer::json(code, &body);
        if let Self::TooMany(when) = self { answer.with("retry-after", when) } else { answer }
    }
}

fn gzip(body: &Value) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body.to_string().as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A list of namespaces, one every few milliseconds, for as long as somebody reads.
fn endless(connection: &mut Connection, going_on: &dyn Fn() -> bool) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    connection.write_all(head.as_bytes())?;
    let mut part = "{\"apiVersion\": \"v1\", \"kind\": \"NamespaceList\", \"items\": [{}".to_owned();
    while going_on() {
        connection.write_all(format!("{:x}\r\n{part}\r\n", part.len()).as_bytes())?;
        connection.flush()?;
        part = ", {\"metadata\": {\"name\": \"one-more\"}}".repeat(20);
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}
