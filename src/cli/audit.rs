//! `launchgate audit`: read, evaluate, gate, report.

use super::args_run::AuditArgs;
use super::error::CliError;
use super::exit::Exit;
use super::purpose::Purpose;
use super::run::Run;
use super::targets::{self, Writer};
use crate::project::Project;
use crate::report::terminal;
use crate::report::{Format, ReportTarget};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &AuditArgs) -> Result<Exit, CliError> {
    targets::check(&args.reports)?;
    let run = Run::prepare(&args.run, Purpose::Audit)?;
    if run.has_nothing_to_audit() {
        return Ok(Exit::Nothing);
    }
    let targets = reports(args, run.selection.project.as_ref())?;
    targets::check_writable(&targets)?;
    let judged = run.judge(&args.gate)?;
    let report = &judged.report;
    let writer = Writer {
        report: &|format: &Format, out| format.write(report, out),
        summary: &|out, style| terminal::write(report, out, style),
    };
    targets::write(&targets, &writer)?;
    Ok(Exit::of(&report.gate))
}

/// The reports to write: those of the flags, of the project, or the usual ones.
fn reports(args: &AuditArgs, project: Option<&Project>) -> Result<Vec<ReportTarget>, CliError> {
    if !args.reports.is_empty() {
        return Ok(args.reports.clone());
    }
    if let Some(reports) = project.and_then(|project| project.reports.clone()) {
        targets::check(&reports)?;
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
