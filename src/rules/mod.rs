//! What can be wrong with a configuration: one file per rule.
//!
//! # Adding a rule
//! 1. Write `src/rules/<id with underscores>.rs` with a `RULE` and its `check`. A rule sees the loaded text
//!    and the model, never a file format, and says what its finding means for the load in
//!    [`Finding::load`]. The example in `after` loads; `before` and `after` may start with
//!    `# master-version: 0.37.0`.
//! 2. Add the `mod` line here, and the row in `RULES` of `list.rs`.
//! 3. Give it `fixtures/rules/<id>/flagged*.yaml` and `clean*.yaml`, small files such as somebody would write.
//!    A line at which a finding starts ends in `# flag`; where a comment would change the case, the numbers of
//!    the lines stand in `flagged*.flags` beside it.
//! 4. Name it in `tests/it/coverage.rs` at the facts that it covers, run the tests, and look at the message in
//!    `tests/it/snapshots` that they wrote for it (`INSTA_UPDATE=always`) and at the table in the README.
//!
//! 5. Where an edit mends it, add a [`crate::diagnostic::Fix`] with the help of `mending`, name the rule in `FIXES` of `list.rs` and
//!    put `fixed*.yaml` beside `flagged*.yaml`. An edit is safe when it keeps what the author plainly meant.
//!
//! What is forgotten fails a test.

mod additional_default_pool;
mod additional_manager_empty;
mod additional_manager_missing;
mod additional_manager_pbs;
mod additional_manager_type;
mod additional_managers_misspelt;
mod affinity_without_node_affinity;
mod agent_default_pools;
mod agent_scheduler_removed;
mod case_collision;
mod chart_key_in_master;
mod checkpoints_local;
mod cluster_name_missing;
mod cluster_unreachable;
mod context;
mod cpu_slots_matched_apart;
mod cpu_slots_without_request;
mod decoding;
mod default_namespace_missing;
mod default_namespace_name;
mod default_pool_missing;
mod default_scheduler;
mod default_scheduler_preemption;
mod deprecated_key;
mod devcluster;
mod devcluster_bad_value;
mod devcluster_dollar;
mod devcluster_duplicate_key;
mod devcluster_missing_key;
mod devcluster_retyped;
mod devcluster_root;
mod devcluster_same_name;
mod devcluster_second_document;
mod devcluster_second_stage;
mod devcluster_unknown_key;
mod devcluster_unknown_kind;
mod devcluster_unreadable;
mod devcluster_unset_variable;
mod devcluster_unused_config;
mod dropped_key;
mod duplicate_cluster_name;
mod duplicate_key;
mod duplicate_pool_name;
mod empty_configuration;
mod env_file_line;
mod fair_share_deprecated;
mod file_too_large;
mod flag_value;
pub mod followed;
mod foreign_jobs;
mod gateway;
mod gateway_many_ports;
mod gateway_missing;
mod gateway_not_ready;
mod gateway_shared;
mod implied_agent_manager;
mod in_cluster_twice;
mod initial_password_missing;
mod invalid_yaml;
mod kubeconfig_context;
mod kubeconfig_expiry;
mod kubeconfig_files;
mod kubeconfig_path;
mod kubeconfig_plugin;
mod kubeconfig_rights;
mod kubeconfig_secret;
mod kubeconfig_server;
mod kubeconfig_unusable;
mod launcher_with_additional;
mod licence;
mod list;
mod lone_pod_specs;
mod managers_inside_manager;
mod master_address_malformed;
mod master_address_missing;
mod master_address_unreachable;
mod master_not_reached;
mod master_scheme_mismatch;
mod master_service_not_found;
mod max_slots_per_pod_ignored;
mod max_slots_per_pod_missing;
mod max_slots_per_pod_negative;
mod mending;
mod missing_type;
mod misspelt_secrets;
mod namespace_not_found;
mod no_resource_pools;
mod not_json;
mod not_utf8;
mod octal_number;
mod old_key_converted;
mod old_schema;
mod one_cluster;
mod places;
mod pod_spec_setting;
mod pool_aux_containers;
mod pool_name_missing;
mod pool_pod_spec_replaces_root;
mod pool_resets_task_defaults;
mod pool_scheduler_lowers_priority;
mod pool_tolerations_uncounted;
mod pool_without_nodes;
mod pools_inside_manager;
mod preemption_timeout_not_text;
mod retired_key;
mod root_not_mapping;
mod same_kubeconfig;
mod scheduler_setting;
mod second_document;
mod section_setting;
mod seen;
mod slot_type;
mod slots_per_pod_unusable;
mod suppression;
mod suppression_syntax;
mod suppression_unknown_rule;
mod suppression_unused;
mod task_defaults_setting;
mod unknown_key;
mod unknown_type;
mod unreadable_value;
mod values_contradict;
mod values_idle;
mod values_key_ignored;
mod values_managers_misspelt;
mod values_manifest;
mod values_missing;
mod values_secret;
mod values_set;
mod values_shape;
mod values_unquoted;
mod vanished_gateway;
mod vanished_key;
mod vanished_manager;
mod wrong_type;

