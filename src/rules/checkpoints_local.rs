//! Checkpoints that stay in the cluster that writes them.

use std::collections::BTreeSet;

use super::one_cluster::cluster;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "checkpoints-local",
    severity: Severity::Warning,
    effect: Effect::Degrades,
    summary: "checkpoints in a folder, with more than one cluster",
    why: "Storage of type `shared_fs` is a folder of the node that a task runs on, and `directory` one of its container. What \
          an experiment writes in one cluster is not there in another, unless the same file system is mounted in all of \
          them: garbage collection and TensorBoards run in the default resource manager and do not find it, and an \
          experiment cannot go on from a checkpoint of another cluster.",
    master_says: &[],
    facts: &["T-50", "§9.3"],
    docs: "reference/deploy/master-config-reference#checkpoint-storage",
    before: "\
checkpoint_storage:
  type: shared_fs
  host_path: /var/determined
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    after: "\
checkpoint_storage:
  type: gcs
  bucket: determined-checkpoints
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: gke-west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/determined/gke-west.kubeconfig
    resource_pools:
      - pool_name: l4
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(config) = cx.config().filter(|config| config.is_multi()) else {
        return;
    };
    let clusters: BTreeSet<_> = config.managers.iter().map(cluster).collect();
    let storage = config.root.record("checkpoint_storage").and_then(|storage| storage.variant.as_ref());
    let Some((variant, own)) = storage else { return };
    let key = match variant.tag {
        "shared_fs" => "host_path",
        "directory" => "container_path",
        _ => return,
    };
    let Some(entry) = own.entry(key).filter(|_| clusters.len() > 1) else {
        return;
    };
    let folder = own.text(key).unwrap_or_default();
    let message =
        format!("checkpoints in {folder:?} stay in the cluster that writes them, and there are {}", clusters.len());
    let help = "store them in s3, gcs or azure, or mount one file system at this path in all clusters";
    out.push(RULE.finding(entry.span, message).help(help));
}
