//! The composite action, run step by step as a GitHub runner does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_yaml::Value;

use super::{CLEAN, HOSTILE};
use crate::support::{Place, Ran, root};

fn action() -> Value {
    serde_yaml::from_str(&fs::read_to_string(root().join(".github/actions/detctl/action.yml")).unwrap()).unwrap()
}

/// Whether there is a bash to run the steps with; says so where there is none.
#[expect(clippy::print_stderr, reason = "whoever runs the tests should know what was left out")]
fn has_bash() -> bool {
    let found =
        Command::new("bash").arg("--version").stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    if !found {
        eprintln!("left out: the steps of the action need bash, and there is none");
    }
    found
}

/// A runner with a checkout, between two steps.
struct Runner {
    place: Place,
    inputs: BTreeMap<String, String>,
    path: String,
}

impl Runner {
    fn new(place: Place, given: &[(&str, &str)]) -> Self {
        for folder in ["checkout", "temp"] {
            fs::create_dir_all(place.path(folder)).unwrap();
        }
        for file in ["output", "summary"] {
            fs::write(place.path(file), "").unwrap();
        }
        let action = action();
        let defaults = action["inputs"].as_mapping().unwrap().iter();
        let defaults = defaults.map(|(name, input)| {
            (name.as_str().unwrap().to_owned(), input["default"].as_str().unwrap_or_default().to_owned())
        });
        let mut inputs: BTreeMap<String, String> = defaults.collect();
        for (name, value) in given {
            assert!(inputs.insert((*name).to_owned(), (*value).to_owned()).is_some(), "no input {name}");
        }
        let program = Path::new(env!("CARGO_BIN_EXE_detctl")).parent().unwrap().display().to_string();
        Self { place, inputs, path: format!("{program}:{}", std::env::var("PATH").unwrap()) }
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(self.place.path(name)).unwrap()
    }

    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.inputs {
            text = text.replace(&format!("${{{{ inputs.{name} }}}}"), value);
        }
        assert!(!text.contains("${{"), "{text}");
        text
    }

    /// Runs one step as `shell: bash` says.
    fn step(&self, step: &Value) -> Ran {
        assert_eq!(step["shell"], "bash");
        let script = self.place.path("step.sh");
        fs::write(&script, step["run"].as_str().unwrap()).unwrap();
        let folder = step["working-directory"].as_str().map(|folder| self.filled(folder)).unwrap_or_default();
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(script);
        command.current_dir(self.place.path("checkout").join(folder)).env_clear();
        command.env("PATH", &self.path);
        command.env("GITHUB_ACTIONS", "true").env("GITHUB_WORKSPACE", self.checkout());
        command.env("GITHUB_ACTION_PATH", root().join(".github/actions/detctl"));
        for (name, file) in [("RUNNER_TEMP", "temp"), ("GITHUB_OUTPUT", "output"), ("GITHUB_STEP_SUMMARY", "summary")] {
            command.env(name, self.place.path(file));
        }
        for (name, value) in step["env"].as_mapping().into_iter().flatten() {
            command.env(name.as_str().unwrap(), self.filled(value.as_str().unwrap()));
        }
        Ran::new(&command.output().unwrap())
    }

    fn checkout(&self) -> PathBuf {
        self.place.path("checkout").canonicalize().unwrap()
    }

    /// Runs all steps up to the first that fails.
    fn run(&self) -> Ran {
        let action = action();
        let steps = action["runs"]["steps"].as_sequence().unwrap();
        let mut last = None;
        for step in steps {
            let ran = self.step(step);
            let goes_on = ran.code == Some(0);
            last = Some(ran);
            if !goes_on {
                break;
            }
        }
        last.unwrap()
    }
}

#[test]
fn a_checkout_with_a_fault_is_annotated_summed_up_and_logged() {
    if !has_bash() {
        return;
    }
    let place = Place::with("checkout/deploy/a b/master.yaml", HOSTILE).and("checkout/deploy/clean.yaml", CLEAN);
    let runner = Runner::new(place, &[("working-directory", "deploy"), ("paths", "a b\n\nclean.yaml\n")]);
    let ran = runner.run().exits_with(1);
    assert!(ran.stdout.contains("::error file=deploy/a b/master.yaml,line="), "{ran}");
    assert_eq!(runner.file("output"), "sarif=deploy/detctl.sarif\nexit-code=1\n");
    assert!(runner.file("summary").starts_with("### detctl\n\n2 files checked: "), "{}", runner.file("summary"));
    let log: serde_json::Value = serde_json::from_str(&runner.file("checkout/deploy/detctl.sarif")).unwrap();
    let place = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(place["uri"], "deploy/a%20b/master.yaml");
}

#[test]
fn a_clean_checkout_passes_and_inputs_arrive() {
    if !has_bash() {
        return;
    }
    let runner = Runner::new(Place::with("checkout/master.yaml", CLEAN), &[("sarif", "")]);
    runner.run().exits_with(0);
    assert_eq!(runner.file("output"), "exit-code=0\n");
    let given = [("fail-on", "never"), ("master-version", "0.37.0"), ("arguments", "--ignore\nlicence\n--kind=master")];
    let runner = Runner::new(Place::with("checkout/master.yaml", HOSTILE), &given);
    let ran = runner.run().exits_with(0);
    assert!(ran.stdout.contains("::error ") && !ran.stdout.contains("title=licence"), "{ran}");
}

#[test]
fn inputs_cannot_become_part_of_the_script() {
    let action = action();
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step:?}");
    }
    if !has_bash() {
        return;
    }
    let runner = Runner::new(
        Place::with("checkout/master.yaml", CLEAN),
        &[("paths", "$(touch CANARY)\n`touch CANARY`\n\"; touch CANARY\n--kind=none"), ("sarif", "")],
    );
    let ran = runner.run().exits_with(2);
    assert!(ran.stdout.contains("title=cannot be opened"), "{ran}");
    assert!(!runner.place.path("checkout/CANARY").exists());
}

/// Without a detctl to be found, cargo is asked to build the one that the action belongs to.
#[test]
#[cfg(unix)]
fn detctl_is_built_where_there_is_none() {
    use std::os::unix::fs::PermissionsExt as _;
    if !has_bash() {
        return;
    }
    let cargo = format!(
        "#!/bin/sh\n[ \"$1 $2 $3\" = 'install --locked --path' ] && [ -f \"$4/Cargo.toml\" ] && [ \"$5\" = --root ] || exit 9\n\
         mkdir -p \"$6/bin\" && ln -s '{}' \"$6/bin/detctl\"\n",
        env!("CARGO_BIN_EXE_detctl")
    );
    let place = Place::with("checkout/master.yaml", CLEAN).and("bin/cargo", cargo);
    fs::set_permissions(place.path("bin/cargo"), fs::Permissions::from_mode(0o755)).unwrap();
    let mut runner = Runner::new(place, &[]);
    runner.path = format!("{}:/usr/bin:/bin", runner.place.path("bin").display());
    let ran = runner.run().exits_with(0);
    assert!(ran.stdout.starts_with("1 file checked: "), "{ran}");
}
