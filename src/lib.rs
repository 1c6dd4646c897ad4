//! x
pub mod diagnostic;
pub mod yaml;
pub mod fact;
pub mod schema;
pub mod snapshot;
pub mod expr;
pub mod policy;
pub mod rule;
pub mod plan;
pub mod collect;
pub mod finding;
pub mod evaluate;
