//! The bundled rules that read typed sources only: what the seeded moto answers for. The declared
//! sources have tests of their own, in which their services are scripted.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;

use super::command::{launchgate, run};
use super::plan::plan;

static CHOICE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let listed = run(launchgate().args(["sources", "list", "--format", "json"])).expect_code(0);
    let listed: Vec<Value> = serde_json::from_str(&listed.stdout).expect("the list is JSON");
    let declared: BTreeSet<&str> = listed
        .iter()
        .filter(|source| source["origin"] == "declared")
        .filter_map(|source| source["service"].as_str())
        .collect();
    let mut all = BTreeSet::new();
    let mut others = BTreeSet::new();
    for call in plan(&[]) {
        if declared.contains(call.service()) {
            others.extend(call.rules.iter().cloned());
        }
        all.extend(call.rules);
    }
    let typed = all.difference(&others);
    typed
        .flat_map(|rule| ["--rule".to_owned(), rule.clone()])
        .collect()
});

/// What only a user knows, so that no rule waits for it.
pub const PARAMS: [&str; 6] = [
    "--param",
    "active_users=3000",
    "--param",
    "monthly_budget=100",
    "--param",
    "alert_email=alerts@example.com",
];

/// The flags that choose these rules and set what they share.
pub fn typed_rules() -> Vec<&'static str> {
    CHOICE.iter().map(String::as_str).chain(PARAMS).collect()
}
