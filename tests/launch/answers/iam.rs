//! IAM: the root user, and which services are used.

use aws_smithy_types::base64;

use super::query;
use crate::account::State;
use crate::support::Faults;

const NAMESPACE: &str = "https://iam.amazonaws.com/doc/2010-05-08/";

pub fn answer(faults: Faults, state: State) -> Faults {
    let iam = |operation: &str, members: &str| query(operation, NAMESPACE, members);
    faults
        .answer(
            "iam:GetAccountSummary",
            &iam("GetAccountSummary", &summary(state)),
        )
        .answer(
            "iam:GetCredentialReport",
            &iam("GetCredentialReport", &report(state)),
        )
        .answer(
            "iam:GenerateServiceLastAccessedDetails",
            &iam("GenerateServiceLastAccessedDetails", "<JobId>job-1</JobId>"),
        )
        .answer(
            "iam:GetServiceLastAccessedDetails",
            &iam("GetServiceLastAccessedDetails", &last_accessed(state)),
        )
}

fn summary(state: State) -> String {
    let counters = [
        ("AccountMFAEnabled", i32::from(state == State::Ready)),
        ("AccountPasswordPresent", 1),
        ("AccountAccessKeysPresent", i32::from(state == State::Fresh)),
        ("AccountSigningCertificatesPresent", 0),
    ];
    let entries = counters
        .map(|(name, count)| format!("<entry><key>{name}</key><value>{count}</value></entry>"));
    format!("<SummaryMap>{}</SummaryMap>", entries.concat())
}

const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
    password_last_changed,password_next_rotation,mfa_active,access_key_1_active,\
    access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
    access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/// The root user, and the founder where there is one; see `seed/jobdock/access.py`.
fn report(state: State) -> String {
    let ready = state == State::Ready;
    let built = match state {
        State::Fresh => "2026-01-18T08:00:00+00:00",
        State::Half | State::Ready => "2025-09-01T08:00:00+00:00",
    };
    let last = if ready {
        built
    } else {
        "2026-01-18T20:00:00+00:00"
    };
    let key = if state == State::Fresh {
        format!("true,{built}")
    } else {
        "false,N/A".to_owned()
    };
    let mut csv = format!(
        "{COLUMNS}\n<root_account>,arn:aws:iam::123456789012:root,2025-08-30T08:00:00+00:00,\
         not_supported,{last},not_supported,not_supported,{ready},{key},N/A,N/A,N/A,false,N/A,N/A,\
         N/A,N/A,false,N/A,false,N/A"
    );
    if !ready {
        let mfa = state == State::Half;
        csv.push_str(&format!(
            "\nfounder,arn:aws:iam::123456789012:user/founder,{built},true,\
             2026-01-18T20:00:00+00:00,{built},N/A,{mfa},{key},\
             2026-01-18T20:00:00+00:00,us-east-1,s3,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
        ));
    }
    format!(
        "<Content>{}</Content><ReportFormat>text/csv</ReportFormat>\
         <GeneratedTime>2026-01-19T08:00:00Z</GeneratedTime>",
        base64::encode(csv)
    )
}

/// Everybody may use two services; before the rights were cut back, one of them in vain.
fn last_accessed(state: State) -> String {
    let used = |date: &str| {
        format!(
            "<LastAuthenticated>{date}</LastAuthenticated>\
             <LastAuthenticatedRegion>us-east-1</LastAuthenticatedRegion>"
        )
    };
    let service = |name: &str, namespace: &str, used: &str| {
        format!(
            "<member><ServiceName>{name}</ServiceName>\
             <ServiceNamespace>{namespace}</ServiceNamespace>{used}</member>"
        )
    };
    let logs = service(
        "Amazon CloudWatch Logs",
        "logs",
        &used("2026-01-18T21:00:00Z"),
    );
    let ec2 = if state == State::Ready {
        used("2026-01-17T08:00:00Z")
    } else {
        String::new()
    };
    let ec2 = service("Amazon EC2", "ec2", &ec2);
    format!(
        "<JobStatus>COMPLETED</JobStatus><JobType>SERVICE_LEVEL</JobType>\
         <JobCreationDate>2026-01-19T08:59:58Z</JobCreationDate>\
         <JobCompletionDate>2026-01-19T08:59:59Z</JobCompletionDate>\
         <IsTruncated>false</IsTruncated>\
         <ServicesLastAccessed>{logs}{ec2}</ServicesLastAccessed>"
    )
}
