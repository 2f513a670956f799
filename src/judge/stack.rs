//! Room for deep texts. Reading is without recursion, but values, structs and rules follow the nesting of
//! the text, up to the limit of the reader.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Enough for the deepest text that is read, also without optimisation.
const ROOM: usize = 256 * 1024 * 1024;

/// Runs `work` on a stack of its own with much room; on this one where the system has no thread to give.
pub(super) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Option<T> {
    let mut waiting = Some(work);
    let slot = &mut waiting;
    let done = scope(|scope| {
        let thread = Builder::new().stack_size(ROOM).spawn_scoped(scope, || slot.take().map(|work| work()));
        thread.ok().and_then(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    match waiting {
        Some(work) => Some(work()),
        None => done,
    }
}
