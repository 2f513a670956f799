//! The arguments of `detctl secrets create`.

use std::path::PathBuf;
use std::time::Duration;

use super::pull::Pull;
use crate::commands::ListFormat;
use crate::commands::configuration::Reading;
use crate::commands::secrets::rotate::Rotation;
use crate::credentials::checks;
use crate::release::Release;

/// What `--pull` does.
const PULL: &str = "A cluster without a context: its cloud's own command writes one into a private file\n\n\
    gke:PROJECT/LOCATION/NAME  gcloud container clusters get-credentials\n\
    aks:GROUP/NAME             az aks get-credentials\n\
    eks:REGION/NAME            aws eks update-kubeconfig\n\n\
    The command is shown first, with --dry-run too; the file is removed again, and your own kubeconfig stays as it is";

/// Give a master credentials for its additional clusters, with the least rights, proven before they are stored
///
/// For each cluster a ServiceAccount is made that may do what the master does there
/// and nothing else, with a token that is tried out through the address that is
/// stored; then the kubeconfig goes into a Secret on the default cluster, as the
/// documentation page has it. Nothing is written there before everything else has
/// succeeded, and nothing at all before the plan is agreed to. A second run changes
/// nothing.
///
/// Examples:
///   detctl secrets create --cluster-name west --context gke_west \
///     --default-context main --namespace det --release det
///   detctl secrets create values.yaml --map west=gke_west \
///     --default-context main --namespace det --release det
///   detctl secrets create values.yaml --pull west=gke:proj/us-west1/west \
///     --default-context main --namespace det --release det
///
/// Exit codes:
///   0  done, or nothing to do
///   1  something stands in the way, nothing was written
///   2  usage, unknown context, unreadable input
///   3  partly applied; run it again
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets create [OPTIONS] --default-context <CONTEXT>\n       --namespace <NAMESPACE> --release <NAME> [CONFIG]"
)]
pub(in crate::commands::secrets) struct Arguments {
    /// The configuration, of any kind that `validate` reads: all its additional resource managers
    #[arg(value_name = "CONFIG", conflicts_with = "cluster_name")]
    pub(super) config: Option<PathBuf>,
    /// One cluster instead: its `cluster_name`
    #[arg(long, value_name = "NAME", required_unless_present = "config")]
    pub(super) cluster_name: Option<String>,
    /// The context that leads to that cluster
    #[arg(long, value_name = "CONTEXT", requires = "cluster_name")]
    pub(super) context: Option<String>,
    /// The context that leads to a cluster of the configuration; without, one that is called as the cluster
    #[arg(long = "map", value_name = "CLUSTER=CONTEXT", conflicts_with = "cluster_name")]
    pub(super) maps: Vec<String>,
    /// A cluster without a context: its cloud's own command writes one into a private file
    #[arg(long = "pull", value_name = "CLUSTER=CLOUD:PLACE/NAME", value_parser = super::pull::parse, long_help = PULL)]
    pub(super) pulls: Vec<Pull>,
    #[command(flatten)]
    pub(super) target: Target,
    #[command(flatten)]
    pub(super) identity: Identity,
    #[command(flatten)]
    pub(super) stored: Stored,
    #[command(flatten)]
    pub(super) run: Run,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// The release of the master, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    pub(super) master_version: Release,
}

/// Where the kubeconfigs go.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Where the kubeconfigs go")]
pub(in crate::commands::secrets) struct Target {
    /// The context of the default cluster, where the master runs
    #[arg(long, value_name = "CONTEXT")]
    pub(in crate::commands::secrets) default_context: String,
    /// The namespace of the Helm release there
    #[arg(long, value_name = "NAMESPACE")]
    pub(in crate::commands::secrets) namespace: String,
    /// The Helm release there
    #[arg(long, value_name = "NAME")]
    pub(in crate::commands::secrets) release: String,
}

