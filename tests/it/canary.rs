//! Nothing that is secret comes out again: not in any format, not by any command, however it was written.

use detctl::judge::{self, Options};
use detctl::model::verdict::Kind;
use detctl::report::Format;
use detctl::source::{SourceMap, Span};

use crate::report::{finding, judged, label, render};
use crate::support::Place;

/// Every place of a `master.yaml` for a secret; `§` becomes another secret each time. Behind each of them stands a key that
/// is wrong, so that excerpts come near.
const MASTER: &str = r#"db:
  usr: det
  password: §
  hots: db
  host: "postgres://det:§@db:5432/x?sslpassword=§"
  ssl_root_cert: https://§@certs.example.com/root.pem
securty: {x: 1}
security:
  initial_user_password: §
  initial_user_pasword: §
  tls:
    crt: x
    key: |
      -----BEGIN RSA PRIVATE KEY-----
      §
      §
      -----END RSA PRIVATE KEY-----
  ssh: {rsa_key_sise: 1, private_key: §}
  token: {max_lifespan_days: x}
telemetry:
  segment_master_key: §
  segment_webui_key: "§"
  enabld: true
checkpoint_storage:
  type: s3
  buckt: b
  access_key: §
  secret_key: '§'
  endpoint_url: http://det:§@minio:9000
  bucket: b
logging:
  type: elastic
  security: {username: u, password: §, tls: {enabled: x}}
scim:
  enabled: true
  auth: {type: basic, username: u, password: "§", usrname: x}
oidc:
  client_secret: §
  clientsecret: §
  idp_sso_url: https://u:§@idp
__internal:
  external_sessions: {jwt_key: §, login_url: x}
task_container_defaults:
  environment_variables:
    - WANDB_API_KEY=§
    - "HARMLESS=§"
    - dtrain: x
  registry_auth:
    username: §
    password: §
    identitytoken: §
    registrytoken: §
    auth: §
    srveraddress: x
  startup_hook: |
    export A=§
    curl -H "Authorization: Bearer §" https://u:§@x
  work_dri: /x
  cpu_pod_spec: &spec
    apiVersion: v1
    kindd: Pod
    spec:
      containers:
        - name: determined-container
          imagee: x
          env:
            - name: HARMLESS
              value: §
            - {name: API_TOKEN, value: '§', valu: x}
            - value: "§"
              name: "OTHER"
          resources: {limts: {}}
  gpu_pod_spec: {<<: *spec, apiVersion: [1]}
resource_manager:
  type: kubernetes
  max_slots_per_pod: x
  kubeconfig_secret_value: |
    apiVersion: v1
    users:
      - user:
          token: §
          client-key-data: §
          password: §
  proxy: socks5://u:§@proxy:1080
  determined_master_hots: https://§:§@x
resource_pools:
  - pool_name: a
    task_container_defaults: {environment_variables: [A=§, "B: §"], statup_hook: x}
    provider:
      type: aws
      startup_script: §
      container_startup_script: |
        §
      regoin: x
    descripton: x
additional_resource_managers:
  - resource_manager: {type: kubernetes, cluster_nam: x}
"#;

/// Secrets behind aliases: an anchor under a name that does not tell, the alias under one that does.
const ALIASED: &str = "x_one: &one §
x_two: {y: &two '§', z: 1}
x_three: &three
  - A=§
  - B: §
x_four: &four |
  §
x_five: &five [*one, §]
db: {password: *one, pasword: *two, hots: x}
security: {initial_user_password: *two}
task_container_defaults: {environment_variables: *three, registry_auth: {password: *four}, startup_hook: *four, workdir: x}
scim: {auth: {password: *five}}
";

/// Secrets in lists and mappings where a text belongs, each under a key that stands more than once.
const NESTED: &str = "db:
  password:
  - §
  - {a: §,
     b: §}
  password:
    value: §
  ? password
  : - §
    - §
  Password: x
scim:
  auth:
  -
    §
  auth: x
task_container_defaults:
  environment_variables:
  - A=§
  - B: §
  environment_variables: []
";

