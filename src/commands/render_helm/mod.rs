//! `detctl render-helm`: a configuration as values of the chart, proven to come back as the same.

mod helm;
mod installation;
mod service;
mod target;
mod words;

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::configuration::Reading;
use super::subject::{self, Gate, Opened, Subject};
use crate::cli::Global;
use crate::cluster::Found;
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::Request;
use crate::io::Io;
use crate::naming::Template;
use crate::release::Release;
use crate::render::{self, Failure, Heading, INITIAL_PASSWORD, Rendering, Task, verifying};
use crate::report::{Ink, rendering};
use crate::shell;

pub(super) use installation::Installation;

/// Write a configuration as values of the Determined chart, proven to come back as the same
///
/// Examples:
///   detctl render-helm master.yaml > values.yaml
///   detctl render-helm --stage multi-k8s devcluster.yaml -o values.yaml
///   detctl render-helm --master-host det.example.com master.yaml
///   detctl render-helm --master-from-service CONTEXT master.yaml
///   detctl render-helm --base values.yaml -o values.yaml master.yaml
///   detctl render-helm --check values.yaml master.yaml
///   detctl render-helm --verify-with-helm ./determined master.yaml
///
/// Exit codes:
///   0  written
///   1  refused: the file has errors, the chart cannot say it, or the base
///      says otherwise
///   2  could not run
/// With --check or --diff:
///   0  the file holds the same
///   1  it does not, or as above
///   2  as above
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The configuration, of any kind that `validate` reads; `-` reads standard input
    #[arg(value_name = "CONFIG")]
    config: PathBuf,
    #[command(flatten)]
    target: target::Target,
    /// Go on although `validate` finds errors
    #[arg(long)]
    pub(super) force: bool,
    /// Leave out what the chart cannot say, and list it
    #[arg(long)]
    pub(super) allow_lossy: bool,
    /// How Secrets with kubeconfigs are called; {cluster} stands for the name of the cluster
    #[arg(long, value_name = "TEMPLATE", default_value_t)]
    secret_name_template: Template,
    /// Where a JSON Schema of the values lies, for editors: the first line of the file then names it
    #[arg(long, value_name = "URL", value_parser = words::schema)]
    schema: Option<String>,
    #[command(flatten)]
    installation: Installation,
    /// The release of the master that will read the configuration, 0.29.1 to 0.38.1
    #[arg(long, value_name = "VERSION", default_value_t)]
    pub(super) master_version: Release,
    /// Besides, let the `helm` of this machine render the values with this chart, and compare what comes out
    #[arg(long, value_name = "CHART")]
    verify_with_helm: Option<PathBuf>,
    #[command(flatten)]
    address: Address,
    #[command(flatten)]
    reading: Reading,
}

/// How tasks of other clusters reach the master.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The master's address, for additional resource managers without one")]
struct Address {
    /// Host at which other clusters reach the master
    #[arg(long, value_name = "HOST", value_parser = words::host)]
    master_host: Option<String>,
    /// Port at which they reach it
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    master_port: Option<u16>,
    /// Scheme by which they reach it
    #[arg(long, value_name = "SCHEME", value_parser = ["http", "https"])]
    master_scheme: Option<String>,
    #[command(flatten)]
    service: service::Wish,
}

impl From<&Address> for render::Address {
    fn from(address: &Address) -> Self {
        let Address { master_host, master_port, master_scheme, .. } = address;
        Self { host: master_host.clone(), port: *master_port, scheme: master_scheme.clone() }
    }
}

