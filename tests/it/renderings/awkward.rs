//! Texts that some reader takes for something else, in every place where a name can stand.

use detctl::render::{Failure, Remark};
use serde_json::{Value, json};

use super::{flow, holds, render, request};
use crate::support::root;

/// The recorded words, and more with a meaning to YAML, Helm or a terminal.
pub(super) fn words() -> Vec<String> {
    let mut table = csv::Reader::from_path(root().join("fixtures/scalars/scalar-resolution.csv")).unwrap();
    let mut words: Vec<String> = table.records().map(|record| record.unwrap()[0].to_owned()).collect();
    assert!(words.len() > 200);
    let controls =
        (0..0x20).chain([0x7f, 0x80, 0x85, 0x9f, 0xa0, 0xad, 0x2028, 0x2029, 0xfeff, 0xfffe, 0xffff, 0x1f680, 0xe0001]);
    for code in controls.filter_map(char::from_u32) {
        words.extend([format!("a{code}b"), format!(" {code}")]);
    }
    let more = [
        "a: b",
        "x #y",
        "#y",
        "&a x",
        "*a",
        "!t x",
        "!!str",
        "- a",
        "-",
        "? a",
        ": a",
        "a:",
        "[a]",
        "{a: b}",
        "a, b",
        "\"a\"",
        "'a'",
        "'",
        "\"",
        "\\",
        "\\n",
        "%a",
        "@a",
        "`a`",
        "|",
        ">",
        "|-\n  a",
        "---",
        "...",
        "--- a",
        " a",
        "a ",
        "{{ .Values.x }}",
        "${x}",
        "$x",
        "a\n      max_slots_per_pod: 9",
        "a\r\nb",
        "a\n",
        "\n\na",
        "é",
        "日本語",
        "a\u{301}",
        "2001-12-14",
        "12:30:45",
        "0o17",
        "1_000",
        "<<",
        "=",
        ".",
        "..",
        "/",
        "~",
        "null",
        "true",
        "y",
        "1e3",
    ];
    words.extend(more.map(str::to_owned));
    words.push("x".repeat(1_100));
    words.push("é: ".repeat(500));
    words
}

/// Where a word stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Configured {
    /// In every place, none of which is the same as another.
    Everywhere,
    /// Not in pod specs and not as a key.
    WithoutPods,
    /// Not in pools and additional managers either.
    WithoutLists,
}

fn configuration(word: &str, places: Configured) -> Value {
    let mut configuration = everywhere(word);
    if places == Configured::Everywhere {
        return configuration;
    }
    let without = |of: &mut Value, key: &str| {
        let _ = of.as_object_mut().unwrap().remove(key);
    };
    without(&mut configuration["task_container_defaults"], "cpu_pod_spec");
    without(&mut configuration["resource_pools"][1], "task_container_defaults");
    without(&mut configuration["additional_resource_managers"][0]["resource_manager"], "metadata");
    if places == Configured::WithoutLists {
        without(&mut configuration, "resource_pools");
        without(&mut configuration, "additional_resource_managers");
    }
    configuration
}

fn everywhere(word: &str) -> Value {
    let pod = json!({
        "metadata": {"labels": {"k": word, format!("k{word}"): "v"}, "annotations": {"a": word}},
        "spec": {"nodeSelector": {"k": word}, "containers": [{"name": "determined-container", "command": [word]}]},
    });
    json!({
        "cluster_name": word,
        "checkpoint_storage": {"type": "s3", "bucket": format!("b{word}"), "prefix": word, "endpoint_url": word},
        "db": {"user": format!("u{word}"), "host": format!("h{word}"), "name": format!("n{word}")},
        "task_container_defaults": {
            "startup_hook": format!("echo {word}\necho"),
            "dtrain_network_interface": format!("i{word}"),
            "image": {"cpu": format!("c{word}"), "cuda": format!("g{word}"), "rocm": format!("r{word}")},
            "cpu_pod_spec": pod,
        },
        "resource_manager": {
            "type": "kubernetes",
            "cluster_name": format!("{word}"),
            "max_slots_per_pod": 4,
            "default_namespace": word,
            "determined_master_host": format!("h{word}"),
            "determined_master_port": 8080,
            "default_aux_resource_pool": word,
            "default_compute_resource_pool": format!("{word}2"),
        },
        "resource_pools": [
            {"pool_name": word, "description": word},
            {"pool_name": format!("{word}2"), "task_container_defaults": {"gpu_pod_spec": pod}},
        ],
        "additional_resource_managers": [{
            "resource_manager": {
                "type": "kubernetes",
                "cluster_name": format!("{word}1"),
                "max_slots_per_pod": 2,
                "kubeconfig_path": format!("/k/{word}"),
                "default_namespace": word,
                "determined_master_host": word,
                "determined_master_port": 8080,
                "default_aux_resource_pool": word,
                "default_compute_resource_pool": word,
                "metadata": {word: word},
            },
            "resource_pools": [{"pool_name": format!("{word}3"), "description": word}],
        }],
    })
}

