//! `detctl completions`.

use std::fs;

use crate::support::{root, run};

#[test]
fn the_scripts_in_completions_are_those_that_the_program_prints() {
    let files = [
        ("bash", "detctl.bash"),
        ("elvish", "detctl.elv"),
        ("fish", "detctl.fish"),
        ("powershell", "_detctl.ps1"),
        ("zsh", "_detctl"),
    ];
    for (shell, file) in files {
        let printed = run(&["completions", shell]).exits_with(0).stdout;
        let kept = fs::read_to_string(root().join("completions").join(file)).unwrap_or_default();
        assert!(printed == kept, "run `detctl completions {shell} > completions/{file}`");
    }
    let count = fs::read_dir(root().join("completions")).unwrap().count();
    assert_eq!(count, files.len(), "a file in completions/ belongs to no shell");
}

#[test]
fn an_unknown_shell_is_refused() {
    let ran = run(&["completions", "bsh"]).exits_with(2);
    assert!(ran.stderr.contains("bash"), "{ran}");
}
