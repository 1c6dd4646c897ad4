//! Each state of the account, and what must be said of it.

use crate::account::{Account, State};
use crate::attestations;
use crate::outcome::{ALL, Outcome};

/// What the team decided: see the strategy's budget, and sixty users in the first months.
pub const DECIDED: &str =
    "--param monthly_budget=100 --param active_users=60 --param alert_email=founders@example.com";

const SERIOUS: [&str; 2] = ["critical", "high"];

fn audit(state: State) -> Outcome {
    Account::open(state).audit(attestations::of(state), DECIDED)
}

#[test]
fn the_ready_account_opens_the_gate() {
    let outcome = audit(State::Ready);
    std::fs::write("/tmp/acc/rep.json", outcome.report.to_string()).unwrap();
    assert_eq!(outcome.with("fail", &SERIOUS), Vec::<String>::new());
    assert_eq!(outcome.with("unknown", &ALL), Vec::<String>::new());
    assert_eq!(outcome.with("manual", &ALL), Vec::<String>::new());
    assert_eq!(outcome.code, 0);
}

#[test]
fn half() {
    let outcome = audit(State::Half);
    std::fs::write("/tmp/acc/half.json", outcome.report.to_string()).unwrap();
}

#[test]
fn fresh() {
    let outcome = audit(State::Fresh);
    std::fs::write("/tmp/acc/fresh.json", outcome.report.to_string()).unwrap();
}
