//! AWS's own words for an error, in each protocol.

use hyper::StatusCode;
use hyper::body::Bytes;
use hyper::http::HeaderValue;
use hyper::http::response;

use super::call::{Call, Protocol};

/// A whole answer, held in memory.
#[derive(Clone)]
pub struct Answer {
    pub head: response::Parts,
    pub body: Bytes,
}

impl Answer {
    pub fn new(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        let (mut head, ()) = hyper::Response::new(()).into_parts();
        head.status = StatusCode::from_u16(status)
            .unwrap_or_else(|_| panic!("{status} is not an HTTP status"));
        head.headers
            .insert("content-type", HeaderValue::from_static(content_type));
        head.headers
            .insert("x-amzn-requestid", HeaderValue::from_static(REQUEST_ID));
        Self {
            head,
            body: body.into(),
        }
    }

    /// The same answer with another body.
    pub fn with_body(mut self, body: impl Into<Bytes>) -> Self {
        self.head.headers.remove("content-length");
        self.body = body.into();
        self
    }

    /// The harness itself failed: said so that it cannot be taken for AWS.
    pub fn broken(why: &str) -> Self {
        Self::new(500, "text/plain", format!("launchgate's test proxy: {why}"))
    }
}

const REQUEST_ID: &str = "00000000-0000-4000-8000-000000000000";
const WHO: &str = "arn:aws:iam::123456789012:user/auditor";

pub fn success(protocol: Protocol, body: impl Into<Bytes>) -> Answer {
    Answer::new(200, content_type(protocol), body)
}

pub fn access_denied(call: &Call, protocol: Protocol) -> Answer {
    let action = iam_action(call);
    let sentence = format!(
        "User: {WHO} is not authorized to perform: {action} on resource: * because no identity-based \
         policy allows the {action} action"
    );
    match protocol {
        Protocol::AwsQuery | Protocol::RestXml => error(protocol, 403, "AccessDenied", &sentence),
        Protocol::Ec2Query => {
            let message = format!("You are not authorized to perform this operation. {sentence}");
            error(protocol, 403, "UnauthorizedOperation", &message)
        }
        Protocol::AwsJson => error(protocol, 400, "AccessDeniedException", &sentence),
        Protocol::RestJson => error(protocol, 403, "AccessDeniedException", &sentence),
    }
}

pub fn throttled(protocol: Protocol) -> Answer {
    match protocol {
        Protocol::AwsQuery => error(protocol, 400, "Throttling", "Rate exceeded"),
        Protocol::Ec2Query => error(
            protocol,
            503,
            "RequestLimitExceeded",
            "Request limit exceeded.",
        ),
        Protocol::AwsJson => error(protocol, 400, "ThrottlingException", "Rate exceeded"),
        Protocol::RestJson => error(protocol, 429, "ThrottlingException", "Rate exceeded"),
        Protocol::RestXml => error(
            protocol,
            503,
            "SlowDown",
            "Please reduce your request rate.",
        ),
    }
}

/// No answer of AWS's: what a load balancer before it says.
pub fn of_load_balancer(status: u16) -> Answer {
    let body = "<html><body>The server is out of sorts.</body></html>";
    Answer::new(status, "text/html", body)
}

/// Neither XML nor JSON.
pub fn garbage(protocol: Protocol) -> Answer {
    success(protocol, "<<{ neither XML } nor [ JSON > \u{1}")
}

/// An error in the shape that the protocol prescribes.
pub fn error(protocol: Protocol, status: u16, code: &str, message: &str) -> Answer {
    let (code_text, message_text) = (
        quick_xml::escape::escape(code),
        quick_xml::escape::escape(message),
    );
    let body = match protocol {
        Protocol::AwsQuery => {
            let fault = if status < 500 { "Sender" } else { "Receiver" };
            format!(
                "<ErrorResponse><Error><Type>{fault}</Type><Code>{code_text}</Code>\
                 <Message>{message_text}</Message></Error><RequestId>{REQUEST_ID}</RequestId></ErrorResponse>"
            )
        }
        Protocol::Ec2Query => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>{code_text}</Code>\
             <Message>{message_text}</Message></Error></Errors><RequestID>{REQUEST_ID}</RequestID></Response>"
        ),
        Protocol::RestXml => format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code_text}</Code>\
             <Message>{message_text}</Message><RequestId>{REQUEST_ID}</RequestId></Error>"
        ),
        Protocol::AwsJson => serde_json::json!({ "__type": code, "message": message }).to_string(),
        Protocol::RestJson => serde_json::json!({ "message": message }).to_string(),
    };
    let mut answer = Answer::new(status, content_type(protocol), body);
    if protocol == Protocol::RestJson {
        let code = HeaderValue::from_str(code)
            .unwrap_or_else(|_| panic!("{code:?} cannot be the value of a header"));
        answer.head.headers.insert("x-amzn-errortype", code);
    }
    answer
}

fn content_type(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::AwsQuery | Protocol::Ec2Query => "text/xml;charset=UTF-8",
        Protocol::RestXml => "application/xml",
        Protocol::AwsJson => "application/x-amz-json-1.1",
        Protocol::RestJson => "application/json",
    }
}

/// The action a policy must allow. Budgets is the service here whose actions are not its operations.
fn iam_action(call: &Call) -> String {
    if call.service == "budgets" {
        "budgets:ViewBudget".to_owned()
    } else {
        call.name()
    }
}
