//! Templates that are acted upon: a command that runs, a resource that is made. Nothing in them may
//! read `none` or `unknown`, so that what has no value is an error here.

use serde_json::Value as Json;

use super::eval::{Failure, Scope};
use super::ir::Expr;
use super::template::{Part, Template, show};
use super::value::{List, Value};
use crate::fact::{Fact, Unknown};

/// The error code of a parameter that many rules share and nobody has set.
const NOT_SET: &str = "ParameterNotSet";
/// How such a parameter is called in the failure.
const PARAMS: &str = "params.";

/// A part of a filled template.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'t> {
    /// The template's own text.
    Text(&'t str),
    /// What an expression gave.
    Value(String),
    /// A shared parameter that nobody has set: whoever applies the text gives it.
    Unset(String),
}

/// A template that is one expression and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    /// Its value, of its own type.
    Value(Json),
    /// A shared parameter that nobody has set.
    Unset(String),
}

/// Why a template cannot be filled.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Gap {
    /// A field that the resource does not have.
    #[error("{0} is not there")]
    Absent(String),
    /// Something that could not be read, or has no value.
    #[error("{0}")]
    Unread(String),
    /// A list where one value should stand.
    #[error("`{0}` is a list")]
    List(String),
}

impl Template {
    /// The parts for one resource.
    ///
    /// # Errors
    /// When an expression has no value, or none that fits into a text.
    pub fn fill(&self, scope: &Scope<'_, '_>) -> Result<Vec<Piece<'_>>, Gap> {
        let filled = self.parts.iter().map(|part| match part {
            Part::Text(text) => Ok(Piece::Text(text)),
            Part::Value(expr) => match value(expr, scope)? {
                Ok(Value::List(_)) => Err(Gap::List(expr.source.clone())),
                Ok(value) => Ok(Piece::Value(show(&value))),
                Err(parameter) => Ok(Piece::Unset(parameter)),
            },
        });
        filled.collect()
    }

    /// The value of the one expression that the template is, of its own type; `None` where there is
    /// more to it.
    pub fn fill_exactly(&self, scope: &Scope<'_, '_>) -> Option<Result<Filled, Gap>> {
        let expr = self.only_expression()?;
        Some(value(expr, scope).and_then(|found| match found {
            Ok(value) => json(&value, expr).map(Filled::Value),
            Err(parameter) => Ok(Filled::Unset(parameter)),
        }))
    }

    /// The one expression that the template is.
    fn only_expression(&self) -> Option<&Expr> {
        let mut parts = self.parts.iter().filter(|part| !is_empty(part));
        match (parts.next(), parts.next()) {
            (Some(Part::Value(expr)), None) => Some(expr),
            _ => None,
        }
    }

    /// The template's own text, part by part.
    pub fn own_text(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            Part::Value(_) => None,
        })
    }

    /// The template as a rule writes it.
    pub fn written(&self) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Text(text) => text.replace('{', "{{").replace('}', "}}"),
            Part::Value(expr) => format!("{{{}}}", expr.source),
        });
        parts.collect()
    }

    /// Whether there is no expression in it.
    pub fn is_constant(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Text(_)))
    }

    /// Whether the text is the same for all resources, as it asks parameters alone.
    pub fn asks_no_facts(&self) -> bool {
        self.parts.iter().all(|part| match part {
            Part::Text(_) => true,
            Part::Value(expr) => {
                expr.reads.iter().next().is_none() && !expr.source.contains("resource")
            }
        })
    }
}

fn is_empty(part: &Part) -> bool {
    matches!(part, Part::Text(text) if text.is_empty())
}

/// An expression's value, or the shared parameter that it lacks.
fn value<'a>(expr: &'a Expr, scope: &Scope<'a, '_>) -> Result<Result<Value<'a>, String>, Gap> {
    match scope.eval(expr) {
        Ok(value) => Ok(Ok(value)),
        Err(Failure::Absent(path)) => Err(Gap::Absent(path.to_string())),
        Err(Failure::Unknown(unknown)) => match unset(expr, &unknown) {
            Some(name) => Ok(Err(name.to_owned())),
            None => Err(Gap::Unread(unknown.to_string())),
        },
        Err(Failure::Error(message)) => Err(Gap::Unread(message.to_string())),
    }
}

/// The shared parameter that the expression is, if that is what it lacks. What is worked out from a
/// parameter cannot be given in its place.
pub(super) fn unset<'u>(expr: &Expr, unknown: &'u Unknown) -> Option<&'u str> {
    let is_it = unknown.code == NOT_SET && expr.source.trim() == unknown.operation;
    let name = unknown.operation.strip_prefix(PARAMS)?;
    is_it.then_some(name)
}

fn json(value: &Value<'_>, expr: &Expr) -> Result<Json, Gap> {
    let unread = || Gap::Unread(format!("`{}` was not read to its end", expr.source));
    Ok(match value {
        Value::Bool(value) => (*value).into(),
        Value::Int(value) => (*value).into(),
        // CloudFormation knows one kind of number, and 80 reads better than 80.0.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "only whole numbers are cast"
        )]
        Value::Double(value) if value.fract() == 0.0 && value.abs() < 1e15 => {
            (*value as i64).into()
        }
        Value::Double(value) => (*value).into(),
        Value::Fact(fact) if holds_unknown(fact) => return Err(unread()),
        Value::Fact(fact) => serde_json::to_value(fact).map_err(|_| unread())?,
        Value::List(list) if list.rest().is_some() => return Err(unread()),
        Value::List(list) => json_list(list, expr)?,
        other => show(other).into(),
    })
}

fn json_list(list: &List<'_>, expr: &Expr) -> Result<Json, Gap> {
    match list {
        List::Facts(facts) => {
            let items = facts.iter().map(|fact| json(&Value::Fact(fact), expr));
            items.collect()
        }
        List::Resources(resources, _) => {
            Ok(resources.iter().map(|resource| &*resource.id).collect())
        }
        List::Constants(constants) => {
            let items = constants.iter().map(|item| json(&item.value(), expr));
            items.collect()
        }
        List::Values(values, _) => values.iter().map(|item| json(item, expr)).collect(),
    }
}

fn holds_unknown(fact: &Fact) -> bool {
    match fact {
        Fact::Unknown(_) => true,
        Fact::List(items) => items.iter().any(holds_unknown),
        Fact::Object(object) => object.iter().any(|(_, inner)| holds_unknown(inner)),
        _ => false,
    }
}
