//! `launchgate completions`: scripts for shells.

use clap::CommandFactory;

use super::args::{Args, CompletionsArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;

/// Runs the command.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &CompletionsArgs) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "launchgate", &mut script);
    print(&script)?;
    Ok(Exit::Open)
}