use followed::Followed;
use list::{DEVCLUSTER, FIXES, FOLLOWED, RULES};
pub use seen::{Lacking, Seen, Sight, Unseen, check_seen, of_secret};

use crate::diagnostic::{Applicability, Effect, Finding, Severity};
use crate::model::chart::Reread;
use crate::model::devcluster::Reading;
use crate::source::Span;

pub use context::Context;
pub(crate) use suppression::suppress;
pub use suppression::{Sifted, as_go, as_python, suppress_later};

/// A rule with all that `explain` shows.
#[derive(Debug)]
pub struct Rule {
    /// The name, kebab-case.
    pub id: &'static str,
    /// How bad its findings are.
    pub severity: Severity,
    /// What happens in a deployment.
    pub effect: Effect,
    /// What it finds, one line.
    pub summary: &'static str,
    /// Why it matters and what the master does, a few sentences.
    pub why: &'static str,
    /// The master's exact words, `<…>` for what varies; empty when it says nothing.
    pub master_says: &'static [&'static str],
    /// Ids of the facts behind it.
    pub facts: &'static [&'static str],
    /// The page of the Determined documentation that speaks of it, with the section; see [`Rule::docs_url`].
    pub docs: &'static str,
    /// A configuration with the fault.
    pub before: &'static str,
    /// The same, mended.
    pub after: &'static str,
    /// Looks for it; `None` for rules whose findings are made while files are read.
    pub check: Option<fn(&Context<'_>, &mut Vec<Finding>)>,
}

impl Rule {
    /// Where to read on; `None` for what only detctl does.
    #[must_use]
    pub fn docs_url(&self) -> Option<String> {
        let (page, section) = self.docs.split_once('#').map_or((self.docs, None), |(page, at)| (page, Some(at)));
        let section = section.map(|section| format!("#{section}")).unwrap_or_default();
        (!page.is_empty()).then(|| format!("https://docs.determined.ai/latest/{page}.html{section}"))
    }

    /// Whether its findings can have a fix, and of which kind at best.
    #[must_use]
    pub fn fix(&self) -> Option<Applicability> {
        FIXES.iter().find(|(id, _)| *id == self.id).map(|(_, applicability)| *applicability)
    }

    /// A finding of this rule at a place.
    #[must_use]
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Finding {
        Finding::at(self.id, self.severity, self.effect, span, message).facts(self.facts)
    }
}

/// All rules, in the order of the master's phases.
#[must_use]
pub fn all() -> &'static [&'static Rule] {
    RULES
}

/// The rule of a name.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}

/// Bytes to mask besides the values of known secret keys: those of keys that were meant to be such.
#[must_use]
pub fn misspelt_secrets(context: &Context<'_>) -> Vec<Span> {
    misspelt_secrets::misspelt_secrets(context)
}

/// What is wrong between several files of values and the arguments that are laid over them.
#[must_use]
pub fn check_layers(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    values_set::check(context, &mut findings);
    values_contradict::check(context, &mut findings);
    findings
}

/// Tells at a finding of the master about a value that the chart prints without quotes how it came to it.
#[must_use]
pub fn explain_unquoted(finding: Finding, reread: &Reread) -> Finding {
    values_unquoted::explain(finding, reread)
}

/// Tells at a finding of the master about a text that has come from a variable that devcluster makes texts only.
#[must_use]
pub fn explain_variable(finding: Finding) -> Finding {
    wrong_type::explain_variable(finding)
}

/// Adds the quotes that a value needs which the chart wrote in another spelling; `written` is what stands in the values.
#[must_use]
pub fn quote_again(finding: Finding, written: &str) -> Finding {
    values_unquoted::quote_again(finding, written)
}

/// Says of a fault in a text that the chart wrote what the author of the values can do about it.
#[must_use]
pub fn explain_broken(finding: Finding) -> Finding {
    values_unquoted::broken(finding)
}

/// Everything that any rule has to say.
#[must_use]
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in RULES.iter().filter_map(|rule| rule.check) {
        check(context, &mut findings);
    }
    findings
}

/// Everything that rules have to say of a devcluster file, besides what its masters say.
#[must_use]
pub fn check_devcluster(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in DEVCLUSTER {
        check(reading, &mut findings);
    }
    findings
}

/// Everything that rules have to say of the kubeconfigs that a configuration names; none of it ends a load.
#[must_use]
pub fn check_followed(context: &Context<'_>, followed: &[Followed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for check in FOLLOWED.iter().filter(|_| !followed.is_empty()) {
        check(context, followed, &mut findings);
    }
    findings
}
