//! Costs held against the budget and against what the phase may cost.

use serde::Serialize;

use super::{Costs, Money};
use crate::readiness::Parameters;

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It fits.
    Within,
    /// It is more.
    Over,
    /// It is less than expected.
    Below,
    /// One of the two is not known.
    CannotTell,
}

impl Answer {
    /// As people read it.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Within => "within",
            Answer::Over => "over",
            Answer::Below => "below",
            Answer::CannotTell => "cannot tell",
        }
    }
}

/// A comparison.
#[derive(Clone, Debug, Serialize)]
pub struct Check {
    /// What is compared.
    pub question: &'static str,
    /// What it came to.
    pub answer: Answer,
    /// In words.
    pub text: String,
}

/// The comparison that a verdict needs: without it nobody knows whether the bill runs away.
pub(super) const SO_FAR: &str = "month to date against the budget";
const WHOLE: &str = "forecast of the month against the budget";
const PHASE: &str = "forecast of the month against what this phase is expected to cost";

pub(super) fn all(costs: &Costs, parameters: &Parameters) -> Vec<Check> {
    vec![
        against_budget(
            SO_FAR,
            costs,
            costs.month_to_date,
            "the month so far is not known",
        ),
        against_budget(WHOLE, costs, costs.month, "there is no forecast"),
        against_phase(costs, parameters),
    ]
}

fn cannot_tell(question: &'static str, text: String) -> Check {
    Check {
        question,
        answer: Answer::CannotTell,
        text,
    }
}

fn against_budget(
    question: &'static str,
    costs: &Costs,
    amount: Option<Money>,
    unknown: &str,
) -> Check {
    let Some(amount) = amount else {
        return cannot_tell(question, unknown.to_owned());
    };
    let told = costs.told(amount);
    if let Some(text) = foreign(costs, &told) {
        return cannot_tell(question, text);
    }
    let Some(budget) = costs.comparable_budget() else {
        let text = match costs.budget {
            None => format!("{told}, and no budget is set (--param monthly_budget=100)"),
            Some(budget) => format!("{told}, and a budget of {} is none", budget.told("USD")),
        };
        return cannot_tell(question, text);
    };
    let (answer, word) = if amount > budget {
        (Answer::Over, "over")
    } else {
        (Answer::Within, "of")
    };
    Check {
        question,
        answer,
        text: format!("{told} {word} the budget of {}", budget.told("USD")),
    }
}

fn against_phase(costs: &Costs, parameters: &Parameters) -> Check {
    let range = parameters
        .expected_cost_low
        .zip(parameters.expected_cost_high);
    let range = range.and_then(|(low, high)| Money::from_f64(low).zip(Money::from_f64(high)));
    let Some((low, high)) = range else {
        let text = "how many users are active is not known (--param active_users=100)";
        return cannot_tell(PHASE, text.to_owned());
    };
    let Some(amount) = costs.month else {
        return cannot_tell(PHASE, "there is no forecast".to_owned());
    };
    let told = costs.told(amount);
    if let Some(text) = foreign(costs, &told) {
        return cannot_tell(PHASE, text);
    }
    let answer = if amount > high {
        Answer::Over
    } else if amount < low {
        Answer::Below
    } else {
        Answer::Within
    };
    let (low, high) = (low.told("USD"), high.told("USD"));
    Check {
        question: PHASE,
        answer,
        text: format!("{told}, expected {low} to {high}"),
    }
}

/// What is said of costs in another currency than the budget's.
fn foreign(costs: &Costs, told: &str) -> Option<String> {
    let currency = costs.currency.as_deref().filter(|code| *code != "USD")?;
    Some(format!(
        "{told}: the account is billed in {currency}, and budget and expectation are in USD"
    ))
}

impl Check {
    /// Whether the verdict cannot be given without it.
    pub fn is_needed(&self) -> bool {
        self.question == SO_FAR
    }
}
