//! `audit` on small snapshots: exit codes, what goes where, and what is said of what was not read.

#[path = "../support/mod.rs"]
mod support;

mod exit_codes;
mod frameworks;
mod output;
mod terminal;
mod time;
mod unread;
