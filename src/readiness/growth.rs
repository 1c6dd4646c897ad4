//! What the number of users asks of the account.

use serde::Serialize;

use super::Parameters;
use super::checklist::{Item, Section};

/// The section of a framework whose controls belong to a phase.
const SECTION: &str = "growth";

/// The phase and what it asks.
#[derive(Clone, Debug, Serialize)]
pub struct Growth {
    /// How many users are active; none where nobody said.
    pub active_users: Option<i64>,
    /// The phase that so many users are in.
    pub phase: Option<String>,
    /// Where the number is missing: what that means.
    pub problem: Option<String>,
    /// The controls of the phase.
    pub items: Vec<Item>,
}

/// The phase of so many users.
pub(super) fn of(parameters: &Parameters, checklist: &[Section]) -> Growth {
    let sections = checklist.iter();
    let grown = sections.filter(|section| section.title.to_lowercase().starts_with(SECTION));
    let problem = parameters.active_users.is_none().then(|| {
        "nobody said how many users are active, so neither the phase nor what it should cost is known: --param active_users=100".to_owned()
    });
    Growth {
        active_users: parameters.active_users,
        phase: parameters.phase.clone(),
        problem,
        items: grown.flat_map(|section| section.items.clone()).collect(),
    }
}
