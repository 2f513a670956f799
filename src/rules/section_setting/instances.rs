//! Types of instances on AWS. A type that the master does not know needs `instance_slots`, once: it remembers them while
//! it runs, so that a later pool with the same type does without.

use std::collections::BTreeSet;

use super::{Context, Finding, Section};

const STRUCT: &str = "provconfig.AWSClusterConfig";

/// Checks the pools in the order of the master, those of the default resource manager first.
pub(super) fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let is_default = |path: &str| path.starts_with("root.ResourceConfig.RootPoolsInternal");
    let mut remembered = BTreeSet::new();
    for first in [true, false] {
        for block in cx.blocks(STRUCT).filter(|block| is_default(&block.path) == first) {
            let release = cx.loaded.release;
            let mut section = Section { record: block.record, path: &block.path, place: block.place, release, out };
            instance(&mut section, &mut remembered);
        }
    }
}

fn instance(section: &mut Section<'_>, remembered: &mut BTreeSet<String>) {
    let name = section.text("instance_type", "g4dn.metal");
    if is_known(&name) || remembered.contains(&name) {
        return;
    }
    match section.record.int("instance_slots") {
        Some(0..) => {
            remembered.insert(name);
        }
        Some(_) => section.refuse("instance_slots", "ec2 'instance_slots' must be greater than or equal to 0"),
        // The master lists the types in random order.
        None => {
            let known = INSTANCES.iter().flat_map(|(family, sizes)| sizes.split(' ').map(move |size| (family, size)));
            let known = known.map(|(family, size)| format!("{family}.{size}"));
            let known: Vec<String> = known.chain(remembered.iter().cloned()).collect();
            let words = "Either ec2 'instance_type' and 'instance_slots' must be specified or the ec2 'instance_type' must be \
                         one of types: ";
            section.refuse("instance_type", format!("{words}{}", known.join(", ")));
        }
    }
}

/// Instance types whose slots the master knows, by family and size.
const INSTANCES: &[(&str, &str)] = &[
    ("g4dn", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 12xlarge metal"),
    ("g5", "xlarge 2xlarge 4xlarge 8xlarge 16xlarge 12xlarge 24xlarge 48xlarge"),
    ("p2", "xlarge 8xlarge 16xlarge"),
    ("p3", "2xlarge 8xlarge 16xlarge"),
    ("p3dn", "24xlarge"),
    ("p4d", "24xlarge"),
    ("t2", "medium large xlarge 2xlarge"),
    ("t3", "nano micro small medium large xlarge 2xlarge"),
    ("c4", "large xlarge 2xlarge 4xlarge 8xlarge"),
    ("c5", "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge"),
    ("c5d", "large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge"),
    ("c5n", "large xlarge 2xlarge 4xlarge 9xlarge 18xlarge"),
    ("m4", "large xlarge 2xlarge 4xlarge 10xlarge 16xlarge"),
    ("m5", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge"),
    ("m5d", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge"),
    ("m5dn", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge"),
    ("m5n", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge"),
    ("m5zn", "large xlarge 2xlarge 3xlarge 6xlarge 12xlarge"),
    ("m6i", "large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge"),
];

fn is_known(name: &str) -> bool {
    let Some((family, size)) = name.split_once('.') else {
        return false;
    };
    INSTANCES.iter().any(|(known, sizes)| *known == family && sizes.split(' ').any(|known| known == size))
}
