//! `detctl validate`.

use std::fs;

use detctl::report::Format;

use crate::support::Place;

pub(super) const TWO_POOLS: &str = "\
resource_manager:
  type: kubernetes
  cluster_name: onprem
  max_slots_per_pod: 8
  master_service_name: determined-master
  default_aux_resource_pool: a100
  default_compute_resource_pool: a100
resource_pools:
  - pool_name: a100
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: cloud
      max_slots_per_pod: 8
      kubeconfig_path: /etc/determined/cloud.kubeconfig
      determined_master_host: det.example.com
      determined_master_port: 8080
      internal_task_gateway:
        gateway_name: contour
        gateway_namespace: projectcontour
        gateway_ip: 203.0.113.10
        gateway_port_range_start: 49152
        gateway_port_range_end: 49200
    resource_pools:
      - pool_name: a100
";

const CLEAN: &str = "\
resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
  master_service_name: determined-master
resource_pools:
  - pool_name: default
";

const OTHER: &str = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n";

#[test]
fn a_finding_about_two_places_shows_both() {
    let place = Place::with("master.yaml", TWO_POOLS);
    insta::assert_snapshot!(place.run(&["validate", "master.yaml"]).exits_with(1));
}

#[test]
fn the_machine_form_has_its_fields_in_order() {
    let place = Place::with("master.yaml", TWO_POOLS);
    let ran = place.run(&["validate", "--format", "json", "master.yaml"]).exits_with(1);
    let document = ran.json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["files"][0]["path"], "master.yaml");
    assert_eq!(document["files"][0]["kind"], "master");
    assert_eq!(document["files"][0]["configurations"][0]["verdict"], "refuses");
    assert_eq!(document["findings"][0]["labels"][0]["line"], 25);
    assert_eq!(document["findings"][0]["labels"][0]["primary"], true);
    assert_eq!(document["summary"]["errors"], 1);
    assert_eq!(ran.stderr, "");
}

#[test]
fn one_line_per_finding_can_be_had() {
    let place = Place::with("master.yaml", TWO_POOLS);
    let ran = place.run(&["validate", "--format=concise", "master.yaml"]).exits_with(1);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 1, "{ran}");
    assert!(lines[0].starts_with("master.yaml:25:20: error[duplicate-pool-name] "), "{ran}");
}

#[test]
fn a_clean_file_is_said_to_be_one() {
    let place = Place::with("master.yaml", CLEAN);
    insta::assert_snapshot!(place.run(&["validate", "master.yaml"]).exits_with(0));
}

#[test]
fn standard_input_is_read() {
    let place = Place::new();
    for arguments in [&["validate", "--format=concise", "-"][..], &["validate", "--format=concise"]] {
        let ran = place.run_with(arguments, &[], TWO_POOLS.as_bytes()).exits_with(1);
        assert!(ran.stdout.starts_with("<stdin>:25:20: "), "{ran}");
    }
}

#[test]
fn folders_are_walked_as_git_sees_them() {
    let place = Place::with("conf/b/master.yml", TWO_POOLS)
        .and("conf/a/master.yaml", CLEAN)
        .and("conf/a/map.yaml", OTHER)
        .and("conf/build/master.yaml", TWO_POOLS)
        .and("conf/.hidden/master.yaml", TWO_POOLS)
        .and("conf/master.txt", TWO_POOLS)
        .and("conf/.gitignore", "build/\n");
    let ran = place.run(&["validate", "--format=json", "conf"]).exits_with(1);
    let document = ran.json();
    let paths: Vec<_> = document["files"].as_array().unwrap().iter().map(|file| &file["path"]).collect();
    assert_eq!(paths, ["conf/a/master.yaml", "conf/b/master.yml"]);
    assert_eq!(document["summary"]["skipped"], 1);
    assert_eq!(ran.stderr, "", "a file that a walk passed over is only counted");
}

#[test]
fn a_file_that_is_plainly_something_else_is_passed_over_but_not_with_kind() {
    let place = Place::with("map.yaml", OTHER);
    let ran = place.run(&["validate", "map.yaml"]).exits_with(0);
    assert!(ran.stderr.starts_with("note: map.yaml was passed over: "), "{ran}");
    assert_eq!(place.run(&["validate", "-q", "map.yaml"]).exits_with(0).stderr, "");
    let ran = place.run(&["validate", "--format=json", "--kind=master", "map.yaml"]);
    assert_eq!(ran.json()["summary"]["files"], 1, "{ran}");
    assert_eq!(ran.json()["summary"]["skipped"], 0, "{ran}");
}

