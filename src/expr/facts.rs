//! From facts to values of the type that the schema promised.

use std::borrow::Cow;
use std::sync::Arc;

use super::eval::Failure;
use super::ir::Origin;
use super::time::parse_timestamp;
use super::value::{List, Value};
use crate::fact::{Fact, Unknown};
use crate::schema::Type;

/// The fact as a value of `ty`. A fact of another type is an answer that AWS's own description
/// rules out: unknown, not an error of the rule.
pub fn value_of<'a>(fact: &'a Fact, ty: &Type, origin: &Origin) -> Result<Value<'a>, Failure> {
    Ok(match (fact, ty) {
        (Fact::Unknown(unknown), _) => return Err(Failure::Unknown(unknown.clone())),
        (Fact::Bool(value), Type::Bool | Type::Any) => Value::Bool(*value),
        (Fact::Int(value), Type::Int | Type::Any) => Value::Int(*value),
        (Fact::Double(value), Type::Double | Type::Any) => Value::Double(*value),
        #[expect(clippy::cast_precision_loss, reason = "JSON writes 80.0 as 80 too")]
        (Fact::Int(value), Type::Double) => Value::Double(*value as f64),
        (Fact::String(text), Type::String | Type::Any) => Value::String(Cow::Borrowed(text)),
        (Fact::String(text), Type::Timestamp) => match parse_timestamp(text) {
            Some(at) => Value::Timestamp(at),
            None => return Err(wrong_type(fact, ty, origin)),
        },
        (Fact::List(items), Type::List(_) | Type::Any) => Value::List(List::Facts(items)),
        (Fact::Object(_), Type::Struct(_) | Type::Map(_) | Type::Any) => Value::Fact(fact),
        _ => return Err(wrong_type(fact, ty, origin)),
    })
}

fn wrong_type(fact: &Fact, ty: &Type, origin: &Origin) -> Failure {
    Failure::Unknown(Arc::new(Unknown {
        operation: origin.operation.to_owned(),
        region: String::new(),
        code: "InvalidResponse".to_owned(),
        message: format!(
            "{} should be of type {ty}, and the answer holds a {}",
            origin.written(),
            fact.kind()
        ),
        iam_action: None,
    }))
}

/// The reason for a field that every answer should hold and this one does not.
pub fn missing(origin: &Origin) -> Failure {
    Failure::Unknown(Arc::new(Unknown {
        operation: origin.operation.to_owned(),
        region: String::new(),
        code: "MissingField".to_owned(),
        message: format!("the answer lacks {}", origin.written()),
        iam_action: None,
    }))
}
