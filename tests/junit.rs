//! The JUnit report, read back by a reader that knows nothing of launchgate.

mod support;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use support::nasty::{Audited, NAMES};
use support::python_script;

/// What junitparser makes of the JUnit file.
fn read_back(audited: &Audited) -> Value {
    let file = audited.bench.path().join("reports/junit.xml");
    let told = python_script("read_junit.py", &[&file]);
    serde_json::from_str(&told).expect("the script prints JSON")
}

fn list(value: &Value) -> &Vec<Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("not a list: {value}"))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key]
        .as_str()
        .unwrap_or_else(|| panic!("{key} of {value}"))
}

/// For each rule how often each outcome is in the findings, in the words of JUnit.
fn counts(findings: &Value) -> BTreeMap<String, Value> {
    let mut counts: BTreeMap<String, [u64; 4]> = BTreeMap::new();
    for rule in list(&findings["rules"]) {
        counts.insert(rule.as_str().expect("an id").to_owned(), [0; 4]);
    }
    for finding in list(&findings["findings"]) {
        let of_rule = counts
            .get_mut(text(finding, "rule"))
            .expect("a rule that ran");
        of_rule[0] += 1;
        match text(finding, "status") {
            "fail" => of_rule[1] += 1,
            "unknown" => of_rule[2] += 1,
            "pass" => {}
            _ => of_rule[3] += 1,
        }
    }
    let named = |[tests, failures, errors, skipped]: [u64; 4]| json!({ "tests": tests, "failures": failures, "errors": errors, "skipped": skipped });
    counts
        .into_iter()
        .map(|(rule, counted)| (rule, named(counted)))
        .collect()
}

#[test]
fn every_suite_counts_what_the_findings_count() {
    let audited = Audited::new();
    let document = read_back(&audited);
    let findings = audited.bench.json("reports/findings.json");
    let suites = list(&document["suites"]);
    let expected = counts(&findings);
    assert_eq!(suites.len(), expected.len(), "a suite is a rule");
    for (suite, (rule, counted)) in suites.iter().zip(&expected) {
        let name = text(suite, "name");
        assert_eq!(
            name.split(": ").next(),
            Some(rule.as_str()),
            "suites are sorted"
        );
        assert_eq!(&suite["claimed"], counted, "{name}: what the suite says");
        assert_eq!(&suite["counted"], counted, "{name}: what its cases come to");
    }
    let names = NAMES.len();
    assert_eq!(
        expected["rds-lost"],
        json!({ "tests": names + 1, "failures": names, "errors": 1, "skipped": 0 }),
        "the unread list is one more"
    );
    assert_eq!(expected["rds-none"]["tests"], 0);
}

#[test]
fn the_totals_are_those_of_the_suites() {
    let audited = Audited::new();
    let document = read_back(&audited);
    let findings = audited.bench.json("reports/findings.json");
    let summary = &findings["summary"];
    assert_eq!(
        document["claimed"],
        json!({
            "tests": list(&findings["findings"]).len(),
            "failures": summary["fail"],
            "errors": summary["unknown"],
        })
    );
}

/// Servers know a test by its class and name: one resource must not hide another.
#[test]
fn every_case_has_a_name_of_its_own() {
    let document = read_back(&Audited::new());
    let mut seen = std::collections::BTreeSet::new();
    for case in list(&document["suites"])
        .iter()
        .flat_map(|suite| list(&suite["cases"]))
    {
        let identity = (text(case, "class"), text(case, "name"));
        assert!(seen.insert(identity), "twice: {identity:?}");
        assert!(
            !identity.1.contains(|c: char| c.is_control()),
            "{identity:?}"
        );
    }
}

/// What is seen of a name stays as it is; what acts without being seen is written out.
#[test]
fn names_survive_as_they_are_seen() {
    let document = read_back(&Audited::new());
    let lost = list(&document["suites"])
        .iter()
        .find(|suite| text(suite, "name").starts_with("rds-lost: "))
        .expect("the suite of rds-lost");
    let failure = |name: &str| {
        list(&lost["cases"])
            .iter()
            .find(|case| text(case, "name") == format!("{name} (eu-west-1)"))
            .unwrap_or_else(|| panic!("no case {name:?} in {lost:#}"))
    };
    for name in [
        "<script>alert(1)</script>|*_",
        "CDATA ends here ]]> and goes on ]]>]]>",
        "<!-- comment --> &amp; &lt; <![CDATA[",
        "party \u{1f389} \u{65e5}\u{672c}\u{8a9e}",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627}",
    ] {
        let case = failure(name);
        assert_eq!(case["outcome"], "failure");
        assert_eq!(case["type"], "high");
        assert_eq!(
            case["message"],
            format!("is called {name} and tagged {name}")
        );
        assert!(
            text(case, "text").contains(&format!("Rename {name}.")),
            "{case:#}"
        );
    }
    failure("\\u{202e}gpj.exe\\u{200f} \\u{2066}turned\\u{2069}");
    failure("\\u{1b}[31mred\\u{7}\\u{8}\\u{0}\\u{9b}2J");
    failure("line one\\nline two\\r\\n\\tand a tab");
}

/// An error tells a CI user what was missing, and what to allow.
#[test]
fn an_unread_list_is_an_error_with_the_action_to_allow() {
    let document = read_back(&Audited::new());
    let errors: Vec<&Value> = list(&document["suites"])
        .iter()
        .flat_map(|suite| list(&suite["cases"]))
        .filter(|case| case["outcome"] == "error")
        .collect();
    assert!(errors.len() > NAMES.len());
    for error in errors {
        assert_eq!(error["type"], "AccessDenied");
        assert_eq!(
            error["message"],
            "rds:DescribeDBInstances in eu-west-1: AccessDenied, needs the IAM action rds:DescribeDBInstances"
        );
        let advice = "Allow rds:DescribeDBInstances to the identity that runs launchgate.";
        assert!(text(error, "text").contains(advice), "{error:#}");
    }
}
