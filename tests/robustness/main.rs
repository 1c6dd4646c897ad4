//! Whatever a file holds, it is read, or refused with a reason: no panic, no hang, no overflow of
//! the stack. These tests run with the stack that threads have by default.

#![allow(
    clippy::expect_used,
    reason = "a helper that cannot go on ends its test"
)]

mod expressions;
mod garbling;
mod policies;
mod rule_files;
mod snapshots;
mod source_files;
