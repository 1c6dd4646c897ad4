//! Where the money goes: what `launchgate costs` shows when a bill jumps.

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::costs::{Costs, Gap, Rises, rises};
use super::culprit::{self, Culprit};
use super::{COST_READS, Parameters};
use crate::snapshot::Snapshot;

/// All there is to show.
#[derive(Clone, Debug, Serialize)]
pub struct Spending {
    /// The time that counted as now, RFC 3339.
    #[serde(skip)]
    pub now: String,
    /// The accounts.
    pub accounts: Vec<AccountSpending>,
    /// The usual culprits, and what they did.
    pub culprits: Vec<Culprit>,
    /// What can be done at once.
    pub quick_fixes: Vec<&'static str>,
}

/// One account's costs and what rose in them.
#[derive(Clone, Debug, Serialize)]
pub struct AccountSpending {
    /// What it costs.
    pub costs: Costs,
    /// What rose within a week.
    pub rises: Option<Rises>,
    /// Why no rise can be told.
    pub no_rises: Option<String>,
}

/// What to do before the cause is known.
const QUICK_FIXES: [&str; 4] = [
    "Throttle the APIs: a rate that users need, such as 1000 requests a second, and no more.",
    "Give Lambda functions a reserved concurrency: what runs away then stops there.",
    "Set a retention for CloudWatch log groups, and log less: aws logs put-retention-policy --log-group-name NAME --retention-in-days 30",
    "Look for loops: functions that write to what starts them, clients that retry without waiting.",
];

impl Spending {
    /// The types and fields that it shows, and so all that it reads.
    pub fn reads() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        COST_READS.into_iter().chain(culprit::READS)
    }

    /// Puts it together.
    pub fn new(snapshot: &Snapshot, parameters: &Parameters, now: OffsetDateTime) -> Self {
        let accounts = Costs::of(snapshot, parameters, now).into_iter();
        let accounts = accounts.map(|costs| {
            let found = (!costs.days.is_empty()).then(|| rises(&costs, now.date()));
            let (rises, no_rises) = match found {
                Some(Ok(rises)) => (Some(rises), None),
                Some(Err(why)) => (None, Some(why)),
                None => (None, Some("the costs of each day are not known".to_owned())),
            };
            AccountSpending {
                costs,
                rises,
                no_rises,
            }
        });
        Self {
            now: now.format(&Rfc3339).unwrap_or_default(),
            accounts: accounts.collect(),
            culprits: culprit::all(snapshot),
            quick_fixes: QUICK_FIXES.to_vec(),
        }
    }

    /// Whether any part of it could not be read.
    pub fn has_gaps(&self) -> bool {
        let gaps = self.accounts.iter().flat_map(|account| &account.costs.gaps);
        gaps.into_iter().any(Gap::is_failure)
            || self.culprits.iter().any(|kind| !kind.unread.is_empty())
    }
}
