//! Kinds, told from the content of recorded files.

use detctl::formats::{Detection, detect, master};
use detctl::model::verdict::Kind;
use detctl::source::SourceMap;

use crate::{charts, devcluster, verdicts};

fn detection(text: &str) -> Detection {
    let mut sources = SourceMap::new();
    let id = sources.add("file.yaml", text);
    let (tree, syntax) = master::read(id, text);
    detect(&tree, text, syntax.as_ref())
}

/// Files of one kind and the place of their text in a record.
fn recorded() -> Vec<(Kind, String)> {
    let texts = |kind: Kind, path: &str, field: &str| {
        let records = verdicts::records(path);
        records.iter().filter_map(|record| Some((kind, record[field].as_str()?.to_owned()))).collect::<Vec<_>>()
    };
    let mut all = texts(Kind::Devcluster, &devcluster::fixture(), "yaml");
    for name in ["hand", "random"] {
        all.extend(texts(Kind::HelmValues, &charts::fixture(name), "values"));
    }
    for name in ["hand", "random", "generated"] {
        all.extend(texts(Kind::Master, &verdicts::fixture(name), "yaml"));
    }
    all
}

#[test]
fn recorded_files_are_never_taken_for_another_kind() {
    let (mut wrong, mut guessed, mut told, mut untold) = (String::new(), String::new(), 0, 0);
    for (kind, text) in recorded() {
        match detection(&text) {
            Detection::Plain(found, _) if found == kind => told += 1,
            // A master.yaml that was given to devcluster.
            Detection::Plain(Kind::Master, _) if kind == Kind::Devcluster && text.starts_with("resource_manager:") => {}
            Detection::Plain(found, why) => wrong.push_str(&format!("{kind:?} is {found:?}, {why}:\n{text}\n\n")),
            Detection::Likely(found, why) if found != kind => {
                guessed.push_str(&format!("{kind:?} is {found:?}, {why}:\n{text}\n\n"));
            }
            Detection::Likely(..) => told += 1,
            Detection::None(_) | Detection::Template | Detection::Ambiguous(_) => untold += 1,
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(guessed.is_empty(), "{guessed}");
    assert!(told > 1300 && untold < 100, "{told} told, {untold} not");
}
