//! detctl: checks Determined AI deployments that span several Kubernetes clusters, before the master does.
//!
//! This page is the plan of the house. The order of the rooms is the order in which they may know each
//! other; the test `guards` holds them to it.
//!
//! # The way of the data
//!
//! ```text
//! paths, - ─ source::load ─► bytes ─ source::encoding ─► text ─ yaml::parse ─► tree, every node with its bytes
//!                                                                               │
//!          what Go makes of it: JSON values with the way back to the bytes ◄─ value
//!                                                                               │
//!  formats::master: lower-casing and vanishing keys ► old keys ► decode ► defaults ─► model::load::Loaded
//!                                                                               │
//!                               rules: each looks at Loaded and adds findings ◄─┘
//!                                        │
//!             judge: the earliest finding that ends the load is the verdict ─► Judgement
//!                                        │
//!   report: for people, one line each, JSON, CI formats ◄── commands ──► exit code (error::Outcome)
//! ```
//!
//! `detctl capacity` has a way of its own: a snapshot goes through source::stream and formats::snapshot into
//! model::inventory, scheduling places the copies of a pod on it, and report::capacity finds the words.
//!
//! A devcluster file goes through formats::devcluster first, which writes the text of each master as devcluster would,
//! and a way back from it.
//!
//! `detctl render-helm` goes the other way: render reads the chart's own steps backwards and fills the template in
//! `templates/values.yaml.hbs` with what emit writes; then it goes forwards again from that text, through the same chart and
//! the same master, and compares.
//!
//! `detctl topology` lays the model out as people will see it; [`report::topology`] gathers a picture once and each form
//! only prints it.
//!
//! There is one decode and no second opinion: findings, verdict, the master's words and the effective
//! configuration come from the same pass. A rule says what its finding means for the load, the judge only
//! picks the earliest. Nothing below `commands` prints, reads the environment or looks at a clock, so the
//! same bytes give the same report.
//!
//! # The rooms
//!
//! A room names those rooms that the table `ALLOWED` in `tests/it/guards.rs` grants: of lower strata, and within one those that
//! stand there before it. Facts (`§5.7`, `E-V6`, `C-8`) are what was found out about master, chart and devcluster from their
//! sources and from recorded runs; the records lie in `fixtures`.
//!
//! | stratum | room | what it is |
//! | --- | --- | --- |
//! | 0 | [`spelling`] | did-you-mean |
//! | 0 | [`redaction`] | the last writer before the streams, which covers secrets and never has anything to do |
//! | 0 | [`release`] | releases of the master, and the one table of what changed when |
//! | 0 | [`shell`] | words of command lines as a shell takes them |
//! | 0 | [`source`] | texts, byte spans, lines and columns; the only place that opens, writes and makes files |
//! | 1 | [`diagnostic`] | findings as plain data: rule, severity, effect, labels, help, fix |
//! | 1 | [`yaml`] | YAML as go-yaml v2 and as PyYAML read it, every node with its bytes; scalars as each resolves them |
//! | 2 | [`value`] | the tree as a Go program sees it: merged, keyed, printed as Go prints |
//! | 2 | [`decode`] | encoding/json on tables of Go types: all misfits at once, with the words for each |
//! | 2 | [`python`] | the tree as a Python program sees it: PyYAML's constructors, Python's way to print |
//! | 2 | [`emit`] | YAML that every reader takes for the same |
//! | 3 | [`naming`] | what Secrets and their keys are called |
//! | 3 | [`kubeconfig`] | kubeconfig files as client-go reads them; what they are worth inside the master |
//! | 3 | [`model`] | the configuration with its defaults, where each value comes from, and verdicts; nodes and pods |
//! | 4 | [`formats`] | kinds of files: telling them apart, and the way of each into the model; snapshots of clusters |
//! | 4 | [`scheduling`] | where a request goes, which pods a cluster admits and where they fit, as master and kube-scheduler decide it; no strings |
//! | 4 | [`rules`] | what can be wrong, one file per rule, none of which knows a file format |
//! | 4 | [`credentials`] | the identity of a master on another cluster, and the Secret with its kubeconfig, as data |
//! | 5 | [`judge`] | one text, everything that can be said of it |
//! | 5 | [`cluster`] | API servers → inventories; the only place that waits for a network |
//! | 5 | [`mend`] | fixes carried out, the result judged again |
//! | 5 | [`compare`] | two models side by side: what differs, and what that does to requests |
//! | 5 | [`render`] | the model written as values of the chart, with the proof that they come back as the same |
//! | 5 | [`schema`] | JSON Schemas for editors, from the tables that the decoder reads |
//! | 6 | [`report`] | everything that a person or a machine reads; miette is known in `report/human` only |
//! | 7 | [`error`], [`io`], [`cli`], [`commands`] | the shell: arguments, streams, wiring, exit codes |
//!
//! `cli` and `commands` know each other, as a command line is both its arguments and what they do; everything else has
//! one direction.
//!
//! # Where the next thing goes
//!
//! * A **rule**: a file in `src/rules`, its fixtures, and a row; the guide stands in [`rules`].
//! * An **output format**: a file in `src/report`, a variant of [`report::Format`]; the guide stands in [`report`].
//! * A **command**: a file in `src/commands` and one in `tests/it/cli`; the guide stands in [`commands`].
//! * A **kind of file**: a folder in `src/formats` that ends in the same [`model::MultiRm`], root keys in
//!   `formats::detect`, a variant of [`model::verdict::Kind`] and an arm in [`judge::judge`].
//! * A **release**: rows in [`release`]; a key carries its period in the tables of `src/formats/master/schema`, and a rule
//!   asks [`release::Release::has`]. No other room compares versions. The proof are records of that release in
//!   `fixtures/verdicts`.
//! * A **setting**: a row in `src/formats/master/schema`; when rules or later commands need it, a field in
//!   [`model::config`] and a line in `src/formats/master/lift.rs`.

pub mod cli;
pub mod cluster;
pub mod commands;
pub mod compare;
pub mod credentials;
pub mod decode;
pub mod diagnostic;
pub mod emit;
pub mod error;
pub mod formats;
pub mod io;
pub mod judge;
pub mod kubeconfig;
pub mod mend;
pub mod model;
pub mod naming;
pub mod python;
pub mod redaction;
pub mod release;
pub mod render;
pub mod report;
pub mod rules;
pub mod scheduling;
pub mod schema;
pub mod shell;
pub mod source;
pub mod spelling;
pub mod value;
pub mod yaml;
pub use cli::run;
