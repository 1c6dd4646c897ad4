//! launchgate audits AWS accounts against rules that are data.
//!
//! The flow goes one way, and each room imports only rooms listed before it:
//!
//! ```text
//! rule + schema -> plan -> collect -> snapshot -> evaluate -> findings -> gate -> reports
//! ```

pub mod cli;
pub mod collect;
pub mod diagnostic;
pub mod evaluate;
pub mod expr;
pub mod fact;
pub mod finding;
pub mod plan;
pub mod policy;
pub mod report;
pub mod rule;
pub mod schema;
pub mod snapshot;
pub mod yaml;
