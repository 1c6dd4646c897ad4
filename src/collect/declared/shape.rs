//! Declared fields as the schemas that the SDK's readers are led by.

use std::sync::Arc;

use aws_smithy_schema::{Schema, ShapeType};

use super::request::ID;
use crate::fact::{Name, name};
use crate::schema::interned;
use crate::source::{Declared, FieldType, Shape};

/// How a value is read.
#[derive(Debug)]
pub struct Node {
    /// The value as a member of something, or as an element.
    pub member: &'static Schema<'static>,
    /// What becomes of it.
    pub kind: Kind,
}

/// What becomes of a value.
#[derive(Debug)]
pub enum Kind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// Any number.
    Double,
    /// Text.
    String,
    /// A point in time.
    Timestamp,
    /// Free JSON.
    Any,
    /// The price among the terms of a product.
    Price,
    /// A text that is read further.
    Text(TextKind),
    /// The names of a map.
    Keys,
    /// Whether there is anything; free JSON is looked at, in XML text is.
    Present {
        /// Whether the answer is XML.
        xml: bool,
    },
    /// Names and values in a list, as a map.
    Tags(&'static Schema<'static>, Box<[Node; 2]>),
    /// Values of one kind.
    List(Box<Node>),
    /// Values of one kind by names.
    Map(Box<Node>),
    /// Named members.
    Struct(Struct),
    /// Texts by names.
    Entries(Entries),
}

/// Texts by names, each read in its own way.
#[derive(Debug)]
pub struct Entries {
    /// The name of the shape, for messages.
    pub name: String,
    /// The names that are wanted.
    pub entries: Vec<Entry>,
}

/// A text among others.
#[derive(Debug)]
pub struct Entry {
    /// Its name in facts.
    pub name: Name,
    /// Its name in the answer.
    pub wire: String,
    /// Whether it may be left out.
    pub optional: bool,
    /// What it holds.
    pub kind: EntryKind,
}

/// What a text among others holds.
#[derive(Debug)]
pub enum EntryKind {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// Any number.
    Double,
    /// Nothing but itself.
    String,
    /// Seconds since 1970, or a date and time.
    Timestamp,
    /// What is not to be kept.
    Present,
    /// More than text.
    Text(TextKind),
}

/// What a text holds.
#[derive(Clone, Debug)]
pub enum TextKind {
    /// JSON.
    Json,
    /// JSON with these members.
    JsonShape(Arc<Struct>),
    /// An IAM policy document.
    Policy,
    /// An address.
    Url,
}

/// Named members.
#[derive(Debug)]
pub struct Struct {
    /// Its own schema, with its members'.
    pub schema: &'static Schema<'static>,
    /// Its name, for messages.
    pub name: String,
    /// The members in the schema's order.
    pub members: Vec<Member>,
}

/// A member of a struct.
#[derive(Debug)]
pub struct Member {
    /// Its name in facts.
    pub name: Name,
    /// Whether it may be left out.
    pub optional: bool,
    /// How it is read.
    pub node: Node,
}

impl Struct {
    /// A struct of declared fields in an answer of XML or JSON.
    pub fn of<'f>(
        shape_name: &str,
        fields: impl IntoIterator<Item = &'f Declared>,
        xml: bool,
    ) -> Self {
        let members = fields.into_iter().enumerate().map(|(index, field)| Member {
            name: name(&field.name),
            optional: field.optional,
            node: member(field, index, xml),
        });
        Self::new(shape_name, members.collect())
    }

    /// A struct of members whose schemas have their positions.
    pub fn new(shape_name: &str, members: Vec<Member>) -> Self {
        let schemas: Vec<_> = members.iter().map(|member| member.node.member).collect();
        let schema = Schema::new_struct(ID, ShapeType::Structure, schemas.leak());
        Self {
            schema: Box::leak(Box::new(schema)),
            name: shape_name.to_owned(),
            members,
        }
    }
}

/// A declared field at a position among others.
pub fn member(field: &Declared, index: usize, xml: bool) -> Node {
    let wire = interned(&field.wire);
    node(&field.ty, wire, index, xml, &|schema| {
        let schema = if field.flat {
            schema.with_xml_flattened()
        } else {
            schema
        };
        if field.attribute {
            schema.with_xml_attribute().with_xml_name(wire)
        } else {
            schema
        }
    })
}

