//! The reports of a run: checked before the work, all of them made before the first is written.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use super::error::{CliError, color_allowed};
use super::output::{self, Access};
use crate::report::terminal::Style;
use crate::report::{ReportError, ReportTarget};

/// Summaries are laid out for this width where the terminal does not tell its own.
const WIDTH: usize = 100;

/// A path below another one would need a file that is a directory too.
///
/// # Errors
/// When two reports cannot both be written.
pub fn check<F>(reports: &[ReportTarget<F>]) -> Result<(), CliError> {
    let clash = |(number, target): (usize, &ReportTarget<F>)| {
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

/// Makes sure that all of them can be written later, before hours of work go into them.
///
/// # Errors
/// When one cannot.
pub fn check_writable<F>(reports: &[ReportTarget<F>]) -> Result<(), CliError> {
    let mut files = reports.iter().filter(|target| !target.is_stdout());
    files.try_for_each(|target| output::check_writable(&target.path))
}

/// What reports are written from.
pub struct Writer<'w, F> {
    /// Writes one format.
    pub report: &'w dyn Fn(&F, &mut dyn Write) -> Result<(), ReportError>,
    /// Writes the summary for a terminal.
    pub summary: &'w dyn Fn(&mut dyn Write, Style) -> Result<(), ReportError>,
}

/// Makes every report before it writes the first, so that a failure leaves all files as they were.
/// The summary goes to standard output, unless a report does: then to standard error.
///
/// # Errors
/// When a report cannot be made or written.
pub fn write<F: std::fmt::Display>(
    targets: &[ReportTarget<F>],
    writer: &Writer<'_, F>,
) -> Result<(), CliError> {
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let mut printed = Vec::new();
    for target in targets {
        let mut content = Vec::new();
        let made = (writer.report)(&target.format, &mut content);
        made.map_err(|error| CliError::Report {
            format: target.format.to_string(),
            error,
        })?;
        if target.is_stdout() {
            printed.extend(content);
        } else {
            files.push((target.path.clone(), content));
        }
    }
    output::write_whole(&files, Access::Usual)?;
    let summary = summary(printed.is_empty(), writer.summary)?;
    for (path, _) in &files {
        eprintln!("wrote {}", path.display());
    }
    if printed.is_empty() {
        output::print(&summary)
    } else {
        // Losing the summary must not lose the report that was asked for.
        let _ = std::io::stderr().write_all(&summary);
        output::print(&printed)
    }
}

/// A summary in the style of where it goes.
///
/// # Errors
/// When it cannot be made.
pub fn summary(
    to_stdout: bool,
    write: &dyn Fn(&mut dyn Write, Style) -> Result<(), ReportError>,
) -> Result<Vec<u8>, CliError> {
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
    write(&mut summary, style).map_err(|error| CliError::Report {
        format: "terminal".to_owned(),
        error,
    })?;
    Ok(summary)
}
