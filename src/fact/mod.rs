//! Facts: what was read of an account, with the names and shapes that the AWS CLI prints.
//!
//! A fact is JSON with one addition: [`Fact::Unknown`] stands where a value could not be read and
//! carries why. Absence is a missing name in an [`Object`], never a null of its own.

mod json;
mod name;
mod object;
mod unknown;

pub use json::{FactSeed, Interner};
pub use name::{Name, name};
pub use object::Object;
pub use unknown::Unknown;

use std::sync::Arc;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// Only met inside free-form JSON (a policy condition, say).
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Double(f64),
    /// Text. Timestamps are text too, in RFC 3339, as the CLI prints them.
    String(Box<str>),
    /// Values in the order AWS gave them.
    List(Vec<Fact>),
    /// Named values.
    Object(Object),
    /// The value could not be read.
    Unknown(Arc<Unknown>),
}

impl Fact {
    /// Text from anything text-like.
    pub fn string(text: impl Into<Box<str>>) -> Self {
        Fact::String(text.into())
    }

    /// The text of a string fact.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Fact::String(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Fact::Null => "null",
            Fact::Bool(_) => "bool",
            Fact::Int(_) => "int",
            Fact::Double(_) => "double",
            Fact::String(_) => "string",
            Fact::List(_) => "list",
            Fact::Object(_) => "object",
            Fact::Unknown(_) => "unknown",
        }
    }
}
