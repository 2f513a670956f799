//! The keys of devcluster 1.3.2 (facts §7.3): what the checks look keys up in, and what schemas for editors are made of.

/// One of devcluster's classes.
#[derive(Debug)]
pub struct Class {
    /// Its name, as devcluster's messages have it.
    pub name: &'static str,
    /// What it stands for, for people.
    pub meaning: &'static str,
    /// Its keys, sorted.
    pub keys: &'static [Key],
}

/// A key of a class.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand behind it.
    pub takes: Takes,
    /// What it does, for people.
    pub meaning: &'static str,
    /// Whether devcluster insists on it.
    pub is_required: bool,
}

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Whatever there is.
    Anything,
    /// Text.
    Text,
    /// A list of texts.
    Texts,
    /// A mapping of texts to texts.
    TextsByName,
    /// A mapping with texts as keys.
    AnythingByName,
    /// A path, or nothing.
    Path,
    /// What Python's `int()` takes.
    Whole,
    /// The name of a signal.
    Signal,
    /// A list of commands, each a mapping with one key.
    Hooks,
    /// The list of stages.
    Stages,
    /// Commands by the key that starts them.
    Commands,
    /// A regular expression.
    Regex,
    /// What the master reads.
    MasterConfig,
}

impl Class {
    /// The names of its keys.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().map(|key| key.name)
    }

    /// The names of the keys that devcluster insists on.
    pub fn required(&self) -> impl Iterator<Item = &'static str> {
        self.keys.iter().filter(|key| key.is_required).map(|key| key.name)
    }
}

const fn key(name: &'static str, takes: Takes, meaning: &'static str) -> Key {
    Key { name, takes, meaning, is_required: false }
}

const fn required(name: &'static str, takes: Takes, meaning: &'static str) -> Key {
    Key { name, takes, meaning, is_required: true }
}

const CMDLINE: &str = "The arguments of the program, one by one; `~` is expanded.";
const CONFIGURED_CMDLINE: &str =
    "The program and its arguments, one by one; `:config` becomes the path of the file that holds `config_file`.";
const CONTAINER: &str = "The name of the container.";
const DATA_DIR: &str = "A folder of the machine that holds the data; without it they go with the container.";
const IMAGE: &str = "The image of the container.";
const KILL_SIGNAL: &str = "The signal that ends the stage, such as TERM; KILL unless given.";
const NAME: &str = "The name of the stage, which is also that of its log.";
const POST: &str = "Commands that run once the stage is up, and that end its start.";
const PRE: &str = "Commands that run before the stage starts.";

/// The root of a devcluster file.
pub static ROOT: Class = Class {
    name: "Config",
    meaning: "What devcluster runs.",
    keys: &[
        key("commands", Takes::Commands, "Commands by the key that starts them."),
        key("cwd", Takes::Path, "The folder that stages run in; -C on the command line goes first."),
        required("stages", Takes::Stages, "What runs, in this order; each entry is a mapping with one key, its kind."),
        key("startup_input", Takes::Anything, "Keys that are pressed at the start, one by one."),
        key("temp_dir", Takes::Text, "The folder for configurations and logs; /tmp/devcluster unless given."),
    ],
};

/// The kinds of stages, sorted.
pub static STAGES: &[(&str, &Class)] = &[
    ("agent", &AGENT),
    ("custom", &CUSTOM),
    ("custom_docker", &DOCKER),
    ("db", &DB),
    ("elastic", &ELASTIC),
    ("master", &MASTER),
];

/// A database in a container.
pub static DB: Class = Class {
    name: "DBConfig",
    meaning: "A PostgreSQL in a container; `{}` for all defaults.",
    keys: &[
        key("cmdline", Takes::Texts, CMDLINE),
        key("container_name", Takes::Anything, CONTAINER),
        key("data_dir", Takes::Path, DATA_DIR),
        key("db_name", Takes::Anything, "The name of the database; determined unless given."),
        key("image_name", Takes::Anything, IMAGE),
        key("name", Takes::Anything, NAME),
        key("password", Takes::Anything, "The password of the user postgres; postgres unless given."),
        key("port", Takes::Whole, "The port on this machine; 5432 unless given."),
        key("post", Takes::Hooks, POST),
    ],
};

