//! The JSON Schema of a file of attestations: editors complete and check by it.

use serde_json::{Value, json};

/// The JSON Schema (2020-12) of a file of attestations over these controls.
pub fn attestations_schema(controls: &[String]) -> Value {
    let text = json!({ "type": "string", "pattern": "\\S" });
    let day = |meaning: &str| json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "description": meaning });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "launchgate attestations",
        "type": ["object", "null"],
        "additionalProperties": false,
        "required": ["attestations"],
        "properties": {
            "attestations": { "type": ["array", "null"], "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["control", "statement", "by", "on", "expires"],
                "properties": {
                    "control": {
                        "type": "string",
                        "description": "framework/control, or the control alone where only one framework has it",
                        "examples": controls,
                    },
                    "statement": text,
                    "by": text,
                    "on": day("the day it was signed"),
                    "expires": day("the last day on which it counts"),
                    "account": { "type": "string", "pattern": "^[0-9]{12}$", "description": "only for this account" },
                    "evidence": { "oneOf": [url(), file()] },
                },
            } },
        },
    })
}

fn url() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["url"],
        "properties": { "url": { "type": "string", "pattern": "^https?://\\S+$" } },
    })
}

fn file() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["file", "sha256"],
        "properties": {
            "file": { "type": "string", "minLength": 1, "description": "from the directory of this file" },
            "sha256": { "type": "string", "pattern": "^[0-9a-fA-F]{64}$" },
        },
    })
}
