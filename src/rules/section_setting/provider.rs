//! `provider` of a pool (§2.5): meaningless on Kubernetes, checked all the same.

use super::{Check, Section, url};

pub(super) const CHECKS: &[Check] = &[
    ("provconfig.Config", provider),
    ("provconfig.AWSClusterConfig", aws),
    ("provconfig.GCPClusterConfig", gcp),
    ("provconfig.gceInstanceType", gce_instance),
];

fn provider(section: &mut Section<'_>) {
    master_url(section);
    if section.text("agent_docker_image", "image").is_empty() {
        section.refuse("agent_docker_image", "must configure an agent docker image:  must be non-empty");
    }
    if section.record.variant.is_none() {
        section.refuse("type", "must configure aws or gcp or hpc cluster: expected false, got true");
    }
    const TWENTY_MINUTES: i64 = 1_200_000_000_000;
    for (key, message) in [
        ("max_idle_agent_period", "max idle agent period must be greater than 0"),
        ("max_agent_starting_period", "max agent starting period must be greater than 0"),
    ] {
        let value = section.int(key, TWENTY_MINUTES);
        section.above(key, value, 0, message);
    }
    let (fewest, most) = (section.int("min_instances", 0), section.int("max_instances", 5));
    section.at_least("min_instances", fewest, 0, "min instance must be greater than or equal to 0");
    section.above("max_instances", most, 0, "max instance must be greater than 0");
    let message = "max instance must be greater than or equal to min instance";
    section.at_least("max_instances", most, fewest, message);
}

fn master_url(section: &mut Section<'_>) {
    let text = section.text("master_url", "");
    if text.is_empty() {
        return;
    }
    let url = match url::parse(&text) {
        Ok(url) => url,
        Err(why) => return section.refuse("master_url", format!("cannot parse master url: {why}")),
    };
    if !url.path.is_empty() {
        let words = "invalid master url (expecting scheme://host:port): expected true, got false";
        section.refuse("master_url", words);
    }
    if !matches!(&*url.scheme, "http" | "https") {
        let scheme = url.scheme;
        let words = format!("master url scheme must be within [http, https]: {scheme} is not in {{http, https}}");
        section.refuse("master_url", words);
    }
}

fn aws(section: &mut Section<'_>) {
    if section.text("ssh_key_name", "").is_empty() {
        section.refuse("ssh_key_name", "ec2 key name must be non-empty: 0 is not greater than 0");
    }
    let size = section.int("root_volume_size", 200);
    section.at_least("root_volume_size", size, 100, "ec2 root volume size must be >= 100");
    if section.record.bool("spot") == Some(true) {
        spot_price(section);
    }
}

fn spot_price(section: &mut Section<'_>) {
    let price = section.text("spot_max_price", "");
    if price == "OnDemand" {
        return;
    }
    let points = price.matches('.').count();
    if points > 1 {
        let words = format!(
            "spot max price should have either 0 or 1 decimal points. Received {price}, which has {points} decimal points"
        );
        section.refuse("spot_max_price", words);
    } else if let Some(stranger) = price.chars().find(|c| *c != '.' && !c.is_numeric()) {
        let words = format!(
            "spot max price should only contain digits and, optionally, one decimal point. Received {price}, which has \
             the non-digit character {stranger}"
        );
        section.refuse("spot_max_price", words);
    }
}

fn gcp(section: &mut Section<'_>) {
    let size = section.int("boot_disk_size", 200);
    section.at_least("boot_disk_size", size, 100, "gce VM boot disk size must be >= 100");
}

const MACHINES: [&str; 13] = [
    "n1-standard",
    "n1-highmem",
    "n1-highcpu",
    "n1-ultramem",
    "m2-ultramem",
    "n1-megamem",
    "c2-standard",
    "a2-highgpu",
    "a2-megagpu",
    "a2-ultragpu",
    "g2-standard",
    "n2-standard",
    "custom",
];

/// Accelerators and how many of them one machine may have.
const ACCELERATORS: &[(&str, &[i64])] = &[
    ("", &[0]),
    ("nvidia-tesla-t4", &[0, 1, 2, 4]),
    ("nvidia-tesla-p100", &[0, 1, 2, 4]),
    ("nvidia-tesla-p4", &[0, 1, 2, 4]),
    ("nvidia-tesla-v100", &[0, 1, 2, 4, 8]),
    ("nvidia-tesla-a100", &[0, 1, 2, 4, 8, 16]),
    ("nvidia-a100-80gb", &[0, 1, 2, 4, 8]),
    ("nvidia-l4", &[0, 1, 2, 4, 8]),
];

fn gce_instance(section: &mut Section<'_>) {
    let machine = section.text("machine_type", "n1-standard-32");
    let fits = machine.split('-').count() == 3 && MACHINES.iter().any(|known| machine.starts_with(known));
    if !fits {
        section.refuse("machine_type", format!("gce VM machine type must be within: {}", MACHINES.join(", ")));
    }
    let accelerator = section.text("gpu_type", "nvidia-tesla-t4");
    let count = section.int("gpu_num", 4);
    match ACCELERATORS.iter().find(|(known, _)| *known == accelerator) {
        // The master lists the types in random order.
        None => {
            let known: Vec<&str> = ACCELERATORS.iter().map(|(known, _)| *known).collect();
            section.refuse("gpu_type", format!("gce VM gpu type must be within: {}", known.join(", ")));
        }
        Some((_, counts)) if !counts.contains(&count) => {
            let counts: Vec<String> = counts.iter().map(i64::to_string).collect();
            let words = format!("gce VM gpu type {accelerator} num must be within: [{}]", counts.join(" "));
            section.refuse("gpu_num", words);
        }
        Some(_) => {}
    }
}
