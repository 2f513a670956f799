//! `--server-dry-run`: what the API servers themselves say to a pod of each request.

use serde_json::{Map, Value};

use super::super::clusters::{Reached, plan, target};
use crate::cluster::{self, ToTry, Tried};
use crate::report::route::{Answered, ServerSays};
use crate::scheduling::verdict::Verdict;

/// Asks the servers of the requests that lead to live clusters, all at the same time and each within what is left of its
/// time. What a server refuses is rejected, whatever was expected.
pub(super) fn ask(answers: &mut [Answered<'_>], reached: Vec<Option<Reached>>) {
    let (mut managers, mut targets) = (Vec::new(), Vec::new());
    for (manager, reached) in reached.into_iter().enumerate() {
        let pods: Vec<(String, Value)> = of(answers, manager).filter_map(|answered| pod(answered)).collect();
        if let Some(Reached { endpoint, left }) = reached.filter(|_| !pods.is_empty()) {
            managers.push((manager, pods.len()));
            targets.push((ToTry { endpoint, pods }, left));
        }
    }
    for ((manager, pods), said) in managers.into_iter().zip(cluster::try_out(targets)) {
        let said: Vec<ServerSays> = match said {
            Ok(tried) => tried.into_iter().map(says).collect(),
            Err(failure) => vec![ServerSays::Unknown(failure.to_string()); pods],
        };
        for (answered, said) in of(answers, manager).filter(|answered| pod(answered).is_some()).zip(said) {
            if matches!(said, ServerSays::Refuses(_)) {
                answered.answer.verdict = Verdict::Rejected;
            }
            answered.server = Some(said);
        }
    }
}

/// The requests that lead to the cluster of a resource manager.
fn of<'s, 'w>(answers: &'s mut [Answered<'w>], manager: usize) -> impl Iterator<Item = &'s mut Answered<'w>> {
    answers.iter_mut().filter(move |answered| target(&answered.answer) == Some(manager))
}

fn says(tried: Tried) -> ServerSays {
    match tried {
        Tried::Taken => ServerSays::Takes,
        Tried::Refused(words) => ServerSays::Refuses(words),
        Tried::Unknown(why) => ServerSays::Unknown(why),
    }
}

/// A pod of the request with its namespace. Its priority class is made with it by the master, and is not there yet.
fn pod(answered: &Answered<'_>) -> Option<(String, Value)> {
    let plan = plan(&answered.answer)?;
    let mut pod = plan.manifest.clone();
    let members = |part: &mut Value| part.as_object_mut().map(std::mem::take).unwrap_or_default();
    let mut metadata: Map<String, Value> = members(pod.get_mut("metadata")?);
    metadata.remove("name");
    metadata.insert("generateName".to_owned(), "det-detctl-".into());
    let mut spec = members(pod.get_mut("spec")?);
    for name in ["priorityClassName", "priority", "preemptionPolicy"] {
        spec.remove(name);
    }
    pod["metadata"] = Value::Object(metadata);
    pod["spec"] = Value::Object(spec);
    Some((plan.namespace.name().to_owned(), pod))
}