/// What is overwritten, commented out, in another document, or broken.
const AROUND: &[(&str, &str)] = &[
    ("", ""),
    ("", "a: [\n"),
    ("a: }\n", ""),
    ("", "---\na: 1\n"),
    ("a: 1\n---\n", ""),
    ("", "db: {password: new}\nsecurity: {}\ntask_container_defaults: {}\n"),
    ("\t", ""),
];

/// Ways to write a secret. Each keeps `Canary` in it, in some form.
pub(crate) const FORMS: &[fn(usize) -> String] = &[
    |number| format!("Canary-{number}x"),
    |number| format!("canary{}", "abcdefghij".repeat(number % 3 + 1)),
    |number| format!("Canary{number}"),
];

pub(crate) fn filled(text: &str, form: fn(usize) -> String) -> String {
    let mut pieces = text.split('§');
    let mut all = pieces.next().unwrap().to_owned();
    for (number, piece) in pieces.enumerate() {
        all += &form(number);
        all += piece;
    }
    all
}

fn commented(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

/// All texts.
fn texts(form: fn(usize) -> String) -> Vec<String> {
    let mut texts = Vec::new();
    for text in [MASTER, ALIASED, NESTED] {
        let text = filled(text, form);
        texts.extend(AROUND.iter().map(|(before, after)| format!("{before}{text}{after}")));
        texts.push(commented(&text) + "resource_manger: {}\n");
        texts.push(text.replace('\n', "\r\n"));
        texts.push(format!("{text}{text}"));
    }
    texts
}

/// The lines that show a secret.
pub(crate) fn shown(printed: &str, what: &str) -> Vec<String> {
    let lines = printed.lines().filter(|line| line.to_lowercase().contains("canary"));
    lines.map(|line| format!("{what}: {}", line.trim())).collect()
}

#[track_caller]
pub(crate) fn assert_none(mut shown: Vec<String>) {
    shown.sort();
    shown.dedup();
    assert!(shown.is_empty(), "{} lines:\n{}", shown.len(), shown.join("\n"));
}

/// Every line of a text is shown in an excerpt, in every format.
#[test]
fn no_line_shows_a_secret() {
    let mut all = Vec::new();
    let first = texts(FORMS[0]).into_iter().map(|text| (text, Format::ALL));
    // How a secret is written matters to messages and excerpts alone.
    let others = FORMS[1..].iter().flat_map(|form| texts(*form)).map(|text| (text, &[Format::Human][..]));
    for (text, formats) in first.chain(others) {
        for kind in [Kind::Master, Kind::HelmValues, Kind::Devcluster] {
            let mut sources = SourceMap::new();
            let id = sources.add("a.yaml", text.clone());
            let mut judgement = judge::judge(&mut sources, id, Some(kind), &Options::default()).unwrap();
            let starts = text.match_indices('\n').map(|(at, _)| u32::try_from(at).unwrap());
            judgement.findings.extend(starts.map(|at| finding(vec![label(Span::empty(id, at), "here", true)])));
            judgement.cover(&sources);
            let mut file = judged(sources, Vec::new(), Vec::new());
            file.judgement = judgement;
            let files = [file];
            for &format in formats {
                let printed = render(format, &files, 200);
                all.extend(shown(&printed, &format!("{} as {kind:?}", format.as_str())));
            }
        }
    }
    assert_none(all);
}

#[test]
fn no_command_shows_a_secret() {
    let commands: &[&[&str]] = &[
        &["validate", "-vv"],
        &["validate", "--format=concise"],
        &["validate", "--format=json"],
        &["validate", "--format=sarif"],
        &["validate", "--format=github"],
        &["validate", "--format=gitlab"],
        &["validate", "--format=junit"],
        &["validate", "--format=markdown"],
        &["validate", "--diff", "--unsafe-fixes"],
        &["topology"],
        &["topology", "--format=json"],
        &["topology", "--format=html"],
        &["topology", "--format=mermaid"],
        &["route-dry-run", "--slots=1"],
        &["route-dry-run", "--slots=1", "--format=json"],
        &["convert", "--to=devcluster"],
        &["render-helm"],
    ];
    let mut all = Vec::new();
    for text in [MASTER, ALIASED].map(|text| filled(text, FORMS[0])) {
        let place = Place::with("a.yaml", &text).and("b.yaml", format!("{text}a: [\n"));
        for command in commands {
            for (kind, name) in [("master", "a.yaml"), ("helm-values", "a.yaml"), ("devcluster", "b.yaml")] {
                let kind = format!("--kind={kind}");
                let arguments = [*command, &[&*kind, name]].concat();
                let ran = place.run(&arguments);
                all.extend(shown(&format!("{}\n{}", ran.stdout, ran.stderr), &arguments.join(" ")));
            }
        }
    }
    assert_none(all);
}

const POD: &str = r#"apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: a
      image: https://u:Canary-1@registry.example.com/x
      env: [{name: A, value: Canary-2}, {name: TOKEN, value: Canary-3}]
      command: [sh, -c, "export TOKEN=Canary-4"]
      resources: {requests: {cpu: CPU}}
"#;

const SNAPSHOT: &str = r#"{"apiVersion": "v1", "kind": "List", "items": [
  {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}, "spec": {},
   "status": {"allocatable": {"cpu": "8", "memory": "8Gi", "pods": "110"}, "conditions": [{"type": "Ready", "status": "True"}]}},
  {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}, "data": {"a": "Canary-5"}},
  {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "p", "namespace": "d"},
   "spec": {"nodeName": "n", "containers": [{"name": "a", "env": [{"name": "A", "value": "Canary-6"}],
     "resources": {"requests": {"cpu": "CPU"}}}]}}]}"#;

