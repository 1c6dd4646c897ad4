//! Message templates: text with `{expression}` parts; `{{` and `}}` stand for the braces.
//!
//! A template is prose, a shell command, or data. In a command, what comes from the account is
//! quoted for the place it stands in, since people paste commands. In data, `${...}` stays as it
//! is: CloudFormation's `Fn::Sub` fills it in.

use super::check::{Absence, Env, Known, Place, compile};
use super::eval::{Failure, Scope};
use super::fill::unset;
use super::ir::Expr;
use super::reads::Reads;
use super::shell::Quoting;
use super::time::format_duration;
use super::value::{List, Value};
use crate::diagnostic::Diagnostic;
use crate::fact::Fact;

/// Lists are shown up to this many elements.
const SHOWN_ELEMENTS: usize = 10;

/// What a template's text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Sentences.
    Prose,
    /// A command for a POSIX shell.
    Command,
    /// A text in a CloudFormation template.
    Data,
}

/// A checked template.
#[derive(Debug)]
pub struct Template {
    kind: Kind,
    /// What its expressions read.
    pub reads: Reads,
    pub(super) parts: Vec<Part>,
}

#[derive(Debug)]
pub(super) enum Part {
    Text(String),
    Value(Expr),
}

/// Checks a template.
///
/// # Errors
/// Every mistake in its expressions, and braces that do not match.
pub fn compile_template(
    place: &Place,
    kind: Kind,
    env: Env<'_>,
) -> Result<Template, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut parts = Vec::new();
    let mut reads = Reads::default();
    let text = place.text.as_str();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            plain.push(next);
            at += 2;
        } else if let Some(length) = substitution_length(kind, rest) {
            plain.push_str(&rest[..length]);
            at += length;
        } else if next == '{' {
            let Some(length) = expression_length(&rest[1..]) else {
                diagnostics.push(unmatched(place, at));
                break;
            };
            let inside = place.part(at + 1..at + 1 + length);
            match compile(&inside, env, &Known::new(), Absence::Shown, None) {
                Ok(checked) => {
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    reads.extend(&checked.expr.reads);
                    parts.push(Part::Value(checked.expr));
                }
                Err(errors) => diagnostics.extend(errors),
            }
            at += length + 2;
        } else if next == '}' {
            diagnostics.push(unmatched(place, at));
            at += 1;
        } else {
            plain.push(next);
            at += next.len_utf8();
        }
    }
    parts.push(Part::Text(plain));
    if diagnostics.is_empty() {
        Ok(Template { kind, reads, parts })
    } else {
        Err(diagnostics)
    }
}

/// The length of a `${...}` that is not ours to fill in.
fn substitution_length(kind: Kind, text: &str) -> Option<usize> {
    if kind != Kind::Data || !text.starts_with("${") {
        return None;
    }
    text.find('}').map(|end| end + 1)
}

fn unmatched(place: &Place, at: usize) -> Diagnostic {
    Diagnostic::new(
        "template",
        place.span(at..at + 1),
        "this brace has no partner",
    )
    .with_help("a brace that is meant as such is written twice: {{ or }}")
}

/// The length of an expression that ends at the first `}` outside of its strings and braces.
fn expression_length(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        match (quote, character) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '}') => return Some(index),
            (None, _) => {}
        }
    }
    None
}

impl Template {
    /// The text for one resource: an absent value reads `none`, an unread one `unknown`.
    pub fn render(&self, scope: &Scope<'_, '_>) -> String {
        let mut text = String::new();
        let mut quoting = Quoting::default();
        for part in &self.parts {
            match part {
                Part::Text(plain) => {
                    quoting.pass(plain);
                    text.push_str(plain);
                }
                Part::Value(expr) => {
                    let value = match scope.eval(expr) {
                        Ok(value) => show(&value),
                        Err(Failure::Absent(_)) => "none".to_owned(),
                        Err(Failure::Unknown(unknown)) => match unset(expr, &unknown) {
                            // As the placeholders that rules write.
                            Some(name) => name.to_ascii_uppercase(),
                            None => "unknown".to_owned(),
                        },
                        Err(Failure::Error(_)) => "unknown".to_owned(),
                    };
                    match self.kind {
                        Kind::Prose | Kind::Data => text.push_str(&value),
                        Kind::Command => text.push_str(&quoting.quote(&value)),
                    }
                }
            }
        }
        text
    }
}

pub(super) fn show(value: &Value<'_>) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Double(value) => value.to_string(),
        Value::String(text) => text.to_string(),
        Value::Timestamp(at) => at
            .format(&::time::format_description::well_known::Rfc3339)
            .unwrap_or_default(),
        Value::Duration(length) => format_duration(*length),
        Value::Fact(fact) => show_fact(fact),
        Value::Resource(resource) => resource.id.to_string(),
        Value::List(list) => show_list(list),
    }
}

fn show_fact(fact: &Fact) -> String {
    match fact {
        Fact::String(text) => text.to_string(),
        Fact::Unknown(_) => "unknown".to_owned(),
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

fn show_list(list: &List<'_>) -> String {
    let mut shown: Vec<String> = match list {
        List::Facts(facts) => facts.iter().take(SHOWN_ELEMENTS).map(show_fact).collect(),
        List::Resources(resources, _) => resources
            .iter()
            .take(SHOWN_ELEMENTS)
            .map(|resource| resource.id.to_string())
            .collect(),
        List::Constants(constants) => constants
            .iter()
            .take(SHOWN_ELEMENTS)
            .map(|constant| show(&constant.value()))
            .collect(),
        List::Values(values, _) => values.iter().take(SHOWN_ELEMENTS).map(show).collect(),
    };
    let hidden = list.len().saturating_sub(SHOWN_ELEMENTS);
    if hidden > 0 {
        shown.push(format!("and {hidden} more"));
    }
    if shown.is_empty() {
        return "none".to_owned();
    }
    shown.join(", ")
}
