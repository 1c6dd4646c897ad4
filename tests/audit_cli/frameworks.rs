//! `--framework`: every control of the benchmark, also those that nothing automates.

use serde_json::{Value, json};

use super::exit_codes::audit;
use crate::support::Bench;
use crate::support::samples::{instance, rule_named, snapshot, unreadable_instance};

const HOUSE: &str = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - { id: H1, title: Data comes back }
  - { id: H2, title: Data comes back from far | away }
  - { id: H3, title: Copies are looked at }
  - { id: H4, title: Somebody is on call, manual: true }
";

fn serving(id: &str, control: &str) -> String {
    let controls = format!("controls: {{ house: [{control}] }}\ntests:");
    rule_named(id).replace("tests:", &controls)
}

fn bench(instances: &[Value]) -> Bench {
    let of_snapshots = serving("rds-copies", "H3")
        .replace("rds.DBInstance", "rds.DBSnapshot")
        .replace("BackupRetentionPeriod", "AllocatedStorage");
    let strict = serving("rds-strict", "H2").replace("default: 7", "default: 30");
    let strict = strict.replace(
        "{ BackupRetentionPeriod: 7 }",
        "{ BackupRetentionPeriod: 30 }",
    );
    let mut snapshot = snapshot(instances);
    snapshot["collected"]["rds.DBSnapshot"] = json!(["rds:DescribeDBSnapshots"]);
    Bench::new()
        .with("rules/frameworks/house.yaml", HOUSE)
        .with("rules/rds-story.yaml", serving("rds-story", "H1"))
        .with("rules/rds-strict.yaml", strict)
        .with("rules/rds-copies.yaml", of_snapshots)
        .with("rules/rds-other.yaml", rule_named("rds-other"))
        .with("snapshot.json", snapshot.to_string())
}

#[test]
fn every_control_is_told_with_the_worst_of_its_findings() {
    let bench = bench(&[instance("week", 7), instance("month", 30)]);
    audit(&bench, "--framework house").expect_code(1);
    let report = bench.json("reports/findings.json");
    assert_eq!(
        report["rules"],
        json!(["rds-copies", "rds-story", "rds-strict"]),
        "a rule that serves another purpose is left out"
    );
    let controls = report["frameworks"][0]["controls"]
        .as_array()
        .expect("controls");
    let told: Vec<_> = controls
        .iter()
        .map(|control| (&control["id"], &control["automated"], &control["status"]))
        .collect();
    let null = Value::Null;
    assert_eq!(
        told,
        [
            (&json!("H1"), &json!(true), &json!("pass")),
            (&json!("H2"), &json!(true), &json!("fail")),
            // A rule looked, and there was nothing to look at: no pass.
            (&json!("H3"), &json!(true), &null),
            // What only a person can say waits for one.
            (&json!("H4"), &json!(false), &json!("manual")),
        ]
    );
}

#[test]
fn people_see_a_row_for_each_control() {
    let bench = bench(&[instance("week", 7), unreadable_instance("dark")]);
    audit(&bench, "--framework house").expect_code(1);
    let page = bench.read("reports/report.md");
    let rows: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("| H"))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r"
    | H1 | Data comes back | unknown | `rds-story` |
    | H2 | Data comes back from far `\|` away | fail | `rds-strict` |
    | H3 | Copies are looked at | no resource | `rds-copies` |
    | H4 | Somebody is on call | manual |  |
    ");
    assert!(page.contains("4 controls: "), "{page}");
}

#[test]
fn without_the_flag_no_framework_is_told() {
    let bench = bench(&[instance("week", 7)]);
    audit(&bench, "").expect_code(1);
    assert_eq!(bench.json("reports/findings.json").get("frameworks"), None);
}

/// Of a benchmark of the bundle nothing is missing either.
#[test]
fn every_control_of_a_bundled_benchmark_is_told() {
    let bench = bench(&[instance("week", 7)]);
    let audit =
        "audit --framework cis-aws-7.0 --snapshot snapshot.json --allow-unknown --fail-on critical";
    bench
        .run(&format!("{audit} --report json=findings.json"))
        .expect_code(0);
    let framework = &bench.json("findings.json")["frameworks"][0];
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/rules/frameworks/cis-aws-7.0.yaml"
    );
    let file = std::fs::read_to_string(file).expect("the benchmark's file");
    let listed = file
        .lines()
        .filter(|line| line.trim_start().starts_with("- {"))
        .count();
    let controls = framework["controls"].as_array().expect("controls");
    assert_eq!(controls.len(), listed);
    let automated = controls
        .iter()
        .filter(|control| control["automated"] == true)
        .count();
    assert!(
        automated > 0 && automated < listed,
        "{automated} of {listed} are automated"
    );
}
