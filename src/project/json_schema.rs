//! The JSON Schema of a project file: editors complete and check by it.

use serde_json::{Value, json};

use crate::report::Format;
use crate::rule::Severity;

/// The JSON Schema (2020-12) of a project file, with these frameworks to choose from.
pub fn project_schema(frameworks: &[&str]) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let texts = json!({ "type": "array", "minItems": 1, "items": text });
    let scalar = json!({ "type": ["boolean", "number", "string"] });
    let region = json!({ "type": "string", "pattern": "^[a-z]+(-[a-z]+)+-[1-9]$" });
    let formats = Format::ALL.map(Format::name).join("|");
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "launchgate project",
        "type": ["object", "null"],
        "additionalProperties": false,
        "properties": {
            "accounts": {
                "description": "the only accounts that may be read, in quotes",
                "type": "array",
                "minItems": 1,
                "items": { "oneOf": [
                    { "type": "string", "pattern": "^[0-9]{12}$" },
                    { "type": "integer", "minimum": 100_000_000_000_u64, "maximum": 999_999_999_999_u64 },
                ] },
            },
            "regions": {
                "description": "`all` that the account has enabled, or these",
                "oneOf": [{ "const": "all" }, { "type": "array", "minItems": 1, "items": region }],
            },
            "profile": text,
            "frameworks": {
                "type": "array",
                "minItems": 1,
                "items": { "type": "string", "minLength": 1, "examples": frameworks },
            },
            "rules": texts,
            "params": {
                "description": "values by name: `monthly_budget`, `rule.name`, `service.name`",
                "type": ["object", "null"],
                "additionalProperties": { "oneOf": [scalar, { "type": "array", "items": scalar }] },
            },
            "gate": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "fail_on": { "enum": Severity::ALL.map(Severity::name) },
                    "allow_unknown": { "type": "boolean" },
                },
            },
            "attestations": text,
            "reports": {
                "description": "as --report takes them",
                "type": "array",
                "minItems": 1,
                "items": { "type": "string", "pattern": format!("^({formats})=.+$") },
            },
        },
    })
}
