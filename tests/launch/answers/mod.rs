//! What moto lacks, in the shapes that AWS documents, with the numbers of each state.

mod backup;
pub mod costs;
mod history;
mod iam;
mod mending;
pub mod metrics;
mod settings;

use crate::account::{Account, NOW};
use crate::support::Faults;

/// All answers of a state.
pub fn of(account: &Account) -> Faults {
    let state = account.state;
    let faults = Faults::none().clock(NOW);
    let faults = mending::amend(faults, account);
    let faults = iam::answer(faults, state);
    let faults = settings::answer(faults, state);
    let faults = costs::answer(faults, account);
    let faults = history::answer(faults, account);
    let faults = metrics::answer(faults, metrics::Series::of(state));
    backup::answer(faults, account)
}

/// An answer of awsQuery.
fn query(operation: &str, namespace: &str, members: &str) -> String {
    format!(
        "<{operation}Response xmlns=\"{namespace}\"><{operation}Result>{members}</{operation}Result>\
         <ResponseMetadata><RequestId>00000000-0000-4000-8000-000000000000</RequestId>\
         </ResponseMetadata></{operation}Response>"
    )
}
