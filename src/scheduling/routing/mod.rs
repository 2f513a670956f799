//! Which pool and resource manager a request gets, and what the master says to it. Usable without any
//! cluster.

mod choice;
mod pod;
mod slots;

pub use choice::{Place, Route, Unroutable, Why, route};
pub use pod::{Namespace, PodPlan, TemplateError, plan};
pub use slots::{Refused, Split, max_slots_per_pod, split};
