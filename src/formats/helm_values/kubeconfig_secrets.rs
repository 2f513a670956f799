//! Where values of the chart name the Secrets with the kubeconfigs of the additional resource managers.

use super::given::{self, Given, GivenKind, Table};
use crate::formats::master;
use crate::source::{SourceId, Span};
use crate::value::ValueKind;

/// One element of `resource_manager…additional_resource_managers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// `cluster_name`; empty where there is none.
    pub cluster: String,
    /// `kubeconfig_secret_name`, if it is a text.
    pub secret: Option<Placed>,
    /// `kubeconfig_secret_value`: the key in the Secret, if it is a text.
    pub key: Option<Placed>,
    /// The block that holds them.
    pub manager: Span,
}

/// A text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The list of additional resource managers.
const MANAGERS: &str = "additional_resource_managers";

/// The elements in their order; `None` where the section is missing or is no list of mappings.
#[must_use]
pub fn kubeconfig_secrets(source: SourceId, text: &str) -> Option<Vec<Named>> {
    let values = table(source, text).ok()?;
    let GivenKind::List(elements) = &values.get(MANAGERS)?.kind else { return None };
    let manager = |element: &Given| Some(element.as_table()?.get("resource_manager")?.as_table().is_some());
    elements.iter().all(|element| manager(element) == Some(true)).then(|| in_table(&values))
}

/// The namespace in which the default resource manager runs tasks; `None` where values leave it to the chart, which
/// takes the one of the release.
#[must_use]
pub fn default_namespace(source: SourceId, text: &str) -> Option<String> {
    let values = table(source, text).ok()?;
    let namespace = values.get("resourceManager")?.as_table()?.get("defaultNamespace")?.as_text()?;
    Some(namespace.to_owned()).filter(|namespace| !namespace.is_empty())
}

/// The same of values of which some may be odd: whatever is named somewhere counts.
///
/// # Errors
/// A clause: Helm could not read them, or there is something else in place of the list.
pub fn mentioned(source: SourceId, text: &str) -> Result<Vec<Named>, &'static str> {
    let values = table(source, text)?;
    // Without the last resource manager there is no list any more.
    match values.get(MANAGERS).map(|all| &all.kind) {
        None | Some(GivenKind::List(_) | GivenKind::Null) => Ok(in_table(&values)),
        Some(_) => Err("`additional_resource_managers` is no list"),
    }
}

fn table(source: SourceId, text: &str) -> Result<Table, &'static str> {
    let (tree, syntax) = master::read(source, text);
    match master::value(source, text, &tree).map(|value| value.kind) {
        _ if syntax.is_some() => Err("it is no YAML that Helm reads"),
        Ok(ValueKind::Object(object)) => Ok(given::table(object)),
        Ok(ValueKind::Null) => Ok(Table::new()),
        Ok(_) => Err("it is no mapping"),
        Err(_) => Err("it is no YAML that Helm reads"),
    }
}

/// The same of values as Helm holds them, with everything that was set on top.
#[must_use]
pub fn in_table(values: &Table) -> Vec<Named> {
    let Some(GivenKind::List(elements)) = values.get(MANAGERS).map(|all| &all.kind) else {
        return Vec::new();
    };
    let of = |element: &Given| {
        let manager = element.as_table().and_then(|element| element.get("resource_manager"));
        let table = manager.and_then(Given::as_table);
        let text = |key: &str| {
            let value = table?.get(key)?;
            let text = value.as_text().filter(|text| !text.is_empty())?;
            Some(Placed { text: text.to_owned(), span: value.place? })
        };
        Named {
            cluster: text("cluster_name").map(|placed| placed.text).unwrap_or_default(),
            secret: text("kubeconfig_secret_name"),
            key: text("kubeconfig_secret_value"),
            manager: manager.and_then(|manager| manager.place).or(element.place).unwrap_or_default(),
        }
    };
    elements.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::default_namespace;
    use crate::source::SourceId;

    #[test]
    fn tasks_run_where_the_values_say() {
        let told = |text: &str| default_namespace(SourceId::default(), text);
        assert_eq!(told("resourceManager: {defaultNamespace: tasks}\n").as_deref(), Some("tasks"));
        for left_to_the_chart in ["", "a: 1\n", "resourceManager:\n", "resourceManager: {defaultNamespace: ''}\n"] {
            assert_eq!(told(left_to_the_chart), None, "{left_to_the_chart}");
        }
    }
}
