//! Parts of a pod spec that Determined keeps for itself.

use super::context::invalid;
use super::{Context, Rule};
use crate::decode::{Decoded, Entry, Record};
use crate::diagnostic::{Effect, Finding, Severity};

pub(super) static RULE: Rule = Rule {
    id: "pod-spec-setting",
    severity: Severity::Error,
    effect: Effect::Refuses,
    summary: "a part of a pod spec that Determined sets itself",
    why: "Name and namespace of the pod, host networking, and of the container `determined-container` its image, command, \
          arguments, working directory, ports, probes and a few more are Determined's own. The master refuses pod specs \
          that set them, in the root's defaults and in pools.",
    master_says: &[
        "pod Name is not a configurable option: <x> does not equal ",
        "host networking must be configured via master.yaml: expected false, got true",
        "container Image is not configurable, set it in the experiment config: <x> does not equal ",
        "container Command is not configurable: <n> does not equal 0",
        "container LivenessProbe is not configurable: expected true, got false",
        "container ImagePullPolicy is not configurable, set it in the experiment config: <x> doesn't match regex ",
    ],
    facts: &["E-V16", "§2.7"],
    docs: "setup-cluster/k8s/custom-pod-specs",
    before: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
task_container_defaults:
  gpu_pod_spec:
    apiVersion: v1
    kind: Pod
    metadata:
      namespace: det-jobs
",
    after: "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  default_namespace: det-jobs
",
    check: Some(check),
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for (path, defaults) in cx.records("model.TaskContainerDefaultsConfig") {
        for key in ["cpu_pod_spec", "gpu_pod_spec", "checkpoint_gc_pod_spec"] {
            if let Some(pod) = defaults.record(key) {
                Pod { path, out }.check(pod);
            }
        }
    }
}

struct Pod<'a> {
    path: &'a str,
    out: &'a mut Vec<Finding>,
}

impl Pod<'_> {
    fn refuse(&mut self, entry: &Entry, what: &str, words: &str) {
        let finding = RULE
            .finding(entry.key.unwrap_or(entry.span), format!("{what} cannot be set in a pod spec"))
            .help("remove it");
        self.out.push(finding.ends_load(invalid(self.path, words)));
    }

    fn check(&mut self, pod: &Record) {
        if let Some(metadata) = pod.record("metadata") {
            self.equal(metadata, "name", "the pod's name", "pod Name is not a configurable option");
            self.equal(metadata, "namespace", "the pod's namespace", "pod Namespace is not a configurable option");
        }
        let Some(spec) = pod.record("spec") else {
            return;
        };
        if let (Some(true), Some(entry)) = (spec.bool("hostNetwork"), spec.entry("hostNetwork")) {
            let words = "host networking must be configured via master.yaml: expected false, got true";
            self.refuse(entry, "host networking", words);
        }
        for container in spec.list("containers").unwrap_or(&[]).iter().filter_map(Entry::as_record) {
            if container.text("name") == Some("determined-container") {
                self.container(container);
            }
        }
    }

    fn equal(&mut self, of: &Record, key: &str, what: &str, words: &str) {
        if let (Some(text), Some(entry)) = (of.text(key).filter(|text| !text.is_empty()), of.entry(key)) {
            self.refuse(entry, what, &format!("{words}: {text} does not equal "));
        }
    }

    fn container(&mut self, container: &Record) {
        const CONFIG: &str = ", set it in the experiment config";
        self.equal(container, "image", "the image", &format!("container Image is not configurable{CONFIG}"));
        self.equal(container, "workingDir", "the working directory", "container WorkingDir is not configurable");
        for (key, words) in [
            ("command", "container Command is not configurable"),
            ("args", "container Args are not configurable"),
            ("ports", "container Ports are not configurable"),
        ] {
            let count = container.list(key).map_or(0, <[Entry]>::len);
            if let (1.., Some(entry)) = (count, container.entry(key)) {
                self.refuse(entry, &format!("`{key}`"), &format!("{words}: {count} does not equal 0"));
            }
        }
        for (key, name) in [
            ("livenessProbe", "LivenessProbe"),
            ("readinessProbe", "ReadinessProbe"),
            ("startupProbe", "StartupProbe"),
            ("lifecycle", "Lifecycle"),
        ] {
            let Some(entry) = container.entry(key).filter(|entry| !matches!(entry.value, Decoded::Null)) else {
                continue;
            };
            let words = format!("container {name} is not configurable: expected true, got false");
            self.refuse(entry, &format!("`{key}`"), &words);
        }
        for (key, name, more) in [
            ("terminationMessagePath", "TerminationMessagePath", ""),
            ("terminationMessagePolicy", "TerminationMessagePolicy", ""),
            ("imagePullPolicy", "ImagePullPolicy", CONFIG),
        ] {
            if let (Some(text), Some(entry)) =
                (container.text(key).filter(|text| !text.is_empty()), container.entry(key))
            {
                let words = format!("container {name} is not configurable{more}: {text} doesn't match regex ");
                self.refuse(entry, &format!("`{key}`"), &words);
            }
        }
    }
}
