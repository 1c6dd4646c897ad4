//! `launchgate permissions`: the least-privilege IAM policy of a run.

use super::args::PermissionsArgs;
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::selection::Selection;
use crate::plan;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &PermissionsArgs) -> Result<Exit, CliError> {
    let selection = Selection::load(&args.choice)?;
    if selection.chosen.is_empty() {
        eprintln!(
            "nothing needs permission: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    let policy = plan::policy(&selection.plan(args.all_regions));
    print(format!("{policy:#}\n").as_bytes())?;
    Ok(Exit::Open)
}
