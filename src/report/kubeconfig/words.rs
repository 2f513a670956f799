//! The parts of a kubeconfig and their fates in words.

use crate::kubeconfig::address::Reach;
use crate::kubeconfig::certificate::Certificate;
use crate::kubeconfig::worth::{End, Fate, Part, Phase, Reason};
use crate::report::dates::date;
use crate::report::plain::line;

/// What stands before everything that ends a start with several resource managers.
const PREFIX: &str = "could not initialize resource manager(s): resource manager <cluster_name>: ";

/// The master's last line.
pub(super) fn last_line(end: &End) -> String {
    format!("{PREFIX}{}{}", end.phase.prefix(), end.words)
}

pub(super) fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Config => "when it reads the file",
        Phase::Client => "when it makes its client",
        Phase::FirstCall => "at its first question to the cluster",
    }
}

/// The same for programs.
pub(super) fn phase_id(phase: Phase) -> &'static str {
    match phase {
        Phase::Config => "config",
        Phase::Client => "client",
        Phase::FirstCall => "first-call",
    }
}

pub(super) fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Works => "works",
        Fate::Unused => "unused",
        Fate::Depends => "depends",
        Fate::Unwise => "unwise",
        Fate::Ends => "ends",
    }
}

/// The part in one word, and what it is.
pub(super) fn part(part: &Part) -> (&'static str, String) {
    let shown = |text: &str| line(text).into_owned();
    match part {
        Part::SecondDocument => ("document", "a second one; only the first is read".to_owned()),
        Part::UnknownKey(key) if is_word(key) => ("key", format!("`{}`, which client-go does not know", shown(key))),
        // A token that has lost its key stands where one is expected.
        Part::UnknownKey(_) => ("key", "one that client-go does not know".to_owned()),
        Part::Context(name, others) => ("context", context(name, others)),
        Part::Namespace(name) => ("namespace", format!("{}; the master has `default_namespace`", shown(name))),
        Part::Server(server) => ("server", shown(&server.to_string())),
        Part::ServerName(name) => ("tls-name", shown(name)),
        Part::Authorities(found) => ("authority", authorities(found)),
        Part::AuthorityFile(path) => ("authority", shown(path)),
        Part::SystemAuthorities => ("authority", "none given; those of the master's system count".to_owned()),
        Part::NoVerification => ("authority", "the server's certificate is not looked at".to_owned()),
        Part::Proxy(url) => ("proxy", shown(url)),
        Part::Token(claims) => {
            let subject = claims.as_ref().and_then(|claims| claims.subject.as_deref());
            ("token", subject.map_or_else(|| "not a JSON web token, so it does not tell whose it is".to_owned(), shown))
        }
        Part::TokenFile(path) => ("tokenFile", shown(path)),
        Part::Certificate(Some(certificate)) => ("certificate", identity(certificate)),
        Part::Certificate(None) => ("certificate", "unreadable".to_owned()),
        Part::KeyFile(path) => ("certificate", shown(path)),
        Part::Basic => ("password", "basic authentication".to_owned()),
        Part::Plugin(name) => ("exec", name.unwrap_or("a program").to_owned()),
        Part::Provider(name) => ("auth-provider", shown(name)),
        Part::Anonymous => ("user", "no credential".to_owned()),
        Part::Impersonation(name) => ("as", shown(name)),
    }
}

fn context(name: &str, others: &[String]) -> String {
    let name = if name.is_empty() { "none is chosen".to_owned() } else { line(name).into_owned() };
    match others {
        [] => name,
        [other] => format!("{name}; `{}` is not used", line(other)),
        others => format!("{name}; {} others are not used", others.len()),
    }
}

fn authorities(found: &[Certificate]) -> String {
    match found {
        [] => "unreadable".to_owned(),
        [only] => format!("{}, sha256 {}…", name_of(only), only.fingerprint.get(..16).unwrap_or(&only.fingerprint)),
        several => format!("{} certificates", several.len()),
    }
}

fn name_of(certificate: &Certificate) -> String {
    match certificate.common_name.as_str() {
        "" => "a certificate without a name".to_owned(),
        name => line(name).into_owned(),
    }
}

fn identity(certificate: &Certificate) -> String {
    let name = name_of(certificate);
    match certificate.organizations.as_slice() {
        [] => name,
        groups => format!("{name}, of {}", line(&groups.join(", "))),
    }
}

/// Why, in one sentence without a stop.
pub(super) fn reason(reason: &Reason) -> Option<String> {
    Some(match reason {
        Reason::Refused(words) => format!("client-go refuses it: {}", line(words)),
        Reason::Leads(reach) => return leads(*reach).map(str::to_owned),
        Reason::PlainHttp => "it is not https://…, and client-go sends no credential without TLS".to_owned(),
        Reason::Userinfo => "there is a name or a password in the URL, which API servers take no notice of".to_owned(),
        Reason::OpenedThere(_) => {
            "the path is opened where the master runs; a relative one from its working directory".to_owned()
        }
        Reason::ReadAnew => {
            "it is read anew within a minute, so the token can be changed without a restart; where it cannot be read, \
             the inline token counts"
                .to_owned()
        }
        Reason::ReadAnewFromStart => {
            "it must be there when the master starts, and is read anew within a minute".to_owned()
        }
        Reason::Until(end) => format!("until {}", date(*end)),
        Reason::Over(end) => format!("it has held until {}", date(*end)),
        Reason::Endless => "it has no end; it dies with its Secret or its ServiceAccount".to_owned(),
        Reason::Unsendable => {
            "there is a line break or another control character in it, which no header can carry".to_owned()
        }
        Reason::Omitted => {
            "it is what `kubectl config view` writes in place of it; with `--raw` it writes the data itself".to_owned()
        }
        Reason::Masters => "system:masters: nothing can narrow what it may do".to_owned(),
        Reason::Irrevocable => "a certificate cannot be taken back".to_owned(),
        Reason::GivenUp => "kube-apiserver knows no passwords since 1.19".to_owned(),
        Reason::ProgramMissing => "the program is not there where the master runs".to_owned(),
        Reason::ProgramRuns => "the master itself starts the program".to_owned(),
        Reason::NeverAsked => "another credential is there, so the program is never started".to_owned(),
        Reason::Forgets => "what it gets anew it forgets when the master ends".to_owned(),
        Reason::Nobody => "the API server takes the master for system:anonymous".to_owned(),
        Reason::NeedsImpersonate => "the identity needs the right to impersonate".to_owned(),
    })
}

/// Whether a key looks like one of client-go's, of which there are none with digits.
fn is_word(key: &str) -> bool {
    key.len() <= 40 && key.chars().all(|c| c.is_ascii_alphabetic() || c == '-')
}

fn leads(reach: Reach) -> Option<&'static str> {
    Some(match reach {
        Reach::Loopback => "inside a pod this is the pod itself",
        Reach::Unspecified => "this address leads nowhere",
        Reach::LinkLocal => "this address counts on one cable only",
        Reach::HostAlias => "only containers on that one machine know this name",
        Reach::OwnCluster => "inside a pod this is the cluster that the pod itself runs in",
        Reach::Private => "a private address: the master must be in a network that leads there",
        Reach::Public | Reach::Name => return None,
    })
}
