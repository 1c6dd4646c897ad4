//! `launchgate readiness`: may it launch?

use super::args_run::ReadinessArgs;
use super::error::CliError;
use super::exit::Exit;
use super::purpose::Purpose;
use super::run::{Judged, Run};
use super::targets::{self, Writer};
use crate::readiness::{Bar, Parameters, Readiness};
use crate::report::ReportTarget;
use crate::report::readiness::{Format, terminal};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &ReadinessArgs) -> Result<Exit, CliError> {
    targets::check(&args.reports)?;
    let run = Run::prepare(&args.run, Purpose::Readiness)?;
    if run.has_nothing_to_audit() {
        return Ok(Exit::Nothing);
    }
    let targets = reports(args);
    targets::check_writable(&targets)?;
    let judged = run.judge(&args.gate)?;
    let parameters = Parameters::of(&run.selection.set.vocabulary);
    let bar = Bar {
        fail_on: judged.gate.fail_on,
        allow_unknown: judged.gate.allow_unknown,
    };
    let Judged {
        snapshot,
        report,
        now,
        ..
    } = &judged;
    let readiness = Readiness::new(report, snapshot, parameters, bar, *now);
    let writer = Writer {
        report: &|format: &Format, out| format.write(&readiness, out),
        summary: &|out, style| terminal::write(&readiness, out, style),
    };
    targets::write(&targets, &writer)?;
    Ok(Exit::of_verdict(readiness.verdict))
}

fn reports(args: &ReadinessArgs) -> Vec<ReportTarget<Format>> {
    if !args.reports.is_empty() {
        return args.reports.clone();
    }
    let usual = [
        (Format::Markdown, "reports/readiness.md"),
        (Format::Html, "reports/readiness.html"),
    ];
    let target = |(format, path): (Format, &str)| ReportTarget {
        format,
        path: path.into(),
    };
    usual.map(target).to_vec()
}
