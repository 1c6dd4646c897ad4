//! Texts that hold more than text: JSON, policy documents, attributes.

use std::sync::Arc;

use aws_smithy_json::codec::{JsonCodec, JsonCodecSettings};
use aws_smithy_schema::codec::Codec;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

use super::read::Reading;
use super::shape::{Entries, EntryKind, Struct, TextKind};
use crate::collect::time::rfc3339;
use crate::fact::{Fact, Unknown};
use crate::policy::Document;

/// What a text holds; unknown where it does not hold it, null where it holds nothing: AWS gives an
/// empty text, or an empty document, for a policy that was never set.
pub fn read(kind: &TextKind, text: &str, reading: &Reading) -> Fact {
    let nothing = match kind {
        TextKind::Policy => ["", "{}"].contains(&text.trim()),
        TextKind::Json | TextKind::JsonShape(_) => text.trim().is_empty(),
        TextKind::Url => false,
    };
    if nothing {
        return Fact::Null;
    }
    let read = match kind {
        TextKind::Url => return Fact::string(without_credentials(text)),
        TextKind::Json => json(text).map_err(|error| format!("a text is not JSON: {error}")),
        TextKind::Policy => {
            policy(text).map_err(|error| format!("a policy cannot be read: {error}"))
        }
        TextKind::JsonShape(shape) => shaped(shape, text, reading),
    };
    read.unwrap_or_else(|message| invalid(reading, message))
}

fn invalid(reading: &Reading, message: String) -> Fact {
    Fact::Unknown(Arc::new(Unknown {
        code: "InvalidResponse".to_owned(),
        message,
        ..reading.unknown.clone()
    }))
}

/// JSON as a fact: not by way of a fact's own JSON, in which an account's text could pass for an unknown.
pub fn json(text: &str) -> Result<Fact, serde_json::Error> {
    serde_json::from_str(text).map(of_json)
}

fn of_json(value: serde_json::Value) -> Fact {
    match value {
        serde_json::Value::Null => Fact::Null,
        serde_json::Value::Bool(value) => Fact::Bool(value),
        serde_json::Value::String(text) => Fact::string(text),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(value) => Fact::Int(value),
            None => number.as_f64().map_or(Fact::Null, Fact::Double),
        },
        serde_json::Value::Array(items) => Fact::List(items.into_iter().map(of_json).collect()),
        serde_json::Value::Object(entries) => {
            let entries = entries.into_iter();
            Fact::Object(
                entries
                    .map(|(key, value)| (key.into(), of_json(value)))
                    .collect(),
            )
        }
    }
}

/// A policy document; API Gateway gives it with its quotes escaped once more.
fn policy(text: &str) -> Result<Fact, crate::policy::PolicyError> {
    Document::parse(text)
        .or_else(|error| {
            let unescaped: Option<String> = serde_json::from_str(&format!("\"{text}\"")).ok();
            match unescaped {
                Some(inner) => Document::parse(&inner).map_err(|_| error),
                None => Err(error),
            }
        })
        .map(|document| document.fact())
}

fn shaped(shape: &Struct, text: &str, reading: &Reading) -> Result<Fact, String> {
    let codec = JsonCodec::new(JsonCodecSettings::default());
    let mut deserializer = codec.create_deserializer(text.as_bytes());
    let mut inner = Reading::new(reading.unknown.clone());
    inner
        .answer(shape, &mut deserializer)
        .map(Fact::Object)
        .map_err(|error| format!("a text is not the JSON that was declared: {error}"))
}

/// An address with `***` in place of what stands before an `@` in its host part.
fn without_credentials(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else {
        return address.to_owned();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) => format!("{scheme}://***{}", &rest[at..]),
        None => address.to_owned(),
    }
}

/// Attributes as AWS sends them: name and text, each read in its own way. One that is not of its
/// type is unknown, and nothing beside it is.
pub fn entries(shape: &Entries, texts: &[(String, String)], reading: &Reading) -> Fact {
    let facts = shape.entries.iter().filter_map(|entry| {
        let found = texts.iter().find(|(key, _)| *key == entry.wire);
        let read = found.map(|(_, text)| {
            read_entry(&entry.kind, text, reading)
                .unwrap_or_else(|| invalid(reading, format!("{} is not of its type", entry.name)))
        });
        let fact = match (read.filter(|fact| *fact != Fact::Null), &entry.kind) {
            (Some(fact), _) => fact,
            (None, EntryKind::Present) => Fact::Bool(false),
            (None, _) if entry.optional => return None,
            (None, _) => reading.missing(&entry.name, &shape.name),
        };
        Some((entry.name.clone(), fact))
    });
    Fact::Object(facts.collect())
}

fn read_entry(kind: &EntryKind, text: &str, reading: &Reading) -> Option<Fact> {
    Some(match kind {
        EntryKind::Bool => Fact::Bool(text.parse().ok()?),
        EntryKind::Int => Fact::Int(text.parse().ok()?),
        EntryKind::Double => Fact::Double(text.parse().ok()?),
        EntryKind::String => Fact::string(text),
        EntryKind::Timestamp => {
            let at = match text.parse::<f64>() {
                Ok(seconds) if seconds.is_finite() => DateTime::from_secs_f64(seconds),
                _ => DateTime::from_str(text, Format::DateTimeWithOffset).ok()?,
            };
            Fact::string(rfc3339(&at)?)
        }
        EntryKind::Present => Fact::Bool(!text.is_empty()),
        EntryKind::Text(kind) => read(kind, text, reading),
    })
}
