//! `launchgate sources`: what resource types there are, where they come from, and what they bring.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::args::{ListFormat, SourceChoice, SourcesArgs, SourcesCommand};
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::selection::{Gathered, gather_sources};
use super::table::aligned;
use super::{sources_new, sources_try};
use crate::diagnostic;
use crate::finding::counted;
use crate::rule::{self, Origin};
use crate::schema::{ResourceType, describe, resource_types_json};
use crate::source::{Call, Connection, Detail, Items, List, Protocol, Service};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &SourcesArgs) -> Result<Exit, CliError> {
    match &args.command {
        SourcesCommand::List { format, choice } => list(*format, choice),
        SourcesCommand::Show {
            name,
            format,
            choice,
        } => show(name, *format, choice),
        SourcesCommand::Check {
            directory,
            format,
            choice,
        } => {
            let mut choice = choice.clone();
            choice.directories.extend(directory.clone());
            check(*format, &choice)
        }
        SourcesCommand::Try(args) => sources_try::run(args),
        SourcesCommand::New(args) => sources_new::run(args),
    }
}

/// The sources that a command is about.
///
/// # Errors
/// When a directory cannot be read; mistakes in files are in what is gathered.
pub fn gather(choice: &SourceChoice) -> Result<Gathered, CliError> {
    let mut files = Vec::new();
    for directory in &choice.directories {
        files.extend(rule::directory(directory)?);
    }
    Ok(gather_sources(&files, !choice.no_bundled))
}

fn sound(choice: &SourceChoice) -> Result<Gathered, CliError> {
    let gathered = gather(choice)?;
    if gathered.diagnostics.is_empty() {
        Ok(gathered)
    } else {
        Err(CliError::Rules(gathered.diagnostics))
    }
}

fn list(format: ListFormat, choice: &SourceChoice) -> Result<Exit, CliError> {
    let Gathered {
        sources, schema, ..
    } = sound(choice)?;
    let origin = |known: &ResourceType| match sources.file(known.service()) {
        Some(_) => "declared",
        None => "sdk",
    };
    match format {
        ListFormat::Json => {
            let array: Vec<Value> = schema
                .types()
                .map(|known| {
                    json!({
                        "type": known.name,
                        "service": known.service(),
                        "origin": origin(known),
                        "calls": operations(known),
                    })
                })
                .collect();
            print(format!("{:#}\n", Value::Array(array)).as_bytes())?;
        }
        ListFormat::Text => {
            let rows = schema.types().map(|known| {
                let doc = known.doc.to_owned();
                vec![known.name.to_owned(), origin(known).to_owned(), doc]
            });
            let rows: Vec<Vec<String>> = rows.collect();
            print(aligned(&rows).as_bytes())?;
            let services: BTreeSet<&str> = schema.types().map(|known| known.service()).collect();
            eprintln!(
                "{} of {}",
                counted(rows.len(), "resource type"),
                counted(services.len(), "service")
            );
        }
    }
    Ok(Exit::Open)
}

fn operations(known: &ResourceType) -> BTreeSet<&'static str> {
    let details = known
        .fields
        .values()
        .filter_map(|field| field.call.as_ref());
    let calls = details.chain(&known.list);
    calls.flat_map(|call| call.operations()).collect()
}

fn show(name: &str, format: ListFormat, choice: &SourceChoice) -> Result<Exit, CliError> {
    let Gathered {
        sources, schema, ..
    } = sound(choice)?;
    let shown: Vec<_> = schema
        .types()
        .filter(|known| known.name == name || known.service() == name)
        .cloned()
        .collect();
    if shown.is_empty() {
        let services = schema.services();
        let names = schema.names().chain(services.iter().copied());
        return Err(CliError::no_such("source", name, names));
    }
    let service = name.split('.').next().unwrap_or(name);
    let declared = match sources.get(service) {
        Some(Ok(service)) => Some(service),
        _ => None,
    };
    match format {
        ListFormat::Json => {
            let types: Vec<Value> = shown
                .iter()
                .flat_map(
                    |known| match resource_types_json(&schema, Some(known.name)) {
                        Value::Array(types) => types,
                        other => vec![other],
                    },
                )
                .collect();
            let calls = declared.map(|service| calls_json(service, name));
            let value = json!({
                "service": service,
                "title": declared.map(|service| &service.title),
                "protocol": declared.map(|service| service.connection.protocol.name()),
                "params": declared.map_or_else(Vec::new, |service| params_json(service)),
                "types": types,
                "calls": calls,
            });
            print(format!("{value:#}\n").as_bytes())?;
        }
        ListFormat::Text => {
            let texts: Vec<String> = shown.iter().map(|known| describe(known)).collect();
            print(texts.join("\n").as_bytes())?;
        }
    }
    Ok(Exit::Open)
}

