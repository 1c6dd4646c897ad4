//! What operators and list accesses do with values, once these are there.

use std::borrow::Cow;

use super::eval::{Failure, Outcome};
use super::facts::{missing, value_of};
use super::ir::{Arithmetic, Comparison, ELEMENT, FieldAccess};
use super::value::{List, Value};
use crate::fact::Fact;
use crate::schema::Type;

pub(super) fn error(message: &str) -> Failure {
    Failure::Error(message.into())
}

/// Whether a fact is there; an unreadable one is neither there nor not.
pub(super) fn present(fact: Option<&Fact>) -> Result<bool, Failure> {
    match fact {
        Some(Fact::Unknown(unknown)) => Err(Failure::Unknown(unknown.clone())),
        fact => Ok(fact.is_some()),
    }
}

pub(super) fn field<'a>(base: Value<'a>, access: &'a FieldAccess) -> Outcome<'a> {
    let Value::Fact(Fact::Object(object)) = base else {
        return Err(error("a field is read of a value that has none"));
    };
    match object.get(&access.name) {
        Some(fact) => value_of(fact, &access.ty, &access.origin),
        None if access.optional => Err(Failure::Absent(access.origin.written().into())),
        None => Err(missing(&access.origin)),
    }
}

pub(super) fn has_field<'a>(base: Value<'a>, access: &FieldAccess) -> Outcome<'a> {
    match base {
        Value::Fact(Fact::Object(object)) => present(object.get(&access.name)).map(Value::Bool),
        _ => Ok(Value::Bool(false)),
    }
}

pub(super) fn list_of(value: Value<'_>) -> Result<List<'_>, Failure> {
    match value {
        Value::List(list) => Ok(list),
        _ => Err(error("a value that should be a list is none")),
    }
}

pub(super) fn text(value: Value<'_>) -> Result<Cow<'_, str>, Failure> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(error("a value that should be text is none")),
    }
}

pub(super) fn int(value: Value<'_>) -> Result<i64, Failure> {
    match value {
        Value::Int(value) => Ok(value),
        _ => Err(error("a value that should be a whole number is none")),
    }
}

pub(super) fn element<'a>(list: &List<'a>, position: usize, item: &Type) -> Outcome<'a> {
    match list {
        List::Facts(facts) => value_of(&facts[position], item, &ELEMENT),
        List::Resources(resources, _) => Ok(Value::Resource(resources[position])),
        List::Constants(constants) => Ok(constants[position].value()),
        List::Values(values, _) => Ok(values[position].clone()),
    }
}

pub(super) fn element_at<'a>(list: &List<'a>, at: i64, item: &Type) -> Outcome<'a> {
    // Among unread elements there may be some that stand before the read ones.
    read_to_its_end(list)?;
    match usize::try_from(at).ok().filter(|at| *at < list.len()) {
        Some(position) => element(list, position, item),
        None => Err(error(&format!("the list has no element [{at}]"))),
    }
}

pub(super) fn map_value<'a>(map: &Value<'a>, key: &str, ty: &Type) -> Outcome<'a> {
    match map {
        Value::Fact(Fact::Object(object)) => match object.get(key) {
            Some(fact) => value_of(fact, ty, &ELEMENT),
            None => Err(Failure::Absent(format!("the entry `{key}`").into())),
        },
        _ => Err(error("an entry is read of a value that is no map")),
    }
}

pub(super) fn is_in(wanted: &Value<'_>, list: &List<'_>, item: &Type) -> Result<bool, Failure> {
    let mut failure: Option<Failure> = None;
    for position in 0..list.len() {
        match element(list, position, item) {
            Ok(value) => match equal(&value, wanted) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(failed) => failure = Some(failed.after(failure)),
            },
            Err(failed) => failure = Some(failed.after(failure)),
        }
    }
    match read_to_its_end(list) {
        Err(unread) => Err(unread.after(failure)),
        Ok(()) => failure.map_or(Ok(false), Err),
    }
}

pub(super) fn compare(
    comparison: Comparison,
    left: &Value<'_>,
    right: &Value<'_>,
) -> Result<bool, Failure> {
    match comparison {
        Comparison::Equal => return equal(left, right),
        Comparison::NotEqual => return equal(left, right).map(|equal| !equal),
        _ => {}
    }
    let order = left
        .order(right)
        .ok_or_else(|| error("two values have no order"))?;
    Ok(match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        _ => order.is_ge(),
    })
}

