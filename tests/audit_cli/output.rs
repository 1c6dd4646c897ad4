//! What goes to standard output, what to standard error, and what to files.

use super::exit_codes::{audit, bench};
use crate::support::samples::instance;

#[test]
fn three_reports_are_written_where_none_is_asked_for() {
    let bench = bench("high", &[instance("kept", 7)]);
    let run = audit(&bench, "").expect_code(0);
    // In this order, each on a line of its own, so that a log tells where they are.
    assert_eq!(
        run.stderr,
        "wrote reports/junit.xml\nwrote reports/report.md\nwrote reports/findings.json\n"
    );
    assert!(bench.read("reports/junit.xml").starts_with("<?xml "));
    assert!(bench.read("reports/report.md").starts_with("## "));
    assert_eq!(
        bench.json("reports/findings.json")["schema"],
        "launchgate.findings/1"
    );
}

#[test]
fn only_what_is_asked_for_is_written() {
    let bench = bench("high", &[instance("kept", 7)]);
    let run = audit(&bench, "--report markdown=a.md --report json=deep/b.json").expect_code(0);
    assert_eq!(run.stderr, "wrote a.md\nwrote deep/b.json\n");
    let mut files: Vec<String> = bench.files().into_keys().collect();
    files.retain(|name| !name.starts_with("rules"));
    assert_eq!(files, ["a.md", "deep", "deep/b.json", "snapshot.json"]);
}

#[test]
fn the_summary_is_what_a_person_reads() {
    let bench = bench("high", &[instance("kept", 7), instance("lost", 0)]);
    let run = audit(&bench, "").expect_code(1);
    insta::assert_snapshot!(run.stdout, @"
    Looked at account 123456789012, region eu-west-1, 1 rule.

    ✗ high: RDS instances keep backups [rds-story]
      - lost (eu-west-1): keeps 0 days of backups
      fix: Raise the retention period.

    2 findings: 1 fail, 1 pass

    Gate closed: 1 failing finding of severity high or higher
    ");
}

/// `launchgate audit --report json=- | jq` must see the report and nothing else.
#[test]
fn a_report_on_standard_output_stands_alone() {
    let bench = bench("high", &[instance("lost", 0)]);
    let before = bench.files();
    let run = audit(&bench, "--report json=-").expect_code(1);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON alone");
    assert_eq!(report["summary"]["fail"], 1);
    let told = "Gate closed: 1 failing finding of severity high or higher\n";
    assert!(run.stderr.ends_with(told), "{}", run.stderr);
    assert_eq!(bench.files(), before, "no report was asked for as a file");

    let run = audit(&bench, "--report junit=- --report json=findings.json").expect_code(1);
    assert!(run.stdout.starts_with("<?xml ") && run.stdout.ends_with("</testsuites>\n"));
    assert!(
        run.stderr.starts_with("wrote findings.json\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_older_report_is_replaced_whole() {
    let bench = bench("high", &[instance("kept", 7)]).with("findings.json", "x".repeat(100_000));
    audit(&bench, "--report json=findings.json").expect_code(0);
    assert_eq!(bench.json("findings.json")["summary"]["pass"], 1);
    let stray = bench
        .files()
        .into_keys()
        .find(|name| name.contains(".launchgate-"));
    assert_eq!(stray, None, "a temporary file was left");
}

/// A report is read by others, so it has the mode that the user's umask gives any file.
#[cfg(unix)]
#[test]
fn reports_have_the_usual_mode() {
    use std::os::unix::fs::PermissionsExt;

    let bench = bench("high", &[instance("kept", 7)]);
    audit(&bench, "--report json=findings.json").expect_code(0);
    let mode = |name: &str| {
        let metadata = std::fs::metadata(bench.path().join(name)).expect("a file");
        metadata.permissions().mode() & 0o777
    };
    // The bench's own files were made by the same user in the usual way.
    assert_eq!(mode("findings.json"), mode("snapshot.json"));
}

/// The same snapshot gives the same bytes, whatever the order of its resources.
#[test]
fn findings_are_sorted() {
    let instances: Vec<_> = (0..30)
        .map(|number| instance(&format!("db-{number:02}"), number))
        .collect();
    let backwards: Vec<_> = instances.iter().rev().cloned().collect();
    let flags =
        "--now 2026-01-31T00:00:00Z --report json=- --report junit=it.xml --report markdown=it.md";
    let [one, other] = [instances, backwards].map(|instances| {
        let bench = bench("high", &instances);
        let run = audit(&bench, flags).expect_code(1);
        (run.stdout, bench.read("it.xml"), bench.read("it.md"))
    });
    assert_eq!(one, other);
}
