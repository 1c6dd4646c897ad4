//! `launchgate sources try`: what the rules of a type will see of this account.

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::args::{ListFormat, TryArgs};
use super::collect::read_plan;
use super::error::CliError;
use super::exit::Exit;
use super::output::print;
use super::run::parse_now;
use super::selection::{Gathered, set_source_param};
use super::sources;
use crate::fact::{Fact, Object};
use crate::finding::counted;
use crate::plan::Plan;
use crate::snapshot::{Resource, Snapshot, Unread};

/// Runs the command.
///
/// # Errors
/// See [`CliError`].
pub fn run(args: &TryArgs) -> Result<Exit, CliError> {
    let Gathered {
        sources,
        schema,
        diagnostics,
        ..
    } = sources::gather(&args.choice)?;
    if !diagnostics.is_empty() {
        return Err(CliError::Rules(diagnostics));
    }
    for text in &args.params {
        let form = || CliError::ParamForm(text.clone());
        let (path, value) = text.split_once('=').ok_or_else(form)?;
        let (service, name) = path.rsplit_once('.').ok_or_else(form)?;
        set_source_param(&sources, service, name, value, text)?;
    }
    let mut plan = Plan {
        all_regions: args.account.all_regions,
        ..Plan::default()
    };
    for name in &args.types {
        let known = schema
            .get(name)
            .ok_or_else(|| CliError::no_such("resource type", name, schema.names()))?;
        plan.add_all(known, &schema);
    }
    let now = args.now.as_deref().map(parse_now).transpose()?;
    let now = now.unwrap_or_else(OffsetDateTime::now_utc);
    let snapshot = read_plan(&args.account, &plan, &sources, now)?;
    let wanted = |name: &str| args.types.iter().any(|wanted| wanted == name);
    let resources = snapshot.resources.iter().filter(|(name, _)| wanted(name));
    let resources: Vec<(&str, &Resource)> = resources
        .flat_map(|(name, all)| all.iter().map(|resource| (name.as_str(), resource)))
        .collect();
    let unread = snapshot.unread.iter();
    let unread: Vec<&Unread> = unread
        .filter(|unread| wanted(&unread.resource_type))
        .collect();
    match args.format {
        ListFormat::Json => {
            let found = resources
                .iter()
                .map(|(name, found)| resource_json(name, found));
            let missing = unread.iter().map(|unread| unread_json(unread));
            let array: Vec<Value> = found.chain(missing).collect();
            print(format!("{:#}\n", Value::Array(array)).as_bytes())?;
        }
        ListFormat::Text => {
            let texts = resources.iter().map(|(name, found)| text(name, found));
            print(texts.collect::<String>().as_bytes())?;
            for unread in &unread {
                eprintln!("not read: {} ({})", unread.resource_type, unread.unknown);
            }
        }
    }
    told(&snapshot, resources.len());
    let unknown = resources
        .iter()
        .any(|(_, resource)| has_unknown(&resource.fields));
    Ok(if unknown || !unread.is_empty() {
        Exit::Unknown
    } else {
        Exit::Open
    })
}

fn told(snapshot: &Snapshot, resources: usize) {
    let calls: u64 = snapshot.calls.values().sum();
    eprintln!(
        "{}, {}",
        counted(resources, "resource"),
        counted(usize::try_from(calls).unwrap_or(usize::MAX), "call")
    );
}

fn has_unknown(fields: &Object) -> bool {
    fields.iter().any(|(_, fact)| is_unknown(fact))
}

fn is_unknown(fact: &Fact) -> bool {
    match fact {
        Fact::Unknown(_) => true,
        Fact::List(items) => items.iter().any(is_unknown),
        Fact::Object(object) => has_unknown(object),
        _ => false,
    }
}

fn resource_json(name: &str, resource: &Resource) -> Value {
    json!({
        "type": name,
        "id": resource.id,
        "arn": resource.arn,
        "account": resource.account,
        "region": resource.region,
        "fields": resource.fields,
    })
}

fn unread_json(unread: &Unread) -> Value {
    json!({
        "type": unread.resource_type,
        "region": unread.region,
        "unread": unread.unknown,
    })
}

fn text(name: &str, resource: &Resource) -> String {
    let fields = serde_json::to_value(&resource.fields).unwrap_or_default();
    let Resource {
        id, arn, region, ..
    } = resource;
    format!("{name} {id}\n  in {region}  {arn}\n{fields:#}\n\n")
}
