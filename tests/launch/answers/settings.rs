//! Settings and limits of the account, and lists that are empty in it.

use serde_json::{Value, json};

use crate::account::State;
use crate::support::{Call, Faults, Reply};

pub fn answer(faults: Faults, state: State) -> Faults {
    faults
        .script(move |call| ec2(call, state))
        .script(move |call| lambda(call, state))
        .script(move |call| others(call, state))
}

fn ec2(call: &Call, state: State) -> Option<Reply> {
    let ready = state == State::Ready;
    let members = match call.name().as_str() {
        "ec2:GetEbsEncryptionByDefault" => {
            format!("<ebsEncryptionByDefault>{ready}</ebsEncryptionByDefault>")
        }
        "ec2:GetEbsDefaultKmsKeyId" => {
            let key = if ready {
                "alias/jobdock"
            } else {
                "alias/aws/ebs"
            };
            format!("<kmsKeyId>{key}</kmsKeyId>")
        }
        "ec2:GetSnapshotBlockPublicAccessState" => {
            let state = if ready {
                "block-all-sharing"
            } else {
                "unblocked"
            };
            format!("<state>{state}</state><managedBy>account</managedBy>")
        }
        "ec2:GetImageBlockPublicAccessState" => {
            let state = if ready {
                "block-new-sharing"
            } else {
                "unblocked"
            };
            format!(
                "<imageBlockPublicAccessState>{state}</imageBlockPublicAccessState>\
                 <managedBy>account</managedBy>"
            )
        }
        "ec2:GetInstanceMetadataDefaults" if ready => {
            "<accountLevel><httpTokens>required</httpTokens>\
             <httpPutResponseHopLimit>2</httpPutResponseHopLimit>\
             <httpEndpoint>enabled</httpEndpoint></accountLevel>"
                .to_owned()
        }
        "ec2:GetInstanceMetadataDefaults" => "<accountLevel/>".to_owned(),
        _ => return None,
    };
    let operation = &call.operation;
    Some(Reply::Body(format!(
        "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
         <requestId>00000000-0000-4000-8000-000000000000</requestId>{members}</{operation}Response>"
    )))
}

fn lambda(call: &Call, state: State) -> Option<Reply> {
    let path = call.operation.strip_prefix("GET ")?.split('?').next()?;
    if call.service != "lambda" {
        return None;
    }
    let limit = if state == State::Fresh { 10 } else { 1000 };
    let reserved = if state == State::Ready { 120 } else { 0 };
    let answer: Value = match path {
        "/2016-08-19/account-settings" | "/2016-08-19/account-settings/" => json!({
            "AccountLimit": {
                "TotalCodeSize": 80_530_636_800_u64, "CodeSizeUnzipped": 262_144_000,
                "CodeSizeZipped": 52_428_800, "ConcurrentExecutions": limit,
                "UnreservedConcurrentExecutions": limit - reserved,
            },
            "AccountUsage": { "TotalCodeSize": 12_000, "FunctionCount": 3 },
        }),
        _ if path.contains("/urls") => json!({ "FunctionUrlConfigs": [] }),
        _ if path.contains("/recursion-config") => json!({ "RecursiveLoop": "Terminate" }),
        _ => return None,
    };
    Some(answer.into())
}

fn others(call: &Call, state: State) -> Option<Reply> {
    let ready = state == State::Ready;
    let name = call.name();
    let path = name.split('?').next().unwrap_or_default();
    let answer = match path {
        "servicequotas:ListServiceQuotas" => json!({ "Quotas": [] }),
        // Nobody has enrolled.
        "compute-optimizer:GetLambdaFunctionRecommendations" => {
            let message = "The account is not registered with Compute Optimizer.";
            return Some(Reply::error(400, "OptInRequiredException", message));
        }
        "events:ListEndpoints" => json!({ "Endpoints": [] }),
        "kms:GetKeyLastUsage" => json!({
            "KeyLastUsage": { "Operation": "Decrypt", "Timestamp": 1_768_770_000 },
            "TrackingStartDate": 1_756_713_600,
        }),
        "ssm:GetServiceSetting" => json!({ "ServiceSetting": {
            "SettingId": "/ssm/documents/console/public-sharing-permission",
            "SettingValue": if ready { "Disable" } else { "Enable" },
            "Status": "Customized",
            "LastModifiedDate": 1_767_600_000,
        } }),
        "access-analyzer:GET /analyzer" if ready => json!({ "analyzers": [{
            "arn": "arn:aws:access-analyzer:us-east-1:123456789012:analyzer/account",
            "name": "account", "type": "ACCOUNT", "status": "ACTIVE",
            "createdAt": "2026-01-05T08:00:00Z", "tags": {},
        }] }),
        "access-analyzer:GET /analyzer" => json!({ "analyzers": [] }),
        "access-analyzer:POST /findingv2" => json!({ "findings": [] }),
        "s3:GET /v20180820/accesspoint" | "s3:GET /v20180820/mrap/instances" => {
            return Some(Reply::Body(empty_of_s3(path)));
        }
        _ => return None,
    };
    Some(answer.into())
}

fn empty_of_s3(path: &str) -> String {
    let (result, list) = if path.contains("mrap") {
        ("ListMultiRegionAccessPointsResult", "AccessPoints")
    } else {
        ("ListAccessPointsResult", "AccessPointList")
    };
    format!(
        "<{result} xmlns=\"http://awss3control.amazonaws.com/doc/2018-08-20/\"><{list}/></{result}>"
    )
}
