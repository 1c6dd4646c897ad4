//! Each state of the account, and what must be said of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::account::{Account, State};
use crate::attestations;
use crate::outcome::{ALL, Outcome};

/// What the team decided: the budget, sixty users in the first months, and who is told.
pub const DECIDED: &str =
    "--param monthly_budget=100 --param active_users=60 --param alert_email=founders@example.com";

pub const SERIOUS: [&str; 2] = ["critical", "high"];

/// The audit of a state, made once for all tests that look at it.
fn audit(state: State) -> &'static Outcome {
    static OUTCOMES: [OnceLock<Outcome>; 3] = [const { OnceLock::new() }; 3];
    OUTCOMES[state as usize].get_or_init(|| {
        let arguments = format!("--framework launch-readiness {DECIDED}");
        let account = Account::open(state);
        account.audit(account.answers(), &attestations::of(state), &arguments)
    })
}

/// Each of these rules fails for something, and for nothing but what it should.
#[track_caller]
fn expect_failures(outcome: &Outcome, rules: &[&str]) {
    for rule in rules {
        let statuses = outcome.statuses(rule);
        assert!(statuses.contains(&"fail"), "{rule}: {statuses:?}");
    }
}

/// What a rule says of the resource with this id.
fn said<'o>(outcome: &'o Outcome, rule: &str, id: &str) -> (&'o str, &'o str) {
    let found = outcome.of(rule);
    let finding = found
        .iter()
        .find(|finding| finding["resource"]["id"] == id)
        .unwrap_or_else(|| panic!("{rule} says nothing of {id}: {found:?}"));
    let text = |name: &str| finding[name].as_str().unwrap_or_default();
    (text("status"), text("message"))
}

#[test]
fn the_ready_account_opens_the_gate() {
    let outcome = audit(State::Ready);
    let none: Vec<String> = Vec::new();
    assert_eq!(outcome.with("fail", &SERIOUS), none);
    assert_eq!(outcome.with("unknown", &ALL), none);
    assert_eq!(outcome.with("manual", &ALL), none);
    assert_eq!(outcome.code, 0);
}

/// What a start-up may well leave as it is; all else that is of medium severity is in order.
#[test]
fn the_ready_account_has_few_shortcomings_left() {
    let outcome = audit(State::Ready);
    let left = outcome.with("fail", &["medium"]);
    let rules: BTreeSet<&str> = left
        .iter()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    let accepted = BTreeSet::from([
        // The strategy's account has one NAT gateway and no firewall in front of its API.
        "apigateway-waf",
        "ec2-nat-gateway-zones",
        // As the network of every VPC begins.
        "ec2-nacl-open-admin-ports",
        // moto can only rotate by running containers.
        "secretsmanager-secret-rotation",
    ]);
    assert_eq!(
        rules.difference(&accepted).collect::<Vec<_>>(),
        Vec::<&&str>::new(),
        "{left:#?}"
    );
}

#[test]
fn the_fresh_account_is_far_from_ready() {
    let outcome = audit(State::Fresh);
    assert_eq!(outcome.code, 1);
    expect_failures(
        outcome,
        &[
            "apigateway-alarm-5xx",
            "apigateway-stage-throttling",
            "apigatewayv2-alarm-5xx",
            "apigatewayv2-stage-throttling",
            "budgets-early-warning",
            "budgets-forecast-alert",
            "budgets-limit-alert",
            "budgets-monthly-cost",
            "ce-anomaly-alert",
            "cloudtrail-multi-region-logging",
            "cloudwatch-alarms-exist",
            "cloudwatch-dashboard-exists",
            "iam-root-access-keys",
            "iam-root-mfa",
            "iam-user-administrator-mfa",
            "lambda-account-concurrency",
            "lambda-alarm-errors",
            "lambda-alarm-throttles",
            "logs-group-retention",
            "rds-alarm-cpu",
            "rds-alarm-storage",
            "rds-backup-retention",
            "rds-multi-az",
            "rds-storage-encrypted",
        ],
    );
    // Nobody has called it, and there is no bill: that is no praise.
    for rule in [
        "apigateway-latency",
        "ce-bill-for-users",
        "ce-forecast-within-budget",
        "ce-month-to-date-within-budget",
        "lambda-error-rate",
        "rds-cpu-sustained",
    ] {
        let statuses = outcome.statuses(rule);
        assert!(
            statuses == ["unknown"] || statuses == ["not_applicable"],
            "{rule}: {statuses:?}"
        );
    }
    // Nobody has signed anything.
    let asked: BTreeSet<&str> = ["on-call", "load-test", "disaster-recovery"].into();
    for control in asked {
        let rule = format!("launch-readiness/{control}");
        assert_eq!(outcome.statuses(&rule), ["manual"], "{control}");
    }
}

