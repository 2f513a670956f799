//! The room `cluster` against a made-up cluster, and against every way to fail.

use std::time::{Duration, Instant};

use detctl::cluster::{
    self, Compression, Endpoint, Failure, Login, Pace, Reading, Target, ToReach, ToSurvey, Trust, Wanted, Why,
};
use detctl::formats::snapshot::read_pod;
use detctl::kubeconfig::address::Server;
use detctl::model::inventory::Kind;
use detctl::scheduling::Copies;
use serde_json::json;

use crate::failing::faults::{self, Fault};
use crate::failing::scripted::Scripted;
use crate::failing::{FailingServer, Request};

/// Whether a request meets the fault.
type Meets = fn(&Request) -> bool;

const POD: &str = r#"{"metadata":{"name":"p","namespace":"default"},"spec":{"containers":[{"name":"c"}]}}"#;

fn target(server: &FailingServer) -> Target {
    let endpoint = Endpoint {
        server: server.url.clone(),
        trust: Trust::Authorities(server.authority().as_bytes().to_vec()),
        server_name: None,
        proxy: None,
        compression: Compression::Gzip,
        login: Login::default(),
    };
    Target {
        program: None,
        endpoint,
        wanted: Wanted {
            version: None,
            pods: vec![(read_pod(POD).unwrap(), Copies::Exactly(1))],
            classes: Vec::new(),
            pace: Pace::Pages,
            saver: None,
        },
    }
}

fn read(server: &FailingServer, time: Duration) -> Result<Reading, Failure> {
    cluster::read(vec![target(server)], time, &mut |_, _| {}).pop().unwrap()
}

pub(crate) fn a_cluster_is_read() {
    let pods = (0..1234).map(|at| {
        json!({"metadata": {"name": format!("pod-{at}"), "namespace": "other"},
            "spec": {"nodeName": format!("node-{}", at % 3), "containers": [{"name": "c",
                "resources": {"requests": {"cpu": "10m"}}}]},
            "status": {"phase": if at < 34 { "Succeeded" } else { "Running" }}})
    });
    let cluster = Scripted::new(3).with("PodList", pods);
    let server = FailingServer::scripted(cluster, Fault::CloseAtOnce, |_| None);
    let reading = read(&server, Duration::from_secs(20)).unwrap();
    assert_eq!(reading.version.said, "v1.37.2");
    let of = |kind: Kind| reading.lists.iter().filter(move |(of, _)| *of == kind).map(|(_, listed)| listed);
    let pods = of(Kind::Pod).next().unwrap();
    assert_eq!((pods.items, pods.pages, pods.resource_version.as_str()), (1200, 3, "4711"));
    let inventory = reading.builder.finish();
    let used: Vec<i64> = inventory.nodes.iter().map(|node| node.now.pods).collect();
    assert_eq!(used, [400, 400, 400]);
    assert_eq!(inventory.read.get(&Kind::LimitRange), Some(&0), "read, and there are none");
    assert_eq!(reading.not_read, []);
    let asked = server.requests();
    let is_read = |request: &Request| request.method == "GET" || request.path.ends_with("/selfsubjectaccessreviews");
    assert!(asked.iter().all(is_read), "{asked:?}");
    let lists = |part: &str| asked.iter().filter(|request| request.path.contains(part)).count();
    assert_eq!((lists("/nodes"), lists("/pods")), (1, 3));
    assert!(!asked.iter().any(|request| request.path.contains("runtimeclasses")), "nobody names one");
}

/// What each fault is taken for. Nothing: the cluster is read all the same.
fn expected(fault: Fault) -> Option<Why> {
    Some(match fault {
        Fault::CloseAtOnce | Fault::CutBody | Fault::CutSecondPage | Fault::CutGzip => Why::Broken,
        Fault::HangBeforeHeaders | Fault::HangAfterHeaders | Fault::Endless => Why::TimeOut,
        Fault::Unauthorized => Why::Unauthorized,
        Fault::Forbidden => Why::Forbidden,
        Fault::NotFound => Why::NotFound,
        Fault::Conflict => Why::Status(409),
        Fault::Gone => Why::Expired { next: None },
        Fault::GoneWithContinue => Why::Expired { next: Some("rest".to_owned()) },
        Fault::TooMany("86400") => Why::Busy { again: Some(Duration::from_secs(86_400)) },
        Fault::TooMany("99999999999999999999") => Why::Busy { again: Some(Duration::from_secs(u64::from(u32::MAX))) },
        Fault::TooMany("1") | Fault::TooLargeResourceVersion => Why::Busy { again: Some(Duration::from_secs(1)) },
        Fault::TooMany(_) | Fault::Unavailable => Why::Busy { again: None },
        Fault::Internal => Why::Status(500),
        Fault::Html | Fault::WrongContentType | Fault::PlainText => Why::NotKubernetes,
        Fault::Barrier(code) => Why::Status(code),
        Fault::WrongJson | Fault::OtherKind | Fault::EndlessPages => Why::Malformed,
        Fault::ExpiredCertificate | Fault::UnknownAuthority | Fault::WrongName => Why::Certificate,
        Fault::Redirect | Fault::RedirectAway => Why::Redirect,
    })
}

