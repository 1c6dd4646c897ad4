//! The only room that talks to AWS, and it can only read.
//!
//! [`Session::open`] finds out whose account it is; [`collect`] makes the calls of a plan and
//! brings back a [`Snapshot`](crate::snapshot::Snapshot). A call that fails makes what it would
//! have brought unknown, and the run goes on.

pub mod context;
mod event;
pub mod failure;
mod gather;
mod guard;
mod limits;
mod pages;
mod scheduler;
pub mod sdk;
mod session;

pub use event::{Event, Listener};
pub use scheduler::collect;
pub use session::{Options, Session, SessionError};

use crate::schema::Schema;

/// The schema of every source.
pub fn schema() -> Schema {
    Schema::new(sdk::sources().into_iter().flat_map(|source| source.types))
}
