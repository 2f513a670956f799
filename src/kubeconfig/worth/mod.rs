//! What every part of a kubeconfig is worth inside a running master.

mod look;
mod surroundings;

use super::address::{Reach, Server};
use super::certificate::Certificate;
use super::client::{Client, Stop, confirm};
use super::fault::Fault;
use super::jwt::Claims;
use super::load::Loading;
use crate::source::Span;

use look::look;
pub use surroundings::{ReleasedPod, Surroundings, known_plugin};

/// The judgement of a kubeconfig.
#[derive(Clone, Debug)]
pub struct Worth {
    /// Whether a master starts with it.
    pub verdict: Verdict,
    /// Every part of the context that is used, in order.
    pub stanzas: Vec<Stanza>,
}

/// Whether a master starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing in the file keeps it from starting.
    Starts,
    /// It starts if these files are there.
    StartsWith(Vec<String>),
    /// It ends.
    Ends(End),
}

/// How a master ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// When.
    pub phase: Phase,
    /// Every reason that client-go has; empty at the first call.
    pub faults: Vec<Fault>,
    /// What it prints behind the words of the phase. `…` stands for what would repeat a part of the file, or depends on
    /// the cluster.
    pub words: String,
}

/// When a master ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// When it reads the file.
    Config,
    /// When it makes its client.
    Client,
    /// When it asks the first question.
    FirstCall,
}

impl Phase {
    /// What the master prints before the words (facts §3.5, live-master-facts §4, §5).
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Config => "error building kubernetes config: building rest.Config from kubeconfig at <path>: ",
            Self::Client => "failed to initialize kubernetes clientSet: ",
            Self::FirstCall => "failed to get system pods: ",
        }
    }
}

/// One part with its fate.
#[derive(Clone, Debug)]
pub struct Stanza {
    /// What it is.
    pub part: Part,
    /// Where it stands, unless it is one that is missing.
    pub span: Option<Span>,
    /// What becomes of it.
    pub fate: Fate,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What becomes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It does what it says.
    Works,
    /// It has no effect.
    Unused,
    /// It works where something else is there.
    Depends,
    /// It works, and should not stand in a master's kubeconfig.
    Unwise,
    /// The master ends over it.
    Ends,
}

/// The parts.
#[derive(Clone, Debug)]
pub enum Part {
    /// Everything behind the first document.
    SecondDocument,
    /// A key that client-go does not know.
    UnknownKey(String),
    /// The context that is used, and the others.
    Context(String, Vec<String>),
    /// The namespace of the context.
    Namespace(String),
    /// The server.
    Server(Server),
    /// The name that its certificate must bear.
    ServerName(String),
    /// The authorities, as data.
    Authorities(Vec<Certificate>),
    /// The authorities, in a file.
    AuthorityFile(String),
    /// No authorities: those of the system count.
    SystemAuthorities,
    /// The server's certificate is not looked at.
    NoVerification,
    /// A proxy, its password covered.
    Proxy(String),
    /// A token.
    Token(Option<Claims>),
    /// A token in a file.
    TokenFile(String),
    /// A client certificate, if it can be read.
    Certificate(Option<Box<Certificate>>),
    /// A file of a client certificate or its key.
    KeyFile(String),
    /// Name and password.
    Basic,
    /// A program; only names that are known are shown.
    Plugin(Option<&'static str>),
    /// A provider inside the library.
    Provider(String),
    /// Nothing to be known by.
    Anonymous,
    /// Somebody to act as.
    Impersonation(String),
}

/// Why a part has its fate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// client-go refuses it, in these words.
    Refused(String),
    /// Where the address leads, seen from the master.
    Leads(Reach),
    /// Without TLS no credential is sent.
    PlainHttp,
    /// A name or password in the URL.
    Userinfo,
    /// A file that is opened where the master runs.
    OpenedThere(String),
    /// The file is read anew every minute, and the inline token counts while it cannot be.
    ReadAnew,
    /// The file is read anew every minute and must be there at the start.
    ReadAnewFromStart,
    /// It holds until then, in seconds since 1970.
    Until(i64),
    /// It has held until then.
    Over(i64),
    /// It does not end by itself.
    Endless,
    /// A line break or another control character: it cannot be sent.
    Unsendable,
    /// What `kubectl config view` writes in place of data.
    Omitted,
    /// The group of administrators whom no rule can bind.
    Masters,
    /// A certificate cannot be taken back.
    Irrevocable,
    /// kube-apiserver has given it up in 1.19.
    GivenUp,
    /// The program is not where the master runs.
    ProgramMissing,
    /// The program is started by the master.
    ProgramRuns,
    /// Another credential is there, so it is never asked.
    NeverAsked,
    /// What it gets anew it forgets when the master ends.
    Forgets,
    /// The server takes whoever shows nothing for nobody.
    Nobody,
    /// The identity needs the right to act as another.
    NeedsImpersonate,
}

