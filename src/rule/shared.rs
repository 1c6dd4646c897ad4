//! Parameters that many rules share: `params.yaml`.
//!
//! What only the user can know (how many users there are, what the account may cost) has no
//! default: until it is set, whatever reads it is unknown, never a pass.

use std::collections::BTreeMap;

use super::param::{Param, ParamError, constant, unset};
use crate::diagnostic::{Diagnostic, Span};
use crate::expr::{Constant, Setting};
use crate::schema::Type;
use crate::yaml::{Decoder, Node, Value};

/// The shared parameters by name.
#[derive(Clone, Debug, Default)]
pub struct Shared(BTreeMap<String, SharedParam>);

/// A parameter that many rules share.
#[derive(Clone, Debug)]
pub struct SharedParam {
    /// As rules see it.
    pub param: Param,
    /// Parameters of sources that are set with it, as `service.name`.
    pub sources: Vec<String>,
    /// Where its value is told by another parameter.
    steps: Option<Steps>,
    /// Whether the user set it.
    set: bool,
    span: Span,
}

/// A value that grows with another parameter.
#[derive(Clone, Debug)]
struct Steps {
    /// The other parameter.
    by: String,
    /// From which value of the other on it is which, in their order.
    values: Vec<(i64, Constant)>,
}

impl Shared {
    /// The parameter of that name.
    pub fn get(&self, name: &str) -> Option<&SharedParam> {
        self.0.get(name)
    }

    /// The names of all.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// All of them, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = &SharedParam> {
        self.0.values()
    }

    /// Sets a parameter from text; `None` where there is none of that name.
    ///
    /// # Errors
    /// When the text is not of the parameter's type.
    pub fn set(&mut self, name: &str, text: &str) -> Option<Result<(), ParamError>> {
        let shared = self.0.get_mut(name)?;
        let outcome = shared.param.set(text);
        shared.set |= outcome.is_ok();
        self.resolve();
        Some(outcome)
    }

    /// Works out the parameters that are told by others.
    fn resolve(&mut self) {
        let of = |name: &str| match self.0.get(name).map(|known| &known.param.value) {
            Some(Setting::Value(Constant::Int(value))) => Some(*value),
            _ => None,
        };
        let found: Vec<(String, Setting)> = self
            .0
            .values()
            .filter(|shared| !shared.set)
            .filter_map(|shared| {
                let steps = shared.steps.as_ref()?;
                let name = &shared.param.name;
                Some((name.clone(), steps.value(name, of(&steps.by))))
            })
            .collect();
        for (name, value) in found {
            if let Some(shared) = self.0.get_mut(&name) {
                shared.param.value = value;
            }
        }
    }

    /// Adds the parameters of a file.
    pub(super) fn decode(&mut self, node: Node, decoder: &mut Decoder) {
        let Some(mut map) = decoder.map("shared parameters", node) else {
            return;
        };
        for (key, node) in map.rest() {
            let Some(shared) = SharedParam::decode(key.text.clone(), key.span, node, decoder)
            else {
                continue;
            };
            if let Some(first) = self.0.get(&key.text) {
                let message = format!("there is another shared parameter `{}`", key.text);
                let help = format!(
                    "{} has it already: choose another name",
                    first.span.file.name
                );
                let diagnostic = Diagnostic::new("duplicate-id", shared.span, message);
                decoder.report(diagnostic.with_help(help));
                continue;
            }
            self.0.insert(key.text, shared);
        }
    }

    /// Checks what parameters say of each other, and works out their values.
    pub(super) fn finish(&mut self, decoder: &mut Decoder) {
        for shared in self.0.values() {
            let Some(steps) = &shared.steps else {
                continue;
            };
            let is_int = |other: &SharedParam| other.param.ty == Type::Int;
            if !self.0.get(&steps.by).is_some_and(is_int) {
                let message = format!("there is no shared parameter `{}` of type int", steps.by);
                let diagnostic = Diagnostic::new("unknown-param", shared.span.clone(), message);
                decoder.report(diagnostic.suggest(&steps.by, self.names()));
            }
        }
        self.resolve();
    }
}

impl Steps {
    fn value(&self, name: &str, by: Option<i64>) -> Setting {
        let Some(by) = by else {
            return unset(name, Some(&self.by));
        };
        let reached = self.values.iter().rev().find(|(from, _)| *from <= by);
        match reached {
            Some((_, value)) => Setting::Value(value.clone()),
            None => unset(name, Some(&self.by)),
        }
    }
}

impl SharedParam {
    fn decode(name: String, span: Span, node: Node, decoder: &mut Decoder) -> Option<Self> {
        let mut map = decoder.map(&format!("shared parameter `{name}`"), node)?;
        let sources = map
            .take("sources")
            .map(|node| decoder.strings("`sources`", node))
            .unwrap_or_default();
        let by = map.take_string("by", decoder);
        let steps = map.take("steps");
        let param = Param::decode(name, &mut map, decoder);
        map.finish(decoder);
        let param = Param {
            shared: true,
            ..param?
        };
        let steps = match (by, steps) {
            (None, None) => None,
            (Some((by, _)), Some(node)) => Some(Steps {
                by,
                values: values(node, &param, decoder)?,
            }),
            (Some(_), None) | (None, Some(_)) => {
                let message = "`by` and `steps` belong together";
                decoder.report(Diagnostic::new("missing-key", span, message));
                return None;
            }
        };
        Some(Self {
            param,
            sources: sources.into_iter().map(|(name, _)| name).collect(),
            steps,
            set: false,
            span,
        })
    }
}

/// `[[0, 50.0], [50, 80.0]]`: from which value on it is which.
fn values(node: Node, param: &Param, decoder: &mut Decoder) -> Option<Vec<(i64, Constant)>> {
    let mut values = Vec::new();
    for item in decoder.list("`steps`", node)? {
        let span = item.span.clone();
        let pair = decoder.list("each of `steps`", item)?;
        let step = match pair.as_slice() {
            [from, value] => match from.value {
                Value::Int(from) => constant(&value.value, &param.ty).map(|value| (from, value)),
                _ => None,
            },
            _ => None,
        };
        let rising = |(from, _): &(i64, Constant)| {
            values
                .last()
                .is_none_or(|(before, _): &(i64, Constant)| before < from)
        };
        let Some(step) = step.filter(rising) else {
            let message = format!("a step is a rising whole number and a {}", param.ty);
            decoder.report(Diagnostic::new("wrong-type", span, message));
            return None;
        };
        values.push(step);
    }
    Some(values)
}

/// A parameter of a rule that is a shared one.
pub(super) fn of_rule(
    name: &str,
    span: Span,
    shared: &Shared,
    decoder: &mut Decoder,
) -> Option<Param> {
    let found = shared.get(name);
    if found.is_none() {
        let message = format!("there is no shared parameter `{name}`");
        let diagnostic = Diagnostic::new("unknown-param", span, message);
        decoder.report(diagnostic.suggest(name, shared.names()));
    }
    found.map(|shared| shared.param.clone())
}