/// Equality. Free-form facts may hold something unread at any depth, which leaves it open.
fn equal(left: &Value<'_>, right: &Value<'_>) -> Result<bool, Failure> {
    match (left, right) {
        (Value::Fact(left), Value::Fact(right)) => {
            all_read(left)?;
            all_read(right)?;
            Ok(left == right)
        }
        (Value::List(List::Facts(left)), Value::List(List::Facts(right))) => {
            left.iter().chain(*right).try_for_each(all_read)?;
            Ok(left == right)
        }
        _ => Ok(left == right),
    }
}

fn all_read(fact: &Fact) -> Result<(), Failure> {
    match fact {
        Fact::Unknown(unknown) => Err(Failure::Unknown(unknown.clone())),
        Fact::List(items) => items.iter().try_for_each(all_read),
        Fact::Object(object) => object.iter().try_for_each(|(_, fact)| all_read(fact)),
        _ => Ok(()),
    }
}

/// Refuses a list that may have further elements, where all of them count.
pub(super) fn read_to_its_end(list: &List<'_>) -> Result<(), Failure> {
    match list.rest() {
        Some(unknown) => Err(Failure::Unknown(unknown.clone())),
        None => Ok(()),
    }
}

/// Refuses what a function must not take for a whole value: an unread rest or element of a list.
pub(super) fn whole_lists(arguments: &[Value<'_>]) -> Result<(), Failure> {
    arguments.iter().try_for_each(|argument| match argument {
        Value::List(list) => {
            read_to_its_end(list)?;
            match list {
                List::Facts(facts) => facts.iter().try_for_each(all_read),
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    })
}

pub(super) fn negate(value: Value<'_>) -> Outcome<'_> {
    match value {
        Value::Int(value) => value.checked_neg().map(Value::Int).ok_or_else(overflow),
        Value::Double(value) => Ok(Value::Double(-value)),
        _ => Err(error("a value that is no number is negated")),
    }
}

fn overflow() -> Failure {
    error("a number grows too large")
}

pub(super) fn arithmetic<'a>(
    operator: Arithmetic,
    left: &Value<'a>,
    right: &Value<'a>,
) -> Outcome<'a> {
    use Arithmetic as A;
    Ok(match (operator, left, right) {
        (_, Value::Int(left), Value::Int(right)) => {
            let result = match operator {
                A::Add => left.checked_add(*right),
                A::Subtract => left.checked_sub(*right),
                A::Multiply => left.checked_mul(*right),
                A::Divide | A::Remainder if *right == 0 => {
                    return Err(error("a number is divided by zero"));
                }
                A::Divide => left.checked_div(*right),
                A::Remainder => left.checked_rem(*right),
            };
            Value::Int(result.ok_or_else(overflow)?)
        }
        (A::Add, Value::Double(left), Value::Double(right)) => Value::Double(left + right),
        (A::Subtract, Value::Double(left), Value::Double(right)) => Value::Double(left - right),
        (A::Multiply, Value::Double(left), Value::Double(right)) => Value::Double(left * right),
        (A::Divide, Value::Double(left), Value::Double(right)) => Value::Double(left / right),
        (A::Add, Value::String(left), Value::String(right)) => {
            Value::String(Cow::Owned(format!("{left}{right}")))
        }
        (A::Subtract, Value::Timestamp(left), Value::Timestamp(right)) => {
            Value::Duration(*left - *right)
        }
        (A::Add, Value::Timestamp(at), Value::Duration(length))
        | (A::Add, Value::Duration(length), Value::Timestamp(at)) => {
            Value::Timestamp(at.checked_add(*length).ok_or_else(overflow)?)
        }
        (A::Subtract, Value::Timestamp(at), Value::Duration(length)) => {
            Value::Timestamp(at.checked_sub(*length).ok_or_else(overflow)?)
        }
        (A::Add, Value::Duration(left), Value::Duration(right)) => {
            Value::Duration(left.checked_add(*right).ok_or_else(overflow)?)
        }
        (A::Subtract, Value::Duration(left), Value::Duration(right)) => {
            Value::Duration(left.checked_sub(*right).ok_or_else(overflow)?)
        }
        _ => return Err(error("an operator meets values it does not take")),
    })
}
