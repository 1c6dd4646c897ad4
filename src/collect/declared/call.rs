//! A call made, page after page, with what its errors mean.

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_schema::Schema;

use super::answer::{Answer, Expected, Wanted};
use super::client::Client;
use super::endpoint::endpoint;
use super::error::ServiceError;
use super::path;
use super::request::{self, Request};
use super::shape::node;
use super::value::{Scope, Unfilled, Value};
use crate::collect::context::Context;
use crate::collect::failure::Failure;
use crate::source::{Call, FieldType, Params};

/// A declared call, ready to be made.
pub struct Ready {
    request: &'static Schema<'static>,
    expected: Arc<Expected>,
    /// The only region, of partition `aws`, that it can be made in.
    endpoint_region: Option<String>,
}

/// Why a call brings nothing.
pub enum Stop {
    /// An error that means: there is none. It says so on the first page only.
    Absent(Failure),
    /// Any other.
    Failed(Failure),
}

impl Ready {
    /// Prepares a call whose answer holds what is wanted, and its pages' tokens; `batch` is the
    /// member of the request that lists resources.
    pub fn new(call: &Call, mut wanted: Wanted, batch: Option<&String>) -> Self {
        let xml = call.to.protocol.is_xml();
        let plain = |ty: FieldType| move |wire| node(&ty, wire, 0, xml, &|schema| schema);
        if let Some(pages) = &call.pages {
            for token in &pages.token {
                wanted.add(token, true, plain(FieldType::String));
            }
            if let Some(more) = &pages.more {
                wanted.add(more, true, plain(FieldType::Bool));
            }
        }
        Self {
            request: request::schema(call, batch),
            expected: Arc::new(Expected::new(call, wanted)),
            endpoint_region: None,
        }
    }

    /// The same for a type that can be read through this region only.
    pub fn in_region(self, endpoint_region: Option<&String>) -> Self {
        Self {
            endpoint_region: endpoint_region.cloned(),
            ..self
        }
    }

    /// Prepares a call whose whole answer is one field.
    pub fn expecting(call: &Call, expected: Expected) -> Self {
        Self {
            request: request::schema(call, None),
            expected: Arc::new(expected),
            endpoint_region: None,
        }
    }

    /// All pages of a call's answer.
    ///
    /// # Errors
    /// Those of the first page that fails.
    pub async fn pages(
        &self,
        call: &Call,
        context: &Context,
        members: Vec<(String, Value)>,
        place: &str,
    ) -> (Vec<Answer>, Option<Stop>) {
        let fixed = self.endpoint_region.as_deref();
        let region = fixed.filter(|_| &*context.partition == "aws");
        let mut answers = Vec::new();
        let mut asked: BTreeSet<Vec<String>> = BTreeSet::new();
        let mut tokens: Vec<(String, Value)> = Vec::new();
        loop {
            let mut page = members.clone();
            for (name, value) in &tokens {
                page.retain(|(known, _)| known != name);
                page.push((name.clone(), value.clone()));
            }
            match self.once(call, context, region, page, place).await {
                Ok(answer) => answers.push(answer),
                Err(stop) if answers.is_empty() => return (answers, Some(stop)),
                Err(Stop::Absent(mut failure) | Stop::Failed(mut failure)) => {
                    failure.unavailable = false;
                    return (answers, Some(Stop::Failed(failure)));
                }
            }
            let Some(next) = answers.last().and_then(|answer| next(call, answer)) else {
                return (answers, None);
            };
            let key = next.iter().map(|(_, value)| value.text()).collect();
            if !asked.insert(key) {
                let failure =
                    Failure::new(&call.api, "RepeatedToken", crate::collect::pages::REPEATED);
                return (answers, Some(Stop::Failed(failure)));
            }
            tokens = next;
        }
    }

