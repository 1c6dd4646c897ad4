//! What moto lacks: the answers of operations it does not know, in the shapes that AWS documents.

use std::fmt::Write;

use aws_smithy_types::base64;

use super::faults::Faults;

/// The seeded users whose credential report [`credential_report`] writes.
const USERS: [&str; 4] = ["founder", "engineer", "deploy-bot", "former-intern"];

const COLUMNS: &str = "user,arn,user_creation_time,password_enabled,password_last_used,\
    password_last_changed,password_next_rotation,mfa_active,access_key_1_active,\
    access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
    access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,\
    access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/// Two of them, so that they come in two pages.
pub const SUBSCRIBERS: &str = r#"{"Subscribers": [
    {"SubscriptionType": "EMAIL", "Address": "founders@example.com"},
    {"SubscriptionType": "SNS", "Address": "arn:aws:sns:us-east-1:123456789012:money"}
]}"#;

impl Faults {
    /// Answers for all that the bundled rules ask and moto cannot tell, so that an audit of the
    /// seeded account has no unknown. Of the root user moto knows next to nothing: it has no row in
    /// the credential report and no MFA device.
    #[must_use]
    pub fn completing_moto(self) -> Self {
        self.answer("budgets:DescribeSubscribersForNotification", SUBSCRIBERS)
            .answer("iam:GetCredentialReport", &credential_report())
            .answer("iam:GetAccountSummary", &account_summary())
            .answer("iam:GenerateServiceLastAccessedDetails", &ordered())
            .answer("iam:GetServiceLastAccessedDetails", &last_accessed())
            .answer_ec2(
                "GetEbsDefaultKmsKeyId",
                "<kmsKeyId>alias/aws/ebs</kmsKeyId>",
            )
            .answer_ec2(
                "GetSnapshotBlockPublicAccessState",
                "<state>block-all-sharing</state><managedBy>account</managedBy>",
            )
            .answer_ec2(
                "GetImageBlockPublicAccessState",
                "<imageBlockPublicAccessState>block-new-sharing</imageBlockPublicAccessState>\
                 <managedBy>account</managedBy>",
            )
            .answer_ec2(
                "GetInstanceMetadataDefaults",
                "<accountLevel><httpTokens>required</httpTokens>\
                 <httpPutResponseHopLimit>2</httpPutResponseHopLimit>\
                 <httpEndpoint>enabled</httpEndpoint></accountLevel>",
            )
    }

    fn answer_ec2(self, operation: &str, members: &str) -> Self {
        let body = format!(
            "<{operation}Response xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">\
             <requestId>00000000-0000-4000-8000-000000000000</requestId>{members}\
             </{operation}Response>"
        );
        self.answer(&format!("ec2:{operation}"), &body)
    }
}

/// A root user with a password and an MFA device, and without keys.
fn account_summary() -> String {
    let counters = [
        ("AccountMFAEnabled", 1),
        ("AccountPasswordPresent", 1),
        ("AccountAccessKeysPresent", 0),
        ("AccountSigningCertificatesPresent", 0),
    ];
    let entries = counters
        .map(|(name, count)| format!("<entry><key>{name}</key><value>{count}</value></entry>"));
    iam_answer(
        "GetAccountSummary",
        &format!("<SummaryMap>{}</SummaryMap>", entries.concat()),
    )
}

fn ordered() -> String {
    iam_answer(
        "GenerateServiceLastAccessedDetails",
        "<JobId>4711c3d5-0000-4000-8000-000000000000</JobId>",
    )
}

/// Whoever is asked about may use two services, and never used one of them.
fn last_accessed() -> String {
    iam_answer(
        "GetServiceLastAccessedDetails",
        "<JobStatus>COMPLETED</JobStatus><JobType>SERVICE_LEVEL</JobType>\
         <JobCreationDate>2026-06-01T12:00:00Z</JobCreationDate>\
         <JobCompletionDate>2026-06-01T12:00:02Z</JobCompletionDate><IsTruncated>false</IsTruncated>\
         <ServicesLastAccessed><member><ServiceName>Amazon S3</ServiceName>\
         <ServiceNamespace>s3</ServiceNamespace><LastAuthenticated>2026-05-31T08:00:00Z</LastAuthenticated>\
         <LastAuthenticatedRegion>us-east-1</LastAuthenticatedRegion>\
         <TotalAuthenticatedEntities>1</TotalAuthenticatedEntities></member>\
         <member><ServiceName>Amazon EC2</ServiceName><ServiceNamespace>ec2</ServiceNamespace>\
         <TotalAuthenticatedEntities>0</TotalAuthenticatedEntities></member></ServicesLastAccessed>",
    )
}

pub(super) fn iam_answer(operation: &str, members: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">\
         <{operation}Result>{members}</{operation}Result></{operation}Response>"
    )
}

/// A report with the root user and the seeded users, none of whom has used anything yet.
fn credential_report() -> String {
    let mut csv = format!(
        "{COLUMNS}\n<root_account>,arn:aws:iam::123456789012:root,2020-01-02T03:04:05+00:00,\
         not_supported,2026-05-06T07:08:09+00:00,not_supported,not_supported,true,\
         false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
    );
    for user in USERS {
        let row = format!(
            "\n{user},arn:aws:iam::123456789012:user/{user},2026-01-02T03:04:05+00:00,\
             true,no_information,2026-01-02T03:04:05+00:00,N/A,false,\
             true,2026-01-02T03:04:05+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A"
        );
        csv.write_str(&row).expect("a string takes more text");
    }
    let content = base64::encode(csv);
    iam_answer(
        "GetCredentialReport",
        &format!(
            "<Content>{content}</Content><ReportFormat>text/csv</ReportFormat>\
             <GeneratedTime>2026-06-01T12:00:00Z</GeneratedTime>"
        ),
    )
}