#[test]
fn what_works_well_in_the_fresh_account_is_not_blamed() {
    let outcome = audit(State::Fresh);
    for rule in [
        "cloudfront-viewer-https",
        "ec2-open-postgres",
        "lambda-no-public-access",
        "rds-no-public-access",
        "rds-open-to-internet",
    ] {
        assert_eq!(outcome.statuses(rule), ["pass"], "{rule}");
    }
}

#[test]
fn half_done_is_not_taken_for_done() {
    let outcome = audit(State::Half);
    assert_eq!(outcome.code, 1);
    expect_failures(
        outcome,
        &[
            // There is one, and it warns nobody.
            "budgets-early-warning",
            "budgets-limit-alert",
            "budgets-forecast-alert",
            // There is one, and it does not log.
            "cloudtrail-multi-region-logging",
            "cloudtrail-trail-logging",
            // There are some, and their topic waits for a confirmation.
            "cloudwatch-alarm-topic-reachable",
            "cloudwatch-alarms-exist",
            "cloudwatch-alarm-tested",
            "cloudwatch-dashboard-exists",
            // A monitor without a subscription.
            "ce-anomaly-alert",
            "rds-backup-retention",
            "iam-root-mfa",
            // When to worry: errors, a busy database, slow answers, the month's forecast.
            "lambda-error-rate",
            "rds-cpu-sustained",
            "apigateway-latency",
            "apigatewayv2-latency",
            "ce-forecast-within-budget",
        ],
    );
    // What is done counts.
    for rule in [
        "apigateway-stage-throttling",
        "budgets-monthly-cost",
        "rds-multi-az",
        "rds-storage-encrypted",
        "s3-bucket-public-access-block",
    ] {
        assert_eq!(outcome.statuses(rule), ["pass"], "{rule}");
    }
    assert_eq!(outcome.with("unknown", &ALL), Vec::<String>::new());
}

#[test]
fn an_alarm_that_cannot_tell_says_why() {
    let outcome = audit(State::Half);
    let said = |rule, id| said(outcome, rule, id);
    assert_eq!(
        said("lambda-alarm-errors", "jobdock-prod-api"),
        (
            "fail",
            "alarms on its errors: 1 (1 without a confirmed subscriber)"
        )
    );
    // `worker-errors` is on the name that the function had before.
    assert_eq!(
        said("lambda-alarm-errors", "jobdock-prod-worker"),
        ("fail", "no alarm watches its errors")
    );
    assert_eq!(
        said("rds-alarm-storage", "jobdock-prod"),
        ("fail", "alarms on its free storage: 1 (1 switched off)")
    );
}

#[test]
fn what_is_attested_in_the_half_done_account_is_settled_and_the_rest_is_asked_for() {
    let outcome = audit(State::Half);
    for (control, status) in [
        ("on-call", "pass"),
        ("disaster-recovery", "pass"),
        ("recovery-documented", "pass"),
        ("load-test", "manual"),
        ("budget-approved", "manual"),
    ] {
        let rule = format!("launch-readiness/{control}");
        assert_eq!(outcome.statuses(&rule), [status], "{control}");
    }
}
