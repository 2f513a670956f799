//! `detctl schema`.

use crate::support::run;

#[test]
fn a_schema_is_printed_for_a_release() {
    let now = run(&["schema", "master"]).exits_with(0).json();
    assert_eq!(now["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let manager = |schema: &serde_json::Value| schema["$defs"]["config.ResourceManagerConfig"].to_string();
    assert!(manager(&now).contains("\"default_namespace\"") && !manager(&now).contains("\"namespace\""));
    let old = run(&["schema", "master", "--master-version", "0.34.0"]).exits_with(0).json();
    assert!(!manager(&old).contains("\"default_namespace\"") && manager(&old).contains("\"namespace\""));
}

#[test]
fn values_of_the_chart_have_a_schema_of_their_own() {
    let schema = run(&["schema", "helm-values"]).exits_with(0).json();
    assert!(schema["properties"]["resourceManager"]["properties"]["clusterName"]["description"].is_string());
    let manager = schema["properties"]["additional_resource_managers"]["items"].to_string();
    assert!(manager.contains("\"kubeconfig_secret_value\"") && !manager.contains("\"clusterName\""));
}

#[test]
fn a_kind_that_is_none_is_refused() {
    let ran = run(&["schema", "pod"]).exits_with(2);
    assert!(ran.stderr.contains("master"), "{ran}");
}
