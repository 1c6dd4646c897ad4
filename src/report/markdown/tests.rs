//! The page as it is written.

use super::super::testing::{ODD, failing, huge_report, odd_report};
use super::super::text::one_line;
use super::*;
use crate::rule::Severity;

fn written(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn the_verdict_is_the_first_line() {
    let mut report = odd_report();
    let first = |report: &Report| {
        written(report)
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    };
    assert!(
        first(&report)
            .starts_with("## ❌ Gate closed: 3 failing findings of severity high or higher")
    );
    report.gate.open = true;
    assert!(
        first(&report).starts_with("## ✅ Gate open: no finding of severity high or higher fails")
    );
    report.gate.empty = true;
    assert_eq!(
        first(&report),
        "## ⚠️ Nothing audited: no rule found a resource to look at"
    );
}

#[test]
fn the_table_counts_every_finding() {
    let text = written(&odd_report());
    assert!(
        text.contains("| critical | 1 | 0 | 0 | 0 | 0 | 0 |\n"),
        "{text}"
    );
    assert!(text.contains("| high | 2 | 3 | 0 | 0 | 1 | 0 |\n"));
    assert!(text.contains("| **all** | 4 | 3 | 1 | 1 | 1 | 1 |\n"));
    assert!(!text.contains("| medium |"));
}

#[test]
fn parts_come_in_order_of_weight() {
    let text = written(&odd_report());
    let heads = [
        "## ❌",
        "| Severity |",
        "### 4 failing findings",
        "#### ❌ critical: ",
        "#### ❌ high: ",
        "#### ❌ low: ",
        "### 3 findings could not be decided",
        "### 1 finding for a person to attest",
        "### 1 finding waived",
        "### Launch readiness",
        "1 finding passes, 1 not applicable",
        "1 rule found no resource, which is no pass",
        "5 API calls of 2 operations",
    ];
    let places: Vec<_> = heads
        .iter()
        .map(|head| text.find(head).unwrap_or_else(|| panic!("{head}: {text}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_failure_says_why_and_what_to_do() {
    let text = written(&odd_report());
    assert!(text.contains(
        "`rds-backup-retention`, 2 resources fail. Without backups a bad migration cannot be undone.\n\n\
         **To mend it:** Raise the retention period. See <https://docs.example/backups>.\n\n"
    ));
    assert!(text.contains(
        "- `db-1` in `eu-west-1`: keeps 0 days of backups of `db-1`\n  ```sh\n  aws rds modify-db-instance \
         --db-instance-identifier 'db-1'\n  ```\n"
    ), "{text}");
}

#[test]
fn advice_that_differs_is_given_to_each() {
    let mut report = odd_report();
    let (one, mut other) = (
        failing("s3-odd", Severity::Low, "a"),
        failing("s3-odd", Severity::Low, "b"),
    );
    other.remediation.as_mut().unwrap().text = "Do something else.".to_owned();
    report.findings = vec![one, other];
    let text = written(&report);
    assert!(text.contains("  **To mend it:** Raise the retention period."));
    assert!(text.contains("  **To mend it:** Do something else."));
}

#[test]
fn unknowns_name_what_to_allow() {
    let text = written(&odd_report());
    assert!(text.contains(
        "- `rds:DescribeDBInstances` in `eu-west-1`, `us-east-1`: `AccessDenied`. **Allow \
         `rds:DescribeDBInstances` to the identity that runs launchgate.** 2 findings of 2 rules waited for it: \
         `rds-backup-retention`, `rds-other`\n"
    ), "{text}");
    assert!(text.contains("**The endpoint did not answer: "));
}

#[test]
fn controls_are_all_there() {
    let text = written(&odd_report());
    assert!(
        text.contains("3 controls: 1 fail, 1 no resource, 1 not automated"),
        "{text}"
    );
    assert!(text.contains(
        "| backups | Control backups `\\|` in our words | fail | `rds-backup-retention` |"
    ));
    assert!(text.contains("| contacts | Control contacts `\\|` in our words | not automated |  |"));
}

#[test]
fn odd_names_stay_in_code() {
    let text = written(&odd_report());
    assert!(!text.contains(|c: char| c != '\n' && c.is_control()));
    assert!(!text.contains(['\u{202e}', '\u{fffe}']));
    let span = format!("````{}````", one_line(ODD));
    assert!(text.contains(&span), "{text}");
    assert!(text.contains("Buckets have `*plain*` names `|` no `<b>markup</b>`"));
    // Only the tags that are ours.
    for (at, _) in text.match_indices('<') {
        let rest = &text[at..];
        let ours = [
            "<details><summary>",
            "<https://docs.example/backups>",
            "</summary>",
            "</details>",
            "<summary>",
        ]
        .iter()
        .any(|tag| rest.starts_with(tag));
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let in_code =
            text[line..at].contains('`') || text[line..at].trim_start().starts_with("aws ");
        assert!(ours || in_code, "{:.80}", &text[line..]);
    }
}

#[test]
fn long_lists_say_what_they_leave_out() {
    let mut report = odd_report();
    report.findings = (0..25)
        .map(|n| failing("s3-odd", Severity::Low, &format!("b-{n}")))
        .collect();
    let text = written(&report);
    assert_eq!(text.matches("\n- `b-").count(), failing::RESOURCES);
    assert!(text.contains("\nand 5 more in findings.json.\n"));
}

#[test]
fn a_huge_report_fits_a_job_summary() {
    let mut report = huge_report(300, 60);
    report.accounts = (0..500).map(|n| format!("{n:012}")).collect();
    report.calls = (0..20_000)
        .map(|n| (format!("service:Operation{n}"), 1))
        .collect();
    let text = written(&report);
    assert!(text.len() < 1_000_000, "{}", text.len());
    assert!(text.contains(" more failing findings in findings.json.**"));
    assert!(text.contains(" more undecided findings in findings.json.**"));
    assert!(text.contains("and 480 more"));
}

#[test]
fn what_is_left_out_is_counted() {
    let mut list = Bounded::new(10);
    for item in ["12345\n", "1234567\n", "1\n"] {
        list.push(2, || item.to_owned());
    }
    assert_eq!(
        list.finish("thing"),
        "12345\n\n**4 more things in findings.json.**\n"
    );
}

#[test]
fn an_empty_report_is_a_page() {
    let mut report = odd_report();
    report.rules.clear();
    report.findings.clear();
    report.frameworks.clear();
    report.calls.clear();
    report.accounts.clear();
    report.gate.empty = true;
    let text = written(&report);
    assert!(
        text.starts_with(
            "## ⚠️ Nothing audited: no rule was chosen\n\nLooked at no account, 2 regions"
        ),
        "{text}"
    );
    assert!(!text.contains("<details>"));
}
