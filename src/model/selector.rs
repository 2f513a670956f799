//! Selectors over labels and nodes, with the odd corners that the API has (scheduling facts §2.3).

use std::sync::Arc;

use serde::Deserialize;

use super::pod::{StringMap, nullable};

/// Anything that labels can be looked up in.
pub trait LabelSet {
    /// The value of a label.
    fn label(&self, key: &str) -> Option<&str>;
}

impl LabelSet for StringMap {
    fn label(&self, key: &str) -> Option<&str> {
        self.get(key).map(String::as_str)
    }
}

/// Labels of a node: sorted by key, texts shared between nodes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedLabels(Vec<(Arc<str>, Arc<str>)>);

impl SharedLabels {
    /// Takes pairs in any order; of equal keys the last one counts.
    #[must_use]
    pub fn new(mut pairs: Vec<(Arc<str>, Arc<str>)>) -> Self {
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        pairs.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1 = Arc::clone(&later.1);
            }
            same
        });
        pairs.shrink_to_fit();
        Self(pairs)
    }

    /// Key and value, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (&**key, &**value))
    }

    /// The value of a label, shared.
    #[must_use]
    pub fn shared(&self, key: &str) -> Option<&Arc<str>> {
        let at = self.0.binary_search_by(|(k, _)| (**k).cmp(key)).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }
}

impl LabelSet for SharedLabels {
    fn label(&self, key: &str) -> Option<&str> {
        self.shared(key).map(|value| &**value)
    }
}

/// How a requirement compares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Operator {
    /// The label has one of the values.
    In,
    /// The label is missing or has none of the values.
    NotIn,
    /// The label is there, possibly empty.
    Exists,
    /// The label is missing.
    DoesNotExist,
    /// The label is a whole number above the value.
    Gt,
    /// The label is a whole number below the value.
    Lt,
    /// None that the API knows.
    #[default]
    #[serde(other)]
    Unknown,
}

/// One requirement on a label or a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Requirement {
    /// Label key or field path.
    pub key: String,
    /// How it compares.
    pub operator: Operator,
    /// With what.
    #[serde(default, deserialize_with = "nullable")]
    pub values: Vec<String>,
}

impl Requirement {
    /// Whether labels meet the requirement.
    #[must_use]
    pub fn matches(&self, labels: &impl LabelSet) -> bool {
        let value = labels.label(&self.key);
        let listed = |value: &str| self.values.iter().any(|v| v == value);
        match self.operator {
            Operator::In => value.is_some_and(listed),
            Operator::NotIn => !value.is_some_and(listed),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
            Operator::Gt => self.compared(value).is_some_and(std::cmp::Ordering::is_gt),
            Operator::Lt => self.compared(value).is_some_and(std::cmp::Ordering::is_lt),
            Operator::Unknown => false,
        }
    }

    fn compared(&self, value: Option<&str>) -> Option<std::cmp::Ordering> {
        let [bound] = self.values.as_slice() else {
            return None;
        };
        let (value, bound): (i64, i64) = (value?.parse().ok()?, bound.parse().ok()?);
        Some(value.cmp(&bound))
    }

    /// Whether the API could make a label requirement of it. A node selector term with one that it
    /// cannot matches nothing.
    fn is_valid_for_labels(&self) -> bool {
        let texts = is_label_key(&self.key) && self.values.iter().all(|value| is_label_value(value));
        texts
            && match self.operator {
                Operator::In | Operator::NotIn => !self.values.is_empty(),
                Operator::Exists | Operator::DoesNotExist => self.values.is_empty(),
                Operator::Gt | Operator::Lt => {
                    matches!(self.values.as_slice(), [v] if v.parse::<i64>().is_ok())
                }
                Operator::Unknown => false,
            }
    }

    /// Whether it names nodes: `metadata.name In [x]`.
    fn named_node(&self) -> Option<&str> {
        match (self.key.as_str(), self.operator, self.values.as_slice()) {
            ("metadata.name", Operator::In, [name]) => Some(name),
            _ => None,
        }
    }

    /// Whether it may stand among the fields of a term.
    fn is_valid_for_fields(&self) -> bool {
        let named = matches!(self.operator, Operator::In | Operator::NotIn) && self.values.len() == 1;
        self.key == "metadata.name" && named
    }

    fn matches_node_name(&self, name: &str) -> bool {
        match (self.key.as_str(), self.operator, self.values.as_slice()) {
            ("metadata.name", Operator::In, [only]) => only == name,
            ("metadata.name", Operator::NotIn, [only]) => only != name,
            _ => false,
        }
    }
}

/// Whether a text can be the key of a label: a name, after an optional domain and a slash.
fn is_label_key(key: &str) -> bool {
    let (domain, name) = key.rsplit_once('/').map_or((None, key), |(domain, name)| (Some(domain), name));
    let part = |part: &str| {
        let outer = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
        let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        outer(part.bytes().next()) && outer(part.bytes().last()) && part.bytes().all(inner)
    };
    !name.is_empty()
        && is_label_value(name)
        && domain.is_none_or(|domain| domain.len() <= 253 && domain.split('.').all(part))
}

/// Whether a text can be the value of a label.
pub(crate) fn is_label_value(value: &str) -> bool {
    let outer = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    value.is_empty()
        || value.len() <= 63 && outer(value.bytes().next()) && outer(value.bytes().last()) && value.bytes().all(inner)
}

/// A selector over labels. Empty matches everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LabelSelector {
    /// Labels that must have these values.
    #[serde(deserialize_with = "nullable")]
    pub match_labels: StringMap,
    /// Requirements that must all hold.
    #[serde(deserialize_with = "nullable")]
    pub match_expressions: Vec<Requirement>,
}

