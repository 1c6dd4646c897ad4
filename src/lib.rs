//! x
pub mod diagnostic;
pub mod yaml;
pub mod fact;
pub mod schema;
pub mod snapshot;
pub mod expr;
pub mod collect;
