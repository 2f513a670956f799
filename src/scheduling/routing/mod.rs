//! Which pool and resource manager a request gets, and what the master says to it. Usable without any
//! cluster.

mod choice;
mod names;
mod pod;
mod slots;

pub use choice::{Place, Route, Unroutable, Why, route};
pub use names::pools_by_name;
pub use pod::{Namespace, PodPlan, TemplateError, plan, priority_class};
pub use slots::{Refused, Split, max_slots_per_pod, split};
