//! An unknown slot type.

use super::context::{invalid, manager_path, one_of};
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};
use crate::release::Behaviour;
use crate::spelling;

pub(super) static RULE: Rule = Rule {
    id: "slot-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `slot_type` that is none of cuda, rocm and cpu",
    why: "One slot type holds for all pools of a resource manager. The master takes `cuda`, `rocm` and `cpu` in lower case, and \
          `gpu` as another word for cuda; an explicit empty text is refused too.",
    master_says: &[
        "slot_type must be cuda, cpu, or rocm",
        "rocm slot_type is not supported yet on k8s",
        "slot_type must be either cuda or cpu",
    ],
    facts: &["E-V7"],
    docs: "reference/deploy/master-config-reference#slot-type",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: CUDA
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  slot_type: cuda
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        let Some(kubernetes) = manager.kubernetes() else {
            continue;
        };
        let slot_type = &kubernetes.slot_type;
        let rocm = cx.release().has(Behaviour::RocmOnKubernetes);
        let words = match &*slot_type.value {
            "cuda" | "cpu" => continue,
            "rocm" if rocm => continue,
            _ if slot_type.is_broken() => continue,
            "rocm" => "rocm slot_type is not supported yet on k8s",
            _ if rocm => "slot_type must be cuda, cpu, or rocm",
            _ => "slot_type must be either cuda or cpu",
        };
        let path = manager_path(manager.index, "KubernetesRM");
        let known: &[&str] = if rocm { &["cuda", "rocm", "cpu"] } else { &["cuda", "cpu"] };
        let message = match &*slot_type.value {
            "rocm" => format!("release {} has no slot type rocm on Kubernetes", cx.release()),
            other => format!("\"{other}\" is no slot type"),
        };
        // Words of three letters are all alike.
        let is_long = slot_type.value.len() > 3;
        let near = |meant: &&str| is_long || meant.eq_ignore_ascii_case(&slot_type.value);
        let help = match spelling::closest(&slot_type.value, known.iter().copied().chain(["gpu"])).filter(near) {
            Some("gpu") => "did you mean `cuda`?".to_owned(),
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write {}", one_of(known)),
        };
        let finding = RULE.finding(slot_type.span(), message).help(help);
        out.push(finding.ends_load(invalid(&path, words)));
    }
}
