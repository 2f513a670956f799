//! What is seen of clusters, told where the configuration brings it about.

use detctl::diagnostic::Severity;
use detctl::judge::{self, Models, Options};
use detctl::model::verdict::Kind;
use detctl::rules::{Lacking, Seen, Sight, Unseen, check_seen};
use detctl::source::SourceMap;

const TEXT: &str = "resource_manager:
  type: kubernetes
  max_slots_per_pod: 8
  default_namespace: det
  internal_task_gateway:
    gateway_name: contour
    gateway_namespace: projectcontour
    gateway_ip: 10.0.0.7
resource_pools:
  - pool_name: a100
  - pool_name: cpu
additional_resource_managers:
  - resource_manager:
      type: kubernetes
      cluster_name: west
      max_slots_per_pod: 4
      kubeconfig_path: /etc/west.kubeconfig
      determined_master_host: det.example.com
      determined_master_port: 8080
    resource_pools:
      - pool_name: l4
";

/// Rule, severity, line and message of everything that is told.
fn told(seen: &[Seen]) -> Vec<(&'static str, Severity, u32, String)> {
    let mut sources = SourceMap::new();
    let id = sources.add("master.yaml", TEXT);
    let options = Options { models: Models::Kept, ..Options::default() };
    let judgement = judge::judge(&mut sources, id, Some(Kind::Master), &options).unwrap();
    let findings = check_seen(&judgement.models[0].config, seen);
    let line = |span: detctl::source::Span| sources.file(id).position(span.start).line;
    findings.into_iter().map(|it| (it.rule, it.severity, line(it.primary().unwrap()), it.message)).collect()
}

fn seen(manager: usize, sight: Sight) -> Seen {
    Seen { manager, cluster: Ok(sight), master: None }
}

#[test]
fn what_is_seen_of_clusters_is_told_at_its_setting() {
    assert_eq!(told(&[seen(0, Sight::default()), seen(1, Sight::default())]), [], "nothing is known, nothing is said");
    let lacking = |right: &str, severity| Lacking { right: right.to_owned(), without: "no task starts", severity };
    let sight = Sight {
        has_namespace: Some(false),
        missing_service: Some("determined-master in namespace det".to_owned()),
        lacking: Vec::new(),
        gateway: Some((Severity::Error, "the cluster has no gateway.networking.k8s.io/v1".to_owned())),
        pools: vec![Some((0, 0)), Some((3, 0))],
        masters: vec!["det-00000000-…".to_owned(), "det-11111111-…".to_owned()],
    };
    let other = Sight {
        has_namespace: Some(false),
        lacking: vec![lacking("create jobs.batch", Severity::Warning), lacking("x", Severity::Warning)],
        pools: vec![Some((2, 8))],
        masters: vec!["det-00000000-…".to_owned()],
        ..Sight::default()
    };
    let master = Some(("http://det.example.com:8080".to_owned(), Some("nothing listens there".to_owned())));
    let all = told(&[seen(0, sight), Seen { manager: 1, cluster: Ok(other), master }]);
    let short: Vec<(&str, Severity, u32)> =
        all.iter().map(|(rule, severity, line, _)| (*rule, *severity, *line)).collect();
    assert_eq!(
        short,
        [
            ("namespace-not-found", Severity::Error, 4),
            ("master-service-not-found", Severity::Error, 1),
            ("gateway-not-ready", Severity::Error, 5),
            ("pool-without-nodes", Severity::Warning, 10),
            ("pool-without-nodes", Severity::Warning, 11),
            ("foreign-jobs", Severity::Warning, 4),
            // `default` is used without a look; nothing is said of it.
            ("kubeconfig-rights", Severity::Warning, 17),
            ("master-not-reached", Severity::Warning, 18),
        ]
    );
    assert_eq!(all[6].3, "it may not create jobs.batch, and 1 more: no task starts");
    let unseen = |severity| Unseen { words: "nothing listens".to_owned(), hint: None, severity };
    for (severity, words) in [(Severity::Error, "cannot be asked"), (Severity::Info, "was not looked at")] {
        let told = told(&[Seen { manager: 1, cluster: Err(unseen(severity)), master: None }]);
        assert_eq!(
            told,
            [(
                "cluster-unreachable",
                severity,
                17,
                format!("the cluster of resource manager \"west\" {words}: nothing listens")
            )]
        );
    }
}
