//! One request, in a form that can be compared: what was asked, and not when or by whom.

use hyper::http::request::Parts;
use serde_json::Value;

use crate::support::call::{decode, scope};

/// What a request asks for.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// As it was sent: `/clusters/a%2Fb`.
    pub path: String,
    /// Decoded, in alphabetical order. A key without a value has an empty one.
    pub query: Vec<(String, String)>,
    /// The header by which awsJson names the operation.
    pub target: Option<String>,
    /// The region signed for.
    pub region: String,
    pub body: Body,
    /// All of it, as it was sent: path, query and body.
    pub text: String,
}

/// What a body says, in whichever order.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Json(Value),
    /// Decoded, in alphabetical order.
    Form(Vec<(String, String)>),
}

impl Asked {
    pub fn of(head: &Parts, body: &[u8]) -> Self {
        let header = |name: &str| head.headers.get(name).and_then(|v| v.to_str().ok());
        let query = head.uri.query().unwrap_or_default();
        let text = String::from_utf8_lossy(body).into_owned();
        let whole_path = head.uri.path_and_query().map_or("/", |path| path.as_str());
        let scope = header("authorization").and_then(scope);
        Self {
            method: head.method.to_string(),
            path: head.uri.path().to_owned(),
            query: pairs(query),
            target: header("x-amz-target").map(str::to_owned),
            region: scope.map_or("", |[_, region, _]| region).to_owned(),
            text: format!("{whole_path}\n{text}"),
            body: serde_json::from_str(&text).map_or_else(|_| Body::Form(pairs(&text)), Body::Json),
        }
    }

    /// What an awsQuery request names as its operation.
    pub fn action(&self) -> Option<&str> {
        let Body::Form(form) = &self.body else {
            return None;
        };
        let mut all = form.iter().chain(&self.query);
        let (_, action) = all.find(|(name, _)| name == "Action")?;
        Some(action)
    }

    /// The last part of the header's name for the operation: `ListKeys` of `TrentService.ListKeys`.
    pub fn targeted(&self) -> Option<&str> {
        self.target.as_deref()?.rsplit('.').next()
    }

    pub fn has_input(&self, name: &str) -> bool {
        let named = |pairs: &[(String, String)]| pairs.iter().any(|(key, _)| key == name);
        named(&self.query)
            || match &self.body {
                Body::Json(body) => body.get(name).is_some_and(|member| !member.is_null()),
                Body::Form(form) => named(form),
            }
    }

    /// The same request without these inputs.
    pub fn without(&self, names: &[String]) -> Self {
        let kept =
            |pairs: &mut Vec<(String, String)>| pairs.retain(|(key, _)| !names.contains(key));
        let mut asked = self.clone();
        kept(&mut asked.query);
        match &mut asked.body {
            Body::Json(Value::Object(members)) => members.retain(|key, _| !names.contains(key)),
            Body::Json(_) => {}
            Body::Form(form) => kept(form),
        }
        asked
    }
}

impl Asked {
    /// Whether `more` asks for all that this does, and otherwise the same: about a list of
    /// resources of which this one's is a part.
    pub fn is_part_of(&self, more: &Self) -> bool {
        let same_body = Self {
            body: more.body.clone(),
            ..self.clone()
        };
        same_body == *more
            && match (&self.body, &more.body) {
                (Body::Json(body), Body::Json(more)) => is_part(body, more),
                (Body::Form(body), Body::Form(more)) => {
                    let more: Vec<_> = more.iter().map(unnumbered).collect();
                    body.iter().map(unnumbered).all(|pair| more.contains(&pair))
                }
                _ => false,
            }
    }
}

/// Whether one JSON is the other but for elements of lists that are not there.
fn is_part(body: &Value, more: &Value) -> bool {
    match (body, more) {
        (Value::Array(items), Value::Array(more)) => items.iter().all(|item| more.contains(item)),
        (Value::Object(members), Value::Object(more)) => {
            let held = |(name, value): (&String, &Value)| {
                more.get(name).is_some_and(|other| is_part(value, other))
            };
            members.len() == more.len() && members.iter().all(held)
        }
        _ => body == more,
    }
}

/// `Names.member.2` without its place in the list.
fn unnumbered((key, value): &(String, String)) -> (String, &str) {
    let steps = key.split('.').filter(|step| step.parse::<u32>().is_err());
    (steps.collect::<Vec<_>>().join("."), value)
}

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        // `text` is the same again, in one order of many.
        (&self.method, &self.path, &self.target, &self.region)
            == (&other.method, &other.path, &other.target, &other.region)
            && self.query == other.query
            && self.body == other.body
    }
}

impl std::fmt::Display for Asked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let target = self.target.as_deref().unwrap_or_default();
        write!(
            f,
            "{} {} {target} in {:?}",
            self.method,
            self.text.trim_end(),
            self.region
        )
    }
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = text
        .split('&')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            (decode(key), decode(value))
        })
        .collect();
    pairs.sort();
    pairs
}
