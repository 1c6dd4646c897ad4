//! Which operations only read: what every source and every request is held to.

/// How the names of operations begin that read.
const VERBS: [&str; 4] = ["BatchGet", "Describe", "Get", "List"];
/// Operations whose names do not begin like a read and that change nothing that matters: having a
/// report written is how IAM lets credentials and last accesses be read.
const READS_BY_OTHER_NAMES: [&str; 2] = [
    "iam:GenerateCredentialReport",
    "iam:GenerateServiceLastAccessedDetails",
];
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

/// Whether an IAM action, as `service:Action`, only allows to read. API Gateway's actions are HTTP
/// methods.
pub fn is_read_action(action: &str) -> bool {
    let plain = action
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || ":-".contains(letter));
    plain && (is_read_only(action) || action == "apigateway:GET")
}

/// The word that the last segment of a path begins with that is read by POST.
const POST_VERBS: [&str; 7] = [
    "batch-get",
    "batchget",
    "describe",
    "get",
    "list",
    "query",
    "search",
];

/// Whether a POST to `path` of a REST service only reads. On the wire such a request has no
/// operation's name, only method and path, and with another path's name it would create things.
pub fn reads_by_post(signing_name: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let last = path.rsplit('/').find(|segment| !segment.is_empty());
    let verb = last.is_some_and(|last| POST_VERBS.iter().any(|verb| begins_with(last, verb)));
    let known = || {
        POST_READS
            .iter()
            .any(|(service, known)| *service == signing_name && alike(known, path))
    };
    verb || known()
}

/// Whether a segment begins with a word: `list`, `list-things`, `listThings`, `ListThings`, and not
/// `listeners`.
fn begins_with(segment: &str, word: &str) -> bool {
    let (Some(start), Some(rest)) = (segment.get(..word.len()), segment.get(word.len()..)) else {
        return false;
    };
    let ends = rest.is_empty() || rest.starts_with(['-', '_']);
    start.eq_ignore_ascii_case(word)
        && (ends || rest.starts_with(|next: char| next.is_ascii_uppercase()))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_reads_where_its_path_says_so_in_a_word_of_its_own() {
        for path in [
            "/findings/list",
            "/status/batch/get",
            "/ListPools",
            "/getContactInformation?x",
        ] {
            assert!(reads_by_post("things", path), "{path}");
        }
        for path in [
            "/listeners",
            "/lists",
            "/getaways",
            "/findings",
            "/",
            "/list/{Id}",
            "/queries",
        ] {
            assert!(!reads_by_post("things", path), "{path}");
        }
        assert!(reads_by_post(
            "guardduty",
            "/detector/{DetectorId}/findings/statistics"
        ));
        assert!(!reads_by_post(
            "other",
            "/detector/{DetectorId}/findings/statistics"
        ));
    }

    #[test]
    fn secrets_and_data_are_not_read() {
        for operation in [
            "kms:ListKeys",
            "codebuild:BatchGetProjects",
            "iam:GenerateCredentialReport",
            "iam:GenerateServiceLastAccessedDetails",
        ] {
            assert!(is_read_only(operation), "{operation}");
        }
        for operation in [
            "s3:GetObject",
            "ssm:GetParameters",
            "kms:CreateKey",
            "iam:GenerateOrganizationsAccessReport",
            "kms:GenerateDataKey",
            "x:GenerateServiceLastAccessedDetails",
            "x:Gone",
            "ListKeys",
        ] {
            assert!(!is_read_only(operation), "{operation}");
        }
    }
}
