//! The types of declared fields: how an answer's members are read.

use std::sync::{Arc, OnceLock};

use crate::policy;
use crate::schema::{Field, Struct, Type};

/// A member of an answer.
#[derive(Debug)]
pub struct Declared {
    /// Its name as facts have it.
    pub name: String,
    /// Its name in the answer.
    pub wire: String,
    /// How it is read.
    pub ty: FieldType,
    /// Whether AWS may leave it out.
    pub optional: bool,
    /// XML: whether it repeats without an element around it.
    pub flat: bool,
    /// XML: whether it is an attribute.
    pub attribute: bool,
}

/// How a member is read, and what fact comes of it.
#[derive(Clone, Debug)]
pub enum FieldType {
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
    /// The terms of a product of the Price List, of which the price of the first unit on demand in
    /// USD is kept.
    Price,
    /// A text that holds JSON.
    Json,
    /// A text that holds JSON with these members.
    JsonShape(Arc<Shape>),
    /// A text that holds an IAM policy document.
    Policy,
    /// An address without the credentials that may stand in it.
    Url,
    /// A map of which the names are kept and the values never read.
    Keys,
    /// Whether there is anything, which is not kept.
    Present,
    /// A list of names and values as a map.
    Tags {
        /// The member that holds the name.
        key: String,
        /// The member that holds the value.
        value: String,
    },
    /// Values of one type.
    List(Box<FieldType>),
    /// Values of one type by text keys.
    Map(Box<FieldType>),
    /// Named members.
    Shape(Arc<Shape>),
    /// A map from names to texts, which are read as the members' types say.
    Entries(Arc<Shape>),
}

/// Named members.
#[derive(Debug)]
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Its members.
    pub fields: Vec<Declared>,
    schema: OnceLock<Arc<Struct>>,
}

impl FieldType {
    /// The type of the facts.
    pub fn schema(&self) -> Type {
        match self {
            FieldType::Bool | FieldType::Present => Type::Bool,
            FieldType::Int => Type::Int,
            FieldType::Double | FieldType::Price => Type::Double,
            FieldType::String | FieldType::Url => Type::String,
            FieldType::Timestamp => Type::Timestamp,
            FieldType::Any | FieldType::Json => Type::Any,
            FieldType::Policy => policy::document_type(),
            FieldType::Keys => Type::list(Type::String),
            FieldType::Tags { .. } => Type::map(Type::String),
            FieldType::List(item) => Type::list(item.schema()),
            FieldType::Map(value) => Type::map(value.schema()),
            FieldType::Shape(shape) | FieldType::Entries(shape) | FieldType::JsonShape(shape) => {
                Type::Struct(shape.schema())
            }
        }
    }

    /// Whether it is a text that holds more than itself.
    pub fn in_text(&self) -> bool {
        matches!(
            self,
            FieldType::Json | FieldType::JsonShape(_) | FieldType::Policy | FieldType::Url
        )
    }

    /// Whether a text can be read as it.
    pub fn from_text(&self) -> bool {
        let scalar = matches!(
            self,
            FieldType::Bool
                | FieldType::Int
                | FieldType::Double
                | FieldType::String
                | FieldType::Timestamp
                | FieldType::Present
        );
        scalar || self.in_text()
    }

    /// Whether what is left out is empty rather than absent.
    pub fn empty_when_absent(&self) -> bool {
        matches!(
            self,
            FieldType::List(_)
                | FieldType::Map(_)
                | FieldType::Keys
                | FieldType::Tags { .. }
                | FieldType::Present
        )
    }
}

impl Shape {
    /// A shape of that name.
    pub fn new(name: &str, fields: Vec<Declared>) -> Self {
        Self {
            name: name.to_owned(),
            fields,
            schema: OnceLock::new(),
        }
    }

    /// The shape as rules see it, made once however many fields are of it.
    pub fn schema(&self) -> Arc<Struct> {
        let make = || Struct::new(&self.name, self.fields.iter().map(Declared::field));
        self.schema.get_or_init(make).clone()
    }
}

impl Declared {
    /// A member that has one name everywhere.
    pub fn plain(name: &str, ty: FieldType, optional: bool) -> Self {
        Self {
            name: name.to_owned(),
            wire: name.to_owned(),
            ty,
            optional,
            flat: false,
            attribute: false,
        }
    }

    /// The field as rules see it.
    pub fn field(&self) -> Field {
        let ty = self.ty.schema();
        if self.optional {
            Field::optional(&self.name, ty)
        } else {
            Field::required(&self.name, ty)
        }
    }
}
