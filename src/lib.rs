//! launchgate audits AWS accounts against rules that are data.
//!
//! The flow goes one way, and each room imports only rooms listed before it:
//!
//! ```text
//! rule + schema -> plan -> collect -> snapshot -> evaluate -> findings -> gate -> reports
//! ```

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
pub mod report;
pub mod cli;
