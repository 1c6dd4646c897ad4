//! What `audit`, `readiness` and `costs` share: an account, a snapshot or the demo is read, and judged.

use std::path::Path;

use time::OffsetDateTime;

use super::args::Account;
use super::args_run::{GateArgs, RunArgs};
use super::attestations::Attested;
use super::collect::read_account;
use super::demo;
use super::error::CliError;
use super::judge::{Times, judge};
use super::project;
use super::purpose::Purpose;
use super::selection::Selection;
use crate::expr::parse_timestamp;
use crate::finding::attestation::Day;
use crate::finding::{Gate, Report};
use crate::snapshot::{self, Snapshot};

/// A run that knows what to read.
pub struct Run<'a> {
    args: &'a RunArgs,
    /// The rules.
    pub selection: Selection,
    started: OffsetDateTime,
    now: Option<OffsetDateTime>,
}

/// What a run came to.
pub struct Judged {
    /// What was read.
    pub snapshot: Snapshot,
    /// What was found.
    pub report: Report,
    /// By which gate.
    pub gate: Gate,
    /// The time that counted as now.
    pub now: OffsetDateTime,
}

impl<'a> Run<'a> {
    /// Loads and chooses the rules.
    ///
    /// # Errors
    /// Mistakes in files, and names and times on the command line that are none.
    pub fn prepare(args: &'a RunArgs, purpose: Purpose) -> Result<Self, CliError> {
        let now = args.now.as_deref().map(parse_now).transpose()?;
        let mut choice = args.choice.of_demo_if(args.demo);
        choice.purposes = vec![purpose];
        Ok(Self {
            args,
            selection: Selection::load(&choice)?,
            started: now.unwrap_or_else(OffsetDateTime::now_utc),
            now,
        })
    }

    /// Whether no rule was chosen, which it says.
    pub fn has_nothing_to_audit(&self) -> bool {
        let nothing = self.selection.chosen.is_empty();
        if nothing {
            eprintln!(
                "nothing was audited: no rule fits --rule, --framework, --severity and --service together"
            );
        }
        nothing
    }

    /// Reads, evaluates, and puts in what people attested.
    ///
    /// # Errors
    /// When something that was named cannot be read.
    pub fn judge(&self, args: &GateArgs) -> Result<Judged, CliError> {
        let project = self.selection.project.as_ref();
        let choice = self.args.choice.of_demo_if(self.args.demo).project;
        let attested = Attested::load(args.attestations.as_deref(), &choice, project)?;
        let (snapshot, now) = self.read()?;
        // The demo's own people signed before its account was read.
        let of_demo = self.args.demo && args.attestations.is_none();
        let today = if of_demo { now } else { self.started };
        let register = attested.register(&self.selection, Day::of(today));
        let gate = project::gate(project, args.fail_on, args.allow_unknown);
        let times = Times {
            started: self.started,
            now,
        };
        let report = judge(&self.selection, &snapshot, &register, gate, times);
        Ok(Judged {
            snapshot,
            report,
            gate,
            now,
        })
    }

    /// The snapshot to look at, and what counts as now: of a snapshot, the time it was taken.
    ///
    /// # Errors
    /// When there is no such snapshot, or no account can be reached.
    pub fn read(&self) -> Result<(Snapshot, OffsetDateTime), CliError> {
        let RunArgs {
            demo,
            snapshot,
            account,
            ..
        } = self.args;
        let file = snapshot.as_deref();
        let (snapshot, taken) = read(*demo, file, account, &self.selection, self.started)?;
        Ok((snapshot, self.now.or(taken).unwrap_or(self.started)))
    }
}

/// The snapshot to judge, and when it was taken where that was in the past.
///
/// # Errors
/// When a snapshot is none, or the account cannot be read.
pub fn read(
    demo: bool,
    snapshot: Option<&Path>,
    account: &Account,
    selection: &Selection,
    started: OffsetDateTime,
) -> Result<(Snapshot, Option<OffsetDateTime>), CliError> {
    let snapshot = if demo {
        demo::snapshot()?
    } else if let Some(path) = snapshot {
        let snapshot = read_snapshot(path)?;
        let accounts = snapshot.accounts.iter().map(|account| account.id.as_str());
        project::check_accounts(selection.project.as_ref(), accounts)?;
        snapshot
    } else {
        return Ok((read_account(account, selection, started)?, None));
    };
    let taken = parse_timestamp(&snapshot.taken).map(in_utc);
    Ok((snapshot, taken))
}

fn in_utc(at: impl Into<OffsetDateTime>) -> OffsetDateTime {
    at.into().to_offset(time::UtcOffset::UTC)
}

/// A time as `--now` gives it.
///
/// # Errors
/// When it is none.
pub fn parse_now(text: &str) -> Result<OffsetDateTime, CliError> {
    parse_timestamp(text)
        .map(in_utc)
        .ok_or_else(|| CliError::Now(text.to_owned()))
}

/// A snapshot file.
///
/// # Errors
/// When it cannot be read or is none.
pub fn read_snapshot(path: &Path) -> Result<Snapshot, CliError> {
    let text = std::fs::read(path).map_err(|error| CliError::SnapshotFile {
        path: path.to_owned(),
        error,
    })?;
    snapshot::read(&text).map_err(|error| CliError::Snapshot {
        path: path.to_owned(),
        error,
    })
}