/// Elastic in a container.
pub static ELASTIC: Class = Class {
    name: "ElasticConfig",
    meaning: "An Elasticsearch in a container; `{}` for all defaults.",
    keys: &[
        key("api_port", Takes::Whole, "The port of the API on this machine; 9200 unless given."),
        key("cmdline", Takes::Texts, CMDLINE),
        key("container_name", Takes::Anything, CONTAINER),
        key("data_dir", Takes::Path, DATA_DIR),
        key("elastic_port", Takes::Whole, "The port between nodes on this machine; 9300 unless given."),
        key("environment", Takes::TextsByName, "The variables of the container; these replace the defaults."),
        key("image_name", Takes::Anything, IMAGE),
        key("name", Takes::Anything, NAME),
        key("post", Takes::Hooks, POST),
    ],
};

/// A master.
pub static MASTER: Class = Class {
    name: "MasterConfig",
    meaning: "A master of Determined; `{}` for all defaults.",
    keys: &[
        key("cmdline", Takes::Texts, CONFIGURED_CMDLINE),
        key("config_file", Takes::MasterConfig, "The configuration of the master: what stands in a master.yaml."),
        key("kill_signal", Takes::Signal, KILL_SIGNAL),
        key("name", Takes::Text, NAME),
        key("post", Takes::Hooks, POST),
        key("pre", Takes::Hooks, PRE),
    ],
};

/// An agent.
pub static AGENT: Class = Class {
    name: "AgentConfig",
    meaning: "An agent of Determined; `{}` for all defaults.",
    keys: &[
        key("cmdline", Takes::Texts, CONFIGURED_CMDLINE),
        key("config_file", Takes::Anything, "The configuration of the agent."),
        key("kill_signal", Takes::Signal, KILL_SIGNAL),
        key("name", Takes::Text, NAME),
        key("pre", Takes::Hooks, PRE),
    ],
};

/// A program.
pub static CUSTOM: Class = Class {
    name: "CustomConfig",
    meaning: "A program that runs as long as the cluster.",
    keys: &[
        required("cmd", Takes::Texts, "The program and its arguments, one by one."),
        key("cwd", Takes::Path, "The folder that it runs in."),
        key("env", Takes::AnythingByName, "Further variables of its environment."),
        key("kill_signal", Takes::Signal, KILL_SIGNAL),
        required("name", Takes::Text, NAME),
        key("post", Takes::Hooks, POST),
        key("pre", Takes::Hooks, PRE),
    ],
};

/// A container.
pub static DOCKER: Class = Class {
    name: "CustomDockerConfig",
    meaning: "A container that runs as long as the cluster.",
    keys: &[
        required("container_name", Takes::Anything, CONTAINER),
        key("kill_signal", Takes::Signal, KILL_SIGNAL),
        required("name", Takes::Text, NAME),
        key("post", Takes::Hooks, POST),
        key("pre", Takes::Hooks, PRE),
        required("run_args", Takes::Texts, "The arguments of `docker container run`, one by one."),
    ],
};

/// What a command takes, by its kind.
#[derive(Debug)]
pub enum Hook {
    /// Text, or a list of texts.
    Plain(Takes),
    /// A mapping.
    Class(&'static Class),
}

/// The kinds of commands, sorted, with what they do.
pub static HOOKS: &[(&str, &str, Hook)] = &[
    ("conncheck", "Waits until a port answers.", Hook::Class(&CONNCHECK)),
    ("custom", "Runs a program to its end: its name and its arguments, one by one.", Hook::Plain(Takes::Texts)),
    ("logcheck", "Waits until a line of the log matches.", Hook::Class(&LOGCHECK)),
    ("sh", "Runs a command of the shell to its end.", Hook::Plain(Takes::Text)),
];

/// The wait for a port.
pub static CONNCHECK: Class = Class {
    name: "ConnCheckConfig",
    meaning: "Waits until a port answers.",
    keys: &[
        key("host", Takes::Anything, "The host; localhost unless given."),
        required("port", Takes::Anything, "The port."),
    ],
};

/// The wait for a line of a log.
pub static LOGCHECK: Class = Class {
    name: "LogCheckConfig",
    meaning: "Waits until a line of a log matches.",
    keys: &[
        required("regex", Takes::Regex, "A regular expression, as Python reads it."),
        key("stream", Takes::Anything, "The stage whose log it is; this one unless given."),
    ],
};
