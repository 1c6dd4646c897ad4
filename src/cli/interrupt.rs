//! Ctrl-C: the run ends at once, with no half-written file.

use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

use super::error::CliError;
use super::exit::Exit;
use super::output::stop_writing;

/// Lives as long as the process: Ctrl-C is heeded until the last report is written.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// The runtime that calls are made on; from its start on, Ctrl-C ends the process.
///
/// # Errors
/// When threads cannot be started.
pub fn runtime() -> Result<&'static Runtime, CliError> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let started = Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CliError::Runtime)?;
    let runtime = RUNTIME.get_or_init(|| started);
    runtime.spawn(end_on_interrupt());
    Ok(runtime)
}

async fn end_on_interrupt() {
    if tokio::signal::ctrl_c().await.is_ok() {
        let _no_file_is_on_its_way = stop_writing();
        eprintln!("\ninterrupted");
        std::process::exit(i32::from(Exit::Interrupted as u8));
    }
}
