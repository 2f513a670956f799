//! What nobody may see: which keys and variables hold it, by their names, and what it looks like under any name.
//!
//! Reports cover it, values of the chart leave it out, and comparisons do not tell it; all of them ask here.

pub mod arguments;
pub mod looks;
pub mod named;

use crate::spelling::{contains_one, ends_with_one};

/// What stands for a secret that is not in a file: a password that the chart takes.
pub const STAND_IN: &str = "Stands4Any";

/// Whether a text is what stands where a secret was left out of values: nothing, something in its place, or the name of a
/// variable without what it is set to.
#[must_use]
pub fn is_left_out(text: &str) -> bool {
    text.is_empty() || text == STAND_IN || text.ends_with('=')
}

/// Parts of names under which secrets stand, without separators and in lower case.
const PARTS: [&str; 24] = [
    "passw",
    "pasw",
    "psswo",
    "passor",
    "paswor",
    "passphrase",
    "token",
    "credential",
    "authorization",
    "clientsecret",
    "connectionstring",
    "secretkey",
    "accesskey",
    "accountkey",
    "apikey",
    "privatekey",
    "signingkey",
    "jwtkey",
    "masterkey",
    "webuikey",
    "rawkey",
    "encryptedkey",
    "clientkeydata",
    "startupscript",
];

/// Names that are telling only as a whole.
const NAMES: [&str; 5] = ["auth", "pwd", "secret", "startuphook", "environmentvariables"];

/// Names that end as those of secrets do and call Secrets of Kubernetes by their names.
const CALLED: [&str; 4] = ["tlssecret", "pullsecret", "existingsecret", "kubeconfigsecret"];

/// Ends of names that only tell where a secret is, or how long it holds.
const ABOUT: [&str; 7] = ["name", "path", "file", "clientsecretkey", "attribute", "days", "stdin"];

/// Parts of the names of environment variables that hold secrets, besides those of keys.
const VARIABLES: [&str; 4] = ["pass", "secret", "private", "key"];

/// Words of them that are too short to be looked for inside others.
const WORDS: [&str; 9] = ["pat", "pats", "auth", "cred", "creds", "jwt", "dsn", "sas", "cookie"];

/// Whether nobody may see what stands under a key.
#[must_use]
pub fn tells(key: &str) -> bool {
    if ends_with_one(key, &ABOUT) {
        return false;
    }
    let ends = ends_with_one(key, &["secret"]) && !ends_with_one(key, &CALLED);
    ends || is_one(key, &NAMES) || contains_one(key, &PARTS)
}

/// Whether an environment variable by its name holds a secret.
#[must_use]
pub fn tells_variable(variable: &str) -> bool {
    let is_word = |word: &str| WORDS.iter().any(|known| word.eq_ignore_ascii_case(known));
    contains_one(variable, &VARIABLES) || variable.split(['_', '-', '.']).any(is_word) || tells(variable)
}

/// Whether everything below a key is secret, whatever the keys in between are called.
#[must_use]
pub fn tells_all_below(key: &str) -> bool {
    is_one(key, &["environmentvariables", "startuphook", "registryauth"])
}

/// Whether a key that tells may also hold a mapping in which some values are no secrets: `auth: {type: basic, …}`.
#[must_use]
pub fn may_hold_others(key: &str) -> bool {
    is_one(key, &["auth", "secret", "token"])
}

/// Whether a value is no key of a Secret, where one belongs: a kubeconfig that was pasted in.
#[must_use]
pub fn is_pasted(key: &str, value: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    is_one(key, &["kubeconfigsecretvalue"]) && !value.trim().trim_matches(['"', '\'']).bytes().all(is_plain)
}

/// Whether a text holds a secret, whatever key it stands under: who logs in at a URL, a private key, something that is
/// set to a name that tells (`export API_TOKEN=…`), or an argument behind an option that tells.
#[must_use]
pub fn is_in(text: &str) -> bool {
    let looks_so = || !looks::secrets(text).is_empty() || named::is_in(text);
    !arguments::secrets(text).is_empty() || !arguments::is_word(text) && looks_so()
}

/// Whether nobody may see a text that stands under a key.
#[must_use]
pub fn hides(key: &str, text: &str) -> bool {
    !text.is_empty() && (tells(key) || is_in(text))
}

/// Whether a name is one of some words, separators and case aside.
fn is_one(name: &str, words: &[&str]) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphanumeric).count();
    words.iter().any(|word| word.len() == letters && ends_with_one(name, &[word]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_tell_and_names_of_their_places_do_not() {
        for key in
            ["db.password", "initialUserPassword", "Secret-Key", "oidc_client_secret", "token", "auth", "my_secret"]
        {
            assert!(tells(key), "{key}");
        }
        for key in
            ["tlsSecret", "imagePullSecretName", "token_path", "max_lifespan_days", "oidcClientSecretKey", "author"]
        {
            assert!(!tells(key), "{key}");
        }
        assert!(tells_variable("WANDB_API_KEY") && tells_variable("PGPASS") && !tells_variable("NCCL_DEBUG"));
        assert!(tells_variable("GH_PAT") && tells_variable("sentry-dsn") && !tells_variable("PATH"));
    }

    #[test]
    fn a_secret_is_known_under_any_key() {
        for text in [
            "http://u:p@x",
            "export API_TOKEN=x",
            "curl -H 'Authorization: Bearer x'",
            "https://x/?token=1",
            "u:p@host:24224",
            "x login -p y",
        ] {
            assert!(is_in(text), "{text}");
        }
        for text in ["", "west", "http://x:80/a@b", "API_TOKEN=", "A=b", "token", "token:", "a == token"] {
            assert!(!is_in(text), "{text}");
        }
        assert!(hides("metadata.token", "x") && !hides("region", "x") && !hides("token", ""));
    }

    #[test]
    fn a_kubeconfig_in_place_of_a_key_is_pasted() {
        assert!(!is_pasted("kubeconfig_secret_value", " \"config\""));
        assert!(is_pasted("kubeconfigSecretValue", "|") && !is_pasted("kubeconfig_secret_name", "|"));
    }
}
