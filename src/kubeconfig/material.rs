//! What of a kubeconfig must never be shown, for whoever looks out for it.

use super::model::{AuthProvider, Exec, Kubeconfig, User};
use super::{Login, Secret};

/// Words by which a variable or a setting tells that its value is secret. Others hold names of regions and such, which
/// stand everywhere.
const TELLING: [&str; 4] = ["token", "secret", "password", "key"];

impl Kubeconfig {
    /// Tokens, keys and passwords of all users, and passwords of proxies.
    #[must_use]
    pub fn material(&self) -> Vec<Secret> {
        let users = self.users.values().flat_map(|user| of_user(&user.item));
        let proxies = self.clusters.values().filter_map(|cluster| cluster.item.proxy.as_ref());
        users.chain(proxies.filter_map(|proxy| password(&proxy.value))).collect()
    }
}

impl Login {
    /// The token, key and password, wherever they were read.
    #[must_use]
    pub fn material(&self) -> Vec<Secret> {
        let token = self.token.iter().cloned();
        let key = self.certificate.iter().map(|(_, key)| key.clone());
        token.chain(key).chain(self.basic.iter().map(|(_, password)| password.clone())).collect()
    }
}

fn of_user(user: &User) -> Vec<Secret> {
    let own = [&user.token, &user.private_key_data, &user.password].into_iter().flatten();
    let mut found: Vec<Secret> = own.map(|placed| placed.value.clone()).collect();
    if let Some(Exec { environment, .. }) = user.exec.as_ref().map(|exec| &exec.value) {
        found.extend(telling(environment));
    }
    if let Some(AuthProvider { config, .. }) = user.auth_provider.as_ref().map(|provider| &provider.value) {
        found.extend(telling(config));
    }
    found
}

fn telling(all: &[(String, Secret)]) -> impl Iterator<Item = Secret> + '_ {
    let tells = |name: &str| TELLING.iter().any(|word| name.to_ascii_lowercase().contains(word));
    all.iter().filter(move |(name, _)| tells(name)).map(|(_, value)| value.clone())
}

/// The password in the URL of a proxy.
fn password(proxy: &Secret) -> Option<Secret> {
    let (_, rest) = proxy.expose_text()?.split_once("://")?;
    let (userinfo, _) = rest.split(['/', '?', '#']).next()?.rsplit_once('@')?;
    userinfo.split_once(':').map(|(_, password)| Secret::new(password))
}

#[cfg(test)]
mod tests {
    use crate::kubeconfig::load;
    use crate::source::SourceId;

    #[test]
    fn everything_secret_is_found_and_nothing_else() {
        let text = "clusters: [{name: c, cluster: {server: 'https://a', proxy-url: 'http://u:one@p:1'}}]\nusers:\n\
            - {name: a, user: {token: two, password: three, client-key-data: Zm91cg==}}\n\
            - {name: b, user: {exec: {command: aws, args: [us-west-2], env: [{name: AWS_PROFILE, value: prod}, {name: API_TOKEN, value: five}]}}}\n\
            - {name: c, user: {auth-provider: {name: oidc, config: {client-id: x, client-secret: six}}}}\n";
        let found = load(SourceId::default(), text).config.material();
        let mut texts: Vec<&str> = found.iter().filter_map(|secret| secret.expose_text()).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["five", "four", "one", "six", "three", "two"]);
    }
}
