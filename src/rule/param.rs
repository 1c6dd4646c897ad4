//! Parameters of rules: typed, with a default, set from outside by `--param rule.name=value`.

use std::sync::Arc;

use super::shared::{self, Shared};
use crate::diagnostic::Diagnostic;
use crate::expr::{Constant, Setting, format_duration, parse_length};
use crate::fact::Unknown;
use crate::schema::Type;
use crate::yaml::{Decoder, MapReader, Node, Value};

/// What stands for a declaration where the parameter is a shared one.
const SHARED: &str = "shared";

/// A parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// Its value: the default, or what was set.
    pub value: Setting,
    /// What it is for.
    pub help: String,
    /// Whether many rules share it; see [`Shared`].
    pub shared: bool,
}

/// A value that does not fit a parameter.
#[derive(Debug, thiserror::Error)]
#[error("`{value}` is not of type {ty}")]
pub struct ParamError {
    value: String,
    ty: Type,
}

/// The types a parameter may have, by their names in rules.
fn types() -> [(&'static str, Type); 7] {
    [
        ("bool", Type::Bool),
        ("int", Type::Int),
        ("double", Type::Double),
        ("string", Type::String),
        ("duration", Type::Duration),
        ("list<string>", Type::list(Type::String)),
        ("list<int>", Type::list(Type::Int)),
    ]
}

/// The names of the types a parameter may have.
pub fn type_names() -> impl Iterator<Item = &'static str> {
    types().into_iter().map(|(name, _)| name)
}

/// The value of a parameter that nobody has set: unknown, with how to set it. `by` is the parameter
/// that would tell it.
pub(super) fn unset(name: &str, by: Option<&str>) -> Setting {
    let missing = by.unwrap_or(name);
    Setting::Unset(Arc::new(Unknown {
        operation: format!("params.{missing}"),
        region: String::new(),
        code: "ParameterNotSet".to_owned(),
        message: format!("set it in launchgate.yaml or with --param {missing}=VALUE"),
        iam_action: None,
    }))
}

impl Param {
    /// Decodes the `params:` of a rule.
    pub(super) fn decode_all(node: Node, shared: &Shared, decoder: &mut Decoder) -> Vec<Self> {
        let Some(mut map) = decoder.map("`params`", node) else {
            return Vec::new();
        };
        let entries = map.rest().into_iter();
        entries
            .filter_map(|(key, node)| {
                if matches!(&node.value, Value::String(text) if text == SHARED) {
                    return shared::of_rule(&key.text, key.span, shared, decoder);
                }
                let mut map = decoder.map(&format!("parameter `{}`", key.text), node)?;
                let span = map.span().clone();
                let param = Self::decode(key.text, &mut map, decoder);
                map.finish(decoder);
                let param = param?;
                if matches!(param.value, Setting::Unset(_)) {
                    let message = format!("parameter `{}` has no `default`", param.name);
                    let diagnostic = Diagnostic::new("missing-key", span, message);
                    decoder.report(diagnostic.with_help(
                        "what only the user can know is a shared parameter: `name: shared`",
                    ));
                    return None;
                }
                Some(param)
            })
            .collect()
    }

    /// Decodes type, help and default; without a default it is unset.
    pub(super) fn decode(name: String, map: &mut MapReader, decoder: &mut Decoder) -> Option<Self> {
        let ty = map.require_string("type", decoder);
        let default = map.take("default");
        let help = map.require_string("help", decoder);
        let (type_name, type_span) = ty?;
        let known = types();
        let Some((_, ty)) = known.iter().find(|(known, _)| *known == type_name) else {
            let message = format!("there is no parameter type `{type_name}`");
            let diagnostic = Diagnostic::new("unknown-type", type_span, message);
            decoder.report(diagnostic.suggest(&type_name, type_names()));
            return None;
        };
        let value = match default {
            None => unset(&name, None),
            Some(node) => match constant(&node.value, ty) {
                Some(value) => Setting::Value(value),
                None => {
                    let found = node.value.kind();
                    let message = format!("the default must be of type {ty}, not {found}");
                    decoder.report(Diagnostic::new("wrong-type", node.span, message));
                    return None;
                }
            },
        };
        Some(Self {
            name,
            ty: ty.clone(),
            value,
            help: help?.0,
            shared: false,
        })
    }

    /// Sets the value from the text of a flag; lists are separated by commas.
    ///
    /// # Errors
    /// When the text is not of the parameter's type.
    pub fn set(&mut self, text: &str) -> Result<(), ParamError> {
        let value = parse(text, &self.ty).ok_or_else(|| ParamError {
            value: text.to_owned(),
            ty: self.ty.clone(),
        })?;
        self.value = Setting::Value(value);
        Ok(())
    }

    /// The value as listings show it.
    pub fn shown(&self) -> serde_json::Value {
        match &self.value {
            Setting::Value(value) => shown(value),
            Setting::Unset(_) => serde_json::Value::Null,
        }
    }
}

fn shown(value: &Constant) -> serde_json::Value {
    match value {
        Constant::Bool(value) => (*value).into(),
        Constant::Int(value) => (*value).into(),
        Constant::Double(value) => (*value).into(),
        Constant::String(text) => text.to_string().into(),
        Constant::List(items) => items.iter().map(shown).collect(),
        Constant::Duration(length) => format_duration(*length).into(),
        // No parameter has this type.
        Constant::Timestamp(_) => serde_json::Value::Null,
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
        Type::Duration => Constant::Duration(parse_length(text)?),
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
        (Value::String(text), Type::Duration) => Constant::Duration(parse_length(text)?),
        (Value::List(items), Type::List(item)) => Constant::List(
            items
                .iter()
                .map(|element| constant(&element.value, item))
                .collect::<Option<_>>()?,
        ),
        _ => return None,
    })
}
