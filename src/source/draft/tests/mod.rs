//! Models of services that do not exist, in directories as botocore has them.

mod details;
mod endpoints;
mod finding;
mod lists;
mod members;
mod packed;
mod refused;
mod spelling;

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::*;
use crate::diagnostic::{SourceFile, render};
use crate::source::decode;
use crate::yaml;

/// A machine with nothing on it but what a test puts there.
struct Machine {
    root: TempDir,
    variables: BTreeMap<String, String>,
}

impl Machine {
    fn new() -> Self {
        Self {
            root: tempfile::tempdir().unwrap(),
            variables: BTreeMap::new(),
        }
    }

    /// Sets a variable to paths below the root.
    fn set(mut self, name: &str, below: &[&str]) -> Self {
        let paths = below.iter().map(|below| self.root.path().join(below));
        let joined = std::env::join_paths(paths).unwrap();
        self.variables
            .insert(name.to_owned(), joined.into_string().unwrap());
        self
    }

    fn file(&self, below: &str, contents: impl AsRef<[u8]>) {
        let path = self.root.path().join(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// Puts a model into a data directory.
    fn model(&self, data: &str, service: &str, version: &str, description: &Value) {
        let below = format!("{data}/{service}/{version}/service-2.json");
        self.file(&below, description.to_string());
    }

    fn environment(&self) -> Environment {
        let variables = self.variables.iter();
        Environment {
            variables: variables
                .map(|(name, value)| (name.clone(), value.into()))
                .collect(),
            home: Some(self.root.path().join("home")),
            root: self.root.path().to_owned(),
        }
    }

    fn find(&self, service: &str) -> Result<Model, DraftError> {
        model(service, &self.environment())
    }
}

/// A service that is described by these parts, found where users keep models of their own.
struct Service {
    metadata: Value,
    operations: Value,
    shapes: Value,
    paginators: Value,
    rules: Option<Value>,
}

impl Service {
    /// A service called `lamps` that speaks a protocol.
    fn speaking(protocol: &str) -> Self {
        Self {
            metadata: json!({
                "apiVersion": "2020-02-02",
                "endpointPrefix": "lamps",
                "protocol": protocol,
                "jsonVersion": "1.1",
                "targetPrefix": "LampService",
                "serviceFullName": "Example Lamps",
                "serviceId": "Lamps",
            }),
            operations: json!({}),
            shapes: json!({}),
            paginators: json!({}),
            rules: None,
        }
    }

    fn metadata(mut self, key: &str, value: Value) -> Self {
        self.metadata[key] = value;
        self
    }

    fn operation(mut self, name: &str, mut operation: Value) -> Self {
        if operation.get("http").is_none() {
            operation["http"] = json!({ "method": "POST", "requestUri": "/" });
        }
        operation["documentation"] = json!("<p>Words that must not be copied.</p>");
        self.operations[name] = operation;
        self
    }

    /// Adds shapes; the simple ones have names of their own.
    fn shapes(mut self, shapes: Value) -> Self {
        self.shapes = json!({
            "Text": { "type": "string", "documentation": "<p>Words that must not be copied.</p>" },
            "Texts": { "type": "list", "member": { "shape": "Text" } },
            "TextMap": { "type": "map", "key": { "shape": "Text" }, "value": { "shape": "Text" } },
            "Flag": { "type": "boolean" },
            "Number": { "type": "integer" },
            "Time": { "type": "timestamp" },
        });
        for (name, shape) in shapes.as_object().unwrap() {
            self.shapes[name] = shape.clone();
        }
        self
    }

    fn paginator(mut self, operation: &str, paginator: Value) -> Self {
        self.paginators[operation] = paginator;
        self
    }

    fn rules(mut self, rules: Value) -> Self {
        self.rules = Some(json!({ "version": "1.0", "parameters": {}, "rules": rules }));
        self
    }

    fn draft(&self, operation: &str) -> Result<String, DraftError> {
        let machine = Machine::new();
        let description = json!({
            "version": "2.0",
            "metadata": self.metadata,
            "operations": self.operations,
            "shapes": self.shapes,
        });
        let data = "home/.aws/models";
        machine.model(data, "lamps", "2020-02-02", &description);
        let paginators = json!({ "pagination": self.paginators });
        let version = format!("{data}/lamps/2020-02-02");
        machine.file(
            &format!("{version}/paginators-1.json"),
            paginators.to_string(),
        );
        if let Some(rules) = &self.rules {
            let path = format!("{version}/endpoint-rule-set-1.json");
            machine.file(&path, rules.to_string());
        }
        draft(&machine.find("lamps")?, operation)
    }

    /// The draft, from one place to the end. It must be YAML, and a sound source where nothing is
    /// left to a person.
    fn drafted(&self, operation: &str, from: &str) -> String {
        let text = self.draft(operation).unwrap();
        let file = SourceFile::new("lamps.yaml", text.clone());
        let left_to_do = text.contains("TODO");
        let mistakes = if left_to_do {
            yaml::parse(&file).err().map(|mistake| vec![*mistake])
        } else {
            decode(&file, &|_| None).err()
        };
        if let Some(mistakes) = mistakes {
            panic!("{}", render(&mistakes, false));
        }
        assert!(!text.contains("must not be copied"), "{text}");
        let Some(start) = text.find(from) else {
            panic!("no `{from}` in\n{text}");
        };
        text[start..].to_owned()
    }
}

/// A structure of these members, each with its shape.
fn structure(members: &[(&str, &str)]) -> Value {
    let members = members.iter();
    let members: serde_json::Map<String, Value> = members
        .map(|(name, shape)| ((*name).to_owned(), json!({ "shape": shape })))
        .collect();
    json!({ "type": "structure", "members": members })
}

fn list(item: &str) -> Value {
    json!({ "type": "list", "member": { "shape": item } })
}
