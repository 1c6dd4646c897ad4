//! What the user said of the launch, among the shared parameters, and what estimates rest on.

use serde::Serialize;

use crate::expr::{Constant, Setting};
use crate::rule::Vocabulary;

/// What the user says of the launch; what was not said is none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Parameters {
    /// What it may cost a month, in US dollars.
    pub monthly_budget: Option<f64>,
    /// How many users are active.
    pub active_users: Option<i64>,
    /// The phase that so many users are in.
    pub phase: Option<String>,
    /// What that phase is expected to cost a month, at least.
    pub expected_cost_low: Option<f64>,
    /// At most.
    pub expected_cost_high: Option<f64>,
    /// The day of the list prices by which savings are estimated.
    pub prices_dated: Option<String>,
}

impl Parameters {
    /// As the shared parameters of a run have them.
    pub fn of(vocabulary: &Vocabulary) -> Self {
        let shared = &vocabulary.shared;
        let value = |name: &str| match shared.get(name).map(|known| &known.param.value) {
            Some(Setting::Value(value)) => Some(value),
            _ => None,
        };
        let double = |name: &str| match value(name) {
            Some(Constant::Double(value)) => Some(*value),
            _ => None,
        };
        Self {
            monthly_budget: double("monthly_budget"),
            active_users: match value("active_users") {
                Some(Constant::Int(users)) => Some(*users),
                _ => None,
            },
            phase: match value("phase") {
                Some(Constant::String(phase)) => Some(phase.to_string()),
                _ => None,
            },
            expected_cost_low: double("expected_cost_low"),
            expected_cost_high: double("expected_cost_high"),
            prices_dated: vocabulary.prices_dated.clone(),
        }
    }
}
