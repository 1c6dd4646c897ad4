//! Evaluation: pure, without a clock, and honest about what was not read.
//!
//! What could not be read travels as [`Failure::Unknown`]. `false && unknown` is false and
//! `true || unknown` is true, on either side; `exists` over a partly read list is true if the read
//! part has a witness, `all` is false if it has a counterexample, else both are unknown.

use std::borrow::Cow;
use std::sync::Arc;

use ::time::OffsetDateTime;

use super::facts::{missing, value_of};
use super::functions;
use super::ir::{Arithmetic, Comparison, Expr, FieldAccess, Fold, Identity, Node, ResourceAccess};
use super::value::{Constant, List, Value};
use crate::fact::{Fact, Unknown};
use crate::schema::{Relation, Type};
use crate::snapshot::{Found, Index, Resource, relation_keys};

/// Why an expression has no value.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// Something it needs could not be read.
    Unknown(Arc<Unknown>),
    /// An optional field is not there; carries its path.
    Absent(Arc<str>),
    /// It has no value for these facts (`1 / 0`).
    Error(Box<str>),
}

type Outcome<'a> = Result<Value<'a>, Failure>;

/// What an expression sees.
#[derive(Clone, Copy)]
pub struct Scope<'a, 's> {
    /// The rest of the snapshot.
    pub index: &'a Index<'s>,
    /// The resource under test.
    pub resource: &'a Resource,
    /// The rule's parameters, in their order.
    pub params: &'a [Constant],
    /// The time that counts as now.
    pub now: OffsetDateTime,
}

