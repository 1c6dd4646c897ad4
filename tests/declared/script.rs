//! `tests/sources/<service>.yaml`: how a service answers in its test.

use serde::Deserialize;

use super::asked::Asked;
use crate::support::answer::Answer;

/// One such file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    #[serde(default = "one_region")]
    pub regions: Vec<String>,
    /// Whether moto answers what no exchange does.
    #[serde(default)]
    pub moto: bool,
    /// Python that fills moto.
    #[serde(default)]
    pub seed: Option<String>,
    #[serde(default)]
    exchanges: Option<Vec<Exchange>>,
    /// What is unknown on purpose: `kms.Key/ID/Field`, or `kms.Key` for a list that is not read.
    #[serde(default)]
    expect_unknown: Option<Vec<String>>,
}

fn one_region() -> Vec<String> {
    vec!["us-east-1".to_owned()]
}

/// One scripted answer, and the requests that it is for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    call: Option<String>,
    /// `GET /clusters/*`
    request: Option<String>,
    /// The region that it is signed for.
    region: Option<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default)]
    headers: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    body: String,
}

fn ok() -> u16 {
    200
}

impl Script {
    /// # Errors
    /// When the file is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        serde_saphyr::from_str(text).map_err(|e| e.to_string())
    }

    /// The answer of the first exchange that fits.
    pub fn answer(&self, asked: &Asked) -> Option<Answer> {
        let mut exchanges = self.exchanges.iter().flatten();
        exchanges
            .find(|exchange| exchange.fits(asked))
            .map(Exchange::answer)
    }

    pub fn expected_unknown(&self) -> Vec<String> {
        let mut expected = self.expect_unknown.clone().unwrap_or_default();
        expected.sort();
        expected
    }
}

impl Exchange {
    fn fits(&self, asked: &Asked) -> bool {
        let named = |call: &String| {
            let name = Some(call.as_str());
            name == asked.targeted() || name == asked.action()
        };
        self.call.as_ref().is_none_or(named)
            && self.request.as_ref().is_none_or(|r| is_for(r, asked))
            && self.region.as_ref().is_none_or(|r| *r == asked.region)
            && self.with.iter().all(|text| asked.text.contains(text))
            && !self.without.iter().any(|text| asked.text.contains(text))
    }

    fn answer(&self) -> Answer {
        let mut answer = Answer::new(self.status, "application/json", self.body.clone());
        // Only what the file says: not every service sends these.
        answer.head.headers.clear();
        for (name, value) in &self.headers {
            let name = name.parse::<hyper::http::HeaderName>();
            let name = name.unwrap_or_else(|e| panic!("the name of a header: {e}"));
            let value = value.parse();
            let value = value.unwrap_or_else(|e| panic!("the value of {name}: {e}"));
            answer.head.headers.insert(name, value);
        }
        answer
    }
}

/// Whether `GET /clusters/*` is what was asked; `*` stands for one step.
fn is_for(request: &str, asked: &Asked) -> bool {
    let Some((method, path)) = request.split_once(' ') else {
        panic!("{request:?} is no method and path");
    };
    let (pattern, given) = (path.split('/'), asked.path.split('/'));
    method == asked.method
        && pattern.clone().count() == given.clone().count()
        && pattern
            .zip(given)
            .all(|(step, given)| step == given || (step == "*" && !given.is_empty()))
}
