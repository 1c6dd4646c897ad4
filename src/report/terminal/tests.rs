//! The summary as it is printed.

use super::super::page::wrap;
use super::super::testing::{failing, finding, huge_report, odd_report};
use super::*;

const PLAIN: Style = Style {
    color: false,
    width: 100,
};

fn written(report: &Report, style: Style) -> String {
    let mut out = Vec::new();
    write(report, &mut out, style).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_verdict_is_the_last_line() {
    let text = written(&odd_report(), PLAIN);
    let last = text.lines().last().unwrap();
    assert!(
        last.starts_with("Gate closed: 3 failing findings of severity high or higher"),
        "{last}"
    );
}

#[test]
fn the_worst_comes_first() {
    let text = written(&odd_report(), PLAIN);
    let at = |part: &str| {
        text.find(part)
            .unwrap_or_else(|| panic!("no {part} in {text}"))
    };
    assert!(
        at("critical: The root user")
            < at("high: RDS instances keep backups [rds-backup-retention]")
    );
    assert!(at("high: RDS") < at("low: Buckets"));
    assert!(at("low: Buckets") < at("could not be decided"));
    assert!(text.contains("  - db-1 (eu-west-1): keeps 0 days of backups of db-1\n"));
    assert!(text.contains("  fix: Raise the retention period.\n"));
}

#[test]
fn unknowns_name_what_to_allow() {
    let text = written(&odd_report(), PLAIN);
    assert!(
        text.contains("3 findings could not be decided, which is no pass:\n"),
        "{text}"
    );
    assert!(text.contains(
        "  - rds:DescribeDBInstances in eu-west-1, us-east-1: AccessDenied\n    allow rds:DescribeDBInstances\n    2 findings of rds-backup-retention, rds-other\n"
    ));
    assert!(text.contains("ConnectionFailed (it did not work)\n    The endpoint did not answer"));
}

#[test]
fn what_looked_at_nothing_is_told() {
    let text = written(&odd_report(), PLAIN);
    assert!(
        text.contains("1 rule found no resource: ec2-nothing\n"),
        "{text}"
    );
    assert!(text.contains(
        "11 findings: 4 fail, 3 unknown, 1 manual, 1 waived, 1 pass, 1 not applicable\n"
    ));
}

#[test]
fn without_colour_no_control_character_is_written() {
    let text = written(&odd_report(), PLAIN);
    assert!(!text.contains(|c: char| c != '\n' && c.is_control()));
    assert!(!text.contains('\u{202e}'));
    assert!(text.contains("\\u{1b}[31m"));
}

/// With colour, every escape sequence is one of ours and is ended.
#[test]
fn with_colour_the_account_colours_nothing() {
    let text = written(
        &odd_report(),
        Style {
            color: true,
            ..PLAIN
        },
    );
    let ours = [
        ansi::BOLD,
        ansi::DIM,
        ansi::RED,
        ansi::BOLD_RED,
        ansi::BOLD_GREEN,
        ansi::YELLOW,
        ansi::BOLD_YELLOW,
        ansi::BLUE,
        ansi::RESET,
    ];
    let starts = text.match_indices('\u{1b}').map(|(at, _)| &text[at..]);
    for rest in starts.clone() {
        assert!(ours.iter().any(|code| rest.starts_with(code)), "{rest:.20}");
    }
    let ends = starts
        .clone()
        .filter(|rest| rest.starts_with(ansi::RESET))
        .count();
    assert_eq!(starts.count(), ends * 2);
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let mut report = odd_report();
    report.gate.fail_on = Severity::Low;
    report.findings = (0..20)
        .map(|n| failing("s3-odd", Severity::Low, &format!("b-{n}")))
        .collect();
    let text = written(&report, PLAIN);
    assert_eq!(text.matches("  - b-").count(), RESOURCES);
    assert!(text.contains("  … and 12 more\n"));
    assert!(written(&huge_report(30, 50), PLAIN).len() < 1_000_000);
}

#[test]
fn advice_that_differs_is_given_to_each() {
    let mut report = odd_report();
    report.gate.fail_on = Severity::Low;
    let one = failing("s3-odd", Severity::Low, "a");
    let mut other = failing("s3-odd", Severity::Low, "b");
    other.remediation.as_mut().unwrap().text = "Do something else.".to_owned();
    report.findings = vec![one, other];
    let text = written(&report, PLAIN);
    assert!(
        text.contains("of b\n    fix: Do something else.\n"),
        "{text}"
    );
    assert!(text.contains("of a\n    fix: Raise the retention period.\n"));
}

#[test]
fn below_the_gate_a_rule_takes_one_line() {
    let mut report = odd_report();
    report.findings = ["a", "b"]
        .map(|id| failing("s3-odd", Severity::Low, id))
        .to_vec();
    let text = written(&report, PLAIN);
    let lines: Vec<_> = text
        .lines()
        .filter(|line| line.contains("[s3-odd]"))
        .collect();
    assert!(
        matches!(lines[..], [line] if line.ends_with(": 2 resources")),
        "{text}"
    );
    assert!(!text.contains("fix:"), "{text}");
}

#[test]
fn accounts_are_named_where_there_are_several() {
    let mut report = odd_report();
    assert!(written(&report, PLAIN).starts_with(
        "Looked at account 123456789012, 2 regions (eu-west-1, us-east-1), 5 rules.\n\n"
    ));
    report.accounts.push("210987654321".to_owned());
    assert!(written(&report, PLAIN).contains("  - db-1 (123456789012, eu-west-1): "));
}

#[test]
fn text_is_broken_at_the_width() {
    let mut report = odd_report();
    report.gate.fail_on = Severity::Low;
    let mut long = finding("s3-odd", Severity::Low, Status::Fail, "b");
    long.message = "many words ".repeat(30);
    report.findings = vec![long];
    let text = written(
        &report,
        Style {
            color: false,
            width: 40,
        },
    );
    let body: Vec<_> = text
        .lines()
        .filter(|line| line.contains("many words"))
        .collect();
    assert!(body.len() > 5);
    assert!(body.iter().all(|line| line.chars().count() <= 40), "{text}");
    assert_eq!(wrap("a", 0), ["a"]);
    assert_eq!(wrap("aaa bbb", 0), ["aaa", "bbb"]);
}
