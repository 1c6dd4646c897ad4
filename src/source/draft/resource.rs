//! The fields of a resource, which have rules of their own that those of inner shapes have not.

use super::fields::{Entry, Field, Why, is_tags};

/// Names that every resource has already; `id` and `arn` may be declared where a list brings them.
const TAKEN: [&str; 2] = ["account", "region"];
const MADE: [&str; 2] = ["id", "arn"];
const ALREADY: Why = "every resource has a field of that name already";
const LISTED: Why = "the list brings a field of that name";

/// The fields that a list brings: tags under the name that all resources have them by, and nothing
/// under a name that means something else.
pub fn of_list(entries: Vec<Entry>) -> Vec<Entry> {
    let mut names: Vec<String> = Vec::new();
    let held = entries.into_iter().map(|entry| match entry {
        Entry::Field(field) => held(field, &mut names),
        left_out @ Entry::LeftOut { .. } => left_out,
    });
    held.collect()
}

/// The fields that a detail brings, beside those that the list does.
pub fn of_detail(entries: Vec<Entry>, listed: &[String]) -> Vec<Entry> {
    let entries = of_list(entries).into_iter();
    let held = entries.map(|entry| match entry {
        Entry::Field(field) if MADE.contains(&field.name.as_str()) => left_out(field, ALREADY),
        Entry::Field(field) if listed.contains(&field.name) => left_out(field, LISTED),
        other => other,
    });
    held.collect()
}

/// Whether anything of it becomes a field.
pub fn any_field(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| matches!(entry, Entry::Field(_)))
}

fn held(mut field: Field, names: &mut Vec<String>) -> Entry {
    let map = field.ty.starts_with("tags") || field.ty == "map<string>";
    if is_tags(&field.name) && map && !names.iter().any(|name| name == "tags") {
        field.name = "tags".to_owned();
    }
    let fit = match field.name.as_str() {
        "tags" if !map => Err("`tags` is a map of texts with every resource"),
        "id" if !["string", "int"].contains(&field.ty.as_str()) => Err(ALREADY),
        "arn" if field.ty != "string" => Err(ALREADY),
        name if TAKEN.contains(&name) => Err(ALREADY),
        name if names.iter().any(|known| known == name) => Err("another has its name"),
        _ => Ok(()),
    };
    if let Err(why) = fit {
        return left_out(field, why);
    }
    names.push(field.name.clone());
    Entry::Field(field)
}

fn left_out(field: Field, why: Why) -> Entry {
    Entry::LeftOut {
        name: field.name,
        why,
    }
}