impl<'a> Scope<'a, '_> {
    /// The value of an expression.
    ///
    /// # Errors
    /// When the facts do not give it one.
    pub fn eval(&self, expr: &'a Expr) -> Outcome<'a> {
        self.node(&expr.root, &mut Vec::new())
    }

    /// What the expression looked at: each path with its value, or why it has none.
    pub fn evidence(
        &self,
        expr: &'a Expr,
    ) -> impl Iterator<Item = (&'a str, Result<Value<'a>, Failure>)> {
        let values = expr.evidence.iter();
        values.map(|(path, node)| (path.as_str(), self.node(node, &mut Vec::new())))
    }

    fn node(&self, node: &'a Node, locals: &mut Vec<Value<'a>>) -> Outcome<'a> {
        match node {
            Node::Constant(constant) => Ok(constant.value()),
            Node::Resource => Ok(Value::Resource(self.resource)),
            Node::Param(position) => Ok(self.params[*position].value()),
            Node::Now => Ok(Value::Timestamp(self.now)),
            Node::Local(depth) => Ok(locals[*depth].clone()),
            Node::Identity(base, identity) => {
                let resource = self.resource(base, locals)?;
                Ok(Value::String(Cow::Borrowed(match identity {
                    Identity::Id => &resource.id,
                    Identity::Arn => &resource.arn,
                    Identity::Account => &resource.account,
                    Identity::Region => &resource.region,
                })))
            }
            Node::ResourceField(base, access) => {
                self.resource_field(self.resource(base, locals)?, access)
            }
            Node::Field(base, access) => field(self.node(base, locals)?, access),
            Node::HasResourceField(base, access) => {
                let resource = self.resource(base, locals)?;
                let fact = self.resource_fact(resource, access)?;
                present(fact).map(Value::Bool)
            }
            Node::HasField(base, access) => has_field(self.node(base, locals)?, access),
            Node::Related(base, access, relation) => {
                self.related(self.resource(base, locals)?, access, relation)
            }
            Node::HasRelated(base, access, relation) => {
                match self.related(self.resource(base, locals)?, access, relation) {
                    Ok(_) => Ok(Value::Bool(true)),
                    Err(Failure::Absent(_)) => Ok(Value::Bool(false)),
                    Err(failure) => Err(failure),
                }
            }
            Node::Collection {
                resource_type,
                everywhere,
            } => {
                let Resource {
                    account, region, ..
                } = self.resource;
                let found = self
                    .index
                    .collection(resource_type.name, account, region, *everywhere);
                Ok(Value::List(List::Resources(found.resources, found.rest)))
            }
            Node::ListIndex(list, at, item) => {
                let list = list_of(self.node(list, locals)?)?;
                let at = int(self.node(at, locals)?)?;
                element_at(&list, at, item)
            }
            Node::MapIndex(map, key, value) => {
                let map = self.node(map, locals)?;
                let key = text(self.node(key, locals)?)?;
                map_value(&map, &key, value)
            }
            Node::Not(inner) => Ok(Value::Bool(!self.bool(inner, locals)?)),
            Node::And(left, right) => self.junction(left, right, false, locals),
            Node::Or(left, right) => self.junction(left, right, true, locals),
            Node::If(condition, then, otherwise) => {
                let chosen = if self.bool(condition, locals)? {
                    then
                } else {
                    otherwise
                };
                self.node(chosen, locals)
            }
            Node::Compare(comparison, left, right) => {
                let left = self.node(left, locals)?;
                let right = self.node(right, locals)?;
                compare(*comparison, &left, &right).map(Value::Bool)
            }
            Node::Arithmetic(operator, left, right) => {
                let left = self.node(left, locals)?;
                let right = self.node(right, locals)?;
                arithmetic(*operator, &left, &right)
            }
            Node::Negate(inner) => negate(self.node(inner, locals)?),
            Node::InList(element, list, item) => {
                let element = self.node(element, locals)?;
                let list = list_of(self.node(list, locals)?)?;
                is_in(&element, &list, item).map(Value::Bool)
            }
            Node::InMap(key, map) => {
                let key = text(self.node(key, locals)?)?;
                match self.node(map, locals)? {
                    Value::Fact(Fact::Object(object)) => present(object.get(&key)).map(Value::Bool),
                    _ => Err(error("`in` meets a value that is no map")),
                }
            }
            Node::List(nodes) => {
                let values: Result<Vec<_>, _> =
                    nodes.iter().map(|node| self.node(node, locals)).collect();
                Ok(Value::List(List::Values(Arc::new(values?), None)))
            }
            Node::MapKeys(map) => match self.node(map, locals)? {
                Value::Fact(Fact::Object(object)) => {
                    let keys = object
                        .iter()
                        .map(|(key, _)| Value::String(Cow::Borrowed(key)));
                    Ok(Value::List(List::Values(Arc::new(keys.collect()), None)))
                }
                _ => Err(error("a value that should be a map is none")),
            },
            Node::Comprehension {
                fold,
                range,
                item,
                body,
            } => {
                let list = list_of(self.node(range, locals)?)?;
                self.comprehension(*fold, &list, item, body, locals)
            }
            Node::Matches(inner, regex) => Ok(Value::Bool(
                regex.is_match(&text(self.node(inner, locals)?)?),
            )),
            Node::Call(function, nodes) => {
                let arguments: Result<Vec<_>, _> =
                    nodes.iter().map(|node| self.node(node, locals)).collect();
                functions::apply(*function, &arguments?).map_err(|message| error(&message))
            }
            Node::ListSize(inner) => {
                let list = list_of(self.node(inner, locals)?)?;
                match list.rest() {
                    Some(unknown) => Err(Failure::Unknown(unknown.clone())),
                    None => Ok(functions::size(list.len())),
                }
            }
        }
    }

    fn bool(&self, node: &'a Node, locals: &mut Vec<Value<'a>>) -> Result<bool, Failure> {
        match self.node(node, locals)? {
            Value::Bool(value) => Ok(value),
            _ => Err(error("a condition is neither true nor false")),
        }
    }

    fn resource(
        &self,
        node: &'a Node,
        locals: &mut Vec<Value<'a>>,
    ) -> Result<&'a Resource, Failure> {
        if let Node::Resource = node {
            return Ok(self.resource);
        }
        match self.node(node, locals)? {
            Value::Resource(resource) => Ok(resource),
            _ => Err(error("a value that should be a resource is none")),
        }
    }

    /// `&&` and `||`: `decisive` is the operand that settles the outcome whatever the other is.
    fn junction(
        &self,
        left: &'a Node,
        right: &'a Node,
        decisive: bool,
        locals: &mut Vec<Value<'a>>,
    ) -> Outcome<'a> {
        let left = self.bool(left, locals);
        if left == Ok(decisive) {
            return Ok(Value::Bool(decisive));
        }
        match self.bool(right, locals) {
            Ok(value) if value == decisive => Ok(Value::Bool(decisive)),
            Ok(_) => left.map(Value::Bool),
            // Of two failures the first one is told, so that a message names what stands first.
            Err(failure) => Err(left.err().unwrap_or(failure)),
        }
    }

    fn comprehension(
        &self,
        fold: Fold,
        list: &List<'a>,
        item: &Type,
        body: &'a Node,
        locals: &mut Vec<Value<'a>>,
    ) -> Outcome<'a> {
        let mut failure: Option<Failure> = None;
        let mut kept = Vec::new();
        let mut matching = 0_usize;
        for position in 0..list.len() {
            let outcome = element(list, position, item).and_then(|value| {
                locals.push(value);
                let outcome = self.node(body, locals);
                let value = locals.pop();
                Ok((value, outcome?))
            });
            match (fold, outcome) {
                (_, Err(failed)) => failure = failure.or(Some(failed)),
                (Fold::Exists, Ok((_, Value::Bool(true)))) => return Ok(Value::Bool(true)),
                (Fold::All, Ok((_, Value::Bool(false)))) => return Ok(Value::Bool(false)),
                (Fold::ExistsOne, Ok((_, Value::Bool(true)))) => matching += 1,
                (Fold::Filter, Ok((value, Value::Bool(true)))) => kept.extend(value),
                (Fold::Map, Ok((_, value))) => kept.push(value),
                _ => {}
            }
        }
        if fold == Fold::ExistsOne && matching > 1 {
            return Ok(Value::Bool(false));
        }
        let rest = list.rest().cloned();
        match (fold, failure, rest) {
            (_, Some(failure), _) => Err(failure),
            (Fold::Filter | Fold::Map, None, rest) => {
                Ok(Value::List(List::Values(Arc::new(kept), rest)))
            }
            (_, None, Some(rest)) => Err(Failure::Unknown(rest)),
            (Fold::Exists, None, None) => Ok(Value::Bool(false)),
            (Fold::All, None, None) => Ok(Value::Bool(true)),
            (Fold::ExistsOne, None, None) => Ok(Value::Bool(matching == 1)),
        }
    }

    /// The fact behind a field; `None` where it was asked for and is not there.
    fn resource_fact(
        &self,
        resource: &'a Resource,
        access: &ResourceAccess,
    ) -> Result<Option<&'a Fact>, Failure> {
        let fact = resource.get(&access.field.name);
        if fact.is_none()
            && let Some(unknown) = self
                .index
                .not_collected(&access.resource_type, access.call.as_deref())
        {
            return Err(Failure::Unknown(unknown.clone()));
        }
        Ok(fact)
    }

    fn resource_field(&self, resource: &'a Resource, access: &'a ResourceAccess) -> Outcome<'a> {
        let FieldAccess {
            ty,
            origin,
            optional,
            ..
        } = &access.field;
        match self.resource_fact(resource, access)? {
            Some(fact) => value_of(fact, ty, origin),
            None if *optional => Err(Failure::Absent(origin.written().into())),
            None => Err(missing(origin)),
        }
    }

    fn related(
        &self,
        resource: &'a Resource,
        access: &'a ResourceAccess,
        relation: &'a Relation,
    ) -> Outcome<'a> {
        if let Some(Fact::Unknown(unknown)) = self.resource_fact(resource, access)? {
            return Err(Failure::Unknown(unknown.clone()));
        }
        let Resource {
            account, region, ..
        } = resource;
        let keys = relation_keys(resource, relation.from);
        let mut found = keys
            .iter()
            .map(|key| self.index.related(relation, key, account, region));
        if relation.many {
            return Ok(Value::List(union(found.collect())));
        }
        let absent = || Failure::Absent(access.field.origin.written().into());
        let Found { resources, rest } = found.next().ok_or_else(absent)?;
        match (resources.first(), rest) {
            (Some(target), _) => Ok(Value::Resource(target)),
            (None, Some(unknown)) => Err(Failure::Unknown(unknown.clone())),
            (None, None) => Err(absent()),
        }
    }
}

