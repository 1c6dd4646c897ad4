//! Commands that a person has to look at before they run.

use crate::expr::Template;

/// Why a command does not run as it stands.
#[derive(Debug)]
pub enum Caution {
    /// The rule says what has to be decided.
    Decide(Template),
    /// Words that stand for something only a person knows.
    Placeholders(Vec<String>),
}

/// Words in capitals that AWS itself takes. Any other one is taken for a placeholder, as `KEY_ARN`
/// is: the mistake that this list can make is a command too many that somebody has to read.
const WORDS_OF_AWS: [&str; 68] = [
    "ACCESS_LOGS",
    "ACTIVE",
    "ACTUAL",
    "AES256",
    "ALARM",
    "ALL",
    "AUDIT_LOGS",
    "AUTO",
    "AWS",
    "AWS_IAM",
    "BASIC",
    "BILLING",
    "BLOCK",
    "CLOUDFRONT",
    "COGNITO_USER_POOLS",
    "COMPLETED",
    "COST",
    "CRITICAL",
    "CUSTOM",
    "DAILY",
    "DELETED",
    "DIMENSIONAL",
    "DISABLED",
    "DNS",
    "EBS_MALWARE_PROTECTION",
    "EC2",
    "ECR",
    "EKS_AUDIT_LOGS",
    "ELB",
    "EMAIL",
    "ENABLED",
    "EQUALS",
    "ERROR",
    "EXISTS",
    "FORECASTED",
    "GREATER_THAN",
    "HIGH",
    "HTTP",
    "HTTPS",
    "HTTP_301",
    "IMMUTABLE",
    "INFO",
    "JWT",
    "KMS",
    "LAMBDA",
    "LAMBDA_NETWORK_LOGS",
    "MODIFIED",
    "MONTHLY",
    "NOT",
    "PERCENTAGE",
    "PFS",
    "RDS",
    "RDS_LOGIN_EVENTS",
    "REGIONAL",
    "RSAES_OAEP_SHA_256",
    "RSA_2048",
    "RSA_4096",
    "RUNTIME_MONITORING",
    "S3",
    "S3_DATA_EVENTS",
    "SCAN_ON_PUSH",
    "SNS",
    "SQS",
    "TLS",
    "TLS13",
    "TLS_1_2",
    "USD",
    "WILDCARD",
];

/// What in a command's own text stands for something that only a person knows.
pub(super) fn placeholders(template: &Template) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in template.own_text() {
        let in_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let words = text.split(|c: char| !in_word(c));
        found.extend(
            words
                .filter(|word| stands_for_something(word))
                .map(str::to_owned),
        );
        let files = text.split([' ', '\n', '\'', '"', '=', ',']);
        let is_file = |word: &&str| word.starts_with("file://") || word.starts_with("fileb://");
        found.extend(files.filter(is_file).map(str::to_owned));
    }
    found.sort();
    found.dedup();
    found
}

fn stands_for_something(word: &str) -> bool {
    let capitals = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    word.len() > 1
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(capitals)
        && !WORDS_OF_AWS.contains(&word)
        && !is_metric(word)
}

/// Metrics such as `4XXError` and `HTTPCode_Target_5XX_Count` have capitals between underscores.
fn is_metric(word: &str) -> bool {
    word.ends_with("XX")
}