fn params_json(service: &Service) -> Vec<Value> {
    let params = service.params.iter();
    params
        .map(|param| {
            json!({
                "name": param.name,
                "type": param.value.type_name(),
                "default": param.value.shown(),
                "help": param.help,
            })
        })
        .collect()
}

/// Every call of a service's types, or of one type.
fn calls_json(service: &Service, name: &str) -> Vec<Value> {
    let types = service.types.iter();
    let types = types
        .filter(|known| name == service.connection.service || known.resource_type.name == name);
    types
        .flat_map(|known| {
            let of = known.resource_type.name;
            let list = known.list.iter().map(move |list| list_json(list, of));
            list.chain(
                known
                    .details
                    .iter()
                    .map(move |detail| detail_json(detail, of)),
            )
        })
        .collect()
}

fn list_json(list: &List, of: &str) -> Value {
    let (Items::Many(at) | Items::Texts(at, _) | Items::Json(at) | Items::One(at)) = &list.items;
    call_json(&list.call, "list", of, Some(at))
}

fn detail_json(detail: &Detail, of: &str) -> Value {
    match &detail.batch {
        Some(batch) => call_json(&detail.call, "batch", of, Some(&batch.items)),
        None => call_json(&detail.call, "detail", of, detail.at.as_ref()),
    }
}

fn call_json(call: &Call, kind: &str, of: &str, items: Option<&String>) -> Value {
    let Connection { protocol, .. } = &*call.to;
    let target = match protocol {
        Protocol::AwsJson1_0(prefix) | Protocol::AwsJson1_1(prefix) => {
            Some(format!("{prefix}.{}", call.operation))
        }
        _ => None,
    };
    let pages = call
        .pages
        .as_ref()
        .map(|pages| json!({ "token": pages.token, "input": pages.input, "more": pages.more }));
    json!({
        "operation": call.api.operation,
        "kind": kind,
        "resource_type": of,
        "protocol": protocol.name(),
        "http": call.http.as_ref().map(|(method, path)| format!("{method} {path}")),
        "target": target,
        "root": call.root,
        "items": items,
        "pages": pages,
        "input": call.input.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "absent": call.absent.iter().map(|absent| &absent.code).collect::<Vec<_>>(),
        "unavailable": call.to.unavailable,
        "iam_actions": call.api.actions(),
    })
}

fn check(format: ListFormat, choice: &SourceChoice) -> Result<Exit, CliError> {
    // Without a directory the bundle itself is checked.
    let gathered = if choice.directories.is_empty() {
        let files: Vec<_> = rule::bundled()
            .into_iter()
            .filter(|(origin, _)| *origin == Origin::Source)
            .collect();
        let mut gathered = gather_sources(&[], true);
        let files = files.iter().map(|(_, file)| file);
        gathered.diagnostics = gathered.sources.check(files, &gathered.schema);
        gathered
    } else {
        gather(choice)?
    };
    if !gathered.diagnostics.is_empty() {
        if format == ListFormat::Json {
            let mistakes = diagnostic::to_json(&gathered.diagnostics);
            print(format!("{mistakes:#}\n").as_bytes())?;
            return Ok(Exit::Usage);
        }
        return Err(CliError::Rules(gathered.diagnostics));
    }
    if format == ListFormat::Json {
        print(b"[]\n")?;
    }
    let count = match choice.directories.is_empty() {
        true => gathered.sources.services().count(),
        false => gathered.own,
    };
    eprintln!("{}: no mistakes", counted(count, "source"));
    Ok(if count == 0 {
        Exit::Nothing
    } else {
        Exit::Open
    })
}
