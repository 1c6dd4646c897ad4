//! A request's members on the SDK's serialisers.

use aws_smithy_schema::serde::{SerdeError, SerializableStruct, ShapeSerializer};
use aws_smithy_schema::traits::HttpTrait;
use aws_smithy_schema::{Schema, ShapeId, ShapeType, shape_id};
use aws_smithy_types::DateTime;

use super::value::Value;
use crate::schema::interned;
use crate::source::Call;

pub(super) const ID: ShapeId<'static> = shape_id!("launchgate", "Declared");
/// An element of any list, which has no name of its own.
static ELEMENT: Schema<'static> = Schema::new(ID, ShapeType::String);

/// Members with the schema that says where each of them goes.
#[derive(Debug)]
pub struct Request {
    schema: &'static Schema<'static>,
    members: Vec<(&'static Schema<'static>, Value)>,
}

/// The schema of an operation's request: path, query, headers or body for each of its members,
/// that of a batch among them.
///
/// Like the schemas of answers it lives as long as the program, as the SDK's codecs keep what they
/// learn of a schema with it; there is one for each call of a plan.
pub fn schema(call: &Call, batch: Option<&String>) -> &'static Schema<'static> {
    let tokens = call.pages.iter().flat_map(|pages| &pages.input);
    let named = call.input.iter().map(|(name, _)| name);
    let inputs = named.chain(tokens).chain(batch);
    let headers = call.headers.iter().map(|(name, _)| (name, true));
    let mut names: Vec<(&String, bool)> = inputs.map(|name| (name, false)).chain(headers).collect();
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|(name, _)| seen.insert((*name).clone()));
    let members: Vec<&'static Schema<'static>> = names
        .into_iter()
        .enumerate()
        .map(|(index, (name, header))| member(call, name, header, index))
        .collect();
    let root = Schema::new_struct(ID, ShapeType::Structure, members.leak());
    let root = match &call.http {
        Some((method, path)) => {
            root.with_http(HttpTrait::new(interned(method), interned(path), None))
        }
        None => root,
    };
    Box::leak(Box::new(root))
}

fn member(call: &Call, name: &str, header: bool, index: usize) -> &'static Schema<'static> {
    let name = interned(name);
    let plain = Schema::new_member(ID, ShapeType::String, name, index);
    let member = match &call.http {
        _ if header => plain.with_http_header(name),
        Some((_, path)) if in_path(path, name) => plain.with_http_label(),
        Some((method, _)) if method != "POST" => plain.with_http_query(name),
        _ => plain,
    };
    Box::leak(Box::new(member))
}

fn in_path(path: &str, name: &str) -> bool {
    path.contains(&format!("{{{name}}}")) || path.contains(&format!("{{{name}+}}"))
}

impl Request {
    /// A request with these members; the schema is the call's own.
    pub fn new(schema: &'static Schema<'static>, members: Vec<(String, Value)>) -> Self {
        let known = schema.members();
        let members = members.into_iter().filter_map(|(name, value)| {
            let index = known
                .iter()
                .position(|member| member.member_name() == Some(&name))?;
            Some((static_member(schema, index)?, value))
        });
        Self {
            schema,
            members: members.collect(),
        }
    }
}

fn static_member(
    schema: &'static Schema<'static>,
    index: usize,
) -> Option<&'static Schema<'static>> {
    schema.members().get(index).copied()
}

impl SerializableStruct for Request {
    fn schema(&self) -> &Schema<'_> {
        self.schema
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        for (schema, value) in &self.members {
            write(serializer, schema, value)?;
        }
        Ok(())
    }
}

/// Named values inside of others: nothing but their names is known of them.
struct Inner<'v>(&'v [(String, Value)]);

impl SerializableStruct for Inner<'_> {
    fn schema(&self) -> &Schema<'_> {
        &ELEMENT
    }

    fn serialize_members(&self, serializer: &mut dyn ShapeSerializer) -> Result<(), SerdeError> {
        for (name, value) in self.0 {
            let schema = Schema::new_member(ID, ShapeType::String, name, 0);
            write(serializer, &schema, value)?;
        }
        Ok(())
    }
}

fn write(
    serializer: &mut dyn ShapeSerializer,
    schema: &Schema<'_>,
    value: &Value,
) -> Result<(), SerdeError> {
    match value {
        Value::Text(text) => serializer.write_string(schema, text),
        Value::Bool(value) => serializer.write_boolean(schema, *value),
        Value::Int(value) => serializer.write_long(schema, *value),
        Value::Double(value) => serializer.write_double(schema, *value),
        Value::Time(seconds) => serializer.write_timestamp(schema, &DateTime::from_secs(*seconds)),
        Value::List(items) => serializer.write_list(schema, &|serializer| {
            items
                .iter()
                .try_for_each(|item| write(serializer, &ELEMENT, item))
        }),
        Value::Map(entries) => serializer.write_struct(schema, &Inner(entries)),
    }
}
