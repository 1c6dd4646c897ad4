//! `launchgate audit`: read, evaluate, gate, report.

use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::args::{AuditArgs, ReportTarget};
use super::collect::read_account;
use super::demo;
use super::error::{CliError, color_allowed};
use super::exit::Exit;
use super::output::{self, Access};
use super::selection::Selection;
use crate::evaluate::evaluate;
use crate::expr::parse_timestamp;
use crate::finding::{ControlSummary, Finding, FrameworkSummary, Gate, Report, RuleSummary};
use crate::report::Format;
use crate::report::terminal::{self, Style};
use crate::rule::Framework;
use crate::snapshot::{self, Snapshot};

/// Standard output as a report's path.
const STDOUT: &str = "-";
/// Summaries are laid out for this width where the terminal does not tell its own.
const WIDTH: usize = 100;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &AuditArgs) -> Result<Exit, CliError> {
    let targets = targets(args)?;
    let given_now = args.now.as_deref().map(parse_now).transpose()?;
    let selection = Selection::load(&args.choice)?;
    if selection.chosen.is_empty() {
        eprintln!(
            "nothing was audited: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    for target in targets
        .iter()
        .filter(|target| target.path != Path::new(STDOUT))
    {
        output::check_writable(&target.path)?;
    }
    let started = given_now.unwrap_or_else(OffsetDateTime::now_utc);
    let (snapshot, taken) = read(args, &selection, started)?;
    let now = given_now.or(taken).unwrap_or(started);
    let findings = evaluate(selection.rules(), &snapshot, &selection.schema, now);
    let report = report(&selection, &snapshot, findings, args.gate(), started, now);
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

fn targets(args: &AuditArgs) -> Result<Vec<ReportTarget>, CliError> {
    if !args.reports.is_empty() {
        // A path below another one would need a file that is a directory too.
        let clash = |(number, target): (usize, &ReportTarget)| {
            let mut others = args.reports.iter().enumerate();
            let meets = others
                .any(|(other, report)| other != number && report.path.starts_with(&target.path));
            meets.then(|| target.path.clone())
        };
        return match args.reports.iter().enumerate().find_map(clash) {
            Some(path) => Err(CliError::SameTarget(path)),
            None => Ok(args.reports.clone()),
        };
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

/// The snapshot to judge, and when it was taken where that was in the past.
fn read(
    args: &AuditArgs,
    selection: &Selection,
    started: OffsetDateTime,
) -> Result<(Snapshot, Option<OffsetDateTime>), CliError> {
    let snapshot = if args.demo {
        demo::snapshot()?
    } else if let Some(path) = &args.snapshot {
        read_snapshot(path)?
    } else {
        return Ok((read_account(&args.account, selection, started)?, None));
    };
    let taken = parse_timestamp(&snapshot.taken);
    Ok((snapshot, taken))
}

fn read_snapshot(path: &Path) -> Result<Snapshot, CliError> {
    let text = std::fs::read(path).map_err(|error| CliError::SnapshotFile {
        path: path.to_owned(),
        error,
    })?;
    snapshot::read(&text).map_err(|error| CliError::Snapshot {
        path: path.to_owned(),
        error,
    })
}

fn report(
    selection: &Selection,
    snapshot: &Snapshot,
    findings: Vec<Finding>,
    gate: Gate,
    started: OffsetDateTime,
    now: OffsetDateTime,
) -> Report {
    let mut looked_at: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.resource.id != "*") {
        *looked_at.entry(&finding.rule).or_default() += 1;
    }
    let rules = selection.rules().map(|rule| RuleSummary {
        id: rule.id.clone(),
        title: rule.title.clone(),
        severity: rule.severity,
        resource_type: rule.resource.to_owned(),
        why: rule.why.clone(),
        signal: rule.signal.clone(),
        resources: looked_at.get(rule.id.as_str()).copied().unwrap_or(0),
    });
    let frameworks = selection
        .frameworks
        .iter()
        .filter_map(|id| selection.set.frameworks.get(id))
        .map(|framework| framework_summary(framework, selection, &findings));
    Report {
        version: env!("CARGO_PKG_VERSION"),
        started: rfc3339(started),
        now: rfc3339(now),
        accounts: snapshot
            .accounts
            .iter()
            .map(|account| account.id.clone())
            .collect(),
        regions: snapshot.regions.clone(),
        rules: rules.collect(),
        frameworks: frameworks.collect(),
        gate: gate.decide(&findings),
        calls: snapshot.calls.clone(),
        findings,
    }
}

fn rfc3339(at: OffsetDateTime) -> String {
    let whole = at.replace_nanosecond(0).unwrap_or(at);
    whole.format(&Rfc3339).unwrap_or_default()
}

/// What the run says of each control; the worst status of its findings counts.
fn framework_summary(
    framework: &Framework,
    selection: &Selection,
    findings: &[Finding],
) -> FrameworkSummary {
    let serves = |controls: &BTreeMap<String, Vec<String>>, control: &str| {
        controls
            .get(&framework.id)
            .is_some_and(|served| served.iter().any(|served| served == control))
    };
    let controls = framework.controls.iter().map(|control| {
        let rules = selection
            .rules()
            .filter(|rule| serves(&rule.controls, &control.id));
        let of_control = findings
            .iter()
            .filter(|finding| serves(&finding.controls, &control.id));
        ControlSummary {
            id: control.id.clone(),
            title: control.title.clone(),
            rules: rules.map(|rule| rule.id.clone()).collect(),
            // The order of `Status` runs from the worst to the best.
            status: of_control.map(|finding| finding.status).min(),
        }
    });
    FrameworkSummary {
        id: framework.id.clone(),
        title: framework.title.clone(),
        controls: controls.collect(),
    }
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
        if target.path == Path::new(STDOUT) {
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
