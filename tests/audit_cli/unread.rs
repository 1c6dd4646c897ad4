//! What could not be read, whole or in part.

use serde_json::{Value, json};

use super::exit_codes::{audit, bench};
use crate::support::Bench;
use crate::support::samples::{ACCOUNT, instance, rule_named, snapshot, unread_instances};

/// An account with some instances, and a list of them that broke off.
fn partly_read(instances: &[Value]) -> Value {
    let mut snapshot = snapshot(instances);
    snapshot["unread"] = json!([unread_instances()]);
    snapshot
}

#[test]
fn a_list_that_broke_off_is_one_more_unknown() {
    let partly = partly_read(&[instance("kept", 7)]).to_string();
    let bench = bench("high", &[]).with("snapshot.json", partly);
    let run = audit(&bench, "").expect_code(3);
    let report = bench.json("reports/findings.json");
    assert_eq!(report["summary"]["pass"], 1);
    assert_eq!(
        report["resources"]["rds-story"], 1,
        "the unread are not counted as resources"
    );
    let unknown = &report["findings"][0];
    assert_eq!(unknown["status"], "unknown");
    assert_eq!(unknown["resource"]["id"], "*");
    assert_eq!(unknown["resource"]["region"], "eu-west-1");
    assert_eq!(
        unknown["unknown"],
        json!({
            "operation": "rds:DescribeDBInstances",
            "region": "eu-west-1",
            "code": "AccessDenied",
            "message": "not allowed",
            "iam_action": "rds:DescribeDBInstances",
        })
    );
    // What to do about it, for people.
    assert!(
        run.stdout.contains("\n    allow rds:DescribeDBInstances\n"),
        "{}",
        run.stdout
    );
}

/// A rule about the account that asks for instances of a certain kind.
fn about_instances(condition: &str, instances: Value) -> Bench {
    let rule = format!(
        "\
id: aws-story
title: What must be there is there
severity: high
resource: aws.Account
require: {condition}
message: is not so
why: It must be so.
remediation:
  text: Make it so.
tests:
  - {{ name: none, with: {{ rds.DBInstance: [] }}, expect: fail }}
  - {{ name: one, with: {{ rds.DBInstance: [{{ MultiAZ: true }}] }}, expect: pass }}
"
    );
    let mut snapshot = instances;
    snapshot["collected"]["aws.Account"] = json!([]);
    snapshot["resources"]["aws.Account"] = json!([{
        "id": ACCOUNT,
        "arn": format!("arn:aws:iam::{ACCOUNT}:root"),
        "account": ACCOUNT,
        "region": "global",
        "fields": {},
    }]);
    Bench::new()
        .with("rules/aws-story.yaml", rule)
        .with("snapshot.json", snapshot.to_string())
}

fn in_two_zones(id: &str, multi: bool) -> Value {
    let mut instance = instance(id, 7);
    instance["fields"]["MultiAZ"] = json!(multi);
    instance
}

const EXISTS: &str = "rds.DBInstance.exists(d, d.MultiAZ)";
const ALL: &str = "rds.DBInstance.all(d, d.MultiAZ)";

/// The read part can settle a question about all: a witness, or a counterexample.
#[test]
fn a_partly_read_list_decides_what_it_can() {
    let read = [in_two_zones("one", false), in_two_zones("two", true)];
    for (condition, instances, code) in [
        (EXISTS, &read[..], 0),
        (EXISTS, &read[..1], 3),
        (EXISTS, &read[..0], 3),
        (ALL, &read[..], 1),
        (ALL, &read[1..], 3),
        (ALL, &read[..0], 3),
    ] {
        let bench = about_instances(condition, partly_read(instances));
        audit(&bench, "").expect_code(code);
    }
}

/// The same lists, read to their end, are never unknown.
#[test]
fn a_wholly_read_list_decides_everything() {
    let read = [in_two_zones("one", false), in_two_zones("two", true)];
    for (condition, instances, code) in [
        (EXISTS, &read[..], 0),
        (EXISTS, &read[..1], 1),
        (EXISTS, &read[..0], 1),
        (ALL, &read[..], 1),
        (ALL, &read[1..], 0),
        (ALL, &read[..0], 0),
    ] {
        let bench = about_instances(condition, snapshot(instances));
        audit(&bench, "").expect_code(code);
    }
}

