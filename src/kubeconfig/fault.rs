//! What can be wrong with a kubeconfig, in client-go's words.

use crate::source::Span;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// The place, if there is one.
    pub span: Option<Span>,
    /// What client-go prints. Ends in `…` where the rest would repeat a part of the file.
    pub words: String,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, span: impl Into<Option<Span>>, words: impl Into<String>) -> Self {
        Self { kind, span: span.into(), words: words.into() }
    }
}

/// The kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// No YAML, or none that this reader follows.
    Syntax,
    /// YAML that JSON cannot say.
    NotJson,
    /// An object of another kind.
    OtherKind,
    /// A value of another type than its place takes.
    WrongType,
    /// Data that is no base64.
    NotBase64,
    /// Two entries of one name. The master's own words list all entries, secrets included.
    DuplicateName,
    /// Nothing to go by: no context is chosen, or it names no cluster.
    NoCluster,
    /// The chosen context is not there.
    ContextMissing,
    /// A cluster without a server.
    NoServer,
    /// A proxy that cannot be used.
    BadProxy,
    /// Data and file for the same thing.
    BothDataAndFile,
    /// A file that cannot be opened.
    FileUnreadable,
    /// A certificate without its key.
    KeyMissing,
    /// A plugin that is described badly.
    BadExec,
    /// More than one way to authenticate.
    SeveralMethods,
    /// Impersonation without a name.
    ImpersonationWithoutUser,
    /// A protocol of plugins that is not spoken any more.
    ExecVersion,
    /// An authentication provider that is gone or unknown.
    AuthProvider,
    /// Certificates given although none is looked at.
    InsecureWithAuthority,
    /// Certificates that cannot be read.
    BadAuthority,
    /// A client certificate or key that cannot be used.
    BadKeyPair,
    /// A token file without a token.
    EmptyTokenFile,
    /// A server URL that cannot be used.
    BadServer,
}