/// Where a word survives only by being refused: Helm writes pod specs as JSON, and pools and additional managers as YAML that
/// went through JSON, and no quotes can stand inside of the value there.
fn breaks(word: &str) -> Option<Configured> {
    if word.contains(|c| matches!(u32::from(c), 0x7f..0xa0 | 0xfffe | 0xffff)) {
        return Some(Configured::WithoutLists);
    }
    (matches!(word, "<<" | "\n") || word.len() > 1_000).then_some(Configured::WithoutPods)
}

/// Whether a word holds a line break of YAML 1.1 and what is refused by name are texts of additional managers, which the chart
/// indents anew.
fn is_folded(word: &str, lost: &[String]) -> bool {
    word.contains(['\u{2028}', '\u{2029}'])
        && lost.iter().all(|setting| setting.starts_with("additional_resource_managers"))
}

#[test]
fn awkward_texts_stay_what_they_are_in_every_place() {
    let mut wrong = Vec::new();
    for word in words() {
        let outcome = match breaks(&word) {
            None => holds(&flow(&configuration(&word, Configured::Everywhere))),
            Some(places) => holds(&flow(&configuration(&word, places))),
        };
        match outcome {
            Ok(lost) if lost.is_empty() || is_folded(&word, &lost) => {}
            Ok(lost) => wrong.push(format!("{:.60} loses {lost:?}", format!("{word:?}"))),
            Err(why) => wrong.push(format!("{:.60}: {why:.900}", format!("{word:?}"))),
        }
    }
    assert!(wrong.is_empty(), "{} of them:\n{}", wrong.len(), wrong.join("\n\n"));
}

/// What no quotes survive is refused by name.
#[test]
fn texts_that_break_what_helm_writes_are_refused_by_name() {
    for word in ["a\u{7f}b", "a\u{85}b", "a\u{fffe}b", "<<", "\n"] {
        let text = format!(
            "resource_manager: {{type: kubernetes, max_slots_per_pod: 1, cluster_name: {0}}}\nresource_pools:\n  - pool_name: a\n    \
             description: {0}\n    task_container_defaults: {{cpu_pod_spec: {{metadata: {{labels: {{? {0} : {0}}}}}}}}}\n\
             task_container_defaults: {{cpu_pod_spec: {{metadata: {{labels: {{? {0} : {0}}}}}}}}}\n",
            super::quoted(word)
        );
        match render(&text, &request("rel", "detns", &[])) {
            Err(Failure::Impossible(remarks) | Failure::Unproven(remarks)) => {
                let is_named =
                    |remark: &Remark| remark.setting.contains("pod_spec") || remark.setting.contains("description");
                assert!(!remarks.is_empty() && remarks.iter().all(is_named), "{word:?}: {remarks:?}");
            }
            other => panic!("{word:?}: {other:?}"),
        }
    }
}

/// Helm takes these words out of its text. Where quotes can stand inside of the value they survive; elsewhere they are
/// refused by name.
#[test]
fn the_words_that_helm_takes_out_survive_where_they_can() {
    let lost = holds(&flow(&everywhere("a <no value>"))).unwrap();
    assert!(lost.contains(&"resource_pools[0].pool_name".to_owned()), "{lost:?}");
    for survives in ["cluster_name", "resource_manager.cluster_name", "resource_manager.default_aux_resource_pool"] {
        assert!(!lost.contains(&survives.to_owned()), "{lost:?}");
    }
}
