//! The document read back with an XML parser.

use std::collections::BTreeMap;

use super::super::testing::{ODD, failing, finding, odd_report};
use quick_xml::XmlVersion;

use super::*;
use crate::rule::Severity;

type Attributes = BTreeMap<String, String>;

/// An element with its attributes and text, children after parents.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: Attributes,
    text: String,
}

fn written(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn elements(xml: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let (mut all, mut open) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                open.push(all.len());
                all.push(read(&element));
            }
            Event::Empty(element) => all.push(read(&element)),
            Event::End(_) => {
                open.pop();
            }
            Event::CData(data) => {
                let element: &mut Element = &mut all[*open.last().unwrap()];
                element.text.push_str(std::str::from_utf8(&data).unwrap());
            }
            Event::Text(text) => assert!(text.iter().all(u8::is_ascii_whitespace), "{text:?}"),
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(open.is_empty());
    all
}

fn read(element: &BytesStart<'_>) -> Element {
    let attributes = element.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
        (
            key,
            attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .unwrap()
                .into_owned(),
        )
    });
    Element {
        name: String::from_utf8(element.name().as_ref().to_vec()).unwrap(),
        attributes: attributes.collect(),
        text: String::new(),
    }
}

fn named<'e>(all: &'e [Element], name: &str) -> Vec<&'e Element> {
    all.iter().filter(|element| element.name == name).collect()
}

fn counts<'e>(element: &'e Element, keys: &[&str]) -> Vec<&'e str> {
    keys.iter()
        .map(|&key| element.attributes[key].as_str())
        .collect()
}

#[test]
fn suites_are_rules_with_counts() {
    let all = elements(&written(&odd_report()));
    let suites = named(&all, "testsuite");
    let names: Vec<_> = suites
        .iter()
        .map(|suite| suite.attributes["name"].as_str())
        .collect();
    assert_eq!(names[0], "ec2-nothing: Volumes are encrypted");
    assert_eq!(names[2], "rds-backup-retention: RDS instances keep backups");
    let keys = ["tests", "failures", "errors", "skipped"];
    assert_eq!(counts(suites[0], &keys), ["0", "0", "0", "0"]);
    assert_eq!(counts(suites[2], &keys), ["4", "2", "1", "0"]);
    assert_eq!(counts(suites[4], &keys), ["4", "1", "0", "3"]);
    assert_eq!(
        counts(&all[0], &["tests", "failures", "errors", "time"]),
        ["11", "4", "3", "0"]
    );
    assert_eq!(suites[0].attributes["timestamp"], "2026-05-09T10:11:12Z");
    assert_eq!(suites[0].attributes["time"], "0");
}

#[test]
fn counts_are_those_of_the_cases() {
    let xml = written(&odd_report());
    let all = elements(&xml);
    for (kind, count) in [
        ("testcase", 11),
        ("failure", 4),
        ("error", 3),
        ("skipped", 3),
    ] {
        assert_eq!(named(&all, kind).len(), count, "{kind}");
    }
}

#[test]
fn a_failure_says_what_to_do() {
    let all = elements(&written(&odd_report()));
    let failure = named(&all, "failure")[1];
    assert_eq!(failure.attributes["type"], "high");
    assert!(failure.attributes["message"].starts_with("keeps 0 days of backups of"));
    assert!(failure.text.contains("Raise the retention period."));
    assert!(failure.text.contains("aws rds modify-db-instance"));
}

#[test]
fn an_error_names_the_call_the_region_and_the_permission() {
    let all = elements(&written(&odd_report()));
    let error = named(&all, "error")[0];
    assert_eq!(error.attributes["type"], "AccessDenied");
    assert_eq!(
        error.attributes["message"],
        "rds:DescribeDBInstances in us-east-1: AccessDenied, needs the IAM action rds:DescribeDBInstances"
    );
    assert!(
        error
            .text
            .contains("Allow rds:DescribeDBInstances to the identity")
    );
}

#[test]
fn odd_names_are_seen_but_do_nothing() {
    let xml = written(&odd_report());
    assert!(!xml.contains(|c: char| c != '\n' && c.is_control()));
    assert!(!xml.contains(['\u{fffe}', '\u{202e}']));
    let all = elements(&xml);
    let expected = format!("{} (eu-west-1)", one_line(ODD));
    let cases = named(&all, "testcase");
    assert!(cases.iter().any(|case| case.attributes["name"] == expected));
    let texts = named(&all, "failure")
        .iter()
        .map(|failure| failure.text.clone())
        .collect::<String>();
    assert!(
        texts.contains("]]>"),
        "the text is the very text, across two sections"
    );
}

#[test]
fn a_test_is_known_by_class_and_name() {
    let mut report = odd_report();
    let twin = finding("s3-odd", Severity::Low, Status::Pass, "twin");
    let mut other = twin.clone();
    other.fingerprint = "other".to_owned();
    report
        .findings
        .extend([twin, other, failing("iam-root-mfa", Severity::Low, "twin")]);
    let all = elements(&written(&report));
    let cases = named(&all, "testcase");
    let known: BTreeSet<_> = cases
        .iter()
        .map(|case| (&case.attributes["classname"], &case.attributes["name"]))
        .collect();
    // The odd report's own: three findings of one rule about one resource.
    assert_eq!(known.len(), cases.len() - 1, "{known:#?}");
    assert!(
        cases
            .iter()
            .any(|case| case.attributes["classname"] == "123456789012.rds.DBInstance.s3-odd")
    );
}

#[test]
fn a_report_of_nothing_is_a_document() {
    let mut report = odd_report();
    report.rules.clear();
    report.findings.clear();
    let all = elements(&written(&report));
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].attributes["tests"], "0");
}

#[test]
fn a_wrong_start_is_an_error() {
    let mut report = odd_report();
    report.started = "yesterday".to_owned();
    let error = write(&report, &mut Vec::new()).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the run's start `yesterday` is no rfc 3339 timestamp")
    );
}