#[test]
fn the_exit_code_follows_fail_on_and_the_filters_and_the_verdict_does_not() {
    let place = Place::with("master.yaml", TWO_POOLS);
    let table: [(&[&str], i32); 7] = [
        (&["--fail-on=error"], 1),
        (&["--fail-on=info"], 1),
        (&["--fail-on=never"], 0),
        (&["--ignore=duplicate-pool-name"], 0),
        (&["--select=duplicate-pool-name"], 1),
        (&["--select=not-utf8"], 0),
        (&["--select=not-utf8,duplicate-pool-name"], 1),
    ];
    for (arguments, code) in table {
        let all = [&["validate", "--format=json", "master.yaml"], arguments].concat();
        let ran = place.run(&all).exits_with(code);
        assert_eq!(ran.json()["files"][0]["configurations"][0]["verdict"], "refuses", "{ran}");
    }
}

#[test]
fn an_unknown_rule_is_an_error_with_a_suggestion() {
    let place = Place::with("master.yaml", TWO_POOLS);
    for flag in ["--ignore", "--select"] {
        let ran = place.run(&["validate", flag, "duplicate-pool-names", "master.yaml"]).exits_with(2);
        assert_eq!(
            ran.stderr,
            "error: there is no rule `duplicate-pool-names`\n  help: did you mean `duplicate-pool-name`?\n"
        );
        assert_eq!(ran.stdout, "");
    }
}

#[test]
fn a_version_that_is_none_is_refused() {
    let ran = Place::new().run(&["validate", "--master-version", "0.38", "a.yaml"]).exits_with(2);
    assert!(ran.stderr.contains("`0.38` is no release such as 0.38.1"), "{ran}");
}

#[test]
fn many_files_come_out_in_the_order_of_the_input_every_time() {
    let mut place = Place::new();
    let names: Vec<String> = (0..60).map(|number| format!("{:02}.yaml", (number * 7) % 60)).collect();
    for name in &names {
        place = place.and(name, TWO_POOLS);
    }
    let arguments: Vec<&str> =
        ["validate", "--format=concise"].into_iter().chain(names.iter().map(String::as_str)).collect();
    let first = place.run(&arguments).exits_with(1).stdout;
    let paths: Vec<&str> = first.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(paths, names);
    assert_eq!(place.run(&arguments).stdout, first);
}

#[test]
fn verbose_tells_kinds_and_verdicts() {
    let place = Place::with("master.yaml", CLEAN);
    let ran = place.run(&["validate", "-v", "master.yaml"]).exits_with(0);
    assert!(ran.stderr.starts_with("note: master.yaml was read as master: "), "{ran}");
    assert!(ran.stdout.contains("master.yaml: the master accepts it"), "{ran}");
}

#[test]
fn nothing_to_check_is_not_well() {
    let ran = Place::new().run(&["validate"]).exits_with(2);
    assert!(ran.stderr.contains("error: no path was given"), "{ran}");
    assert_eq!(ran.stdout, "");
}

#[test]
fn secret_values_appear_in_no_format() {
    let text = "db:\n  usr: det\n  password: hunter2-Canary\n  hots: db\n  passwrd: hunter4-Canary\nsecurity:\n  initial_user_password: hunter3-Canary\n  tls: {crt: x}\n";
    let place = Place::with("master.yaml", text);
    for format in Format::ALL.iter().map(|format| format.as_str()) {
        for more in ["--color=never", "--color=always", "-vv"] {
            let format = format!("--format={format}");
            let ran = place.run(&["validate", "--kind=master", more, &format, "master.yaml"]).exits_with(1);
            let all = format!("{}{}", ran.stdout, ran.stderr);
            assert!(!all.contains("Canary") && !all.contains("hunter"), "{ran}");
        }
    }
    let human = place.run(&["validate", "--kind=master", "master.yaml"]);
    assert!(human.stdout.contains("  password: ••••••••••••••\n"), "{human}");
}