/// A snapshot of other rules lacks what this one reads: that is not "there is none".
#[test]
fn what_the_snapshot_was_taken_without_is_unknown() {
    let mut without = snapshot(&[]);
    without["collected"] = json!({});
    without["resources"] = json!({});
    let bench = bench("high", &[]).with("snapshot.json", without.to_string());
    let run = audit(&bench, "").expect_code(3);
    let report = bench.json("reports/findings.json");
    assert_eq!(report["findings"][0]["unknown"]["code"], "NotCollected");
    let advice = "The snapshot was taken without it: collect again for these rules.";
    assert!(run.stdout.contains(advice), "{}", run.stdout);
    assert!(bench.read("reports/report.md").contains(advice));
}

/// A snapshot edited by hand, or by another tool.
#[test]
fn a_fact_of_another_type_is_unknown() {
    let mut odd = instance("odd", 0);
    odd["fields"]["BackupRetentionPeriod"] = json!("7");
    let bench = bench("high", &[odd]);
    audit(&bench, "").expect_code(3);
    let finding = &bench.json("reports/findings.json")["findings"][0];
    assert_eq!(finding["unknown"]["code"], "InvalidResponse");
}

/// A field that every answer holds is not there: no answer can be made up.
#[test]
fn a_missing_fact_is_unknown() {
    let mut odd = instance("odd", 0);
    let fields = odd["fields"].as_object_mut().expect("fields");
    fields.remove("BackupRetentionPeriod");
    let bench = bench("high", &[odd]);
    audit(&bench, "").expect_code(3);
    let finding = &bench.json("reports/findings.json")["findings"][0];
    assert_eq!(finding["unknown"]["code"], "MissingField");
}

/// Another account's and another region's resources are none of this one's.
#[test]
fn accounts_are_kept_apart() {
    let mut two = snapshot(&[in_two_zones("one", true)]);
    let other = "210987654321";
    two["accounts"] = json!([
        { "id": ACCOUNT, "partition": "aws" },
        { "id": other, "partition": "aws" },
    ]);
    let bench = about_instances(EXISTS, two);
    let mut snapshot = bench.json("snapshot.json");
    let mut second = snapshot["resources"]["aws.Account"][0].clone();
    second["id"] = json!(other);
    second["account"] = json!(other);
    second["arn"] = json!(format!("arn:aws:iam::{other}:root"));
    snapshot["resources"]["aws.Account"]
        .as_array_mut()
        .expect("a list")
        .push(second);
    let bench = bench.with("snapshot.json", snapshot.to_string());
    audit(&bench, "").expect_code(1);
    let findings = &bench.json("reports/findings.json")["findings"];
    assert_eq!(findings[0]["resource"]["account"], ACCOUNT);
    assert_eq!(findings[0]["status"], "pass");
    assert_eq!(findings[1]["resource"]["account"], other);
    assert_eq!(findings[1]["status"], "fail");
}

/// Each rule says how much it looked at, also where that is nothing.
#[test]
fn rules_that_found_nothing_are_listed() {
    let snapshots = rule_named("rds-snapshots")
        .replace("rds.DBInstance", "rds.DBSnapshot")
        .replace(
            "resource.BackupRetentionPeriod",
            "resource.AllocatedStorage",
        )
        .replace("BackupRetentionPeriod", "AllocatedStorage");
    let mut both = snapshot(&[instance("kept", 7)]);
    both["collected"]["rds.DBSnapshot"] = json!(["rds:DescribeDBSnapshots"]);
    both["resources"]["rds.DBSnapshot"] = json!([]);
    let bench = bench("high", &[])
        .with("rules/rds-snapshots.yaml", snapshots)
        .with("snapshot.json", both.to_string());
    let run = audit(&bench, "").expect_code(0);
    let report = bench.json("reports/findings.json");
    assert_eq!(
        report["resources"],
        json!({ "rds-snapshots": 0, "rds-story": 1 })
    );
    assert!(
        run.stdout
            .contains("1 rule found no resource: rds-snapshots"),
        "{}",
        run.stdout
    );
}
