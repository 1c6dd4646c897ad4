//! `launchgate collect`: read an account into a snapshot file.

use std::sync::Arc;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::args::{Account, CollectArgs};
use super::error::CliError;
use super::exit::Exit;
use super::interrupt;
use super::output::{self, Access};
use super::progress::Progress;
use super::project;
use super::selection::Selection;
use crate::collect::{Options, Session, collect};
use crate::finding::counted;
use crate::plan::Plan;
use crate::snapshot::{self, Snapshot};
use crate::source::Sources;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &CollectArgs) -> Result<Exit, CliError> {
    let choice = args.purpose.of(&args.choice);
    let selection = Selection::load(&choice)?;
    if selection.is_empty() {
        eprintln!(
            "nothing was collected: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    output::check_writable(&args.output)?;
    let snapshot = read_account(&args.account, &selection, OffsetDateTime::now_utc())?;
    let mut content = Vec::new();
    snapshot::write(&snapshot, &mut content).map_err(|error| CliError::Write {
        path: args.output.clone(),
        error: error.into(),
    })?;
    output::write_whole(&[(args.output.clone(), content)], Access::Private)?;
    let resources: usize = snapshot.resources.values().map(Vec::len).sum();
    let calls: u64 = snapshot.calls.values().sum();
    eprintln!(
        "wrote {}: {}, {}",
        args.output.display(),
        counted(resources, "resource"),
        counted(usize::try_from(calls).unwrap_or(usize::MAX), "call")
    );
    for unread in &snapshot.unread {
        eprintln!("not read: {} ({})", unread.resource_type, unread.unknown);
    }
    Ok(Exit::Open)
}

/// Reads what the chosen rules need of the account that the flags and the environment name.
///
/// # Errors
/// When no account can be reached.
pub fn read_account(
    account: &Account,
    selection: &Selection,
    taken: OffsetDateTime,
) -> Result<Snapshot, CliError> {
    let account = project::account(selection.project.as_ref(), account);
    let plan = selection.plan(account.all_regions);
    read_plan(&account, &plan, &selection.sources, taken)
}

/// Reads what a plan says of the account that the flags and the environment name.
///
/// # Errors
/// When no account can be reached.
pub fn read_plan(
    account: &Account,
    plan: &Plan,
    sources: &Sources,
    now: OffsetDateTime,
) -> Result<Snapshot, CliError> {
    let options = Options {
        profile: account.profile.clone(),
        regions: account.regions.clone(),
        all_regions: account.all_regions,
        allowed: account.allowed.clone(),
    };
    let taken = now
        .replace_nanosecond(0)
        .unwrap_or(now)
        .format(&Rfc3339)
        .unwrap_or_default();
    interrupt::runtime()?.block_on(async {
        let session = Session::open(&options, plan, now).await?;
        let progress = Arc::new(Progress::new(account.verbose));
        let listener = progress.clone();
        let snapshot = collect(
            &session,
            plan,
            sources,
            Arc::new(move |event| listener.show(&event)),
            taken,
        )
        .await;
        progress.finish();
        Ok(snapshot)
    })
}
