//! The one place that names Secrets and their keys, for values that name them and for commands that write them.
//!
//! A name depends on the name of its cluster only, so that it stays when resource managers are added or change places.
//! It is a name that Kubernetes takes, and a word that stays text when it is printed without quotes.

use std::collections::BTreeMap;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::emit;

/// What stands for the name of the cluster in a template.
const CLUSTER: &str = "{cluster}";
/// Longest name of a Secret (`IsDNS1123Subdomain`).
const LONGEST: usize = 253;

/// How Secrets with kubeconfigs are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    before: String,
    after: String,
}

impl Default for Template {
    fn default() -> Self {
        Self { before: String::new(), after: "-kubeconfig".to_owned() }
    }
}

impl FromStr for Template {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let Some((before, after)) = text.split_once(CLUSTER) else {
            return Err(format!("it has to hold {CLUSTER}, or all Secrets would have the same name"));
        };
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
        if !before.chars().chain(after.chars()).all(fits) {
            return Err("names of Secrets hold small letters, digits, - and . only".to_owned());
        }
        // What stands for a cluster starts and ends with one itself.
        let whole = format!("{before}x{after}");
        let ends = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let is_label = |part: &str| ends(part.chars().next()) && ends(part.chars().last());
        if !whole.split('.').all(is_label) {
            let rule = "names of Secrets, and parts of them between dots, start and end with a letter or digit";
            return Err(rule.to_owned());
        }
        if before.len() + after.len() > LONGEST / 2 {
            return Err("names of Secrets are not that long".to_owned());
        }
        Ok(Self { before: before.to_owned(), after: after.to_owned() })
    }
}

impl std::fmt::Display for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{CLUSTER}{}", self.before, self.after)
    }
}

impl Template {
    /// The names of the Secrets of these clusters, in their order. Where the name of a cluster does not come through as it
    /// is, or the result would be read as something else than text, a part of its digest makes it differ from all others.
    #[must_use]
    pub fn secrets(&self, clusters: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = clusters.iter().map(|cluster| self.own(cluster)).collect();
        // Only names that were made to be the same come here.
        for digits in [16, 64] {
            let mut sorted = names.clone();
            sorted.sort_unstable();
            let is_alone = |name: &String| {
                let at = sorted.partition_point(|other| other < name);
                sorted.get(at + 1) != Some(name)
            };
            let alone: Vec<bool> = names.iter().map(|name| is_alone(name) && emit::stays_text(name)).collect();
            for ((name, cluster), alone) in names.iter_mut().zip(clusters).zip(alone) {
                if !alone {
                    *name = self.secret(cluster, digits);
                }
            }
        }
        names
    }

    /// The name of one more Secret beside names that are taken.
    #[must_use]
    pub fn secret_beside(&self, cluster: &str, is_taken: impl Fn(&str) -> bool) -> String {
        let own = self.own(cluster);
        if !is_taken(&own) {
            return own;
        }
        let longer = [8, 16, 32].map(|digits| self.secret(cluster, digits));
        longer.into_iter().find(|name| !is_taken(name)).unwrap_or_else(|| self.secret(cluster, 64))
    }

    /// The name that depends on its cluster only.
    fn own(&self, cluster: &str) -> String {
        let name = self.secret(cluster, 0);
        if label(cluster) == cluster && emit::stays_text(&name) { name } else { self.secret(cluster, 8) }
    }

    /// The name for a cluster, with so many digits of a digest.
    fn secret(&self, cluster: &str, digits: usize) -> String {
        let room = LONGEST - self.before.len() - self.after.len();
        let label = label(cluster);
        let digits = if label.is_empty() || label.len() > room { digits.max(8) } else { digits };
        let digest = digest(cluster, digits);
        let space = if digits == 0 { room } else { room - digits - 1 };
        let kept = label.get(..label.len().min(space)).unwrap_or("").trim_end_matches('-');
        let dash = if kept.is_empty() || digits == 0 { "" } else { "-" };
        format!("{}{kept}{dash}{digest}{}", self.before, self.after)
    }
}

/// The name of a file in a Secret for a kubeconfig that lies at a path: its own name, as far as a key can hold it.
#[must_use]
pub fn secret_key(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or("");
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let key: String = name.chars().map(|c| if fits(c) { c } else { '-' }).take(LONGEST).collect();
    // Kubernetes keeps names with two dots in front for itself.
    let key = if key.starts_with("..") { key.trim_start_matches('.') } else { &key };
    if key.trim_matches(['.', '-']).is_empty() { "kubeconfig".to_owned() } else { key.to_owned() }
}

