//! JUnit XML for CI servers: a suite is a rule, a case is a resource.
//!
//! A finding that fails is a failure; one that could not be decided is an error, which CI servers
//! hold against a build as well, so that an unread account never looks tested. `junit-report` makes
//! the document; what Azure DevOps, GitLab, Jenkins and CodeBuild also want to read (how many cases
//! were skipped, and totals) is added to it here.

use std::collections::BTreeSet;
use std::io::Write;

use junit_report::{Duration, TestCase, TestCaseBuilder, TestSuite, TestSuiteBuilder};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::ReportError;
use super::group::{RuleGroup, every_rule};
use super::text::{one_line, sentence, xml_cdata};
use crate::finding::{Finding, Report, Status, advice};

/// Writes the report as JUnit XML.
///
/// # Errors
/// When `out` does not take it, or the run's start is no timestamp.
pub fn write(report: &Report, out: &mut dyn Write) -> Result<(), ReportError> {
    let started = OffsetDateTime::parse(&report.started, &Rfc3339).map_err(|source| {
        ReportError::Started {
            started: report.started.clone(),
            source,
        }
    })?;
    let mut document = junit_report::Report::new();
    document.add_testsuites(every_rule(report).iter().map(|group| suite(group, started)));
    let mut xml = Vec::new();
    document.write_xml(&mut xml)?;
    complete(&xml, document.testsuites(), out)
}

fn suite(group: &RuleGroup<'_>, started: OffsetDateTime) -> TestSuite {
    let name = match group.rule {
        Some(rule) => sentence(&format!("{}: {}", rule.id, rule.title)),
        None => sentence(group.id),
    };
    let mut names = BTreeSet::new();
    let mut suite = TestSuiteBuilder::new(&name).set_timestamp(started).build();
    suite.package = group.rule.map_or(String::new(), |rule| {
        one_line(&rule.resource_type).into_owned()
    });
    suite.add_testcases(
        group
            .findings
            .iter()
            .map(|finding| case(finding, &mut names)),
    );
    suite
}

/// The case of one finding. Servers take class and name together for the identity of a test:
/// so the rule is in the class, and two resources of one name are told apart.
fn case(finding: &Finding, names: &mut BTreeSet<String>) -> TestCase {
    let resource = &finding.resource;
    let class = format!(
        "{}.{}.{}",
        resource.account, resource.resource_type, finding.rule
    );
    let mut name = one_line(&format!("{} ({})", resource.id, resource.region)).into_owned();
    if !names.insert(format!("{class} {name}")) {
        name.push_str(&format!(" [{}]", finding.fingerprint));
    }
    let message = sentence(&finding.message);
    let severity = finding.severity.name();
    let mut case = match finding.status {
        Status::Pass => TestCaseBuilder::success(&name, Duration::ZERO),
        Status::Fail => TestCaseBuilder::failure(&name, Duration::ZERO, severity, &message),
        Status::Unknown => {
            let (code, message) = missing(finding);
            TestCaseBuilder::error(&name, Duration::ZERO, &code, &message)
        }
        // No build is broken over a signature, and none goes by without it being seen.
        Status::Manual => {
            let message = format!("manual: {message}");
            TestCaseBuilder::skipped_with_cause(&name, Status::Manual.name(), &message)
        }
        skipped => TestCaseBuilder::skipped_with_cause(&name, skipped.name(), &message),
    };
    if finding.attestation.is_some() {
        case.set_system_out(&xml_cdata(&details(finding)));
    } else if finding.status != Status::Pass {
        case.set_trace(&xml_cdata(&details(finding)));
    }
    case.set_classname(&one_line(&class)).build()
}

/// Code and message of a finding that could not be decided.
fn missing(finding: &Finding) -> (String, String) {
    let Some(why) = &finding.unknown else {
        return (
            Status::Unknown.name().to_owned(),
            sentence(&finding.message),
        );
    };
    let mut message = format!("{} in {}: {}", why.operation, why.region, why.code);
    if let Some(action) = &why.iam_action {
        message.push_str(&format!(", needs the IAM action {action}"));
    }
    (one_line(&why.code).into_owned(), sentence(&message))
}

/// The text of a case, which is all that some servers show.
fn details(finding: &Finding) -> String {
    let mut text = format!("{}\n", finding.message);
    if let Some(why) = &finding.unknown {
        text.push_str(&match &why.iam_action {
            Some(action) => format!("Allow {action} to the identity that runs launchgate.\n"),
            None => format!("{}\n", advice(&why.code)),
        });
    }
    if let Some(remedy) = &finding.remediation {
        text.push_str(&format!("\n{}\n", remedy.text.trim_end()));
        for line in [&remedy.cli, &remedy.url].into_iter().flatten() {
            text.push_str(&format!("\n{}\n", line.trim_end()));
        }
    }
    let resource = &finding.resource;
    let severity = finding.severity.name();
    text.push_str(&format!(
        "\nseverity {severity}, {} {}\n",
        resource.resource_type, resource.arn
    ));
    text
}

/// Copies the document, indented, and adds the counts that `junit-report` leaves out: `skipped` of
/// each suite, and the totals of all. The schemas know no `skipped` of all.
fn complete(xml: &[u8], suites: &[TestSuite], out: &mut dyn Write) -> Result<(), ReportError> {
    let mut reader = Reader::from_reader(xml);
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    let mut rest = suites.iter();
    loop {
        let mut add = |element: &mut BytesStart<'_>| match element.name().as_ref() {
            b"testsuites" => add_totals(element, suites),
            b"testsuite" => {
                let skipped = rest.next().map_or(0, TestSuite::skipped);
                element.push_attribute(("skipped", skipped.to_string().as_str()));
            }
            _ => {}
        };
        let mut event = reader.read_event()?;
        match &mut event {
            Event::Start(element) | Event::Empty(element) => add(element),
            Event::Eof => break,
            _ => {}
        }
        writer.write_event(event)?;
    }
    out.write_all(b"\n")?;
    Ok(())
}

fn add_totals(element: &mut BytesStart<'_>, suites: &[TestSuite]) {
    let total =
        |count: fn(&TestSuite) -> usize| suites.iter().map(count).sum::<usize>().to_string();
    element.push_attribute(("name", "launchgate"));
    element.push_attribute(("tests", total(TestSuite::tests).as_str()));
    element.push_attribute(("failures", total(TestSuite::failures).as_str()));
    element.push_attribute(("errors", total(TestSuite::errors).as_str()));
    element.push_attribute(("time", "0"));
}

#[cfg(test)]
mod tests;
