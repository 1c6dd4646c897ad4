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
use super::ir::{Expr, FieldAccess, Fold, Identity, Node, ResourceAccess};
use super::library::Price;
use super::operators::{
    arithmetic, compare, element, element_at, error, field, has_field, int, is_in, list_of,
    map_value, negate, present, read_to_its_end, text, whole_lists,
};
use super::value::{List, Setting, Value};
use crate::fact::{Fact, Unknown};
use crate::schema::Type;
use crate::snapshot::{Index, Resource};

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

impl Failure {
    /// The failure to tell of this one and one met before: the first, unless only the second is
    /// an unread fact. Had that been read, it might have settled the matter without the other.
    pub(super) fn after(self, first: Option<Failure>) -> Failure {
        match (first, self) {
            (Some(first @ Failure::Unknown(_)), _) => first,
            (_, unknown @ Failure::Unknown(_)) => unknown,
            (Some(first), _) => first,
            (None, only) => only,
        }
    }
}

pub(super) type Outcome<'a> = Result<Value<'a>, Failure>;

/// What an expression sees.
#[derive(Clone, Copy)]
pub struct Scope<'a, 's> {
    /// The rest of the snapshot.
    pub index: &'a Index<'s>,
    /// The resource under test.
    pub resource: &'a Resource,
    /// The rule's parameters, in their order.
    pub params: &'a [Setting],
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
            Node::Param(position) => match &self.params[*position] {
                Setting::Value(constant) => Ok(constant.value()),
                Setting::Unset(unknown) => Err(Failure::Unknown(unknown.clone())),
            },
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
                let arguments = arguments?;
                whole_lists(&arguments)?;
                functions::apply(*function, &arguments).map_err(|message| error(&message))
            }
            Node::ListSize(inner) => {
                let list = list_of(self.node(inner, locals)?)?;
                read_to_its_end(&list)?;
                Ok(functions::size(list.len()))
            }
            Node::Let(arguments, body) => {
                let arguments: Result<Vec<_>, _> = arguments
                    .iter()
                    .map(|node| self.node(node, locals))
                    .collect();
                let depth = locals.len();
                locals.extend(arguments?);
                let outcome = self.node(body, locals);
                locals.truncate(depth);
                outcome
            }
            Node::Price(price, region) => {
                let region = text(self.node(region, locals)?)?;
                self.price(price, &region)
            }
        }
    }

    /// The price as the snapshot has it, else as the table does.
    fn price(&self, price: &Price, region: &str) -> Outcome<'a> {
        let account = &self.resource.account;
        let live = price.live.as_ref().and_then(|live| {
            let products = self
                .index
                .collection(&live.resource_type, account, region, false);
            let is_it = |product: &&&Resource| {
                let usage_type = product.get("usagetype").and_then(Fact::as_str);
                usage_type.is_some_and(|found| is_usage_type(found, &live.usage_type))
            };
            match products.resources.iter().find(is_it)?.get("UsdPerUnit")? {
                Fact::Double(usd) => Some(*usd),
                _ => None,
            }
        });
        let usd = live.or_else(|| price.table.get(region).copied());
        usd.map(Value::Double).ok_or_else(|| {
            let name = &price.name;
            error(&format!("no price of {name} is known for {region}"))
        })
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
            Err(failure) => Err(failure.after(left.err())),
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
                (_, Err(failed)) => failure = Some(failed.after(failure)),
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
        if let (Fold::Filter | Fold::Map, None) = (fold, &failure) {
            let kept = List::Values(Arc::new(kept), list.rest().cloned());
            return Ok(Value::List(kept));
        }
        if let Err(unread) = read_to_its_end(list) {
            return Err(unread.after(failure));
        }
        match failure {
            Some(failure) => Err(failure),
            None => Ok(Value::Bool(match fold {
                Fold::ExistsOne => matching == 1,
                fold => fold == Fold::All,
            })),
        }
    }

    /// The fact behind a field; `None` where it was asked for and is not there.
    pub(super) fn resource_fact(
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
}

/// Whether a usage type is the wanted one, behind the abbreviation of a region or without one:
/// `USW2-NatGateway-Hours`, and not `RegionalNatGateway-Hours`.
fn is_usage_type(found: &str, wanted: &str) -> bool {
    let before = found.strip_suffix(wanted);
    before.is_some_and(|region| region.is_empty() || region.ends_with('-'))
}
