//! What an audit said.

use serde_json::Value;

/// A report with its exit code.
pub struct Outcome {
    pub code: i32,
    pub report: Value,
}

impl Outcome {
    pub fn new(code: i32, report: &str) -> Self {
        let report = serde_json::from_str(report).expect("a report is JSON");
        Self { code, report }
    }

    fn findings(&self) -> impl Iterator<Item = &Value> {
        self.report["findings"].as_array().into_iter().flatten()
    }

    /// The findings of a rule.
    pub fn of(&self, rule: &str) -> Vec<&Value> {
        self.findings().filter(|f| f["rule"] == rule).collect()
    }

    /// The statuses that a rule's findings have, each once and in order.
    pub fn statuses(&self, rule: &str) -> Vec<&str> {
        let mut statuses: Vec<&str> = self
            .of(rule)
            .iter()
            .filter_map(|f| f["status"].as_str())
            .collect();
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    /// `severity rule resource: message` of the findings with that status, of one of those severities.
    pub fn with(&self, status: &str, severities: &[&str]) -> Vec<String> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.findings()
            .filter(|f| f["status"] == status)
            .filter(|f| severities.contains(&f["severity"].as_str().unwrap_or_default()))
            .map(|f| {
                let said = match f["unknown"].as_object() {
                    Some(unknown) => format!("{unknown:?}"),
                    None => text(&f["message"]),
                };
                let (severity, rule) = (text(&f["severity"]), text(&f["rule"]));
                format!("{severity} {rule} {}: {said}", text(&f["resource"]["id"]))
            })
            .collect()
    }
}

/// Every severity.
pub const ALL: [&str; 5] = ["critical", "high", "medium", "low", "info"];
