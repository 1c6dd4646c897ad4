//! The JSON Schema of a source file, for editors.

use serde_json::{Value, json};

use super::decode::PARTITIONS;
use super::stat::UNITS;

/// The schema; `launchgate sources check` says more than it can.
pub fn source_file_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "launchgate source",
        "description": "An AWS service described as data: sources/<service>.yaml",
        "type": "object",
        "additionalProperties": false,
        "required": ["service", "title", "id", "protocol", "types"],
        "properties": {
            "service": { "type": "string", "pattern": "^[a-z][a-z0-9]*$", "description": "the file's stem, the first part of the types' names and of operations in reports" },
            "title": { "type": "string" },
            "id": { "type": "string", "description": "AWS's service id, which names AWS_ENDPOINT_URL_<ID>" },
            "protocol": { "enum": ["awsQuery", "awsJson1_0", "awsJson1_1", "restJson1", "restXml"] },
            "version": { "type": "string", "description": "awsQuery: the API's version" },
            "target": { "type": "string", "description": "awsJson: what stands before the operation in X-Amz-Target" },
            "endpoint": { "anyOf": [{ "type": "string" }, endpoint()], "description": "the host's first part where it is not `service`" },
            "signing": { "type": "string", "description": "SigV4's service name where it is not the endpoint's" },
            "iam": { "type": "string", "description": "the prefix of IAM actions where it is not the signing name" },
            "unavailable": { "type": "array", "items": { "type": "string" }, "description": "errors that mean: this region does not have the service" },
            "params": { "type": "object", "additionalProperties": param() },
            "shapes": { "type": "object", "additionalProperties": { "$ref": "#/$defs/fields" } },
            "types": { "type": "object", "additionalProperties": { "$ref": "#/$defs/type" } }
        },
        "$defs": {
            "type": resource_type(),
            "list": call(list_keys()),
            "detail": call(detail_keys()),
            "fields": { "type": "object", "additionalProperties": field() },
            "template": { "type": "string", "description": "text with {Field}, {Field.Inner}, {Field|base}, {parent.Field}, {params.name}, {now-14d}, {today}, {month}" },
            "input": { "anyOf": [
                { "$ref": "#/$defs/template" },
                { "type": ["boolean", "integer"] },
                { "type": "array", "items": { "$ref": "#/$defs/input" } },
                { "type": "object", "additionalProperties": { "$ref": "#/$defs/input" } }
            ] }
        }
    })
}

fn endpoint() -> Value {
    let by_partition: Value = PARTITIONS
        .iter()
        .map(|partition| ((*partition).to_owned(), json!({ "type": "string" })))
        .collect::<serde_json::Map<_, _>>()
        .into();
    let by_partition =
        json!({ "type": "object", "additionalProperties": false, "properties": by_partition });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "prefix": { "type": "string" },
            "regions": by_partition,
            "hosts": by_partition,
            "account_prefix": { "type": "boolean" }
        }
    })
}

fn param() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["type", "default", "help"],
        "properties": {
            "type": { "enum": ["string", "int", "duration", "list<string>"] },
            "default": {},
            "help": { "type": "string" }
        }
    })
}

fn resource_type() -> Value {
    let template = json!({ "$ref": "#/$defs/template" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["doc"],
        "properties": {
            "doc": { "type": "string" },
            "scope": { "enum": ["global", "regional"] },
            "endpoint_region": { "type": "string" },
            "list": { "$ref": "#/$defs/list" },
            "of": { "type": "string", "description": "one resource for each of this type, without a call" },
            "metrics": metrics(),
            "id": template,
            "arn": template,
            "region": template,
            "add": { "type": "object", "additionalProperties": template },
            "fields": { "$ref": "#/$defs/fields" },
            "details": { "type": "object", "additionalProperties": { "$ref": "#/$defs/detail" } },
            "relations": { "type": "object", "additionalProperties": {
                "type": "object",
                "additionalProperties": false,
                "required": ["target", "from", "to"],
                "properties": {
                    "target": { "type": "string" },
                    "from": { "type": "string" },
                    "to": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "a path, or several any of which may hold the key" },
                    "many": { "type": "boolean" }
                }
            } }
        }
    })
}