    /// One request and its answer.
    async fn once(
        &self,
        call: &Call,
        context: &Context,
        region: Option<&str>,
        members: Vec<(String, Value)>,
        place: &str,
    ) -> Result<Answer, Stop> {
        let client = client(call, context, region)?;
        let send = |client: Arc<Client>| {
            let request = Request::new(self.request, members.clone());
            async move {
                let sent = client.send(&call.operation, request, &self.expected, place);
                sent.await
            }
        };
        let first = send(client.clone()).await;
        let outcome = match first {
            Err(error) if call.to.signing == "s3" => match elsewhere(&error, &client) {
                Some(region) => send(self::client(call, context, Some(&region))?).await,
                None => Err(error),
            },
            other => other,
        };
        outcome.map_err(|error| self::stop(call, &client, *error))
    }
}

/// The region that a bucket is in, where S3 answers that it is not the one asked.
fn elsewhere(error: &SdkError<ServiceError, HttpResponse>, client: &Client) -> Option<String> {
    let headers = error.raw_response()?.headers();
    let region = headers.get("x-amz-bucket-region")?;
    (region != client.endpoint.signing_region).then(|| region.to_owned())
}

fn client(call: &Call, context: &Context, region: Option<&str>) -> Result<Arc<Client>, Stop> {
    let region = region.unwrap_or(&context.region);
    context
        .declared(call.to.service, region, || {
            let endpoint = endpoint(
                &call.to,
                context.config(),
                &context.account,
                &context.partition,
                region,
            )?;
            Ok(Client::new(context, &call.to, endpoint))
        })
        .map_err(|error: super::endpoint::NoEndpoint| {
            let mut failure = Failure::new(&call.api, NO_ENDPOINT, error.to_string());
            failure.unavailable = call.to.unavailable.iter().any(|code| code == NO_ENDPOINT);
            Stop::Failed(failure)
        })
}

/// Our own code for a host name that does not exist.
pub const NO_ENDPOINT: &str = "EndpointNotFound";

fn stop(call: &Call, client: &Client, error: SdkError<ServiceError, HttpResponse>) -> Stop {
    let mut failure = Failure::of(&call.api, error);
    let absent = call.absent.iter().any(|absent| {
        let says = |text: &String| failure.message.contains(text.as_str());
        absent.code == failure.code && absent.message.as_ref().is_none_or(says)
    });
    if absent {
        return Stop::Absent(failure);
    }
    // A name in somebody's configuration that does not exist says nothing of AWS's regions.
    let ours = failure.code == NO_ENDPOINT && !client.endpoint.of_aws;
    failure.unavailable = !ours && call.to.unavailable.contains(&failure.code);
    Stop::Failed(failure)
}

/// The tokens for the next page, if there is one.
fn next(call: &Call, answer: &Answer) -> Option<Vec<(String, Value)>> {
    let pages = call.pages.as_ref()?;
    if let Some(more) = &pages.more {
        let flag = path::at(answer, more).into_iter().next();
        if !matches!(flag, Some(crate::fact::Fact::Bool(true))) {
            return None;
        }
    }
    let tokens = pages.token.iter().zip(&pages.input);
    let found: Vec<(String, Value)> = tokens
        .filter_map(|(token, input)| Some((input.clone(), Value::Text(path::text(answer, token)?))))
        .collect();
    (!found.is_empty()).then_some(found)
}

/// What fills the templates of a request to a context.
pub fn scope<'r>(context: &'r Context, params: &'r Params, empty: &'r Answer) -> Scope<'r> {
    Scope {
        fields: empty,
        resource: None,
        parent: None,
        each: None,
        index: None,
        params,
        account: &context.account,
        partition: &context.partition,
        region: &context.region,
        now: context.now,
    }
}

/// The request's members, its headers among them.
///
/// # Errors
/// When a template names what could not be read.
pub fn members(call: &Call, scope: &Scope) -> Result<Vec<(String, Value)>, Failure> {
    let mut members = scope.members(&call.input).map_err(unfilled)?;
    for (name, template) in &call.headers {
        let text = scope.text(template).map_err(unfilled)?;
        members.push((name.clone(), Value::Text(text)));
    }
    Ok(members)
}

/// A request that cannot be made because of an earlier one that failed.
pub fn unfilled(unknown: Unfilled) -> Failure {
    let unknown = (*unknown).clone();
    Failure {
        operation: unknown.operation,
        code: unknown.code,
        message: unknown.message,
        iam_action: unknown.iam_action,
        unavailable: false,
    }
}
