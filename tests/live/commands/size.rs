//! A large cluster: what it costs to read, beside a reader that only reads.
//!
//! 500 nodes and 10,000 pods; `DETCTL_SIZE=5000/150000` for more. `DETCTL_PROGRAM` names another program than the one that
//! was built with the tests, such as an optimised one. The figures are printed; memory is held to its bound.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::failing::FailingServer;
use crate::failing::large::Large;
use crate::plane::client::{Client, Login};
use crate::program::{Folder, kubeconfig};

/// The most memory that the program may take, in KiB, of whatever size the cluster is.
const MEMORY: u64 = 60 << 10;

/// What code without optimisations takes more, in KiB: it is several times as large.
const UNOPTIMISED: u64 = 16 << 10;

/// The program that is asked for, else the one that was built with the tests; and how much memory it may take.
fn program() -> (String, u64) {
    match std::env::var("DETCTL_PROGRAM") {
        Ok(program) => (program, MEMORY),
        Err(_) if cfg!(debug_assertions) => (env!("CARGO_BIN_EXE_detctl").to_owned(), MEMORY + UNOPTIMISED),
        Err(_) => (env!("CARGO_BIN_EXE_detctl").to_owned(), MEMORY),
    }
}

/// What a run cost.
struct Cost {
    wall: Duration,
    /// Of the processors, in ticks of 1/100 s.
    ticks: u64,
    /// Peak of what was resident, in KiB.
    memory: u64,
    answer: Value,
}

fn size() -> Large {
    let asked = std::env::var("DETCTL_SIZE").ok();
    let asked = asked.and_then(|asked| {
        let (nodes, pods) = asked.split_once('/')?;
        Some(Large { nodes: nodes.parse().ok()?, pods: pods.parse().ok()? })
    });
    asked.unwrap_or(Large { nodes: 500, pods: 10_000 })
}

#[expect(clippy::print_stdout, reason = "the figures are what a larger size is asked for")]
pub(crate) fn memory_does_not_grow_with_the_cluster() {
    let large = size();
    let server = FailingServer::large(large);
    let amounts = json!({"nvidia.com/gpu": "8"});
    let pod = json!({"metadata": {"name": "p", "namespace": "default"}, "spec": {"containers": [{"name": "c",
        "image": "i", "resources": {"requests": amounts, "limits": amounts}}]}});
    let folder = Folder::new().with("pod.json", &pod.to_string()).with("kubeconfig", &kubeconfig(&server).yaml());
    let (pages, plain, bytes) = read_plainly(&server);
    let cost = run(&folder, &[]);
    assert_eq!(cost.answer["placed"], 1, "all nodes but one are full");
    println!(
        "{} nodes, {} pods: {:.2} s, {:.2} s of processors, {} MiB; only reading {pages} pages, {} MiB: {:.2} s",
        large.nodes,
        large.pods,
        cost.wall.as_secs_f64(),
        cost.ticks as f64 / 100.0,
        cost.memory >> 10,
        bytes >> 20,
        plain.as_secs_f64()
    );
    assert!(cost.memory <= program().1, "{} KiB", cost.memory);
    let fast = run(&folder, &["--fast"]);
    println!(
        "  with --fast: {:.2} s, {:.2} s of processors, {} MiB",
        fast.wall.as_secs_f64(),
        fast.ticks as f64 / 100.0,
        fast.memory >> 10
    );
    assert_eq!(fast.answer, cost.answer);
    assert!(fast.memory <= program().1, "{} KiB", fast.memory);
}

/// The pages of pods, one after another, as `curl` would read them: how many, how long, how much.
fn read_plainly(server: &FailingServer) -> (usize, Duration, usize) {
    let client = Client::new(&server.url, server.authority(), &Login::Nobody);
    let (since, mut pages, mut bytes) = (Instant::now(), 0, 0);
    let mut next = String::new();
    loop {
        let text = client.text(&format!("/api/v1/pods?limit=500{next}"));
        pages += 1;
        bytes += text.len();
        let head = text.split_once("\"continue\":\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
        if head.is_empty() {
            return (pages, since.elapsed(), bytes);
        }
        next = format!("&continue={head}");
    }
}

fn run(folder: &Folder, more: &[&str]) -> Cost {
    let program = program().0;
    let since = Instant::now();
    let mut child = Command::new(program)
        .args(["capacity", "--live", "--kubeconfig=kubeconfig", "--pod=pod.json", "--copies=2", "--format=json"])
        .arg("--timeout=10m")
        .args(more)
        .current_dir(folder.path(""))
        .env_clear()
        .stdin(Stdio::null())
        .stdout(fs::File::create(folder.path("answer")).unwrap())
        .spawn()
        .unwrap();
    let (mut ticks, mut memory) = (0, 0);
    // Looked at until it ends: the last look misses a few milliseconds.
    while child.try_wait().unwrap().is_none() {
        let of = |file: &str| fs::read_to_string(format!("/proc/{}/{file}", child.id())).unwrap_or_default();
        let peak =
            of("status").lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
        memory = peak.unwrap_or(memory);
        let stat = of("stat");
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks_of = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok()).unwrap_or(0);
        ticks = ticks.max(ticks_of(11) + ticks_of(12));
        std::thread::sleep(Duration::from_millis(5));
    }
    let answer = serde_json::from_str(&fs::read_to_string(folder.path("answer")).unwrap()).unwrap();
    Cost { wall: since.elapsed(), ticks, memory, answer }
}
