//! Where kubeconfigs lie, and what several of them say together: the rules of `kubectl` (client-go's loading rules).

use std::path::{Path, PathBuf};

use super::model::{Kubeconfig, Placed};

/// Which files to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// This one, which must be there.
    Explicit(PathBuf),
    /// These, as far as they are there; the first one to say something counts.
    List(Vec<PathBuf>),
}

/// The files by a flag, else by the variable `KUBECONFIG` unless it is empty, else `.kube/config` at home.
#[must_use]
pub fn search(flag: Option<&Path>, variable: Option<&str>, home: Option<&str>) -> Search {
    if let Some(path) = flag {
        return Search::Explicit(path.to_owned());
    }
    let mut paths: Vec<PathBuf> = Vec::new();
    match variable.filter(|list| !list.is_empty()) {
        Some(list) => {
            for path in std::env::split_paths(list).filter(|path| !path.as_os_str().is_empty()) {
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        None => paths.extend(home.map(|home| Path::new(home).join(".kube").join("config"))),
    }
    Search::List(paths)
}

impl Kubeconfig {
    /// Takes paths inside a file as from the folder of that file. Of a plugin's command only one with a slash is a path.
    pub fn resolve_paths(&mut self, folder: &Path) {
        for cluster in self.clusters.values_mut() {
            absolute(&mut cluster.item.authority, folder);
        }
        for user in self.users.values_mut() {
            let user = &mut user.item;
            for path in [&mut user.certificate, &mut user.private_key, &mut user.token_file] {
                absolute(path, folder);
            }
            if let Some(exec) = &mut user.exec
                && exec.value.command.as_ref().is_some_and(|command| command.value.contains(std::path::is_separator))
            {
                absolute(&mut exec.value.command, folder);
            }
        }
    }
}

fn absolute(path: &mut Option<Placed<String>>, folder: &Path) {
    if let Some(path) = path
        && Path::new(&path.value).is_relative()
    {
        path.value = folder.join(&path.value).to_string_lossy().into_owned();
    }
}

/// Several files as one: of entries with the same name the first one counts wholly, and the first context that is chosen.
#[must_use]
pub fn merge(files: impl IntoIterator<Item = Kubeconfig>) -> Kubeconfig {
    let mut merged = Kubeconfig::default();
    for file in files {
        for (name, cluster) in file.clusters {
            merged.clusters.entry(name).or_insert(cluster);
        }
        for (name, user) in file.users {
            merged.users.entry(name).or_insert(user);
        }
        for (name, context) in file.contexts {
            merged.contexts.entry(name).or_insert(context);
        }
        merged.current_context = merged.current_context.or(file.current_context);
    }
    merged
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Search, merge, search};
    use crate::kubeconfig::load;
    use crate::source::SourceMap;

    #[test]
    fn files_are_found_where_kubectl_finds_them() {
        let list = |paths: &[&str]| Search::List(paths.iter().map(Into::into).collect());
        assert_eq!(search(Some(Path::new("x")), Some("y"), Some("/h")), Search::Explicit("x".into()));
        assert_eq!(search(None, Some("a::b:a"), Some("/h")), list(&["a", "b"]));
        assert_eq!(search(None, Some(""), Some("/h")), list(&["/h/.kube/config"]));
        assert_eq!(search(None, None, None), list(&[]));
    }

    #[test]
    fn the_first_file_to_name_an_entry_wins_it_wholly() {
        let mut sources = SourceMap::new();
        let mut read = |text: &str, folder: &str| {
            let id = sources.add("k", text);
            let mut config = load(id, text).config;
            config.resolve_paths(Path::new(folder));
            config
        };
        let first = read(
            "current-context: ''\nusers:\n- {name: u, user: {tokenFile: t, client-certificate: /abs}}\n\
             - {name: e, user: {exec: {command: bin/x}}}\n- {name: p, user: {exec: {command: x}}}\n",
            "/one",
        );
        let second = read("current-context: two\nusers:\n- {name: u, user: {token: x, tokenFile: y}}\n", "/two");
        let merged = merge([first, second]);
        let user = &merged.users["u"].item;
        assert!(user.token.is_none());
        assert_eq!(user.token_file.as_ref().map(|path| path.value.as_str()), Some("/one/t"));
        assert_eq!(user.certificate.as_ref().map(|path| path.value.as_str()), Some("/abs"));
        let command = |name: &str| merged.users[name].item.exec.clone().unwrap().value.command.unwrap().value;
        assert_eq!((command("e").as_str(), command("p").as_str()), ("/one/bin/x", "x"));
        assert_eq!(merged.current_context.unwrap().value, "two");
    }
}
