//! Values laid into files that people keep: nothing else moves.

use detctl::formats::helm_values::Request;
use detctl::render::{Base, Failure, Overwrite, Rendering};
use proptest::prelude::*;

use super::{loads, render_onto};

const MASTER: &str = "\
resource_manager:
  type: kubernetes
  cluster_name: main
  max_slots_per_pod: 4
resource_pools:
  - pool_name: a
  - pool_name: \"on\"
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 2
      kubeconfig_path: /k/west.conf
      determined_master_host: det.example.com
      determined_master_port: 8080
    resource_pools:
      - pool_name: west
";

fn onto(base: &str, overwrite: Overwrite) -> Result<Rendering, Failure> {
    render_onto(MASTER, &Request::default(), Some(Base { text: base, overwrite }))
}

#[track_caller]
fn laid(base: &str) -> String {
    let rendering = onto(base, Overwrite::Refused).unwrap_or_else(|failure| panic!("{failure:?}\n{base}"));
    loads(&rendering).unwrap_or_else(|why| panic!("{why}\n{}", rendering.text));
    rendering.text
}

/// What was added at the end.
fn added(text: &str) -> &str {
    text.split("# Added by `detctl render-helm`").nth(1).unwrap()
}

const ADDITIONAL: &str = "\
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 2
      kubeconfig_secret_name: west-kubeconfig
      kubeconfig_secret_value: west.conf
      determined_master_host: det.example.com
      determined_master_port: 8080
    resource_pools:
      - pool_name: west
";

#[test]
fn an_empty_base_gets_everything_and_comments_stay() {
    for base in ["", "# mine\n", "imageRegistry: registry.example.com # ours\n", "a: 1", "a: 1\r\n"] {
        let text = laid(base);
        assert!(text.starts_with(base), "{text}");
        assert!(added(&text).contains("maxSlotsPerPod: 4"), "{text}");
    }
    assert!(!laid("a: 1\r\n").replace("\r\n", "").contains('\n'));
}

/// Said already, in whatever way: not a byte moves.
#[test]
fn a_base_that_says_it_already_stays_as_it_is() {
    let block = format!(
        "# ours\nmaxSlotsPerPod:   4   # as the nodes have\nresourceManager: {{clusterName: 'main'}}\nresourcePools: [{{pool_name: a}}, \
         {{\"pool_name\": 'on'}}]\ntlsSecret: x\n{ADDITIONAL}"
    );
    let spread = format!(
        "{ADDITIONAL}slotType: gpu\nmaxSlotsPerPod: \"4\"\nresourceManager:\n    # the old one\n    clusterName: main\nresourcePools:\n- pool_name: a\n# b\n- pool_name: \"on\"\n"
    );
    for base in [block, spread] {
        assert_eq!(laid(&base), base);
    }
}

/// What was written is found again, so a second run changes nothing.
#[test]
fn a_second_run_changes_nothing() {
    for base in
        ["", "db: {cpuRequest: 3}\nresourceManager:\n", "resourceManager: {}\n", "resourcePools: # none yet\nx: 1\n"]
    {
        let once = laid(base);
        assert_eq!(laid(&once), once);
    }
}

/// Neither of two keys at the top that are taken out keeps the other in.
#[test]
fn the_first_lines_can_all_be_taken_out() {
    let text = "determinedMasterHost: old\ndeterminedMasterPort: 1\ndeterminedMasterScheme: https\nx: 1 # ours\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let rendering = onto(&text, Overwrite::Allowed).unwrap_or_else(|failure| panic!("{failure:?}"));
        assert!(rendering.text.starts_with("x: 1 # ours"), "{}", rendering.text);
    }
    let alone = onto("determinedMasterHost: old\ndeterminedMasterPort: 1", Overwrite::Allowed).unwrap();
    assert!(!alone.text.contains("determinedMaster"), "{}", alone.text);
}

