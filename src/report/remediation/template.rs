//! The CloudFormation template, in YAML or JSON.

use serde_json::{Map, Value, json};

use super::super::text::json_ascii_hidden;
use super::Made;
use crate::evaluate::{Parameter, parameter_id};
use crate::remedy::{Entry, Stack};

/// How a template is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// YAML, which people read.
    Yaml,
    /// JSON.
    Json,
}

/// The template of a stack.
///
/// # Errors
/// When it cannot be written as YAML.
pub fn write(
    stack: &Stack,
    made: &Made,
    syntax: Syntax,
) -> Result<String, super::super::ReportError> {
    let document = document(stack, made);
    match syntax {
        Syntax::Json => Ok(json_ascii_hidden(&format!("{document:#}\n"))),
        Syntax::Yaml => {
            // All quoted: CloudFormation reads YAML 1.1, in which `no` and `2012-10-17` are no texts.
            let options = serde_saphyr::ser_options! { quote_all: true };
            Ok(serde_saphyr::to_string_with_options(&document, options)?)
        }
    }
}

fn document(stack: &Stack, made: &Made) -> Value {
    let mut document = Map::new();
    document.insert("AWSTemplateFormatVersion".to_owned(), "2010-09-09".into());
    let description = format!(
        "Mends what launchgate {} found as of {}",
        made.version, made.now
    );
    document.insert("Description".to_owned(), description.into());
    if !stack.parameters.is_empty() {
        let parameters = stack.parameters.iter();
        let parameters = parameters.map(|(name, parameter)| (parameter_id(name), of(parameter)));
        document.insert(
            "Parameters".to_owned(),
            parameters.collect::<Map<_, _>>().into(),
        );
    }
    let resources = stack.resources.iter();
    let resources = resources.map(|(id, entry)| (id.clone(), resource(entry)));
    document.insert(
        "Resources".to_owned(),
        resources.collect::<Map<_, _>>().into(),
    );
    document.into()
}

fn of(parameter: &Parameter) -> Value {
    let kind = if parameter.number { "Number" } else { "String" };
    json!({ "Type": kind, "Description": parameter.help })
}

/// The resource with the rules that want it, for whoever meets it later.
fn resource(entry: &Entry) -> Value {
    let mut rules: Vec<&str> = entry
        .reasons
        .iter()
        .map(|reason| reason.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    let mut resource = entry.resource.clone();
    if let Value::Object(members) = &mut resource {
        let metadata = members
            .entry("Metadata")
            .or_insert_with(|| Value::Object(Map::new()));
        metadata["Launchgate"] = json!({ "Rules": rules });
        // People look for the properties last.
        if let Some(properties) = members.shift_remove("Properties") {
            members.insert("Properties".to_owned(), properties);
        }
    }
    resource
}
