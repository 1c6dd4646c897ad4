//! An account with Lambda functions, databases and a distribution, whose CloudWatch answers each
//! query as a test says.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use http_body_util::BodyExt;
use hyper::Request;
use hyper::body::Incoming;

use super::asked::{Asked, Body};
use crate::support::answer::{Answer, error, success};
use crate::support::call::Protocol;
use crate::support::outgoing::whole;
use crate::support::server::Server;

/// What there is, and what goes wrong.
#[derive(Clone)]
pub struct Account {
    pub functions: usize,
    pub databases: usize,
    pub distributions: usize,
    /// The operation that is refused.
    pub denied: Option<&'static str>,
    /// A result on a page; none where the page does not mention the query.
    pub result: fn(&Query, usize) -> Option<Outcome>,
    /// How many pages there are.
    pub pages: usize,
}

/// One query of a call.
#[derive(Clone, Debug, Default)]
pub struct Query {
    pub id: String,
    pub namespace: String,
    pub metric: String,
    pub stat: String,
    pub period: String,
    /// The value of the first dimension.
    pub of: String,
}

/// A query's result: status, and values by times.
pub struct Outcome {
    pub status: &'static str,
    pub points: Vec<(&'static str, f64)>,
}

/// One call that CloudWatch was asked for.
#[derive(Clone, Debug)]
pub struct Call {
    pub region: String,
    pub queries: Vec<Query>,
}

pub struct MetricsServer {
    server: Server,
    calls: Arc<Mutex<Vec<Call>>>,
}

/// All is there at once.
pub fn complete(query: &Query, _page: usize) -> Option<Outcome> {
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let value = query.metric.len() as f64;
    Some(Outcome {
        status: "Complete",
        points: vec![
            ("2026-05-30T00:00:00Z", value),
            ("2026-05-31T00:00:00Z", 0.5),
        ],
    })
}

impl Default for Account {
    fn default() -> Self {
        Self {
            functions: 0,
            databases: 0,
            distributions: 0,
            denied: None,
            result: complete,
            pages: 1,
        }
    }
}

impl MetricsServer {
    pub fn start(account: Account) -> Self {
        let calls: Arc<Mutex<Vec<Call>>> = Arc::default();
        let seen = Arc::clone(&calls);
        let server = Server::start(move |request: Request<Incoming>| {
            let (account, seen) = (account.clone(), Arc::clone(&seen));
            async move {
                let (head, body) = request.into_parts();
                let body = body.collect().await.map(|body| body.to_bytes());
                let asked = Asked::of(&head, &body.unwrap_or_default());
                whole(account.answer(&asked, &seen))
            }
        });
        Self { server, calls }
    }

    pub fn url(&self) -> &str {
        self.server.url()
    }

    /// The calls of `GetMetricData` so far.
    pub fn calls(&self) -> Vec<Call> {
        let calls = self.calls.lock().unwrap_or_else(PoisonError::into_inner);
        calls.clone()
    }
}

impl Account {
    fn answer(&self, asked: &Asked, seen: &Mutex<Vec<Call>>) -> Answer {
        let operation = match asked.path.as_str() {
            "/2015-03-31/functions" => "ListFunctions",
            "/2020-05-31/distribution" => "ListDistributions",
            _ => asked.action().unwrap_or_default(),
        };
        if self.denied == Some(operation) {
            let protocol = match operation {
                "ListFunctions" => Protocol::RestJson,
                _ => Protocol::AwsQuery,
            };
            return error(protocol, 403, "AccessDenied", "You shall not pass.");
        }
        match operation {
            "GetCallerIdentity" => query_answer(
                operation,
                "<Arn>arn:aws:iam::123456789012:user/tester</Arn><UserId>AIDA</UserId><Account>123456789012</Account>",
            ),
            "ListFunctions" => success(Protocol::RestJson, self.functions()),
            "ListDistributions" => success(Protocol::RestXml, self.distributions()),
            "DescribeDBInstances" => query_answer(operation, &self.databases()),
            "GetMetricData" => self.metric_data(asked, seen),
            _ => Answer::broken(&format!("{asked}")),
        }
    }

