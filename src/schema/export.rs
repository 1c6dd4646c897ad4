//! The schema as people and tools read it.

use serde_json::{Map, Value, json};

use super::{Field, ResourceType, Schema, Type};

/// One resource type with all its fields as text, a line a field.
pub fn describe(resource_type: &ResourceType) -> String {
    let mut lines = vec![
        format!("{}: {}", resource_type.name, resource_type.doc),
        String::new(),
    ];
    for (name, known) in &resource_type.fields {
        let call = known.call.as_ref();
        let mut note = call.map_or(String::new(), |call| format!("  [{}]", call.operation));
        if !known.doc.is_empty() {
            note = format!("{note}  {}", known.doc);
        }
        field_lines(name, &known.field, 1, &note, &mut lines);
    }
    for relation in resource_type.relations.values() {
        let target = if relation.many {
            format!("list<{}>", relation.target)
        } else {
            relation.target.to_owned()
        };
        let to = relation.to.join(" or ");
        lines.push(format!(
            "  {}: {target}  (joined: {} = {}.{to})",
            relation.name, relation.from, relation.target
        ));
    }
    let there = match (&resource_type.list, resource_type.parent) {
        (Some(list), _) => Some(format!("listed by {}", list.operation)),
        (None, Some(parent)) => Some(format!("one for each {parent}")),
        (None, None) => None,
    };
    if let Some(there) = there {
        lines.push(String::new());
        lines.push(format!(
            "{there}; a field in brackets costs that call as well"
        ));
    }
    lines.join("\n") + "\n"
}

fn field_lines(name: &str, field: &Field, depth: usize, note: &str, lines: &mut Vec<String>) {
    let indent = "  ".repeat(depth);
    let mark = if field.optional { "?" } else { "" };
    lines.push(format!("{indent}{name}{mark}: {}{note}", field.ty));
    if let Some(shape) = inner_struct(&field.ty) {
        for (name, field) in &shape.fields {
            field_lines(name, field, depth + 1, "", lines);
        }
    }
}

fn inner_struct(ty: &Type) -> Option<&super::Struct> {
    match ty {
        Type::Struct(shape) => Some(shape),
        Type::List(inner) | Type::Map(inner) => inner_struct(inner),
        _ => None,
    }
}

/// Every resource type, or one, as JSON: fields with their types, presence and calls.
pub fn resource_types_json(schema: &Schema, only: Option<&str>) -> Value {
    schema
        .types()
        .filter(|resource_type| only.is_none_or(|only| only == resource_type.name))
        .map(|resource_type| type_json(resource_type))
        .collect()
}

fn type_json(resource_type: &ResourceType) -> Value {
    let fields: Map<String, Value> = resource_type
        .fields
        .iter()
        .map(|(name, known)| {
            let mut value = field_json(&known.field);
            value["call"] = json!(known.call.as_ref().map(|call| call.operation));
            if !known.doc.is_empty() {
                value["doc"] = json!(known.doc);
            }
            (name.clone(), value)
        })
        .collect();
    let relations: Map<String, Value> = resource_type
        .relations
        .iter()
        .map(|(name, relation)| {
            let to = match relation.to {
                [only] => json!(only),
                several => json!(several),
            };
            let value = json!({
                "target": relation.target, "many": relation.many, "from": relation.from, "to": to,
            });
            ((*name).to_owned(), value)
        })
        .collect();
    json!({
        "type": resource_type.name,
        "doc": resource_type.doc,
        "list": resource_type.list.as_ref().map(|call| call.operation),
        "parent": resource_type.parent,
        "fields": fields,
        "relations": relations,
    })
}

fn field_json(field: &Field) -> Value {
    let mut value = json!({ "type": field.ty.to_string(), "optional": field.optional });
    if let Some(shape) = inner_struct(&field.ty) {
        let inner: Map<String, Value> = shape
            .fields
            .iter()
            .map(|(name, field)| (name.clone(), field_json(field)))
            .collect();
        value["fields"] = Value::Object(inner);
    }
    value
}
