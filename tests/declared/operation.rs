//! The operations of the declared sources, as `sources show` tells them, recognised on the wire.

use serde::Deserialize;

use super::asked::Asked;
use crate::support::call::Protocol;

/// One source: `launchgate sources show SERVICE --format json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    pub service: String,
    types: Vec<ResourceType>,
    pub calls: Vec<Call>,
}

#[derive(Clone, Debug, Deserialize)]
struct ResourceType {
    /// `kms.Key`
    #[serde(rename = "type")]
    name: String,
}

/// One use of an operation: to list resources of a type, or to tell more of one.
#[derive(Clone, Debug, Deserialize)]
pub struct Call {
    /// `kms:ListKeys`
    pub operation: String,
    /// `kms.Key`
    pub resource_type: String,
    kind: String,
    protocol: String,
    /// `GET /clusters/{name}`
    http: Option<String>,
    /// `TrentService.ListKeys`
    target: Option<String>,
    pages: Option<Pages>,
    iam_actions: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Pages {
    /// The members of a request that say where to go on.
    input: Vec<String>,
}

impl Source {
    pub fn types(&self) -> Vec<String> {
        self.types.iter().map(|of| of.name.clone()).collect()
    }

    /// The names of the operations, each once.
    pub fn operations(&self) -> Vec<&str> {
        let names = self.calls.iter().map(|call| call.operation.as_str());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn calls_of<'s>(&'s self, operation: &'s str) -> impl Iterator<Item = &'s Call> {
        self.calls
            .iter()
            .filter(move |call| call.operation == operation)
    }

    pub fn iam_actions<'s>(&'s self, operation: &'s str) -> Vec<&'s str> {
        let calls = self.calls_of(operation);
        calls
            .flat_map(|call| call.iam_actions.iter().map(String::as_str))
            .collect()
    }

    /// The inputs by which an operation is asked for a later page; none if it has no pages.
    pub fn token_inputs(&self, operation: &str) -> Vec<String> {
        let calls = self.calls_of(operation);
        let paged = calls.filter_map(|call| call.pages.as_ref());
        paged.flat_map(|pages| pages.input.clone()).collect()
    }
}

/// What a request asks for. Where services share a name for an operation or a path, it is the one
/// of `service`.
pub fn asked_of<'s>(sources: &'s [Source], asked: &Asked, service: &str) -> Option<&'s Call> {
    let all = sources.iter().flat_map(|source| {
        let calls = source.calls.iter();
        calls.map(move |call| (source.service == service, call))
    });
    let fitting = all.filter_map(|(own, call)| Some(((own, call.exactness(asked)?), call)));
    fitting.max_by_key(|(rank, _)| *rank).map(|(_, call)| call)
}

impl Call {
    pub fn protocol(&self) -> Protocol {
        match self.protocol.as_str() {
            "awsQuery" => Protocol::AwsQuery,
            "awsJson1_0" | "awsJson1_1" => Protocol::AwsJson,
            "restJson1" => Protocol::RestJson,
            "restXml" => Protocol::RestXml,
            other => panic!("{}: no protocol is called {other:?}", self.operation),
        }
    }

    /// Whether one request is about several resources.
    pub fn is_batch(&self) -> bool {
        self.kind == "batch"
    }

    /// How much of the request is as this operation has it for sure; none if it is another's.
    fn exactness(&self, asked: &Asked) -> Option<usize> {
        if let Some(target) = &self.target {
            return (asked.target.as_ref() == Some(target)).then_some(1);
        }
        if asked.target.is_some() {
            return None;
        }
        let Some(http) = &self.http else {
            let (_, operation) = self.operation.split_once(':')?;
            return (asked.action() == Some(operation)).then_some(1);
        };
        let (method, path) = http.split_once(' ')?;
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let fixed: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).collect();
        let asks = |part: &&str| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let mut given = asked.query.iter();
            given.any(|(name, text)| name == key && (value.is_empty() || text == value))
        };
        let pattern: Vec<&str> = path.split('/').collect();
        let given: Vec<&str> = asked.path.split('/').collect();
        let fits = method == asked.method && fixed.iter().all(asks) && leads(&pattern, &given);
        let literal = pattern.iter().filter(|part| !part.starts_with('{'));
        fits.then_some(literal.count() + fixed.len())
    }
}

/// Whether a path is what its pattern says: `{x}` stands for one step, `{x+}` for one or more.
fn leads(pattern: &[&str], path: &[&str]) -> bool {
    match (pattern, path) {
        ([], []) => true,
        ([step, rest @ ..], [_, ..]) if step.ends_with("+}") => {
            (1..=path.len()).any(|steps| leads(rest, &path[steps..]))
        }
        ([step, rest @ ..], [given, others @ ..]) => {
            let fits = if step.starts_with('{') {
                !given.is_empty()
            } else {
                step == given
            };
            fits && leads(rest, others)
        }
        _ => false,
    }
}

#[test]
fn a_path_is_told_from_others_like_it() {
    let fits = |pattern: &str, path: &str| {
        let steps = |text: &'static str| text.split('/').collect::<Vec<_>>();
        leads(
            &steps(pattern.to_owned().leak()),
            &steps(path.to_owned().leak()),
        )
    };
    assert!(fits("/clusters/{name}", "/clusters/a%2Fb"));
    assert!(!fits("/clusters/{name}", "/clusters/a/b"));
    assert!(!fits("/clusters/{name}", "/clusters/"));
    assert!(fits("/tags/{arn+}", "/tags/arn:a/b/c"));
    assert!(fits("/mrap/{name+}/policy", "/mrap/a/b/policy"));
    assert!(!fits("/mrap/{name+}/policy", "/mrap/policy"));
}
