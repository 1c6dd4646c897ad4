//! The only room that talks to AWS, and it can only read.
//!
//! [`Session::open`] finds out whose account it is; [`collect`] makes the calls of a plan and
//! brings back a [`Snapshot`](crate::snapshot::Snapshot). A call that fails makes what it would
//! have brought unknown, and the run goes on.

mod batches;
pub mod context;
mod contexts;
mod declared;
mod event;
pub mod failure;
pub mod fetch;
mod gather;
mod guard;
mod limits;
mod order;
mod pages;
mod scheduler;
pub mod sdk;
mod session;
mod singleton;
mod time;

pub use event::{Event, Listener};
pub use scheduler::collect;
pub use session::{Options, Session, SessionError};

use crate::schema::Schema;
use crate::source::Sources;

/// The schema of every source, typed and declared.
pub fn schema(sources: &Sources) -> Schema {
    let typed = sdk::sources().into_iter();
    Schema::new(typed.flat_map(|source| source.types)).with(sources.lazy())
}
