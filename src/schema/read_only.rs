//! Which operations only read: what every source and every request is held to.

/// How the names of operations begin that read.
const VERBS: [&str; 4] = ["BatchGet", "Describe", "Get", "List"];
/// Operations whose names do not begin like a read and that change nothing that matters: making
/// the credential report anew is how IAM lets it be read.
const READS_BY_OTHER_NAMES: [&str; 1] = ["iam:GenerateCredentialReport"];
/// Operations that begin like a read and hand out secrets, credentials, or the data that customers
/// keep in a service rather than how the service is set up.
const SECRETS: [&str; 44] = [
    "appconfig:GetConfiguration",
    "appconfig:GetLatestConfiguration",
    "athena:GetQueryResults",
    "codeartifact:GetAuthorizationToken",
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-identity:GetOpenIdToken",
    "cognito-identity:GetOpenIdTokenForDeveloperIdentity",
    "connect:GetFederationToken",
    "dynamodb:BatchGetItem",
    "dynamodb:GetItem",
    "dynamodb:GetRecords",
    "ec2:GetConsoleOutput",
    "ec2:GetConsoleScreenshot",
    "ec2:GetPasswordData",
    "ecr-public:GetAuthorizationToken",
    "ecr:GetAuthorizationToken",
    "ecr:GetDownloadUrlForLayer",
    "glacier:GetJobOutput",
    "kinesis:GetRecords",
    "kms:GetParametersForImport",
    "lightsail:GetInstanceAccessDetails",
    "lightsail:GetRelationalDatabaseMasterUserPassword",
    "logs:GetLogEvents",
    "logs:GetLogRecord",
    "logs:GetQueryResults",
    "rds:DownloadDBLogFilePortion",
    "redshift-serverless:GetCredentials",
    "redshift:GetClusterCredentials",
    "redshift:GetClusterCredentialsWithIAM",
    "s3:GetDataAccess",
    "s3:GetObject",
    "s3:GetObjectTorrent",
    "secretsmanager:BatchGetSecretValue",
    "secretsmanager:GetSecretValue",
    "sso:GetRoleCredentials",
    "ssm:GetParameter",
    "ssm:GetParameterHistory",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "sts:GetDelegatedAccessToken",
    "sts:GetFederationToken",
    "sts:GetSessionToken",
    "sts:GetWebIdentityToken",
    "workdocs:GetDocument",
];

/// Whether an operation, as `service:Operation`, only reads: the allow-list that every source and
/// every request is held to.
pub fn is_read_only(operation: &str) -> bool {
    let name = operation.split_once(':').map_or("", |(_, name)| name);
    let reads = VERBS.iter().any(|verb| name.starts_with(verb));
    (reads && !SECRETS.contains(&operation)) || READS_BY_OTHER_NAMES.contains(&operation)
}

/// How the last segment of a path begins that is read by POST.
const POST_VERBS: [&str; 6] = ["batch-get", "describe", "get", "list", "query", "search"];

/// Whether a POST to `path` of a REST service only reads. On the wire such a request has no
/// operation's name, only method and path, and with another path's name it would create things.
pub fn reads_by_post(signing_name: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let last = path.rsplit('/').find(|segment| !segment.is_empty());
    let verb = last.is_some_and(|last| POST_VERBS.iter().any(|verb| last.starts_with(verb)));
    let known = || {
        POST_READS
            .iter()
            .any(|(service, known)| *service == signing_name && alike(known, path))
    };
    verb || known()
}

/// Reads by POST whose paths do not say so, by signing name: `ListFindingsV2`,
/// `GetFindingsStatistics`, `DescribeDomains`.
const POST_READS: [(&str, &str); 3] = [
    ("access-analyzer", "/findingv2"),
    ("es", "/2021-01-01/opensearch/domain-info"),
    ("guardduty", "/detector/{}/findings/statistics"),
];

/// Whether two paths are the same, whatever their labels are called.
fn alike(known: &str, path: &str) -> bool {
    let (mut left, mut right) = (known.split('/'), path.split('/'));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some("{}"), Some(label)) if label.starts_with('{') => {}
            (Some(left), Some(right)) if left == right => {}
            _ => return false,
        }
    }
}
