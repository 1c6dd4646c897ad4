//! `launchgate permissions`: the least-privilege IAM policy of a run.

use super::args::PermissionsArgs;
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::project::all_regions;
use super::selection::Selection;
use crate::plan;

/// How many characters IAM takes in a managed policy, and in all inline policies of a role; white
/// space is not counted. Source: the IAM User Guide, "IAM and AWS STS quotas".
const MANAGED: usize = 6_144;
const INLINE: usize = 10_240;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &PermissionsArgs) -> Result<Exit, CliError> {
    let choice = args.purpose.of(&args.choice);
    let selection = Selection::load(&choice)?;
    if selection.is_empty() {
        eprintln!(
            "nothing needs permission: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    let policy =
        plan::policy(&selection.plan(all_regions(selection.project.as_ref(), args.all_regions)));
    print(format!("{policy:#}\n").as_bytes())?;
    // Names of actions hold no white space, so that this is what IAM counts.
    let size = policy.to_string().chars().count();
    if size > MANAGED {
        eprintln!(
            "the policy has {size} characters, and IAM takes {MANAGED} in a managed policy: give it to a role as an \
             inline policy (up to {INLINE}), or print it in parts with --service or --framework"
        );
    }
    Ok(Exit::Open)
}
