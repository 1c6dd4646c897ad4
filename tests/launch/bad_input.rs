//! Bills and metrics that say less than one wishes: each says what it means for the verdict, and
//! none becomes a pass.

use crate::account::{Account, State};
use crate::answers::costs::{self, Bill};
use crate::answers::metrics::{self, Series};
use crate::outcome::Outcome;
use crate::states::DECIDED;
use crate::support::{Bench, Faults};

/// What Cost Explorer is asked by.
const BILL: [&str; 4] = [
    "ce-month-to-date-within-budget",
    "ce-forecast-within-budget",
    "ce-forecast-in-phase-range",
    "ce-bill-for-users",
];

/// What metrics are asked by.
const MEASURED: [&str; 7] = [
    "lambda-error-rate",
    "lambda-throttled",
    "lambda-concurrency-headroom",
    "rds-cpu-sustained",
    "rds-connections-headroom",
    "apigateway-latency",
    "apigatewayv2-latency",
];

/// The ready account, whose answers these change, under some rules.
fn audit(rules: &[&str], decided: &str, change: impl FnOnce(Faults) -> Faults) -> Outcome {
    let account = Account::open(State::Ready);
    let chosen: String = rules.iter().map(|rule| format!("--rule {rule} ")).collect();
    let answers = change(account.answers());
    account.audit(answers, &Bench::new(), &format!("{chosen}{decided}"))
}

/// Each of the rules says this, and nothing else, of at least one resource.
#[track_caller]
fn expect(outcome: &Outcome, rules: &[&str], status: &str) {
    for rule in rules {
        assert_eq!(
            outcome.statuses(rule),
            [status],
            "{rule}: {:#?}",
            outcome.of(rule)
        );
    }
}

/// Each unknown of these rules has the code, and says this.
#[track_caller]
fn expect_reason(outcome: &Outcome, rules: &[&str], code: &str, words: &str) {
    for finding in rules.iter().flat_map(|rule| outcome.of(rule)) {
        let unknown = &finding["unknown"];
        assert_eq!(unknown["code"], code, "{finding}");
        let message = unknown["message"].as_str().unwrap_or_default();
        assert!(message.contains(words), "{message:?} lacks {words:?}");
    }
}

#[test]
fn with_all_at_hand_these_rules_pass() {
    let rules = [&BILL[..], &MEASURED[..]].concat();
    let outcome = audit(&rules, DECIDED, |answers| answers);
    expect(&outcome, &rules, "pass");
    assert_eq!(outcome.code, 0);
}

#[test]
fn cost_explorer_that_was_never_enabled_leaves_the_bill_unknown() {
    let words = "User not enabled for cost explorer access";
    let outcome = audit(&BILL, DECIDED, |answers| {
        costs::refused(answers, "AccessDeniedException", words)
    });
    expect(&outcome, &BILL, "unknown");
    expect_reason(&outcome, &BILL, "AccessDeniedException", words);
    assert_eq!(outcome.code, 3);
}

#[test]
fn a_bill_that_another_account_of_the_organization_pays_is_unknown() {
    let words = "Linked account doesn't have access to cost explorer";
    let outcome = audit(&BILL, DECIDED, |answers| {
        costs::refused(answers, "AccessDeniedException", words)
    });
    expect(&outcome, &BILL, "unknown");
    expect_reason(&outcome, &BILL, "AccessDeniedException", words);
    assert_eq!(outcome.code, 3);
}

#[test]
fn a_bill_of_which_there_is_nothing_yet_is_no_small_bill() {
    let outcome = audit(&BILL, DECIDED, |answers| costs::explorer(answers, None));
    let spent = ["ce-month-to-date-within-budget", "ce-bill-for-users"];
    expect(&outcome, &spent, "unknown");
    expect_reason(
        &outcome,
        &spent,
        "DataUnavailableException",
        "not available",
    );
    // Without a history there is no forecast; that is how every account begins.
    let forecast = ["ce-forecast-within-budget", "ce-forecast-in-phase-range"];
    expect(&outcome, &forecast, "not_applicable");
    for finding in forecast.iter().flat_map(|rule| outcome.of(rule)) {
        let message = finding["message"].as_str().unwrap_or_default();
        assert!(message.contains("too little history"), "{message}");
    }
    assert_eq!(outcome.code, 3);
}

#[test]
fn euros_are_not_taken_for_dollars() {
    let outcome = audit(&BILL, DECIDED, |answers| {
        let bill = Bill::of(State::Ready).expect("a bill");
        let currency = "EUR";
        costs::explorer(answers, Some(Bill { currency, ..bill }))
    });
    for rule in BILL {
        let statuses = outcome.statuses(rule);
        assert!(
            !statuses.is_empty() && !statuses.contains(&"pass"),
            "{rule}: {statuses:?}"
        );
    }
}

#[test]
fn a_budget_in_euros_is_not_the_one_that_was_agreed() {
    let outcome = audit(&["budgets-agreed-limit"], DECIDED, |answers| {
        answers.amend(|call, body| {
            if call.name() == "budgets:DescribeBudgets" {
                body.replace("USD", "EUR")
            } else {
                body
            }
        })
    });
    expect(&outcome, &["budgets-agreed-limit"], "fail");
}

#[test]
fn what_was_never_measured_is_said_to_be_so() {
    let outcome = audit(&MEASURED, DECIDED, |answers| {
        metrics::answer(answers, Series::none())
    });
    for rule in MEASURED {
        let statuses = outcome.statuses(rule);
        assert!(
            statuses == ["not_applicable"] || statuses == ["unknown"],
            "{rule}: {statuses:?}"
        );
    }
}

/// Two hours in fourteen days: nothing can be said of hours on end.
#[test]
fn a_processor_that_was_seldom_measured_is_not_called_idle() {
    let outcome = audit(&["rds-cpu-sustained"], DECIDED, |answers| {
        metrics::answer(answers, Series::of(State::Ready).with_gaps(200))
    });
    expect(&outcome, &["rds-cpu-sustained"], "not_applicable");
}

#[test]
fn gaps_do_not_hide_what_was_measured() {
    let outcome = audit(&["lambda-error-rate"], DECIDED, |answers| {
        metrics::answer(answers, Series::of(State::Half).with_gaps(3))
    });
    expect(&outcome, &["lambda-error-rate"], "fail");
}

/// A bill that is too large for a few users, and not for many.
#[test]
fn without_the_number_of_users_nothing_that_depends_on_it_is_decided() {
    let by_users = [
        "backup-another-region",
        "ce-bill-for-users",
        "ce-forecast-in-phase-range",
        "rds-class-for-growth",
        "rds-read-replica",
    ];
    let outcome = audit(&by_users, "--param monthly_budget=500", |answers| {
        let bill = Bill::of(State::Ready).expect("a bill");
        let spent = 250.0;
        costs::explorer(answers, Some(Bill { spent, ..bill }))
    });
    expect(&outcome, &by_users, "unknown");
    expect_reason(&outcome, &by_users, "ParameterNotSet", "active_users");
    // None of them is a reason not to launch.
    assert_eq!(outcome.code, 0);
}

#[test]
fn without_an_agreed_budget_no_bill_is_within_it() {
    let by_budget = [
        "budgets-agreed-limit",
        "ce-forecast-within-budget",
        "ce-month-to-date-within-budget",
    ];
    let outcome = audit(&by_budget, "--param active_users=60", |answers| answers);
    expect(&outcome, &by_budget, "unknown");
    expect_reason(&outcome, &by_budget, "ParameterNotSet", "monthly_budget");
    assert_eq!(outcome.code, 3);
}
