//! The arguments of `detctl secrets rotate`.

use std::time::Duration;

use crate::commands::live;
use crate::commands::secrets::create::{Run, Target};
use crate::commands::secrets::orphans::leads;
use crate::credentials::rotation::READ_ANEW;
use crate::error::Error;

/// Give a master new credentials for its additional clusters, and take the old ones back once it uses the new ones
///
/// For each cluster a new token of the same identity is made, tried out through the
/// stored address and stored. A master reads its kubeconfigs when it starts, so the
/// old token counts until every pod of the master has started since: --restart
/// starts it anew and waits; without, start it anew and run this again. With
/// --rotation live the token also lies in a file that the master reads every
/// minute, so that later runs need no restart: they wait for --overlap instead. A
/// run that finds old credentials makes no new ones, but finishes what was begun.
///
/// Examples:
///   detctl secrets rotate --cluster-name west --context gke_west \
///     --default-context main --namespace det --release det
///   detctl secrets rotate --map west=gke_west --map east=eks_east \
///     --default-context main --namespace det --release det --restart
///
/// Exit codes:
///   0  the new credentials are in use and the old ones taken back
///   1  something stands in the way, nothing was written
///   2  usage, unknown context, unreadable input
///   3  the old credentials still count, or not everything is stored; run it again
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    override_usage = "detctl secrets rotate [OPTIONS] --default-context <CONTEXT>\n       --namespace <NAMESPACE> --release <NAME>"
)]
pub(in crate::commands::secrets) struct Arguments {
    /// One cluster: its `cluster_name`
    #[arg(long, value_name = "NAME", requires = "context", required_unless_present = "maps", conflicts_with = "maps")]
    cluster_name: Option<String>,
    /// The context that leads to that cluster
    #[arg(long, value_name = "CONTEXT", requires = "cluster_name")]
    context: Option<String>,
    /// Several clusters, each with the context that leads to it
    #[arg(long = "map", value_name = "CLUSTER=CONTEXT")]
    maps: Vec<String>,
    #[command(flatten)]
    pub(super) turn: Turn,
    #[command(flatten)]
    pub(super) target: Target,
    #[command(flatten)]
    pub(super) run: Run,
}

/// How old and new credentials follow each other.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "How old and new credentials follow each other")]
pub(super) struct Turn {
    /// Start the master anew, and wait until it runs
    #[arg(long)]
    pub(super) restart: bool,
    /// How long to wait for a master that starts anew [default: 5m with --restart, else not at all]
    #[arg(long, value_name = "TIME", value_parser = live::duration)]
    pub(super) wait: Option<Duration>,
    /// How the master gets new credentials [default: as before]
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) rotation: Option<Rotation>,
    /// How long old and new tokens both count where the master reads the token file, 70s at least: 70 s were measured from
    /// the change of the file on, and a kubelet may take two minutes to change it
    #[arg(long, value_name = "TIME", default_value = "190s", value_parser = overlap)]
    pub(super) overlap: Duration,
    /// Take the old credentials back now: a master that still uses them loses the clusters until it starts anew
    #[arg(long)]
    pub(super) revoke: bool,
    /// Delete a Secret that cannot be changed, and make it anew
    #[arg(long)]
    pub(super) replace: bool,
}

/// How a master gets new credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::commands::secrets) enum Rotation {
    /// When it starts
    Restart,
    /// By a file with the token beside the kubeconfig, which it reads every minute
    Live,
}

fn overlap(text: &str) -> Result<Duration, String> {
    let time = live::duration(text)?;
    if time.as_secs() < READ_ANEW {
        return Err(format!("expected {READ_ANEW}s at least: it takes the master that long to read the file anew"));
    }
    Ok(time)
}

/// How long a master that is started anew is waited for.
const RESTART: Duration = Duration::from_secs(300);

impl Arguments {
    /// The clusters with their contexts.
    pub(super) fn leads(&self) -> Result<Vec<(String, String)>, Error> {
        if let (Some(cluster), Some(context)) = (&self.cluster_name, &self.context) {
            return Ok(vec![(cluster.clone(), context.clone())]);
        }
        leads(&self.maps)
    }

    /// How long a master that starts anew is waited for; not at all without.
    pub(super) fn patience(&self) -> Option<Duration> {
        self.turn.wait.or(self.turn.restart.then_some(RESTART))
    }
}

#[cfg(test)]
mod tests {
    use super::overlap;
    use crate::credentials::rotation::{KUBELET, READ_ANEW};

    #[test]
    fn the_overlap_is_never_shorter_than_measured() {
        assert!(overlap("69s").is_err());
        assert_eq!(overlap("190s").unwrap().as_secs(), READ_ANEW + KUBELET);
    }
}
