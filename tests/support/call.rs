//! What a request on the wire asks of AWS: read from its signature, headers and body.

use hyper::body::Bytes;
use hyper::http::request::Parts;
use percent_encoding::percent_decode_str;

/// One request as it came through the proxy, in the words of AWS.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The signing name: `iam`, `ec2`, `cloudtrail`; `unsigned` when there is no signature.
    pub service: String,
    /// `ListUsers`. A REST service does not name its operation: `GET /bucket?encryption`.
    pub operation: String,
    /// The region signed for: `us-east-1` for the global services.
    pub region: String,
    /// Whose request it is, to tell assumed roles and accounts apart.
    pub access_key: String,
    /// What follows `?` in the address.
    pub query: String,
    pub body: String,
}

impl Call {
    /// `iam:ListUsers`, as faults name it.
    pub fn name(&self) -> String {
        format!("{}:{}", self.service, self.operation)
    }

    /// A parameter of a form body (`Marker`), decoded.
    pub fn form(&self, name: &str) -> Option<String> {
        form_pairs(&self.body)
            .find(|(key, _)| *key == name)
            .map(|(_, value)| decode(value))
    }
}

impl Call {
    /// Whether this asks for a page after the first.
    pub fn has_token(&self) -> bool {
        let json = serde_json::from_str::<serde_json::Value>(&self.body).unwrap_or_default();
        json["NextToken"].is_string()
            || ["Marker", "NextToken"]
                .iter()
                .any(|name| self.form(name).is_some())
    }
}

/// How a service words requests, answers and errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    AwsQuery,
    Ec2Query,
    AwsJson,
    RestJson,
    RestXml,
}

/// Services of restXml; a request without `Action` or `X-Amz-Target` is restJson otherwise.
const REST_XML: [&str; 4] = ["s3", "s3control", "cloudfront", "route53"];

pub fn identify(head: &Parts, body: &Bytes) -> (Call, Protocol) {
    let header = |name: &str| head.headers.get(name).and_then(|v| v.to_str().ok());
    let [access_key, region, service] = header("authorization")
        .and_then(scope)
        .unwrap_or(["", "", "unsigned"]);
    let body = String::from_utf8_lossy(body).into_owned();
    let query = head.uri.query().unwrap_or_default();

    let (operation, protocol) = if let Some(target) = header("x-amz-target") {
        let operation = target.rsplit('.').next().unwrap_or(target);
        (operation.to_owned(), Protocol::AwsJson)
    } else if let Some(action) = action(&body).or_else(|| action(query)) {
        let protocol = if service == "ec2" {
            Protocol::Ec2Query
        } else {
            Protocol::AwsQuery
        };
        (action, protocol)
    } else {
        let path = head.uri.path_and_query().map_or("/", |p| p.as_str());
        let protocol = if REST_XML.contains(&service) {
            Protocol::RestXml
        } else {
            Protocol::RestJson
        };
        (format!("{} {path}", head.method), protocol)
    };

    let call = Call {
        service: service.to_owned(),
        operation,
        region: region.to_owned(),
        access_key: access_key.to_owned(),
        query: query.to_owned(),
        body,
    };
    (call, protocol)
}

/// Access key, region and service of `... Credential=KEY/20260101/us-east-1/iam/aws4_request, ...`.
pub fn scope(authorization: &str) -> Option<[&str; 3]> {
    let (_, credential) = authorization.split_once("Credential=")?;
    let mut parts = credential.split(',').next()?.trim().split('/');
    let access_key = parts.next()?;
    let _date = parts.next()?;
    Some([access_key, parts.next()?, parts.next()?])
}

fn action(form: &str) -> Option<String> {
    form_pairs(form)
        .find(|(key, _)| *key == "Action")
        .map(|(_, value)| decode(value))
}

/// The `key=value` pairs of a form, still encoded. AWS's parameter names need no decoding.
pub fn form_pairs(form: &str) -> impl Iterator<Item = (&str, &str)> {
    form.split('&').filter_map(|pair| pair.split_once('='))
}

pub fn decode(value: &str) -> String {
    let spaced = value.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
}