fn union<'a>(found: Vec<Found<'a>>) -> List<'a> {
    if let [Found { resources, rest }] = found[..] {
        return List::Resources(resources, rest);
    }
    let rest = found.iter().find_map(|found| found.rest).cloned();
    let values = found
        .iter()
        .flat_map(|found| found.resources)
        .map(|resource| Value::Resource(resource))
        .collect();
    List::Values(Arc::new(values), rest)
}

fn error(message: &str) -> Failure {
    Failure::Error(message.into())
}

/// Whether a fact is there; an unreadable one is neither there nor not.
fn present(fact: Option<&Fact>) -> Result<bool, Failure> {
    match fact {
        Some(Fact::Unknown(unknown)) => Err(Failure::Unknown(unknown.clone())),
        fact => Ok(fact.is_some()),
    }
}

fn field<'a>(base: Value<'a>, access: &'a FieldAccess) -> Outcome<'a> {
    let Value::Fact(Fact::Object(object)) = base else {
        return Err(error("a field is read of a value that has none"));
    };
    match object.get(&access.name) {
        Some(fact) => value_of(fact, &access.ty, &access.origin),
        None if access.optional => Err(Failure::Absent(access.origin.written().into())),
        None => Err(missing(&access.origin)),
    }
}

fn has_field<'a>(base: Value<'a>, access: &FieldAccess) -> Outcome<'a> {
    match base {
        Value::Fact(Fact::Object(object)) => present(object.get(&access.name)).map(Value::Bool),
        _ => Ok(Value::Bool(false)),
    }
}

