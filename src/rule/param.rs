//! Parameters of rules: typed, with a default, set from outside by `--param rule.name=value`.

use crate::diagnostic::Diagnostic;
use crate::expr::Constant;
use crate::schema::Type;
use crate::yaml::{Decoder, Node, Value};

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its value: the default, or what was set.
    pub value: Constant,
    /// What it is for.
    pub help: String,
}

/// A value that does not fit a parameter.
#[derive(Debug, thiserror::Error)]
#[error("`{value}` is not of type {ty}")]
pub struct ParamError {
    value: String,
    ty: Type,
}

/// The types a parameter may have, by their names in rules.
fn types() -> [(&'static str, Type); 6] {
    [
        ("bool", Type::Bool),
        ("int", Type::Int),
        ("double", Type::Double),
        ("string", Type::String),
        ("list<string>", Type::list(Type::String)),
        ("list<int>", Type::list(Type::Int)),
    ]
}

impl Param {
    /// Decodes the `params:` of a rule.
    pub(super) fn decode_all(node: Node, decoder: &mut Decoder) -> Vec<Self> {
        let Some(mut map) = decoder.map("`params`", node) else {
            return Vec::new();
        };
        let entries = map.rest();
        entries
            .into_iter()
            .filter_map(|(key, node)| Self::decode(key.text, node, decoder))
            .collect()
    }

    fn decode(name: String, node: Node, decoder: &mut Decoder) -> Option<Self> {
        let mut map = decoder.map(&format!("parameter `{name}`"), node)?;
        let ty = map.require_string("type", decoder);
        let default = map.require("default", decoder);
        let help = map.require_string("help", decoder);
        map.finish(decoder);
        let (type_name, type_span) = ty?;
        let known = types();
        let Some((_, ty)) = known.iter().find(|(known, _)| *known == type_name) else {
            let message = format!("there is no parameter type `{type_name}`");
            let names = known.iter().map(|(known, _)| *known);
            decoder.report(
                Diagnostic::new("unknown-type", type_span, message).suggest(&type_name, names),
            );
            return None;
        };
        let default = default?;
        let Some(value) = constant(&default.value, ty) else {
            let message = format!(
                "the default must be of type {ty}, not {}",
                default.value.kind()
            );
            decoder.report(Diagnostic::new("wrong-type", default.span, message));
            return None;
        };
        Some(Self {
            name,
            ty: ty.clone(),
            value,
            help: help?.0,
        })
    }

    /// Sets the value from the text of a flag; lists are separated by commas.
    ///
    /// # Errors
    /// When the text is not of the parameter's type.
    pub fn set(&mut self, text: &str) -> Result<(), ParamError> {
        self.value = parse(text, &self.ty).ok_or_else(|| ParamError {
            value: text.to_owned(),
            ty: self.ty.clone(),
        })?;
        Ok(())
    }

    /// The value as listings show it.
    pub fn shown(&self) -> serde_json::Value {
        shown(&self.value)
    }
}

fn shown(value: &Constant) -> serde_json::Value {
    match value {
        Constant::Bool(value) => (*value).into(),
        Constant::Int(value) => (*value).into(),
        Constant::Double(value) => (*value).into(),
        Constant::String(text) => text.to_string().into(),
        Constant::List(items) => items.iter().map(shown).collect(),
        // No parameter has these types.
        Constant::Timestamp(_) | Constant::Duration(_) => serde_json::Value::Null,
    }
}

fn parse(text: &str, ty: &Type) -> Option<Constant> {
    Some(match ty {
        Type::Bool => Constant::Bool(text.parse().ok()?),
        Type::Int => Constant::Int(text.parse().ok()?),
        Type::Double => {
            Constant::Double(text.parse().ok().filter(|value: &f64| value.is_finite())?)
        }
        Type::String => Constant::String(text.into()),
        Type::List(item) => {
            let items = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            Constant::List(items.map(|part| parse(part, item)).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}

/// A YAML value as a constant of `ty`.
pub(super) fn constant(value: &Value, ty: &Type) -> Option<Constant> {
    Some(match (value, ty) {
        (Value::Bool(value), Type::Bool) => Constant::Bool(*value),
        (Value::Int(value), Type::Int) => Constant::Int(*value),
        (Value::Double(value), Type::Double) => Constant::Double(*value),
        #[expect(
            clippy::cast_precision_loss,
            reason = "a default such as 80 is meant as 80.0"
        )]
        (Value::Int(value), Type::Double) => Constant::Double(*value as f64),
        (Value::String(text), Type::String) => Constant::String(text.as_str().into()),
        (Value::List(items), Type::List(item)) => Constant::List(
            items
                .iter()
                .map(|element| constant(&element.value, item))
                .collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}
