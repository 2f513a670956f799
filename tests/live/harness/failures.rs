//! The failing server does what its table says, seen by a client that has nothing to do with it.

use std::time::{Duration, Instant};

use crate::failing::FailingServer;
use crate::failing::faults::{self, Fault};
use crate::plane::client::{Client, Login, Reply};
use crate::plane::programs::Version;
use crate::plane::shared;

const LIST: &str = "/api/v1/namespaces";

fn ask(server: &FailingServer, path: &str) -> Result<Reply, String> {
    let client = Client::new(&server.url, server.authority(), &Login::Nobody);
    client.ask_within(Duration::from_millis(1500), "GET", path, None)
}

/// What the client makes of it: a status and a part of the body, or a part of an error.
fn expected(fault: Fault) -> Result<(u16, &'static str), &'static str> {
    match fault {
        Fault::CloseAtOnce => Err("closed connection"),
        Fault::CutBody => Err("disconnected"),
        Fault::HangBeforeHeaders | Fault::HangAfterHeaders | Fault::Endless => Err("timeout"),
        Fault::CutSecondPage | Fault::EndlessPages => Ok((200, "\"continue\":\"more\"")),
        Fault::Unauthorized => Ok((401, "Unauthorized")),
        Fault::Forbidden => Ok((403, "Forbidden")),
        Fault::NotFound => Ok((404, "NotFound")),
        Fault::Conflict => Ok((409, "Conflict")),
        Fault::Gone => Ok((410, "\"metadata\":{}")),
        Fault::GoneWithContinue => Ok((410, "\"continue\":\"rest\"")),
        Fault::TooMany(_) => Ok((429, "TooManyRequests")),
        Fault::Internal => Ok((500, "InternalError")),
        Fault::Unavailable => Ok((503, "ServiceUnavailable")),
        Fault::TooLargeResourceVersion => Ok((504, "ResourceVersionTooLarge")),
        Fault::Html => Ok((200, "sign in")),
        Fault::WrongContentType => Ok((200, "k8s")),
        Fault::WrongJson => Ok((200, "[\"not\"")),
        Fault::PlainText => Ok((200, "NamespaceList")),
        Fault::OtherKind => Ok((200, "ConfigMapList")),
        Fault::Barrier(code) => Ok((code, "Blocked")),
        Fault::CutGzip => Err("gzip"),
        Fault::ExpiredCertificate => Err("Expired"),
        Fault::UnknownAuthority => Err("UnknownIssuer"),
        Fault::WrongName => Err("not valid for name"),
        Fault::Redirect => Ok((302, "")),
        Fault::RedirectAway => Ok((307, "")),
    }
}

pub(crate) fn each_is_what_it_says() {
    let mut wrong = Vec::new();
    for fault in faults::ALL {
        let server = FailingServer::start(*fault);
        let since = Instant::now();
        let seen = ask(&server, LIST);
        let is_so = match (&seen, expected(*fault)) {
            (Ok(reply), Ok((status, part))) => reply.status == status && reply.body.to_string().contains(part),
            (Err(error), Err(part)) => error.to_lowercase().contains(&part.to_lowercase()),
            _ => false,
        };
        if !is_so {
            wrong.push(format!("{fault:?}: {seen:?}"));
        }
        let asked: Vec<String> = server.requests().into_iter().map(|request| request.path).collect();
        if matches!(fault, Fault::ExpiredCertificate | Fault::UnknownAuthority | Fault::WrongName) {
            assert!(asked.is_empty(), "{fault:?} comes before any request: {asked:?}");
        } else {
            assert_eq!(asked, [LIST], "{fault:?}");
        }
        drop(server);
        assert!(since.elapsed() < Duration::from_secs(20), "{fault:?} took {:?}", since.elapsed());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let server = FailingServer::start(Fault::CutSecondPage);
    assert!(ask(&server, &format!("{LIST}?limit=1&continue=more")).is_err());
}

/// In front of a real plane: the first list of pods fails, everything else is answered by the plane.
pub(crate) fn a_proxy_lets_the_rest_through() {
    let plane = shared(Version::Newer);
    let namespace = plane.namespace("proxied");
    let proxy = FailingServer::in_front_of(plane.api.clone(), |request| {
        request.path.contains("/pods").then_some(Fault::Unavailable)
    });
    let seen = ask(&proxy, &format!("{LIST}/{namespace}")).unwrap().expect(200);
    assert_eq!(seen["metadata"]["name"], *namespace);
    ask(&proxy, &format!("{LIST}/{namespace}/pods")).unwrap().expect(503);
    assert_eq!(ask(&proxy, &format!("{LIST}/none")).unwrap().status, 404);
}
