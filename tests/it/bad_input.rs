//! Whatever is named, the answer is a finding or one paragraph, and it comes at once.

use std::fs::{self, File};
use std::io::Read as _;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{Place, Ran, command};

const MASTER: &str =
    "resource_manager:\n  type: kubernetes\n  max_slots_per_pod: 8\nresource_pools:\n  - pool_name: default\n";

/// Runs with a time limit, for what must not wait.
fn run_at_once(place: &Place, arguments: &[&str]) -> Ran {
    let mut child = command(&place.path(""))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(20) {
            child.kill().unwrap();
            panic!("{arguments:?} waits");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ran::new(&child.wait_with_output().unwrap())
}

fn finding(place: &Place, name: &str) -> serde_json::Value {
    let ran = run_at_once(place, &["validate", "--format=json", name]).exits_with(1);
    let document = ran.json();
    assert_eq!(document["findings"].as_array().unwrap().len(), 1, "{ran}");
    document
}

#[test]
fn a_missing_file_is_named_and_a_similar_one_offered() {
    let place = Place::with("conf/master.yaml", MASTER);
    let ran = place.run(&["validate", "conf/mastre.yaml"]).exits_with(2);
    assert_eq!(
        ran.stderr,
        "error: there is no file or folder `conf/mastre.yaml`\n  help: did you mean `conf/master.yaml`?\n"
    );
    assert_eq!(ran.stdout, "");
}

#[test]
fn the_other_inputs_are_still_reported() {
    let place = Place::with("b.yaml", MASTER);
    let ran = place.run(&["validate", "--format=json", "a.yaml", "b.yaml"]).exits_with(2);
    assert_eq!(ran.json()["summary"]["files"], 1, "{ran}");
    assert!(ran.stderr.contains("`a.yaml`"), "{ran}");
}

#[test]
fn an_empty_folder_is_an_error() {
    let place = Place::new();
    fs::create_dir(place.path("empty")).unwrap();
    let ran = place.run(&["validate", "empty"]).exits_with(2);
    assert!(ran.stderr.starts_with("error: there is no *.yaml or *.yml file in `empty`\n"), "{ran}");
}

#[test]
fn an_empty_file_is_passed_over_or_judged() {
    let place = Place::with("empty.yaml", "");
    place.run(&["validate", "empty.yaml"]).exits_with(0);
    let ran = place.run(&["validate", "--kind=master", "--format=json", "empty.yaml"]);
    assert_eq!(ran.json()["files"][0]["configurations"][0]["verdict"], "accepts", "{ran}");
}

#[test]
fn latin_1_is_a_finding_at_its_byte() {
    let place = Place::with("a.yaml", b"resource_manager:\n  cluster_name: caf\xe9\n  type: kubernetes\n");
    let document = finding(&place, "a.yaml");
    assert_eq!(document["findings"][0]["rule"], "not-utf8");
    let label = &document["findings"][0]["labels"][0];
    assert_eq!((&label["start"], &label["end"]), (&37.into(), &38.into()));
    assert_eq!((&label["line"], &label["column"]), (&2.into(), &20.into()));
    let configuration = &document["files"][0]["configurations"][0];
    assert_eq!(configuration["verdict"], "refuses");
    assert_eq!(configuration["phase"], "parse");
    let message = configuration["messages"][0].as_str().unwrap();
    assert!(message.ends_with("yaml: invalid trailing UTF-8 octet"), "{message}");
    let help = document["findings"][0]["help"].as_str().unwrap();
    assert!(help.contains("single-byte"), "{help}");
}

#[test]
fn utf_16_is_judged_behind_a_mark_and_refused_without() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let place = Place::with("marked.yaml", utf16(&format!("\u{feff}{MASTER}"))).and("bare.yaml", utf16(MASTER));
    let ran = run_at_once(&place, &["validate", "--format=json", "marked.yaml"]).exits_with(0);
    let marked = ran.json();
    assert_eq!(
        (&marked["findings"][0]["rule"], &marked["findings"][0]["severity"]),
        (&"not-utf8".into(), &"warning".into())
    );
    assert_eq!(marked["files"][0]["configurations"][0]["verdict"], "accepts");
    // Offsets are those of the file.
    let text = format!("\u{feff}# ü 😀 {}\nresource_manger: {{}}\nfoo: 1\n", "é".repeat(5000));
    let bytes = utf16(&text);
    let wide = Place::with("wide.yaml", &bytes);
    let ran = wide.run(&["validate", "--kind=master", "--select=unknown-key", "--format=json", "wide.yaml"]).json();
    let label = &ran["findings"][0]["labels"][0];
    let [start, end] = ["start", "end"].map(|side| usize::try_from(label[side].as_u64().unwrap()).unwrap());
    assert_eq!(bytes[start..end], utf16("foo"), "{ran:#}");
    let bare = finding(&place, "bare.yaml");
    assert_eq!(bare["files"][0]["configurations"][0]["verdict"], "refuses");
    assert!(bare["findings"][0]["help"].as_str().unwrap().contains("UTF-16"));
}

