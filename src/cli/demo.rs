//! The account that `--demo` audits: a small serverless start-up before its launch.

use std::path::PathBuf;

use super::error::CliError;
use crate::snapshot::{self, Snapshot};

static DEMO: &str = include_str!("demo.json");

/// The embedded snapshot.
///
/// # Errors
/// When it does not fit this build, which a test rules out.
pub fn snapshot() -> Result<Snapshot, CliError> {
    snapshot::read(DEMO.as_bytes()).map_err(|error| CliError::Snapshot {
        path: PathBuf::from("(demo)"),
        error,
    })
}
