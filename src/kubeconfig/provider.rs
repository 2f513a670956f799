//! Clouds, and the command by which each puts a cluster into a kubeconfig, as the documentation page has it.

use std::fmt;

/// A cluster of a cloud: `gke:PROJECT/LOCATION/NAME`, `aks:GROUP/NAME`, `eks:REGION/NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Google Kubernetes Engine; the location is a zone or a region.
    Gke {
        /// The project.
        project: String,
        /// The zone or region.
        location: String,
        /// The name.
        name: String,
    },
    /// Azure Kubernetes Service.
    Aks {
        /// The resource group.
        group: String,
        /// The name.
        name: String,
    },
    /// Amazon Elastic Kubernetes Service.
    Eks {
        /// The region.
        region: String,
        /// The name.
        name: String,
    },
}

/// What stands for the private file where a command is shown.
const PRIVATE: &str = "PRIVATE-FILE";

impl Provider {
    /// Reads it.
    ///
    /// # Errors
    /// What is expected instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (cloud, rest) = text.split_once(':').unwrap_or((text, ""));
        let parts: Vec<&str> = rest.split('/').collect();
        if let Some(part) = parts.iter().find(|part| !is_name(part)) {
            return Err(format!("`{part}` is no name; {}", expected(cloud)));
        }
        let owned = |part: &str| part.to_owned();
        match (cloud, parts.as_slice()) {
            ("gke", [project, location, name]) => {
                Ok(Self::Gke { project: owned(project), location: owned(location), name: owned(name) })
            }
            ("aks", [group, name]) => Ok(Self::Aks { group: owned(group), name: owned(name) }),
            ("eks", [region, name]) => Ok(Self::Eks { region: owned(region), name: owned(name) }),
            _ => Err(expected(cloud)),
        }
    }

    /// The cluster that a context leads to, where its name tells: `gcloud` and `aws` name contexts after it.
    #[must_use]
    pub fn of_context(context: &str) -> Option<Self> {
        if let Some(rest) = context.strip_prefix("gke_") {
            let [project, location, name] = rest.split('_').collect::<Vec<_>>().try_into().ok()?;
            return Self::parse(&format!("gke:{project}/{location}/{name}")).ok();
        }
        let [_, _, service, region, _, resource] = context.split(':').collect::<Vec<_>>().try_into().ok()?;
        let name = resource.strip_prefix("cluster/").filter(|_| service == "eks")?;
        Self::parse(&format!("eks:{region}/{name}")).ok()
    }

    /// The program that is run.
    #[must_use]
    pub fn program(&self) -> &'static str {
        match self {
            Self::Gke { .. } => "gcloud",
            Self::Aks { .. } => "az",
            Self::Eks { .. } => "aws",
        }
    }

    /// What it is given. `az` takes no notice of the variable `KUBECONFIG`, so it is told the file.
    #[must_use]
    pub fn arguments(&self, file: &str) -> Vec<String> {
        let words: Vec<&str> = match self {
            Self::Gke { project, location, name } => {
                let verb = ["container", "clusters", "get-credentials"];
                [&verb[..], &[name, "--location", location, "--project", project]].concat()
            }
            Self::Aks { group, name } => {
                vec!["aks", "get-credentials", "--resource-group", group, "--name", name, "--file", file]
            }
            Self::Eks { region, name } => vec!["eks", "update-kubeconfig", "--region", region, "--name", name],
        };
        words.into_iter().map(str::to_owned).collect()
    }
}

/// The command as one types it.
impl fmt::Display for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.program())?;
        for word in self.arguments(PRIVATE) {
            // Of what a shell takes notice of, names hold parentheses only.
            if word.contains(['(', ')']) { write!(f, " '{word}'") } else { write!(f, " {word}") }?;
        }
        Ok(())
    }
}

/// What no program takes for one of its flags, and no shell for more than a word.
fn is_name(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '(' | ')');
    !text.is_empty() && !text.starts_with('-') && text.chars().all(fits)
}

fn expected(cloud: &str) -> String {
    match cloud {
        "gke" => "expected gke:PROJECT/LOCATION/NAME",
        "aks" => "expected aks:GROUP/NAME",
        "eks" => "expected eks:REGION/NAME",
        _ => "expected gke:PROJECT/LOCATION/NAME, aks:GROUP/NAME or eks:REGION/NAME",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::Provider;

    #[test]
    fn commands_are_those_of_the_page() {
        for (text, command) in [
            (
                "gke:example.com:p/us-west1-b/west",
                "gcloud container clusters get-credentials west --location us-west1-b --project example.com:p",
            ),
            ("aks:my_(rg)/west", "az aks get-credentials --resource-group 'my_(rg)' --name west --file PRIVATE-FILE"),
            ("eks:us-west-2/west", "aws eks update-kubeconfig --region us-west-2 --name west"),
        ] {
            assert_eq!(Provider::parse(text).unwrap().to_string(), command);
        }
    }

    #[test]
    fn what_is_no_cluster_is_refused() {
        for text in [
            "",
            "gke",
            "gke:",
            "gke:p/l",
            "gke:p/l/n/x",
            "aks:g",
            "eks:r/n/x",
            "oke:r/n",
            "eks:r/",
            "eks:/n",
            "eks:r/--kubeconfig",
            "eks:r/$(x)",
            "eks:r/a b",
            "eks:r/a;b",
            "eks:r/a\nb",
            "eks:r/'x",
            "gke:p/l/\u{1b}[m",
        ] {
            assert!(Provider::parse(text).unwrap_err().contains("expected "), "{text}");
        }
    }

    #[test]
    fn names_of_contexts_tell() {
        let told = |name: &str| Provider::of_context(name).map(|provider| provider.to_string());
        assert!(told("gke_p_us-west1_west").unwrap().ends_with(" west --location us-west1 --project p"));
        assert!(told("arn:aws:eks:us-west-2:111122223333:cluster/west").unwrap().ends_with(" us-west-2 --name west"));
        for name in ["west", "gke_west", "gke_a_b_c_d", "arn:aws:iam::1:cluster/x", "a:b:eks:r:1:x"] {
            assert_eq!(told(name), None, "{name}");
        }
    }
}
