//! The tree, and its making.

use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::diagnostic::{Diagnostic, SourceFile, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its place; of a list or map only the first character.
    pub span: Span,
}

/// A YAML value of the core schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// Text, quoted or not.
    String(String),
    /// A list.
    List(Vec<Node>),
    /// A map in the order written; the parser refuses a key that comes twice.
    Map(Vec<(Key, Node)>),
}

/// A map's key.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Its text.
    pub text: String,
    /// Its place.
    pub span: Span,
}

impl Value {
    /// What kind of value this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Int(_) => "a whole number",
            Value::Double(_) => "a number",
            Value::String(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// How many levels a document may nest: each takes tens of kilobytes of stack to read.
const DEEPEST: usize = 24;

/// How much a document may repeat by aliases.
const REPEATED: usize = 10_000;

/// Parses one YAML document.
///
/// # Errors
/// A diagnostic at the place where the text stops being YAML.
pub fn parse(file: &Arc<SourceFile>) -> Result<Node, Box<Diagnostic>> {
    parse_text(file, &file.text)
}

/// Parses the document without the top-level key `last` and what follows it, which takes time only
/// when somebody asks for it. `None` where the document has no such key at the start of a line.
///
/// # Errors
/// As [`parse`].
pub fn parse_before(file: &Arc<SourceFile>, last: &str) -> Option<Result<Node, Box<Diagnostic>>> {
    let end = file.text.find(&format!("\n{last}:"))?;
    Some(parse_text(file, &file.text[..=end]))
}

/// Parses the beginning of a file, so that offsets are those of the file.
fn parse_text(file: &Arc<SourceFile>, text: &str) -> Result<Node, Box<Diagnostic>> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! { max_depth: DEEPEST },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: REPEATED },
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Spanned<Raw>>(text, options)
        .map(|root| root.value.place(&root.defined, file))
        .map_err(|error| Box::new(syntax_error(file, &error)))
}

/// What most mistakes in the YAML of expressions and sentences come from.
const QUOTES: &str =
    "a text with `: ` or ` #` in it, or with one of `!&*[{` at its start, needs quotes";

fn syntax_error(file: &Arc<SourceFile>, error: &serde_saphyr::Error) -> Diagnostic {
    let text = error.to_string();
    let message = text.lines().next().unwrap_or_default();
    // The library begins with the position, which the rendering says already.
    let message = match message.split_once(": ") {
        Some((position, rest)) if position.contains("column") => rest,
        _ => message,
    };
    let message = message.split(", set ").next().unwrap_or(message);
    // Others end in it.
    let message = message.split(" at line ").next().unwrap_or(message);
    let too_deep = format!("this is nested more than {DEEPEST} levels deep");
    let message = if message.starts_with("multiple YAML documents") {
        "`---` begins a second YAML document, and a file holds one"
    } else if message.contains("Depth {") || message.contains("recursion limit") {
        too_deep.as_str()
    } else {
        message
    };
    let place = error.location().unwrap_or(Location::UNKNOWN);
    let offset = line_and_column_offset(&file.text, place.line(), place.column());
    let end = file.text[offset..]
        .chars()
        .next()
        .map_or(offset, |next| offset + next.len_utf8());
    let span = Span {
        file: file.clone(),
        range: offset..end,
    };
    let diagnostic = Diagnostic::new("yaml", span, message);
    let quoted_well = ["duplicate", "`---`", "this is nested"];
    if quoted_well.iter().any(|other| message.starts_with(other)) {
        diagnostic
    } else {
        diagnostic.with_help(QUOTES)
    }
}

/// Errors carry no byte offset, only line and column counted from one.
fn line_and_column_offset(text: &str, line: u64, column: u64) -> usize {
    let mut offset = 0;
    for (number, content) in (1..).zip(text.split_inclusive('\n')) {
        if number == line {
            let within = content
                .char_indices()
                .nth(usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX));
            return offset + within.map_or(content.trim_end().len(), |(index, _)| index);
        }
        offset += content.len();
    }
    text.len()
}

/// The tree before its spans are tied to the file.
enum Raw {
    Scalar(Value),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl Raw {
    fn place(self, location: &Location, file: &Arc<SourceFile>) -> Node {
        let value = match self {
            Raw::Scalar(value) => value,
            Raw::List(items) => Value::List(
                items
                    .into_iter()
                    .map(|item| item.value.place(&item.defined, file))
                    .collect(),
            ),
            Raw::Map(entries) => Value::Map(
                entries
                    .into_iter()
                    .map(|(key, value)| {
                        let span = span_of(&key.defined, file);
                        let text = key.value;
                        (Key { text, span }, value.value.place(&value.defined, file))
                    })
                    .collect(),
            ),
        };
        Node {
            value,
            span: span_of(location, file),
        }
    }
}

fn span_of(location: &Location, file: &Arc<SourceFile>) -> Span {
    let span = location.span();
    let start = offset(span.byte_offset()).min(file.text.len());
    let end = (start + offset(span.byte_len())).min(file.text.len());
    let range: Range<usize> = start..end;
    Span {
        file: file.clone(),
        range,
    }
}

fn offset(bytes: Option<u64>) -> usize {
    bytes
        .and_then(|bytes| usize::try_from(bytes).ok())
        .unwrap_or(0)
}

struct RawVisitor;

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E: Error>(self) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Bool(value)))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Int(value)))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Raw, E> {
        i64::try_from(value)
            .map(|value| Raw::Scalar(Value::Int(value)))
            .map_err(|_| E::custom(format!("{value} is too large for a whole number")))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::Double(value)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Scalar(Value::String(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Raw, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Raw::Map(entries))
    }
}
