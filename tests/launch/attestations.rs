//! What the team attests, and the project that it says so in.

use crate::account::State;
use crate::support::Bench;

/// A control that only a person can vouch for.
const DOCUMENTED: [&str; 3] = ["on-call", "disaster-recovery", "recovery-documented"];
const APPROVED: [&str; 2] = ["load-test", "budget-approved"];

/// The team's directory in a state: nothing in the beginning, all attested in the end.
pub fn of(state: State) -> Bench {
    match state {
        State::Fresh => Bench::new(),
        State::Half => with(&DOCUMENTED),
        State::Ready => with(&[&DOCUMENTED[..], &APPROVED[..]].concat()),
    }
}

/// A directory in which these controls are attested.
pub fn with(controls: &[&str]) -> Bench {
    let entries = controls.iter().map(|control| {
        format!(
            "  - control: {control}\n    statement: It is so, and we went through it together.\n    \
             by: Mara Voss\n    on: 2026-01-12\n    expires: 2026-04-12\n    \
             evidence: {{ url: 'https://wiki.jobdock.example/{control}' }}\n"
        )
    });
    let file = format!("attestations:\n{}", entries.collect::<String>());
    Bench::new().with("attestations.yaml", file)
}
