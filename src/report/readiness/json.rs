//! `launchgate.readiness/1`: the readiness report that other tools read.

use std::io::Write;

use serde::Serialize;

use super::super::ReportError;
use super::super::text::json_ascii_hidden;
use crate::readiness::Readiness;

/// The document's name and version.
pub const SCHEMA: &str = "launchgate.readiness/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    tool: Tool<'r>,
    started: &'r str,
    now: &'r str,
    accounts: &'r [String],
    regions: &'r [String],
    frameworks: Vec<&'r str>,
    #[serde(flatten)]
    readiness: &'r Readiness,
}

#[derive(Serialize)]
struct Tool<'r> {
    name: &'static str,
    version: &'r str,
}

/// Writes the report as JSON.
///
/// # Errors
/// When `out` does not take it.
pub fn write(readiness: &Readiness, out: &mut dyn Write) -> Result<(), ReportError> {
    let about = &readiness.about;
    let document = Document {
        schema: SCHEMA,
        tool: Tool {
            name: "launchgate",
            version: about.version,
        },
        started: &about.started,
        now: &about.now,
        accounts: &about.accounts,
        regions: &about.regions,
        frameworks: about.frameworks.iter().map(|(id, _)| id.as_str()).collect(),
        readiness,
    };
    let json = serde_json::to_string_pretty(&document)?;
    out.write_all(json_ascii_hidden(&json).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}