/// The base gives another cluster the name that the template would give this one.
#[test]
fn no_two_secrets_get_one_name() {
    let east = ADDITIONAL.replace("west", "east").replace("east-kubeconfig", "west-kubeconfig");
    let both = format!("{MASTER}{}", MASTER[MASTER.find("  - resource_manager:").unwrap()..].replace("west", "east"));
    let base = Base { text: &east, overwrite: Overwrite::Allowed };
    let rendering = render_onto(&both, &Request::default(), Some(base)).unwrap();
    let names: Vec<&str> =
        rendering.text.lines().filter_map(|line| line.trim().strip_prefix("kubeconfig_secret_name: ")).collect();
    assert!(names.len() == 2 && names[0] != names[1] && names[1] == "west-kubeconfig", "{}", rendering.text);
}

#[test]
fn keys_are_put_where_they_belong() {
    let base =
        "resourceManager:\n    # ours\n    defaultNamespace: det # gone\ntaskContainerDefaults: {networkMode: host}\n";
    let Err(Failure::Conflicts { paths, text }) = onto(base, Overwrite::Refused) else { panic!() };
    assert_eq!(paths, ["resourceManager.defaultNamespace"], "the configuration has none");
    let start = "resourceManager:\n    # ours\n    clusterName: main\ntaskContainerDefaults: {networkMode: host}\n";
    assert!(text.starts_with(start), "{text}");
    let flow = laid("resourceManager: { } # ours\ndb: {cpuRequest: 1,}\n");
    assert!(flow.starts_with("resourceManager: {clusterName: main } # ours\ndb: {cpuRequest: 1,}\n"), "{flow}");
}

#[test]
fn what_the_base_sets_otherwise_is_told_and_replaced_only_when_allowed() {
    let base = "\
# a comment
maxSlotsPerPod: 8 # old
clusterName: kept
resourcePools:
  - pool_name: a # first
  - {pool_name: b, description: x}
determinedMasterHost: old.example.com
db:
  cpuRequest: 3
";
    let Err(Failure::Conflicts { paths, text }) = onto(base, Overwrite::Refused) else { panic!() };
    assert_eq!(paths, ["maxSlotsPerPod", "resourcePools[1]", "determinedMasterHost"]);
    let rendering = onto(base, Overwrite::Allowed).unwrap();
    assert_eq!(rendering.text, text);
    assert!(
        text.starts_with(
            "# a comment\nmaxSlotsPerPod: 4 # old\nclusterName: kept\nresourcePools:\n  - pool_name: a # first\n  - {pool_name: \"on\"}\ndb:\n  cpuRequest: 3\n"
        ) || text.starts_with(
            "# a comment\nmaxSlotsPerPod: 4 # old\nclusterName: kept\nresourcePools:\n  - pool_name: a # first\n  - pool_name: \"on\"\ndb:\n  cpuRequest: 3\n"
        ),
        "{text}"
    );
}

/// Names of Secrets are the user's, and the address is often known after the first installation only.
#[test]
fn names_of_secrets_and_addresses_that_the_configuration_leaves_open_are_kept() {
    let base = ADDITIONAL
        .replace("west-kubeconfig", "my-secret")
        .replace("west.conf", "kube")
        .replace("determined_master_port: 8080", "determined_master_port: 8080\n      determined_master_scheme: https");
    let text = laid(&base);
    assert!(text.starts_with(&base), "{text}");
}

#[test]
fn a_new_cluster_is_added_behind_the_others() {
    let base = format!("{}# the end\n", ADDITIONAL.replace("cluster_name: west", "cluster_name: west # first"));
    let more = format!(
        "{MASTER}  - resource_manager: {{type: kubernetes, cluster_name: east, max_slots_per_pod: 1, kubeconfig_path: /e}}\n    resource_pools: [{{pool_name: east}}]\n"
    );
    let rendering =
        render_onto(&more, &Request::default(), Some(Base { text: &base, overwrite: Overwrite::Refused })).unwrap();
    let before = base.strip_suffix("# the end\n").unwrap();
    assert!(rendering.text.starts_with(before), "{}", rendering.text);
    assert!(
        rendering.text[before.len()..]
            .starts_with("  - resource_manager:\n      type: kubernetes\n      cluster_name: east\n"),
        "{}",
        rendering.text
    );
    assert!(rendering.text.contains("\n# the end\n"), "{}", rendering.text);
}

