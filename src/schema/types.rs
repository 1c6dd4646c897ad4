//! The types that facts and expressions have.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A type. `Display` prints it the way rule authors read it: `list<string>`.
#[derive(Clone, Debug, PartialEq)]
pub enum Type {
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Int,
    /// A number with a fraction.
    Double,
    /// Text.
    String,
    /// A point in time, RFC 3339 in facts.
    Timestamp,
    /// A length of time; only met inside expressions.
    Duration,
    /// Values of one type.
    List(Box<Type>),
    /// Values of one type by text keys.
    Map(Box<Type>),
    /// Named fields.
    Struct(Arc<Struct>),
    /// A resource of the named type.
    Resource(&'static str),
    /// Free-form JSON, checked when it is read.
    Any,
}

/// A set of named fields.
#[derive(Debug, PartialEq)]
pub struct Struct {
    /// AWS's name for the shape.
    pub name: String,
    /// The fields by name.
    pub fields: BTreeMap<String, Field>,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// AWS's name, as the CLI prints it.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Whether AWS may leave it out. Lists and maps never count as left out: they are empty.
    pub optional: bool,
}

impl Field {
    /// A field that every answer holds.
    pub fn required(name: &str, ty: Type) -> Self {
        Self {
            name: name.to_owned(),
            ty,
            optional: false,
        }
    }

    /// A field that AWS may leave out.
    pub fn optional(name: &str, ty: Type) -> Self {
        let optional = !matches!(ty, Type::List(_) | Type::Map(_));
        Self {
            name: name.to_owned(),
            ty,
            optional,
        }
    }
}

impl Struct {
    /// A shape from its fields.
    pub fn new(name: &str, fields: impl IntoIterator<Item = Field>) -> Arc<Self> {
        Arc::new(Self {
            name: name.to_owned(),
            fields: fields
                .into_iter()
                .map(|field| (field.name.clone(), field))
                .collect(),
        })
    }
}

impl Type {
    /// A list of `item`.
    pub fn list(item: Type) -> Self {
        Type::List(Box::new(item))
    }

    /// A map to `value`.
    pub fn map(value: Type) -> Self {
        Type::Map(Box::new(value))
    }
}

impl std::fmt::Display for Type {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Type::Bool => f.write_str("bool"),
            Type::Int => f.write_str("int"),
            Type::Double => f.write_str("double"),
            Type::String => f.write_str("string"),
            Type::Timestamp => f.write_str("timestamp"),
            Type::Duration => f.write_str("duration"),
            Type::List(item) => write!(f, "list<{item}>"),
            Type::Map(value) => write!(f, "map<string, {value}>"),
            Type::Struct(shape) => f.write_str(&shape.name),
            Type::Resource(name) => f.write_str(name),
            Type::Any => f.write_str("any"),
        }
    }
}
