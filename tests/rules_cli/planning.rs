//! `plan` and `permissions`: what a run will call, and what it must be allowed.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::listing::array;
use crate::support::Bench;

fn plan(flags: &str) -> Vec<Value> {
    array(
        &Bench::new()
            .run(&format!("plan --format json {flags}"))
            .expect_code(0),
    )
}

fn texts(value: &Value) -> BTreeSet<String> {
    let texts = value.as_array().expect("a list").iter();
    texts
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

#[test]
fn one_rule_costs_one_call() {
    assert_eq!(
        plan("--rule rds-backup-retention"),
        [
            json!({
                "operation": "rds:DescribeDBInstances",
                "per": "region",
                "resource_types": ["rds.DBInstance"],
                "iam_actions": ["rds:DescribeDBInstances"],
                "unavailable": [],
                "rules": ["rds-backup-retention"],
            }),
            json!({
                "operation": "sts:GetCallerIdentity",
                "per": "account",
                "resource_types": [],
                "iam_actions": [],
                "unavailable": [],
                "rules": [],
            }),
        ]
    );
}

#[test]
fn a_plan_for_people() {
    let run = Bench::new()
        .run("plan --rule rds-backup-retention")
        .expect_code(0);
    insta::assert_snapshot!(run.stdout, @"
    OPERATION                MADE           FOR             NEEDED BY
    rds:DescribeDBInstances  once a region  rds.DBInstance  rds-backup-retention
    sts:GetCallerIdentity    once                           every run
    ");
    assert_eq!(run.stderr, "2 operations for 1 rule, all read-only\n");
}

/// More rules cost more calls, and never a call that none of them reads.
#[test]
fn a_plan_grows_with_the_rules() {
    let one = plan("--rule rds-backup-retention").len();
    let service = plan("--service rds");
    let all = plan("");
    assert!(one < service.len() && service.len() < all.len());
    for call in &service {
        let operation = call["operation"].as_str().expect("a text");
        let needed = operation == "sts:GetCallerIdentity" || !texts(&call["rules"]).is_empty();
        assert!(needed, "{operation} serves no rule");
    }
}

#[test]
fn permissions_are_the_actions_of_the_plan_and_no_others() {
    for flags in [
        "",
        "--service iam",
        "--rule rds-backup-retention",
        "--all-regions --severity high",
    ] {
        let run = Bench::new()
            .run(&format!("permissions {flags}"))
            .expect_code(0);
        let policy: Value = serde_json::from_str(&run.stdout).expect("a policy is JSON");
        let statements = policy["Statement"].as_array().expect("statements");
        assert_eq!(statements.len(), 1, "{flags}");
        assert_eq!(statements[0]["Effect"], "Allow", "{flags}");
        let allowed = texts(&statements[0]["Action"]);
        let needed: BTreeSet<String> = plan(flags)
            .iter()
            .flat_map(|call| texts(&call["iam_actions"]))
            .collect();
        assert_eq!(allowed, needed, "{flags}");
        assert!(
            !allowed.iter().any(|action| action.contains('*')),
            "{flags}"
        );
    }
}

#[test]
fn a_policy_too_large_for_one_managed_policy_says_so() {
    let all = Bench::new().run("permissions").expect_code(0);
    assert!(
        all.stderr.contains("IAM takes 6144 in a managed policy"),
        "{}",
        all.stderr
    );
    let few = Bench::new().run("permissions --service s3").expect_code(0);
    assert_eq!(few.stderr, "");
}

/// A read changes nothing: every action's name says so.
#[test]
fn every_action_only_reads() {
    // Make reports about the account itself, and change nothing else in it.
    // API Gateway's actions are methods.
    let reports = [
        "iam:GenerateCredentialReport",
        "iam:GenerateServiceLastAccessedDetails",
        "apigateway:GET",
    ];
    let reading = ["Get", "List", "Describe", "BatchGet", "View", "Lookup"];
    for action in plan("--all-regions")
        .iter()
        .flat_map(|call| texts(&call["iam_actions"]))
    {
        let (_, verb) = action.split_once(':').expect("service:Action");
        let reads = reading.iter().any(|prefix| verb.starts_with(prefix));
        assert!(reads || reports.contains(&action.as_str()), "{action}");
    }
}

#[test]
fn all_regions_needs_the_list_of_them() {
    let calls = |flags: &str| {
        let plan = plan(&format!("--rule rds-backup-retention {flags}"));
        plan.iter()
            .any(|call| call["operation"] == "ec2:DescribeRegions")
    };
    assert!(!calls(""));
    assert!(calls("--all-regions"));
}
