//! What CI systems read: every format is read back by a reader of its own, on real files and on hostile names.

mod action;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod pre_commit;
mod sarif;

use detctl::report::Format;

use crate::support::{Place, Ran, command, root};

/// A file of several clusters with findings of every severity.
const REAL: &str = "fixtures/clusters/upgrade-from-0.34/master.yaml";

/// The names in it try to leave the place that they are shown at.
const HOSTILE: &str = "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
  cluster_name: \"@team #1 <img src=x> `` ` [x](http://a.b) |\\\\| %0A,:: ]]> &amp; ##[error]\\e\\u0001\"
  default_aux_resource_pool: \"::error::\\nCANARY **x**\"
resource_pools:
  - pool_name: \"::set-output name=a::b\\r\\n::error file=CANARY::x\"
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      max_slots_per_pod: 8
      cluster_name: cloud
      kubeconfig_path: x
    resource_pools:
      - pool_name: \"::set-output name=a::b\\r\\n::error file=CANARY::x\"
";

/// A file without findings.
const CLEAN: &str = "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
  master_service_name: determined-master
resource_pools:
  - pool_name: default
";

/// A path that means something to each of the formats.
const HOSTILE_PATH: &str = "we,ird: %na`m@e&<\u{e4}>\u{1f680}#?.yaml";

fn real(format: &str) -> Ran {
    Ran::new(&command(root()).args(["validate", "--format", format, REAL]).output().unwrap())
}

fn hostile(format: &str) -> Ran {
    Place::with(HOSTILE_PATH, HOSTILE).run(&["validate", "--format", format, HOSTILE_PATH]).exits_with(1)
}

/// The findings of the JSON form, to compare others with.
fn findings(ran: &Ran) -> Vec<serde_json::Value> {
    ran.json()["findings"].as_array().unwrap().clone()
}

#[test]
fn every_format_of_a_real_file_is_as_it_was() {
    for format in Format::ALL.iter().map(|format| format.as_str()) {
        insta::assert_snapshot!(format!("real_{format}"), real(format).exits_with(1));
    }
}

/// With lines put before and between, the same findings.
fn moved(text: &str) -> String {
    text.lines()
        .map(|line| if line.starts_with(' ') { format!("{line}\n") } else { format!("\n# moved\n{line}\n") })
        .collect()
}

/// What is said of an option has its place at the top of the file that the option belongs to.
#[test]
fn an_option_is_no_file() {
    let place = Place::with("values.yaml", "maxSlotsPerPod: 4\ninitialUserPassword: Sample9Word\n");
    for format in ["sarif", "github", "gitlab", "junit", "markdown"] {
        let ran = place
            .run(&["validate", "--format", format, "-f", "values.yaml", "--set", "maxSlotsPerPod=-3"])
            .exits_with(1);
        assert!(ran.stdout.contains("max-slots-per-pod-negative") && ran.stdout.contains("values.yaml"), "{ran}");
        for place in ["file=--set", "\"uri\": \"--set", "\"path\": \"--set", "--set:1"] {
            assert!(!ran.stdout.contains(place), "{ran}");
        }
    }
}