#[test]
fn binary_data_is_a_finding_and_does_not_reach_the_terminal() {
    let bytes: Vec<u8> = (0..=255).collect();
    let place = Place::with("a.yaml", bytes.repeat(20));
    let ran = run_at_once(&place, &["validate", "a.yaml"]).exits_with(1);
    assert!(ran.stdout.contains("it looks like binary data"), "{ran}");
    assert!(ran.stdout.chars().all(|c| c == '\n' || !c.is_control()), "{ran}");
}

#[test]
fn more_than_64_mib_is_a_finding_and_not_read() {
    let place = Place::new();
    File::create(place.path("huge.yaml")).unwrap().set_len(1 << 30).unwrap();
    let document = finding(&place, "huge.yaml");
    assert_eq!(document["findings"][0]["rule"], "file-too-large");
    assert_eq!(document["files"][0]["configurations"][0]["verdict"], "unknown");
}

#[test]
fn standard_input_without_end_is_cut_off() {
    let zero = Stdio::from(File::open("/dev/zero").unwrap());
    let output = command(&Place::new().path("")).args(["validate", "--format=json", "-"]).stdin(zero).output().unwrap();
    let ran = Ran::new(&output).exits_with(1);
    assert_eq!(ran.json()["findings"][0]["rule"], "file-too-large", "{ran}");
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_without_waiting() {
    let place = Place::new();
    let made = std::process::Command::new("mkfifo").arg(place.path("pipe.yaml")).status().unwrap();
    assert!(made.success());
    let ran = run_at_once(&place, &["validate", "pipe.yaml"]).exits_with(2);
    assert_eq!(
        ran.stderr,
        "error: `pipe.yaml` is a named pipe, not a file or folder\n  help: pipe the text in and name it `-`\n"
    );
    let ran = run_at_once(&place, &["validate", "/dev/zero"]).exits_with(2);
    assert!(ran.stderr.contains("`/dev/zero` is a device"), "{ran}");
    // A walk does not even mention it.
    let ran = run_at_once(&place, &["validate", "."]).exits_with(2);
    assert!(ran.stderr.contains("there is no *.yaml"), "{ran}");
}

#[cfg(unix)]
#[test]
fn a_stream_that_a_shell_opened_is_read() {
    let place = Place::with("a.yaml", MASTER);
    let text = File::open(place.path("a.yaml")).unwrap();
    let output = command(&place.path("")).args(["validate", "-v", "/dev/stdin"]).stdin(text).output().unwrap();
    let ran = Ran::new(&output).exits_with(0);
    assert!(ran.stdout.contains("1 file checked"), "{ran}");
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_named() {
    use std::os::unix::fs::symlink;
    let place = Place::new();
    symlink("loop.yaml", place.path("loop.yaml")).unwrap();
    symlink("nowhere.yaml", place.path("dangling.yaml")).unwrap();
    let ran = run_at_once(&place, &["validate", "loop.yaml"]).exits_with(2);
    assert_eq!(ran.stderr, "error: cannot open `loop.yaml`: its symbolic links lead in a circle\n");
    let ran = run_at_once(&place, &["validate", "dangling.yaml"]).exits_with(2);
    assert!(ran.stderr.contains("symbolic link"), "{ran}");
    fs::create_dir(place.path("dir")).unwrap();
    symlink("..", place.path("dir/up")).unwrap();
    fs::write(place.path("dir/a.yaml"), MASTER).unwrap();
    let ran = run_at_once(&place, &["validate", "--format=json", "dir"]).exits_with(0);
    assert_eq!(ran.json()["summary"]["files"], 1, "{ran}");
}

#[cfg(unix)]
#[test]
fn links_to_files_are_followed_as_in_a_mounted_volume() {
    let place = Place::with("mount/..data/master.yaml", MASTER);
    std::os::unix::fs::symlink("..data/master.yaml", place.path("mount/master.yaml")).unwrap();
    let ran = place.run(&["validate", "--format=json", "mount"]).exits_with(0);
    assert_eq!(ran.json()["files"][0]["path"], "mount/master.yaml", "{ran}");
}

/// Root may read everything, so the file is one that even root cannot read: the memory of the process.
#[cfg(target_os = "linux")]
#[test]
fn an_unreadable_file_is_named_with_the_reason() {
    let ran = run_at_once(&Place::new(), &["validate", "/proc/self/mem"]).exits_with(2);
    assert_eq!(ran.stderr, "error: cannot read `/proc/self/mem`: input/output error\n");
}

#[test]
fn a_reader_that_goes_away_is_no_reason_to_complain() {
    let place = Place::with("a.yaml", super::report::many_pools(3_000));
    let mut child = command(&place.path(""))
        .args(["validate", "a.yaml"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut start = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut start).unwrap();
    let ran = Ran::new(&child.wait_with_output().unwrap()).exits_with(1);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_name_cannot_play_with_the_terminal() {
    let ran = Place::new().run(&["validate", "a\u{1b}[31m\n.yaml"]).exits_with(2);
    assert_eq!(ran.stderr, "error: there is no file or folder `a␛[31m .yaml`\n");
}

/// devcluster opens its file as UTF-8, so that UTF-16, which the master reads, ends it.
#[test]
fn devcluster_files_that_are_no_utf_8_end_in_pythons_words() {
    let text = "stages:\n  - master:\n      name: caf\u{e9}\n";
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let narrow: Vec<u8> = text.chars().map(|next| u8::try_from(u32::from(next)).unwrap()).collect();
    let table = [
        (wide, "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"),
        (narrow, "'utf-8' codec can't decode byte 0xe9 in position 35: invalid continuation byte"),
    ];
    for (bytes, words) in table {
        let place = Place::with("devcluster.yaml", bytes);
        let document = place.run(&["validate", "--format=json", "devcluster.yaml"]).exits_with(1).json();
        let configuration = &document["files"][0]["configurations"][0];
        assert_eq!(configuration["verdict"], "devcluster-fails", "{configuration}");
        assert_eq!(configuration["messages"][0], words);
    }
}

/// Values of env files are never shown, on whatever line something is wrong.
#[test]
fn values_of_env_files_stay_hidden() {
    let env = "TOKEN=hunter2\nexport PASSWORD=hunter3\nKEY=-----BEGIN KEY-----\nhunter4hunter4hunter4hunter4hunter4+\nnoequals\n";
    let place = Place::with("devcluster.yaml", "stages:\n  - master: {}\n").and("env", env);
    for format in ["human", "concise", "json", "github", "sarif", "markdown", "junit", "gitlab"] {
        let arguments = ["validate", "--format", format, "--env-file", "env", "devcluster.yaml"];
        let ran = place.run(&arguments).exits_with(1);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!all.contains("hunter"), "{all}");
        assert!(format != "human" || all.contains("export PASSWORD=•"), "{all}");
    }
}
