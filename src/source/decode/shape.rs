//! Fields and shapes: `Name: list<Grant>? from Grants`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Span};
use crate::source::{Declared, FieldType, Protocol, Shape};
use crate::yaml::{Decoder, Node, Value};

/// The words for types that are no shapes.
const WORDS: [&str; 15] = [
    "any",
    "bool",
    "double",
    "int",
    "json",
    "keys",
    "list",
    "map",
    "policy",
    "present",
    "price",
    "string",
    "tags",
    "timestamp",
    "url",
];

/// The shapes of a file, each decoded when it is first named.
pub struct Shapes {
    unread: BTreeMap<String, (Span, Node)>,
    read: BTreeMap<String, Arc<Shape>>,
    /// Those being read, to see a shape that holds itself.
    open: BTreeSet<String>,
    wrong: BTreeSet<String>,
    /// Where free JSON is read, which XML has not.
    free: Vec<Span>,
}

impl Shapes {
    /// The shapes under `shapes:`.
    pub fn read(node: Option<Node>, decoder: &mut Decoder) -> Self {
        let mut shapes = Self {
            unread: BTreeMap::new(),
            read: BTreeMap::new(),
            open: BTreeSet::new(),
            wrong: BTreeSet::new(),
            free: Vec::new(),
        };
        let map = node.and_then(|node| decoder.map("`shapes`", node));
        for (key, node) in map.into_iter().flat_map(|mut map| map.rest()) {
            let upper = key
                .text
                .starts_with(|first: char| first.is_ascii_uppercase());
            if !upper
                || !key
                    .text
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric())
            {
                let message = format!("`{}` is no name for a shape", key.text);
                let help = "letters and digits only, an upper-case letter first";
                decoder.report(Diagnostic::new("bad-name", key.span, message).with_help(help));
                continue;
            }
            shapes.unread.insert(key.text, (key.span, node));
        }
        shapes
    }

    /// Ends the file: shapes that nothing names are mistakes.
    pub fn finish(self, protocol: &Protocol, decoder: &mut Decoder) {
        for (name, (span, _)) in self.unread {
            let message = format!("nothing is of shape `{name}`");
            decoder.report(Diagnostic::new("unused-shape", span, message));
        }
        if protocol.is_xml() {
            for span in self.free {
                let message = "XML has no free-form members: name what is to be read";
                decoder.report(Diagnostic::new("wrong-type", span, message));
            }
        }
    }

    fn get(&mut self, name: &str, span: &Span, decoder: &mut Decoder) -> Option<Arc<Shape>> {
        if let Some(shape) = self.read.get(name) {
            return Some(shape.clone());
        }
        if self.wrong.contains(name) {
            return None;
        }
        if self.open.contains(name) {
            let message = format!("shape `{name}` holds itself");
            let help = "end it where a rule would: leave the inner member out";
            decoder.report(Diagnostic::new("recursive", span.clone(), message).with_help(help));
            return None;
        }
        let Some((_, node)) = self.unread.remove(name) else {
            let message = format!("there is no type or shape `{name}`");
            let names = self.unread.keys().chain(self.read.keys());
            let names = names.map(String::as_str).chain(WORDS);
            decoder.report(
                Diagnostic::new("unknown-type", span.clone(), message).suggest(name, names),
            );
            return None;
        };
        self.open.insert(name.to_owned());
        let before = decoder.diagnostics.len();
        let fields = self.fields(&format!("shape `{name}`"), node, decoder);
        self.open.remove(name);
        if decoder.diagnostics.len() > before {
            self.wrong.insert(name.to_owned());
            return None;
        }
        let shape = Arc::new(Shape::new(name, fields));
        self.read.insert(name.to_owned(), shape.clone());
        Some(shape)
    }

    /// The fields of a shape, of a list's items or of a detail.
    pub fn fields(&mut self, what: &str, node: Node, decoder: &mut Decoder) -> Vec<Declared> {
        let map = decoder.map(what, node);
        let entries = map.into_iter().flat_map(|mut map| map.rest());
        entries
            .filter_map(|(key, node)| self.field(key.text, node, decoder))
            .collect()
    }

    fn field(&mut self, name: String, node: Node, decoder: &mut Decoder) -> Option<Declared> {
        let what = format!("field `{name}`");
        let (text, span, from, flat, attribute) = match node.value {
            Value::Map(_) => {
                let mut map = decoder.map(&what, node)?;
                let ty = map.require_string("type", decoder);
                let from = map.take_string("from", decoder);
                let mut flag = |key: &'static str| {
                    let node = map.take(key);
                    node.and_then(|node| decoder.bool(&format!("`{key}`"), node))
                        .unwrap_or(false)
                };
                let (flat, attribute) = (flag("flat"), flag("attribute"));
                map.finish(decoder);
                let (text, span) = ty?;
                (text, span, from.map(|(from, _)| from), flat, attribute)
            }
            _ => {
                let (text, span) = decoder.string(&what, node)?;
                match text.split_once(" from ") {
                    Some((ty, from)) => {
                        let from = from.trim().to_owned();
                        (ty.trim().to_owned(), span, Some(from), false, false)
                    }
                    None => (text, span, None, false, false),
                }
            }
        };
        let (text, optional) = match text.strip_suffix('?') {
            Some(text) => (text, true),
            None => (text.as_str(), false),
        };
        let ty = self.field_type(text, &span, decoder)?;
        if optional && ty.empty_when_absent() {
            let message = format!("a {text} is never absent: what AWS leaves out is empty");
            decoder.report(
                Diagnostic::new("wrong-type", span, message).with_help("leave out the `?`"),
            );
            return None;
        }
        Some(Declared {
            wire: from.unwrap_or_else(|| name.clone()),
            name,
            ty,
            optional,
            flat,
            attribute,
        })
    }

    fn field_type(&mut self, text: &str, span: &Span, decoder: &mut Decoder) -> Option<FieldType> {
        Some(match text {
            "bool" => FieldType::Bool,
            "int" => FieldType::Int,
            "double" => FieldType::Double,
            "string" => FieldType::String,
            "timestamp" => FieldType::Timestamp,
            "json" => FieldType::Json,
            "policy" => FieldType::Policy,
            "keys" => FieldType::Keys,
            "present" => FieldType::Present,
            "url" => FieldType::Url,
            "tags" => tags("Key", "Value"),
            "any" | "price" => {
                self.free.push(span.clone());
                match text {
                    "any" => FieldType::Any,
                    _ => FieldType::Price,
                }
            }
            _ => match text
                .split_once('<')
                .and_then(|(word, rest)| Some((word, rest.strip_suffix('>')?)))
            {
                Some(("list", item)) => {
                    FieldType::List(Box::new(self.field_type(item, span, decoder)?))
                }
                Some(("map", value)) => {
                    FieldType::Map(Box::new(self.field_type(value, span, decoder)?))
                }
                Some(("json", shape)) => FieldType::JsonShape(self.get(shape, span, decoder)?),
                Some(("entries", shape)) => {
                    let shape = self.get(shape, span, decoder)?;
                    entries(shape, span, decoder)?
                }
                Some(("tags", names)) => match names.split_once(',') {
                    Some((key, value)) => tags(key.trim(), value.trim()),
                    None => return wrong_tags(span, decoder),
                },
                _ => FieldType::Shape(self.get(text, span, decoder)?),
            },
        })
    }
}

fn entries(shape: Arc<Shape>, span: &Span, decoder: &mut Decoder) -> Option<FieldType> {
    let wrong = shape.fields.iter().find(|field| !field.ty.from_text());
    if let Some(field) = wrong {
        let message = format!(
            "`{}` of {} is no type that a text can be read as",
            field.name, shape.name
        );
        decoder.report(Diagnostic::new("wrong-type", span.clone(), message));
        return None;
    }
    Some(FieldType::Entries(shape))
}

fn tags(key: &str, value: &str) -> FieldType {
    FieldType::Tags {
        key: key.to_owned(),
        value: value.to_owned(),
    }
}

fn wrong_tags(span: &Span, decoder: &mut Decoder) -> Option<FieldType> {
    let message = "tags name two members: tags<key,value>";
    decoder.report(Diagnostic::new("unknown-type", span.clone(), message));
    None
}