impl LabelSelector {
    /// Whether labels are selected.
    #[must_use]
    pub fn matches(&self, labels: &impl LabelSet) -> bool {
        self.match_labels.iter().all(|(key, value)| labels.label(key) == Some(value))
            && self.match_expressions.iter().all(|requirement| requirement.matches(labels))
    }
}

/// Terms of which one must match. No term matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeSelector {
    /// The terms.
    #[serde(default, deserialize_with = "nullable")]
    pub node_selector_terms: Vec<NodeSelectorTerm>,
}

/// Requirements that must all hold. An empty term matches nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct NodeSelectorTerm {
    /// Requirements on labels.
    #[serde(deserialize_with = "nullable")]
    pub match_expressions: Vec<Requirement>,
    /// Requirements on the node's name.
    #[serde(deserialize_with = "nullable")]
    pub match_fields: Vec<Requirement>,
}

impl NodeSelectorTerm {
    fn matches(&self, name: &str, labels: &impl LabelSet) -> bool {
        let empty = self.match_expressions.is_empty() && self.match_fields.is_empty();
        !empty
            && self.match_expressions.iter().all(|r| r.is_valid_for_labels() && r.matches(labels))
            && self.match_fields.iter().all(|r| r.matches_node_name(name))
    }

    /// The nodes that the term names, if it names any; several names at once leave none.
    fn named_nodes(&self) -> Option<Vec<&str>> {
        let mut names: Option<Vec<&str>> = None;
        for name in self.match_fields.iter().filter_map(Requirement::named_node) {
            names = Some(names.map_or_else(|| vec![name], |old| old.into_iter().filter(|n| *n == name).collect()));
        }
        names
    }
}

impl NodeSelector {
    /// Whether a node is selected.
    #[must_use]
    pub fn matches(&self, name: &str, labels: &impl LabelSet) -> bool {
        self.node_selector_terms.iter().any(|term| term.matches(name, labels))
    }

    /// Whether every requirement is one that the API could make; empty terms are.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.node_selector_terms.iter().all(|term| {
            term.match_expressions.iter().all(Requirement::is_valid_for_labels)
                && term.match_fields.iter().all(Requirement::is_valid_for_fields)
        })
    }

    /// The nodes that the selector narrows the search to, sorted: only when every term names nodes.
    #[must_use]
    pub fn named_nodes(&self) -> Option<Vec<&str>> {
        let mut all = Vec::new();
        for term in &self.node_selector_terms {
            all.extend(term.named_nodes()?);
        }
        if self.node_selector_terms.is_empty() {
            return None;
        }
        all.sort_unstable();
        all.dedup();
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(pairs: &[(&str, &str)]) -> StringMap {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn requirement(key: &str, operator: Operator, values: &[&str]) -> Requirement {
        Requirement { key: key.into(), operator, values: values.iter().map(|v| (*v).to_owned()).collect() }
    }

    #[test]
    fn requirements_on_missing_empty_and_numeric_labels() {
        let node = labels(&[("zone", "a"), ("empty", ""), ("gen", "08"), ("word", "eight")]);
        let cases = [
            ("zone", Operator::In, &["a", "b"][..], true),
            ("zone", Operator::NotIn, &["a"], false),
            ("none", Operator::NotIn, &["a"], true),
            ("empty", Operator::Exists, &[], true),
            ("none", Operator::DoesNotExist, &[], true),
            ("gen", Operator::Gt, &["7"], true),
            ("gen", Operator::Lt, &["9"], true),
            ("none", Operator::Gt, &["7"], false),
            ("word", Operator::Gt, &["7"], false),
            ("zone", Operator::Unknown, &["a"], false),
        ];
        for (key, operator, values, expected) in cases {
            assert_eq!(requirement(key, operator, values).matches(&node), expected, "{key} {operator:?} {values:?}");
        }
    }

    #[test]
    fn keys_and_values_of_labels_have_a_form() {
        let key = |key: &str| requirement(key, Operator::Exists, &[]).is_valid_for_labels();
        assert!(key("gpu") && key("nvidia.com/gpu.product") && key("A_b"));
        assert!(!key("") && !key("a b") && !key("-a") && !key("Up.Per/x") && !key("a/") && !key("/a"));
        let value = |value: &str| requirement("k", Operator::In, &[value]).is_valid_for_labels();
        assert!(value("") && value("A100-SXM4_80.GB") && !value(" a100") && !value("a,b") && !value(&"x".repeat(64)));
    }

    #[test]
    fn empty_terms_match_nothing() {
        let node = labels(&[("zone", "a")]);
        let empty_term = NodeSelector { node_selector_terms: vec![NodeSelectorTerm::default()] };
        assert!(!empty_term.matches("n", &node));
        assert!(!NodeSelector::default().matches("n", &node));
    }

    #[test]
    fn names_narrow_only_when_every_term_names() {
        let named = |names: &[&str]| NodeSelectorTerm {
            match_fields: names.iter().map(|n| requirement("metadata.name", Operator::In, &[n])).collect(),
            ..NodeSelectorTerm::default()
        };
        let selector = |terms: Vec<NodeSelectorTerm>| NodeSelector { node_selector_terms: terms };
        assert_eq!(selector(vec![named(&["b"]), named(&["a"])]).named_nodes(), Some(vec!["a", "b"]));
        assert_eq!(selector(vec![named(&["b"]), NodeSelectorTerm::default()]).named_nodes(), None);
        assert_eq!(selector(vec![named(&["a", "b"])]).named_nodes(), Some(vec![]));
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        let shared =
            SharedLabels::new(vec![("k".into(), "1".into()), ("a".into(), "0".into()), ("k".into(), "2".into())]);
        assert_eq!(shared.label("k"), Some("2"));
        assert_eq!(shared.iter().count(), 2);
    }
}
