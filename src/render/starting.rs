//! A first configuration to go on from, after the worked examples of the documentation page: the cluster that the master
//! runs in, and one additional resource manager for each other cluster.

use std::fmt::Write as _;

use crate::emit::{unquoted, word};
use crate::model::verdict::Kind;
use crate::naming::{Template, kubeconfig_files};
use crate::shell;

/// A cluster to start with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The name of its resource manager.
    pub name: String,
    /// The context by which it is reached from here, where one was named.
    pub context: Option<String>,
}

/// The text of a configuration; the first cluster is that of the default resource manager.
#[must_use]
pub fn starting(kind: Kind, clusters: &[Start]) -> String {
    match kind {
        Kind::Master => master(clusters, Place::Pod),
        Kind::HelmValues => values(clusters),
        Kind::Devcluster => devcluster(clusters),
    }
}

/// Where the master runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a pod of the first cluster.
    Pod,
    /// On the machine of a developer.
    Here,
}

const SLOTS: &str = "# Most slots that one pod takes: the GPUs of a node.";

fn heading(clusters: &[Start], what: &str) -> String {
    let names: Vec<String> = clusters.iter().map(|cluster| word(&cluster.name)).collect();
    format!(
        "# {what} for {}: {}.\n# What is marked with CHANGE is yours to say.\n",
        if names.len() == 1 { "one cluster" } else { "several clusters" },
        names.join(", ")
    )
}

const CHECKPOINTS: &str = "# Every cluster has to reach the checkpoints.\n";

const BUCKET: &str = "  type: s3\n  bucket: determined-checkpoints # CHANGE\n";

fn pool(name: &str) -> String {
    word(&pool_name(name))
}

fn pool_name(name: &str) -> String {
    format!("{name}-pool")
}

fn master(clusters: &[Start], place: Place) -> String {
    let mut text = String::new();
    if place == Place::Pod {
        text.push_str(&heading(clusters, "A configuration of the master"));
        let _ = write!(text, "\n{CHECKPOINTS}checkpoint_storage:\n{BUCKET}");
    }
    for (index, (cluster, file)) in clusters.iter().zip(files(clusters)).enumerate() {
        match index {
            0 => first(&mut text, cluster, &file, place),
            1 => text.push_str(
                "\n# Other clusters. Nothing is taken over from the default one.\nadditional_resource_managers:\n",
            ),
            _ => {}
        }
        if index > 0 {
            additional(&mut text, cluster, &file, place);
        }
    }
    text
}

fn first(text: &mut String, cluster: &Start, file: &str, place: Place) {
    let name = word(&cluster.name);
    text.push_str("\n# The default resource manager, also for requests that name no pool.\nresource_manager:\n");
    let _ = writeln!(text, "  type: kubernetes\n  cluster_name: {name}\n  {SLOTS}\n  max_slots_per_pod: 8 # CHANGE");
    match place {
        Place::Pod => text.push_str("  # The Service of the master, by which tasks of this cluster find it.\n  master_service_name: determined-master-service-determined\n"),
        Place::Here => connection(text, "  ", (cluster, file), place),
    }
    let pool = pool(&cluster.name);
    let _ = writeln!(text, "  default_aux_resource_pool: {pool}\n  default_compute_resource_pool: {pool}");
    let _ = writeln!(text, "# Names of pools are unique across all clusters.\nresource_pools:\n  - pool_name: {pool}");
}

fn additional(text: &mut String, cluster: &Start, file: &str, place: Place) {
    let name = word(&cluster.name);
    let _ = writeln!(
        text,
        "  - resource_manager:\n      type: kubernetes\n      cluster_name: {name}\n      max_slots_per_pod: 8 # CHANGE"
    );
    connection(text, "      ", (cluster, file), place);
    let pool = pool(&cluster.name);
    let _ = writeln!(text, "      {GATEWAY}\n    resource_pools:\n      - pool_name: {pool}");
}

const GATEWAY: &str = "# Notebooks and TensorBoards need an internal_task_gateway here.";

/// The names of the files with the kubeconfigs.
fn files(clusters: &[Start]) -> Vec<String> {
    kubeconfig_files(&clusters.iter().map(|cluster| cluster.name.as_str()).collect::<Vec<_>>())
}

/// The option that says by which context a cluster is reached, as a shell takes it.
fn map(cluster: &Start) -> String {
    let option = |context: &String| format!(" --map {}", shell::word(&format!("{}={context}", cluster.name)));
    cluster.context.as_ref().map_or(String::new(), option)
}

