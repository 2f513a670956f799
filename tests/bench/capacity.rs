//! How long a large snapshot and many workloads take, and how much memory. Run with
//! `cargo bench --bench capacity`; `-- NODES PODS` changes the size, and `-- keep-all` reads the same file as a program
//! does that keeps whole objects (several GB of memory).
//!
//! Budgets: 5,000 nodes and 150,000 pods read and answered in 5 s of CPU and 60 MB; one placement on
//! 5,000 nodes in 20 ms; 1,000 workloads one after another in 2 s.

mod synthetic;

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;
use std::time::Instant;

use detctl::formats::snapshot;
use detctl::model::inventory::{Interest, Inventory, InventoryBuilder};
use detctl::model::kubernetes_version::KubernetesVersion;
use detctl::model::pod::Pod;
use detctl::scheduling::{Cluster, Copies};

fn main() -> io::Result<()> {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let (nodes, pods) = match sizes.as_slice() {
        [nodes, pods] => (*nodes, *pods),
        _ => (5_000, 150_000),
    };
    let path = snapshot_file(nodes, pods)?;
    let out = &mut io::stdout();
    writeln!(out, "{nodes} nodes, {pods} pods, {} MB of JSON", path.metadata()?.len() / 1_000_000)?;

    if std::env::args().any(|argument| argument == "keep-all") {
        return keep_all(&path, out);
    }
    let pod = pod("bench", "");
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let inventory = read(&path, &pod)?;
    writeln!(out, "read              {:>8.2} s   {:.2} s CPU", start.elapsed().as_secs_f64(), cpu_seconds() - cpu)?;
    let start = Instant::now();
    let outcome = Cluster::new(&inventory).submit(&pod, Copies::AsManyAsFit);
    writeln!(out, "as many as fit    {:>8.2} ms  {} copies", milliseconds(start), outcome.placed)?;
    writeln!(out, "peak memory       {:>8.1} MB", peak_megabytes())?;

    for ((name, rules), copies) in rules().into_iter().flat_map(|rule| [(rule, 16), (rule, 10_000)]) {
        let pod = self::pod("bench", rules);
        let start = Instant::now();
        let outcome = Cluster::new(&inventory).submit(&pod, Copies::Exactly(copies));
        writeln!(out, "{name:<17} {:>8.2} ms  {} of {copies} copies", milliseconds(start), outcome.placed)?;
    }
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let mut cluster = Cluster::new(&inventory);
    let placed: u64 = (0..1000).map(|_| cluster.submit(&pod, Copies::Exactly(4)).placed).sum();
    writeln!(
        out,
        "1,000 workloads   {:>8.2} ms  {:.2} s CPU, {placed} of 4,000 copies",
        milliseconds(start),
        cpu_seconds() - cpu
    )
}

/// What a reader costs that keeps every object as the API's own types.
fn keep_all(path: &PathBuf, out: &mut impl io::Write) -> io::Result<()> {
    #[derive(serde::Deserialize)]
    #[serde(tag = "kind")]
    enum Item {
        Node(Box<k8s_openapi::api::core::v1::Node>),
        Pod(Box<k8s_openapi::api::core::v1::Pod>),
    }
    #[derive(serde::Deserialize)]
    struct List {
        items: Vec<Item>,
    }
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let list: List = serde_json::from_reader(io::BufReader::new(File::open(path)?))?;
    let pods = list.items.iter().filter(|item| matches!(item, Item::Pod(pod) if pod.spec.is_some())).count();
    let nodes = list.items.iter().filter(|item| matches!(item, Item::Node(node) if node.spec.is_some())).count();
    writeln!(
        out,
        "keep all          {:>8.2} s   {:.2} s CPU, {nodes} nodes, {pods} pods",
        start.elapsed().as_secs_f64(),
        cpu_seconds() - cpu
    )?;
    writeln!(out, "peak memory       {:>8.1} MB", peak_megabytes())
}

fn rules() -> [(&'static str, &'static str); 4] {
    [
        ("plain", ""),
        (
            "node affinity",
            r#","affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"pool","operator":"In","values":["p1","p2"]}]}]}}}"#,
        ),
        (
            "spread",
            r#","topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"topology.kubernetes.io/zone","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"job":"x"}}}]"#,
        ),
        (
            "anti-affinity",
            r#","affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"job":"x"}}}]}}"#,
        ),
    ]
}

fn pod(name: &str, rules: &str) -> Pod {
    let text = format!(
        r#"{{"kind":"Pod","metadata":{{"name":"{name}","labels":{{"job":"x"}}}},"spec":{{"containers":[{{"name":"c","resources":{{"limits":{{"nvidia.com/gpu":"1","cpu":"1"}}}}}}],"tolerations":[{{"key":"nvidia.com/gpu","operator":"Exists"}}]{rules}}}}}"#
    );
    snapshot::read_pod(&text).expect("the benchmark's own pod is well-formed")
}

fn read(path: &PathBuf, pod: &Pod) -> io::Result<Inventory> {
    let mut builder = InventoryBuilder::new(KubernetesVersion::default(), Interest::of([pod]));
    snapshot::read(File::open(path)?, &mut builder).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(builder.finish())
}

fn snapshot_file(nodes: usize, pods: usize) -> io::Result<PathBuf> {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("cluster-{nodes}-{pods}.json"));
    if !path.exists() {
        let partial = path.with_extension("partial");
        let mut file = BufWriter::new(File::create(&partial)?);
        synthetic::write(&mut file, nodes, pods)?;
        file.flush()?;
        std::fs::rename(partial, &path)?;
    }
    Ok(path)
}

fn milliseconds(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}

/// User and system time of this process, where the system shows it; else 0.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The most memory that this process ever had resident, where the system shows it; else 0.
fn peak_megabytes() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1000.0
}
