//! `detctl man`: the manual page, one section per command.

use std::io::{self, Write};

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::error::{Error, Outcome};
use crate::io::Io;

/// Print the manual page
///
/// Example:
///   detctl man > detctl.1
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {}

pub(super) fn run(_arguments: &Arguments, io: &mut Io<'_>) -> Result<Outcome, Error> {
    let mut page = Vec::new();
    write_page(&mut page)?;
    io.stdout.write_all(&page)?;
    Ok(Outcome::Success)
}

fn write_page(page: &mut dyn Write) -> io::Result<()> {
    let mut root = Cli::command();
    root.build();
    let main = Man::new(root.clone());
    main.render_title(page)?;
    main.render_name_section(page)?;
    main.render_synopsis_section(page)?;
    main.render_description_section(page)?;
    main.render_options_section(page)?;
    for command in root.get_subcommands() {
        write_sections(command, page)?;
    }
    Ok(())
}

/// The section of a command, then those of the commands below it.
fn write_sections(command: &Command, page: &mut dyn Write) -> io::Result<()> {
    if command.get_name() == "help" {
        return Ok(());
    }
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    writeln!(page, ".SH \"{}\"", name.to_uppercase())?;
    let section = Man::new(command.clone());
    let mut text = Vec::new();
    section.render_synopsis_section(&mut text)?;
    section.render_description_section(&mut text)?;
    section.render_options_section(&mut text)?;
    page.write_all(as_subsections(&String::from_utf8_lossy(&text)).as_bytes())?;
    command.get_subcommands().try_for_each(|below| write_sections(below, page))
}

/// The sections of a command are subsections of its own section.
fn as_subsections(roff: &str) -> String {
    let mut text = String::with_capacity(roff.len());
    for line in roff.lines() {
        match line.strip_prefix(".SH ") {
            Some(title) => text.push_str(&format!(".SS {title}")),
            None => text.push_str(line),
        }
        text.push('\n');
    }
    text
}
