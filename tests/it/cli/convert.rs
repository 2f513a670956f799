//! `detctl convert`: the same configuration as another kind of file.

use crate::support::{Place, Ran, root};

fn convert(place: &Place, arguments: &[&str]) -> Ran {
    place.run(&[&["convert"], arguments].concat())
}

fn fixture() -> Place {
    let text = std::fs::read_to_string(root().join("fixtures/clusters/usage-scenario/master.yaml")).unwrap();
    Place::with("master.yaml", text)
}

#[test]
fn every_kind_from_every_kind() {
    let place = fixture();
    let devcluster = convert(&place, &["--to", "devcluster", "master.yaml"]).exits_with(0).stdout;
    insta::assert_snapshot!("convert_devcluster", devcluster);
    let values = convert(&place, &["-q", "--to", "helm-values", "master.yaml"]).exits_with(0).stdout;
    assert_eq!(values, place.run(&["render-helm", "-q", "master.yaml"]).stdout);
    let place = place.and("devcluster.yaml", devcluster).and("values.yaml", values);
    insta::assert_snapshot!(
        "convert_master",
        convert(&place, &["--to", "master", "devcluster.yaml"]).exits_with(0).stdout
    );
    insta::assert_snapshot!(
        "convert_rendered",
        convert(&place, &["--to", "master", "values.yaml"]).exits_with(0).stdout
    );
    for file in ["master.yaml", "devcluster.yaml", "values.yaml"] {
        for kind in ["master", "devcluster", "helm-values"] {
            let ran = convert(&place, &["--to", kind, file, "-o", "out.yaml"]).exits_with(0);
            assert_eq!(ran.stdout, "", "{file} to {kind}: {ran}");
            let password = "initialUserPassword=Sample9Word";
            place.run(&["validate", "--set", password, "--kind", kind, "out.yaml"]).exits_with(0);
        }
    }
}

/// PyYAML writes some texts without quotes that the master takes for something else.
#[test]
fn what_devcluster_cannot_say_is_refused_by_name() {
    let text = "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 1
resource_pools:
  - pool_name: \"1e3\"
  - pool_name: $HOME
";
    let place = Place::with("master.yaml", text);
    let ran = convert(&place, &["--to", "devcluster", "master.yaml"]).exits_with(1);
    insta::assert_snapshot!("convert_refused", ran);
    let place = place.and("master.yaml", text.replace("1e3", "west"));
    let ran = convert(&place, &["--to", "devcluster", "master.yaml"]).exits_with(0);
    assert!(ran.stdout.contains("pool_name: \"$$HOME\""), "{ran}");
}

#[test]
fn bad_input() {
    let place = Place::with("master.yaml", "resource_manager:\n  typ: kubernetes\n").and("list.yaml", "- 1\n");
    convert(&place, &["--to", "devcluster", "master.yaml"]).exits_with(1);
    convert(&place, &["--to", "devcluster", "missing.yaml"]).exits_with(2);
    let unknown = convert(&place, &["--to", "compose", "master.yaml"]).exits_with(2);
    assert!(unknown.stderr.contains("[possible values: master, helm-values, devcluster]"), "{unknown}");
}

/// What values leave out is given as it is given to Helm.
#[test]
fn values_without_their_secrets_come_back_with_what_is_set() {
    let text = "\
resource_manager: {type: kubernetes, max_slots_per_pod: 4}
db: {host: db.example.com, user: det, password: Word-for-db-1}
";
    let place = Place::with("master.yaml", text);
    convert(&place, &["-q", "--to", "helm-values", "master.yaml", "-o", "values.yaml"]).exits_with(0);
    let without = convert(&place, &["--to", "master", "values.yaml"]).exits_with(1);
    assert!(without.stderr.contains("the chart demands initialUserPassword"), "{without}");
    let set = ["--set", "initialUserPassword=Sample9Word", "--set-string", "db.password=Word-for-db-1"];
    let back = convert(&place, &[&["--to", "master", "values.yaml"], &set[..]].concat()).exits_with(0);
    assert!(back.stdout.contains("password: Word-for-db-1\n"), "{back}");
    let bad = convert(&place, &["--to", "master", "values.yaml", "--set", "db"]).exits_with(1);
    assert!(bad.stderr.contains("db"), "{bad}");
}