/// Waits end where the time does, so these may also be told as too late.
fn is(why: &Why, expected: &Why) -> bool {
    match (why, expected) {
        (Why::Busy { .. }, Why::Busy { again: None }) => true,
        // A wait of a second fits once into the time that there is.
        (Why::Busy { again: Some(again) }, Why::Busy { again: Some(wanted) }) => again == wanted,
        (why, expected) => why == expected,
    }
}

pub(crate) fn each_failure_is_told_apart() {
    const TIME: Duration = Duration::from_secs(4);
    let places: [(&str, Meets); 3] = [
        ("nodes", |request| request.path.starts_with("/api/v1/nodes")),
        ("namespaces", |request| request.path.starts_with("/api/v1/namespaces?")),
        ("pods", |request| request.path.starts_with("/api/v1/pods")),
    ];
    let ask = |fault: Fault, place: &str, meets: Meets| -> Result<(), String> {
        let server = FailingServer::scripted(Scripted::new(2), fault, move |request| meets(request).then_some(fault));
        let since = Instant::now();
        let answer = read(&server, TIME);
        let took = since.elapsed();
        if took > TIME + Duration::from_secs(4) {
            return Err(format!("{fault:?} at {place}: took {took:?}"));
        }
        let wanted = expected(fault).unwrap();
        let seen = match answer {
            Err(failure) => failure,
            Ok(reading) if wanted == Why::Forbidden => reading.not_read.into_iter().next().unwrap().failure,
            Ok(_) => return Err(format!("{fault:?} at {place}: read")),
        };
        let shown = seen.to_string();
        match is(&seen.why, &wanted) && shown.lines().count() == 1 && !shown.contains("  ") {
            true => Ok(()),
            false => Err(format!("{fault:?} at {place}: {seen:?}\n    {shown}")),
        }
    };
    let all: Vec<(&(&str, Meets), &Fault)> =
        places.iter().flat_map(|place| faults::ALL.iter().map(move |fault| (place, fault))).collect();
    let ask = &ask;
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let part = move |cases: &[(&(&str, Meets), &Fault)]| -> Vec<String> {
            cases.iter().filter_map(|((place, meets), fault)| ask(**fault, place, *meets).err()).collect()
        };
        let parts: Vec<_> = all.chunks(8).map(|cases| scope.spawn(move || part(cases))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Jobs of another master are found among many of the first.
pub(crate) fn jobs_beyond_the_first_page_are_seen() {
    let job = |at: usize| {
        let name = if at < 700 { format!("det-0a1b2c3d-exp-{at}") } else { format!("det-99887766-cmd-{at}") };
        json!({"metadata": {"name": name, "namespace": "default", "labels": {"determined": "x"}}})
    };
    let server =
        FailingServer::scripted(Scripted::new(1).with("JobList", (0..702).map(job)), Fault::CloseAtOnce, |_| None);
    let endpoint = target(&server).endpoint;
    let survey = ToSurvey {
        stored: Server::new(endpoint.server.clone()),
        endpoint,
        objects: Vec::new(),
        namespace: None,
        deeds: Vec::new(),
        grants: Vec::new(),
        escalations: Vec::new(),
        tasks: vec!["default".to_owned()],
        gateway: None,
    };
    let survey = cluster::survey(vec![(survey, Duration::from_secs(20))]).pop().unwrap().unwrap();
    let marked = survey.tasks[0].marked.clone().unwrap();
    assert!(marked.len() < 100, "not all are kept: {}", marked.len());
    let of_other: Vec<&String> = marked.iter().filter(|name| name.starts_with("Job det-99887766-")).collect();
    assert_eq!(of_other, ["Job det-99887766-cmd-700"]);
}

/// Answers one question without TLS.
fn plain(body: &'static str) -> String {
    use std::io::{Read as _, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]);
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length:";
        let _ = write!(stream, "{head} {}\r\n\r\n{body}", body.len());
    });
    url
}

pub(crate) fn only_a_master_is_taken_for_one() {
    let table = [
        (r#"{"version":"0.38.1","cluster_id":"5b8f","master_id":"7","cluster_name":""}"#, true),
        (r#"{"version":"0.38.1","clusterId":"5b8f"}"#, true),
        (r#"{"version":"0.38.1"}"#, false),
        (r#"{"status":"ok"}"#, false),
        ("[]", false),
        ("{}", false),
    ];
    for (body, is_master) in table {
        let target = ToReach { url: plain(body), proxy: None };
        let reached = cluster::reach(vec![target], Duration::from_secs(10)).pop().unwrap();
        match reached {
            Ok(()) => assert!(is_master, "{body}"),
            Err(failure) => assert_eq!((is_master, failure.why), (false, Why::NotKubernetes), "{body}"),
        }
    }
}
