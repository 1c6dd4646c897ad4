//! launchgate audits AWS accounts against rules that are data.
//!
//! The flow goes one way:
//!
//! ```text
//! rule + schema -> plan -> collect -> snapshot -> evaluate -> findings -> gate -> reports
//! ```
//!
//! A room imports only rooms before it in this order, which `tests/architecture.rs` holds:
//! [`diagnostic`], [`yaml`], [`fact`], [`schema`], [`snapshot`], [`expr`], [`policy`], [`source`], [`rule`],
//! [`plan`], [`collect`], [`finding`], [`evaluate`], [`readiness`], [`remedy`], [`report`], [`project`], [`cli`].

#![warn(clippy::expect_used, clippy::unwrap_used)]

pub mod cli;
pub mod collect;
pub mod diagnostic;
pub mod evaluate;
pub mod expr;
pub mod fact;
pub mod finding;
pub mod plan;
pub mod policy;
pub mod project;
pub mod readiness;
pub mod remedy;
pub mod report;
pub mod rule;
pub mod schema;
pub mod snapshot;
pub mod source;
pub mod yaml;
