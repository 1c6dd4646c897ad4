//! `launchgate.costs/1`: where the money goes, for other tools.

use std::io::Write;

use serde::Serialize;

use super::super::ReportError;
use super::super::text::json_ascii_hidden;
use crate::readiness::Spending;

/// The document's name and version.
pub const SCHEMA: &str = "launchgate.costs/1";

#[derive(Serialize)]
struct Document<'s> {
    schema: &'static str,
    now: &'s str,
    #[serde(flatten)]
    spending: &'s Spending,
}

/// Writes it as JSON.
///
/// # Errors
/// When `out` does not take it.
pub fn write(spending: &Spending, out: &mut dyn Write) -> Result<(), ReportError> {
    let document = Document {
        schema: SCHEMA,
        now: &spending.now,
        spending,
    };
    let json = serde_json::to_string_pretty(&document)?;
    out.write_all(json_ascii_hidden(&json).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}
