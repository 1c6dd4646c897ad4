//! The time that counts as now.

use serde_json::json;

use super::exit_codes::{audit, bench};
use crate::support::Bench;
use crate::support::samples::{instance, rule_named};

/// A rule about an age: instances older than ten days fail.
fn with_age(created: &str) -> Bench {
    let rule = rule_named("rds-story")
        .replace(
            "require: resource.BackupRetentionPeriod >= params.min_days",
            "require: has(resource.InstanceCreateTime) && now - resource.InstanceCreateTime <= days(10)",
        );
    let mut old = instance("old", 7);
    old["fields"]["InstanceCreateTime"] = json!(created);
    bench("high", &[old]).with("rules/rds-story.yaml", rule)
}

/// The samples' snapshot was taken on the 20th of January: what was young then is judged so today.
#[test]
fn a_snapshot_is_judged_by_the_time_it_was_taken() {
    let bench = with_age("2026-01-15T00:00:00Z");
    audit(&bench, "").expect_code(0);
    let report = bench.json("reports/findings.json");
    assert_eq!(report["now"], "2026-01-20T09:00:00Z");
    assert_ne!(
        report["started"], report["now"],
        "the run itself is of today"
    );
}

#[test]
fn another_time_can_count_as_now() {
    let bench = with_age("2026-01-15T00:00:00Z");
    audit(&bench, "--now 2026-01-25T00:00:00Z").expect_code(0);
    audit(&bench, "--now 2026-01-25T00:00:01Z").expect_code(1);
    // The same moment in words of another place.
    audit(&bench, "--now 2026-01-25T01:00:00+01:00").expect_code(0);
    audit(&bench, "--now 2026-01-25T00:00:00-01:00").expect_code(1);
    assert_eq!(
        bench.json("reports/findings.json")["now"],
        "2026-01-25T01:00:00Z"
    );
}

/// With a given time a run can be repeated to the byte.
#[test]
fn two_runs_at_one_time_are_the_same() {
    let bench = with_age("2026-01-15T00:00:00Z");
    let files = [
        "reports/junit.xml",
        "reports/report.md",
        "reports/findings.json",
    ];
    let [first, second] = [(); 2].map(|()| {
        let run = audit(&bench, "--now 2026-01-21T00:00:00Z").expect_code(0);
        (run.stdout, files.map(|name| bench.read(name)))
    });
    assert_eq!(first, second);
    assert!(first.1[0].contains("timestamp=\"2026-01-21T00:00:00"));
}