    fn functions(&self) -> String {
        let functions = (0..self.functions).map(|n| {
            format!(r#"{{"FunctionName":"f{n}","FunctionArn":"arn:aws:lambda:us-east-1:123456789012:function:f{n}"}}"#)
        });
        let functions: Vec<String> = functions.collect();
        format!(r#"{{"Functions":[{}]}}"#, functions.join(","))
    }

    fn distributions(&self) -> String {
        let all = (0..self.distributions).map(|n| {
            format!("<DistributionSummary><Id>E{n}</Id><ARN>arn:aws:cloudfront::123456789012:distribution/E{n}</ARN></DistributionSummary>")
        });
        let all: String = all.collect();
        format!(
            "<DistributionList><IsTruncated>false</IsTruncated><Items>{all}</Items></DistributionList>"
        )
    }

    fn databases(&self) -> String {
        let all = (0..self.databases).map(|n| {
            format!(
                "<DBInstance><DBInstanceIdentifier>d{n}</DBInstanceIdentifier>\
                 <DBInstanceArn>arn:aws:rds:us-east-1:123456789012:db:d{n}</DBInstanceArn></DBInstance>"
            )
        });
        format!("<DBInstances>{}</DBInstances>", all.collect::<String>())
    }

    fn metric_data(&self, asked: &Asked, seen: &Mutex<Vec<Call>>) -> Answer {
        let queries = queries(asked);
        let page = page(asked);
        if page == 0 {
            seen.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(Call {
                    region: asked.region.clone(),
                    queries: queries.clone(),
                });
        }
        let results = queries.iter().filter_map(|query| {
            let outcome = (self.result)(query, page)?;
            let times = outcome.points.iter();
            let times = times.map(|(time, _)| format!("<member>{time}</member>"));
            let values = outcome.points.iter();
            let values = values.map(|(_, value)| format!("<member>{value}</member>"));
            Some(format!(
                "<member><Id>{}</Id><Timestamps>{}</Timestamps><Values>{}</Values><StatusCode>{}</StatusCode></member>",
                query.id,
                times.collect::<String>(),
                values.collect::<String>(),
                outcome.status,
            ))
        });
        let results: String = results.collect();
        let token = match page + 1 < self.pages {
            true => format!("<NextToken>{}</NextToken>", page + 1),
            false => String::new(),
        };
        query_answer(
            "GetMetricData",
            &format!("<MetricDataResults>{results}</MetricDataResults>{token}"),
        )
    }
}

fn query_answer(operation: &str, result: &str) -> Answer {
    let body = format!(
        "<{operation}Response xmlns=\"http://example.com/\"><{operation}Result>{result}</{operation}Result></{operation}Response>"
    );
    success(Protocol::AwsQuery, body)
}

fn form(asked: &Asked) -> &[(String, String)] {
    match &asked.body {
        Body::Form(form) => form,
        Body::Json(_) => &[],
    }
}

fn page(asked: &Asked) -> usize {
    let token = form(asked).iter().find(|(key, _)| key == "NextToken");
    token.map_or(0, |(_, token)| token.parse().expect("a token of ours"))
}

fn queries(asked: &Asked) -> Vec<Query> {
    let mut queries: BTreeMap<usize, Query> = BTreeMap::new();
    for (key, value) in form(asked) {
        let Some((number, key)) = key
            .strip_prefix("MetricDataQueries.member.")
            .and_then(|rest| rest.split_once('.'))
        else {
            continue;
        };
        let query = queries
            .entry(number.parse().expect("a number"))
            .or_default();
        let place = match key {
            "Id" => &mut query.id,
            "MetricStat.Stat" => &mut query.stat,
            "MetricStat.Period" => &mut query.period,
            "MetricStat.Metric.Namespace" => &mut query.namespace,
            "MetricStat.Metric.MetricName" => &mut query.metric,
            "MetricStat.Metric.Dimensions.member.1.Value" => &mut query.of,
            _ => continue,
        };
        place.clone_from(value);
    }
    queries.into_values().collect()
}
