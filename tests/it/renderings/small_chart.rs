//! A small chart that prints its values as the Determined chart does, since that one is in no registry: written from the
//! steps that detctl follows, so that a real Helm can be asked whether the steps mean what detctl takes them for.

use std::fmt::Write as _;

use detctl::formats::helm_values::chart::defaults::{DEFAULTS, Default, Preset};
use detctl::formats::helm_values::chart::master::MASTER_CONFIG;
use detctl::formats::helm_values::chart::{Need, Print, Put, Row, Step, Test};

use crate::support::root;

/// The files of the chart by their names.
pub(super) fn files() -> [(&'static str, String); 3] {
    [
        ("Chart.yaml", "apiVersion: v2\nname: small\nversion: 0.0.1\n".to_owned()),
        ("values.yaml", format!("{}\n", table(DEFAULTS, 0).trim_start())),
        ("templates/master-config.yaml", format!("{}\n", template(MASTER_CONFIG.steps))),
    ]
}

#[test]
fn it_is_what_the_steps_say() {
    for (name, text) in files() {
        let path = root().join("tests/helm/chart").join(name);
        if std::env::var_os("DETCTL_WRITE_CHART").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &text).unwrap();
        }
        let written = std::fs::read_to_string(&path).unwrap();
        assert_eq!(written, text, "{name}: write it anew with DETCTL_WRITE_CHART=1");
    }
}

fn table(members: &[Default], depth: usize) -> String {
    let blanks = "  ".repeat(depth);
    members.iter().map(|(key, preset)| format!("\n{blanks}{key}:{}", preset_text(preset, depth))).collect()
}

fn preset_text(preset: &Preset, depth: usize) -> String {
    match preset {
        Preset::Null => String::new(),
        Preset::Bool(truth) => format!(" {truth}"),
        Preset::Text(text) => format!(" {text}"),
        Preset::Table(members) => table(members, depth + 1),
        Preset::List(items) => {
            let item = |item: &Preset| match item {
                Preset::Table(members) => {
                    let members: Vec<_> = members
                        .iter()
                        .map(|(key, preset)| format!("{key}:{}", preset_text(preset, depth + 2)))
                        .collect();
                    format!("\n{}- {}", "  ".repeat(depth + 1), members.join(&format!("\n{}", "  ".repeat(depth + 2))))
                }
                other => format!("\n{}-{}", "  ".repeat(depth + 1), preset_text(other, depth + 1)),
            };
            items.iter().map(item).collect()
        }
    }
}

fn template(steps: &[Step]) -> String {
    steps.iter().map(step).collect()
}

fn step(step: &Step) -> String {
    match step {
        Step::Text(text) | Step::Section(text, _) => (*text).to_owned(),
        Step::Release => "{{ $.Release.Name }}".to_owned(),
        Step::Namespace => "{{ $.Release.Namespace }}".to_owned(),
        Step::QuotedNamespace => "{{ $.Release.Namespace | quote }}".to_owned(),
        Step::Put(put) => printed(put),
        Step::Row(row) => line(row),
        Step::When(test, yes, no) => {
            let otherwise = if no.is_empty() { String::new() } else { format!("{{{{ else }}}}{}", template(no)) };
            format!("{{{{ if {} }}}}{}{otherwise}{{{{ end }}}}", condition(test), template(yes))
        }
        Step::Each(path, steps) => {
            format!("{{{{ range $index, $each := {} }}}}{}{{{{ end }}}}", value(path), template(steps))
        }
        Step::Index => "{{ $index }}".to_owned(),
        Step::Demand(path, words) => format!("{{{{ $_ := required {words:?} {} }}}}", value(path)),
        Step::Refuse(words) => format!("{{{{ fail {words:?} }}}}"),
        Step::Password => {
            let words = "An initial password for admin and determined users is required!";
            let given = "($.Values.initialUserPassword | default $.Values.defaultPassword)";
            format!("{{{{ $_ := required {words:?} {given} }}}}")
        }
        Step::BlockStart | Step::BlockEnd => String::new(),
        other => panic!("no step of this template: {other:?}"),
    }
}

fn line(row: &Row) -> String {
    let Put { from, print, need } = &row.put;
    let depth = row.to.matches('.').count();
    let key = row.to.rsplit('.').next().unwrap();
    let blank = if matches!(print, Print::Yaml(_)) { "" } else { " " };
    let text = format!("\n{}{key}:{blank}{}", " ".repeat(4 + 2 * depth + row.shift), printed(&row.put));
    match need {
        Need::Filled => format!("{{{{ if {} }}}}{text}{{{{ end }}}}", value(from)),
        _ => text,
    }
}

fn printed(put: &Put) -> String {
    let mut pipe = match put.need {
        Need::Required(words) => format!("required {words:?} {}", value(put.from)),
        Need::Or(text) => format!("{} | default {text}", value(put.from)),
        Need::Any | Need::Filled | Need::OrNull(_) => value(put.from),
    };
    match put.print {
        Print::Bare => {}
        Print::Quoted => pipe.push_str(" | quote"),
        Print::Json => pipe.push_str(" | toJson"),
        Print::Yaml(indent) => write!(pipe, " | toYaml | nindent {indent}").unwrap(),
        Print::YamlOfManager(indent) => {
            let mine = "\"kubeconfig_secret_name\" \"kubeconfig_secret_value\"";
            pipe = format!("omit ({pipe}) {mine} | toYaml | nindent {indent}");
        }
        Print::Lines(indent) => write!(pipe, " | nindent {indent}").unwrap(),
    }
    if let Need::OrNull(text) = put.need {
        write!(pipe, " | default {text:?}").unwrap();
    }
    format!("{{{{ {pipe} }}}}")
}

fn value(path: &str) -> String {
    match path.strip_prefix("@.") {
        Some(rest) => format!("$each.{rest}"),
        None => format!("$.Values.{path}"),
    }
}

fn condition(test: &Test) -> String {
    let all = |tests: &[Test]| tests.iter().map(|test| format!("({})", condition(test))).collect::<Vec<_>>().join(" ");
    match test {
        Test::Filled(path) => value(path),
        Test::Is(path, text) => format!("eq {} {text:?}", value(path)),
        Test::IsTrimmed(path, text) => format!("eq (trim {}) {text:?}", value(path)),
        Test::IsOr(path, default, text) => format!("eq ({} | default {default:?}) {text:?}", value(path)),
        Test::DiffersOr(path, default, text) => format!("ne ({} | default {default:?}) {text:?}", value(path)),
        Test::All(tests) => format!("and {}", all(tests)),
        Test::Any(tests) => format!("or {}", all(tests)),
        Test::Not(test) => format!("not ({})", condition(test)),
        other => panic!("no test of this template: {other:?}"),
    }
}
