//! What a failed call comes to: a code, a message, and whether a permission was missing.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::declared::NO_ENDPOINT;
use super::pages::REPEATED;
use crate::fact::Unknown;
use crate::schema::ApiCall;

/// The error codes by which AWS services refuse for want of a permission.
const DENIED: [&str; 6] = [
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "UnauthorizedAccess",
    "AuthorizationError",
    "NotAuthorized",
];

/// Messages are kept to this many characters.
const MESSAGE_LIMIT: usize = 300;

/// A call that failed after the SDK's retries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `service:Operation`.
    pub operation: String,
    /// AWS's error code, or one of ours (see [`Unknown::code`]).
    pub code: String,
    /// One line.
    pub message: String,
    /// The IAM action that was missing, where one was.
    pub iam_action: Option<String>,
    /// Whether it is one of the documented errors by which a region says that it does not have the
    /// service at all, so that there is nothing to read.
    pub unavailable: bool,
}

impl Failure {
    /// What an SDK error comes to.
    pub fn of<E>(call: &ApiCall, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let (code, message) = code_and_message(&error);
        let by_policy = DENIED.contains(&code.as_str()) && !is_closed_otherwise(&message);
        let iam_action = by_policy.then(|| missing_action(call, &message));
        Self {
            operation: call.operation.to_owned(),
            message: one_line(&message),
            code,
            iam_action,
            unavailable: false,
        }
    }

    /// A failure that no SDK error stands behind.
    pub fn new(call: &ApiCall, code: &str, message: impl AsRef<str>) -> Self {
        Self {
            operation: call.operation.to_owned(),
            code: code.to_owned(),
            message: one_line(message.as_ref()),
            iam_action: None,
            unavailable: false,
        }
    }

    /// The same as the reason for an unknown value read in `region`.
    pub fn in_region(self, region: &str) -> Unknown {
        Unknown {
            operation: self.operation,
            region: region.to_owned(),
            code: self.code,
            message: self.message,
            iam_action: self.iam_action,
        }
    }
}

fn code_and_message<E>(error: &SdkError<E, HttpResponse>) -> (String, String)
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    if let Some(code) = error.meta().code() {
        let message = error.meta().message().unwrap_or_default();
        return (code.to_owned(), message.to_owned());
    }
    // A load balancer's error page has no code of AWS's; its status says all there is to say.
    let status = error
        .raw_response()
        .map(|response| response.status().as_u16());
    if let Some(status) = status.filter(|status| *status >= 300) {
        let message = format!("the answer has status {status} and no error code");
        return (format!("Http{status}"), message);
    }
    let detail = chain(error);
    if detail.contains("no credentials") {
        let message = "none in the environment, the profile, a web identity or an instance role";
        return ("NoCredentials".to_owned(), message.to_owned());
    }
    // The credentials were sought and their source refused: no matter of the service's network.
    if let Some((_, reason)) = detail.split_once("loading credentials: ") {
        return ("NoCredentials".to_owned(), reason.to_owned());
    }
    let code = match error {
        _ if detail.contains(REPEATED) => "RepeatedToken",
        SdkError::DispatchFailure(_) if no_such_host(&detail) => NO_ENDPOINT,
        SdkError::TimeoutError(_) => "Timeout",
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "Timeout",
        SdkError::DispatchFailure(_) => "ConnectionFailed",
        SdkError::ConstructionFailure(_) => "InvalidRequest",
        _ => "InvalidResponse",
    };
    (code.to_owned(), detail)
}

/// Whether the resolver says that a name does not exist, rather than that it could not find out.
fn no_such_host(detail: &str) -> bool {
    [
        "Name or service not known",
        "nodename nor servname provided",
    ]
    .iter()
    .any(|said| detail.contains(said))
}

/// Whether the denial says that no IAM policy would help: Cost Explorer answers so where nobody has
/// switched it on, and where the account that pays keeps its members out.
fn is_closed_otherwise(message: &str) -> bool {
    let message = message.to_lowercase();
    [
        "not enabled for cost explorer",
        "linked account doesn't have access",
    ]
    .iter()
    .any(|closed| message.contains(closed))
}

/// AWS names the action in most refusals; that is nearer to the truth than our own table.
fn missing_action(call: &ApiCall, message: &str) -> String {
    message
        .split_once("not authorized to perform: ")
        .and_then(|(_, rest)| rest.split_whitespace().next())
        .filter(|action| action.contains(':'))
        .map_or_else(|| call.actions()[0].to_owned(), str::to_owned)
}

/// What the SDK says before it shows a whole request, whose headers are not for everybody's eyes.
const REQUEST_SHOWN: &str = " to request `Request";

/// An error and what caused it, each cause once.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let next = error.to_string();
        let next = next.split(REQUEST_SHOWN).next().unwrap_or_default();
        if !text.ends_with(next) {
            text = format!("{text}: {next}");
        }
        cause = error.source();
    }
    text
}

fn one_line(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.join(" ").chars().take(MESSAGE_LIMIT).collect()
}
