//! What launchgate says when it is given something wrong: what, where, and what to do about it, in
//! one screen on standard error, with exit code 2, and no file touched.

#[path = "../support/mod.rs"]
mod support;

mod account;
mod expressions;
mod flags;
mod outputs;
mod rule_files;
mod rule_trees;
mod snapshots;
mod source_files;
