//! `--server-dry-run`: what the API servers themselves say to a pod of each request.

use std::time::Duration;

use serde_json::{Map, Value};

use super::super::clusters::{plan, target};
use crate::cluster::{self, Endpoint, ToTry, Tried};
use crate::report::route::{Answered, ServerSays};
use crate::scheduling::verdict::Verdict;

/// Asks the server of each request that leads to a live cluster. What a server refuses is rejected, whatever was
/// expected.
pub(super) fn ask(answers: &mut [Answered<'_>], endpoints: &[Option<Endpoint>], time: Duration) {
    for (manager, endpoint) in endpoints.iter().enumerate() {
        let Some(endpoint) = endpoint else { continue };
        let asked: Vec<&mut Answered<'_>> =
            answers.iter_mut().filter(|answered| target(&answered.answer) == Some(manager)).collect();
        let pods: Vec<(String, Value)> = asked.iter().filter_map(|answered| pod(answered)).collect();
        if pods.is_empty() {
            continue;
        }
        let targets = vec![ToTry { endpoint: endpoint.clone(), pods }];
        let said = cluster::try_out(targets, time).pop().unwrap_or_else(|| Ok(Vec::new()));
        let said: Vec<ServerSays> = match said {
            Ok(tried) => tried.into_iter().map(says).collect(),
            Err(failure) => vec![ServerSays::Unknown(failure.to_string()); asked.len()],
        };
        for (answered, said) in asked.into_iter().filter(|answered| plan(&answered.answer).is_some()).zip(said) {
            if matches!(said, ServerSays::Refuses(_)) {
                answered.answer.verdict = Verdict::Rejected;
            }
            answered.server = Some(said);
        }
    }
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