/// Who the master is on the additional clusters.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Who the master is on the additional clusters")]
pub(super) struct Identity {
    /// Whether an identity is made for it
    #[arg(long, value_enum, value_name = "HOW", default_value_t = Auth::Mint)]
    pub(super) auth: Auth,
    /// The namespace of its ServiceAccount; never one in which tasks run
    #[arg(long, value_name = "NAMESPACE", default_value = "determined-system")]
    pub(super) sa_namespace: String,
    /// A ServiceAccount that is there already
    #[arg(long, value_name = "NAME")]
    pub(super) service_account: Option<String>,
    /// Which rights it gets
    #[arg(long, value_enum, value_name = "RIGHTS", default_value_t = Rbac::Minimal)]
    pub(super) rbac: Rbac,
    /// `default_namespace` of the resource manager, when no configuration tells
    #[arg(long, value_name = "NAMESPACE", conflicts_with = "config")]
    pub(super) default_namespace: Option<String>,
    /// Further namespaces in which tasks run, or `all`: also those that the master makes for workspaces
    #[arg(long, value_name = "NAMESPACES", value_delimiter = ',')]
    pub(super) task_namespaces: Vec<String>,
    /// What kind of token it gets
    #[arg(long, value_enum, value_name = "MODE", default_value_t = Mode::Secret)]
    pub(super) token_mode: Mode,
    /// How long a requested token is to hold, such as 720h or 30d
    #[arg(long, value_name = "TIME", value_parser = ttl, required_if_eq("token_mode", "request"))]
    pub(super) ttl: Option<Duration>,
    /// Make a new credential also where the stored one is good
    #[arg(long)]
    pub(super) renew: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Auth {
    /// One is made, with the rights of --rbac
    Mint,
    /// None: the context's own token or certificate is stored, with all that it may do
    Copy,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Rbac {
    /// What the master does there, and nothing else
    Minimal,
    /// What the chart grants on the default cluster
    Chart,
    /// None: they are granted already
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Mode {
    /// One that has no end, kept in a Secret beside the ServiceAccount
    Secret,
    /// One that ends, bound to an empty Secret: when that is deleted, it dies
    Request,
}

/// What is stored.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is stored")]
pub(super) struct Stored {
    /// The name of the Secret, when it is one cluster [default: as in the values, else as render-helm names it]
    #[arg(long, value_name = "NAME", requires = "cluster_name")]
    pub(super) secret_name: Option<String>,
    /// The key of the kubeconfig in the Secret [default: as in the values, else `config`]
    #[arg(long, value_name = "KEY")]
    pub(super) key: Option<String>,
    /// The address of the cluster for the master, when it is one cluster [default: that of the context]
    #[arg(long, value_name = "URL", requires = "cluster_name")]
    pub(super) server: Option<String>,
    /// The name that the server's certificate bears, when it is one cluster [default: that of the context]
    #[arg(long, value_name = "NAME", requires = "cluster_name")]
    pub(super) tls_server_name: Option<String>,
    /// The authority of the server, when it is one cluster [default: that of the context]
    #[arg(long, value_name = "FILE", requires = "cluster_name")]
    pub(super) ca_file: Option<PathBuf>,
    /// The proxy between master and cluster, empty for none, when it is one cluster [default: that of the context]
    #[arg(long, value_name = "URL", requires = "cluster_name")]
    pub(super) server_proxy_url: Option<String>,
    /// Name the Secrets and their keys in a file of values, once they are stored; nothing else of it is changed
    #[arg(long, value_name = "FILE")]
    pub(super) write_values: Option<PathBuf>,
    /// Print the Secrets as manifests in place of writing them; what is secret, by its size
    #[arg(long, short, value_enum, value_name = "FORM", conflicts_with_all = ["format", "dry_run"])]
    pub(super) output: Option<Form>,
    /// Print what is secret, too: make and prove the credentials, for kubeseal, SOPS and such; never to a terminal
    #[arg(long, requires_all = ["output", "yes"])]
    pub(super) show_secrets: bool,
    /// Print them into a new file that only you may read
    #[arg(long, value_name = "FILE", requires = "output")]
    pub(super) output_file: Option<PathBuf>,
    /// How the master gets new credentials later; `live` takes a configuration [default: as before, else restart]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) rotation: Option<Rotation>,
    /// Store each in a Secret that never changes; what is new gets a new name, which the values then have to tell. As
    /// before, where such Secrets are there
    #[arg(long, conflicts_with_all = ["rotation", "adopt", "replace", "output"])]
    pub(super) immutable: bool,
    #[command(flatten)]
    pub(super) there: There,
}

/// What becomes of a Secret that is there.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "What is stored")]
pub(super) struct There {
    /// Take over a Secret that was made by hand
    #[arg(long)]
    pub(super) adopt: bool,
    /// Delete a Secret that cannot be changed, and make it anew
    #[arg(long)]
    pub(super) replace: bool,
}

/// How it is done.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How it is done")]
pub(in crate::commands::secrets) struct Run {
    /// The kubeconfig that has the contexts [default: those of KUBECONFIG, else ~/.kube/config]
    #[arg(long, value_name = "FILE")]
    pub(in crate::commands::secrets) kubeconfig: Option<PathBuf>,
    /// How long each cluster may take for each step: seconds, or such as 90s, 5m
    #[arg(long, value_name = "TIME", default_value = "15s", value_parser = crate::commands::live::duration)]
    pub(in crate::commands::secrets) timeout: Duration,
    /// Never run the plugins that contexts name
    #[arg(long)]
    pub(in crate::commands::secrets) no_exec: bool,
    /// Pass over a check; it is noted at the Secret
    #[arg(long = "skip-check", value_name = "ID", value_parser = check)]
    pub(in crate::commands::secrets) skip_checks: Vec<String>,
    /// Only plan (client), or let the servers try it as well (server); nothing is kept
    #[arg(long, value_enum, value_name = "HOW")]
    pub(in crate::commands::secrets) dry_run: Option<DryRun>,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::commands::secrets) yes: bool,
    /// How the plan and what came of it are written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(in crate::commands::secrets) format: ListFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Form {
    /// One document for each Secret
    Yaml,
    /// The Secret; a List, when there are several
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::commands::secrets) enum DryRun {
    /// Look at everything, write nothing
    Client,
    /// Let the servers try every change that can be tried
    Server,
}

impl Arguments {
    /// What standard output is for: the report for people, or one document and nothing else.
    pub(super) fn standard_output(&self) -> ListFormat {
        if self.stored.output.is_some() { ListFormat::Json } else { self.run.format }
    }
}

fn check(id: &str) -> Result<String, String> {
    match checks::find(id) {
        Some(check) if check.skip == checks::Skip::Allowed => Ok(check.id.to_owned()),
        Some(_) => Err("what it finds cannot work at all, so it is never passed over".to_owned()),
        None => {
            let known: Vec<&str> =
                checks::ALL.iter().filter(|it| it.skip == checks::Skip::Allowed).map(|it| it.id).collect();
            Err(format!("checks: {}", known.join(", ")))
        }
    }
}

/// A time of at least ten minutes, the least that an API server gives.
fn ttl(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a time such as 720h or 30d".to_owned();
    let unit = match text.chars().last() {
        Some('s') => 1,
        Some('m') => 60,
        Some('h') => 3600,
        Some('d') => 24 * 3600,
        _ => return Err(wrong()),
    };
    let number: u64 = text.get(..text.len() - 1).unwrap_or("").parse().map_err(|_| wrong())?;
    match number.checked_mul(unit) {
        Some(seconds @ 600..=4_294_967_296) => Ok(Duration::from_secs(seconds)),
        _ => Err("expected between 10m and 49710d".to_owned()),
    }
}
