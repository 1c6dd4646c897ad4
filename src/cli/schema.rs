//! `launchgate schema`: what rules and sources look like, and what rules may read.

use serde_json::Value;

use super::args::{Choice, ListFormat, SchemaArgs};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::selection::{Selection, gather_sources};
use super::table::aligned;
use crate::finding::attestation::attestations_schema;
use crate::project::project_schema;
use crate::rule::{Attestable, rule_file_schema};
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
    if args.project || args.attestations {
        let set = Selection::load(&Choice::without_project())?.set;
        let text = if args.project {
            let frameworks: Vec<&str> = set.frameworks.keys().map(String::as_str).collect();
            pretty(&project_schema(&frameworks))
        } else {
            let controls = set.attestable();
            let names: Vec<String> = controls.iter().map(Attestable::name).collect();
            pretty(&attestations_schema(&names))
        };
        print(text.as_bytes())?;
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
