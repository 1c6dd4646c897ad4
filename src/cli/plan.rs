//! `launchgate plan`: the calls a run would make.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::args::{ListArgs, ListFormat};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::project::all_regions;
use super::selection::Selection;
use super::table::aligned;
use crate::finding::counted;
use crate::plan::PlannedCall;
use crate::schema::Per;

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &ListArgs) -> Result<Exit, CliError> {
    let choice = args.purpose.of(&args.choice);
    let selection = Selection::load(&choice)?;
    if selection.is_empty() {
        eprintln!(
            "nothing to plan: no rule fits --rule, --framework, --severity and --service together"
        );
        return Ok(Exit::Nothing);
    }
    let calls = selection
        .plan(all_regions(selection.project.as_ref(), args.all_regions))
        .calls();
    match args.format {
        ListFormat::Json => {
            let array: Vec<Value> = calls.iter().map(json_of).collect();
            print(format!("{:#}\n", Value::Array(array)).as_bytes())?;
        }
        ListFormat::Text => {
            let header = ["OPERATION", "MADE", "FOR", "NEEDED BY"]
                .map(str::to_owned)
                .to_vec();
            let rows: Vec<Vec<String>> = std::iter::once(header)
                .chain(calls.iter().map(row))
                .collect();
            print(aligned(&rows).as_bytes())?;
            tell_unavailable(&calls);
            eprintln!(
                "{} for {}, all read-only",
                counted(calls.len(), "operation"),
                counted(selection.chosen.len(), "rule")
            );
        }
    }
    Ok(Exit::Open)
}

/// Which calls may find that a region does not have their service.
fn tell_unavailable(calls: &[PlannedCall]) {
    let mut by_error: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for call in calls {
        for error in &call.unavailable {
            by_error.entry(error).or_default().push(call.operation);
        }
    }
    for (error, operations) in by_error {
        eprintln!(
            "a region where one of these ends in {error} does not have the service, and counts as empty: {}",
            operations.join(", ")
        );
    }
}

fn made(call: &PlannedCall) -> String {
    match call.per {
        Per::Account => "once".to_owned(),
        Per::Region => "once a region".to_owned(),
        Per::Batch(size) => format!("once for {size} resources"),
        Per::Pool(size) => format!("once for {size} queries"),
        Per::Resource => "once a resource".to_owned(),
    }
}

fn row(call: &PlannedCall) -> Vec<String> {
    let types: Vec<&str> = call.resource_types.iter().copied().collect();
    let rules: Vec<&str> = call.rules.iter().map(String::as_str).collect();
    let needed = match rules.as_slice() {
        [] => "every run".to_owned(),
        [first] => (*first).to_owned(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    };
    vec![
        call.operation.to_owned(),
        made(call),
        types.join(", "),
        needed,
    ]
}

fn json_of(call: &PlannedCall) -> Value {
    json!({
        "operation": call.operation,
        "per": match call.per {
            Per::Account => "account",
            Per::Region => "region",
            Per::Batch(_) => "batch",
            Per::Pool(_) => "pool",
            Per::Resource => "resource",
        },
        "resource_types": call.resource_types,
        "iam_actions": call.iam_actions,
        "unavailable": call.unavailable,
        "rules": call.rules,
    })
}
