//! A small sound rule to bend, and a small sound snapshot to fill.

use serde_json::{Value, json};

/// A rule without a mistake, for `rds-story.yaml`.
pub const RULE: &str = "\
id: rds-story
title: RDS instances keep backups
severity: high
resource: rds.DBInstance
params:
  min_days: { type: int, default: 7, help: shortest retention that passes }
require: resource.BackupRetentionPeriod >= params.min_days
message: keeps {resource.BackupRetentionPeriod} days of backups
why: A lost table cannot be brought back.
remediation:
  text: Raise the retention period.
controls: { launch-readiness: [backups] }
tests:
  - { name: none, resource: { BackupRetentionPeriod: 0 }, expect: fail }
  - { name: a week, resource: { BackupRetentionPeriod: 7 }, expect: pass }
";

/// [`RULE`] with one part of it replaced.
///
/// # Panics
/// When there is no such part: the test would look at the sound rule.
#[track_caller]
pub fn rule_with(part: &str, instead: &str) -> String {
    assert!(RULE.contains(part), "the rule has no {part:?}");
    RULE.replacen(part, instead, 1)
}

/// [`RULE`] under another id, and without its controls: it stands without the bundle's frameworks.
pub fn rule_named(id: &str) -> String {
    RULE.replace("rds-story", id)
        .replace("controls: { launch-readiness: [backups] }\n", "")
}

pub const ACCOUNT: &str = "123456789012";
pub const REGION: &str = "eu-west-1";

/// A snapshot in which the database instances of one region were read, and are these.
pub fn snapshot(instances: &[Value]) -> Value {
    json!({
        "format": "launchgate.snapshot/1",
        "taken": "2026-01-20T09:00:00Z",
        "accounts": [{ "id": ACCOUNT, "partition": "aws" }],
        "regions": [REGION],
        "calls": { "rds:DescribeDBInstances": 1, "sts:GetCallerIdentity": 1 },
        "collected": { "rds.DBInstance": ["rds:DescribeDBInstances"] },
        "unread": [],
        "resources": { "rds.DBInstance": instances },
    })
}

/// A database instance that keeps its backups for so many days.
pub fn instance(id: &str, days: u32) -> Value {
    json!({
        "id": id,
        "arn": format!("arn:aws:rds:{REGION}:{ACCOUNT}:db:{id}"),
        "account": ACCOUNT,
        "region": REGION,
        "fields": { "DBInstanceIdentifier": id, "BackupRetentionPeriod": days, "tags": {} },
    })
}

/// One whose retention period could not be read.
pub fn unreadable_instance(id: &str) -> Value {
    let mut unreadable = instance(id, 0);
    unreadable["fields"]["BackupRetentionPeriod"] = json!({ "$unknown": denied() });
    unreadable
}

/// Database instances that could not be listed, for a snapshot's `unread`.
pub fn unread_instances() -> Value {
    json!({
        "resource_type": "rds.DBInstance",
        "account": ACCOUNT,
        "region": REGION,
        "unknown": denied(),
    })
}

fn denied() -> Value {
    json!({
        "operation": "rds:DescribeDBInstances",
        "region": REGION,
        "code": "AccessDenied",
        "message": "not allowed",
        "iam_action": "rds:DescribeDBInstances",
    })
}