fn list_of(value: Value<'_>) -> Result<List<'_>, Failure> {
    match value {
        Value::List(list) => Ok(list),
        _ => Err(error("a value that should be a list is none")),
    }
}

fn text(value: Value<'_>) -> Result<Cow<'_, str>, Failure> {
    match value {
        Value::String(text) => Ok(text),
        _ => Err(error("a value that should be text is none")),
    }
}

fn int(value: Value<'_>) -> Result<i64, Failure> {
    match value {
        Value::Int(value) => Ok(value),
        _ => Err(error("a value that should be a whole number is none")),
    }
}

fn element<'a>(list: &List<'a>, position: usize, item: &Type) -> Outcome<'a> {
    match list {
        List::Facts(facts) => value_of(&facts[position], item, &super::ir::ELEMENT),
        List::Resources(resources, _) => Ok(Value::Resource(resources[position])),
        List::Constants(constants) => Ok(constants[position].value()),
        List::Values(values, _) => Ok(values[position].clone()),
    }
}

fn element_at<'a>(list: &List<'a>, at: i64, item: &Type) -> Outcome<'a> {
    match usize::try_from(at).ok().filter(|at| *at < list.len()) {
        Some(position) => element(list, position, item),
        None => match list.rest() {
            Some(unknown) => Err(Failure::Unknown(unknown.clone())),
            None => Err(error(&format!("the list has no element [{at}]"))),
        },
    }
}

fn map_value<'a>(map: &Value<'a>, key: &str, ty: &Type) -> Outcome<'a> {
    match map {
        Value::Fact(Fact::Object(object)) => match object.get(key) {
            Some(fact) => value_of(fact, ty, &super::ir::ELEMENT),
            None => Err(Failure::Absent(format!("the entry `{key}`").into())),
        },
        _ => Err(error("an entry is read of a value that is no map")),
    }
}

fn is_in(wanted: &Value<'_>, list: &List<'_>, item: &Type) -> Result<bool, Failure> {
    let mut failure = None;
    for position in 0..list.len() {
        match element(list, position, item) {
            Ok(value) if value == *wanted => return Ok(true),
            Ok(_) => {}
            Err(failed) => failure = failure.or(Some(failed)),
        }
    }
    match (failure, list.rest()) {
        (Some(failure), _) => Err(failure),
        (None, Some(rest)) => Err(Failure::Unknown(rest.clone())),
        (None, None) => Ok(false),
    }
}

fn compare(comparison: Comparison, left: &Value<'_>, right: &Value<'_>) -> Result<bool, Failure> {
    match comparison {
        Comparison::Equal => return Ok(left == right),
        Comparison::NotEqual => return Ok(left != right),
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

fn negate(value: Value<'_>) -> Outcome<'_> {
    match value {
        Value::Int(value) => value.checked_neg().map(Value::Int).ok_or_else(overflow),
        Value::Double(value) => Ok(Value::Double(-value)),
        _ => Err(error("a value that is no number is negated")),
    }
}

fn overflow() -> Failure {
    error("a number grows too large")
}

fn arithmetic<'a>(operator: Arithmetic, left: &Value<'a>, right: &Value<'a>) -> Outcome<'a> {
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
