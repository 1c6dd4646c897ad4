//! `launchgate audit`: read, evaluate, gate, report.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;

use super::args::{Account, AuditArgs};
use super::attestations::Attested;
use super::collect::read_account;
use super::demo;
use super::error::{CliError, color_allowed};
use super::exit::Exit;
use super::judge::{Times, judge};
use super::output::{self, Access};
use super::project;
use super::selection::Selection;
use crate::expr::parse_timestamp;
use crate::finding::Report;
use crate::finding::attestation::Day;
use crate::project::Project;
use crate::report::terminal::{self, Style};
use crate::report::{Format, ReportTarget};
use crate::snapshot::{self, Snapshot};

/// Summaries are laid out for this width where the terminal does not tell its own.
const WIDTH: usize = 100;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &AuditArgs) -> Result<Exit, CliError> {
    check_targets(&args.reports)?;
    let given_now = args.now.as_deref().map(parse_now).transpose()?;
    let choice = args.choice.without_project_if(args.demo);
    let selection = Selection::load(&choice)?;
    let project = selection.project.as_ref();
    if selection.chosen.is_empty() {
        eprintln!(
            "nothing was audited: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    let targets = targets(args, project)?;
    for target in targets.iter().filter(|target| !target.is_stdout()) {
        output::check_writable(&target.path)?;
    }
    let started = given_now.unwrap_or_else(OffsetDateTime::now_utc);
    let attested = Attested::load(args.attestations.as_deref(), &choice.project, project)?;
    let register = attested.register(&selection, Day::of(started));
    let snapshot_file = args.snapshot.as_deref();
    let (snapshot, taken) = read(args.demo, snapshot_file, &args.account, &selection, started)?;
    let now = given_now.or(taken).unwrap_or(started);
    let gate = project::gate(project, args.fail_on, args.allow_unknown);
    let report = judge(
        &selection,
        &snapshot,
        &register,
        gate,
        Times { started, now },
    );
    write_reports(&report, &targets)?;
    Ok(Exit::of(&report.gate))
}

/// A time as `--now` gives it.
///
/// # Errors
/// When it is none.
pub fn parse_now(text: &str) -> Result<OffsetDateTime, CliError> {
    parse_timestamp(text)
        .map(|at| at.to_offset(time::UtcOffset::UTC))
        .ok_or_else(|| CliError::Now(text.to_owned()))
}

/// The reports to write: those of the flags, of the project, or the usual ones.
fn targets(args: &AuditArgs, project: Option<&Project>) -> Result<Vec<ReportTarget>, CliError> {
    let of_project = project.and_then(|project| project.reports.clone());
    if !args.reports.is_empty() {
        return Ok(args.reports.clone());
    }
    if let Some(reports) = of_project {
        check_targets(&reports)?;
        return Ok(reports);
    }
    let usual = [
        (Format::Junit, "reports/junit.xml"),
        (Format::Markdown, "reports/report.md"),
        (Format::Json, "reports/findings.json"),
    ];
    let target = |(format, path): (Format, &str)| ReportTarget {
        format,
        path: path.into(),
    };
    Ok(usual.map(target).to_vec())
}

/// A path below another one would need a file that is a directory too.
fn check_targets(reports: &[ReportTarget]) -> Result<(), CliError> {
    let clash = |(number, target): (usize, &ReportTarget)| {
        let mut others = reports.iter().enumerate();
        let meets =
            others.any(|(other, report)| other != number && report.path.starts_with(&target.path));
        meets.then(|| target.path.clone())
    };
    match reports.iter().enumerate().find_map(clash) {
        Some(path) => Err(CliError::SameTarget(path)),
        None => Ok(()),
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
    let taken = parse_timestamp(&snapshot.taken);
    Ok((snapshot, taken))
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

/// Makes every report before it writes the first, so that a failure leaves all files as they were.
fn write_reports(report: &Report, targets: &[ReportTarget]) -> Result<(), CliError> {
    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut printed = Vec::new();
    for target in targets {
        let mut content = Vec::new();
        let format = target.format;
        format
            .write(report, &mut content)
            .map_err(|error| CliError::Report {
                format: format.name(),
                error,
            })?;
        if target.is_stdout() {
            printed.extend(content);
        } else {
            written.push((target.path.clone(), content));
        }
    }
    output::write_whole(&written, Access::Usual)?;
    let paths: Vec<&PathBuf> = written.iter().map(|(path, _)| path).collect();
    summarise(report, &paths, &printed)
}

/// The summary goes to standard output, unless a report does: then to standard error.
fn summarise(report: &Report, paths: &[&PathBuf], printed: &[u8]) -> Result<(), CliError> {
    let to_stdout = printed.is_empty();
    let terminal = if to_stdout {
        std::io::stdout().is_terminal()
    } else {
        std::io::stderr().is_terminal()
    };
    let style = Style {
        color: terminal && color_allowed(),
        width: WIDTH,
    };
    let mut summary = Vec::new();
    terminal::write(report, &mut summary, style).map_err(|error| CliError::Report {
        format: "terminal",
        error,
    })?;
    for path in paths {
        eprintln!("wrote {}", path.display());
    }
    if to_stdout {
        output::print(&summary)
    } else {
        // Losing the summary must not lose the report that was asked for.
        let _ = std::io::stderr().write_all(&summary);
        output::print(printed)
    }
}
