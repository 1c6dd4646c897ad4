//! `launchgate readiness` over each state: may it launch, and why not?

use serde_json::Value;

use crate::account::{Account, State};
use crate::answers::costs;
use crate::attestations;
use crate::support::{Bench, Faults, Run};

/// What the team decided, as it would write it down.
const PROJECT: &str = "\
frameworks: [launch-readiness]
regions: [us-east-1]
params:
  monthly_budget: 100.0
  active_users: 60
  alert_email: founders@example.com
";

fn look(state: State, bench: Bench, change: impl FnOnce(Faults) -> Faults) -> (Run, Value) {
    let account = Account::open(state);
    let bench = bench.with("launchgate.yaml", PROJECT);
    let arguments = "readiness --report json=readiness.json";
    let run = account.run(change(account.answers()), &bench, arguments);
    let readiness = std::fs::read_to_string(bench.path().join("readiness.json"));
    let readiness = readiness.unwrap_or_else(|e| panic!("{e}\n{}\n{}", run.stdout, run.stderr));
    (run, serde_json::from_str(&readiness).expect("JSON"))
}

/// The reasons for a verdict, one a line.
fn reasons(readiness: &Value) -> String {
    let reasons = readiness["reasons"].as_array().expect("reasons");
    let texts = reasons.iter().filter_map(|reason| reason["text"].as_str());
    texts.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn expect_reasons(readiness: &Value, wanted: &[&str]) {
    let reasons = reasons(readiness);
    for words in wanted {
        assert!(reasons.contains(words), "no {words:?} in:\n{reasons}");
    }
}

#[test]
fn the_ready_account_may_launch() {
    let (run, readiness) = look(State::Ready, attestations::of(State::Ready), |all| all);
    assert_eq!(readiness["verdict"], "ready", "{}", run.stdout);
    assert!(run.stdout.contains("READY"), "{}", run.stdout);
    assert_eq!(reasons(&readiness), "");
    assert_eq!(run.code, 0);
}

#[test]
fn the_half_done_account_may_not_launch() {
    let (run, readiness) = look(State::Half, attestations::of(State::Half), |all| all);
    assert_eq!(readiness["verdict"], "not_ready", "{}", run.stdout);
    expect_reasons(
        &readiness,
        &[
            "cloudtrail-multi-region-logging",
            "iam-root-mfa",
            "nobody attested: budget-approved, load-test",
        ],
    );
    assert_eq!(run.code, 1);
}

#[test]
fn the_fresh_account_may_not_launch() {
    let (run, readiness) = look(State::Fresh, attestations::of(State::Fresh), |all| all);
    assert_eq!(readiness["verdict"], "not_ready", "{}", run.stdout);
    // Nobody has called it yet, which says nothing of how it will do.
    let said = &run.stdout;
    assert!(said.contains("without enough data to tell"), "{said}");
    assert!(!said.contains("no reason to worry"), "{said}");
    expect_reasons(
        &readiness,
        &[
            "iam-root-access-keys",
            "on-call",
            "Cost Explorer has no data yet",
        ],
    );
    assert_eq!(run.code, 1);
}

#[test]
fn what_nobody_attests_keeps_the_ready_account_from_launching() {
    let unsigned = attestations::with(&["on-call", "disaster-recovery", "recovery-documented"]);
    let (run, readiness) = look(State::Ready, unsigned, |all| all);
    assert_eq!(readiness["verdict"], "not_ready", "{}", run.stdout);
    expect_reasons(&readiness, &["nobody attested: budget-approved, load-test"]);
    assert_eq!(run.code, 1);
}

#[test]
fn of_a_bill_that_cannot_be_read_nobody_can_tell() {
    let (run, readiness) = look(State::Ready, attestations::of(State::Ready), |answers| {
        let words = "User not enabled for cost explorer access";
        costs::refused(answers, "AccessDeniedException", words)
    });
    assert_eq!(readiness["verdict"], "cannot_tell", "{}", run.stdout);
    assert_eq!(run.code, 3);
}

#[test]
fn of_a_bill_that_the_organization_keeps_nobody_can_tell() {
    let (run, readiness) = look(State::Ready, attestations::of(State::Ready), |answers| {
        let words = "Linked account doesn't have access to cost explorer";
        costs::refused(answers, "AccessDeniedException", words)
    });
    assert_eq!(readiness["verdict"], "cannot_tell", "{}", run.stdout);
    expect_reasons(&readiness, &["the organization's management account"]);
    assert_eq!(run.code, 3);
}
