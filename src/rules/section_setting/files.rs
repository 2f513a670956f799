//! Paths of files that the master opens while it loads: logos and the certificate of Elasticsearch.
//!
//! What is there only the master's machine can tell. An absolute path is taken to lead to a file, as in any sound
//! deployment; a relative one starts at the working directory of the master, where there is none, and one of
//! nothing but points and slashes is a directory.

use super::{Context, Finding, RULE, Section};
use crate::diagnostic::Ending;
use crate::release::Behaviour;
use crate::rules::context::{Step, unresolved};

pub(super) fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for block in cx.blocks("config.MediaAssetVariations") {
        // The check belongs to the section around the paths.
        let path = block.path.rsplit_once(".LogoPath").map_or(&*block.path, |(section, _)| section);
        logos(&mut Section { record: block.record, path, place: block.place, release: cx.loaded.release, out });
    }
    for block in cx.blocks("model.TLSClientConfig") {
        if block.path.starts_with("root.Logging.") {
            let release = cx.loaded.release;
            certificate(&mut Section { record: block.record, path: &block.path, place: block.place, release, out });
        }
    }
}

/// What is at a path.
enum Target {
    File,
    Directory,
    Nothing,
}

fn target(path: &str) -> Target {
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    match path.starts_with('/') {
        _ if steps.all(|step| matches!(step, "." | "..")) => Target::Directory,
        true => Target::File,
        false => Target::Nothing,
    }
}

fn logos(section: &mut Section<'_>) {
    for (key, name) in [
        ("light_horizontal", "LightHorizontal"),
        ("light_vertical", "LightVeritical"),
        ("dark_horizontal", "DarkHorizontal"),
        ("dark_vertical", "DarkVeritical"),
    ] {
        let path = section.text(key, "");
        if path.is_empty() {
            if section.release.has(Behaviour::LogosComeTogether) {
                section.refuse(key, format!("{name} path is not set"));
            }
            continue;
        }
        match target(&path) {
            Target::File => {}
            Target::Directory => section.refuse(key, format!("{name} path is a directory, not a file: {path}")),
            Target::Nothing => section.refuse(key, format!("{name} path is not reachable: {path}")),
        }
    }
}

/// Read while resolving, after the resource managers.
fn certificate(section: &mut Section<'_>) {
    let path = section.text("certificate", "");
    let Some(entry) = section.record.entry("certificate").filter(|_| !path.is_empty()) else {
        return;
    };
    let words = match target(&path) {
        Target::File => return,
        Target::Directory => format!("read {path}: is a directory"),
        Target::Nothing => format!("open {path}: no such file or directory"),
    };
    let finding = RULE.finding(entry.span, format!("the master refuses this: {words}"));
    section.out.push(finding.ends_load(unresolved(Step::Logging, 0, Ending::Message, &words)));
}
