//! Values during evaluation: facts are borrowed, never copied.

use std::borrow::Cow;
use std::sync::Arc;

use ::time::{Duration, OffsetDateTime};

use crate::fact::{Fact, Unknown};
use crate::snapshot::Resource;

/// A value.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// Text.
    String(Cow<'a, str>),
    /// A point in time.
    Timestamp(OffsetDateTime),
    /// A length of time.
    Duration(Duration),
    /// A list.
    List(List<'a>),
    /// A struct, a map or free-form JSON.
    Fact(&'a Fact),
    /// A resource.
    Resource(&'a Resource),
}

/// A list in one of its homes.
#[derive(Clone, Debug)]
pub enum List<'a> {
    /// A list among the facts.
    Facts(&'a [Fact]),
    /// Resources, with why there may be more.
    Resources(&'a [&'a Resource], Option<&'a Arc<Unknown>>),
    /// A literal list or a parameter.
    Constants(&'a [Constant]),
    /// A list that the expression made, with why there may be more.
    Values(Arc<Vec<Value<'a>>>, Option<Arc<Unknown>>),
}

/// A literal or a parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Double(f64),
    /// Text.
    String(Arc<str>),
    /// A point in time.
    Timestamp(OffsetDateTime),
    /// A length of time.
    Duration(Duration),
    /// Values of one type.
    List(Arc<[Constant]>),
}

/// A parameter's value, or that nobody has set it.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// Its value.
    Value(Constant),
    /// It has no default, and the user gave none.
    Unset(Arc<Unknown>),
}

impl Constant {
    /// The constant as a value.
    pub fn value(&self) -> Value<'_> {
        match self {
            Constant::Bool(value) => Value::Bool(*value),
            Constant::Int(value) => Value::Int(*value),
            Constant::Double(value) => Value::Double(*value),
            Constant::String(text) => Value::String(Cow::Borrowed(text)),
            Constant::Timestamp(at) => Value::Timestamp(*at),
            Constant::Duration(length) => Value::Duration(*length),
            Constant::List(items) => Value::List(List::Constants(items)),
        }
    }
}

impl<'a> List<'a> {
    /// How many elements were read.
    pub fn len(&self) -> usize {
        match self {
            List::Facts(items) => items.len(),
            List::Resources(items, _) => items.len(),
            List::Constants(items) => items.len(),
            List::Values(items, _) => items.len(),
        }
    }

    /// Whether none was read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Why there may be more elements.
    pub fn rest(&self) -> Option<&Arc<Unknown>> {
        match self {
            List::Facts(_) | List::Constants(_) => None,
            List::Resources(_, rest) => *rest,
            List::Values(_, rest) => rest.as_ref(),
        }
    }
}

impl PartialEq for Value<'_> {
    /// Equality as CEL has it for values of one type.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::Int(left), Value::Int(right)) => left == right,
            (Value::Double(left), Value::Double(right)) => left == right,
            // Only free-form facts let two kinds of number meet; CEL compares them by value.
            #[expect(clippy::cast_precision_loss, reason = "CEL rounds the same way")]
            (Value::Int(whole), Value::Double(other))
            | (Value::Double(other), Value::Int(whole)) => *whole as f64 == *other,
            (Value::String(left), Value::String(right)) => left == right,
            (Value::Timestamp(left), Value::Timestamp(right)) => left == right,
            (Value::Duration(left), Value::Duration(right)) => left == right,
            (Value::Fact(left), Value::Fact(right)) => left == right,
            (Value::Resource(left), Value::Resource(right)) => std::ptr::eq(*left, *right),
            _ => false,
        }
    }
}

impl Value<'_> {
    /// The order of two values of one ordered type.
    pub fn order(&self, other: &Self) -> Option<std::cmp::Ordering> {
        match (self, other) {
            (Value::Bool(left), Value::Bool(right)) => Some(left.cmp(right)),
            (Value::Int(left), Value::Int(right)) => Some(left.cmp(right)),
            (Value::Double(left), Value::Double(right)) => left.partial_cmp(right),
            (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
            (Value::Timestamp(left), Value::Timestamp(right)) => Some(left.cmp(right)),
            (Value::Duration(left), Value::Duration(right)) => Some(left.cmp(right)),
            _ => None,
        }
    }
}
