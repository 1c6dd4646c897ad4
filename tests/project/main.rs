//! The project file, attestations, `attest` and `init`.

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod attest;
mod attestations;
mod bad_attestations;
mod bad_project;
mod file;
mod init;
mod schema;
mod settles;