impl Arguments {
    /// Everything as it is when nobody says anything.
    pub(super) fn of(config: PathBuf, output: Option<PathBuf>, installation: Installation, reading: Reading) -> Self {
        Self {
            config,
            target: target::Target::of(output),
            force: false,
            allow_lossy: false,
            secret_name_template: Template::default(),
            schema: None,
            installation,
            master_version: Release::default(),
            verify_with_helm: None,
            address: Address {
                master_host: None,
                master_port: None,
                master_scheme: None,
                service: service::Wish::default(),
            },
            reading,
        }
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    arguments.target.check(&arguments.config)?;
    let base = arguments.target.base()?;
    let gate = if arguments.force { Gate::Open } else { Gate::Closed };
    let opening = subject::Opening {
        path: &arguments.config,
        reading: &arguments.reading,
        release: arguments.master_version,
        request: arguments.installation.of_input(),
        gate,
    };
    let opened = subject::open(opening, global, io)?;
    let Opened::Subject(subject) = opened else { return Ok(Outcome::No) };
    let ink = if io.colors(global.color) { Ink::Colored } else { Ink::Plain };
    let chart = arguments.installation.of_output();
    let mut address = render::Address::from(&arguments.address);
    if let Some(found) = arguments.address.service.found(&chart, io)? {
        let is_tls = found.is_tls || base.as_ref().is_some_and(target::Kept::has_tls);
        let scheme = address.scheme.take().unwrap_or_else(|| if is_tls { "https" } else { "http" }.to_owned());
        let Found { host, port, from, .. } = found;
        subject.note("note", format_args!("the master is at {scheme}://{host}:{port}, by {from}"), io);
        address = render::Address { host: Some(host), port: Some(port), scheme: Some(scheme) };
    }
    let work = Work { arguments, subject: &subject, base: base.as_ref(), chart, address, ink };
    match work.render() {
        Ok(rendering) => work.hand_out(&rendering, io),
        Err(failure) => work.fail(failure, io),
    }
}

/// One rendering.
struct Work<'a> {
    arguments: &'a Arguments,
    subject: &'a Subject,
    base: Option<&'a target::Kept>,
    chart: Request,
    address: render::Address,
    ink: Ink,
}

/// What is said of settings that do not come back.
const UNSAID: &str = "cannot be said in values";

