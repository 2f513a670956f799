//! An unknown slot type.

use super::context::{invalid, manager_path};
use super::decoding::nearest;
use super::{Context, Rule};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "slot-type",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a `slot_type` that is none of cuda, rocm and cpu",
    why: "One slot type holds for all pools of a resource manager. The master takes `cuda`, `rocm` and `cpu` in lower case, and \
          `gpu` as another word for cuda; an explicit empty text is refused too.",
    master_says: &["slot_type must be cuda, cpu, or rocm"],
    facts: &["E-V7"],
    docs: "reference/deploy/master-config-reference#slot-type",
    before: "resource_manager:\n  type: kubernetes\n  slot_type: CUDA\n",
    after: "resource_manager:\n  type: kubernetes\n  slot_type: cuda\n",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for manager in cx.managers() {
        let Some(kubernetes) = manager.kubernetes() else { continue };
        let slot_type = &kubernetes.slot_type;
        if matches!(&*slot_type.value, "cuda" | "rocm" | "cpu") || slot_type.is_broken() {
            continue;
        }
        let path = manager_path(manager.index, "KubernetesRM");
        let finding = RULE.finding(slot_type.span(), format!("\"{}\" is no slot type", slot_type.value));
        let finding = match nearest(&slot_type.value, &["cuda", "rocm", "cpu"]) {
            Some(meant) => finding.help(format!("did you mean `{meant}`?")),
            None => finding.help("write cuda, rocm or cpu"),
        };
        out.push(finding.ends_load(invalid(&path, "slot_type must be cuda, cpu, or rocm")));
    }
}
