//! `detctl render-helm`: a configuration as values of the chart, proven to come back as the same.

mod target;

use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::configuration::{self, Reading};
use crate::cli::Global;
use crate::diagnostic::Severity;
use crate::error::{Error, Outcome};
use crate::formats::helm_values::Request;
use crate::io::Io;
use crate::judge::Model;
use crate::naming::Template;
use crate::release::Release;
use crate::render::{self, Failure, Heading, Remark, Rendering, Task};
use crate::report::{self, Detail, Format, Ink, Judged, Report, Selection, Style, rendering};
use crate::source::load::STDIN;

/// Write a configuration as values of the Determined chart, proven to come back as the same
///
/// Examples:
///   detctl render-helm master.yaml > values.yaml
///   detctl render-helm --stage multi-k8s devcluster.yaml -o values.yaml
///   detctl render-helm --master-host det.example.com --master-port 8080 master.yaml
///   detctl render-helm --check values.yaml master.yaml
///
/// Exit codes: 0 written · 1 refused: the file has errors, or the chart cannot say it · 2 could not run
/// With --check or --diff: 0 the file holds the same · 1 it does not, or as above · 2 as above
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
    force: bool,
    /// Leave out what the chart cannot say, and list it
    #[arg(long)]
    allow_lossy: bool,
    #[command(flatten)]
    address: Address,
    /// How Secrets with kubeconfigs are called; {cluster} stands for the name of the cluster
    #[arg(long, value_name = "TEMPLATE", default_value_t)]
    secret_name_template: Template,
    /// Where a JSON Schema of the values lies, for editors: the first line of the file then names it
    #[arg(long, value_name = "URL")]
    schema: Option<String>,
    /// The name that the Helm release will have
    #[arg(long, value_name = "NAME", default_value = "determined")]
    release: String,
    /// The namespace that the Helm release will have
    #[arg(long, value_name = "NAMESPACE", default_value = "default")]
    namespace: String,
    /// The release of the master that will read the configuration
    #[arg(long, value_name = "VERSION", default_value_t)]
    master_version: Release,
    #[command(flatten)]
    reading: Reading,
}

/// How tasks of other clusters reach the master.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "The master's address, for additional resource managers without one")]
struct Address {
    /// Host at which other clusters reach the master
    #[arg(long, value_name = "HOST")]
    master_host: Option<String>,
    /// Port at which they reach it
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1..))]
    master_port: Option<u16>,
    /// Scheme by which they reach it
    #[arg(long, value_name = "SCHEME", value_parser = ["http", "https"])]
    master_scheme: Option<String>,
}

impl From<&Address> for render::Address {
    fn from(address: &Address) -> Self {
        let Address { master_host, master_port, master_scheme } = address;
        Self { host: master_host.clone(), port: *master_port, scheme: master_scheme.clone() }
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, io: &mut Io<'_>) -> Result<Outcome, Error> {
    arguments.target.refuse_clash(&arguments.config)?;
    let mut file = configuration::judge_file(&arguments.config, &arguments.reading, arguments.master_version, io)?;
    let style = style(global, io);
    if has_errors(&file) && !arguments.force {
        let files = [file];
        let report = Report::new(&files, 0, &Selection::default());
        report::write(Format::Human, &report, &style, io.stderr)?;
        if !global.quiet {
            io.note("note", "no values were written; --force goes on all the same");
        }
        return Ok(Outcome::No);
    }
    let model = configuration::choose(&mut file, &arguments.reading)?;
    let work = Work { arguments, global, file: &file, model: &model, style };
    match work.render() {
        Ok(rendering) => work.hand_out(&rendering, io),
        Err(failure) => work.fail(failure, io),
    }
}

fn has_errors(file: &Judged) -> bool {
    file.judgement.findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// Everything that is said goes to standard error: standard output is for the values.
fn style(global: &Global, io: &Io<'_>) -> Style {
    let ink = if io.colors_errors(global.color) { Ink::Colored } else { Ink::Plain };
    let detail = if global.quiet { Detail::Quiet } else { Detail::Normal };
    Style { ink, width: io.width, detail }
}

/// One rendering.
struct Work<'a> {
    arguments: &'a Arguments,
    global: &'a Global,
    file: &'a Judged,
    model: &'a Model,
    style: Style,
}

impl Work<'_> {
    fn render(&self) -> Result<Rendering, Failure> {
        let Some((own, text)) = self.file.sources.iter().next() else { return Err(Failure::Unreadable) };
        let source = self.model.written().unwrap_or(own);
        let chart = Request {
            release: self.arguments.release.clone(),
            namespace: self.arguments.namespace.clone(),
            ..Request::default()
        };
        let digest: String = Sha256::digest(text.text().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let name = match &*self.file.path {
            STDIN => "standard input",
            path => Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path),
        };
        render::render(&Task {
            text: self.file.sources.file(source).text(),
            source,
            release: self.arguments.master_version,
            chart: &chart,
            secret_names: &self.arguments.secret_name_template,
            address: &render::Address::from(&self.arguments.address),
            heading: Heading { name, digest: &digest, schema: self.arguments.schema.as_deref() },
        })
    }