/// How the master reaches a cluster, and its tasks the master.
fn connection(text: &mut String, margin: &str, (cluster, file): (&Start, &str), place: Place) {
    match place {
        Place::Pod => {
            let map = map(cluster);
            let _ = writeln!(
                text,
                "{margin}# Made by `detctl secrets create FILE{map}`, and mounted into the master's pod."
            );
            let _ = writeln!(text, "{margin}kubeconfig_path: /etc/determined/{file}");
        }
        Place::Here => {
            let context = cluster.context.as_deref();
            let context = context.map_or(String::new(), |context| format!(" --context {}", shell::word(context)));
            let _ = writeln!(text, "{margin}# kubectl config view --minify --flatten{context} > ~/.kube/{file}");
            let _ = writeln!(text, "{margin}kubeconfig_path: ~/.kube/{file}");
        }
    }
    let _ = writeln!(text, "{margin}# The address of the master as tasks of this cluster reach it.");
    match place {
        Place::Pod => {
            let _ = writeln!(text, "{margin}determined_master_host: det.example.com # CHANGE");
        }
        Place::Here => {
            let _ = writeln!(text, "{margin}determined_master_host: $DOCKER_LOCALHOST # CHANGE");
        }
    }
    let _ = writeln!(text, "{margin}determined_master_port: 8080");
}

fn devcluster(clusters: &[Start]) -> String {
    let mut text = heading(clusters, "A devcluster file");
    text.push_str("stages:\n  - db: {}\n  - master:\n      config_file:\n        db:\n          host: localhost\n          port: \"5432\"\n          user: postgres\n          password: postgres\n          name: determined\n");
    for line in master(clusters, Place::Here).lines() {
        let margin = if line.is_empty() { "" } else { "        " };
        let _ = writeln!(text, "{margin}{line}");
    }
    text
}

fn values(clusters: &[Start]) -> String {
    let mut text = heading(clusters, "Values of the Determined chart");
    text.push_str("\n# CHANGE it, or leave it out and give it with --set-string initialUserPassword=…\ninitialUserPassword: Change-me-first-1\n");
    let _ = write!(text, "\n{CHECKPOINTS}checkpointStorage:\n{BUCKET}");
    let secrets =
        Template::default().secrets(&clusters.iter().map(|cluster| cluster.name.as_str()).collect::<Vec<_>>());
    for (index, ((cluster, secret), file)) in clusters.iter().zip(secrets).zip(files(clusters)).enumerate() {
        let pool = pool(&cluster.name);
        if index == 0 {
            // The chart prints these without quotes.
            let (name, default) = (word(&unquoted(&cluster.name)), word(&unquoted(&pool_name(&cluster.name))));
            let _ = writeln!(
                text,
                "\n# The default resource manager: the cluster that the chart is installed in.\nresourceManager:\n  clusterName: {name}\n{SLOTS}\nmaxSlotsPerPod: 8 # CHANGE"
            );
            let _ = writeln!(
                text,
                "defaultAuxResourcePool: {default}\ndefaultComputeResourcePool: {default}\n# Names of pools are unique across all clusters.\nresourcePools:\n  - pool_name: {pool}"
            );
            continue;
        }
        if index == 1 {
            text.push_str("\n# Other clusters, in the master's own spelling. Nothing is taken over from the\n# default resource manager.\nadditional_resource_managers:\n");
        }
        let (name, map) = (word(&cluster.name), map(cluster));
        let _ = writeln!(
            text,
            "  - resource_manager:\n      type: kubernetes\n      cluster_name: {name}\n      max_slots_per_pod: 8 # CHANGE"
        );
        let _ = writeln!(
            text,
            "      # The Secret with its kubeconfig, and the key in it, made by\n      # `detctl secrets create FILE{map}`."
        );
        let _ =
            writeln!(text, "      kubeconfig_secret_name: {secret}\n      kubeconfig_secret_value: {}", word(&file));
        let _ = writeln!(
            text,
            "      # The address of the master as tasks of this cluster reach it, known after\n      # the first installation.\n      determined_master_host: det.example.com # CHANGE\n      determined_master_port: 8080"
        );
        let _ = writeln!(text, "      {GATEWAY}\n    resource_pools:\n      - pool_name: {pool}");
    }
    text
}
