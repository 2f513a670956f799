//! What is known of the master, row by row, and where detctl makes use of it.
//!
//! A row is an error or a warning of the master (facts §3.1–3.4), a trap (§11) or an addition (§13). Each is
//! covered by rules, waits for the issue that brings it, or is left out for a reason.

use std::collections::BTreeSet;

use detctl::rules;

use crate::support::run;

use By::{Answer, Not, Rule};

/// Who takes care of a row.
enum By {
    /// A rule of this id.
    Rule(&'static str),
    /// The answers of this command, which show what comes of it on a cluster.
    Answer(&'static str),
    /// Nobody, for this reason.
    Not(&'static str),
}

type Row = (&'static str, &'static [By]);

const READ: &[Row] = &[
    ("E-L1", &[Not("the path of the master's file is not in the file; a file that detctl cannot open is exit code 2")]),
    ("W-L2", &[Not("the path of the master's file is not in the file")]),
    ("E-L3", &[Rule("invalid-yaml"), Rule("not-json"), Rule("root-not-mapping"), Rule("not-utf8")]),
    ("P-L4", &[Rule("lone-pod-specs")]),
    ("E-L5", &[Rule("old-schema")]),
    ("W-L6", &[Rule("old-key-converted")]),
    (
        "E-L7",
        &[
            Rule("unknown-key"),
            Rule("missing-type"),
            Rule("additional-managers-misspelt"),
            Rule("managers-inside-manager"),
            Rule("pools-inside-manager"),
            Rule("chart-key-in-master"),
            Rule("retired-key"),
        ],
    ),
    ("E-L8", &[Rule("unknown-type")]),
    ("E-L9", &[Rule("wrong-type")]),
    ("E-L10", &[Rule("wrong-type")]),
    ("E-L11", &[Rule("wrong-type")]),
    ("E-L12", &[Rule("wrong-type"), Rule("unreadable-value")]),
    ("E-L13", &[Rule("unreadable-value")]),
];

const RESOLVE: &[Row] = &[
    ("P-R1", &[Rule("additional-manager-missing")]),
    ("E-R2", &[Rule("additional-manager-pbs")]),
    ("P-R3", &[Rule("additional-manager-empty")]),
    ("W/E-R4", &[Rule("agent-scheduler-removed"), Rule("fair-share-deprecated")]),
    ("E-R5", &[Rule("max-slots-per-pod-missing")]),
    ("E-R6", &[Rule("max-slots-per-pod-missing")]),
    ("W-R7", &[Rule("max-slots-per-pod-ignored")]),
    ("E-R8", &[Rule("max-slots-per-pod-negative")]),
    ("E-R9", &[Rule("default-scheduler-preemption")]),
];

const VALIDATE: &[Row] = &[
    ("E-V1", &[Rule("no-resource-pools")]),
    ("E-V2", &[Rule("duplicate-cluster-name")]),
    ("E-V3", &[Rule("duplicate-pool-name")]),
    ("E-V4", &[Rule("duplicate-pool-name")]),
    ("E-V5", &[Rule("additional-manager-type")]),
    ("E-V6", &[Rule("cluster-name-missing")]),
    ("E-V7", &[Rule("slot-type")]),
    ("E-V8", &[Rule("cpu-slots-without-request")]),
    ("E-V9", &[Rule("default-scheduler")]),
    ("E-V10", &[Rule("default-scheduler")]),
    ("E-V11", &[Rule("gateway")]),
    ("E-V12", &[Rule("pool-name-missing")]),
    ("E-V13", &[Rule("pool-aux-containers")]),
    ("E-V14", &[Rule("scheduler-setting")]),
    ("E-V15", &[Rule("task-defaults-setting")]),
    ("E-V16", &[Rule("pod-spec-setting")]),
    ("E-V17", &[Rule("agent-default-pools")]),
    ("E-V18", &[Rule("task-defaults-setting"), Rule("unreadable-value")]),
];

const START: &[Row] = &[
    ("§3.4 initial password", &[Rule("initial-password-missing"), Rule("values-missing")]),
    ("§3.4 default pools bound to workspaces", &[Not("depends on the database, which detctl never opens")]),
    ("§3.4 TLS certificate", &[Not("whether the file is there only the master's machine can tell")]),
    ("§3.4 licence", &[Rule("licence")]),
    ("§3.4 cluster names", &[Rule("cluster-name-missing"), Rule("duplicate-cluster-name")]),
    ("§3.4 slurm or pbs as the default", &[Rule("launcher-with-additional")]),
    ("§3.4 TLS config", &[Not("whether the file is there only the master's machine can tell")]),
    ("§3.4 namespaces in the database", &[Not("depends on the database, which detctl never opens")]),
    ("§3.4 client", &[Rule("kubeconfig-path"), Rule("kubeconfig-unusable"), Rule("cluster-unreachable")]),
    ("§3.4 clientset", &[Rule("kubeconfig-unusable"), Rule("cluster-unreachable")]),
    ("§3.4 gateway clients", &[Rule("gateway-not-ready")]),
    ("§3.4 master address", &[Rule("master-address-missing"), Rule("master-service-not-found")]),
    ("§3.4 system pods", &[Rule("kubeconfig-rights")]),
    ("§3.4 leftover cleanup", &[Rule("kubeconfig-rights")]),
    ("§3.4 node informer", &[Rule("kubeconfig-rights")]),
    ("§3.4 informers per namespace", &[Rule("kubeconfig-rights")]),
    ("§3.4 default namespace", &[Rule("default-namespace-name"), Rule("namespace-not-found")]),
    ("§3.4 watches that end", &[Not("happens after the start and depends on no file")]),
];

const TRAPS: &[Row] = &[
    ("T-1", &[Rule("dropped-key")]),
    ("T-2", &[Rule("dropped-key")]),
    ("T-3", &[Rule("in-cluster-twice")]),
    ("T-4", &[Rule("same-kubeconfig")]),
    ("T-5", &[Rule("duplicate-key"), Rule("values-idle")]),
    ("T-6", &[Rule("kubeconfig-plugin"), Rule("kubeconfig-unusable"), Answer("secrets create")]),
    ("T-7", &[Rule("kubeconfig-files"), Rule("kubeconfig-unusable"), Answer("secrets create")]),
    ("T-8", &[Rule("kubeconfig-context"), Rule("kubeconfig-unusable"), Answer("secrets create")]),
    ("T-9", &[Rule("kubeconfig-server"), Answer("secrets create")]),
    ("T-10", &[Rule("master-address-missing"), Rule("master-service-not-found")]),
    ("T-11", &[Rule("master-address-malformed"), Rule("master-scheme-mismatch"), Rule("master-not-reached")]),
    ("T-12", &[Rule("master-address-malformed"), Rule("master-address-unreachable"), Rule("master-not-reached")]),
    ("T-13", &[Rule("slots-per-pod-unusable")]),
    ("T-14", &[Rule("slots-per-pod-unusable")]),
    ("T-15", &[Rule("max-slots-per-pod-missing"), Rule("max-slots-per-pod-ignored")]),
    ("T-16", &[Rule("pool-resets-task-defaults")]),
    ("T-17", &[Rule("pool-pod-spec-replaces-root")]),
    ("T-18", &[Rule("default-pool-missing")]),
    ("T-19", &[Rule("default-pool-missing"), Answer("route-dry-run")]),
    ("T-20", &[Rule("additional-default-pool")]),
    ("T-21", &[Answer("route-dry-run"), Rule("pool-without-nodes")]),
    ("T-22", &[Rule("pool-tolerations-uncounted"), Answer("route-dry-run")]),
    ("T-23", &[Rule("affinity-without-node-affinity")]),
    ("T-24", &[Rule("cpu-slots-matched-apart")]),
    ("T-25", &[Rule("wrong-type"), Rule("not-json"), Rule("devcluster-retyped")]),
    ("T-26", &[Rule("values-unquoted"), Rule("values-manifest")]),
    ("T-27", &[Rule("octal-number")]),
    ("T-28", &[Rule("devcluster-unset-variable"), Rule("wrong-type"), Rule("devcluster-dollar")]),
    ("T-29", &[Rule("gateway-shared")]),
    ("T-30", &[Rule("gateway-many-ports"), Rule("gateway-not-ready")]),
    ("T-31", &[Rule("gateway-not-ready"), Rule("kubeconfig-rights")]),
    ("T-32", &[Not("depends on bindings that are made later, in the database of the master")]),
    ("T-33", &[Rule("gateway-missing")]),
    ("T-34", &[Rule("vanished-gateway")]),
    ("T-35", &[Rule("vanished-manager")]),
    ("T-36", &[Rule("additional-manager-missing"), Rule("additional-manager-empty")]),
    ("T-37", &[Rule("lone-pod-specs")]),
    ("T-38", &[Rule("case-collision")]),
    ("T-39", &[Rule("second-document"), Rule("duplicate-key"), Rule("devcluster-duplicate-key")]),
    ("T-40", &[Not("the bindings are in the database of the master, and only its API lists them")]),
    ("T-41", &[Rule("default-namespace-name"), Rule("default-namespace-missing"), Rule("namespace-not-found")]),
    ("T-42", &[Rule("foreign-jobs")]),
    ("T-43", &[Rule("kubeconfig-rights")]),
    ("T-44", &[Rule("kubeconfig-expiry"), Rule("kubeconfig-secret"), Answer("secrets check")]),
    ("T-45", &[Rule("values-secret"), Rule("kubeconfig-secret"), Answer("secrets check")]),
    ("T-46", &[Rule("unknown-key")]),
    ("T-47", &[Rule("values-shape")]),
    ("T-48", &[Rule("values-missing")]),
    ("T-49", &[Rule("pool-scheduler-lowers-priority")]),
    ("T-50", &[Rule("checkpoints-local")]),
    ("T-51", &[Rule("cluster-unreachable")]),
    ("T-52", &[Rule("retired-key"), Rule("default-scheduler"), Rule("default-scheduler-preemption")]),
];

const ADDITIONS: &[Row] = &[
    ("§13 directives and documents", &[Rule("invalid-yaml"), Rule("second-document"), Rule("empty-configuration")]),
    ("§13 keys and characters", &[Rule("not-json"), Rule("invalid-yaml")]),
    ("§13 scalars", &[Rule("wrong-type")]),
    ("§13 vanishing keys", &[Rule("vanished-manager"), Rule("vanished-gateway"), Rule("vanished-key")]),
    ("§13 flag-bound keys", &[Rule("flag-value"), Rule("section-setting"), Rule("case-collision")]),
    ("§13 old keys", &[Rule("old-schema"), Rule("old-key-converted"), Rule("preemption-timeout-not-text")]),
    ("§13 strictness", &[Rule("unknown-key"), Rule("dropped-key")]),
    ("§13 only additional resource managers", &[Rule("implied-agent-manager")]),
    ("§13 pools of slurm and pbs", &[Rule("duplicate-pool-name"), Rule("no-resource-pools")]),
    ("§13 bind mounts and devices", &[Rule("task-defaults-setting"), Rule("unreadable-value")]),
    ("§13 wording by Go version", &[Not("detctl prints the words of the released master, which Go 1.22 built")]),
    ("§13 empty default pools", &[Rule("default-pool-missing")]),
    ("§13 values of the chart", &[Rule("values-key-ignored"), Rule("values-unquoted"), Rule("values-idle")]),
    ("§13 additional resource managers of the chart", &[Rule("values-secret")]),
    (
        "§13 stages of devcluster",
        &[Rule("devcluster-same-name"), Rule("devcluster-bad-value"), Rule("devcluster-unknown-kind")],
    ),
    ("§13 chart versions", &[Not("the chart of 0.38 is modelled; the README says what earlier ones do otherwise")]),
];

fn rows() -> impl Iterator<Item = &'static Row> {
    [READ, RESOLVE, VALIDATE, START, TRAPS, ADDITIONS].into_iter().flatten()
}

/// The rows as the facts number them, so that none is missing and none made up.
#[test]
fn no_row_is_missing() {
    let numbered = |prefix: &'static str, numbers: &'static [u32]| numbers.iter().map(move |n| format!("{prefix}{n}"));
    let mut ids: BTreeSet<String> =
        ["W-L2", "P-L4", "W-L6", "P-R1", "P-R3", "W/E-R4", "W-R7"].map(str::to_owned).into();
    ids.extend(numbered("E-L", &[1, 3, 5, 7, 8, 9, 10, 11, 12, 13]));
    ids.extend(numbered("E-R", &[2, 5, 6, 8, 9]));
    ids.extend((1..=18).map(|n| format!("E-V{n}")));
    ids.extend((1..=52).map(|n| format!("T-{n}")));
    let listed: Vec<&str> = rows().map(|(id, _)| *id).collect();
    let with_ids: BTreeSet<String> =
        listed.iter().filter(|id| !id.starts_with('§')).map(|id| (*id).to_owned()).collect();
    assert_eq!(with_ids, ids);
    assert_eq!(listed.iter().filter(|id| id.starts_with("§3.4")).count(), 18);
    assert_eq!(listed.iter().filter(|id| id.starts_with("§13")).count(), 16);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), listed.len(), "a row is listed twice");
}

