//! Tests against real API servers, real schedulers, and servers that fail.
//!
//! Each test says which releases of Kubernetes it needs. Those that `DETCTL_LIVE` does not name are listed as left
//! out; the others run, and fail where the programs are missing. How to write one stands in [`plane`].

#![allow(clippy::unwrap_used, reason = "a test stops at what is not as it should be")]

mod agreement;
mod commands;
mod failing;
mod harness;
mod plane;
mod program;
mod reading;
#[allow(dead_code, reason = "the other tests read the records, here only the scheduler's words are read")]
#[path = "../it/scheduling/records.rs"]
mod records;
mod trial;

use std::process::ExitCode;

use commands::{capacity, logins, real, render_helm, route_dry_run, secrets, size, sound, validate};
use harness::{access, ending, failures, kubeconfigs, planes, pods};
use libtest_mimic::{Arguments, Trial};
use plane::programs::Version::{Newer, Older};
use trial::Live;

/// All of them.
const TRIALS: &[Live] = &[
    Live::new("harness::planes::the_newer_release_says_so", &[Newer], planes::the_newer_release),
    Live::new("harness::planes::the_older_release_says_so", &[Older], planes::the_older_release),
    Live::new("harness::planes::two_share_nothing", &[Newer, Older], planes::two_share_nothing),
    Live::new("harness::planes::what_is_not_there_is_not_found", &[Newer], planes::what_is_not_there_is_not_found),
    Live::new("harness::access::strangers_are_turned_away", &[Newer], access::strangers_are_turned_away),
    Live::new("harness::access::a_user_can_do_what_was_granted", &[Newer], access::a_user_can_do_what_was_granted),
    Live::new(
        "harness::access::a_deleted_token_is_refused_after_a_while",
        &[Newer],
        access::a_deleted_token_is_refused_after_a_while,
    ),
    Live::new(
        "harness::access::the_smallest_role_can_do_exactly_that",
        &[Newer, Older],
        access::the_smallest_role_can_do_exactly_that,
    ),
    Live::new("harness::pods::pending_bound_running_on_the_newer_release", &[Newer], pods::pending_bound_running_newer),
    Live::new("harness::pods::pending_bound_running_on_the_older_release", &[Older], pods::pending_bound_running_older),
    Live::new("harness::pods::a_quota_refuses", &[Newer], pods::a_quota_refuses),
    Live::new(
        "harness::kubeconfigs::every_stanza_works_with_kubectl",
        &[Newer],
        kubeconfigs::every_stanza_works_with_kubectl,
    ),
    Live::new("harness::ending::a_panic_leaves_nothing_behind", &[Newer], ending::a_panic_leaves_nothing_behind),
    Live::new(
        "harness::ending::a_killed_run_leaves_nothing_behind",
        &[Newer],
        ending::a_killed_run_leaves_nothing_behind,
    ),
    Live::new("harness::failures::each_is_what_it_says", &[], failures::each_is_what_it_says),
    Live::new("harness::failures::a_proxy_lets_the_rest_through", &[Newer], failures::a_proxy_lets_the_rest_through),
    Live::new("reading::a_cluster_is_read", &[], reading::a_cluster_is_read),
    Live::new("reading::each_failure_is_told_apart", &[], reading::each_failure_is_told_apart),
    Live::new("capacity::a_cluster_is_as_good_as_its_snapshot", &[], capacity::a_cluster_is_as_good_as_its_snapshot),
    Live::new("capacity::no_failure_gives_a_wrong_yes", &[], capacity::no_failure_gives_a_wrong_yes),
    Live::new("capacity::missing_rights_leave_what_is_sound", &[], capacity::missing_rights_leave_what_is_sound),
    Live::new("capacity::no_more_is_read_than_needed", &[], capacity::no_more_is_read_than_needed),
    Live::new("capacity::bad_input_is_told", &[], capacity::bad_input_is_told),
    Live::new(
        "validate::kubeconfigs_of_a_live_plane_are_followed",
        &[Newer],
        validate::kubeconfigs_of_a_live_plane_are_followed,
    ),
    Live::new(
        "render_helm::the_address_is_waited_for_on_the_newer_release",
        &[Newer],
        render_helm::the_address_is_waited_for_on_the_newer_release,
    ),
    Live::new(
        "render_helm::the_address_is_waited_for_on_the_older_release",
        &[Older],
        render_helm::the_address_is_waited_for_on_the_older_release,
    ),
    Live::new("render_helm::a_node_port_is_reached_by_a_node", &[Newer], render_helm::a_node_port_is_reached_by_a_node),
    Live::new(
        "secrets::what_is_stored_works_and_a_second_run_changes_nothing",
        &[Newer],
        secrets::create::what_is_stored_works_and_a_second_run_changes_nothing,
    ),
    Live::new(
        "secrets::what_goes_wrong_with_time_is_found",
        &[Newer],
        secrets::life::what_goes_wrong_with_time_is_found,
    ),
    Live::new("secrets::what_was_made_is_taken_away", &[Newer], secrets::life::what_was_made_is_taken_away),
    Live::new(
        "secrets::a_credential_that_was_taken_back_is_found",
        &[Newer],
        secrets::life::a_credential_that_was_taken_back_is_found,
    ),
    Live::new(
        "secrets::t6_and_t7_manifests_are_printed_where_they_are_asked_for",
        &[Newer],
        secrets::threats::t6_and_t7_manifests_are_printed_where_they_are_asked_for,
    ),
    Live::new(
        "secrets::t8_only_the_minted_identity_is_stored",
        &[Newer],
        secrets::threats::t8_only_the_minted_identity_is_stored,
    ),
    Live::new("secrets::t9_masters_are_never_copied", &[Newer], secrets::threats::t9_masters_are_never_copied),
    Live::new("secrets::a_pulled_context_is_used", &[Newer], secrets::threats::a_pulled_context_is_used),
    Live::new(
        "secrets::a_credential_is_taken_over_by_choice",
        &[Newer],
        secrets::threats::a_credential_is_taken_over_by_choice,
    ),
    Live::new(
        "secrets::t11_the_wrong_cluster_is_refused",
        &[Newer],
        secrets::threats::t11_the_wrong_cluster_is_refused,
    ),
    Live::new(
        "secrets::t12_jobs_of_another_determined_are_not_lost",
        &[Newer],
        secrets::threats::t12_jobs_of_another_determined_are_not_lost,
    ),
    Live::new(
        "secrets::t13_a_server_that_cannot_prove_itself_gets_no_token",
        &[Newer],
        secrets::threats::t13_a_server_that_cannot_prove_itself_gets_no_token,
    ),
    Live::new("secrets::t14_insecure_is_refused", &[Newer], secrets::threats::t14_insecure_is_refused),
    Live::new(
        "secrets::t15_a_token_counts_on_its_own_cluster_alone",
        &[Newer],
        secrets::threats::t15_a_token_counts_on_its_own_cluster_alone,
    ),
    Live::new(
        "secrets::t17_a_change_between_plan_and_write_is_not_lost",
        &[Newer],
        secrets::threats::t17_a_change_between_plan_and_write_is_not_lost,
    ),
    Live::new(
        "secrets::t17_two_runs_at_once_leave_one_good_secret",
        &[Newer],
        secrets::threats::t17_two_runs_at_once_leave_one_good_secret,
    ),
    Live::new(
        "secrets::t18_what_was_done_in_part_is_told_and_a_second_run_ends_it",
        &[Newer],
        secrets::threats::t18_what_was_done_in_part_is_told_and_a_second_run_ends_it,
    ),
    Live::new(
        "secrets::t19_a_short_time_is_not_taken_silently",
        &[Newer],
        secrets::threats::t19_a_short_time_is_not_taken_silently,
    ),
    Live::new("secrets::t20_what_is_revoked_is_refused", &[Newer], secrets::threats::t20_what_is_revoked_is_refused),
    Live::new(
        "secrets::t22_who_may_not_grant_is_told_all_before_anything_is_written",
        &[Newer],
        secrets::threats::t22_who_may_not_grant_is_told_all_before_anything_is_written,
    ),
    Live::new(
        "secrets::t26_a_busy_cluster_costs_its_own_time_only",
        &[Newer],
        secrets::threats::t26_a_busy_cluster_costs_its_own_time_only,
    ),
    Live::new(
        "secrets::t26_no_failing_server_holds_a_run_up",
        &[],
        secrets::threats::t26_no_failing_server_holds_a_run_up,
    ),
    Live::new(
        "secrets::the_old_token_counts_until_the_master_has_started_anew",
        &[],
        secrets::kept::the_old_token_counts_until_the_master_has_started_anew,
    ),
    Live::new(
        "secrets::the_master_is_started_anew_once_for_all_clusters",
        &[],
        secrets::kept::the_master_is_started_anew_once_for_all_clusters,
    ),
    Live::new("secrets::a_token_in_a_file_needs_no_restart", &[], secrets::kept::a_token_in_a_file_needs_no_restart),
    Live::new(
        "secrets::t18_a_run_that_was_killed_is_gone_on_with",
        &[],
        secrets::kept::t18_a_run_that_was_killed_is_gone_on_with,
    ),
    Live::new(
        "secrets::t6_a_run_that_is_killed_in_the_middle_of_a_write_leaves_nothing_half_written",
        &[],
        secrets::kept_threats::t6_a_run_that_is_killed_in_the_middle_of_a_write_leaves_nothing_half_written,
    ),
    Live::new(
        "secrets::t15_a_token_file_leads_to_no_other_cluster",
        &[],
        secrets::kept_threats::t15_a_token_file_leads_to_no_other_cluster,
    ),
    Live::new(
        "secrets::t16_what_belongs_to_somebody_else_stays_as_it_is",
        &[],
        secrets::kept_threats::t16_what_belongs_to_somebody_else_stays_as_it_is,
    ),
    Live::new(
        "secrets::t25_tasks_beside_the_secret_are_found_later",
        &[],
        secrets::kept_threats::t25_tasks_beside_the_secret_are_found_later,
    ),
    Live::new(
        "secrets::rights_that_somebody_else_has_granted_are_asked_for",
        &[],
        secrets::kept_threats::rights_that_somebody_else_has_granted_are_asked_for,
    ),
    Live::new(
        "secrets::t16_and_t21_what_was_made_by_hand_is_taken_over_by_choice",
        &[Newer],
        secrets::threats::t16_and_t21_what_was_made_by_hand_is_taken_over_by_choice,
    ),
    Live::new(
        "secrets::without_a_default_namespace_nothing_is_missed",
        &[Newer],
        secrets::life::without_a_default_namespace_nothing_is_missed,
    ),
    Live::new("secrets::what_never_changes_gets_a_new_name", &[], secrets::kept::what_never_changes_gets_a_new_name),
    Live::new(
        "secrets::without_the_right_to_list_nothing_is_swept",
        &[],
        secrets::kept::without_the_right_to_list_nothing_is_swept,
    ),
    Live::new("secrets::checks_fail_where_they_should", &[Newer], secrets::threats::checks_fail_where_they_should),
    Live::new(
        "secrets::kubectl_lists_the_planned_rights_and_no_others",
        &[Newer],
        secrets::rights::kubectl_lists_the_planned_rights_and_no_others,
    ),
    Live::new(
        "secrets::t22_who_may_not_store_is_told_all_before_anything_is_written",
        &[Newer],
        secrets::rights::t22_who_may_not_store_is_told_all_before_anything_is_written,
    ),
    Live::new(
        "secrets::t11_the_same_cluster_twice_is_refused",
        &[Newer],
        secrets::rights::t11_the_same_cluster_twice_is_refused,
    ),
    Live::new(
        "secrets::t18_a_first_run_that_was_killed_is_gone_on_with",
        &[],
        secrets::kept_threats::t18_a_first_run_that_was_killed_is_gone_on_with,
    ),
    Live::new("secrets::what_is_printed_can_be_sealed", &[], secrets::sealing::what_is_printed_can_be_sealed),
    Live::new("secrets::what_is_needed_is_not_deleted", &[], secrets::kept_threats::what_is_needed_is_not_deleted),
    Live::new(
        "secrets::what_never_changes_stands_beside_the_next_one",
        &[Newer],
        secrets::rotation::what_never_changes_stands_beside_the_next_one,
    ),
    Live::new("secrets::t17_nobodys_change_is_lost", &[], secrets::kept::t17_nobodys_change_is_lost),
    Live::new(
        "secrets::what_cannot_be_changed_is_replaced_by_choice_only",
        &[],
        secrets::kept::what_cannot_be_changed_is_replaced_by_choice_only,
    ),
    Live::new(
        "secrets::another_cluster_and_a_missing_one_are_refused",
        &[],
        secrets::kept::another_cluster_and_a_missing_one_are_refused,
    ),
    Live::new("secrets::clusters_are_asked_at_the_same_time", &[], secrets::kept::clusters_are_asked_at_the_same_time),
    Live::new(
        "secrets::a_dead_cluster_costs_its_own_deadline",
        &[],
        secrets::kept::a_dead_cluster_costs_its_own_deadline,
    ),
    Live::new("secrets::old_and_new_tokens_overlap", &[Newer], secrets::rotation::old_and_new_tokens_overlap),
    Live::new(
        "secrets::a_token_in_a_file_overlaps_for_as_long_as_measured",
        &[Newer],
        secrets::rotation::a_token_in_a_file_overlaps_for_as_long_as_measured,
    ),
    Live::new(
        "secrets::two_runs_at_once_leave_one_credential",
        &[Newer],
        secrets::rotation::two_runs_at_once_leave_one_credential,
    ),
    Live::new(
        "secrets::a_run_that_is_killed_at_any_moment_is_gone_on_with",
        &[Newer],
        secrets::rotation::a_run_that_is_killed_at_any_moment_is_gone_on_with,
    ),
    Live::new("secrets::a_shortened_lifetime_is_told", &[Newer], secrets::rotation::a_shortened_lifetime_is_told),
    Live::new(
        "secrets::a_configuration_tells_where_the_token_file_lies",
        &[],
        secrets::kept::a_configuration_tells_where_the_token_file_lies,
    ),
    Live::new(
        "secrets::what_is_fixed_is_replaced_by_choice_and_what_leaks_is_removed",
        &[Newer],
        secrets::rotation::what_is_fixed_is_replaced_by_choice_and_what_leaks_is_removed,
    ),
    Live::new(
        "route_dry_run::two_clusters_are_as_good_as_their_snapshots",
        &[],
        route_dry_run::two_clusters_are_as_good_as_their_snapshots,
    ),
    Live::new(
        "real::deployments_are_checked_before_they_are_made",
        &[Newer],
        real::deployments_are_checked_before_they_are_made,
    ),
    Live::new("real::the_server_is_asked_itself", &[Newer], real::the_server_is_asked_itself),
    Live::new("route_dry_run::at_once_says_the_same", &[], route_dry_run::at_once_says_the_same),
    Live::new("route_dry_run::what_was_saved_says_the_same", &[], route_dry_run::what_was_saved_says_the_same),
    Live::new(
        "topology::drawn_clusters_are_as_good_as_their_snapshots",
        &[],
        route_dry_run::drawn_clusters_are_as_good_as_their_snapshots,
    ),
    Live::new(
        "route_dry_run::a_dead_cluster_hides_nothing_else",
        &[],
        route_dry_run::a_dead_cluster_hides_nothing_else,
    ),
    Live::new("route_dry_run::which_cluster_is_meant_is_told", &[], route_dry_run::which_cluster_is_meant_is_told),
    Live::new(
        "sound::a_list_of_pods_that_is_cut_short_gives_no_yes",
        &[],
        sound::a_list_of_pods_that_is_cut_short_gives_no_yes,
    ),
    Live::new(
        "sound::a_list_of_nodes_that_is_cut_short_gives_no_no",
        &[],
        sound::a_list_of_nodes_that_is_cut_short_gives_no_no,
    ),
    Live::new(
        "sound::a_list_of_namespaces_that_is_cut_short_refuses_nothing",
        &[],
        sound::a_list_of_namespaces_that_is_cut_short_refuses_nothing,
    ),
    Live::new(
        "sound::the_pods_of_a_node_that_may_not_be_read_give_no_yes",
        &[],
        sound::the_pods_of_a_node_that_may_not_be_read_give_no_yes,
    ),
    Live::new(
        "sound::a_pod_that_is_placed_meanwhile_counts_on_its_node",
        &[],
        sound::a_pod_that_is_placed_meanwhile_counts_on_its_node,
    ),
    Live::new(
        "sound::a_no_stays_a_no_where_pods_were_read_in_part",
        &[],
        sound::a_no_stays_a_no_where_pods_were_read_in_part,
    ),
    Live::new("sound::a_proxy_does_not_judge_pods", &[], sound::a_proxy_does_not_judge_pods),
    Live::new(
        "capacity::a_busy_server_is_not_put_words_in_its_mouth",
        &[],
        capacity::a_busy_server_is_not_put_words_in_its_mouth,
    ),
    Live::new("capacity::reviews_that_hang_are_done_without", &[], capacity::reviews_that_hang_are_done_without),
    Live::new(
        "capacity::a_list_that_gets_too_old_is_read_to_its_end",
        &[],
        capacity::a_list_that_gets_too_old_is_read_to_its_end,
    ),
    Live::new(
        "capacity::what_was_saved_decides_no_more_than_the_cluster_did",
        &[],
        capacity::what_was_saved_decides_no_more_than_the_cluster_did,
    ),
    Live::new(
        "capacity::quiet_runs_say_nothing_beside_the_answer",
        &[],
        capacity::quiet_runs_say_nothing_beside_the_answer,
    ),
    Live::new(
        "logins::one_that_gets_no_credentials_hides_nothing_else",
        &[],
        logins::one_that_gets_no_credentials_hides_nothing_else,
    ),
    Live::new("logins::programs_run_at_the_same_time", &[], logins::programs_run_at_the_same_time),
    Live::new(
        "logins::one_cluster_under_two_names_is_noticed_before_anything_is_kept",
        &[],
        logins::one_cluster_under_two_names_is_noticed_before_anything_is_kept,
    ),
    Live::new("reading::jobs_beyond_the_first_page_are_seen", &[], reading::jobs_beyond_the_first_page_are_seen),
    Live::new("reading::only_a_master_is_taken_for_one", &[], reading::only_a_master_is_taken_for_one),
    Live::new("size::memory_does_not_grow_with_the_cluster", &[], size::memory_does_not_grow_with_the_cluster),
    Live::new(
        "real::predictions_come_true_on_the_newer_release",
        &[Newer],
        real::predictions_come_true_on_the_newer_release,
    ),
    Live::new(
        "real::predictions_come_true_on_the_older_release",
        &[Older],
        real::predictions_come_true_on_the_older_release,
    ),
    Live::new("real::rights_are_what_they_are", &[Newer], real::rights_are_what_they_are),
    Live::new("agreement::on_the_newer_release", &[Newer], agreement::on_the_newer_release),
    Live::new("agreement::on_the_older_release", &[Older], agreement::on_the_older_release),
];

fn main() -> ExitCode {
    // The harness tests what becomes of planes when a run is killed, with runs of its own.
    if std::env::args().nth(1).as_deref() == Some(ending::HOLD) {
        return ending::hold();
    }
    let arguments = Arguments::from_args();
    let left_out = TRIALS.iter().filter(|live| live.is_left_out()).count();
    let trials: Vec<Trial> = TRIALS.iter().map(Live::trial).collect();
    let conclusion = libtest_mimic::run(&arguments, trials);
    secrets::end_shared();
    plane::end_shared();
    if left_out > 0 && !arguments.list {
        trial::say_left_out(left_out);
    }
    conclusion.exit_code()
}
