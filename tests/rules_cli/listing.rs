//! `rules list` and `rules show`.

use serde_json::{Value, json};

use crate::support::samples::{RULE, rule_named};
use crate::support::{Bench, Run};

pub fn array(run: &Run) -> Vec<Value> {
    serde_json::from_str(&run.stdout)
        .unwrap_or_else(|e| panic!("not a JSON array: {e}\n{}", run.stdout))
}

fn bench() -> Bench {
    Bench::new().with("rules/rds-story.yaml", rule_named("rds-story"))
}

#[test]
fn a_list_for_people_is_aligned_and_counted_apart() {
    let bench = bench().with("rules/rds-a.yaml", rule_named("rds-a"));
    let run = bench
        .run("rules list --no-bundled --rules rules")
        .expect_code(0);
    insta::assert_snapshot!(run.stdout, @"
    rds-a      high  RDS instances keep backups
    rds-story  high  RDS instances keep backups
    ");
    // So that `rules list | wc -l` counts rules.
    assert_eq!(run.stderr, "2 rules\n");
}

#[test]
fn a_list_for_tools_has_the_promised_keys() {
    let rule = rule_named("rds-story").replace(
        "tests:",
        "equivalents: { prowler: [rds_instance_backup_enabled], security-hub: [RDS.11] }\ntests:",
    );
    let bench = Bench::new().with("rules/rds-story.yaml", rule);
    let run = bench
        .run("rules list --no-bundled --rules rules --format json")
        .expect_code(0);
    assert_eq!(run.stderr, "");
    assert_eq!(
        array(&run),
        [json!({
            "id": "rds-story",
            "title": "RDS instances keep backups",
            "severity": "high",
            "resource": "rds.DBInstance",
            "service": "rds",
            "frameworks": [],
            "equivalents": {
                "prowler": ["rds_instance_backup_enabled"],
                "security-hub": ["RDS.11"],
            },
        })]
    );
}

#[test]
fn a_rule_is_shown_to_people() {
    let bench = Bench::new().with("rules/rds-story.yaml", RULE);
    let run = bench
        .run("rules show rds-story --rules rules")
        .expect_code(0);
    insta::assert_snapshot!(run.stdout, @"
    rds-story (high)
    RDS instances keep backups

    A lost table cannot be brought back.

    resource  rds.DBInstance
    require   resource.BackupRetentionPeriod >= params.min_days
    param     min_days: int = 7 (shortest retention that passes)
    serves    launch-readiness backups
    mend      Raise the retention period.
    calls     rds:DescribeDBInstances, sts:GetCallerIdentity
    file      rules/rds-story.yaml
    ");
    assert_eq!(run.stderr, "");
}

#[test]
fn a_rule_is_shown_to_tools() {
    let bench = Bench::new().with("rules/rds-story.yaml", RULE);
    let run = bench
        .run("rules show rds-story --rules rules --format json")
        .expect_code(0);
    let shown = array(&run);
    assert_eq!(shown.len(), 1, "an array, as every listing");
    for (key, value) in [
        ("id", json!("rds-story")),
        ("service", json!("rds")),
        ("frameworks", json!(["launch-readiness"])),
        ("controls", json!({ "launch-readiness": ["backups"] })),
        ("why", json!("A lost table cannot be brought back.")),
        ("when", Value::Null),
        (
            "require",
            json!("resource.BackupRetentionPeriod >= params.min_days"),
        ),
        (
            "operations",
            json!(["rds:DescribeDBInstances", "sts:GetCallerIdentity"]),
        ),
        ("file", json!("rules/rds-story.yaml")),
        (
            "params",
            json!([{ "name": "min_days", "type": "int", "value": 7, "help": "shortest retention that passes" }]),
        ),
    ] {
        assert_eq!(shown[0][key], value, "{key}");
    }
}

/// What is shown is what a run with the same flags would use.
#[test]
fn a_rule_is_shown_with_its_parameters_set() {
    let run = bench()
        .run("rules show rds-story --no-bundled --rules rules --param rds-story.min_days=30")
        .expect_code(0);
    let line = "param     min_days: int = 30 (shortest retention that passes)\n";
    assert!(run.stdout.contains(line), "{}", run.stdout);
}

/// `launchgate rules list | head -1` is no mistake.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let bench = bench();
    let mut command = bench.command("rules list --no-bundled --rules rules --format json");
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command
        .stdout(writer)
        .stderr(std::process::Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("launchgate runs");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}
