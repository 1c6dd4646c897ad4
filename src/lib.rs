//! x
pub mod collect;
pub mod diagnostic;
pub mod fact;
pub mod schema;
pub mod snapshot;
