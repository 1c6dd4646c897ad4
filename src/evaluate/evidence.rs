//! What a rule looked at, kept beside its verdict so that a reader can check it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::expr::{Failure, List, Scope, Value};
use crate::rule::Body;

/// Lists are kept up to this many elements; how many there are is said.
const KEPT_ELEMENTS: usize = 20;

/// The values at the paths that the rule's conditions read.
pub fn of(rule: &Body, scope: &Scope<'_, '_>) -> BTreeMap<String, Json> {
    let conditions = rule.when.iter().chain([&rule.require]);
    conditions
        .flat_map(|condition| scope.evidence(condition))
        .map(|(path, value)| {
            let value = match value {
                Ok(value) => json_of(&value),
                Err(Failure::Absent(_)) => Json::Null,
                Err(Failure::Unknown(unknown)) => json!({ "unknown": unknown.to_string() }),
                Err(Failure::Error(message)) => json!({ "error": message }),
            };
            (path.to_owned(), value)
        })
        .collect()
}

fn json_of(value: &Value<'_>) -> Json {
    match value {
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Double(value) => json!(value),
        Value::String(text) => json!(text),
        Value::Timestamp(at) => {
            json!(
                at.format(&time::format_description::well_known::Rfc3339)
                    .unwrap_or_default()
            )
        }
        Value::Duration(length) => json!(length.whole_seconds()),
        Value::Fact(fact) => shortened(serde_json::to_value(fact).unwrap_or_default()),
        Value::Resource(resource) => json!(resource.id),
        Value::List(list) => json_of_list(list),
    }
}

fn json_of_list(list: &List<'_>) -> Json {
    let mut items: Vec<Json> = match list {
        List::Facts(facts) => {
            let kept = facts.iter().take(KEPT_ELEMENTS);
            kept.map(|fact| shortened(serde_json::to_value(fact).unwrap_or_default()))
                .collect()
        }
        List::Resources(resources, _) => resources
            .iter()
            .take(KEPT_ELEMENTS)
            .map(|resource| json!(resource.id))
            .collect(),
        List::Constants(constants) => constants
            .iter()
            .take(KEPT_ELEMENTS)
            .map(|constant| json_of(&constant.value()))
            .collect(),
        List::Values(values, _) => values.iter().take(KEPT_ELEMENTS).map(json_of).collect(),
    };
    if list.len() > KEPT_ELEMENTS {
        items.push(json!(format!("... {} in all", list.len())));
    }
    if let Some(unknown) = list.rest() {
        items.push(json!({ "unknown": unknown.to_string() }));
    }
    Json::Array(items)
}

/// The same with long lists cut at every depth.
fn shortened(value: Json) -> Json {
    match value {
        Json::Array(items) => {
            let count = items.len();
            let mut kept: Vec<Json> = items
                .into_iter()
                .take(KEPT_ELEMENTS)
                .map(shortened)
                .collect();
            if count > KEPT_ELEMENTS {
                kept.push(json!(format!("... {count} in all")));
            }
            Json::Array(kept)
        }
        Json::Object(map) => map
            .into_iter()
            .map(|(key, value)| (key, shortened(value)))
            .collect(),
        other => other,
    }
}
