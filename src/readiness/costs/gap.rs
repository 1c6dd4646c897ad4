//! Costs that could not be shown, and what that means for whoever decides.

use serde::Serialize;

use super::spend::Missing;
use crate::fact::Unknown;
use crate::finding::advice;

/// What is missing, as [`Gap::what`] names it.
pub(super) const DAILY: &str = "the costs of each day";
pub(super) const MONTH: &str = "the costs of this month";
pub(super) const FORECAST: &str = "the forecast";

/// A part of the costs that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// What is missing.
    pub what: Vec<&'static str>,
    /// Why, and what it means.
    pub text: String,
    /// The read that failed, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Unknown>,
}

impl Gap {
    /// What is missing and why, in one sentence.
    pub fn told(&self) -> String {
        let verb = if self.what == [FORECAST] { "is" } else { "are" };
        format!(
            "{} {verb} not known: {}",
            self.what.join(" and "),
            self.text
        )
    }

    /// Whether a read failed, and not just found nothing.
    pub fn is_failure(&self) -> bool {
        self.unknown.is_some()
    }

    /// Whether it leaves unknown what the account has cost so far; a forecast may come later.
    pub fn hides_spend(&self) -> bool {
        self.what.iter().any(|what| *what != FORECAST)
    }
}

/// Adds what is missing; two parts that are missing for one reason are one gap.
pub(super) fn add(gaps: &mut Vec<Gap>, what: &'static str, missing: &Missing) {
    let (text, unknown) = match missing {
        Missing::Unread(unknown) => (meaning(unknown), Some(unknown.clone())),
        Missing::Nothing => (nothing(what).to_owned(), None),
    };
    match gaps.iter_mut().find(|gap| gap.text == text) {
        Some(gap) => gap.what.push(what),
        None => gaps.push(Gap {
            what: vec![what],
            text,
            unknown,
        }),
    }
}

fn nothing(what: &str) -> &'static str {
    if what == FORECAST {
        "Cost Explorer has too little history for a forecast: what the whole month will cost is not known yet"
    } else {
        "Cost Explorer shows no charge at all, as for a new account: that says nothing of what production will cost"
    }
}

fn meaning(unknown: &Unknown) -> String {
    let Unknown { code, message, .. } = unknown;
    let lower = message.to_lowercase();
    if code == "DataUnavailableException" || lower.contains("data is not available") {
        return "Cost Explorer has no data yet: it takes about a day from the first time it is opened, and until then nothing shows what the account costs".to_owned();
    }
    if lower.contains("linked account") {
        return "the organization's management account keeps its members out of Cost Explorer: let this account in under its billing preferences, or look at the costs from the account that pays".to_owned();
    }
    if lower.contains("not enabled for cost explorer")
        || lower.contains("cost explorer is not enabled")
    {
        return "Cost Explorer is not enabled: open it once in the billing console as an administrator; its data follows within a day".to_owned();
    }
    match (&unknown.iam_action, code.as_str()) {
        (Some(action), _) => format!("{} was denied, it needs {action}", unknown.operation),
        (None, "NotCollected") => message.clone(),
        (None, _) => format!("{unknown}: {}", advice(code)),
    }
}