    fn hand_out(&self, rendering: &Rendering, io: &mut Io<'_>) -> Result<Outcome, Error> {
        if !rendering.lost.is_empty() {
            let severity = if self.arguments.allow_lossy { Severity::Warning } else { Severity::Error };
            self.excerpts(&rendering.lost, severity, io)?;
            if !self.arguments.allow_lossy {
                if !self.global.quiet {
                    io.note("note", "no values were written; --allow-lossy leaves these settings out");
                }
                return Ok(Outcome::No);
            }
        }
        let ink = if io.colors(self.global.color) { Ink::Colored } else { Ink::Plain };
        let outcome = self.arguments.target.hand_out(&rendering.text, ink, io)?;
        if !self.global.quiet && self.arguments.target.is_written() {
            // Where both streams are one, the notes stand below the values.
            io.stdout.flush()?;
            self.tell(rendering, io);
        }
        Ok(outcome)
    }

    /// What is otherwise than in the file, and what has to be given besides.
    fn tell(&self, rendering: &Rendering, io: &mut Io<'_>) {
        for line in rendering::forced(&rendering.forced) {
            io.note("note", line);
        }
        if !rendering.added.is_empty() {
            let names = rendering.added.join(", ");
            io.note("note", format_args!("the chart also sets what the file does not, in {names}"));
        }
        if let Some(line) = rendering::unreachable(&rendering.unreachable) {
            io.note("warning", line);
        }
        for withheld in &rendering.withheld {
            let home = self.model.home(withheld.place);
            let source = self.file.sources.file(home.source);
            let (name, line, value) = (source.name(), source.position(home.start).line, &withheld.value);
            io.note("warning", format_args!("{name}:{line}: the secret is left out; give it with --set '{value}=…'"));
        }
        if rendering.withheld.iter().all(|withheld| withheld.value != PASSWORD) {
            io.note("note", format_args!("the first installation asks for a password: --set {PASSWORD}=…"));
        }
    }

    fn excerpts(&self, remarks: &[Remark], severity: Severity, io: &mut Io<'_>) -> Result<(), Error> {
        let home = |span| self.model.home(span);
        Ok(rendering::excerpts(self.file, remarks, severity, home, &self.style, io.stderr)?)
    }

    fn fail(&self, failure: Failure, io: &mut Io<'_>) -> Result<Outcome, Error> {
        let name = &self.file.path;
        match failure {
            Failure::Unreadable => Err(Error::new(format!("{name}: it holds no configuration of a master"))),
            Failure::Template(words) => Err(Error::new(format!("the template of the values is wrong: {words}"))),
            Failure::Impossible(remarks) => {
                self.excerpts(&remarks, Severity::Error, io)?;
                if !self.global.quiet {
                    io.note("note", "no values were written, and --allow-lossy does not help here");
                }
                Ok(Outcome::No)
            }
            Failure::Unproven(remarks) => {
                self.excerpts(&remarks, Severity::Error, io)?;
                io.note("error", "no values were written: they would not come back as this configuration");
                Ok(Outcome::No)
            }
            Failure::Stopped(words) => {
                io.note("error", format_args!("{name}: Helm would not render the values: {words}"));
                Ok(Outcome::No)
            }
        }
    }
}

/// The value that the chart demands at the first installation.
const PASSWORD: &str = "initialUserPassword";