/// Judges a kubeconfig for a master; `now` is in seconds since 1970.
#[must_use]
pub fn worth(loading: &Loading, surroundings: &dyn Surroundings, now: i64) -> Worth {
    let mut stanzas = Vec::new();
    if let Some(span) = loading.second_document {
        stanzas.push(stanza(Part::SecondDocument, span, Fate::Unused, []));
    }
    for (key, span) in &loading.unknown {
        stanzas.push(stanza(Part::UnknownKey(key.clone()), *span, Fate::Unused, []));
    }
    if let Some(fault) = loading.faults.first() {
        let end = End { phase: Phase::Config, words: fault.words.clone(), faults: loading.faults.clone() };
        return Worth { verdict: Verdict::Ends(end), stanzas };
    }
    let confirmed = confirm(&loading.config, surroundings);
    stanzas.extend(look(&loading.config, surroundings, now));
    if let Err(stop) = &confirmed {
        blame(&mut stanzas, stop);
    }
    Worth { verdict: verdict(confirmed, &stanzas), stanzas }
}

fn stanza(part: Part, span: impl Into<Option<Span>>, fate: Fate, reasons: impl Into<Vec<Reason>>) -> Stanza {
    Stanza { part, span: span.into(), fate, reasons: reasons.into() }
}

/// The parts that client-go's words are about end it: the smallest one that holds the place, or lies in it.
fn blame(stanzas: &mut [Stanza], stop: &Stop) {
    let about =
        |span: Span, other: Span| span.source == other.source && span.start >= other.start && span.end <= other.end;
    for fault in stop.faults.iter().rev() {
        let Some(place) = fault.span else { continue };
        let touched = stanzas.iter_mut().filter_map(|stanza| {
            let span = stanza.span?;
            (about(place, span) || about(span, place)).then_some((span.end - span.start, stanza))
        });
        if let Some((_, stanza)) = touched.min_by_key(|(length, _)| *length) {
            stanza.fate = Fate::Ends;
            stanza.reasons.insert(0, Reason::Refused(fault.words.clone()));
        }
    }
}

fn verdict(confirmed: Result<Client, Stop>, stanzas: &[Stanza]) -> Verdict {
    let client = match confirmed {
        Ok(client) => client,
        Err(stop) => {
            let phase = if stop.is_load() { Phase::Config } else { Phase::Client };
            return Verdict::Ends(End { phase, words: stop.words, faults: stop.faults });
        }
    };
    let words =
        stanzas.iter().filter(|stanza| stanza.fate == Fate::Ends).find_map(|stanza| first_call(stanza, &client));
    if let Some(words) = words {
        return Verdict::Ends(End { phase: Phase::FirstCall, faults: Vec::new(), words });
    }
    let needs: Vec<String> = client.needs.iter().map(|path| path.value.clone()).collect();
    if needs.is_empty() { Verdict::Starts } else { Verdict::StartsWith(needs) }
}

/// What the first question ends with.
fn first_call(stanza: &Stanza, client: &Client) -> Option<String> {
    let get = "Get \"…/api/v1/namespaces/…/pods?labelSelector=determined-system\": ";
    let reason = stanza.reasons.first()?;
    Some(match (reason, &stanza.part) {
        (Reason::Unsendable, _) => format!("{get}net/http: invalid header field value for \"Authorization\""),
        (Reason::Over(_), Part::Authorities(_)) => {
            format!("{get}tls: failed to verify certificate: x509: certificate has expired or is not yet valid: …")
        }
        (Reason::Omitted | Reason::Over(_) | Reason::GivenUp, _) => "Unauthorized".to_owned(),
        (Reason::ProgramMissing, Part::Plugin(name)) => {
            format!("{get}getting credentials: exec: executable {} not found…", name.unwrap_or("…"))
        }
        (Reason::Leads(_), _) => format!("{get}dial tcp …"),
        (Reason::Nobody | Reason::PlainHttp, _) if client.is_secure => {
            "pods is forbidden: User \"system:anonymous\" cannot list …".to_owned()
        }
        (Reason::Nobody | Reason::PlainHttp, _) => {
            "the server rejected our request for an unknown reason (get pods)".to_owned()
        }
        _ => return None,
    })
}
