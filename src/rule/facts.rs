//! Facts written in a rule's tests, checked against the schema like everything else.

use crate::diagnostic::Diagnostic;
use crate::expr::parse_timestamp;
use crate::fact::{Fact, Object, name};
use crate::policy;
use crate::schema::{Field, Struct, Type};
use crate::yaml::{Decoder, Node, Value};

/// A value as a fact of the schema's type.
pub fn fact(what: &str, node: Node, ty: &Type, decoder: &mut Decoder) -> Option<Fact> {
    match (&node.value, ty) {
        (Value::Bool(value), Type::Bool) => Some(Fact::Bool(*value)),
        (Value::Int(value), Type::Int) => Some(Fact::Int(*value)),
        (Value::Double(value), Type::Double) => Some(Fact::Double(*value)),
        #[expect(clippy::cast_precision_loss, reason = "80 is meant as 80.0")]
        (Value::Int(value), Type::Double) => Some(Fact::Double(*value as f64)),
        (Value::String(text), Type::String) => Some(Fact::string(text.as_str())),
        (Value::String(text), Type::Timestamp) if parse_timestamp(text).is_some() => {
            Some(Fact::string(text.as_str()))
        }
        (_, Type::Any) => Some(free(&node)),
        (_, ty) if *ty == policy::document_type() => document(&node, decoder),
        (Value::List(_), Type::List(item)) => {
            let items = decoder.list(what, node)?;
            let facts = items
                .into_iter()
                .map(|item_node| fact(what, item_node, item, decoder));
            facts.collect::<Option<Vec<_>>>().map(Fact::List)
        }
        (Value::Map(_), Type::Map(value_type)) => {
            let mut map = decoder.map(what, node)?;
            let entries = map.rest().into_iter().map(|(key, value)| {
                let value = fact(&format!("{what}.{}", key.text), value, value_type, decoder)?;
                Some((key.text.as_str().into(), value))
            });
            entries.collect::<Option<Object>>().map(Fact::Object)
        }
        (Value::Map(_), Type::Struct(shape)) => {
            structure(what, node, shape, decoder).map(Fact::Object)
        }
        (value, ty) => {
            let wanted = match ty {
                Type::Timestamp => "a timestamp such as 2026-01-31T00:00:00Z".to_owned(),
                ty => format!("of type {ty}"),
            };
            let message = format!("{what} must be {wanted}, not {}", value.kind());
            decoder.report(Diagnostic::new("wrong-type", node.span, message));
            None
        }
    }
}

fn structure(what: &str, node: Node, shape: &Struct, decoder: &mut Decoder) -> Option<Object> {
    let mut map = decoder.map(what, node)?;
    let mut sound = true;
    let mut object = empty_lists(shape.fields.values());
    for (key, value) in map.rest() {
        let Some(field) = shape.fields.get(&key.text) else {
            let message = format!("{} has no field `{}`", shape.name, key.text);
            let names = shape.fields.keys().map(String::as_str);
            decoder.report(
                Diagnostic::new("unknown-field", key.span, message).suggest(&key.text, names),
            );
            sound = false;
            continue;
        };
        match fact(&format!("{what}.{}", key.text), value, &field.ty, decoder) {
            Some(value) => object.insert(name(&key.text), value),
            None => sound = false,
        }
    }
    sound.then_some(object)
}

/// Lists and maps that a test leaves out are empty, as they are in AWS's answers.
pub fn empty_lists<'f>(fields: impl Iterator<Item = &'f Field>) -> Object {
    fields
        .filter_map(|field| {
            let empty = match field.ty {
                Type::List(_) => Fact::List(Vec::new()),
                Type::Map(_) => Fact::Object(Object::default()),
                _ => return None,
            };
            Some((name(&field.name), empty))
        })
        .collect()
}

/// Policy documents are written as AWS writes them, and brought to the form that rules see.
fn document(node: &Node, decoder: &mut Decoder) -> Option<Fact> {
    match policy::Document::parse(&json(node).to_string()) {
        Ok(document) => Some(document.fact()),
        Err(error) => {
            let message = format!("not a policy document: {error}");
            decoder.report(Diagnostic::new("bad-policy", node.span.clone(), message));
            None
        }
    }
}

fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        Value::Double(value) => (*value).into(),
        Value::String(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(json).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(key, value)| (key.text.clone(), json(value)))
            .collect(),
    }
}

fn free(node: &Node) -> Fact {
    match &node.value {
        Value::Null => Fact::Null,
        Value::Bool(value) => Fact::Bool(*value),
        Value::Int(value) => Fact::Int(*value),
        Value::Double(value) => Fact::Double(*value),
        Value::String(text) => Fact::string(text.as_str()),
        Value::List(items) => Fact::List(items.iter().map(free).collect()),
        Value::Map(entries) => Fact::Object(
            entries
                .iter()
                .map(|(key, value)| (key.text.as_str().into(), free(value)))
                .collect(),
        ),
    }
}
