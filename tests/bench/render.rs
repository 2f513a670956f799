//! What values cost: read, laid out, and proven by reading them back.

use detctl::formats::helm_values::Request;
use detctl::naming::Template;
use detctl::release::Release;
use detctl::render::{self, Address, Heading, Task};
use detctl::source::SourceMap;
use divan::Bencher;

fn main() {
    divan::main();
}

/// A configuration of so many resource managers with so many pools each.
fn configuration(managers: usize, pools: usize) -> String {
    let pools = |manager: usize| -> String {
        (0..pools)
            .map(|pool| format!("  - pool_name: pool-{manager}-{pool}\n    description: Nodes of kind {pool}\n"))
            .collect()
    };
    let additional: String = (1..managers)
        .map(|manager| {
            format!(
                "- resource_manager:\n    type: kubernetes\n    cluster_name: cloud-{manager}\n    max_slots_per_pod: 8\n    \
                 kubeconfig_path: /etc/kube/{manager}\n    determined_master_host: det.example.com\n    \
                 determined_master_port: 8080\n  resource_pools:\n{}",
                pools(manager)
            )
        })
        .collect();
    format!(
        "resource_manager:\n  type: kubernetes\n  cluster_name: home\n  max_slots_per_pod: 8\nresource_pools:\n{}\
         additional_resource_managers:\n{additional}",
        pools(0)
    )
}

/// Budget: a twentieth of `helm template` for 4 x 20; half a second for 1,000 x 10; linear.
#[divan::bench(args = [(4, 20), (100, 10), (1000, 10), (4000, 10)])]
fn values(bencher: Bencher<'_, '_>, size: (usize, usize)) {
    let text = configuration(size.0, size.1);
    bencher.bench(|| {
        let mut sources = SourceMap::new();
        let source = sources.add("master.yaml", text.as_str());
        render::render(&Task {
            text: &text,
            source,
            release: Release::default(),
            chart: &Request::default(),
            secret_names: &Template::default(),
            named: &[],
            address: &Address::default(),
            heading: Heading { name: "master.yaml", digest: "0", schema: None },
            base: None,
        })
        .expect("the values hold it")
    });
}
