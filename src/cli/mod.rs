//! The command line: one file a command, exit codes in one place.

mod args;
mod args_project;
mod args_run;
mod attest;
mod attestations;
mod audit;
mod collect;
mod completions;
mod costs;
mod demo;
mod error;
mod exit;
mod init;
mod interrupt;
mod judge;
mod output;
mod permissions;
mod plan;
mod progress;
mod project;
mod purpose;
mod readiness;
mod remediate;
mod rules;
mod rules_check;
mod rules_remedy;
mod rules_vocabulary;
mod run;
mod schema;
mod selection;
mod sources;
mod sources_new;
mod sources_try;
mod table;
mod targets;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use error::CliError;
use exit::Exit;

/// Runs the command line and says how it ended.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are asked for, everything else is a mistake.
            let exit = if error.use_stderr() {
                Exit::Usage
            } else {
                Exit::Open
            };
            return match error.print() {
                Ok(()) => exit.into(),
                Err(_) => Exit::Usage.into(),
            };
        }
    };
    match run(args) {
        Ok(exit) => exit.into(),
        Err(CliError::ClosedPipe) => Exit::Open.into(),
        Err(error) => {
            error.print();
            Exit::Usage.into()
        }
    }
}

fn run(args: Args) -> Result<Exit, CliError> {
    match args.command {
        Command::Audit(args) => audit::run(&args),
        Command::Readiness(args) => readiness::run(&args),
        Command::Costs(args) => costs::run(&args),
        Command::Collect(args) => collect::run(&args),
        Command::Attest(args) => attest::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Permissions(args) => permissions::run(&args),
        Command::Remediate(args) => remediate::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Sources(args) => sources::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}
