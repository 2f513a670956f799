//! What all commands share.

use crate::support::{Place, run};

#[test]
fn nothing_at_all_shows_what_there_is() {
    insta::assert_snapshot!(run(&[]).exits_with(2));
}

#[test]
fn a_misspelt_command_is_recognised() {
    let ran = run(&["validat"]).exits_with(2);
    assert!(ran.stderr.contains("validate"), "{ran}");
    assert_eq!(ran.stdout, "");
}

#[test]
fn every_help_leads_with_an_example_and_an_imperative() {
    let help = run(&["--help"]).exits_with(0).stdout;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names = commands.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    let mut seen = 0;
    for name in names.filter_map(|line| line.split(' ').next()).filter(|name| *name != "help") {
        let text = run(&[name, "--help"]).exits_with(0).stdout;
        let (first, rest) = text.split_once("\n\n").unwrap();
        assert!(first.starts_with(char::is_uppercase) && !first.ends_with('.'), "{name}: {first}");
        assert!(rest.starts_with("Example"), "{name} has no example on top:\n{text}");
        assert!(rest.contains(&format!("detctl {name}")), "{name}: {text}");
        seen += 1;
    }
    assert!(seen >= 6, "{help}");
}

#[test]
fn help_is_a_command_too() {
    assert_eq!(run(&["help"]).exits_with(0).stdout, run(&["--help"]).exits_with(0).stdout);
    let asked = run(&["help", "secrets", "create"]).exits_with(0).stdout;
    assert_eq!(asked, run(&["secrets", "create", "--help"]).exits_with(0).stdout);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let place = Place::with("a.yaml", super::validate::TWO_POOLS);
    let colours = |arguments: &[&str], env: &[(&str, &str)]| {
        let all = [&["validate", "a.yaml"], arguments].concat();
        place.run_with(&all, env, b"").stdout.contains('\u{1b}')
    };
    assert!(!colours(&[], &[]));
    assert!(colours(&["--color", "always"], &[]));
    assert!(colours(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colours(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(colours(&["--color=always"], &[("NO_COLOR", "1")]));
    assert!(!colours(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
}
