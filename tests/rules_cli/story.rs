//! A rule author's story: one new file in a directory, and everything works with it.

use serde_json::json;

use super::choosing::ids;
use super::listing::array;
use crate::support::Bench;
use crate::support::samples::{RULE, instance, snapshot};

#[test]
fn one_file_is_all_that_a_new_rule_takes() {
    let bench = Bench::new().with("house-rules/rds-story.yaml", RULE).with(
        "snapshot.json",
        snapshot(&[instance("kept", 7), instance("lost", 0)]).to_string(),
    );
    let own = "--rules house-rules --rule rds-story";

    bench.run("rules check house-rules").expect_code(0);
    bench.run("rules test house-rules").expect_code(0);
    let listed = bench
        .run("rules list --rules house-rules --format json")
        .expect_code(0);
    assert!(ids(&array(&listed)).contains(&"rds-story".to_owned()));

    let plan = bench
        .run(&format!("plan {own} --format json"))
        .expect_code(0);
    let operations: Vec<_> = array(&plan)
        .iter()
        .map(|call| call["operation"].clone())
        .collect();
    assert_eq!(
        operations,
        ["rds:DescribeDBInstances", "sts:GetCallerIdentity"]
    );
    let policy = bench.run(&format!("permissions {own}")).expect_code(0);
    assert!(
        policy.stdout.contains("\"rds:DescribeDBInstances\""),
        "{}",
        policy.stdout
    );

    bench
        .run(&format!(
            "audit {own} --snapshot snapshot.json --report json=findings.json"
        ))
        .expect_code(1);
    let findings = bench.json("findings.json");
    assert_eq!(findings["rules"], json!(["rds-story"]));
    assert_eq!(findings["findings"][0]["status"], "pass");
    assert_eq!(
        findings["findings"][1]["message"],
        "keeps 0 days of backups"
    );
    assert_eq!(
        findings["findings"][1]["controls"],
        json!({ "launch-readiness": ["backups"] })
    );
    assert_eq!(
        findings["findings"][1]["evidence"],
        json!({ "resource.BackupRetentionPeriod": 0 })
    );
}

/// A framework of one's own is one more file.
#[test]
fn a_framework_of_ones_own() {
    let house = "\
id: house
title: The rules of this house
version: \"1\"
controls:
  - { id: H1, title: Data comes back }
  - { id: H2, title: Somebody is on call, manual: true }
";
    let rule = RULE.replace("{ launch-readiness: [backups] }", "{ house: [H1] }");
    let bench = Bench::new()
        .with("rules/frameworks/house.yaml", house)
        .with("rules/rds-story.yaml", rule)
        .with(
            "snapshot.json",
            snapshot(&[instance("kept", 7)]).to_string(),
        );
    bench.run("rules check rules").expect_code(0);
    let audit = "audit --no-bundled --rules rules --framework house --snapshot snapshot.json";
    bench
        .run(&format!("{audit} --report json=findings.json"))
        .expect_code(0);
    let frameworks = &bench.json("findings.json")["frameworks"];
    assert_eq!(
        frameworks[0]["controls"],
        json!([
            { "id": "H1", "title": "Data comes back", "automated": true, "rules": ["rds-story"], "status": "pass" },
            { "id": "H2", "title": "Somebody is on call", "automated": false, "rules": [], "status": "manual", "manual": true,
              "attestation": { "statement": "Somebody is on call", "state": "missing" } },
        ])
    );
}

#[test]
fn a_parameter_set_from_outside_changes_the_verdict_and_what_is_said() {
    let rule = RULE.replace("days of backups", "days of backups, not {params.min_days}");
    let bench = Bench::new()
        .with("rules/rds-story.yaml", rule)
        .with("snapshot.json", snapshot(&[instance("db", 7)]).to_string());
    let audit =
        "audit --rules rules --rule rds-story --snapshot snapshot.json --report json=findings.json";
    bench.run(audit).expect_code(0);
    bench
        .run(&format!("{audit} --param rds-story.min_days=30"))
        .expect_code(1);
    assert_eq!(
        bench.json("findings.json")["findings"][0]["message"],
        "keeps 7 days of backups, not 30"
    );
}