/// A value of a type that goes by `wire` in its struct.
pub fn node(
    ty: &FieldType,
    wire: &'static str,
    index: usize,
    xml: bool,
    traits: &dyn Fn(Schema<'static>) -> Schema<'static>,
) -> Node {
    let plain = |shape| Schema::new_member(ID, shape, wire, index);
    let (schema, kind) = match ty {
        FieldType::Bool => (plain(ShapeType::Boolean), Kind::Bool),
        FieldType::Int => (plain(ShapeType::Long), Kind::Int),
        FieldType::Double => (plain(ShapeType::Double), Kind::Double),
        FieldType::String => (plain(ShapeType::String), Kind::String),
        FieldType::Timestamp => (plain(ShapeType::Timestamp), Kind::Timestamp),
        FieldType::Any => (plain(ShapeType::Document), Kind::Any),
        FieldType::Price => (plain(ShapeType::Document), Kind::Price),
        FieldType::Present if xml => (plain(ShapeType::String), Kind::Present { xml }),
        FieldType::Present => (plain(ShapeType::Document), Kind::Present { xml }),
        FieldType::Json | FieldType::Policy | FieldType::Url | FieldType::JsonShape(_) => {
            (plain(ShapeType::String), Kind::Text(text_kind(ty)))
        }
        FieldType::List(item) => {
            let item = element(item, xml);
            let schema = plain(ShapeType::List).with_list_member(item.member);
            (schema, Kind::List(Box::new(item)))
        }
        FieldType::Tags { key, value } => {
            let pair = [interned(key), interned(value)];
            let nodes = [0, 1].map(|at| node(&FieldType::String, pair[at], at, xml, &|it| it));
            let members = Box::leak(Box::new([nodes[0].member, nodes[1].member]));
            let target = Schema::new_struct(ID, ShapeType::Structure, members);
            let item = Schema::new_member(ID, ShapeType::Structure, "member", 0);
            let schema = plain(ShapeType::List).with_list_member(Box::leak(Box::new(item)));
            (
                schema,
                Kind::Tags(Box::leak(Box::new(target)), Box::new(nodes)),
            )
        }
        FieldType::Map(value) => {
            let value = element(value, xml);
            (map(plain, value.member), Kind::Map(Box::new(value)))
        }
        FieldType::Keys => (map(plain, &TEXT), Kind::Keys),
        FieldType::Entries(shape) => (map(plain, &TEXT), Kind::Entries(entries(shape))),
        FieldType::Shape(shape) => (
            plain(ShapeType::Structure),
            Kind::Struct(Struct::of(&shape.name, &shape.fields, xml)),
        ),
    };
    Node {
        member: Box::leak(Box::new(traits(schema))),
        kind,
    }
}

static TEXT: Schema<'static> = Schema::new_member(ID, ShapeType::String, "value", 0);

/// What a text of this type holds.
fn text_kind(ty: &FieldType) -> TextKind {
    match ty {
        FieldType::Policy => TextKind::Policy,
        FieldType::Url => TextKind::Url,
        FieldType::JsonShape(shape) => {
            let shape = Struct::of(&shape.name, &shape.fields, false);
            TextKind::JsonShape(Arc::new(shape))
        }
        _ => TextKind::Json,
    }
}

fn entries(shape: &Shape) -> Entries {
    let entries = shape.fields.iter().map(|field| Entry {
        name: name(&field.name),
        wire: field.wire.clone(),
        optional: field.optional,
        kind: match &field.ty {
            FieldType::Bool => EntryKind::Bool,
            FieldType::Int => EntryKind::Int,
            FieldType::Double => EntryKind::Double,
            FieldType::Timestamp => EntryKind::Timestamp,
            FieldType::Present => EntryKind::Present,
            // The loader takes no lists, maps and shapes for texts.
            ty if ty.in_text() => EntryKind::Text(text_kind(ty)),
            _ => EntryKind::String,
        },
    });
    Entries {
        name: shape.name.clone(),
        entries: entries.collect(),
    }
}

fn map(
    plain: impl FnOnce(ShapeType) -> Schema<'static>,
    value: &'static Schema<'static>,
) -> Schema<'static> {
    plain(ShapeType::Map).with_map_members(&TEXT, value)
}

/// A value of a list or map.
fn element(ty: &FieldType, xml: bool) -> Node {
    node(ty, "member", 0, xml, &|schema| schema)
}

/// A list of structs.
pub fn list_of(wire: &'static str, item: Struct) -> Node {
    let element = Schema::new_member(ID, ShapeType::Structure, "member", 0);
    let element: &'static _ = Box::leak(Box::new(element));
    let list = Schema::new_member(ID, ShapeType::List, wire, 0).with_list_member(element);
    Node {
        member: Box::leak(Box::new(list)),
        kind: Kind::List(Box::new(Node {
            member: element,
            kind: Kind::Struct(item),
        })),
    }
}

/// A list of texts, each of which holds a struct as JSON.
pub fn texts_of(wire: &'static str, item: Struct) -> Node {
    let list = Schema::new_member(ID, ShapeType::List, wire, 0).with_list_member(&TEXT);
    Node {
        member: Box::leak(Box::new(list)),
        kind: Kind::List(Box::new(Node {
            member: &TEXT,
            kind: Kind::Text(TextKind::JsonShape(Arc::new(item))),
        })),
    }
}

/// A struct in a struct.
pub fn one_of(wire: &'static str, inner: Struct) -> Node {
    Node {
        member: Box::leak(Box::new(Schema::new_member(
            ID,
            ShapeType::Structure,
            wire,
            0,
        ))),
        kind: Kind::Struct(inner),
    }
}