#[test]
fn every_row_is_taken_care_of() {
    for (id, by) in rows() {
        assert!(!by.is_empty(), "{id} is forgotten");
        for by in *by {
            match by {
                Rule(rule) => assert!(rules::find(rule).is_some(), "{id}: there is no rule {rule}"),
                Answer(command) => {
                    let line: Vec<&str> = command.split(' ').chain(["--help"]).collect();
                    assert!(run(&line).exits_with(0).stderr.is_empty());
                }
                Not(why) => assert!(why.len() > 20 && !why.ends_with('.'), "{id}: {why}"),
            }
        }
    }
}

#[test]
fn every_rule_covers_a_row_or_a_section_and_names_it() {
    let mut covered: BTreeSet<&str> = BTreeSet::new();
    let mut wrong = Vec::new();
    for (id, by) in rows() {
        for by in *by {
            let Rule(name) = by else { continue };
            covered.insert(name);
            let facts = rules::find(name).unwrap().facts;
            if !id.starts_with('§') && !facts.contains(id) {
                wrong.push(format!("{name} does not name {id}"));
            }
        }
    }
    for rule in rules::all() {
        let (rows, others): (Vec<&str>, Vec<&str>) =
            rule.facts.iter().partition(|fact| rows().any(|(id, _)| id == *fact));
        for fact in others.iter().filter(|fact| !is_known(fact)) {
            wrong.push(format!("{}: there is no fact {fact}", rule.id));
        }
        for row in rows {
            let by = rows_of(row);
            if !by.contains(&rule.id) {
                wrong.push(format!("{} names {row}, which does not name it", rule.id));
            }
        }
        // How much detctl reads and hides is its own matter.
        if rule.facts.is_empty() && rule.id != "file-too-large" && !rule.id.starts_with("suppression-") {
            wrong.push(format!("{} names no fact", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rows_of(row: &str) -> Vec<&'static str> {
    let by = rows().filter(|(id, _)| *id == row).flat_map(|(_, by)| by.iter());
    by.filter_map(|by| if let Rule(name) = by { Some(*name) } else { None }).collect()
}

/// Contradictions C-1 to C-32, and the sections of the facts that rules lean on.
fn is_known(fact: &str) -> bool {
    const SECTIONS: &[&str] = &[
        "§1.1", "§1.2", "§1.3", "§1.4", "§1.5", "§1.6", "§1.7", "§1.8", "§1.9", "§2.1", "§2.2", "§2.3", "§2.4", "§2.5",
        "§2.6", "§2.7", "§2.8", "§2.9", "§2.10", "§2.11", "§3.4", "§3.5", "§4.1", "§4.2", "§4.3", "§4.4", "§5.1",
        "§6.1", "§6.2", "§6.4", "§7.1", "§7.2", "§7.3", "§7.4", "§9.3", "§9.4", "§13",
    ];
    let contradiction = fact.strip_prefix("C-").and_then(|number| number.parse::<u32>().ok());
    SECTIONS.contains(&fact) || contradiction.is_some_and(|number| (1..=32).contains(&number))
}
