//! Whole realistic files: what is said of them, and nothing else.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{Ran, command, root};

/// Folder, verdict, and the findings as rule and line.
type Row = (&'static str, &'static str, &'static [(&'static str, u64)]);

const CLUSTERS: &[Row] = &[
    ("agents-and-gke", "accepts", &[("gateway-missing", 26)]),
    ("anchors", "accepts", &[("gateway-missing", 23), ("gateway-missing", 29), ("gateway-missing", 35)]),
    (
        "documentation-page",
        "refuses",
        &[
            ("max-slots-per-pod-missing", 2),
            ("pools-inside-manager", 5),
            ("additional-managers-misspelt", 8),
            ("deprecated-key", 4),
        ],
    ),
    ("onprem-gke-eks", "accepts", &[]),
    ("onprem-gke-eks-draft", "refuses", &[("duplicate-pool-name", 43)]),
    ("usage-scenario", "accepts", &[("gateway-missing", 9)]),
    (
        "upgrade-from-0.34",
        "refuses",
        &[
            ("deprecated-key", 4),
            ("retired-key", 5),
            ("old-key-converted", 7),
            ("default-scheduler-preemption", 9),
            ("retired-key", 12),
            ("cluster-name-missing", 17),
            ("retired-key", 18),
            ("retired-key", 21),
            ("retired-key", 25),
        ],
    ),
];

#[test]
fn whole_files_are_judged_as_they_deserve() {
    for (name, verdict, wanted) in CLUSTERS {
        let path = format!("fixtures/clusters/{name}/master.yaml");
        let output = command(root()).args(["validate", "--format=json", &path]).output().unwrap();
        let document = Ran::new(&output).json();
        assert_eq!(document["files"][0]["kind"], "master", "{name}");
        assert_eq!(document["files"][0]["configurations"][0]["verdict"], *verdict, "{name}");
        let found = document["findings"].as_array().unwrap().iter();
        let found: BTreeSet<(&str, u64)> = found
            .map(|finding| (finding["rule"].as_str().unwrap(), finding["labels"][0]["line"].as_u64().unwrap()))
            .collect();
        assert_eq!(found, wanted.iter().copied().collect(), "{name}");
    }
}

#[test]
fn every_cluster_is_in_the_table() {
    let folders = fs::read_dir(root().join("fixtures/clusters")).unwrap();
    let folders: BTreeSet<String> = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(folders, CLUSTERS.iter().map(|(name, ..)| (*name).to_owned()).collect());
}