impl Work<'_> {
    fn render(&self) -> Result<Rendering, Failure> {
        self.with_task(render::render)
    }

    fn with_task<T>(&self, act: impl FnOnce(&Task<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let Some((source, file)) = self.subject.masters_text() else { return Err(Failure::Unreadable) };
        let digest = Sha256::digest(self.subject.own_text().as_bytes());
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        act(&Task {
            text: file.text(),
            source,
            release: self.arguments.master_version,
            chart: &self.chart,
            secret_names: &self.arguments.secret_name_template,
            named: &self.subject.model.kubeconfigs,
            address: &self.address,
            heading: Heading { name: self.subject.name(), digest: &digest, schema: self.arguments.schema.as_deref() },
            base: self.base.map(|base| render::Base { text: &base.text, overwrite: base.overwrite }),
        })
    }

    fn hand_out(&self, rendering: &Rendering, io: &mut Io<'_>) -> Result<Outcome, Error> {
        if !rendering.lost.is_empty() {
            let severity = if self.arguments.allow_lossy { Severity::Warning } else { Severity::Error };
            self.subject.excerpts(&rendering.lost, severity, UNSAID, io)?;
            if !self.arguments.allow_lossy {
                return Ok(self.subject.refused("--allow-lossy leaves these settings out", io));
            }
        }
        if let Some(chart) = &self.arguments.verify_with_helm {
            let manifests = match helm::template(chart, &self.chart, &rendering.text, &verifying::given(rendering))? {
                Ok(manifests) => manifests,
                Err(words) => return Ok(self.stopped(&words, io)),
            };
            let text = verifying::masters_file(&manifests)
                .map_err(|why| Error::new(format!("cannot verify with `{}`: {why}", chart.display())))?;
            if let Err(failure) = self.with_task(|task| verifying::verify(task, rendering, &text)) {
                return self.fail(failure, io);
            }
        }
        let outcome = self.arguments.target.hand_out(&rendering.text, self.ink, io)?;
        if self.arguments.target.is_written() {
            // Where both streams are one, the notes stand below the values.
            io.stdout.flush()?;
            self.tell(rendering, io);
        }
        Ok(outcome)
    }

    /// What is otherwise than in the file, and what has to be given besides.
    fn tell(&self, rendering: &Rendering, io: &mut Io<'_>) {
        let subject = self.subject;
        for line in rendering::forced(&rendering.forced) {
            subject.note("note", line, io);
        }
        if !rendering.added.is_empty() {
            let names = rendering.added.join(", ");
            subject.note("note", format_args!("the chart also sets what the file does not, in {names}"), io);
        }
        if let Some(line) = rendering::unreachable(&rendering.unreachable) {
            subject.note("warning", line, io);
        }
        for withheld in &rendering.withheld {
            let render::Withheld { value, option, .. } = withheld;
            let given = format!("{option} {}", shell::word(&format!("{value}=…")));
            let Some(place) = withheld.place else {
                let name = &subject.file.path;
                let words = format_args!("{name}: the chart demands a secret that is not there; give it with {given}");
                subject.note("warning", words, io);
                continue;
            };
            let home = subject.model.home(place);
            let source = subject.file.sources.file(home.source);
            let (name, line) = (source.name(), source.position(home.start).line);
            subject.note("warning", format_args!("{name}:{line}: the secret is left out; give it with {given}"), io);
        }
        if rendering.withheld.iter().all(|withheld| withheld.value != INITIAL_PASSWORD) {
            subject.note(
                "note",
                format_args!("the first installation asks for a password: --set-string {INITIAL_PASSWORD}=…"),
                io,
            );
        }
        if let Some(line) = self.upgrade() {
            subject.instruct("note", format_args!("to go on: {line}"), io);
        }
    }

    /// The command that gives the values with the address to the release that is there, as a shell takes it.
    fn upgrade(&self) -> Option<String> {
        let service = &self.arguments.address.service;
        let path = |path: &Path| shell::word(&path.display().to_string());
        let context = shell::word(service.context()?);
        let chart = self.arguments.verify_with_helm.as_deref().map_or("CHART".into(), path);
        let kubeconfig = service.kubeconfig().map_or(String::new(), |file| format!("--kubeconfig {} ", path(file)));
        let values = shell::word(&self.arguments.target.name());
        let Request { release, namespace, .. } = &self.chart;
        Some(format!("helm upgrade {release} {chart} {kubeconfig}--kube-context {context} -n {namespace} -f {values}"))
    }

    fn fail(&self, failure: Failure, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let (subject, name) = (self.subject, &self.subject.file.path);
        match failure {
            Failure::Base(why) => Err(self.base.map_or_else(|| Error::new(why.clone()), |base| base.fault(&why))),
            Failure::Conflicts { paths, text } => match self.base {
                Some(base) => base.conflicts(&paths, &text, self.ink, io),
                None => Ok(Outcome::No),
            },
            Failure::Unreadable | Failure::Demanded(_) => {
                Err(Error::new(format!("{name}: it holds no configuration of a master")))
            }
            Failure::Template(words) => Err(Error::new(format!("the template of the values is wrong: {words}"))),
            Failure::Impossible(remarks) => {
                subject.excerpts(&remarks, Severity::Error, UNSAID, io)?;
                Ok(subject.refused("--allow-lossy does not help here", io))
            }
            Failure::Unproven(remarks) => {
                subject.excerpts(&remarks, Severity::Error, UNSAID, io)?;
                Ok(subject.refused("the values would not come back as this configuration", io))
            }
            Failure::Stopped(words) => Ok(self.stopped(&words, io)),
        }
    }

    fn stopped(&self, words: &str, io: &mut Io<'_>) -> Outcome {
        io.note("error", format_args!("{}: Helm would not render the values: {words}", self.subject.file.path));
        Outcome::No
    }
}
