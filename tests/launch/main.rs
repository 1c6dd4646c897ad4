//! The account of a start-up about to launch, built in a local AWS in three states and audited end
//! to end: is what is said of it true?

#[path = "../support/mod.rs"]
mod support;

mod account;
mod answers;
mod attestations;
mod bad_input;
mod numbers;
mod outcome;
mod states;
mod verdicts;
