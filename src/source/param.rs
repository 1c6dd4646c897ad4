//! Parameters of sources: what the requests of a source may be told from outside.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::yaml::{Decoder, Node, Value};

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration(pub i64);

impl Duration {
    /// `14d`, `36h`, `90m`.
    pub fn parse(text: &str) -> Option<Self> {
        let unit = text.chars().next_back()?;
        let seconds: i64 = match unit {
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            _ => return None,
        };
        let number = &text[..text.len() - unit.len_utf8()];
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        let count: i64 = number.parse().ok().filter(|_| digits)?;
        count.checked_mul(seconds).map(Self)
    }
}

/// A parameter of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name.
    pub name: String,
    /// Its value: the default, or what was set.
    pub value: ParamValue,
    /// What it is for.
    pub help: String,
}

/// A parameter's value, which is of its type.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// Text.
    String(String),
    /// A whole number.
    Int(i64),
    /// A length of time as it was written, and what it comes to.
    Duration(String, Duration),
    /// Texts.
    List(Vec<String>),
}

/// The parameters of a source by name.
pub type Params = BTreeMap<String, ParamValue>;

/// A value that does not fit a parameter.
#[derive(Debug, thiserror::Error)]
#[error("`{value}` is not of type {ty}")]
pub struct ParamError {
    value: String,
    ty: &'static str,
}

/// The types by their names in source files.
const TYPES: [&str; 4] = ["string", "int", "duration", "list<string>"];

impl ParamValue {
    /// The name of its type.
    pub fn type_name(&self) -> &'static str {
        match self {
            ParamValue::String(_) => TYPES[0],
            ParamValue::Int(_) => TYPES[1],
            ParamValue::Duration(..) => TYPES[2],
            ParamValue::List(_) => TYPES[3],
        }
    }

    /// The value as listings show it.
    pub fn shown(&self) -> serde_json::Value {
        match self {
            ParamValue::String(text) | ParamValue::Duration(text, _) => text.as_str().into(),
            ParamValue::Int(value) => (*value).into(),
            ParamValue::List(items) => items.iter().map(String::as_str).collect(),
        }
    }

    fn of_text(ty: &str, text: &str) -> Option<Self> {
        Some(match ty {
            "string" => Self::String(text.to_owned()),
            "int" => Self::Int(text.parse().ok()?),
            "duration" => Self::Duration(text.to_owned(), Duration::parse(text)?),
            _ => {
                let parts = text.split(',').map(str::trim);
                let parts = parts.filter(|part| !part.is_empty()).map(str::to_owned);
                Self::List(parts.collect())
            }
        })
    }
}

impl Param {
    /// Sets the value from the text of a flag; lists are separated by commas.
    ///
    /// # Errors
    /// When the text is not of the parameter's type.
    pub fn set(&mut self, text: &str) -> Result<(), ParamError> {
        let ty = self.value.type_name();
        self.value = ParamValue::of_text(ty, text).ok_or_else(|| ParamError {
            value: text.to_owned(),
            ty,
        })?;
        Ok(())
    }

    /// Decodes the `params:` of a source.
    pub(super) fn decode_all(node: Node, decoder: &mut Decoder) -> Vec<Self> {
        let Some(mut map) = decoder.map("`params`", node) else {
            return Vec::new();
        };
        let entries = map.rest().into_iter();
        entries
            .filter_map(|(key, node)| Self::decode(key.text, node, decoder))
            .collect()
    }

    fn decode(name: String, node: Node, decoder: &mut Decoder) -> Option<Self> {
        let mut map = decoder.map(&format!("parameter `{name}`"), node)?;
        let ty = map.require_string("type", decoder);
        let default = map.require("default", decoder);
        let help = map.require_string("help", decoder);
        map.finish(decoder);
        let (ty, span) = ty?;
        if !TYPES.contains(&ty.as_str()) {
            let message = format!("there is no parameter type `{ty}`");
            decoder.report(Diagnostic::new("unknown-type", span, message).suggest(&ty, TYPES));
            return None;
        }
        let default = default?;
        let value = match (&default.value, ty.as_str()) {
            (Value::Int(value), "int") => Some(ParamValue::Int(*value)),
            (Value::String(text), "string" | "duration") => ParamValue::of_text(&ty, text),
            (Value::List(_), "list<string>") => {
                let texts = decoder.strings("the default", default.clone());
                Some(ParamValue::List(
                    texts.into_iter().map(|(text, _)| text).collect(),
                ))
            }
            _ => None,
        };
        let Some(value) = value else {
            let message = format!("the default must be of type {ty}");
            decoder.report(Diagnostic::new("wrong-type", default.span, message));
            return None;
        };
        Some(Self {
            name,
            value,
            help: help?.0,
        })
    }
}
