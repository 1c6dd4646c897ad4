//! Where moto leaves out or garbles what AWS says.

use serde_json::Value;

use crate::account::{Account, State};
use crate::support::Faults;

pub fn amend(faults: Faults, account: &Account) -> Faults {
    let ready = account.state == State::Ready;
    let called = account.state != State::Fresh;
    let vpc = account.id("vpc").to_owned();
    let control = account.id("origin_access_control").to_owned();
    faults.amend(move |call, body| match call.name().as_str() {
        // moto forgets the origin access control, and whether it is a staging distribution.
        name if name.starts_with("cloudfront:GET /2020-05-31/distribution") => {
            distributions(&body, &control)
        }
        name if name.starts_with("s3:GET /") && call.query.contains("versioning") => body
            .replace("<GetBucketVersioningResponse", "<VersioningConfiguration")
            .replace("</GetBucketVersioningResponse", "</VersioningConfiguration"),
        // The interface of a NAT gateway is in use.
        "ec2:DescribeNetworkInterfaces" => {
            body.replace("<status>available</status>", "<status>in-use</status>")
        }
        "iam:GetAccountAuthorizationDetails" if called => body
            .replace("<RoleLastUsed></RoleLastUsed>", LAST_USED)
            .replace("<RoleLastUsed />", LAST_USED)
            .replace("<RoleLastUsed/>", LAST_USED),
        // It has one VPC for all functions, which is none of the account's.
        name if name.starts_with("lambda:GET /") => body.replace("vpc-123abc", &vpc),
        // The certificate is validated, and the distribution uses it.
        name if name.starts_with("acm:") => body
            .replace("\"PENDING_VALIDATION\"", "\"ISSUED\"")
            .replace("\"InUse\": false", "\"InUse\": true")
            .replace("\"InUseBy\": []", "\"InUseBy\": [\"a distribution\"]"),
        "rds:DescribeDBInstances" if ready => body.replace(
            "<PerformanceInsightsEnabled>false",
            "<PerformanceInsightsEnabled>true",
        ),
        "cloudtrail:GetTrailStatus" if ready => trail_status(&body),
        _ => body,
    })
}

const LAST_USED: &str = "<RoleLastUsed><LastUsedDate>2026-01-18T21:00:00Z</LastUsedDate>\
    <Region>us-east-1</Region></RoleLastUsed>";

/// moto says nothing of what reaches CloudWatch Logs.
fn trail_status(body: &str) -> String {
    let mut status: Value = serde_json::from_str(body).expect("JSON");
    status["LatestCloudWatchLogsDeliveryTime"] = status["LatestDeliveryTime"].clone();
    status.to_string()
}

fn distributions(body: &str, control: &str) -> String {
    let control = format!("<OriginAccessControlId>{control}</OriginAccessControlId></Origin>");
    let body = body.replace("</Origin>", &control);
    body.replace(
        "<CloudFrontDefaultCertificate>true",
        "<CloudFrontDefaultCertificate>false",
    )
    .replace(
        "</DistributionSummary>",
        "<Staging>false</Staging></DistributionSummary>",
    )
}
