//! Endpoint rules, as far as it takes to ask them where requests of a region go.
//!
//! A model brings its rules as a small language of its own. Functions that only arguments of single
//! requests need are not known here: rules that come to one of them tell nothing.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// An endpoint, and how requests to it are signed where that is said.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// `https://...`
    pub url: String,
    /// The region that requests are signed for.
    pub signing_region: Option<String>,
}

/// A partition of AWS, and what rules want to know of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its name.
    pub name: &'static str,
    /// Two of its regions, to see whether requests go to the same host from both.
    pub regions: [&'static str; 2],
    /// The end of its hosts' names.
    pub suffix: &'static str,
    /// The same of hosts that IPv6 reaches.
    dual_stack_suffix: &'static str,
    /// The region that its global services are in.
    global_region: &'static str,
}

/// The partitions that drafts speak of.
pub const PARTITIONS: [Partition; 3] = [
    Partition {
        name: "aws",
        regions: ["eu-north-1", "ap-southeast-4"],
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        global_region: "us-east-1",
    },
    Partition {
        name: "aws-cn",
        regions: ["cn-north-1", "cn-northwest-1"],
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        global_region: "cn-northwest-1",
    },
    Partition {
        name: "aws-us-gov",
        regions: ["us-gov-east-1", "us-gov-west-1"],
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        global_region: "us-gov-west-1",
    },
];

/// The names that rules have given to values.
type Scope = BTreeMap<String, Value>;

/// Where requests go by these rules in a region of a partition; `None` where the rules refuse or
/// cannot be followed.
pub fn endpoint(
    rules: &Value,
    partition: &Partition,
    region: &str,
    given: &[(&str, Value)],
) -> Option<Endpoint> {
    let mut scope = Scope::new();
    for (name, parameter) in rules.get("parameters")?.as_object()? {
        if let Some(default) = parameter.get("default") {
            scope.insert(name.clone(), default.clone());
        }
    }
    scope.insert("Region".to_owned(), region.into());
    for (name, value) in given {
        scope.insert((*name).to_owned(), value.clone());
    }
    first(rules.get("rules")?, &scope, partition)
}

/// What the first rule says whose conditions hold.
fn first(rules: &Value, scope: &Scope, partition: &Partition) -> Option<Endpoint> {
    for rule in rules.as_array()? {
        let mut scope = scope.clone();
        if !holds(rule, &mut scope, partition)? {
            continue;
        }
        return match rule.get("type")?.as_str()? {
            "tree" => first(rule.get("rules")?, &scope, partition),
            "endpoint" => decided(rule.get("endpoint")?, &scope),
            _ => None,
        };
    }
    None
}

fn holds(rule: &Value, scope: &mut Scope, partition: &Partition) -> Option<bool> {
    let conditions = rule.get("conditions").and_then(Value::as_array);
    for condition in conditions.into_iter().flatten() {
        let value = call(condition, scope, partition)?;
        if matches!(value, Value::Null | Value::Bool(false)) {
            return Some(false);
        }
        if let Some(name) = condition.get("assign").and_then(Value::as_str) {
            scope.insert(name.to_owned(), value);
        }
    }
    Some(true)
}

fn call(function: &Value, scope: &Scope, partition: &Partition) -> Option<Value> {
    let arguments = function.get("argv")?.as_array()?;
    let argument = |index: usize| value(arguments.get(index)?, scope, partition);
    Some(match function.get("fn")?.as_str()? {
        "isSet" => json!(!argument(0)?.is_null()),
        "not" => json!(matches!(argument(0)?, Value::Null | Value::Bool(false))),
        "booleanEquals" | "stringEquals" => json!(argument(0)? == argument(1)?),
        "getAttr" => attribute(&argument(0)?, argument(1)?.as_str()?),
        "aws.partition" => json!({
            "name": partition.name,
            "dnsSuffix": partition.suffix,
            "dualStackDnsSuffix": partition.dual_stack_suffix,
            "supportsFIPS": true,
            "supportsDualStack": true,
            "implicitGlobalRegion": partition.global_region,
        }),
        "isValidHostLabel" => json!(argument(0)?.is_string()),
        _ => return None,
    })
}

fn value(expression: &Value, scope: &Scope, partition: &Partition) -> Option<Value> {
    let Value::Object(object) = expression else {
        return match expression.as_str() {
            Some(text) => filled(text, scope).map(Value::from),
            None => Some(expression.clone()),
        };
    };
    match object.get("ref").and_then(Value::as_str) {
        Some(name) => Some(scope.get(name).cloned().unwrap_or_default()),
        None => call(expression, scope, partition),
    }
}

fn attribute(value: &Value, path: &str) -> Value {
    let mut steps = path.split('.');
    let found = steps.try_fold(value, |value, step| value.get(step));
    found.cloned().unwrap_or_default()
}

fn decided(endpoint: &Value, scope: &Scope) -> Option<Endpoint> {
    let url = filled(endpoint.get("url")?.as_str()?, scope)?;
    let region = endpoint.pointer("/properties/authSchemes/0/signingRegion");
    let region = region.and_then(Value::as_str);
    Some(Endpoint {
        url,
        signing_region: region.and_then(|region| filled(region, scope)),
    })
}

/// A text with its places, `{Region}` and `{PartitionResult#dnsSuffix}`, filled.
fn filled(text: &str, scope: &Scope) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (place, after) = after.split_once('}')?;
        let (name, path) = place.split_once('#').unwrap_or((place, ""));
        let known = scope.get(name)?;
        let value = match path {
            "" => known.clone(),
            path => attribute(known, path),
        };
        out.push_str(before);
        out.push_str(value.as_str()?);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}
