//! Reports for the tests of the formats, with names that an account should not have.

use std::collections::BTreeMap;

use serde_json::json;

use crate::fact::Unknown;
use crate::finding::{
    ControlSummary, Finding, FrameworkSummary, Gate, Remedy, Report, RuleSummary, Status, Subject,
    fingerprint,
};
use crate::rule::Severity;

/// Markup, a bar, a newline, the end of a CDATA section, an emoji, a turned direction, a terminal
/// escape, a non-character, fences, a mention.
pub(super) const ODD: &str =
    "<script>alert(1)</script>|*_\n]]>🎉\u{202e}\u{1b}[31m\u{fffe}```\"'& @octocat";

/// A finding about one resource of `eu-west-1`.
pub(super) fn finding(rule: &str, severity: Severity, status: Status, id: &str) -> Finding {
    let resource = Subject {
        resource_type: "rds.DBInstance".to_owned(),
        id: id.to_owned(),
        arn: format!("arn:aws:rds:eu-west-1:123456789012:db:{id}"),
        account: "123456789012".to_owned(),
        name: None,
        region: "eu-west-1".to_owned(),
    };
    Finding {
        rule: rule.to_owned(),
        severity,
        status,
        message: format!("is {}", status.name()),
        controls: BTreeMap::from([("launch-readiness".to_owned(), vec!["backups".to_owned()])]),
        evidence: BTreeMap::new(),
        unknown: None,
        saving: None,
        remediation: None,
        attestation: None,
        fingerprint: fingerprint(rule, &resource),
        resource,
    }
}

/// A finding that fails, with what to do.
pub(super) fn failing(rule: &str, severity: Severity, id: &str) -> Finding {
    Finding {
        message: format!("keeps 0 days of backups of {id}"),
        evidence: BTreeMap::from([("resource.BackupRetentionPeriod".to_owned(), json!(0))]),
        remediation: Some(Remedy {
            text: "Raise the retention period.".to_owned(),
            cli: Some(format!(
                "aws rds modify-db-instance --db-instance-identifier '{id}'"
            )),
            url: Some("https://docs.example/backups".to_owned()),
        }),
        ..finding(rule, severity, Status::Fail, id)
    }
}

/// A finding for resources that could not be listed.
pub(super) fn unread(rule: &str, operation: &str, region: &str, action: Option<&str>) -> Finding {
    let code = if action.is_some() {
        "AccessDenied"
    } else {
        "ConnectionFailed"
    };
    let why = Unknown {
        operation: operation.to_owned(),
        region: region.to_owned(),
        code: code.to_owned(),
        message: "it did not work".to_owned(),
        iam_action: action.map(str::to_owned),
    };
    let mut finding = finding(rule, Severity::High, Status::Unknown, "*");
    finding.resource.arn = "*".to_owned();
    finding.resource.region = region.to_owned();
    finding.fingerprint = fingerprint(rule, &finding.resource);
    Finding {
        message: why.to_string(),
        unknown: Some(why),
        ..finding
    }
}

fn rule(id: &str, title: &str, severity: Severity, resources: usize) -> RuleSummary {
    RuleSummary {
        id: id.to_owned(),
        title: title.to_owned(),
        severity,
        resource_type: "rds.DBInstance".to_owned(),
        why: "Without backups a bad migration cannot be undone.".to_owned(),
        signal: None,
        resources,
    }
}

fn framework() -> FrameworkSummary {
    let control = |id: &str, rules: &[&str], status| ControlSummary {
        id: id.to_owned(),
        title: format!("Control {id} | in our words"),
        rules: rules.iter().map(|&rule| rule.to_owned()).collect(),
        status,
        section: None,
        manual: false,
        attestation: None,
    };
    FrameworkSummary {
        id: "launch-readiness".to_owned(),
        title: "Launch readiness".to_owned(),
        controls: vec![
            control("backups", &["rds-backup-retention"], Some(Status::Fail)),
            control("volumes", &["ec2-nothing"], None),
            control("contacts", &[], None),
        ],
    }
}

/// A report with every status, an odd name in each of them, and a rule that found nothing.
pub(super) fn odd_report() -> Report {
    let high = Severity::High;
    let mut findings = vec![
        failing("iam-root-mfa", Severity::Critical, "123456789012"),
        failing("rds-backup-retention", high, "db-1"),
        failing("rds-backup-retention", high, ODD),
        failing("s3-odd", Severity::Low, "bucket"),
        finding("rds-backup-retention", high, Status::Pass, ODD),
        finding("s3-odd", Severity::Low, Status::Waived, ODD),
        finding("s3-odd", Severity::Low, Status::Manual, ODD),
        finding("s3-odd", Severity::Low, Status::NotApplicable, ODD),
        unread(
            "rds-backup-retention",
            "rds:DescribeDBInstances",
            "us-east-1",
            Some("rds:DescribeDBInstances"),
        ),
        unread(
            "rds-other",
            "rds:DescribeDBInstances",
            "eu-west-1",
            Some("rds:DescribeDBInstances"),
        ),
        unread("rds-other", "rds:DescribeDBClusters", "eu-south-1", None),
    ];
    Report::sort(&mut findings);
    Report {
        version: "0.1.0",
        started: "2026-05-09T10:11:12Z".to_owned(),
        now: "2026-05-09T00:00:00Z".to_owned(),
        accounts: vec!["123456789012".to_owned()],
        regions: vec!["eu-west-1".to_owned(), "us-east-1".to_owned()],
        rules: vec![
            rule("ec2-nothing", "Volumes are encrypted", high, 0),
            rule(
                "iam-root-mfa",
                "The root user has a second factor",
                Severity::Critical,
                1,
            ),
            rule(
                "rds-backup-retention",
                "RDS instances keep backups",
                high,
                3,
            ),
            rule("rds-other", "RDS instances are in two zones", high, 0),
            rule(
                "s3-odd",
                "Buckets have *plain* names | no <b>markup</b>",
                Severity::Low,
                4,
            ),
        ],
        frameworks: vec![framework()],
        gate: Gate {
            fail_on: high,
            allow_unknown: false,
        }
        .decide(&findings),
        findings,
        calls: BTreeMap::from([
            ("rds:DescribeDBInstances".to_owned(), 4),
            ("iam:GetUser".to_owned(), 1),
        ]),
    }
}

/// A report of `count` failing findings with long names.
pub(super) fn huge_report(rules: usize, count: usize) -> Report {
    let mut report = odd_report();
    report.rules = (0..rules)
        .map(|index| {
            rule(
                &format!("rule-{index:04}"),
                &ODD.repeat(20),
                Severity::High,
                count,
            )
        })
        .collect();
    report.findings = (0..rules * count)
        .map(|index| {
            let id = format!("{index}-{}", ODD.repeat(20));
            let rule = format!("rule-{:04}", index / count);
            match index % 3 {
                0 => failing(&rule, Severity::High, &id),
                1 => unread(&rule, &id, &id, Some(&id)),
                _ => finding(&rule, Severity::High, Status::Waived, &id),
            }
        })
        .collect();
    report
}