const ROUTED: &str = "resource_manager: {type: kubernetes, max_slots_per_pod: 8}\nresource_pools: [{pool_name: a}]\n";

#[test]
fn what_is_placed_shows_no_secret() {
    let mut all = Vec::new();
    for (pod, snapshot) in [("1", "1"), ("x", "1"), ("1", "x"), ("[", "1"), ("1", "\"")] {
        let place = Place::with("pod.yaml", POD.replace("CPU", pod))
            .and("snapshot.json", SNAPSHOT.replace("CPU", snapshot))
            .and("a.yaml", ROUTED);
        let commands: [&[&str]; 4] = [
            &["capacity", "--pod=pod.yaml", "--snapshot=snapshot.json"],
            &["capacity", "--pod=pod.yaml", "--snapshot=snapshot.json", "--format=json"],
            &[
                "route-dry-run",
                "a.yaml",
                "--slots=1",
                "--snapshot=snapshot.json",
                "--pod-spec=pod.yaml",
                "--explain-nodes",
            ],
            &[
                "route-dry-run",
                "a.yaml",
                "--slots=1",
                "--snapshot=snapshot.json",
                "--pod-spec=pod.yaml",
                "--format=json",
            ],
        ];
        for arguments in commands {
            let ran = place.run(arguments);
            all.extend(shown(&format!("{}\n{}", ran.stdout, ran.stderr), &arguments.join(" ")));
        }
    }
    assert_none(all);
}

#[test]
fn what_the_command_line_sets_is_no_less_secret() {
    let text = "stages:\n  - master:\n      config_file:\n        db: {password: $PW, usr: $PW, host: \"$URL\"}\n        security: {initial_user_password: \"$PW\", x: 1}\n        resource_manager: {type: $PW}\n";
    let place = Place::with("devcluster.yaml", text).and("values.yaml", "a: 1\n");
    let set =
        "--set=initialUserPassword=Canary-1,db.password=Canary-2,db.foo=1,oidc.clientSecret=Canary-3,x.token=Canary-4";
    let mut all = Vec::new();
    for format in Format::ALL.iter().map(|format| format!("--format={}", format.as_str())) {
        let devcluster =
            ["validate", "-vv", &format, "--env=PW=Canary-5", "--env=URL=http://u:Canary-6@x", "devcluster.yaml"];
        for arguments in [devcluster.as_slice(), &["validate", "-vv", &format, set, "--values=values.yaml"]] {
            let ran = place.run(arguments);
            assert!(ran.code.is_some_and(|code| code < 2), "{ran}");
            all.extend(shown(&format!("{}\n{}", ran.stdout, ran.stderr), &arguments.join(" ")));
        }
    }
    assert_none(all);
}
