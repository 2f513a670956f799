//! What somebody asks the master to run (facts §9).

use serde_json::Value;

/// The kinds of tasks that route differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// A trial of an experiment; may span several pods.
    Experiment,
    /// A command; one pod.
    Command,
    /// A notebook; one pod.
    Notebook,
    /// A shell; one pod.
    Shell,
    /// A TensorBoard; one pod, never with slots (§9.2).
    Tensorboard,
    /// Checkpoint garbage collection: no slots, no pool, no workspace (§9.3).
    CheckpointGc,
}

impl Task {
    /// The word used in flags and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Experiment => "experiment",
            Self::Command => "command",
            Self::Notebook => "notebook",
            Self::Shell => "shell",
            Self::Tensorboard => "tensorboard",
            Self::CheckpointGc => "checkpoint-gc",
        }
    }

    /// Whether it always runs in one pod (§5.2).
    #[must_use]
    pub fn is_single_pod(self) -> bool {
        self != Self::Experiment
    }
}

/// What is known of the workspace that a request comes from (§4.2, §4.3).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Its name.
    pub name: Option<String>,
    /// Its own default pool.
    pub default_pool: Option<String>,
    /// The namespace that it is bound to in the cluster of the request.
    pub namespace: Option<String>,
}

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Workload {
    /// How reports call it: a file name, or the flags.
    pub name: String,
    /// The file that asks for it, as it was named; nothing for flags.
    pub file: Option<String>,
    /// What it is.
    pub task: Task,
    /// The pool that it names; empty for none.
    pub pool: String,
    /// Slots as asked for; not negative.
    pub slots: i64,
    /// Whether an experiment must stay in one pod.
    pub single_node: bool,
    /// Its workspace.
    pub workspace: Workspace,
    /// Its priority, when it asks for one.
    pub priority: Option<i64>,
    /// Its own pod spec, laid over the defaults (§5.4).
    pub pod_spec: Option<Value>,
    /// Ports of its container; with the node's network they are taken on the node.
    pub ports: Vec<u16>,
    /// Folders of the node that it mounts: its bind mounts, and a shared file system of its own for checkpoints.
    pub host_paths: Vec<String>,
}

impl Workload {
    /// A request of a kind for so many slots, with nothing else said.
    #[must_use]
    pub fn new(task: Task, slots: i64) -> Self {
        Self {
            name: task.as_str().to_owned(),
            file: None,
            task,
            pool: String::new(),
            slots,
            single_node: false,
            workspace: Workspace::default(),
            priority: None,
            pod_spec: None,
            ports: Vec::new(),
            host_paths: Vec::new(),
        }
    }

    /// Slots that the master reckons with: none for TensorBoards and garbage collection.
    #[must_use]
    pub fn effective_slots(&self) -> i64 {
        match self.task {
            Task::Tensorboard | Task::CheckpointGc => 0,
            _ => self.slots,
        }
    }

    /// Whether it must fit into one pod.
    #[must_use]
    pub fn is_single_pod(&self) -> bool {
        self.single_node || self.task.is_single_pod()
    }
}
