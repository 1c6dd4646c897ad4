//! The account that `--demo` audits: a small serverless start-up before its launch.

use std::path::PathBuf;
use std::sync::Arc;

use super::error::CliError;
use crate::diagnostic::SourceFile;
use crate::snapshot::{self, Snapshot};

static DEMO: &str = include_str!("demo.json");
static PROJECT: &str = include_str!("demo.yaml");
static ATTESTATIONS: &str = include_str!("demo_attestations.yaml");

/// What the start-up has decided: how many users it has, what it may spend.
pub fn project() -> Arc<SourceFile> {
    SourceFile::new("(demo) launchgate.yaml", PROJECT)
}

/// What its people have signed.
pub fn attestations() -> Arc<SourceFile> {
    SourceFile::new("(demo) attestations.yaml", ATTESTATIONS)
}

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