/// The names of the files with the kubeconfigs of clusters, in their order: each its own. Where the name of a cluster does
/// not come through as it is and another has the same, a part of its digest makes it differ.
#[must_use]
pub fn kubeconfig_files(clusters: &[&str]) -> Vec<String> {
    let file = |cluster: &str| secret_key(&format!("{cluster}.kubeconfig"));
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for cluster in clusters {
        *known.entry(file(cluster)).or_default() += 1;
    }
    let unique = |cluster: &&str| {
        let own = file(cluster);
        let is_plain = own.strip_suffix(".kubeconfig") == Some(*cluster);
        match known.get(&own) {
            Some(2..) if !is_plain => match own.strip_suffix(".kubeconfig") {
                Some(name) => format!("{name}-{}.kubeconfig", digest(cluster, 8)),
                None => format!("{}.kubeconfig", digest(cluster, 16)),
            },
            _ => own,
        }
    };
    clusters.iter().map(unique).collect()
}

/// The name of a cluster in small letters and digits, with single `-` for all the rest.
fn label(cluster: &str) -> String {
    let mut label = String::with_capacity(cluster.len());
    for c in cluster.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            label.push(c);
        } else if !label.is_empty() && !label.ends_with('-') {
            label.push('-');
        }
    }
    label.truncate(label.trim_end_matches('-').len());
    label
}

fn digest(text: &str, digits: usize) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(digits / 2).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, Template, kubeconfig_files, secret_key};

    #[test]
    fn names_are_plain_unique_and_stay() {
        let template = Template::default();
        assert_eq!(
            template.secrets(&["west", "a: b", "1e3"]),
            ["west-kubeconfig", "a-b-75cd1899-kubeconfig", "1e3-kubeconfig"]
        );
        // Nor does a name depend on what other clusters there are.
        for names in [&["a-b", "a.b"][..], &["a.b", "a b", "A-B", "a-b"]] {
            let together = template.secrets(names);
            let alone: Vec<String> = names.iter().flat_map(|name| template.secrets(&[name])).collect();
            assert_eq!(together, alone);
        }
        let one = template.secrets(&["a b", "west", "a-b"]);
        let other = template.secrets(&["a-b", "a b", "west"]);
        assert_eq!((&one[0], &one[1], &one[2]), (&other[1], &other[2], &other[0]));
        assert_ne!(one[0], one[2]);
        assert!(template.secrets(&["", "…"]).iter().all(|name| name.len() == 8 + "-kubeconfig".len()));
        let long = &template.secrets(&[&"x".repeat(500)])[0];
        assert_eq!(long.len(), LONGEST);
    }

    #[test]
    fn templates() {
        let bare: Template = "{cluster}".parse().unwrap();
        for name in bare.secrets(&["on", "1e3", "2020-01-01", "null", "0o7", "12"]) {
            assert!(crate::emit::stays_text(&name), "{name}");
        }
        for wrong in ["kubeconfig", "-{cluster}", "{cluster}.", "A{cluster}", "{cluster}_k"] {
            assert!(wrong.parse::<Template>().is_err(), "{wrong}");
        }
        for wrong in ["a..{cluster}", "a.-{cluster}", "{cluster}-.x", "a-.{cluster}", "{cluster}.-x", ".{cluster}"] {
            assert!(wrong.parse::<Template>().is_err(), "{wrong}");
        }
        for right in ["a.{cluster}", "a-{cluster}.b-c", "a.b--c.{cluster}", "x{cluster}"] {
            assert!(right.parse::<Template>().is_ok(), "{right}");
        }
    }

    #[test]
    fn a_name_that_is_taken_is_not_taken_again() {
        let template = Template::default();
        assert_eq!(template.secret_beside("west", |_| false), "west-kubeconfig");
        let other = template.secret_beside("west", |name| name == "west-kubeconfig");
        assert!(other.starts_with("west-") && other.len() == "west-12345678-kubeconfig".len(), "{other}");
        assert_ne!(template.secret_beside("west", |name| name.len() <= other.len()), other);
    }

    #[test]
    fn every_cluster_has_a_file_of_its_own() {
        assert_eq!(kubeconfig_files(&["west eu", "east"]), ["west-eu.kubeconfig", "east.kubeconfig"]);
        let files = kubeconfig_files(&["west eu", "west:eu", "west-eu", "Zürich", "Z-rich", "/", "a/"]);
        assert_eq!((&*files[2], &*files[4]), ("west-eu.kubeconfig", "Z-rich.kubeconfig"));
        let unique: std::collections::BTreeSet<&String> = files.iter().collect();
        assert_eq!(unique.len(), files.len(), "{files:?}");
    }

    #[test]
    fn keys() {
        let table = [
            ("/etc/kube/west.conf", "west.conf"),
            ("~/.kube/config", "config"),
            ("/tmp/my kube#1", "my-kube-1"),
            ("/tmp/", "kubeconfig"),
            ("..", "kubeconfig"),
            ("/x/..data", "data"),
        ];
        for (path, key) in table {
            assert_eq!(secret_key(path), key);
        }
    }
}
