//! The room `cluster` against a made-up cluster, and against every way to fail.

use std::time::{Duration, Instant};

use detctl::cluster::{self, Compression, Endpoint, Failure, Login, Pace, Reading, Target, Trust, Wanted, Why};
use detctl::formats::snapshot::read_pod;
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
        Fault::Html | Fault::WrongContentType => Why::NotKubernetes,
        Fault::WrongJson | Fault::EndlessPages => Why::Malformed,
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
