//! What `launchgate plan` says, to hold the wire and the findings against.

use std::collections::BTreeSet;

use serde_json::Value;

use super::command::{launchgate, run};

/// One operation of a plan.
#[derive(Clone, Debug)]
pub struct Planned {
    /// `iam:ListUsers`.
    pub operation: String,
    pub iam_actions: BTreeSet<String>,
    /// The ids of the rules that read what it brings.
    pub rules: BTreeSet<String>,
}

impl Planned {
    pub fn service(&self) -> &str {
        self.operation.split(':').next().unwrap_or_default()
    }

    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(String::as_str)
    }
}

/// The plan of the rules that `choice` chooses (all bundled ones for none).
#[track_caller]
pub fn plan(choice: &[&str]) -> Vec<Planned> {
    let run = run(launchgate().args(["plan", "--format", "json"]).args(choice)).expect_code(0);
    let listed: Vec<Value> = serde_json::from_str(&run.stdout).expect("the plan is JSON");
    assert!(!listed.is_empty(), "the plan of {choice:?} is empty");
    listed
        .iter()
        .map(|call| Planned {
            operation: text(&call["operation"]),
            iam_actions: texts(&call["iam_actions"]),
            rules: texts(&call["rules"]),
        })
        .collect()
}

fn text(value: &Value) -> String {
    let text = value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"));
    text.to_owned()
}

fn texts(value: &Value) -> BTreeSet<String> {
    let list = value
        .as_array()
        .unwrap_or_else(|| panic!("{value} is no list"));
    list.iter().map(text).collect()
}
