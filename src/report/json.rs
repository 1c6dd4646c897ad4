//! `launchgate.findings/1`: the report that other tools read.
//!
//! Keys and findings have one order, so that two runs can be compared line by line.

use std::collections::BTreeMap;
use std::io::Write;

use serde::Serialize;

use super::ReportError;
use super::text::json_ascii_hidden;
use crate::finding::{
    AttestationSummary, Finding, FrameworkSummary, GateOutcome, Report, Status, Summary,
};

/// The document's name and version.
pub const SCHEMA: &str = "launchgate.findings/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    tool: Tool<'r>,
    started: &'r str,
    now: &'r str,
    accounts: &'r [String],
    regions: &'r [String],
    rules: Vec<&'r str>,
    /// How many resources each rule was applied to: an empty account is seen as empty.
    resources: BTreeMap<&'r str, usize>,
    gate: &'r GateOutcome,
    summary: Summary,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frameworks: Vec<Framework<'r>>,
    findings: &'r [Finding],
    calls: &'r BTreeMap<String, u64>,
}

#[derive(Serialize)]
struct Tool<'r> {
    name: &'static str,
    version: &'r str,
}

#[derive(Serialize)]
struct Framework<'r> {
    id: &'r str,
    title: &'r str,
    controls: Vec<Control<'r>>,
}

#[derive(Serialize)]
struct Control<'r> {
    id: &'r str,
    title: &'r str,
    /// Whether any rule decides it.
    automated: bool,
    rules: &'r [String],
    /// The worst status of its findings, null where it has none.
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'r str>,
    /// Whether nobody but a person can decide it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    manual: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    attestation: Option<&'r AttestationSummary>,
}

/// Writes the report as JSON.
///
/// # Errors
/// When `out` does not take it.
pub fn write(report: &Report, out: &mut dyn Write) -> Result<(), ReportError> {
    let json = serde_json::to_string_pretty(&document(report))?;
    out.write_all(json_ascii_hidden(&json).as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

fn document(report: &Report) -> Document<'_> {
    let rules = report.rules.iter();
    Document {
        schema: SCHEMA,
        tool: Tool {
            name: "launchgate",
            version: report.version,
        },
        started: &report.started,
        now: &report.now,
        accounts: &report.accounts,
        regions: &report.regions,
        rules: rules.clone().map(|rule| rule.id.as_str()).collect(),
        resources: rules
            .map(|rule| (rule.id.as_str(), rule.resources))
            .collect(),
        gate: &report.gate,
        summary: report.summary(),
        frameworks: report.frameworks.iter().map(framework).collect(),
        findings: &report.findings,
        calls: &report.calls,
    }
}

fn framework(framework: &FrameworkSummary) -> Framework<'_> {
    let controls = framework.controls.iter().map(|control| Control {
        id: &control.id,
        title: &control.title,
        automated: !control.rules.is_empty(),
        rules: &control.rules,
        status: control.status,
        section: control.section.as_deref(),
        manual: control.manual,
        attestation: control.attestation.as_ref(),
    });
    Framework {
        id: &framework.id,
        title: &framework.title,
        controls: controls.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ODD, odd_report};
    use super::*;
    use serde_json::{Value, json};

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_document_has_the_promised_keys_in_order() {
        let text = written(&odd_report());
        let document: Value = serde_json::from_str(&text).unwrap();
        let keys = |value: &Value| {
            value
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(
            keys(&document),
            [
                "schema",
                "tool",
                "started",
                "now",
                "accounts",
                "regions",
                "rules",
                "resources",
                "gate",
                "summary",
                "frameworks",
                "findings",
                "calls"
            ]
        );
        assert_eq!(keys(&document["gate"]), ["fail_on", "open", "reasons"]);
        assert_eq!(
            keys(&document["summary"]),
            [
                "pass",
                "fail",
                "unknown",
                "not_applicable",
                "waived",
                "manual"
            ]
        );
        assert_eq!(document["schema"], SCHEMA);
        assert_eq!(
            document["tool"],
            json!({ "name": "launchgate", "version": "0.1.0" })
        );
        assert_eq!(document["resources"]["ec2-nothing"], 0);
        assert_eq!(document["calls"]["rds:DescribeDBInstances"], 4);
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn an_unknown_says_what_is_missing() {
        let document: Value = serde_json::from_str(&written(&odd_report())).unwrap();
        let findings = document["findings"].as_array().unwrap();
        let unknown = findings
            .iter()
            .find(|finding| finding["status"] == "unknown")
            .unwrap();
        assert_eq!(unknown["unknown"]["iam_action"], "rds:DescribeDBInstances");
        let known = findings
            .iter()
            .filter(|finding| finding["status"] != "unknown");
        assert!(known.clone().count() > 0);
        assert!(
            known
                .clone()
                .all(|finding| finding.get("unknown").is_none())
        );
    }

    #[test]
    fn controls_without_rules_are_told() {
        let document: Value = serde_json::from_str(&written(&odd_report())).unwrap();
        let controls = &document["frameworks"][0]["controls"];
        assert_eq!(controls[0]["status"], "fail");
        assert_eq!(
            (&controls[1]["automated"], &controls[1]["status"]),
            (&json!(true), &Value::Null)
        );
        assert_eq!(controls[2]["automated"], false);
        let mut report = odd_report();
        report.frameworks.clear();
        assert!(!written(&report).contains("\"frameworks\""));
    }

    #[test]
    fn names_come_back_as_they_were_and_do_nothing_on_a_terminal() {
        let text = written(&odd_report());
        assert!(!text.contains(|c: char| c != '\n' && c.is_control()));
        assert!(!text.contains(['\u{202e}', '\u{fffe}']));
        let document: Value = serde_json::from_str(&text).unwrap();
        let findings = document["findings"].as_array().unwrap();
        assert!(
            findings
                .iter()
                .any(|finding| finding["resource"]["id"] == ODD)
        );
    }

    #[test]
    fn two_writings_are_the_same() {
        assert_eq!(written(&odd_report()), written(&odd_report()));
    }
}
