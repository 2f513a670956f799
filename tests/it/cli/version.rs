//! `detctl version`.

use crate::support::run;

#[test]
fn the_version_is_that_of_the_package() {
    let own = env!("CARGO_PKG_VERSION");
    assert_eq!(run(&["--version"]).exits_with(0).stdout, format!("detctl {own}\n"));
    assert!(run(&["version"]).exits_with(0).stdout.starts_with(&format!("detctl {own}\nmaster 0.38.1 ")));
    let document = run(&["version", "--format=json"]).exits_with(0).json();
    assert_eq!(document["version"], 1);
    assert_eq!(document["detctl"], own);
    assert_eq!(document["master"], "0.38.1");
}
