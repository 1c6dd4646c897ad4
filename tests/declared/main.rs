//! The declared sources (`rules/sources/<service>.yaml`), each against its test: a service that
//! answers as `tests/sources/<service>.yaml` says, and the facts in `tests/sources/<service>.json`.
//!
//! The services, their operations and how those look on the wire come from `launchgate sources`, so
//! a new source is covered as soon as it has the two files.

#[path = "../support/mod.rs"]
mod support;

mod addresses;
mod asked;
mod bend;
mod bend_json;
mod bend_xml;
mod calls;
mod facts;
mod golden;
mod intact;
mod lone;
mod matrix;
mod metrics;
mod metrics_server;
mod moto;
mod operation;
mod recording;
mod replay;
mod script;
mod source_file;
mod stage;
mod struck;
mod tool;
mod trouble;
