//! Expressions: what they mean, what is refused of them, and what an unread fact makes of them.

#![allow(
    clippy::expect_used,
    reason = "a helper that cannot go on ends its test"
)]

mod cel_agreement;
mod choices;
mod facts;
mod generate;
mod joins;
mod library;
mod presence;
mod refusals;
mod rule_files;
mod unread;
mod values;
mod world;