#[test]
fn reports_go_into_files_besides_the_output() {
    let place = Place::with("deploy/master.yaml", TWO_POOLS).and("clean.yaml", CLEAN);
    let ran = place
        .run(&[
            "validate",
            "--format=concise",
            "--report=sarif=out/detctl.sarif",
            "--report",
            "json=out/a=b.json",
            "--report=human=human.txt",
            "deploy",
            "clean.yaml",
        ])
        .exits_with(1);
    assert!(ran.stdout.starts_with("deploy/master.yaml:25:20: "), "{ran}");
    assert_eq!(ran.stderr, "");
    let read = |name: &str| fs::read_to_string(place.path(name)).unwrap();
    let sarif: serde_json::Value = serde_json::from_str(&read("out/detctl.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "duplicate-pool-name");
    let json: serde_json::Value = serde_json::from_str(&read("out/a=b.json")).unwrap();
    assert_eq!(json["files"][1]["configurations"][0]["resolved"]["port"], 8080);
    assert!(read("human.txt").contains("╰── again in resource manager \"cloud\""), "{}", read("human.txt"));
    assert_eq!(fs::read_dir(place.path("out")).unwrap().count(), 2, "nothing else is left behind");
}

#[test]
fn a_report_that_cannot_be_written_keeps_no_other_from_being_written() {
    let place = Place::with("master.yaml", CLEAN).and("folder/x", "");
    let ran = place
        .run(&["validate", "--report=sarif=folder", "--report=junit=x.xml", "--format=concise", "master.yaml"])
        .exits_with(2);
    assert_eq!(ran.stderr, "error: cannot write `folder`: it is a folder\n");
    assert!(fs::read_to_string(place.path("x.xml")).unwrap().contains("no findings"));
}

#[test]
fn reports_that_make_no_sense_are_refused_before_anything_is_written() {
    let place = Place::with("master.yaml", CLEAN);
    let table = [
        ("sarif", "expected a format and a file, such as sarif=detctl.sarif"),
        ("sariff=x", "there is no format `sariff`, perhaps sarif; there are human, concise, "),
        ("sarif=", "the name of the file is missing"),
        ("sarif=-", "standard output is what --format sarif is for"),
        ("sarif=./master.yaml", "`./master.yaml` is the name of a file that was read, or of two reports"),
    ];
    for (report, words) in table {
        let ran = place.run(&["validate", "--report=junit=x.xml", "--report", report, "master.yaml"]).exits_with(2);
        assert!(ran.stderr.contains(words), "{ran}");
        assert!(!place.path("x.xml").exists(), "{report}");
    }
    assert_eq!(fs::read_to_string(place.path("master.yaml")).unwrap(), CLEAN);
}

#[test]
fn a_file_that_may_be_of_several_kinds_is_an_error_that_names_kind() {
    let place = Place::with("both.yaml", "resource_pools: []\nmaxSlotsPerPod: 4\n")
        .and("pipeline.yaml", "stages: [build, test]\nlint:\n  stage: test\n");
    let ran = place.run(&["validate", "both.yaml"]).exits_with(2);
    let why = "cannot tell what `both.yaml` is: `resource_pools` is a key of a master's configuration, `maxSlotsPerPod` is a \
               key of values of the chart";
    assert!(ran.stderr.contains(why), "{}", ran.stderr);
    assert!(ran.stderr.contains("--kind master or --kind helm-values"), "{}", ran.stderr);
    place.run(&["validate", "--kind=master", "both.yaml"]).exits_with(1);
    let ran = place.run(&["validate", "pipeline.yaml"]).exits_with(0);
    assert!(ran.stderr.contains("pipelines of GitLab"), "{}", ran.stderr);
}

#[test]
fn masters_of_other_releases_than_those_that_are_known_are_a_fault_of_usage() {
    for version in ["0.29.0", "0.20.0", "0.38.2", "0.39.0", "2.0.0"] {
        let ran = Place::with("master.yaml", CLEAN)
            .run(&["validate", "--master-version", version, "master.yaml"])
            .exits_with(2);
        let words = format!("detctl knows what masters of 0.29.1 to 0.38.1 do, not of {version}");
        assert!(ran.stderr.contains(&words) && ran.stdout.is_empty(), "{ran}");
    }
    let (oldest, newest) = (detctl::release::OLDEST.to_string(), detctl::release::NEWEST.to_string());
    let commands = [
        &["validate"][..],
        &["route-dry-run"],
        &["render-helm"],
        &["convert"],
        &["diff"],
        &["schema"],
        &["topology"],
        &["secrets", "create"],
    ];
    for command in commands {
        let ran = Place::new().run(&[command, &["--help"]].concat()).exits_with(0);
        let help = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(help.contains(&format!("{oldest} to {newest}")), "{ran}");
    }
}

#[test]
fn what_is_no_yaml_is_a_finding_and_templates_of_a_chart_are_passed_over() {
    let template = "{{- if .Values.x }}\na: {{ .Values.a }}\n{{- end }}\n";
    let place = Place::with("broken/a.yaml", "foo: [").and("chart/templates/b.yaml", template);
    for path in ["broken/a.yaml", "broken", "chart/templates/b.yaml"] {
        let ran = place.run(&["validate", "--format=json", path]).exits_with(1);
        let report: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let configuration = &report["files"][0]["configurations"][0];
        assert_eq!(
            (configuration["verdict"].as_str(), configuration["phase"].as_str()),
            (Some("refuses"), Some("parse"))
        );
        assert_eq!(report["findings"][0]["rule"], "invalid-yaml", "{ran}");
    }
    let ran = place.run(&["validate", "-v", "chart"]).exits_with(0);
    assert!(ran.stderr.contains("b.yaml was passed over: it is a template that has not been rendered"), "{ran}");
}
