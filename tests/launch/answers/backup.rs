//! AWS Backup: when a backup was last made, and restored.

use serde_json::json;

use crate::account::{Account, State};
use crate::support::Faults;

/// 2026-01-09, when the team restored the database into a new one.
const RESTORED: u32 = 1_767_952_800;
/// The night before the audit.
const LAST_NIGHT: u32 = 1_768_791_600;

pub fn answer(faults: Faults, account: &Account) -> Faults {
    if account.state != State::Ready {
        return faults.script(|call| {
            let path = path_of(call)?;
            (path == "/restore-jobs").then(|| json!({ "RestoreJobs": [] }).into())
        });
    }
    let plan = account.id("backup_plan").to_owned();
    faults.script(move |call| {
        let path = path_of(call)?;
        let selections = format!("/backup/plans/{plan}/selections");
        let answer = if path == "/restore-jobs" {
            restore_jobs()
        } else if path == "/backup/plans" {
            plans(&plan)
        } else if path == selections {
            json!({ "BackupSelectionsList": [{
                "SelectionId": "database", "SelectionName": "database", "BackupPlanId": plan,
                "IamRoleArn": "arn:aws:iam::123456789012:role/service-role/AWSBackupDefaultServiceRole",
                "CreationDate": 1_767_600_000,
            }] })
        } else if path == format!("{selections}/database") {
            json!({ "BackupPlanId": plan, "SelectionId": "database", "BackupSelection": {
                "SelectionName": "database",
                "IamRoleArn": "arn:aws:iam::123456789012:role/service-role/AWSBackupDefaultServiceRole",
                "Resources": ["arn:aws:rds:*:*:db:*"],
            } })
        } else {
            return None;
        };
        Some(answer.into())
    })
}

/// The path of a request to AWS Backup, without the slash at its end.
fn path_of(call: &crate::support::Call) -> Option<String> {
    let path = call.operation.strip_prefix("GET ")?.split('?').next()?;
    (call.service == "backup").then(|| path.trim_end_matches('/').to_owned())
}

fn plans(plan: &str) -> serde_json::Value {
    json!({ "BackupPlansList": [{
        "BackupPlanId": plan,
        "BackupPlanArn": format!("arn:aws:backup:us-east-1:123456789012:backup-plan:{plan}"),
        "BackupPlanName": "jobdock", "VersionId": "1", "CreationDate": 1_756_713_600,
        "LastExecutionDate": LAST_NIGHT, "AdvancedBackupSettings": [],
    }] })
}

fn restore_jobs() -> serde_json::Value {
    json!({ "RestoreJobs": [{
        "RestoreJobId": "restore-1", "AccountId": "123456789012", "Status": "COMPLETED",
        "PercentDone": "100.00%", "ResourceType": "RDS",
        "RecoveryPointArn": "arn:aws:rds:us-east-1:123456789012:snapshot:awsbackup:job-1",
        "SourceResourceArn": "arn:aws:rds:us-east-1:123456789012:db:jobdock-prod",
        "CreatedResourceArn": "arn:aws:rds:us-east-1:123456789012:db:restore-test",
        "CreationDate": RESTORED - 1800, "CompletionDate": RESTORED,
    }] })
}
