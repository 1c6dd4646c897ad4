//! `launchgate schema`: what rules and sources look like, and what rules may read.

use serde_json::Value;

use super::args::{ListFormat, SchemaArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::selection::gather_sources;
use super::table::aligned;
use crate::rule::rule_file_schema;
use crate::schema::{describe, resource_types_json};
use crate::source::source_file_schema;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &SchemaArgs) -> Result<Exit, CliError> {
    if args.source {
        print(pretty(&source_file_schema()).as_bytes())?;
        return Ok(Exit::Open);
    }
    let schema = gather_sources(&[], true).schema;
    let text = match (&args.resource, args.format) {
        (Some(name), format) => {
            let resource_type = schema
                .get(name)
                .ok_or_else(|| CliError::no_such("resource type", name, schema.names()))?;
            match format {
                ListFormat::Text => describe(resource_type),
                ListFormat::Json => pretty(&resource_types_json(&schema, Some(name))),
            }
        }
        (None, ListFormat::Json) if args.resources => pretty(&resource_types_json(&schema, None)),
        (None, _) if args.resources => {
            let rows: Vec<Vec<String>> = schema
                .types()
                .map(|known| vec![known.name.to_owned(), known.doc.to_owned()])
                .collect();
            aligned(&rows)
        }
        (None, _) => pretty(&rule_file_schema(&schema)),
    };
    print(text.as_bytes())?;
    Ok(Exit::Open)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
