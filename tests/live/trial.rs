//! A row of the table of live tests.

use std::io::Write as _;

use libtest_mimic::Trial;

use crate::plane::programs::Version;

/// One test.
pub(crate) struct Live {
    name: &'static str,
    /// The releases whose planes it starts; none for tests that need no plane.
    needs: &'static [Version],
    run: fn(),
}

impl Live {
    /// A row.
    pub(crate) const fn new(name: &'static str, needs: &'static [Version], run: fn()) -> Self {
        Self { name, needs, run }
    }

    /// Whether a release that it needs is not asked for.
    pub(crate) fn is_left_out(&self) -> bool {
        self.needs.iter().any(|version| !version.is_asked_for())
    }

    /// As the runner takes it.
    pub(crate) fn trial(&self) -> Trial {
        let run = self.run;
        let trial = Trial::test(self.name, move || {
            run();
            Ok(())
        });
        if self.is_left_out() {
            let needs: Vec<&str> = self.needs.iter().map(|version| version.name()).collect();
            return trial.with_kind(format!("left out, needs {}", needs.join(", "))).with_ignored_flag(true);
        }
        trial
    }
}

/// Says how many were left out, and how to run them.
pub(crate) fn say_left_out(count: usize) {
    let _ = writeln!(
        std::io::stderr(),
        "{count} live tests were left out: they need real control planes. \
         tests/control-plane/build makes these (with Go); then DETCTL_LIVE=all cargo test --test live"
    );
}

/// Says what was measured.
pub(crate) fn say(measured: &str) {
    let _ = writeln!(std::io::stderr(), "{measured}");
}
