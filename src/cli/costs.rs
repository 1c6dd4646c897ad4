//! `launchgate costs`: where does the money go?

use super::args_run::{CostsArgs, CostsFormat};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::purpose::Purpose;
use super::run::Run;
use super::targets;
use crate::readiness::{Parameters, Spending};
use crate::report::spending::{json, markdown, terminal};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &CostsArgs) -> Result<Exit, CliError> {
    let run = Run::prepare(&args.run, Purpose::Costs)?;
    let (snapshot, now) = run.read()?;
    let parameters = Parameters::of(&run.selection.set.vocabulary);
    let spending = Spending::new(&snapshot, &parameters, now);
    let mut content = Vec::new();
    let failed = |format: &str| {
        let format = format.to_owned();
        move |error| CliError::Report { format, error }
    };
    match args.format {
        CostsFormat::Text => {
            let write =
                |out: &mut dyn std::io::Write, style| terminal::write(&spending, out, style);
            content = targets::summary(true, &write)?;
        }
        CostsFormat::Markdown => {
            markdown::write(&spending, &mut content).map_err(failed("markdown"))?;
        }
        CostsFormat::Json => json::write(&spending, &mut content).map_err(failed("json"))?,
    }
    print(&content)?;
    // What could not be read may be where the money goes.
    Ok(if spending.has_gaps() {
        Exit::Unknown
    } else {
        Exit::Open
    })
}
