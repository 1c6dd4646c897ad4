//! The JSON Schema of a rule file: editors complete and check by it.

use serde_json::{Map, Value, json};

use super::{Risk, Severity, Stage, type_names};
use crate::schema::Schema;

/// The JSON Schema (2020-12) of a rule file over these resource types.
pub fn rule_file_schema(schema: &Schema) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let expression = json!({ "type": "string", "description": "a CEL expression" });
    let template = json!({ "type": "string", "description": "text with {expressions}" });
    let texts = json!({ "type": "array", "items": text });
    let resources: Vec<&str> = schema.names().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "launchgate rule",
        "type": "object",
        "additionalProperties": false,
        "required": ["id", "title", "severity", "resource", "require", "message", "why", "remediation", "tests"],
        "properties": {
            "id": { "type": "string", "pattern": "^[a-z0-9-]+$", "description": "also the file's name" },
            "title": { "type": "string", "description": "what is true where it passes" },
            "severity": { "enum": Severity::ALL.map(Severity::name) },
            "resource": { "enum": resources },
            "params": { "type": "object", "additionalProperties": param() },
            "when": expression,
            "require": expression,
            "message": { "type": "string", "description": "text with {expressions}, said where it fails" },
            "pass_message": { "type": "string", "description": "text with {expressions}, said where it passes; default: the title" },
            "not_applicable_message": { "type": "string", "description": "text with {expressions}, said where `when` is false" },
            "saves": { "type": "string", "description": "a CEL expression: USD a month that mending a failing resource saves" },
            "signal": { "type": "string", "description": "the signal of the resource that the rule wants an alarm to watch" },
            "why": text,
            "remediation": remediation(&template, &text),
            "controls": { "type": "object", "additionalProperties": texts },
            "equivalents": { "type": "object", "additionalProperties": texts },
            "tests": { "type": "array", "minItems": 2, "items": test() },
        },
    })
}

fn remediation(template: &Value, text: &Value) -> Value {
    let stage = json!({ "enum": Stage::ALL.map(Stage::name) });
    let command = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["run"],
        "properties": {
            "run": template,
            "order": stage,
            "decide": template,
            "unattended": { "type": "boolean", "description": "may run though it removes something or holds words in capitals" },
        },
    });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["text"],
        "properties": {
            "text": template,
            "cli": { "anyOf": [template, { "type": "array", "items": { "anyOf": [template, command] } }] },
            "url": text,
            "order": stage,
            "decide": { "type": "string", "description": "what a person has to decide before the commands run" },
            "risk": { "type": "array", "items": { "enum": Risk::ALL.map(Risk::name) } },
            "region": { "type": "string", "description": "where it is mended, if not in the resource's region" },
            "creates": { "type": "object", "additionalProperties": { "anyOf": [created(), { "const": "shared" }] } },
        },
    })
}

/// A CloudFormation resource; its properties are checked by CloudFormation.
fn created() -> Value {
    let names = json!({ "type": ["string", "array"], "items": { "type": "string" } });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["Type"],
        "properties": {
            "Type": { "type": "string", "pattern": "^[A-Za-z0-9]+(::[A-Za-z0-9]+){2,}$" },
            "Properties": { "type": "object", "description": "every text is a template" },
            "DependsOn": names,
            "DeletionPolicy": { "type": "string" },
            "UpdateReplacePolicy": { "type": "string" },
            "Metadata": { "type": "object" },
        },
    })
}

fn param() -> Value {
    let types: Vec<&str> = type_names().collect();
    let own = json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["type", "default", "help"],
        "properties": {
            "type": { "enum": types },
            "default": {},
            "help": { "type": "string" },
        },
    });
    let shared =
        json!({ "const": "shared", "description": "one of the parameters that rules share" });
    json!({ "anyOf": [shared, own] })
}

fn test() -> Value {
    let mut properties = Map::new();
    properties.insert("name".to_owned(), json!({ "type": "string" }));
    properties.insert(
        "resource".to_owned(),
        json!({ "type": "object", "description": "fields as the AWS CLI prints them" }),
    );
    properties.insert(
        "with".to_owned(),
        json!({ "type": "object", "additionalProperties": { "type": "array", "items": { "type": "object" } } }),
    );
    properties.insert("params".to_owned(), json!({ "type": "object" }));
    properties.insert(
        "now".to_owned(),
        json!({ "type": "string", "format": "date-time" }),
    );
    properties.insert(
        "unknown".to_owned(),
        json!({ "type": "array", "items": { "type": "string" } }),
    );
    properties.insert(
        "expect".to_owned(),
        json!({ "enum": ["pass", "fail", "unknown", "not_applicable"] }),
    );
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["name", "expect"],
        "properties": properties,
    })
}
