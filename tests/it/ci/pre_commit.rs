//! The hooks, run as pre-commit runs them: the entry, then the names of the files that changed.
//!
//! `.ci/pre-commit` does the same with pre-commit itself, which also builds the hook.

use serde_yaml::Value;

use super::{CLEAN, HOSTILE};
use crate::support::{Place, root};

#[test]
fn every_hook_passes_clean_files_and_stops_faulty_ones() {
    let text = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let hooks: Value = serde_yaml::from_str(&text).unwrap();
    let hooks = hooks.as_sequence().unwrap();
    assert!(
        hooks.iter().any(|hook| hook["language"] == "rust") && hooks.iter().any(|hook| hook["language"] == "system")
    );
    let place = Place::with("a b.yaml", CLEAN)
        .and("-c.yaml", CLEAN)
        .and("map.yaml", "kind: ConfigMap\n")
        .and("bad.yml", HOSTILE);
    for hook in hooks {
        let mut entry = hook["entry"].as_str().unwrap().split(' ');
        assert_eq!(entry.next(), Some("detctl"));
        let entry: Vec<&str> = entry.collect();
        let ran = place.run(&[&entry[..], &["a b.yaml", "-c.yaml", "map.yaml"]].concat()).exits_with(0);
        assert_eq!((ran.stdout, ran.stderr), (String::new(), String::new()), "a hook that passes says nothing");
        let ran = place.run(&[&entry[..], &["a b.yaml", "bad.yml"]].concat()).exits_with(1);
        assert!(ran.stdout.contains("duplicate-pool-name"), "{ran}");
    }
}
