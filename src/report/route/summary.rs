//! A verdict in a sentence, and where the request goes in another.

use super::{Answered, Routes, ServerSays};
use crate::report::words::counted;
use crate::scheduling::routing::{Place, Unroutable};
use crate::scheduling::verdict::{Answer, Placement, Verdict};

/// Where pods that were not read may stay as long as their nodes.
const NOBODY_KNOWS: &str = "; whether it would without other pods that can go, what was read does not tell";

impl Routes<'_> {
    /// The verdict in words, then the way: no full stop at the end.
    pub(super) fn summary(&self, answered: &Answered<'_>) -> String {
        format!("{}. {}", self.sentence(answered), self.way(answered))
    }

    fn sentence(&self, answered: &Answered<'_>) -> String {
        let answer = &answered.answer;
        let pods = answer.plan.as_ref().and_then(|plan| plan.as_ref().ok()).map_or(0, |plan| plan.split.pods);
        let now = answer.placement.as_ref().map(|placement| &placement.now);
        let (placed, created) = now.map_or((0, 0), |now| (now.placed, now.created));
        let is_most = answer.placement.as_ref().is_some_and(Placement::is_most);
        match (answer.verdict, pods) {
            (Verdict::Unroutable, _) => self.unroutable(answer),
            (Verdict::Rejected, _) if matches!(answered.server, Some(ServerSays::Refuses(_))) => {
                "the API server itself refuses one of its pods".to_owned()
            }
            (Verdict::Rejected, 1) if now.is_some() => "the API server does not let its pod in".to_owned(),
            (Verdict::Rejected, _) if now.is_some() => format!("the API server lets in {created} of {pods} pods"),
            (Verdict::Rejected, _) => "the master does not take it".to_owned(),
            (Verdict::Unknown, _) => "what was read does not tell whether it fits".to_owned(),
            (Verdict::FitsNow, 1) => "its pod would be placed now".to_owned(),
            (Verdict::FitsNow, _) => format!("all {pods} pods would be placed now"),
            (Verdict::Never, 1) => "no node could take its pod, even without other pods that can go".to_owned(),
            (Verdict::Never, _) => {
                let most = answer.placement.as_ref().and_then(|it| it.emptied.as_ref()).map_or(0, |it| it.placed);
                format!("the nodes could take {most} of {pods} pods, even without other pods that can go")
            }
            (Verdict::Partial, _) if is_most => format!("at most {placed} of {pods} pods would be placed now"),
            (Verdict::Busy, 1) if is_most => format!("its pod would not be placed now{NOBODY_KNOWS}"),
            (Verdict::Busy, _) if is_most => format!("none of {pods} pods would be placed now{NOBODY_KNOWS}"),
            (Verdict::Partial, _) => format!("{placed} of {pods} pods would be placed now"),
            (Verdict::Busy, 1) => {
                "its pod would not be placed now, but would without other pods that can go".to_owned()
            }
            (Verdict::Busy, _) => {
                format!("none of {pods} pods would be placed now, but all would without other pods that can go")
            }
            (Verdict::Routed, _) => "the master takes it; no cluster was looked at".to_owned(),
        }
    }

    fn unroutable(&self, answer: &Answer) -> String {
        match &answer.route {
            Err(Unroutable::NoManager) => "there is no default resource manager".to_owned(),
            Err(_) => "no pool is named and there is no default".to_owned(),
            Ok(route) if route.place == Place::NotHere => {
                format!("pool \"{}\" belongs to another resource manager than the default one", route.pool)
            }
            Ok(route) => format!("no resource manager has a pool \"{}\"", route.pool),
        }
    }

    fn way(&self, answered: &Answered<'_>) -> String {
        let slots = usize::try_from(answered.workload.effective_slots()).unwrap_or(0);
        let slots = counted(slots, "slot");
        let Ok(route) = &answered.answer.route else { return slots };
        let manager = self.cluster_name(route.manager);
        let plan = answered.answer.plan.as_ref().and_then(|plan| plan.as_ref().ok());
        let namespace = plan.map(|plan| format!(", namespace \"{}\"", plan.namespace.name())).unwrap_or_default();
        format!("{slots} in pool \"{}\" -> resource manager \"{manager}\"{namespace}", route.pool)
    }
}