#[test]
fn bases_that_cannot_be_used_are_refused() {
    let cases = [
        ("- a\n", "no mapping"),
        ("a: [\n", "no YAML"),
        ("a: 1\n---\nb: 1\n", "several documents"),
        ("{a: # nothing\n}\n", "as it is laid out"),
        ("x: &x 8\nmaxSlotsPerPod: *x\n", "anchor"),
    ];
    for (base, words) in cases {
        match onto(base, Overwrite::Allowed) {
            Err(Failure::Base(why)) => assert!(why.contains(words), "{base}: {why}"),
            other => panic!("{base}: {other:?}"),
        }
    }
}

/// Lines of a base: comments, keys of others, and keys that are owned.
fn base() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "# a comment\n",
        "\n",
        "masterPort: 8080 # kept\n",
        "db:\n  # ours\n  cpuRequest: 3\n",
        "resourceManager:\n    # old\n    clusterName:   old # x\n",
        "resourceManager: {clusterName: main}\n",
        "maxSlotsPerPod: 4\n",
        "maxSlotsPerPod: 9\n",
        "resourcePools:\n- pool_name: a\n- pool_name: \"on\"\n",
        "resourcePools:\n  - pool_name: a\n    description: |\n      x\n",
        "resourcePools: []\n",
        "slotType: gpu\n",
        "determinedMasterHost: x\n",
        "additional_resource_managers: []\n",
        "additional_resource_managers:\n  - resource_manager:\n      type: kubernetes\n      cluster_name: west # w\n      kubeconfig_secret_name: s\n",
        "taskContainerDefaults:\n  startupHook: |\n    echo\n",
    ]);
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// With overwriting allowed there is an answer that loads, comments stay, and a second run changes nothing.
    #[test]
    fn values_are_laid_into_any_base(base in base()) {
        let text = match onto(&base, Overwrite::Allowed) {
            Ok(rendering) => rendering.text,
            // A key that stands twice.
            Err(Failure::Base(why)) => {
                prop_assert!(why.contains("by itself"), "{}\n{}", why, base);
                return Ok(());
            }
            Err(failure) => return Err(TestCaseError::fail(format!("{failure:?}\n{base}"))),
        };
        for comment in ["# a comment", "# kept", "# ours"] {
            prop_assert_eq!(text.matches(comment).count(), base.matches(comment).count(), "{}", text);
        }
        let again = onto(&text, Overwrite::Refused);
        prop_assert!(again.is_ok_and(|again| again.text == text), "{}\n---\n{}", base, text);
    }
}

/// TLS that only the base has is none of the configuration; where both have it, the chart's paths are forced.
#[test]
fn certificates_of_the_base_are_its_own() {
    let chart = Request::default();
    let base = || Some(Base { text: "tlsSecret: det-tls\n", overwrite: Overwrite::Refused });
    let plain = "resource_manager: {type: kubernetes, max_slots_per_pod: 4}\n";
    let rendering = render_onto(plain, &chart, base()).unwrap();
    assert!(rendering.lost.is_empty(), "{:?}", rendering.lost);
    let own = format!("{plain}security: {{tls: {{cert: /etc/tls/tls.crt, key: /etc/tls/tls.key}}}}\n");
    let rendering = render_onto(&own, &chart, base()).unwrap();
    assert!(rendering.lost.is_empty(), "{:?}", rendering.lost);
    let forced: Vec<&str> = rendering.forced.iter().map(|remark| remark.path.as_str()).collect();
    assert!(forced.contains(&"security.tls.cert") && forced.contains(&"security.tls.key"), "{forced:?}");
    let rendering = render_onto(&own, &chart, None).unwrap();
    assert!(rendering.lost.iter().any(|remark| remark.path == "security.tls.cert"), "{:?}", rendering.lost);
}