fn metrics() -> Value {
    let stat = json!({ "type": "string", "description": "Average, Sum, Minimum, Maximum, SampleCount, IQM, p95, ..." });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["namespace", "fields"],
        "description": "fields that are the values of CloudWatch metrics over the parameter `window`",
        "properties": {
            "namespace": { "type": "string" },
            "dimensions": { "type": "object", "additionalProperties": { "$ref": "#/$defs/template" } },
            "fields": { "type": "object", "additionalProperties": { "anyOf": [stat, {
                "type": "object",
                "additionalProperties": false,
                "required": ["stat"],
                "properties": {
                    "metric": { "type": "string", "description": "where it is not the field's name" },
                    "stat": stat,
                    "period": { "type": "integer", "description": "seconds that one value stands for; a day where nothing is said" },
                    "unit": { "enum": UNITS }
                }
            }] } }
        }
    })
}

fn field() -> Value {
    let ty = json!({ "type": "string", "description": "bool, int, double, string, timestamp, any, json, json<Shape>, policy, url, keys, present, price, tags, tags<key,value>, list<T>, map<T>, entries<Shape> or a shape; `?` for what AWS may leave out" });
    json!({ "anyOf": [ty, {
        "type": "object",
        "additionalProperties": false,
        "required": ["type"],
        "properties": {
            "type": ty,
            "from": { "type": "string" },
            "flat": { "type": "boolean" },
            "attribute": { "type": "boolean" }
        }
    }] })
}

/// The keys of every call with those of one kind.
fn call(mut keys: Value) -> Value {
    let names = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let every = json!({
        "call": { "type": "string", "description": "the operation" },
        "http": { "type": "string", "description": "REST: method and path, {Label} for members of `input`" },
        "root": { "type": "string", "description": "restXml: the answer's outermost element" },
        "input": { "type": "object", "additionalProperties": { "$ref": "#/$defs/input" } },
        "headers": { "type": "object", "additionalProperties": { "$ref": "#/$defs/template" } },
        "pages": { "anyOf": [{ "type": "string" }, {
            "type": "object",
            "additionalProperties": false,
            "required": ["token"],
            "properties": { "token": names, "input": names, "more": { "type": "string" } }
        }] },
        "absent": { "type": "array", "items": { "anyOf": [{ "type": "string" }, {
            "type": "object",
            "additionalProperties": false,
            "required": ["code", "message"],
            "properties": { "code": { "type": "string" }, "message": { "type": "string" } }
        }] } },
        "iam": { "type": "array", "items": { "type": "string" } }
    });
    if let (Some(keys), Value::Object(every)) = (keys.as_object_mut(), every) {
        keys.extend(every);
    }
    json!({ "type": "object", "additionalProperties": false, "properties": keys })
}

fn list_keys() -> Value {
    json!({
        "items": { "type": "string", "description": "the path to the list in the answer" },
        "item": { "type": "string", "description": "the path to the one resource, `.` for the answer itself" },
        "json": { "type": "boolean", "description": "items are texts that hold JSON, whose members are the fields" },
        "as": { "type": "string", "description": "items are texts: each becomes this field" },
        "each": { "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }], "description": "once for each resource of a type, or for each value" }
    })
}

fn detail_keys() -> Value {
    json!({
        "service": { "type": "string", "description": "another source, whose service is asked" },
        "at": { "type": "string", "description": "the path whose members are the fields" },
        "into": { "type": "string", "description": "the one field that all are put into" },
        "raw": { "type": "string", "description": "the field that the body is, as it stands" },
        "fields": { "$ref": "#/$defs/fields" },
        "batch": {
            "type": "object",
            "additionalProperties": false,
            "required": ["size", "input", "each", "items", "match"],
            "properties": {
                "size": { "type": "integer", "minimum": 1 },
                "input": { "type": "string" },
                "each": { "$ref": "#/$defs/input" },
                "items": { "type": "string" },
                "match": { "type": "string" },
                "key": { "$ref": "#/$defs/template" }
            }
        }
    })
}
