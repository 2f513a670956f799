//! Pairs of ways between kinds of files: there and back is the same configuration.

use detctl::formats::helm_values::Request;
use detctl::model::verdict::Kind;
use detctl::release::Release;
use detctl::render::Failure;
use detctl::render::forms::{Original, devcluster, master};
use detctl::source::SourceMap;
use proptest::prelude::*;
use serde_json::Value;

use super::generated::configuration;
use super::{differences, flow, judged, resolved};

type Way = fn(&Original<'_>) -> Result<String, Failure>;

fn go(way: Way, text: &str) -> Result<String, Failure> {
    let mut sources = SourceMap::new();
    let source = sources.add("master.yaml", text);
    way(&Original { text, source, release: Release::default(), heading: "x" })
}

/// The text that devcluster writes for its master.
fn conf(text: &str) -> String {
    let mut sources = SourceMap::new();
    let id = sources.add("devcluster.yaml", text);
    let outcome = detctl::formats::devcluster::load(&mut sources, id, &Default::default());
    outcome.masters[0].text.clone()
}

fn same(one: &str, other: &str) -> Result<(), String> {
    let of = |text: &str| judged(text, Kind::Master, Request::default());
    let (before, after) = (of(one), of(other));
    if before.configurations[0].resolved.is_none() {
        return Ok(());
    }
    let mut found = Vec::new();
    differences(&resolved(&before), &resolved(&after), "", &mut found);
    if found.is_empty() { Ok(()) } else { Err(format!("{found:?}\n{one}\n---\n{other}")) }
}

fn master_and_back(configuration: &Value) -> Result<(), String> {
    let text = flow(configuration);
    let once = go(master, &text).map_err(|failure| format!("{failure:?}\n{text}"))?;
    super::readers::agree(&once)?;
    same(&text, &once)?;
    // The second time there is nothing left to change.
    let twice = go(master, &once).map_err(|failure| format!("{failure:?}"))?;
    if once == twice { Ok(()) } else { Err(format!("{once}\n---\n{twice}")) }
}

fn devcluster_and_back(configuration: &Value) -> Result<(), String> {
    let text = flow(configuration);
    let there = match go(devcluster, &text) {
        Ok(there) => there,
        // By name: some texts do not survive devcluster.
        Err(Failure::Unproven(remarks)) if !remarks.is_empty() => return Ok(()),
        Err(Failure::Stopped(_)) => return Ok(()),
        Err(failure) => return Err(format!("{failure:?}\n{text}")),
    };
    let back = go(master, &conf(&there)).map_err(|failure| format!("{failure:?}\n{there}"))?;
    same(&text, &back)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_master_comes_back(configuration in configuration()) {
        master_and_back(&configuration).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn a_devcluster_file_comes_back(configuration in configuration()) {
        devcluster_and_back(&configuration).map_err(TestCaseError::fail)?;
    }
}

/// A text that devcluster writes plain and the master reads as a truth is refused by name, also where it has no effect.
#[test]
fn a_text_that_the_master_reads_as_something_else_is_named() {
    let text = "resource_manager: {type: kubernetes, default_aux_resource_pool: \"y\", no_default_resource_pools: true, max_slots_per_pod: 1}\nresource_pools: [{pool_name: x}]\n";
    match go(devcluster, text) {
        Err(Failure::Unproven(remarks)) => {
            assert_eq!(remarks[0].setting, "resource_manager.default_aux_resource_pool");
            assert!(remarks[0].message.contains("cannot unmarshal bool"), "{}", remarks[0].message);
            assert!(!remarks[0].place.is_empty());
        }
        other => panic!("{other:?}"),
    }
}

/// Texts that devcluster passes on as they are, with a dollar among them, are never refused.
#[test]
fn plain_configurations_are_never_refused() {
    let text = "resource_manager: {type: kubernetes, cluster_name: a$b, max_slots_per_pod: 1}\nresource_pools: [{pool_name: x, description: \"a: b $$ ${c}\"}]\n";
    let there = go(devcluster, text).unwrap();
    same(text, &conf(&there)).unwrap();
}
