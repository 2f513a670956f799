//! `detctl man`.

use crate::support::run;

#[test]
fn the_page_has_every_command_and_flag() {
    let page = run(&["man"]).exits_with(0).stdout;
    assert!(page.starts_with(".ie"), "{page}");
    for text in
        [".TH detctl 1", "DETCTL VALIDATE", "DETCTL EXPLAIN", "DETCTL SECRETS CREATE", "fail\\-on", "Exit codes"]
    {
        assert!(page.contains(text), "{text} is missing:\n{page}");
    }
    assert!(!page.contains("DETCTL HELP"), "{page}");
}
