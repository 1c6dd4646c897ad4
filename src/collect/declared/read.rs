//! Answers into facts, led by the declared shapes.

use std::sync::Arc;

use aws_smithy_schema::Schema;
use aws_smithy_schema::serde::{SerdeError, ShapeDeserializer};
use aws_smithy_types::{Document, Number};

use super::price;
use super::shape::{Kind, Member, Node, Struct};
use super::text;
use crate::collect::time::rfc3339;
use crate::fact::{Fact, Name, Object, Unknown};

/// A reading under way: whose answer it is, and where it is wrong.
pub struct Reading {
    /// What a missing member becomes, its message aside.
    pub unknown: Unknown,
    /// The names on the way to a mistake, the innermost first.
    trail: Vec<String>,
}

impl Reading {
    /// A reading of the answer of `unknown`'s operation and region.
    pub fn new(unknown: Unknown) -> Self {
        Self {
            unknown,
            trail: Vec::new(),
        }
    }

    /// Reads a whole answer.
    ///
    /// # Errors
    /// Where in the answer something is not what was declared.
    pub fn answer(
        &mut self,
        shape: &Struct,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Object, String> {
        self.members(shape, deserializer).map_err(|error| {
            let path: Vec<&str> = self.trail.iter().rev().map(String::as_str).collect();
            match path.as_slice() {
                [] => error.to_string(),
                _ => format!("{}: {error}", path.join(".")),
            }
        })
    }

    fn members(
        &mut self,
        shape: &Struct,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Object, SerdeError> {
        let mut facts: Vec<Option<Fact>> = Vec::new();
        facts.resize_with(shape.members.len(), || None);
        deserializer.read_struct(shape.schema, &mut |schema, deserializer| {
            let index = schema.member_name().and(schema.member_index());
            let Some((index, member)) = index.and_then(|at| Some((at, shape.members.get(at)?)))
            else {
                return deserializer.skip_value();
            };
            let fact = self
                .value(&member.node, deserializer)
                .inspect_err(|_| self.trail.push(member.name.to_string()))?;
            facts[index] = Some(fact);
            Ok(())
        })?;
        Ok(self.complete(shape, facts))
    }

    /// What was left out is empty, absent, or unknown.
    fn complete(&self, shape: &Struct, facts: Vec<Option<Fact>>) -> Object {
        let members = shape.members.iter().zip(facts);
        let entries = members.filter_map(|(member, fact)| {
            let empty_text = matches!(member.node.kind, Kind::Text(_) | Kind::Price);
            let fact = fact.filter(|fact| !(empty_text && *fact == Fact::Null));
            let fact = fact.or_else(|| self.left_out(shape, member))?;
            Some((member.name.clone(), fact))
        });
        Object::new(entries.collect())
    }

    fn left_out(&self, shape: &Struct, member: &Member) -> Option<Fact> {
        match &member.node.kind {
            Kind::List(_) | Kind::Keys => Some(Fact::List(Vec::new())),
            Kind::Map(_) | Kind::Tags(..) => Some(Fact::Object(Object::default())),
            Kind::Present { .. } => Some(Fact::Bool(false)),
            _ if member.optional => None,
            _ => Some(self.missing(&member.name, &shape.name)),
        }
    }

    /// A member that every answer should have.
    pub fn missing(&self, member: &str, shape: &str) -> Fact {
        Fact::Unknown(Arc::new(Unknown {
            code: "MissingField".to_owned(),
            message: format!("the answer has no {member} in {shape}"),
            ..self.unknown.clone()
        }))
    }

    fn value(
        &mut self,
        node: &Node,
        deserializer: &mut dyn ShapeDeserializer,
    ) -> Result<Fact, SerdeError> {
        let schema = node.member;
        Ok(match &node.kind {
            Kind::Bool => Fact::Bool(deserializer.read_boolean(schema)?),
            Kind::Int => Fact::Int(deserializer.read_long(schema)?),
            Kind::Double => Fact::Double(deserializer.read_double(schema)?),
            Kind::String => Fact::string(deserializer.read_string(schema)?),
            Kind::Timestamp => timestamp(deserializer, schema)?,
            Kind::Any => document(deserializer.read_document(schema)?)?,
            Kind::Price => price::read(&document(deserializer.read_document(schema)?)?)
                .map_err(SerdeError::custom)?,
            Kind::Text(kind) => text::read(kind, &deserializer.read_string(schema)?, self),
            Kind::Present { xml } => Fact::Bool(present(deserializer, schema, *xml)?),
            Kind::Keys => keys(deserializer, schema)?,
            Kind::Tags(target, pair) => tags(deserializer, schema, target, pair)?,
            Kind::List(item) => self.list(item, deserializer, schema)?,
            Kind::Map(value) => self.map(value, deserializer, schema)?,
            Kind::Struct(shape) => Fact::Object(self.members(shape, deserializer)?),
            Kind::Entries(entries) => {
                let mut texts = Vec::new();
                deserializer.read_map(schema, &mut |key, deserializer| {
                    texts.push((key, deserializer.read_string(schema)?));
                    Ok(())
                })?;
                text::entries(entries, &texts, self)
            }
        })
    }

    fn list(
        &mut self,
        item: &Node,
        deserializer: &mut dyn ShapeDeserializer,
        schema: &Schema<'_>,
    ) -> Result<Fact, SerdeError> {
        let mut items = Vec::new();
        deserializer.read_list(schema, &mut |deserializer| {
            if deserializer.is_null() {
                return deserializer.read_null();
            }
            let fact = self
                .value(item, deserializer)
                .inspect_err(|_| self.trail.push(format!("[{}]", items.len())))?;
            items.push(fact);
            Ok(())
        })?;
        Ok(Fact::List(items))
    }

    fn map(
        &mut self,
        value: &Node,
        deserializer: &mut dyn ShapeDeserializer,
        schema: &Schema<'_>,
    ) -> Result<Fact, SerdeError> {
        let mut entries: Vec<(Name, Fact)> = Vec::new();
        deserializer.read_map(schema, &mut |key, deserializer| {
            if deserializer.is_null() {
                return deserializer.read_null();
            }
            let fact = self
                .value(value, deserializer)
                .inspect_err(|_| self.trail.push(key.clone()))?;
            entries.push((key.into(), fact));
            Ok(())
        })?;
        Ok(Fact::Object(Object::new(entries)))
    }
}

fn timestamp(
    deserializer: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
) -> Result<Fact, SerdeError> {
    let at = deserializer.read_timestamp(schema)?;
    let text = rfc3339(&at).ok_or_else(|| SerdeError::custom("a time is out of range"))?;
    Ok(Fact::string(text))
}

/// The names of a map; what they stand for may be secret and goes no further than here.
fn keys(deserializer: &mut dyn ShapeDeserializer, schema: &Schema<'_>) -> Result<Fact, SerdeError> {
    let mut names = Vec::new();
    deserializer.read_map(schema, &mut |key, deserializer| {
        names.push(key);
        deserializer.skip_value()
    })?;
    names.sort_unstable();
    Ok(Fact::List(names.into_iter().map(Fact::string).collect()))
}

/// Whether there is anything, which goes no further than here.
fn present(
    deserializer: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    xml: bool,
) -> Result<bool, SerdeError> {
    if xml {
        return Ok(!deserializer.read_string(schema)?.is_empty());
    }
    Ok(match deserializer.read_document(schema)? {
        Document::Null => false,
        Document::String(text) => !text.is_empty(),
        Document::Array(items) => !items.is_empty(),
        Document::Object(entries) => !entries.is_empty(),
        _ => true,
    })
}

fn tags(
    deserializer: &mut dyn ShapeDeserializer,
    schema: &Schema<'_>,
    target: &'static Schema<'static>,
    pair: &[Node; 2],
) -> Result<Fact, SerdeError> {
    let mut entries: Vec<(Name, Fact)> = Vec::new();
    deserializer.read_list(schema, &mut |deserializer| {
        let mut texts: [Option<String>; 2] = [None, None];
        deserializer.read_struct(target, &mut |member, deserializer| match member
            .member_name()
            .and(member.member_index())
        {
            Some(at @ (0 | 1)) => {
                texts[at] = Some(deserializer.read_string(pair[at].member)?);
                Ok(())
            }
            _ => deserializer.skip_value(),
        })?;
        let [key, value] = texts;
        let key = key.ok_or_else(|| SerdeError::custom("a tag without a name"))?;
        entries.push((key.into(), Fact::string(value.unwrap_or_default())));
        Ok(())
    })?;
    Ok(Fact::Object(Object::new(entries)))
}

/// Free JSON as a fact.
fn document(document: Document) -> Result<Fact, SerdeError> {
    Ok(match document {
        Document::Null => Fact::Null,
        Document::Bool(value) => Fact::Bool(value),
        Document::String(text) => Fact::string(text),
        Document::Number(Number::PosInt(value)) => Fact::Int(
            i64::try_from(value).map_err(|_| SerdeError::custom("a number is too large"))?,
        ),
        Document::Number(Number::NegInt(value)) => Fact::Int(value),
        Document::Number(Number::Float(value)) => Fact::Double(value),
        Document::Array(items) => Fact::List(
            items
                .into_iter()
                .map(self::document)
                .collect::<Result<_, _>>()?,
        ),
        Document::Object(entries) => {
            let entries = entries.into_iter();
            let facts = entries.map(|(key, value)| Ok((Name::from(key), self::document(value)?)));
            Fact::Object(Object::new(facts.collect::<Result<_, SerdeError>>()?))
        }
    })
}
