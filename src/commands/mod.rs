//! One file per subcommand.

pub mod capacity;
